import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../json-value.ts";
import { type Shape, shapeOf } from "./shape.ts";

const MESSAGES = [{ role: "user", content: "a fox" }];
const PICTURE = "data:image/png;base64,AAAA";

describe("shapeOf", () => {
	it.each<readonly [shape: Shape, sent: JsonObject]>([
		["chat", { messages: MESSAGES }],
		["chat", { messages: MESSAGES, prompt: "a fox", input: "a fox" }],
		["response", { input: "a fox" }],
		["generation", { prompt: "a fox" }],
		["generation", { prompt: "a fox", input: "a fox" }],
		["edit", { prompt: "a fox", image: PICTURE }],
		["edit", { prompt: "a fox", images: [{ image_url: PICTURE }] }],
		["edit", { prompt: "a fox", mask: PICTURE }],
		["edit", { image: PICTURE }],
		["generation", {}],
	])("is a %s for %j", (shape, sent) => {
		expect(shapeOf(sent)).toBe(shape);
	});

	it.each<readonly [shape: Shape, sent: JsonObject]>([
		["generation", { prompt: "a fox", messages: [] }],
		["generation", { prompt: "a fox", messages: null }],
		["response", { input: "a fox", prompt: null }],
		["response", { input: "a fox", prompt: "" }],
		["response", { input: "a fox", messages: null }],
		["generation", { prompt: "a fox", input: "", image: "", images: [], mask: null }],
		["generation", { prompt: "a fox", images: [""] }],
	])("is a %s for %j, of which something is empty", (shape, sent) => {
		expect(shapeOf(sent)).toBe(shape);
	});

	it.each<readonly [shape: Shape, sent: JsonObject]>([
		["chat", { messages: [] }],
		["response", { input: "" }],
		["response", { input: [], messages: null }],
		["generation", { prompt: "" }],
		["generation", { messages: null, input: null }],
	])("is a %s for %j, which holds nothing at all", (shape, sent) => {
		expect(shapeOf(sent)).toBe(shape);
	});
});

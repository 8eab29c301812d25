import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../json-value.ts";
import { fillSchema } from "./json-answer.ts";

const CHAT = { title: "A red fox", said: "Draw a red fox, 16:9", language: "en" } as const;

function object(properties: Record<string, Json>): Json {
	return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

describe("an answer to a request for JSON", () => {
	it.each<readonly [schema: Json, answer: Json]>([
		[object({ title: { type: "string" } }), { title: "A red fox" }],
		[
			object({ title: { type: "string" }, summary: { type: "string" } }),
			{ title: "A red fox", summary: "Draw a red fox, 16:9" },
		],
		[object({ chips: { type: "array", items: object({ label: { type: "string" } }) } }), { chips: [] }],
		[object({ topic: object({ name: { type: ["string", "null"] } }) }), { topic: { name: "A red fox" } }],
		[object({ emotion: { type: "string", enum: ["joy", "anger"] } }), { emotion: "joy" }],
		[object({ kind: { const: "topic" }, none: { const: null } }), { kind: "topic", none: null }],
		[object({ score: { type: "number" }, count: { type: "integer", minimum: 3 } }), { score: 0, count: 3 }],
		[object({ isSafe: { type: "boolean" }, nothing: { type: "null" } }), { isSafe: false, nothing: null }],
		[object({ either: { anyOf: [{ type: "null" }, { type: "string" }] } }), { either: null }],
		[object({ either: { oneOf: [{ type: "boolean" }, { type: "string" }] } }), { either: false }],
		[object({ odd: { enum: [] }, text: "?", more: { anyOf: {} } }), { odd: {}, text: null, more: {} }],
		[{ properties: { longQuery: { type: "string" } } }, { longQuery: "Draw a red fox, 16:9" }],
		[{ type: "object" }, {}],
		[null, null],
	])("fits the schema %j", (schema, answer) => {
		expect(fillSchema(schema, CHAT)).toEqual(answer);
	});

	it("fills a hundred fields, eight levels deep", () => {
		const wide = object(Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`f${at}`, { type: "string" }])));
		expect(Object.keys(Object(fillSchema(wide, CHAT)))).toHaveLength(100);
		const nest = (levels: number): Json => (levels === 0 ? { type: "string" } : object({ in: nest(levels - 1) }));
		expect(JSON.stringify(fillSchema(nest(8), CHAT))).toContain("A red fox");
		expect(JSON.stringify(fillSchema(nest(9), CHAT))).not.toContain("A red fox");
		const choose = (levels: number): Json => (levels === 0 ? { type: "string" } : { anyOf: [choose(levels - 1)] });
		expect(fillSchema(choose(8), CHAT)).toBe("A red fox");
		expect(fillSchema(choose(9), CHAT)).toBeNull();
	});

	it("fills a hundred fields in all, however they nest", () => {
		const said = "x".repeat(1_000);
		const nest = (levels: number): Json =>
			levels === 0
				? { type: "string" }
				: object(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`query${at}`, nest(levels - 1)])));
		const answer = JSON.stringify(fillSchema(nest(4), { ...CHAT, said }));
		expect(answer.match(/"query/g)).toHaveLength(100);
		expect(answer.length).toBeLessThan(102_000);
	});

	it("never throws, whatever the schema, and makes JSON", () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const schema: Json = JSON.parse(JSON.stringify(value));
				const answer = fillSchema(schema, CHAT);
				expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
			}),
		);
	});
});

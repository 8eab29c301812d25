import { expect, it } from "vitest";
import { makeReference } from "../../../test/support/console-models.ts";
import { isOtherShape, sizeToCome } from "./foretold.ts";

it.each([
	["pixels", { size: "1024x768", aspect_ratio: "4:3", operation: "generation" }, "1024x768"],
	["pixels of an edit", { size: "880x1184", aspect_ratio: "3:4", operation: "edit" }, "880x1184"],
	["a ratio that is sent", { size: "16:9", aspect_ratio: "16:9", operation: "generation" }, "16:9"],
	["a ratio that the model has of its own", { size: "auto", aspect_ratio: "4:3", operation: "generation" }, "4:3"],
	["nothing if the model chooses", { size: "auto", aspect_ratio: "auto", operation: "generation" }, null],
	["nothing if nobody says", { size: "auto", aspect_ratio: null, operation: "generation" }, null],
	["nothing of an edit in the picture's shape", { size: "auto", aspect_ratio: "1:1", operation: "edit" }, null],
	["nothing of what makes no picture", { size: null, aspect_ratio: null, operation: null }, null],
] as const)("foretells %s", (_, quote, size) => {
	expect(sizeToCome(quote)).toBe(size);
});

it.each([
	["of the picture's own shape", { size: "auto", aspect_ratio: "1:1", operation: "edit" }, false],
	["in a shape that is the same but for rounding", { size: "16:9", aspect_ratio: "16:9", operation: "edit" }, false],
	["in another shape", { size: "1024x1024", aspect_ratio: "1:1", operation: "edit" }, true],
	["that is no edit", { size: "1:1", aspect_ratio: "1:1", operation: "generation" }, false],
] as const)("tells an edit %s", (_, quote, isOther) => {
	const references = [makeReference("a", { width: 1408, height: 768 }), makeReference("b", { width: 9, height: 9 })];
	expect(isOtherShape(quote, { references, mask: null })).toBe(isOther);
	expect(isOtherShape(quote, { references: [], mask: null })).toBe(false);
	const link = makeReference("c", { source: { kind: "link", url: "https://elsewhere.example/c.png" } });
	expect(isOtherShape(quote, { references: [link], mask: null })).toBe(false);
});

import { expect, it } from "vitest";
import { sizeToCome } from "./foretold.ts";

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

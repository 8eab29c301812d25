import { describe, expect, it } from "vitest";
import { readDocument } from "./schema-document.ts";
import { readSizeField, type SizeField } from "./schema-size.ts";
import { COMMON_RATIOS } from "./size.ts";

function sizeFieldOf(properties: object): SizeField {
	const document = readDocument({ components: { schemas: { AbInput: { properties } } } }, "a/b");
	if (!document.ok) throw new Error(document.error);
	return readSizeField(document.value.inputs);
}

function sides(width: object = {}, height: object = {}) {
	return { width: { type: "integer", ...width }, height: { type: "integer", ...height } };
}

const PIXELS = { kind: "pixels", min: 256, max: 4_096, multiple: 16 };
const SIDES = { ...PIXELS, kind: "sides" };
/** The sizes in pixels of models that name their shapes so. */
const TRAINED = ["1024x1024", "1152x896", "896x1152", "1216x832", "832x1216", "1344x768", "768x1344"];

describe("a size", () => {
	it.each<readonly [what: string, properties: object, dialect: object]>([
		["ratios", { aspect_ratio: { enum: ["1:1", "16:9"] } }, { kind: "ratio", ratios: ["1:1", "16:9"] }],
		[
			"ratios among other words",
			{ aspect_ratio: { enum: ["auto", "1:1", "1024x768", "wide", "16:9"] } },
			{ kind: "ratio", ratios: ["1:1", "16:9"] },
		],
		[
			"ratios by another name",
			{ resolution_mode: { enum: ["1:1", "16:9"] } },
			{ kind: "ratio", ratios: ["1:1", "16:9"], field: "resolution_mode" },
		],
		["ratios by a third name", { ratio: { enum: ["1:1"] } }, { kind: "ratio", ratios: ["1:1"], field: "ratio" }],
		["any ratio", { aspect_ratio: { type: "string" } }, { kind: "ratio", ratios: COMMON_RATIOS }],
		[
			"any ratio, by another name",
			{ ratio: { type: "string" } },
			{ kind: "ratio", ratios: COMMON_RATIOS, field: "ratio" },
		],
		[
			"any ratio, 16:9 by default",
			{ aspect_ratio: { type: "string", default: "16:9" } },
			{ kind: "ratio", ratios: COMMON_RATIOS },
		],
		[
			"any ratio, a word by default",
			{ aspect_ratio: { type: "string", default: "wide" } },
			{ kind: "ratio", ratios: COMMON_RATIOS },
		],
		[
			"pixels where a ratio is due",
			{ aspect_ratio: { type: "string", default: "1024x1024" } },
			{ kind: "text", sizes: TRAINED, field: "aspect_ratio" },
		],
		["no ratio that can be read", { aspect_ratio: { enum: ["wide", "tall"] } }, { kind: "none" }],
		["a ratio that is a number", { aspect_ratio: { type: "number" } }, { kind: "none" }],
		[
			"pixels as words",
			{ image_size: { enum: ["auto", "1024x1024", "1:1"] } },
			{ kind: "text", sizes: ["1024x1024", "1:1"] },
		],
		[
			"pixels as words, by another name",
			{ size: { enum: ["1024x1024"] } },
			{ kind: "text", sizes: ["1024x1024"], field: "size" },
		],
		["any text", { image_size: { type: "string" } }, { kind: "none" }],
		["pixels", { image_size: { properties: sides() } }, PIXELS],
		["pixels, by another name", { size: { properties: sides() } }, { ...PIXELS, field: "size" }],
		[
			"pixels or presets",
			{ image_size: { anyOf: [{ properties: sides() }, { enum: ["square_hd", "landscape_16_9", "1:1", "odd"] }] } },
			{ ...PIXELS, presets: ["square_hd", "landscape_16_9"] },
		],
		["one side of a size", { image_size: { properties: { width: { type: "integer" } } } }, { kind: "none" }],
		["the other side of a size", { image_size: { properties: { height: { type: "integer" } } } }, { kind: "none" }],
		[
			"sides that are texts",
			{ image_size: { properties: { width: { type: "string" }, height: { type: "string" } } } },
			{ kind: "none" },
		],
		["both sides", sides(), SIDES],
		["one side", { width: { type: "integer" } }, { kind: "none" }],
		["the other side", { height: { type: "integer" } }, { kind: "none" }],
		["sides of texts", { width: { type: "string" }, height: { type: "integer" } }, { kind: "none" }],
		["nothing", { prompt: { type: "string" } }, { kind: "none" }],
		// Of several the first counts.
		["pixels and ratios", { aspect_ratio: { enum: ["1:1"] }, image_size: { properties: sides() } }, PIXELS],
		[
			"ratios, and a size that cannot be read",
			{ aspect_ratio: { enum: ["1:1"] }, image_size: { type: "string" } },
			{ kind: "ratio", ratios: ["1:1"] },
		],
		["ratios and sides", { ...sides(), aspect_ratio: { enum: ["1:1"] } }, { kind: "ratio", ratios: ["1:1"] }],
	])("is read from %s", (_, properties, dialect) => {
		expect(sizeFieldOf(properties).dialect).toEqual(dialect);
	});

	it.each<readonly [what: string, width: object, height: object, bounds: object]>([
		["the narrower of both minimums", { minimum: 512 }, { minimum: 300 }, { min: 512, max: 4_096 }],
		["that of the height", { minimum: 300 }, { minimum: 512 }, { min: 512, max: 4_096 }],
		["none below ours", { minimum: 64 }, { minimum: 1 }, { min: 256, max: 4_096 }],
		["the narrower of both maximums", { maximum: 1_024 }, { maximum: 2_048 }, { min: 256, max: 1_024 }],
		["that of the height", { maximum: 2_048 }, { maximum: 1_024 }, { min: 256, max: 1_024 }],
		["none above ours", { maximum: 14_142 }, { maximum: 14_142 }, { min: 256, max: 4_096 }],
		["whole pixels", { minimum: 511.5, maximum: 1_024.5 }, {}, { min: 512, max: 1_024 }],
		["one size only", { minimum: 512, maximum: 512 }, {}, { min: 512, max: 512 }],
		["ours, if they contradict each other", { minimum: 2_048 }, { maximum: 1_024 }, { min: 256, max: 4_096 }],
	])("has bounds: %s", (_, width, height, bounds) => {
		expect(sizeFieldOf({ image_size: { properties: sides(width, height) } }).dialect).toEqual({ ...PIXELS, ...bounds });
		expect(sizeFieldOf(sides(width, height)).dialect).toEqual({ ...SIDES, ...bounds });
	});

	it.each<readonly [value: unknown, shape: string]>([
		["16:9", "16:9"],
		["1024x512", "2:1"],
		["portrait_4_3", "3:4"],
		["auto", "auto"],
		["odd", "auto"],
		[7, "auto"],
		[undefined, "auto"],
	])("that is not asked for has the shape of the default %j: %s", (value, shape) => {
		const field = { enum: ["16:9"], ...(value === undefined ? {} : { default: value }) };
		expect(sizeFieldOf({ aspect_ratio: field }).shape).toBe(shape);
	});

	it("that is not asked for is the model's own if sides or nothing can say it", () => {
		expect(sizeFieldOf(sides()).shape).toBe("auto");
		expect(sizeFieldOf({}).shape).toBe("auto");
	});
});

import { describe, expect, it } from "vitest";
import { readSchema } from "./schema.ts";

const TEXT = { type: "string" };
const NUMBER = { type: "integer" };
const TEXTS = { type: "array", items: TEXT };
const OUTPUT = { properties: { images: TEXTS } };

function described(input: object, output: unknown = OUTPUT, endpoint = "a/b") {
	const read = readSchema({ components: { schemas: { AbInput: input, AbOutput: output } } }, endpoint);
	if (!read.ok) throw new Error(read.error);
	return read.value;
}

/** The traits of an endpoint with these inputs. */
function traitsOf(properties: object, required: readonly string[] = [], endpoint = "a/b") {
	return described({ properties, required }, OUTPUT, endpoint).traits;
}

/** An endpoint that has no more than a prompt. */
const PLAIN = {
	dialect: { kind: "none" },
	quality: null,
	maxImages: 1,
	outputFormats: [],
	seed: false,
	shape: "auto",
};

describe("the traits of an endpoint", () => {
	it.each<readonly [what: string, properties: object, traits: object]>([
		["a prompt", { prompt: TEXT }, {}],
		["a prompt that is no text", { prompt: NUMBER }, { prompt: null }],
		["no prompt", { other: TEXT }, { prompt: null }],
		["an instruction", { instruction: TEXT }, { prompt: "instruction" }],
		["a text input", { text_input: TEXT }, { prompt: "text_input" }],
		["a text prompt", { text_prompt: TEXT }, { prompt: "text_prompt" }],
		["a prompt, and another one", { instruction: TEXT, prompt: TEXT }, {}],
		["a bound of its prompt", { prompt: { ...TEXT, maxLength: 900 } }, { maxPromptChars: 900 }],
		["a seed", { prompt: TEXT, seed: NUMBER }, { seed: true }],
		["a seed that is a text", { prompt: TEXT, seed: TEXT }, {}],
		["words to avoid", { prompt: TEXT, negative_prompt: TEXT }, { negativePrompt: true }],
		["words to avoid that are no text", { prompt: TEXT, negative_prompt: NUMBER }, {}],
		["a background", { prompt: TEXT, background: { enum: ["auto", "transparent", "opaque"] } }, { background: true }],
		["half a background", { prompt: TEXT, background: { enum: ["transparent"] } }, {}],
		["the other half of it", { prompt: TEXT, background: { enum: ["opaque"] } }, {}],
		["any background", { prompt: TEXT, background: TEXT }, {}],
		["fidelity", { prompt: TEXT, input_fidelity: { enum: ["low", "high"] } }, { inputFidelity: true }],
		["half of fidelity", { prompt: TEXT, input_fidelity: { enum: ["low"] } }, {}],
		["the other half of it", { prompt: TEXT, input_fidelity: { enum: ["high"] } }, {}],
		[
			"levels of tolerance",
			{ prompt: TEXT, safety_tolerance: { enum: ["1", "10", "2"] } },
			{ lenient: { safety_tolerance: "10" } },
		],
		[
			"one level of tolerance",
			{ prompt: TEXT, safety_tolerance: { enum: ["5"] } },
			{ lenient: { safety_tolerance: "5" } },
		],
		["words of tolerance", { prompt: TEXT, safety_tolerance: { enum: ["low", "x9", "9x", "100"] } }, {}],
	])("are read from %s", (_, properties, traits) => {
		const inputs = Object.keys(properties);
		expect(traitsOf(properties)).toEqual({ ...PLAIN, inputs, ...traits });
	});

	it.each<readonly [what: string, properties: object, traits: object]>([
		["the usual field", { num_images: NUMBER }, { maxImages: 4 }],
		["its bound", { num_images: { ...NUMBER, maximum: 6 } }, { maxImages: 6 }],
		["a bound above ours", { num_images: { ...NUMBER, maximum: 99 } }, { maxImages: 10 }],
		["a bound that is no whole number", { num_images: { ...NUMBER, maximum: 2.5 } }, { maxImages: 2 }],
		["a bound of one", { num_images: { ...NUMBER, maximum: 1, default: 1 } }, { maxImages: 1 }],
		["a bound of nothing", { num_images: { ...NUMBER, maximum: 0, default: 1 } }, { maxImages: 1 }],
		[
			"a bound of one, and more by default",
			{ num_images: { ...NUMBER, maximum: 1, default: 2 } },
			{ maxImages: 1, fixed: { num_images: 1 } },
		],
		[
			"a bound of one, and no default",
			{ num_images: { ...NUMBER, maximum: 1 } },
			{ maxImages: 1, fixed: { num_images: 1 } },
		],
		["listed numbers", { num_images: { ...NUMBER, enum: [1, 2, 4] } }, { maxImages: 4 }],
		[
			"another name with a bound",
			{ num_results: { ...NUMBER, maximum: 3 } },
			{ maxImages: 3, countField: "num_results" },
		],
		["another name without a bound", { num_results: { ...NUMBER, default: 1 } }, {}],
		["another name without a bound or a default", { number_of_images: NUMBER }, { fixed: { number_of_images: 1 } }],
		["a third name", { number_of_images: { ...NUMBER, maximum: 2 } }, { maxImages: 2, countField: "number_of_images" }],
		["a fourth name", { num_outputs: { ...NUMBER, maximum: 2 } }, { maxImages: 2, countField: "num_outputs" }],
		["a fifth name", { num_samples: { ...NUMBER, maximum: 2 } }, { maxImages: 2, countField: "num_samples" }],
		["two names", { num_samples: { ...NUMBER, maximum: 2 }, num_images: { ...NUMBER, maximum: 3 } }, { maxImages: 3 }],
		["a series", { max_images: { ...NUMBER, default: 4 } }, { fixed: { max_images: 1 } }],
		["a series of one", { max_images: { ...NUMBER, default: 1 } }, {}],
		["a series that is a text", { max_images: TEXT }, {}],
		["a count and a series", { num_images: NUMBER, max_images: NUMBER }, { maxImages: 4, fixed: { max_images: 1 } }],
	])("have the count of pictures from %s", (_, properties, traits) => {
		const inputs = ["prompt", ...Object.keys(properties)];
		expect(traitsOf({ prompt: TEXT, ...properties })).toEqual({ ...PLAIN, inputs, ...traits });
	});

	it.each<readonly [what: string, properties: object, traits: object]>([
		["words", { output_format: { enum: ["webp", "jpeg", "png", "gif"] } }, { outputFormats: ["png", "jpeg", "webp"] }],
		["jpg, if there is no jpeg", { output_format: { enum: ["jpg", "png"] } }, { outputFormats: ["png", "jpg"] }],
		["jpeg, if there is jpg, too", { output_format: { enum: ["jpg", "jpeg"] } }, { outputFormats: ["jpeg"] }],
		["no word that is known", { output_format: { enum: ["gif"] } }, {}],
		["another name", { format: { enum: ["png"] } }, { outputFormats: ["png"], formatField: "format" }],
		["a third name", { image_format: { enum: ["png"] } }, { outputFormats: ["png"], formatField: "image_format" }],
		[
			"two names, of which the first has no word",
			{ output_format: { enum: ["gif"] }, format: { enum: ["png"] } },
			{ outputFormats: ["png"], formatField: "format" },
		],
	])("have the formats of %s", (_, properties, traits) => {
		const inputs = ["prompt", ...Object.keys(properties)];
		expect(traitsOf({ prompt: TEXT, ...properties })).toEqual({ ...PLAIN, inputs, ...traits });
	});

	it.each<readonly [what: string, properties: object, traits: object]>([
		[
			"words",
			{ quality: { enum: ["high", "low", "standard", "auto"] } },
			{ quality: { field: "quality", words: { auto: "auto", low: "low", high: "high" } } },
		],
		["words without a high one", { quality: { enum: ["low", "medium"] } }, {}],
		[
			"lines",
			{ resolution: { enum: ["720p", "480p"] } },
			{ quality: { field: "resolution", words: { low: "480p", high: "720p" } } },
		],
		[
			"lines up to 1080",
			{ resolution: { enum: ["1080p", "580p", "720p", "1440p"] } },
			{ quality: { field: "resolution", words: { low: "580p", high: "1080p" } } },
		],
		[
			"one level of lines",
			{ resolution: { enum: ["720p"] } },
			{ quality: { field: "resolution", words: { low: "720p", high: "720p" } } },
		],
		["levels", { resolution: { enum: ["4K", "auto", "1K", "2K"] } }, { resolutions: ["1K", "2K", "4K"] }],
		[
			"levels below the first",
			{ resolution: { enum: ["1MP", "0.5K", "4MP"] } },
			{ resolutions: ["0.5K", "1MP", "4MP"] },
		],
		["words that say nothing", { resolution: { enum: ["auto", "sharp"] } }, {}],
	])("have the quality of %s", (_, properties, traits) => {
		const inputs = ["prompt", ...Object.keys(properties)];
		expect(traitsOf({ prompt: TEXT, ...properties })).toEqual({ ...PLAIN, inputs, ...traits });
	});

	it("have the pace of a model as its quality", () => {
		const speeds = { rendering_speed: { enum: ["TURBO", "BALANCED", "QUALITY"] } };
		expect(traitsOf(speeds).quality).toMatchObject({ field: "rendering_speed" });
		expect(traitsOf({ rendering_speed: { enum: ["TURBO", "BALANCED"] } }).quality).toBeNull();
	});

	it.each<readonly [what: string, properties: object, required: readonly string[], images: object | undefined]>([
		["an address", { image_url: TEXT }, [], { field: "image_url", isList: false, max: 1, required: false }],
		[
			"an address that must be sent",
			{ image_url: TEXT },
			["image_url"],
			{ field: "image_url", isList: false, max: 1, required: true },
		],
		["addresses", { image_urls: TEXTS }, [], { field: "image_urls", isList: true, max: 16, required: false }],
		[
			"a bounded list",
			{ image_urls: { ...TEXTS, maxItems: 3 } },
			[],
			{ field: "image_urls", isList: true, max: 3, required: false },
		],
		[
			"a list without end",
			{ image_urls: { ...TEXTS, maxItems: 99 } },
			[],
			{ field: "image_urls", isList: true, max: 16, required: false },
		],
		[
			"a list of none",
			{ image_urls: { ...TEXTS, maxItems: 0 } },
			[],
			{ field: "image_urls", isList: true, max: 1, required: false },
		],
		["a number", { image_url: NUMBER }, [], undefined],
		["a list of numbers", { image_urls: { type: "array", items: NUMBER } }, [], undefined],
		[
			"the usual one of two",
			{ reference_image_url: TEXT, image_url: TEXT },
			[],
			{ field: "image_url", isList: false, max: 1, required: false },
		],
		[
			"the usual one of two in another order",
			{ image: TEXT, images: TEXTS },
			[],
			{ field: "images", isList: true, max: 16, required: false },
		],
		[
			"the one of two that must be sent",
			{ image_url: TEXT, control_image_url: TEXT },
			["control_image_url"],
			{ field: "control_image_url", isList: false, max: 1, required: true },
		],
		[
			"the usual one of two that must be sent",
			{ control_image_url: TEXT, image_url: TEXT },
			["control_image_url", "image_url"],
			{ field: "image_url", isList: false, max: 1, required: true },
		],
		["one of an unusual name that need not be sent", { control_image_url: TEXT }, [], undefined],
		["photos", { photo: TEXT }, ["photo"], { field: "photo", isList: false, max: 1, required: true }],
		[
			"a picture's source",
			{ picture_source: TEXT },
			["picture_source"],
			{ field: "picture_source", isList: false, max: 1, required: true },
		],
		["a name that only holds the word", { imagery: TEXT }, ["imagery"], undefined],
	])("have the pictures of %s", (_, properties, required, images) => {
		expect(traitsOf(properties, required).images).toEqual(images);
	});

	it.each<readonly [endpoint: string, properties: object, required: readonly string[], mask: object | undefined]>([
		["a/b", { mask_url: TEXT }, [], { field: "mask_url", polarity: "white", required: false }],
		["a/b", { mask_url: TEXT }, ["mask_url"], { field: "mask_url", polarity: "white", required: true }],
		["a/b", { mask_image_url: TEXT }, [], { field: "mask_image_url", polarity: "white", required: false }],
		["a/b", { mask: TEXT }, [], { field: "mask", polarity: "white", required: false }],
		["a/b", { mask: NUMBER }, [], undefined],
		["fal-ai/gpt-image-9/edit", { mask_url: TEXT }, [], { field: "mask_url", polarity: "alpha", required: false }],
		[
			"fal-ai/chrono-edit-lora-gallery/paintbrush",
			{ mask_url: TEXT },
			[],
			{ field: "mask_url", polarity: "black", required: false },
		],
	])("have the mask of %s with %j", (endpoint, properties, required, mask) => {
		expect(traitsOf(properties, required, endpoint).mask).toEqual(mask);
	});

	it.each<
		readonly [what: string, properties: object, required: readonly string[], needs: readonly string[] | undefined]
	>([
		[
			"nothing but what a request has",
			{ prompt: TEXT, image_url: TEXT, mask_url: TEXT },
			["prompt", "image_url", "mask_url"],
			undefined,
		],
		["a style", { prompt: TEXT, style: TEXT }, ["prompt", "style"], ["style"]],
		["a count that is sent", { prompt: TEXT, num_images: NUMBER }, ["num_images"], undefined],
		["a count that is not sent", { prompt: TEXT, num_results: NUMBER }, ["num_results"], ["num_results"]],
		["a format", { prompt: TEXT, output_format: { enum: ["png"] } }, ["output_format"], undefined],
		["a format without words", { prompt: TEXT, output_format: TEXT }, ["output_format"], ["output_format"]],
		["a size", { prompt: TEXT, aspect_ratio: { enum: ["1:1"] } }, ["aspect_ratio"], ["aspect_ratio"]],
	])("say that it needs %s", (_, properties, required, needs) => {
		expect(traitsOf(properties, required).needs).toEqual(needs);
	});
});

describe("an endpoint gives pictures", () => {
	const object = { properties: { url: TEXT } };

	it.each<readonly [gives: boolean, what: string, properties: object]>([
		[true, "a list of addresses", { images: TEXTS }],
		[true, "a list of objects", { images: { type: "array", items: object } }],
		[true, "an object", { image: object }],
		[true, "an address", { image_url: TEXT }],
		[true, "edited pictures", { edited_images: TEXTS }],
		[true, "generated pictures", { generated_images: TEXTS }],
		[true, "a vector", { svg: object }],
		[false, "a number of that name", { images: NUMBER }],
		[false, "a list of numbers", { images: { type: "array", items: NUMBER } }],
		[false, "another name", { video: object }],
		[false, "a name that goes on", { images_log: TEXTS }],
		[false, "a name that begins otherwise", { debug_images: TEXTS }],
		[false, "nothing", {}],
	])("(%s) by %s", (gives, _, properties) => {
		expect(described({ properties: { prompt: TEXT } }, { properties }).givesPictures).toBe(gives);
	});

	it.each([
		["text-to-image", true],
		["image-to-image", true],
		["image-to-video", false],
		["text-to-image-search", false],
		[undefined, false],
	])("by the category %j, if it tells no outputs: %s", (category, gives) => {
		const info = { "x-fal-metadata": { category } };
		const schemas = { AbInput: { properties: { prompt: TEXT } } };
		const read = readSchema({ info, components: { schemas } }, "a/b");
		expect(read.ok && read.value.givesPictures).toBe(gives);
	});
});

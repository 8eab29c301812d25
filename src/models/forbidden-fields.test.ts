import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import data from "../../data/fal-image-endpoints.json" with { type: "json" };
import type { Json, JsonObject } from "../json-value.ts";
import { placeholderOf } from "../placeholder.ts";
import { findForbiddenField } from "./forbidden-fields.ts";

function nested(depth: number): JsonObject {
	return depth === 0 ? {} : { inner: nested(depth - 1) };
}

/** A text without long words. */
function prose(chars: number): string {
	return "of the sea ".repeat(chars).slice(0, chars);
}

/** Returns the first field that is forbidden in a `fal` for an endpoint that nobody knows. */
function firstOf(fal: JsonObject, inputs: ReadonlySet<string> | null = null): string | null {
	return findForbiddenField(fal, inputs)?.field ?? null;
}

function whyOf(name: string, value: Json = "x"): string | null {
	return findForbiddenField({ [name]: value }, null)?.why ?? null;
}

describe("an endpoint that nobody knows", () => {
	it.each<[JsonObject, string | null]>([
		[{}, null],
		[{ negative_prompt: "blur, 4:3, at 10:30", num_inference_steps: 4, loras: [{ scale: 1 }] }, null],
		[{ image_size: "square", image_prompt_strength: 0.5, raw: true, colors: [{ r: 1, g: 2, b: 3 }] }, null],
		[{ raw: true, num_images: 2 }, "num_images"],
		[{ controlnets: [{ control_image_url: "" }] }, "controlnets"],
		[{ loras: [{ scale: 1, path: "a/b" }] }, "loras"],
		[{ elements: { first: [{ webhookUrl: "x" }] } }, "elements"],
		[{ settings: { num_images: 2 } }, "settings"],
		[nested(6), null],
		[nested(7), "inner"],
		[{ style: `see ${placeholderOf(0)}` }, "style"],
		[{ style: `see_${placeholderOf(0)}` }, "style"],
		[{ raw: true, loras: [{ scale: 1, name: placeholderOf(3) }] }, "loras"],
		[{ style: prose(16 * 1024 - 7) }, null],
		[{ style: prose(16 * 1024 - 6) }, "style"],
		[{ a: [prose(8_000)], b: { c: prose(8_300) } }, null],
		[{ a: [prose(8_000)], b: { c: prose(8_400) } }, "b"],
		[{ a: Array.from({ length: 4_000 }, () => 1) }, null],
		[{ a: Array.from({ length: 20_000 }, () => 1) }, "a"],
		[Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`f${index}`, 1])), null],
		[Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`f${index}`, 1])), "f64"],
		[{ ["x".repeat(64)]: 1 }, null],
		[{ ["x".repeat(65)]: 1 }, "x".repeat(64)],
		[{ ["x".repeat(1_000_000)]: 1 }, "x".repeat(64)],
	])("names the forbidden field of %.60j: %.20j", (fal, field) => {
		expect(firstOf(fal)).toBe(field);
	});

	it.each([
		["prompt", "prompt Prompt PROMPT prompts prompt_2 text_prompt positivePrompt"],
		[
			"count",
			"n N num_images numImages NUM-IMAGES num.images number_of_images numberOfImages image_count imageCount n_images max_images num_results numResults number_results limit_generations limitGenerations num_outputs num_samples n_samples n_iter num_generations num_images_per_prompt num_images_per_size images_per_prompt batch batch_size batchSize batch_count batches num_batches count total_images how_many_images quantity copies outputs variations num_variants series_amount result_type num_layers num_return_sequences num_images_1",
		],
		[
			"file",
			"http https image_url image_url_1 imageUrl IMAGE_URL imageurl2 image_urls mask_url control_image_url image images image_1 mask masks init_image image_data image_source mask_data image_base64 b64_image b64 path lora_path loras_file model_name modelName zip archive_url callback callback_url webhook webhook_url fal_webhook video audio input_video url uri link href base_model_repo",
		],
		["answer", "sync_mode syncMode sync request_id output_type stream"],
		[
			null,
			"http_version https_only use_http negative_prompt guidance_scale num_inference_steps steps seed style safety_tolerance enable_safety_checker image_size image_prompt_strength image_guidance_scale num_temporal_reasoning_steps max_sequence_length profile_ids noise_source discount_style mask_expansion scale strength n_min n_max n_avg system_prompt",
		],
	])("says of a name why it is reserved: %s", (why, names) => {
		for (const name of names.split(" ")) expect([name, whyOf(name)]).toEqual([name, why]);
	});

	it("takes a switch or a number for no file, whatever its name", () => {
		for (const value of [true, false, 0, 0.5]) expect(whyOf("apply_mask", value)).toBeNull();
		for (const value of ["x", null, [], {}]) expect(whyOf("apply_mask", value)).toBe("file");
		expect(whyOf("limit_generations", false)).toBe("count");
	});

	const BYTES = {
		png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
		gif: [..."GIF89a"].map((letter) => letter.charCodeAt(0)),
		webp: [..."RIFF\u0024\u0001\u0000\u0000WEBPVP8 "].map((letter) => letter.charCodeAt(0)),
		jpeg: [0xff, 0xd8, 0xff, 0xe0, 0, 0x10],
		exif: [0xff, 0xd8, 0xff, 0xe1, 0, 0x10],
		raw: [0xff, 0xd8, 0xff, 0xdb, 0, 0x43],
		bmp: [0x42, 0x4d, 0x36, 0x10, 0x0e, 0, 0, 0, 0, 0, 0x36],
		avif: [0, 0, 0, 0x1c, ...[..."ftypavif"].map((letter) => letter.charCodeAt(0))],
		heic: [0, 0, 0, 0x24, ...[..."ftypheic"].map((letter) => letter.charCodeAt(0))],
		svg: [..."<svg xmlns="].map((letter) => letter.charCodeAt(0)),
		pdf: [..."%PDF-1.7"].map((letter) => letter.charCodeAt(0)),
	};

	it.each(Object.entries(BYTES))("finds a small %s in base64, in both alphabets and anywhere", (_, bytes) => {
		const base64 = btoa(String.fromCharCode(...bytes, 1, 2, 3, 4, 5));
		const folded = `${base64.slice(0, 5)}\n${base64.slice(5)}`;
		for (const text of [base64, base64.replaceAll("/", "_").replaceAll("+", "-"), `see: ${base64}`, folded])
			expect([text, whyOf("style", text)]).toEqual([text, "value"]);
	});

	it.each([
		"https://example.com/a.png",
		"HTTP://example.com",
		"a fox, as in https://example.com/a.png, at night",
		"ht\ntps://example.com",
		"https:\\\\example.com",
		"http:example.com",
		"//example.com/a.png",
		"  //example.com/a.png",
		"ftp://example.com",
		"s3://bucket/key",
		"gs://bucket/key",
		"file:///etc/passwd",
		"file:/etc/passwd",
		"blob:x",
		"data:image/png;base64,AAAA",
		"data:,x",
		"DATA:text/plain,x",
		"look: data:image/png;base64,AAAA",
		"A".repeat(128),
		`${"ab+/".repeat(32)}==`,
	])("finds an address or a file in %.40j, at any depth", (text) => {
		expect(whyOf("style", text)).toBe("value");
		expect(whyOf("style", [{ name: { deep: ["x", text] } }])).toBe("value");
	});

	it.each([
		"a red fox: by night, 16:9, 1:1",
		"profile: left; data: none, 3 of 4",
		"and/or, he//she",
		"狐狸，水彩：清晨",
		"A".repeat(127),
		"#ff8800",
		"(worst quality:1.4), (low quality:1.4)",
	])("finds none in %.40j", (text) => {
		expect(whyOf("style", text)).toBeNull();
	});
});

describe("an endpoint whose inputs are known", () => {
	const INPUTS = new Set(["prompt", "num_images", "guidance_scale", "image_url", "style"]);

	it.each<[JsonObject, string | null, string | null]>([
		[{ guidance_scale: 3, style: "x" }, null, null],
		[{ guidance_scale: 3, guidance: 3 }, "guidance", "unknown"],
		[{ guidanceScale: 3 }, "guidanceScale", "unknown"],
		[{ prompt: "x" }, "prompt", "prompt"],
		[{ num_images: 2 }, "num_images", "count"],
		[{ image_url: "x" }, "image_url", "file"],
		[{ style: "https://example.com" }, "style", "value"],
		[{ ["x".repeat(65)]: 1 }, "x".repeat(64), "too_much"],
		[{ constructor: 1 }, "constructor", "unknown"],
	])("takes what it has and is not reserved: %.60j", (fal, field, why) => {
		expect(findForbiddenField(fal, INPUTS)).toEqual(field === null ? null : { field, why });
	});
});

/** All inputs of fal's that are reserved, written down one by one. */
const RESERVED = {
	prompt: "prompt prompts",
	count:
		"num_images limit_generations max_images num_samples max_masks num_frames num_layers num_results result_type series_amount agentic_samples_per_iteration max_frames num_images_per_size number_of_images target_sizes",
	answer: "sync_mode sync request_id output_type",
	file: "image_url image_urls mask_url reference_image_urls mask_image_url reference_image_url fill_image video_url control_image_url control_lora_image_url garment_image_url human_image_url input_image_urls model_name person_image_url canny_image_url depth_image_url ic_light_image_url ic_light_model_background_image_url ic_light_model_url image_encoder_path image_encoder_subfolder image_encoder_weight_name inpaint_image_url normal_image_url openpose_image_url reference_mask_urls segmentation_image_url teed_image_url unet_name audio_url dissolve_image_url end_image_url garment_image model_image pdf_url product_image_url ref_image_url start_image_url style_image_url uov_image_url additional_embedding_url additional_lora_url base_1_5_model_repo base_model_url base_sdxl_model_repo change_map_image_url city_image_url clothing_image_url composition_image_url content_image_url face_image_url face_images_data_url font_file_body_url font_file_h1_url font_file_h2_url font_file_small_url identity_image_url image image_archive_url image_source initial_image_url pose_image_url reference_images structure_image_url style_reference_image_url",
};
/** Switches and numbers whose names look like a file's. */
const HARMLESS =
	"apply_mask output_mask return_multiple_masks blink blur_mask expand_mask invert_mask return_byteplus_urls reverse_video revert_mask";

describe("fal's own inputs", () => {
	it("are reserved as written here, and no others", () => {
		const found = Map.groupBy(
			new Set(Object.values(data.endpoints).flatMap((endpoint) => Object.keys(endpoint.in))),
			(name) => whyOf(name),
		);
		const sorted = (names: string) => names.split(" ").toSorted();
		for (const [why, names] of Object.entries(RESERVED)) {
			const all = why === "file" ? `${names} ${HARMLESS}` : names;
			expect([why, found.get(why)?.toSorted()]).toEqual([why, sorted(all)]);
		}
		expect([...found.keys()].filter((why) => why !== null).toSorted()).toEqual(Object.keys(RESERVED).toSorted());
		for (const name of HARMLESS.split(" ")) expect(whyOf(name, true)).toBeNull();
	});
});

it("takes time that grows with the length only, whatever the text", () => {
	const long = 16 * 1024 - 20;
	const texts = [":", "/", "a", "data:", "a:", "AAAA", "Qk0", "https ", "data:a ", "_9j_ "].map((piece) =>
		piece.repeat(long).slice(0, long),
	);
	const started = performance.now();
	for (const text of texts) for (let round = 0; round < 10; round += 1) findForbiddenField({ style: text }, null);
	expect(performance.now() - started).toBeLessThan(2_000);
});

it("never throws, and never lets an address through, wherever it stands", () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.string({ maxLength: 10 }), (value, name) => {
			const plain: Json = JSON.parse(JSON.stringify(value));
			expect(findForbiddenField({ [name]: plain }, null)?.why).not.toBe("");
			expect(findForbiddenField({ a: [plain, "https://example.com"] }, null)).not.toBeNull();
		}),
	);
});

describe("the bounds of `fal`", () => {
	/** Words, since a text without a blank could be a file. */
	const words = (chars: number) => "a fox ".repeat(Math.ceil(chars / 6)).slice(0, chars);
	const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 1]));

	it.each<readonly [what: string, fal: JsonObject, field: string | null]>([
		["64 fields", fields(64), null],
		["65 fields", fields(65), "f64"],
		["a text of 16,384 characters with its name and quotes", { s: words(16_381) }, null],
		["one more", { s: words(16_382) }, "s"],
		["a number behind a text", { s: words(16_375), k: 12_345 }, null],
		["a number that is one too long", { s: words(16_376), k: 12_345 }, "k"],
		["a switch behind a text", { s: words(16_376), b: true }, null],
		["a switch that is one too long", { s: words(16_377), b: true }, "b"],
		["a name of 64 characters", { ["x".repeat(64)]: 1 }, null],
		["a list inside of five others", { l: [[[[[1]]]]] }, null],
		["a list inside of six others", { l: [[[[[[1]]]]]] }, "l"],
	])("let %s stand, or not", (_, fal, field) => {
		expect(findForbiddenField(fal, null)).toEqual(field === null ? null : { field, why: "too_much" });
	});
});

it.each<readonly [name: string, value: string, why: string | null]>([
	["photo", "x", "file"],
	["picture", "x", "file"],
	["img", "x", "file"],
	["archive", "x", "file"],
	["image_source_2", "x", "file"],
	["image_source_mode", "x", null],
	["synchrony", "x", null],
	["upstream", "x", null],
	["stream", "x", "answer"],
	["style", "a ratio of a:/b", null],
	["style", "/imagine a fox", null],
	["style", "a://b", "value"],
	["style", " //b.test", "value"],
])("the field %s with %j is refused for %j", (name, value, why) => {
	expect(findForbiddenField({ [name]: value }, null)?.why ?? null).toBe(why);
});

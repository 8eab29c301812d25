import { describe, expect, it } from "vitest";
import { type BodyForm, type Fault, sayFault } from "../faults.ts";
import { ENGLISH_FAULTS } from "./english-faults.ts";

/** A sentence for each kind of fault: [field, fault, sentence]. */
const SAID: readonly (readonly [param: string | null, fault: Fault, sentence: string])[] = [
	["prompt", { is: "missing" }, "Missing required parameter: 'prompt'."],
	["messages[0].content", { is: "missing" }, "Missing required parameter: 'messages[0].content'."],
	[
		"n",
		{ is: "type", expected: ["integer"], got: "string" },
		"Invalid type for 'n': expected an integer, got a string.",
	],
	[
		"messages[1].content",
		{ is: "type", expected: ["string", "array"], got: "null" },
		"Invalid type for 'messages[1].content': expected a string or an array, got null.",
	],
	[
		"n",
		{ is: "type", expected: ["integer"], got: "decimal" },
		"Invalid type for 'n': expected an integer, got a decimal number.",
	],
	[
		"stream",
		{ is: "type", expected: ["boolean"], got: "object" },
		"Invalid type for 'stream': expected a boolean, got an object.",
	],
	["n", { is: "too_large", max: 10, got: 11 }, "Invalid value for 'n': 11, must be at most 10."],
	["n", { is: "too_large", max: 10, got: null }, "Invalid value for 'n': must be at most 10."],
	["n", { is: "too_small", min: 1, got: 0 }, "Invalid value for 'n': 0, must be at least 1."],
	[
		"account",
		{ is: "account_name" },
		"Invalid value for 'account': must be 1 to 32 characters of a-z, 0-9, '_' and '-'.",
	],
	[
		"account",
		{ is: "too_many_keys", max: 9 },
		"Invalid value for 'account': the account has 9 keys, which is the most. Delete one that is not used any more.",
	],
	["month", { is: "unlike", example: "2026-11" }, "Invalid value for 'month': must look like '2026-11'."],
	[
		"project_ids",
		{ is: "too_many_accounts", max: 9 },
		"Invalid value for 'project_ids': a report tells of at most 9 accounts. Name those that you want.",
	],
	[
		"group_by",
		{ is: "too_many_groups", max: 9 },
		"Invalid value for 'group_by': a report has at most 9 groups in one bucket. Group by fewer fields, or name models or keys.",
	],
	[
		"account",
		{ is: "being_erased" },
		"Invalid value for 'account': the account is being erased. Try again when that has ended.",
	],
	[
		"grace_period",
		{ is: "duration", maxDays: 9 },
		"Invalid value for 'grace_period': must be a number and a unit of 's', 'm', 'h' or 'd', such as '48h', and at most 9 days.",
	],
	[
		"model",
		{ is: "too_long", max: 200, of: "characters" },
		"Invalid value for 'model': must have at most 200 characters.",
	],
	["messages", { is: "too_short", min: 1, of: "items" }, "Invalid value for 'messages': must have at least 1 item."],
	["messages", { is: "too_short", min: 2, of: "items" }, "Invalid value for 'messages': must have at least 2 items."],
	["metadata", { is: "too_long", max: 16, of: "fields" }, "Invalid value for 'metadata': must have at most 16 fields."],
	[
		"response_format",
		{ is: "not_one_of", allowed: ["url", "b64_json"], got: "base64" },
		"Invalid value for 'response_format': 'base64', must be one of 'url', 'b64_json'.",
	],
	[
		"response_format",
		{ is: "not_one_of", allowed: ["url"], got: null },
		"Invalid value for 'response_format': must be one of 'url'.",
	],
	[
		"aspect_ratio",
		{ is: "no_size", got: "wide" },
		"Invalid value for 'aspect_ratio': 'wide', must be a ratio such as 16:9, or pixels such as 1024x768.",
	],
	[
		"image_size",
		{ is: "no_size", got: null },
		"Invalid value for 'image_size': must be a ratio such as 16:9, or pixels such as 1024x768.",
	],
	[
		"image",
		{ is: "picture_data" },
		"Invalid value for 'image': the picture's data cannot be decoded. Send base64, with 'data:image/png;base64,' before it.",
	],
	[
		"mask",
		{ is: "size_of_picture", width: 8, height: 9 },
		"Invalid value for 'mask': it must have the size of the first picture, 8x9.",
	],
	[
		"image",
		{ is: "picture_address" },
		"Invalid value for 'image': must be an https address that the internet can reach, or a data: address.",
	],
	["width", { is: "one_side" }, "Invalid value for 'width': the other side must stand beside it."],
	[
		"width",
		{ is: "contradiction", other: "aspect_ratio" },
		"Invalid value for 'width': it contradicts 'aspect_ratio'. Send one of them.",
	],
	[
		"image[0]",
		{ is: "picture_format", got: "HEIC", taken: ["PNG", "JPEG", "WebP"] },
		"Invalid value for 'image[0]': it is HEIC, must be PNG, JPEG or WebP.",
	],
	[
		"image",
		{ is: "picture_format", got: "text", taken: ["PNG", "JPEG", "WebP"] },
		"Invalid value for 'image': it is a text, must be PNG, JPEG or WebP.",
	],
	[
		"image[]",
		{ is: "picture_cut" },
		"Invalid value for 'image[]': it is cut off: the end of the file is missing. Send it whole.",
	],
	[
		"mask",
		{ is: "picture_format", got: null, taken: ["PNG", "JPEG"] },
		"Invalid value for 'mask': its bytes are no picture, must be PNG or JPEG.",
	],
	["mask", { is: "mask", why: "no_png" }, "Invalid value for 'mask': a mask must be a PNG with transparency."],
	["mask", { is: "mask", why: "broken" }, "Invalid value for 'mask': its bytes are broken, or cut off."],
	["mask", { is: "mask", why: "too_large" }, "Invalid value for 'mask': its sides must have at most 8192 pixels."],
	[
		"mask",
		{ is: "mask", why: "interlaced" },
		"Invalid value for 'mask': it is an interlaced PNG: save it without interlacing.",
	],
	[
		"mask",
		{ is: "mask", why: "opaque" },
		"Invalid value for 'mask': it has no transparent pixel. Make it transparent where the picture is to be painted anew.",
	],
	["prompt", { is: "empty" }, "Invalid value for 'prompt': must not be empty."],
	[
		"prompt",
		{ is: "long_data" },
		"Invalid value for 'prompt': it takes words only, and no long data such as a picture's data: address.",
	],
	[
		"messages",
		{ is: "message_too_long", max: 32_000 },
		"Invalid value for 'messages': the last message of the user must have at most 32000 characters.",
	],
	[
		"input",
		{ is: "message_data" },
		"Invalid value for 'input': the last message of the user holds long data, such as a picture's data: address, in its text. A prompt is words only.",
	],
	["prompt", { is: "only_a_size" }, "Invalid value for 'prompt': it names a size, and nothing to draw."],
	[
		"stream",
		{ is: "task_stream" },
		"Invalid value for 'stream': a task has no stream. Leave it out, or ask without 'async'.",
	],
	[
		"webhook_url",
		{ is: "webhook_address" },
		"Invalid value for 'webhook_url': must be an https address without credentials, on a host that the internet can reach.",
	],
	[
		"size",
		{ is: "size_of_model", got: "big", model: "imagen", takes: { kind: "ratio", ratios: ["1:1", "16:9"] } },
		"Invalid value for 'size': 'big' is not a size. 'imagen' takes 1:1, 16:9; or WxH in pixels, of which the nearest ratio is used; or auto.",
	],
	[
		"size",
		{ is: "size_of_model", got: "big", model: "gpt", takes: { kind: "text", sizes: ["1024x1024"] } },
		"Invalid value for 'size': 'big' is not a size. 'gpt' takes 1024x1024; or any WxH or ratio such as 16:9, of which the nearest is used; or auto.",
	],
	[
		"size",
		{ is: "size_of_model", got: "big", model: "flux", takes: { kind: "pixels", min: 256, max: 2048 } },
		"Invalid value for 'size': 'big' is not a size. 'flux' takes WxH with sides of 256 to 2048 pixels, such as 1024x768; or a ratio such as 16:9; or auto.",
	],
	[
		"size",
		{ is: "size_of_model", got: "big", model: "flux", takes: { kind: "sides", min: 256, max: 2048 } },
		"Invalid value for 'size': 'big' is not a size. 'flux' takes WxH with sides of 256 to 2048 pixels, such as 1024x768; or a ratio such as 16:9; or auto.",
	],
	[
		"size",
		{ is: "size_of_model", got: "big", model: "gpt", takes: { kind: "text", sizes: ["1024x1024", "1536x1024"] } },
		"Invalid value for 'size': 'big' is not a size. 'gpt' takes 1024x1024, 1536x1024; or any WxH or ratio such as 16:9, of which the nearest is used; or auto.",
	],
	[
		"size",
		{ is: "size_of_model", got: "big", model: "upscale", takes: { kind: "none" } },
		"Invalid value for 'size': 'big' is not a size. 'upscale' takes no size but auto.",
	],
	[
		"size",
		{ is: "resolution_of_model", got: "2K", model: "a/b", takes: { kind: "unknown" } },
		"Invalid value for 'size': '2K' is a resolution, and 'a/b' has none. As 'size' it takes WxH in pixels such as 1024x768, or a ratio such as 16:9, or auto.",
	],
	["metadata", { is: "long_key", max: 64 }, "Invalid value for 'metadata': its keys must have at most 64 characters."],
	[
		"image",
		{ is: "pictures_of_model", model: "flux", max: 0 },
		"Invalid value for 'image': 'flux' draws from words alone, and has no model beside it that edits pictures. GET /v1/models lists those that take pictures, with 'image' among their input_modalities.",
	],
	[
		"image",
		{ is: "pictures_of_model", model: "flux", max: 1 },
		"Invalid value for 'image': 'flux' takes at most 1 picture.",
	],
	[
		"image",
		{ is: "pictures_of_model", model: "flux", max: 4 },
		"Invalid value for 'image': 'flux' takes at most 4 pictures.",
	],
	[
		"mask",
		{ is: "role_of_model", model: "flux", role: "mask" },
		"Invalid value for 'mask': 'flux' takes no mask. GET /v1/models lists those that do, with 'mask' among their supported_parameters.",
	],
	[
		"markup",
		{ is: "role_of_model", model: "flux", role: "markup" },
		"Invalid value for 'markup': 'flux' takes no drawing over the picture.",
	],
	[
		"image",
		{ is: "needs_picture", model: "flux", of: "image" },
		"Missing required parameter: 'image'. 'flux' needs a picture to work on.",
	],
	[
		"mask",
		{ is: "needs_picture", model: "flux", of: "mask" },
		"Missing required parameter: 'mask'. 'flux' needs a mask to work on.",
	],
	[
		"fal",
		{ is: "needs_inputs", model: "a/b", settable: ["style"], others: [] },
		"Missing required parameter: 'fal'. 'a/b' needs 'style'. Set it in 'fal'.",
	],
	[
		"fal",
		{ is: "needs_inputs", model: "a/b", settable: ["style", "season"], others: [] },
		"Missing required parameter: 'fal'. 'a/b' needs 'style', 'season'. Set them in 'fal'.",
	],
	[
		"fal",
		{ is: "needs_inputs", model: "a/b", settable: ["style"], others: ["video_url"] },
		"Invalid value for 'fal': 'a/b' cannot be used here: it needs 'video_url', which no field of a request can set.",
	],
	["model", { is: "no_picture_model", model: "a/b" }, "Invalid value for 'model': 'a/b' makes no pictures."],
	[
		"model",
		{ is: "schema_unreadable", model: "a/b" },
		"Invalid value for 'model': fal's schema of 'a/b' cannot be read, so nobody knows how to ask it.",
	],
	[
		"fal.output_format",
		{ is: "format_of_model", model: "flux", allowed: ["png", "jpeg"] },
		"Invalid value for 'fal.output_format': 'flux' makes 'png', 'jpeg'.",
	],
	[
		"fal.image_size",
		{ is: "image_size", max: 2048 },
		"Invalid value for 'fal.image_size': must be a preset's name, or a width and a height of 1 to 2048 pixels.",
	],
	[
		"fal.prompt",
		{ is: "forbidden", why: "prompt" },
		"Invalid value for 'fal.prompt': it cannot be set here, since the prompt has a field of its own.",
	],
	[
		"fal.num_images",
		{ is: "forbidden", why: "count" },
		"Invalid value for 'fal.num_images': it cannot be set here, since `n` says how many pictures are made.",
	],
	[
		"fal.image_url",
		{ is: "forbidden", why: "file" },
		"Invalid value for 'fal.image_url': it cannot be set here, since it names a file or an address.",
	],
	[
		"fal.sync_mode",
		{ is: "forbidden", why: "answer" },
		"Invalid value for 'fal.sync_mode': it cannot be set here, since Darkroom needs fal's answer in its usual form.",
	],
	[
		"fal.style",
		{ is: "forbidden", why: "value" },
		"Invalid value for 'fal.style': it cannot be set here, since its value holds an address or a file.",
	],
	[
		"fal.stile",
		{ is: "forbidden", why: "unknown" },
		"Invalid value for 'fal.stile': it cannot be set here, since the model has no such input.",
	],
	[
		"fal.x",
		{ is: "too_much", fields: 64, chars: 16_384, depth: 6 },
		"Invalid value for 'fal.x': 'fal' has at most 64 fields, 16384 characters and 6 levels.",
	],
	[
		"image",
		{ is: "unreadable_picture" },
		"Invalid value for 'image': it cannot be read as a picture. Send an https address, a data: URL, or the base64 of a picture's bytes.",
	],
	[
		"image.file_id",
		{ is: "picture_file" },
		"Invalid value for 'image.file_id': Darkroom reads pictures only, and keeps no files. Send the picture itself, as an https address or a data: URL.",
	],
	[
		"image",
		{ is: "no_such_picture" },
		"Invalid value for 'image': there is no such picture, or it is not this account's.",
	],
	[
		"messages[1]",
		{ is: "no_picture_at", place: 5, has: 4 },
		"Invalid value for 'messages[1]': the message names picture 5, and there are 4. Name one of them, or attach the picture.",
	],
	[
		"action",
		{ is: "nothing_to_edit" },
		"Invalid value for 'action': there is no picture to edit. Attach one, or go on from an answer that made one.",
	],
	[
		"previous_response_id",
		{ is: "earlier_running" },
		"Invalid value for 'previous_response_id': that Response has no picture yet. Wait for its end.",
	],
	[
		"conversation",
		{ is: "stored_conversation" },
		"Invalid value for 'conversation': Darkroom keeps no conversations. Send 'previous_response_id', or the earlier items in 'input'.",
	],
	[null, { is: "unusable" }, "Invalid value for the body: it means nothing here."],
];

describe("a fault in English", () => {
	it.each(SAID)("says of %s the fault %j", (param, fault, sentence) => {
		expect(sayFault(param, fault)).toBe(sentence);
	});

	it("has an example above of each fault", () => {
		expect(new Set(SAID.map(([, { is }]) => is))).toEqual(new Set(Object.keys(ENGLISH_FAULTS.faults)));
	});

	it("clips what it repeats", () => {
		const huge = "🦊".repeat(100_000);
		expect(sayFault(huge, { is: "not_one_of", allowed: ["a"], got: huge }).length).toBeLessThan(1_000);
	});
});

describe("a body's fault in English", () => {
	it.each<readonly [form: BodyForm, sentence: string]>([
		["empty", "The body is empty. Send a JSON object."],
		["form", "The body is a form. Send a JSON object."],
		["multipart", "The body is a multipart form. Send a JSON object."],
		["broken", "The body is not valid JSON. Send a JSON object."],
		["array", "The body is a JSON array. Send a JSON object."],
		["value", "The body is JSON, but no object. Send a JSON object."],
		["no_webhook", "This is not a webhook of fal's."],
	])("is said for %s", (form, sentence) => {
		expect(ENGLISH_FAULTS.bodies[form]).toBe(sentence);
	});
});

/** Says the faults of a request's fields and of its body in English. */

import type { FaultSentences, ForbiddenWhy, MaskWhy, SizesTaken, TypeName } from "../faults.ts";
import { echo } from "../text.ts";
import { exampleOf } from "./example-size.ts";

const TYPES: Readonly<Record<TypeName, string>> = {
	string: "a string",
	integer: "an integer",
	decimal: "a decimal number",
	boolean: "a boolean",
	array: "an array",
	object: "an object",
	null: "null",
};

const WHY_FORBIDDEN: Readonly<Record<ForbiddenWhy, string>> = {
	prompt: "the prompt has a field of its own",
	count: "`n` says how many pictures are made",
	file: "it names a file or an address",
	answer: "Darkroom needs fal's answer in its usual form",
	value: "its value holds an address or a file",
	unknown: "the model has no such input",
};

const WHY_NO_MASK: Readonly<Record<MaskWhy, string>> = {
	no_png: "a mask must be a PNG with transparency",
	broken: "its bytes are broken, or cut off",
	too_large: "its sides must have at most 8192 pixels",
	interlaced: "it is an interlaced PNG: save it without interlacing",
	opaque: "it has no transparent pixel. Make it transparent where the picture is to be painted anew",
};

const EXPECTED = "Send a JSON object.";

/** If OpenAI has a sentence for a fault, it is OpenAI's. */
export const ENGLISH_FAULTS: FaultSentences = {
	faults: {
		missing: (_, param) => `Missing required parameter: ${quoted(param)}.`,
		type: ({ expected, got }, param) =>
			`Invalid type for ${quoted(param)}: expected ${expected.map((name) => TYPES[name]).join(" or ")}, got ${TYPES[got]}.`,
		too_large: ({ max, got }, param) => `${invalid(param)} ${value(got)}must be at most ${max}.`,
		too_small: ({ min, got }, param) => `${invalid(param)} ${value(got)}must be at least ${min}.`,
		too_long: ({ max, of }, param) => `${invalid(param)} must have at most ${max} ${of}.`,
		too_short: ({ min, of }, param) =>
			`${invalid(param)} must have at least ${min} ${min === 1 ? of.slice(0, -1) : of}.`,
		not_one_of: ({ allowed, got }, param) =>
			`${invalid(param)} ${got === null ? "" : `'${echo(got)}', `}must be one of ${list(allowed)}.`,
		empty: (_, param) => `${invalid(param)} must not be empty.`,
		long_data: (_, param) =>
			`${invalid(param)} it takes words only, and no long data such as a picture's data: address.`,
		message_too_long: ({ max }, param) =>
			`${invalid(param)} the last message of the user must have at most ${max} characters.`,
		message_data: (_, param) =>
			`${invalid(param)} the last message of the user holds long data, such as a picture's data: address, in its text. A prompt is words only.`,
		only_a_size: (_, param) => `${invalid(param)} it names a size, and nothing to draw.`,
		task_stream: (_, param) => `${invalid(param)} a task has no stream. Leave it out, or ask without 'async'.`,
		webhook_address: (_, param) =>
			`${invalid(param)} must be an https address without credentials, on a host that the internet can reach.`,
		account_name: (_, param) => `${invalid(param)} must be 1 to 32 characters of a-z, 0-9, '_' and '-'.`,
		too_many_keys: ({ max }, param) =>
			`${invalid(param)} the account has ${max} keys, which is the most. Delete one that is not used any more.`,
		unlike: ({ example }, param) => `${invalid(param)} must look like '${example}'.`,
		too_many_accounts: ({ max }, param) =>
			`${invalid(param)} a report tells of at most ${max} accounts. Name those that you want.`,
		too_many_groups: ({ max }, param) =>
			`${invalid(param)} a report has at most ${max} groups in one bucket. Group by fewer fields, or name models or keys.`,
		being_erased: (_, param) => `${invalid(param)} the account is being erased. Try again when that has ended.`,
		duration: ({ maxDays }, param) =>
			`${invalid(param)} must be a number and a unit of 's', 'm', 'h' or 'd', such as '48h', and at most ${maxDays} days.`,
		long_key: ({ max }, param) => `${invalid(param)} its keys must have at most ${max} characters.`,
		pictures_of_model: ({ model, max }, param) =>
			max === 0
				? `${invalid(param)} '${model}' draws from words alone, and has no model beside it that edits pictures. GET /v1/models lists those that take pictures, with 'image' among their input_modalities.`
				: `${invalid(param)} '${model}' takes at most ${max} picture${max === 1 ? "" : "s"}.`,
		role_of_model: ({ model, role }, param) =>
			role === "mask"
				? `${invalid(param)} '${model}' takes no mask. GET /v1/models lists those that do, with 'mask' among their supported_parameters.`
				: `${invalid(param)} '${model}' takes no drawing over the picture.`,
		needs_picture: ({ model, of }, param) =>
			`Missing required parameter: ${quoted(param)}. '${model}' needs a ${of === "mask" ? "mask" : "picture"} to work on.`,
		needs_inputs: ({ model, settable, others }, param) =>
			others.length > 0
				? `${invalid(param)} '${model}' cannot be used here: it needs ${list(others)}, which no field of a request can set.`
				: `Missing required parameter: ${quoted(param)}. '${model}' needs ${list(settable)}. Set ${settable.length > 1 ? "them" : "it"} in 'fal'.`,
		no_picture_model: ({ model }, param) => `${invalid(param)} '${echo(model)}' makes no pictures.`,
		schema_unreadable: ({ model }, param) =>
			`${invalid(param)} fal's schema of '${echo(model)}' cannot be read, so nobody knows how to ask it.`,
		format_of_model: ({ model, allowed }, param) => `${invalid(param)} '${model}' makes ${list(allowed)}.`,
		image_size: ({ max }, param) =>
			`${invalid(param)} must be a preset's name, or a width and a height of 1 to ${max} pixels.`,
		forbidden: ({ why }, param) => `${invalid(param)} it cannot be set here, since ${WHY_FORBIDDEN[why]}.`,
		too_much: ({ fields, chars, depth }, param) =>
			`${invalid(param)} 'fal' has at most ${fields} fields, ${chars} characters and ${depth} levels.`,
		no_size: ({ got }, param) =>
			`${invalid(param)} ${got === null ? "" : `'${echo(got)}', `}must be a ratio such as 16:9, or pixels such as 1024x768.`,
		size_of_model: ({ got, model, takes }, param) =>
			`${invalid(param)} '${echo(got)}' is not a size. '${model}' takes ${sizes(takes)}.`,
		resolution_of_model: ({ got, model, takes }, param) =>
			`${invalid(param)} '${echo(got)}' is a resolution, and '${model}' has none. As 'size' it takes ${sizes(takes)}.`,
		one_side: (_, param) => `${invalid(param)} the other side must stand beside it.`,
		contradiction: ({ other }, param) => `${invalid(param)} it contradicts ${quoted(other)}. Send one of them.`,
		unreadable_picture: (_, param) =>
			`${invalid(param)} it cannot be read as a picture. Send an https address, a data: URL, or the base64 of a picture's bytes.`,
		picture_file: (_, param) =>
			`${invalid(param)} Darkroom reads pictures only, and keeps no files. Send the picture itself, as an https address or a data: URL.`,
		no_such_picture: (_, param) => `${invalid(param)} there is no such picture, or it is not this account's.`,
		no_picture_at: ({ place, has }, param) =>
			`${invalid(param)} the message names picture ${place}, and there are ${has}. Name one of them, or attach the picture.`,
		nothing_to_edit: (_, param) =>
			`${invalid(param)} there is no picture to edit. Attach one, or go on from an answer that made one.`,
		picture_data: (_, param) =>
			`${invalid(param)} the picture's data cannot be decoded. Send base64, with 'data:image/png;base64,' before it.`,
		size_of_picture: ({ width, height }, param) =>
			`${invalid(param)} it must have the size of the first picture, ${width}x${height}.`,
		picture_address: (_, param) =>
			`${invalid(param)} must be an https address that the internet can reach, or a data: address.`,
		picture_format: ({ got, taken }, param) =>
			`${invalid(param)} ${got === null ? "its bytes are no picture" : `it is ${got === "text" ? "a text" : got}`}, must be ${taken.slice(0, -1).join(", ")} or ${taken.at(-1)}.`,
		picture_cut: (_, param) => `${invalid(param)} it is cut off: the end of the file is missing. Send it whole.`,
		mask: ({ why }, param) => `${invalid(param)} ${WHY_NO_MASK[why]}.`,
		earlier_running: (_, param) => `${invalid(param)} that Response has no picture yet. Wait for its end.`,
		stored_conversation: (_, param) =>
			`${invalid(param)} Darkroom keeps no conversations. Send 'previous_response_id', or the earlier items in 'input'.`,
		unusable: (_, param) => `${invalid(param)} it means nothing here.`,
	},
	bodies: {
		empty: `The body is empty. ${EXPECTED}`,
		form: `The body is a form. ${EXPECTED}`,
		multipart: `The body is a multipart form. ${EXPECTED}`,
		broken: `The body is not valid JSON. ${EXPECTED}`,
		not_utf8: "The body is not valid UTF-8. JSON is sent in UTF-8, whatever the content-type says.",
		array: `The body is a JSON array. ${EXPECTED}`,
		value: `The body is JSON, but no object. ${EXPECTED}`,
		no_webhook: "This is not a webhook of fal's.",
	},
};

function quoted(param: string | null): string {
	return param === null ? "the body" : `'${echo(param)}'`;
}

function invalid(param: string | null): string {
	return `Invalid value for ${quoted(param)}:`;
}

function value(got: number | null): string {
	return got === null ? "" : `${got}, `;
}

function sizes(takes: SizesTaken): string {
	switch (takes.kind) {
		case "ratio":
			return `${takes.ratios.join(", ")}; or WxH in pixels, of which the nearest ratio is used; or auto`;
		case "pixels":
		case "sides":
			return `WxH with sides of ${takes.min} to ${takes.max} pixels, such as ${exampleOf(takes)}; or a ratio such as 16:9; or auto`;
		case "text":
			return `${takes.sizes.join(", ")}; or any WxH or ratio such as 16:9, of which the nearest is used; or auto`;
		case "none":
			return "no size but auto";
		case "unknown":
			return "WxH in pixels such as 1024x768, or a ratio such as 16:9, or auto";
	}
}

function list(values: readonly string[]): string {
	return values.map((one) => `'${one}'`).join(", ");
}

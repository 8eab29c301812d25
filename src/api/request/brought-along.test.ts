import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBroughtAlong } from "./brought-along.ts";

const LINK = "https://pictures.test/cat.png";
const DATA = "data:image/x-removed;run=0,";
const BARE = "iVBORw0KGgoAAAANSUhEUg==";
const OWN = `http://gateway.test/images/${"a".repeat(64)}/0.png?exp=1&sig=x`;

const user = (...content: readonly object[]) => ({ role: "user", content });
const words = { type: "text", text: "make it blue" };
const image = { type: "image_url", image_url: { url: LINK } };
const call = { type: "image_generation_call", id: "ig_1", status: "completed", result: "AAAA" };

function read(body: object) {
	return readBroughtAlong(JSON.parse(JSON.stringify({ prompt: "a cat", ...body })));
}

/** Writes a picture as the tables below do: its role, its field, and where it comes from. */
function shown(body: object): readonly string[] {
	const found = read(body);
	if (!found.ok) throw new Error(`${found.error.param} is refused`);
	return found.value.attached.map(({ role, param, source }) => {
		const from = source.kind === "data" ? source.text : source.kind === "link" ? source.url : source.kind;
		return `${role} ${param} ${from}`;
	});
}

describe("the pictures that a body brings along", () => {
	const rows: readonly (readonly [body: object, ...pictures: readonly string[]])[] = [
		// A field of the body, in the words of OpenAI, fal, SiliconFlow, A1111, BFL, MiniMax and others.
		[{ image: LINK }, `image image ${LINK}`],
		[{ image: DATA }, `image image ${DATA}`],
		[{ image: OWN }, `image image ${OWN}`],
		[{ image: "data:image/png;base64,AAAA" }, "image image data:image/png;base64,AAAA"],
		[{ "image[]": [DATA] }, `image image[][0] ${DATA}`],
		[{ image2: LINK }, `image image2 ${LINK}`],
		[{ images: [LINK] }, `image images[0] ${LINK}`],
		[
			{ images: [{ image_url: LINK }, { image_url: DATA }] },
			`image images[0].image_url ${LINK}`,
			`image images[1].image_url ${DATA}`,
		],
		[{ image_url: LINK }, `image image_url ${LINK}`],
		[{ image_url: { url: LINK } }, `image image_url.url ${LINK}`],
		[{ imageUrl: LINK }, `image imageUrl ${LINK}`],
		[{ image_urls: ["", LINK] }, `image image_urls[1] ${LINK}`],
		[{ input_image: LINK }, `image input_image ${LINK}`],
		[{ input_image_2: LINK }, `image input_image_2 ${LINK}`],
		[{ input_image_urls: [LINK] }, `image input_image_urls[0] ${LINK}`],
		[{ init_images: [BARE] }, `image init_images[0] ${BARE}`],
		[{ reference_images: [LINK] }, `image reference_images[0] ${LINK}`],
		[{ image_prompt: BARE }, `image image_prompt ${BARE}`],
		[{ style_reference_images: [{ url: LINK }] }, `image style_reference_images[0].url ${LINK}`],
		[{ subject_reference: [{ type: "character", image_file: LINK }] }, `image subject_reference[0].image_file ${LINK}`],
		[{ mask: DATA }, `mask mask ${DATA}`],
		[{ mask: { image_url: DATA } }, `mask mask.image_url ${DATA}`],
		[{ mask_image_url: LINK }, `mask mask_image_url ${LINK}`],
		[{ markup: DATA }, `markup markup ${DATA}`],
		[{ markup2: DATA }, `markup markup2 ${DATA}`],
		[{ mask_url: LINK }, `mask mask_url ${LINK}`],
		[{ style_image_ref: LINK }, `image style_image_ref ${LINK}`],
		[{ images: [DATA, BARE] }, `image images[0] ${DATA}`, `image images[1] ${BARE}`],
		[{ image: LINK, mask: DATA }, `image image ${LINK}`, `mask mask ${DATA}`],
		// A picture may be its own mask.
		[{ image: DATA, mask: DATA }, `image image ${DATA}`, `mask mask ${DATA}`],
		// One picture under two names is one.
		[{ image_url: LINK, image_urls: [LINK, DATA] }, `image image_url ${LINK}`, `image image_urls[1] ${DATA}`],
		[{ image: DATA, init_image: DATA }, `image image ${DATA}`],
		// The same in an object of options.
		[{ extra_body: { image: LINK } }, `image extra_body.image ${LINK}`],
		[
			{ extra_body: { google: { image_config: { image_url: LINK } } } },
			`image extra_body.google.image_config.image_url ${LINK}`,
		],
		[{ parameters: { mask: LINK } }, `mask parameters.mask ${LINK}`],
		// The image tool of a Response.
		[
			{ tools: [{ type: "image_generation", input_image_mask: { image_url: DATA } }] },
			`mask tools[0].input_image_mask.image_url ${DATA}`,
		],
		// The last message of the user.
		[{ messages: [user(words, image)] }, `image messages[0].content[1].image_url.url ${LINK}`],
		[{ messages: [{ role: " User ", content: [image] }] }, `image messages[0].content[0].image_url.url ${LINK}`],
		[{ messages: [{ role: "USER", content: [image] }] }, `image messages[0].content[0].image_url.url ${LINK}`],
		[{ messages: [{ role: "user", content: image }] }, `image messages[0].content.image_url.url ${LINK}`],
		[{ messages: user(image) }, `image messages[0].content[0].image_url.url ${LINK}`],
		[{ messages: [user({ type: "document", image_url: LINK })] }, `image messages[0].content[0].image_url ${LINK}`],
		[{ messages: [user({ type: "image_url", image_url: LINK })] }, `image messages[0].content[0].image_url ${LINK}`],
		[
			{ messages: [user(words), { role: "assistant", content: "" }, user(words, image)] },
			`image messages[2].content[1].image_url.url ${LINK}`,
		],
		[
			{ messages: [user(image), { role: "assistant", content: "What of it?" }] },
			`image messages[0].content[0].image_url.url ${LINK}`,
		],
		[
			{ messages: [user({ type: "image", source: { type: "base64", media_type: "image/png", data: DATA } })] },
			`image messages[0].content[0].source.data ${DATA}`,
		],
		[{ messages: [{ role: "user", content: "make it blue", images: [DATA] }] }, `image messages[0].images[0] ${DATA}`],
		[
			{ messages: [{ role: "user", content: "make it blue", attachments: [{ url: LINK }] }] },
			`image messages[0].attachments[0].url ${LINK}`,
		],
		[
			{ input: [user({ type: "input_text", text: "blue" }, { type: "input_image", image_url: DATA, detail: "auto" })] },
			`image input[0].content[1].image_url ${DATA}`,
		],
		[{ input: [user(words), { type: "input_image", image_url: LINK }] }, `image input[1].image_url ${LINK}`],
		[{ input: [{ type: "input_image", image_url: LINK }, user(words)] }, `image input[0].image_url ${LINK}`],
	];
	it.each(rows.map(([body, ...pictures]) => ({ body, pictures })))("are read from $body", ({ body, pictures }) => {
		expect(shown(body)).toEqual(pictures);
	});

	it.each<readonly [body: object, param: string, is: string]>([
		[{ image: true }, "image", "unreadable_picture"],
		[{ image: "a cat" }, "image", "unreadable_picture"],
		[{ image: "http://pictures.test/cat.png" }, "image", "unreadable_picture"],
		[{ image: "ftp://pictures.test/cat.png" }, "image", "unreadable_picture"],
		[{ image: `https://pictures.test/${"a".repeat(2_100)}` }, "image", "unreadable_picture"],
		[{ images: [LINK, { name: "cat", size: 7 }] }, "images[1]", "unreadable_picture"],
		[{ image: { file_id: "file-1" } }, "image.file_id", "picture_file"],
		[{ images: [{ file_id: "file-1" }] }, "images[0].file_id", "picture_file"],
		[{ mask: { file_id: "file-1" } }, "mask.file_id", "picture_file"],
		[{ input: [user({ type: "input_image", file_id: "file-1" })] }, "input[0].content[0].file_id", "picture_file"],
		[
			{ messages: [user({ type: "file", file: { filename: "a.pdf", file_data: DATA } })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[
			{ messages: [user({ type: "input_audio", input_audio: { data: "AA", format: "wav" } })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[{ input: [user(words), { type: "input_file", file_id: "file-1" }] }, "input[1]", "picture_file"],
		[{ input: "make it blue", conversation: "conv_1" }, "conversation", "stored_conversation"],
		[{ input: "make it blue", conversation: { id: "conv_1" } }, "conversation", "stored_conversation"],
		[{ input: "make it blue", previous_response_id: 7 }, "previous_response_id", "type"],
		[{ input: "make it blue", previous_response_id: { id: "resp_1" } }, "previous_response_id", "type"],
	])("are refused in %j, by the name of the field %s", (body, param, is) => {
		expect(read(body)).toMatchObject({ ok: false, error: { kind: "invalid_value", param, fault: { is } } });
	});

	it.each<readonly [body: object]>([
		// Nothing, as clients write it.
		[{ image: null }],
		[{ image: "", images: [], image_url: " ", image_urls: [null, ""], mask: {}, input_image: false }],
		[{ images: [{ image_url: "" }] }],
		[{ input: "a cat", previous_response_id: "", conversation: null }],
		[{ conversation: "an id of the client's own" }],
		[{ messages: [user(words, { type: "image_url", image_url: { url: "", detail: "auto" } })] }],
		[{ messages: [user(words, { type: "image_url", image_url: null })] }],
		[{ messages: [{ role: "user", content: "a cat", images: [], attachments: [] }] }],
		[{ tools: [{ type: "image_generation", action: "auto", input_image_mask: null }] }],
		// Names that only sound alike.
		[{ image_size: "1024x1024", image_config: { aspect_ratio: "16:9" }, num_images: 2, partial_images: 2 }],
		[{ image_format: "png", image_quality: "high", n_images: 1, images_per_prompt: 1, image_prompt_strength: 0.1 }],
		[{ model: "image", user: "image", modalities: ["image", "text"], metadata: { image: LINK } }],
		[{ input: [user(words), { type: "my_input_image_1", image_url: LINK }] }],
		[{ input: [user(words), { type: "my_input_image", image_url: LINK }] }],
		[{ input: [user(words), { type: "input_image_note", image_url: LINK }] }],
		[{ messages: [{ role: "user", content: ["a cat", 7, null] }] }],
		// The prompt's words.
		[{ prompt: LINK }],
		[{ messages: [{ role: "user", content: `draw what ${LINK} shows` }] }],
		[{ input: "a cat" }],
		// History.
		[{ messages: [user(words, image), { role: "assistant", content: "![](a.png)" }, user(words)] }],
		[{ messages: [user(image), user(words)] }],
		[{ messages: [{ role: "system", content: [image] }, user(words), { role: "tool", content: [image] }] }],
		[{ messages: [{ role: "assistant", content: "", images: [{ image_url: { url: LINK } }] }, user(words)] }],
		[{ input: [user({ type: "input_image", image_url: LINK }), call, user(words)] }],
		[{ input: [user(words), call, { type: "item_reference", id: "ig_1" }, user(words)] }],
		// Other tools.
		[{ tools: [{ type: "function", action: "edit", image: LINK }] }],
		[{ tools: "edit" }],
		[{ messages: "a cat", input: 7, tools: [null, 7, []] }],
	])("are none in %j", (body) => {
		expect(shown(body)).toEqual([]);
	});

	it("are 64 at most, and the model's own bound is checked later", () => {
		const images = (count: number) => Array.from({ length: count }, (_, index) => `${LINK}?${index}`);
		expect(shown({ images: images(63) })).toHaveLength(63);
		expect(shown({ images: images(70) })).toHaveLength(64);
	});

	it("never throw, whatever JSON comes", () => {
		const anything = fc.jsonValue();
		const body = fc.record(
			{ messages: anything, input: anything, tools: anything, image: anything, extra_body: anything },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(body, (value) => {
				expect(typeof readBroughtAlong(JSON.parse(JSON.stringify(value))).ok).toBe("boolean");
			}),
		);
	});
});

describe("the action of a body", () => {
	it.each<readonly [body: object, is: string, param: string]>([
		[{}, "auto", "action"],
		[{ action: "edit" }, "edit", "action"],
		[{ action: " Generate " }, "generate", "action"],
		[{ action: "auto" }, "auto", "action"],
		[{ action: "upscale" }, "auto", "action"],
		[{ action: 7 }, "auto", "action"],
		[{ tools: [{ type: "image_generation", action: "edit" }] }, "edit", "tools[0].action"],
		[{ tools: [{ type: "function" }, { type: "image_generation", action: "Edit" }] }, "edit", "tools[1].action"],
		[{ action: "generate", tools: [{ type: "image_generation", action: "edit" }] }, "edit", "tools[0].action"],
		[{ action: "generate", tools: [{ type: "image_generation", action: "auto" }] }, "generate", "action"],
		[{ tools: [{ type: "image_generation", action: null }] }, "auto", "action"],
		[{ tools: [{ type: "image_generation", action: " " }], action: "edit" }, "edit", "action"],
		[{ tools: [{ type: "function", action: "edit" }] }, "auto", "action"],
	])("in %j is %s", (body, is, param) => {
		expect(read(body)).toMatchObject({ ok: true, value: { action: { is, param } } });
	});

	it.each<readonly [action: unknown, fault: object]>([
		["upscale", { is: "not_one_of", allowed: ["generate", "edit", "auto"], got: "upscale" }],
		[7, { is: "type", expected: ["string"], got: "integer" }],
		[["edit"], { is: "type", expected: ["string"], got: "array" }],
	])("in the image tool is none of OpenAI's: %j", (action, fault) => {
		const tools = [{ type: "function" }, { type: "image_generation", action }];
		expect(read({ tools })).toEqual({
			ok: false,
			error: { kind: "invalid_value", param: "tools[1].action", fault },
		});
	});

	it("names the Response that it goes on from", () => {
		expect(read({ input: "a cat", previous_response_id: " resp_1 " })).toMatchObject({
			ok: true,
			value: { previousResponse: "resp_1" },
		});
		expect(read({ input: "a cat", previous_response_id: null })).toMatchObject({
			ok: true,
			value: { previousResponse: null },
		});
		expect(read({ input: "a cat", previous_response_id: 7 })).toMatchObject({
			error: { param: "previous_response_id", fault: { is: "type", expected: ["string"], got: "integer" } },
		});
		expect(read({})).toMatchObject({ ok: true, value: { previousResponse: null } });
		expect(read({ previous_response_id: "resp_1" })).toMatchObject({ ok: true, value: { previousResponse: null } });
	});
});

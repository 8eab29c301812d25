import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findInputPicture } from "./input-pictures.ts";

const LINK = "https://pictures.test/cat.png";
const DATA = "data:image/x-removed;run=0,";

const user = (...content: readonly object[]) => ({ role: "user", content });
const words = { type: "text", text: "make it blue" };
const image = { type: "image_url", image_url: { url: LINK } };
const call = { type: "image_generation_call", id: "ig_1", status: "completed", result: "AAAA" };

describe("findInputPicture", () => {
	it.each<readonly [body: object, param: string]>([
		// A field of the body, in the words of OpenAI, fal, SiliconFlow, A1111, BFL, MiniMax and others.
		[{ image: LINK }, "image"],
		[{ image: DATA }, "image"],
		[{ "image[]": [DATA] }, "image[]"],
		[{ image2: LINK }, "image2"],
		[{ images: [LINK] }, "images"],
		[{ images: [{ image_url: LINK }] }, "images"],
		[{ image: { file_id: "file-1" } }, "image"],
		[{ image_url: LINK }, "image_url"],
		[{ imageUrl: LINK }, "imageUrl"],
		[{ image_urls: ["", LINK] }, "image_urls"],
		[{ input_image: LINK }, "input_image"],
		[{ input_image_2: LINK }, "input_image_2"],
		[{ input_images: [LINK] }, "input_images"],
		[{ input_image_urls: [LINK] }, "input_image_urls"],
		[{ init_images: ["iVBORw0KGgo"] }, "init_images"],
		[{ reference_images: [LINK] }, "reference_images"],
		[{ reference_image_urls: [LINK] }, "reference_image_urls"],
		[{ image_prompt: "iVBORw0KGgo" }, "image_prompt"],
		[{ control_image: LINK }, "control_image"],
		[{ style_reference_images: [{ url: LINK }] }, "style_reference_images"],
		[{ subject_reference: [{ type: "character", image_file: LINK }] }, "subject_reference"],
		[{ mask: DATA }, "mask"],
		[{ mask_url: LINK }, "mask_url"],
		[{ mask_image_url: LINK }, "mask_image_url"],
		[{ markup: DATA }, "markup"],
		[{ image: true }, "image"],
		// The same in an object of options.
		[{ extra_body: { image: LINK } }, "extra_body.image"],
		[{ extra_body: { google: { image_config: { image_url: LINK } } } }, "extra_body.google.image_config.image_url"],
		[{ parameters: { mask: LINK } }, "parameters.mask"],
		// The image tool of a Response.
		[{ tools: [{ type: "image_generation", action: "edit" }] }, "tools[0].action"],
		[{ tools: [{ type: "function" }, { type: "image_generation", action: "Edit" }] }, "tools[1].action"],
		[{ tools: [{ type: "image_generation", input_image_mask: { image_url: DATA } }] }, "tools[0].input_image_mask"],
		[{ action: "edit" }, "action"],
		// What a Response goes on from.
		[{ previous_response_id: "resp_none" }, "previous_response_id"],
		[{ input: "make it blue", conversation: "conv_1" }, "conversation"],
		[{ input: "make it blue", conversation: { id: "conv_1" } }, "conversation"],
		[{ input: [user(words), { type: "image_generation_call", id: "ig_1" }] }, "input[1]"],
		[{ input: [{ type: "image_generation_call", id: "ig_1" }, user(words)] }, "input[0]"],
		[{ input: [user(words), call] }, "input[1]"],
		[{ input: [user(words), { type: "item_reference", id: "ig_1" }] }, "input[1]"],
		// The last message of the user.
		[{ messages: [user(words, image)] }, "messages[0].content[1].image_url"],
		[{ messages: [user(image)] }, "messages[0].content[0].image_url"],
		[{ messages: [{ role: "USER", content: [image] }] }, "messages[0].content[0].image_url"],
		[{ messages: [{ role: "user", content: image }] }, "messages[0].content.image_url"],
		[{ messages: [user({ type: "image_url", image_url: LINK })] }, "messages[0].content[0].image_url"],
		[
			{ messages: [user(words), { role: "assistant", content: "" }, user(words, image)] },
			"messages[2].content[1].image_url",
		],
		[{ messages: [user(image), { role: "assistant", content: "What of it?" }] }, "messages[0].content[0].image_url"],
		[{ messages: [user({ type: "image", source: { type: "base64", data: DATA } })] }, "messages[0].content[0]"],
		[{ messages: [user({ type: "file", file: { filename: "a.png", file_data: DATA } })] }, "messages[0].content[0]"],
		[
			{ messages: [user({ type: "input_audio", input_audio: { data: "AA", format: "wav" } })] },
			"messages[0].content[0]",
		],
		[{ messages: [{ role: "user", content: "make it blue", images: [DATA] }] }, "messages[0].images"],
		[
			{ messages: [{ role: "user", content: "make it blue", attachments: [{ url: LINK }] }] },
			"messages[0].attachments",
		],
		[
			{ input: [user({ type: "input_text", text: "make it blue" }, { type: "input_image", image_url: DATA })] },
			"input[0].content[1].image_url",
		],
		[{ input: [user({ type: "input_image", file_id: "file-1" })] }, "input[0].content[0]"],
		[{ input: [user(words), { type: "input_image", image_url: LINK }] }, "input[1]"],
		[{ input: [{ type: "input_image", image_url: LINK }, user(words)] }, "input[0]"],
	])("blames in %j the field %s", (body, param) => {
		expect(findInputPicture({ prompt: "a cat", ...body })).toEqual({
			kind: "invalid_value",
			param,
			fault: { is: expect.stringMatching(/^(?:picture|edit|earlier_response)$/) },
		});
	});

	it.each<readonly [body: object]>([
		// Nothing, as clients write it.
		[{ image: null }],
		[{ image: "", images: [], image_url: " ", image_urls: [null, ""], mask: {}, input_image: false }],
		[{ images: [{ image_url: "" }] }],
		[{ previous_response_id: null }],
		[{ input: "a cat", previous_response_id: "", conversation: null }],
		[{ conversation: "an id of the client's own" }],
		[{ messages: [user(words, { type: "image_url", image_url: { url: "", detail: "auto" } })] }],
		[{ messages: [user(words, { type: "image_url", image_url: null })] }],
		[{ messages: [{ role: "user", content: "a cat", images: [], attachments: [] }] }],
		[{ tools: [{ type: "image_generation", action: "auto", input_image_mask: null }] }],
		[{ tools: [{ type: "image_generation", action: "generate" }] }],
		[{ action: "generate" }],
		[{ action: 7 }],
		// Names that only sound alike.
		[{ image_size: "1024x1024", image_config: { aspect_ratio: "16:9" }, num_images: 2, partial_images: 2 }],
		[{ image_format: "png", image_quality: "high", n_images: 1, images_per_prompt: 1, image_prompt_strength: 0.1 }],
		[{ model: "image", user: "image", modalities: ["image", "text"], metadata: { image: LINK } }],
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
		[{ input: [user(words), { type: "item_reference", id: "msg_1" }, { type: "reasoning", id: "rs_1" }] }],
		// Other tools.
		[{ tools: [{ type: "function", action: "edit", image: LINK }] }],
		[{ tools: "edit" }],
		[{ messages: "a cat", input: 7, tools: [null, 7, []] }],
	])("finds none in %j", (body) => {
		expect(findInputPicture(JSON.parse(JSON.stringify({ prompt: "a cat", ...body })))).toBeNull();
	});

	it("never throws, whatever JSON comes", () => {
		const anything = fc.jsonValue();
		const body = fc.record(
			{ messages: anything, input: anything, tools: anything, image: anything, extra_body: anything },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(body, (value) => {
				expect(findInputPicture(JSON.parse(JSON.stringify(value))) ?? { kind: "invalid_value" }).toMatchObject({
					kind: "invalid_value",
				});
			}),
		);
	});
});

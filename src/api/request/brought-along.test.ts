import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBroughtAlong } from "./brought-along.ts";
import { readText } from "./picture-source.ts";

const LINK = "https://pictures.test/cat.png";
const PAGE = "https://pictures.test/cat";
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
		// Names that tell of a picture, and hold one: Luma's, Runway's, Kling's, Ideogram's, StepFun's, KIE's, Jimeng's and others.
		[{ modify_image_ref: { url: LINK, weight: 1 } }, `image modify_image_ref.url ${LINK}`],
		[{ style_ref: [{ url: LINK, weight: 0.8, at: PAGE }] }, `image style_ref[0].url ${LINK}`],
		[
			{ character_ref: { identity0: { images: [LINK, DATA] } } },
			`image character_ref.identity0.images[0] ${LINK}`,
			`image character_ref.identity0.images[1] ${DATA}`,
		],
		[{ promptImage: LINK }, `image promptImage ${LINK}`],
		[{ subject_image_list: [{ subject_image: LINK }] }, `image subject_image_list[0].subject_image ${LINK}`],
		[{ character_reference_images: [BARE] }, `image character_reference_images[0] ${BARE}`],
		[{ style_ref: ` [{"url":\n"${LINK}"}]` }, `image style_ref[0].url ${LINK}`],
		[{ mask_refs: `${LINK}\n${DATA}` }, `mask mask_refs ${LINK}`, `mask mask_refs ${DATA}`],
		[{ style_reference: { source_url: LINK } }, `image style_reference.source_url ${LINK}`],
		[{ binary_data_base64: [BARE] }, `image binary_data_base64[0] ${BARE}`],
		[{ filesUrl: [LINK] }, `image filesUrl[0] ${LINK}`],
		[{ extra_body: { input_urls: [LINK] } }, `image extra_body.input_urls[0] ${LINK}`],
		[{ inpaint_mask: ` ${LINK} ` }, `mask inpaint_mask ${LINK}`],
		[{ markup_layer: DATA }, `markup markup_layer ${DATA}`],
		[
			{ alwayson_scripts: { controlnet: { args: [{ enabled: true, input_image: LINK }] } } },
			`image alwayson_scripts.controlnet.args[0].input_image ${LINK}`,
		],
		[{ attachments: [{ contentType: "image/png", url: LINK }] }, `image attachments[0].url ${LINK}`],
		[{ input: { prompt: "a cat", image: LINK } }, `image input.image ${LINK}`],
		[
			{ image: { picture_of_me: { address: LINK, caption: LINK, weight: 1 } } },
			`image image.picture_of_me.address ${LINK}`,
		],
		[{ image_config: { mask: LINK } }, `mask image_config.mask ${LINK}`],
		[{ style_ref: { a: { b: { c: { d: LINK } } } } }, `image style_ref.a.b.c.d ${LINK}`],
		// Any other name of a value that is surely a picture.
		[{ seed_frame: LINK }, `image seed_frame ${LINK}`],
		[{ frames: [DATA, "x", ` ${BARE} `] }, `image frames[0] ${DATA}`, `image frames[2] ${BARE}`],
		[{ extra_body: { first: OWN } }, `image extra_body.first ${OWN}`],
		...["a.JPG", "a.jpeg?x=1", "a.webp#x", "b/a.gif", "a.avif", "a.bmp", "a.heic"].map((path): [object, string] => [
			{ start: `https://pictures.test/${path}` },
			`image start https://pictures.test/${path}`,
		]),
		// Bytes count under the names of other things, too.
		[{ logo: DATA, avatar: ` ${BARE}` }, `image logo ${DATA}`, `image avatar ${BARE}`],
		[{ output_image: DATA }, `image output_image ${DATA}`],
		[{ uploads: [{ data: DATA }], upload_image: PAGE }, `image uploads[0].data ${DATA}`, `image upload_image ${PAGE}`],
		// In objects and lists of any name, by what it is and by the names around it.
		[{ product: { image: PAGE } }, `image product.image ${PAGE}`],
		[{ layers: [{ url: LINK }, [{ at: DATA }]] }, `image layers[0].url ${LINK}`, `image layers[1][0].at ${DATA}`],
		[
			{ elements: [{ frontal_image_url: PAGE, reference_image_urls: [LINK] }] },
			`image elements[0].frontal_image_url ${PAGE}`,
			`image elements[0].reference_image_urls[0] ${LINK}`,
		],
		[{ controlnets: [{ path: PAGE, control_image_url: LINK }] }, `image controlnets[0].control_image_url ${LINK}`],
		[{ objects: [{ image: DATA, mask: DATA }] }, `image objects[0].image ${DATA}`, `mask objects[0].mask ${DATA}`],
		[{ inpaint_masks: [{ url: PAGE }] }, `mask inpaint_masks[0].url ${PAGE}`],
		[{ workflow: { 3: { inputs: { image: DATA } } } }, `image workflow.3.inputs.image ${DATA}`],
		[{ inputs: { 3: { image: DATA } } }, `image inputs.3.image ${DATA}`],
		[{ instances: [{ image: { bytesBase64Encoded: BARE } }] }, `image instances[0].image.bytesBase64Encoded ${BARE}`],
		[
			{ contents: [{ parts: [{ text: LINK }, { inline_data: { mime_type: "image/png", data: BARE } }] }] },
			`image contents[0].parts[1].inline_data.data ${BARE}`,
		],
		[{ fields: [{ role: "style", url: LINK }] }, `image fields[0].url ${LINK}`],
		[
			{ a: { role: "end user", url: LINK }, b: { role: "model sheet", url: DATA }, c: { role: ["user"], url: BARE } },
			`image a.url ${LINK}`,
			`image b.url ${DATA}`,
			`image c.url ${BARE}`,
		],
		[
			{ layers: { [`${"a".repeat(58)}_image`]: PAGE, [`${"a".repeat(59)}_image`]: `${PAGE}/2` } },
			`image layers.${"a".repeat(58)}_image ${PAGE}`,
		],
		[{ image_ref: `![](${DATA})` }, `image image_ref ![](${DATA})`],
		[{ image_prompt: LINK, image: "none", mask: " AUTO ", images: "false" }, `image image_prompt ${LINK}`],
		[{ image: { kind: "url", href: PAGE } }, `image image.href ${PAGE}`],
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
		[
			{ messages: [user({ ...image, mask: DATA })] },
			`image messages[0].content[0].image_url.url ${LINK}`,
			`mask messages[0].content[0].mask ${DATA}`,
		],
		[{ messages: [user({ type: "document", image_url: LINK })] }, `image messages[0].content[0].image_url ${LINK}`],
		[{ messages: [user({ type: "image_url", image_url: LINK })] }, `image messages[0].content[0].image_url ${LINK}`],
		[
			{ messages: [user(image), { role: "assistant", content: "" }, user(words)] },
			`image messages[0].content[0].image_url.url ${LINK}`,
		],
		[{ input: [user(image), user(words)] }, `image input[0].content[0].image_url.url ${LINK}`],
		[{ messages: [user(words, image), user(image)] }, `image messages[0].content[1].image_url.url ${LINK}`],
		[{ messages: [{ role: "user", parts: [words, image] }, user(words)] }],
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
			{ messages: [{ role: "user", content: "make it blue", blocks: [{ type: "image", source: { data: DATA } }] }] },
			`image messages[0].blocks[0].source.data ${DATA}`,
		],
		[
			{ messages: [{ role: "user", content: "make it blue", attachments: [{ url: LINK }] }] },
			`image messages[0].attachments[0].url ${LINK}`,
		],
		// Parts of any other type, and other fields of a message.
		[
			{ messages: [user({ type: "inline_data", inline_data: { mime_type: "image/png", data: DATA } })] },
			`image messages[0].content[0].inline_data.data ${DATA}`,
		],
		[
			{ messages: [user({ type: "resource", resource: { uri: "file:///cat.png", blob: BARE } })] },
			`image messages[0].content[0].resource.blob ${BARE}`,
		],
		[{ messages: [user({ type: "url", detail: LINK, url: LINK })] }, `image messages[0].content[0].url ${LINK}`],
		[
			{ messages: [user({ type: "non_standard", value: [{ at: LINK }, { text: LINK }] })] },
			`image messages[0].content[0].value[0].at ${LINK}`,
		],
		...["a.png", "b.JPG", "b.jpeg", "c.webp", "d.gif", "e.avif", "f.bmp", "g.heic"].map(
			(filename): [object, string] => [
				{ messages: [user({ type: "file", file: { filename, file_data: DATA } })] },
				`image messages[0].content[0].file.file_data ${DATA}`,
			],
		),
		// A file of no name, or of one that says nothing, is what its bytes or its address say.
		[
			{ messages: [user({ type: "file", file: { file_data: DATA } })] },
			`image messages[0].content[0].file.file_data ${DATA}`,
		],
		[
			{ messages: [user({ type: "file", file: { file_data: BARE, filename: "photo" } })] },
			`image messages[0].content[0].file.file_data ${BARE}`,
		],
		[
			{ messages: [user({ type: "file", file: { file_data: BARE, filename: "cat.v2 final" } })] },
			`image messages[0].content[0].file.file_data ${BARE}`,
		],
		[
			{ messages: [user({ type: "file", mimeType: "application/octet-stream", data: BARE })] },
			`image messages[0].content[0].data ${BARE}`,
		],
		[
			{ messages: [user({ type: "file_url", file_url: { url: LINK } })] },
			`image messages[0].content[0].file_url.url ${LINK}`,
		],
		[{ input: [user({ type: "input_file", file_url: LINK })] }, `image input[0].content[0].file_url ${LINK}`],
		[
			{ messages: [user({ type: "document", source: { type: "url", url: LINK } })] },
			`image messages[0].content[0].source.url ${LINK}`,
		],
		[
			{ input: [user({ type: "input_file", name: ["a.pdf"], file_data: DATA })] },
			`image input[0].content[0].file_data ${DATA}`,
		],
		[
			{ input: [user({ type: "input_file", name: "a.png", file_url: PAGE })] },
			`image input[0].content[0].file_url ${PAGE}`,
		],
		...["mediaType", "media_type", "mimeType", "mime_type", "contentType"].map((name): [object, string] => [
			{ messages: [user({ type: "file", [name]: "image/png", url: PAGE })] },
			`image messages[0].content[0].url ${PAGE}`,
		]),
		[
			{
				messages: [
					{ role: "user", content: "make it blue", parts: [{ type: "file", mediaType: "image/png", url: LINK }] },
				],
			},
			`image messages[0].parts[0].url ${LINK}`,
		],
		[{ messages: [{ role: "user", parts: image }] }, `image messages[0].parts.image_url.url ${LINK}`],
		...["files", "fileList", "imageList", "experimental_attachments"].map((name): [object, string] => [
			{ messages: [{ role: "user", content: "make it blue", [name]: [{ url: LINK }] }] },
			`image messages[0].${name}[0].url ${LINK}`,
		]),
		[
			{ input: [user({ type: "input_text", text: "blue" }, { type: "input_image", image_url: DATA, detail: "auto" })] },
			`image input[0].content[1].image_url ${DATA}`,
		],
		[{ input: [user(words), { type: "input_image", image_url: LINK }] }, `image input[1].image_url ${LINK}`],
		[{ input: [{ type: "input_image", image_url: LINK }, user(words)] }, `image input[0].image_url ${LINK}`],
		[{ input: [user(words), image] }, `image input[1].image_url.url ${LINK}`],
		[{ input: [user(words), { type: "image", source: { data: DATA } }] }, `image input[1].source.data ${DATA}`],
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
			{ messages: [user({ type: "file", filename: "a.png.pdf", data: DATA })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[
			{ messages: [user({ type: "file", file: { file_data: "data:application/pdf;base64,JVBERi0=" } })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[
			{ messages: [user({ type: "file", filename: "photo", data: "JVBERi0=" })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[
			{ messages: [user({ type: "file", file: { first: LINK, second: PAGE } })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[{ input: [user({ type: "input_file", file_url: PAGE })] }, "input[0].content[0]", "picture_file"],
		[{ messages: [user({ type: "file", file_url: `${LINK}.pdf` })] }, "messages[0].content[0]", "picture_file"],
		[
			{ messages: [user({ type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[{ messages: [user({ type: "video_url", video_url: { url: LINK } })] }, "messages[0].content[0]", "picture_file"],
		[
			{ messages: [user({ type: "input_audio", input_audio: { data: "AA", format: "wav" } })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[{ input: [user(words), { type: "input_file", file_id: "file-1" }] }, "input[1]", "picture_file"],
		[
			{ messages: [user({ type: "file", mediaType: "image/png", file_id: "file-1" })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[
			{ messages: [user({ type: "file", mediaType: "x-image/png", url: LINK })] },
			"messages[0].content[0]",
			"picture_file",
		],
		[
			{ messages: [{ role: "user", content: "a cat", attachments: [{ file_id: "file-1" }] }] },
			"messages[0].attachments[0].file_id",
			"picture_file",
		],
		[
			{ messages: [{ role: "user", content: "a cat", file_ids: ["file-1"] }] },
			"messages[0].file_ids[0]",
			"unreadable_picture",
		],
		[{ image_url: "https://pictures.test/a.MP4?x=1" }, "image_url", "unreadable_picture"],
		[{ attachments: [{ url: "https://pictures.test/a.pdf" }] }, "attachments[0].url", "unreadable_picture"],
		[{ product: { image: "http://pictures.test/cat.png" } }, "product.image", "unreadable_picture"],
		[{ style_ref: [{ url: "http://pictures.test/cat.png" }] }, "style_ref[0].url", "unreadable_picture"],
		[{ image: { character: { at: "HTTP://pictures.test/cat.png" } } }, "image.character.at", "unreadable_picture"],
		[{ style_ref: '[{"url":"http://pictures.test/cat.png"}]' }, "style_ref[0].url", "unreadable_picture"],
		[{ style_ref: ` [{"url":\n"${LINK}"]` }, "style_ref", "unreadable_picture"],
		[{ style_ref: '{"url":"data:image/png;base64,AAAA"' }, "style_ref", "unreadable_picture"],
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
		[{ messages: [user({ type: "file", name: "cat.png", mediaType: "" })] }],
		// Names that tell of a picture beside values that are none.
		[
			{
				style_ref: "watercolor",
				image_style: "[photo]",
				reference_strength: 0.4,
				attachments: [{ id: "a" }],
				mask_blur: 4,
				image_prompt: "a fox",
				mask_prompt: "the fox",
				image_prompts: [{ prompt: LINK, weight: 1 }],
				ui: { image: "dark", images: 2 },
			},
		],
		[{ files: [{ type: "collection", id: "c" }], control_images_kept: true, image_note: `see ${LINK}` }],
		[{ style_ref: { a: { b: { c: { d: { e: LINK } } } } } }],
		// Addresses of something else.
		[
			{
				image_callback: LINK,
				webhook: LINK,
				image_upload_url: LINK,
				output_url: LINK,
				redirect_url: LINK,
				links: [LINK],
			},
		],
		[
			{
				default_image: LINK,
				avatar: LINK,
				thumbnail_url: LINK,
				search_results: [{ image: LINK }],
				output: { url: LINK },
			},
		],
		[{ image_api: PAGE, image_lora: { path: PAGE }, controlnets: [{ path: PAGE }], ref: PAGE, image_credit: PAGE }],
		[{ loras: [{ path: "https://hub.test/x.safetensors" }], document: "https://pictures.test/a.pdf" }],
		[
			{
				layers: [{ url: PAGE, name: "x" }],
				product: { page: PAGE, title: LINK },
				x: { y: { z: { at: { a: { url: LINK } } } } },
			},
		],
		[
			{
				chat_history: [
					{ role: "user", image: LINK },
					{ role: "Assistant", images: [DATA] },
				],
				history: { image: LINK },
			},
		],
		[{ data: { metadata: { image: LINK }, messages: [{ image: LINK }], fal: { image: LINK } }, user: { image: LINK } }],
		[{ input: LINK, user: LINK, instructions: LINK, logo: LINK, callback: LINK, user_image_id: "u1" }],
		[
			{
				site_url: "https://pictures.test/",
				source: "https://pictures.test/a.png.html",
				at: "http://pictures.test/a.png",
			},
		],
		[{ note: `see ${LINK}`, other: { at: PAGE }, sound: "data:audio/wav;base64,AAAA", doc: "https://a.test/?f=a.png" }],
		[{ note: `See ${LINK}`, hint: "Use data:image/png;base64,AAAA", style_ref: `As [here](${LINK})` }],
		// A message holds pictures beside its content, too.
		[{ messages: [user({ type: "text", text: "a cat", source: LINK })] }],
		[{ messages: [{ role: "user", content: LINK, name: LINK, id: LINK, text: LINK }] }],
		[{ messages: [user({ type: "url_citation", url: PAGE }, { type: "search_result", source: PAGE })] }],
		[{ messages: [user({ type: "tool_result", content: LINK }, { type: "function", url: LINK })] }],
		[
			{
				messages: [
					user({ type: "thinking", url: LINK }, { type: "reasoning", url: LINK }, { type: "note", at: "a cat" }),
				],
			},
		],
		[{ messages: [user({ type: "custom", title: LINK, caption: LINK, prompt: LINK, description: LINK, text: LINK })] }],
		// Names that only sound alike.
		[{ image_size: "1024x1024", image_config: { aspect_ratio: "16:9" }, num_images: 2, partial_images: 2 }],
		[{ image_format: "png", image_quality: "high", n_images: 1, images_per_prompt: 1, image_prompt_strength: 0.1 }],
		[{ model: "image", user: "image", modalities: ["image", "text"], metadata: { image: LINK } }],
		[{ input: [user(words), { type: "my_input_image_1", image_url: LINK }] }],
		[{ input: [user(words), { type: "my_input_image", image_url: LINK }] }],
		[{ input: [user(words), { type: "input_image_note", image_url: LINK }] }],
		[{ messages: [{ role: "user", content: ["a cat", 7, null] }] }],
		[{ messages: LINK }],
		[{ messages: [{ role: "user", content: "a cat", parts: [{ type: "tool-draw", at: LINK }] }] }],
		// The prompt's words.
		[{ prompt: LINK }],
		[{ messages: [{ role: "user", content: `draw what ${LINK} shows` }] }],
		[{ input: "a cat" }],
		// History.
		[{ messages: [user(words, image), { role: "assistant", content: "![](a.png)" }, user(words)] }],
		[{ messages: [user(words, image), user(words)] }],
		[{ messages: [user(image), { role: "assistant", content: "hm" }, user(words)] }],
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

	it("end with those in the person's words", () => {
		const found = readBroughtAlong({ image: LINK, mask: LINK }, [
			readText(LINK, "prompt"),
			readText(DATA, "prompt"),
			readText(DATA, "prompt"),
		]);
		expect(found).toMatchObject({
			value: { attached: [{ param: "image" }, { param: "mask" }, { source: { text: DATA } }] },
		});
		expect(readText(`${LINK},${LINK}`, "prompt")).toMatchObject({ ok: false });
		expect(readText(`${LINK},http://pictures.test/a.png`, "prompt")).toMatchObject({ ok: false });
		expect(readBroughtAlong({}, [readText("http://pictures.test/a.png", "prompt")])).toMatchObject({
			error: { param: "prompt", fault: { is: "unreadable_picture" } },
		});
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

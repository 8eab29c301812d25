/** Reads the body of a request to the Images API. */

import * as z from "zod/mini";
import type { Rendering } from "../../core/events.ts";
import { withoutGuard } from "../../prompt/wrappers.ts";
import type { Asked, Defaults } from "../request/asked.ts";
import { MAX_PROMPT_CHARS } from "../request/conversation.ts";
import { faulty, optional, text } from "../request/fields.ts";
import { pictureFields } from "../request/picture-fields.ts";

const prompt = z.pipe(
	text(MAX_PROMPT_CHARS),
	z.pipe(
		z.transform(withoutGuard),
		z.string().check(faulty((words) => (words.trim() === "" ? { is: "empty" } : null))),
	),
);

const common = {
	model: pictureFields.model,
	n: pictureFields.n,
	size: pictureFields.size,
	quality: pictureFields.quality,
	response_format: optional(z.enum(["url", "b64_json"])),
	output_format: pictureFields.output_format,
	seed: pictureFields.seed,
	background: pictureFields.background,
	input_fidelity: pictureFields.input_fidelity,
	moderation: pictureFields.moderation,
	negative_prompt: pictureFields.negative_prompt,
	fal: pictureFields.fal,
	webhook_url: pictureFields.webhook_url,
	stream: optional(z.boolean()),
};

export const ImagesBody = z.object({ prompt, ...common });

/** As `ImagesBody`: some models edit without a prompt. */
export const EditsBody = z.object({ prompt: optional(prompt), ...common });

type ResponseFormat = Rendering["responseFormat"];

/**
 * OpenAI's own models answer in these formats by default. A row has the beginning of their names. Clients of the retired ones still read
 * links. Open WebUI asks the others for nothing, prefers a link to bytes, and refuses to load one from a private address.
 */
const USUAL_FORMATS: readonly (readonly [start: string, format: ResponseFormat])[] = [
	["dall-e-", "url"],
	["gpt-image", "b64_json"],
	["chatgpt-image", "b64_json"],
];

/**
 * Chooses the fields of an item. If none are asked for it holds both: the AI SDK reads only `b64_json`, others only `url`. The bytes
 * are streamed, so the second field costs the client bandwidth and the Worker nothing. Streams always held bytes.
 */
export function responseFormatOf(
	model: string,
	asked: "url" | "b64_json" | undefined,
	streamed = false,
): ResponseFormat {
	const [, usual = "both"] = USUAL_FORMATS.find(([start]) => model.toLowerCase().startsWith(start)) ?? [];
	return asked ?? (usual === "url" && streamed ? "both" : usual);
}

export function readEdits(body: z.output<typeof EditsBody>, defaults: Defaults): Asked {
	return readImages({ ...body, prompt: body.prompt ?? "" }, defaults);
}

export function readImages(body: z.output<typeof ImagesBody>, { defaultModel }: Defaults): Asked {
	const { prompt: said, n, size, quality, response_format, output_format, seed, fal } = body;
	const model = body.model ?? defaultModel;
	const streamed = body.stream ?? false;
	const responseFormat = responseFormatOf(model, response_format, streamed);
	return {
		messages: [],
		said,
		param: "prompt",
		fields: {
			model,
			n,
			size,
			quality,
			outputFormat: output_format,
			seed,
			fal,
			background: body.background,
			inputFidelity: body.input_fidelity,
			moderation: body.moderation,
			negativePrompt: body.negative_prompt,
		},
		rendering: { api: "images", model, includeUsage: false, responseFormat },
		streamed,
		webhookUrl: body.webhook_url,
	};
}

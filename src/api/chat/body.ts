/** Reads the body of a chat completion. */

import * as z from "zod/mini";
import type { Fault } from "../../faults.ts";
import type { ChatMessage } from "../../prompt/hidden-requests.ts";
import type { Asked, Defaults } from "../request/asked.ts";
import { promptOf, unwrapLast } from "../request/conversation.ts";
import { faulty, optional, text, tokenLimit } from "../request/fields.ts";
import { partOf, TEXT_TYPES, wordsOf } from "../request/parts.ts";
import { pictureAction, pictureFields } from "../request/picture-fields.ts";
import { IMAGES_SUFFIX } from "./images-suffix.ts";

/** The history may hold `data:` URLs of megabytes. Only the text of the user's last message is read. */
const MAX_MESSAGES = 10_000;

const Message = z.object({
	role: text(40),
	content: z.optional(z.union([z.string(), z.array(partOf(TEXT_TYPES)), z.null()])),
});

export const ChatBody = z.object({
	messages: z.array(Message).check(z.minLength(1), z.maxLength(MAX_MESSAGES)),
	model: pictureFields.model,
	stream: optional(z.boolean()),
	action: pictureAction,
	stream_options: optional(z.object({ include_usage: optional(z.boolean()) })),
	max_tokens: tokenLimit,
	max_completion_tokens: tokenLimit,
	n: pictureFields.n,
	size: pictureFields.size,
	quality: pictureFields.quality,
	output_format: pictureFields.output_format,
	background: pictureFields.background,
	input_fidelity: pictureFields.input_fidelity,
	moderation: pictureFields.moderation,
	negative_prompt: pictureFields.negative_prompt,
	// A chat client means it for sampling, and may send any number: `pictureSeed` ignores a negative one.
	seed: optional(z.number().check(faulty(faultOfSeed))),
	fal: pictureFields.fal,
	webhook_url: pictureFields.webhook_url,
});

export function toMessages({ messages }: z.output<typeof ChatBody>): ChatMessage[] {
	return unwrapLast(messages.map(({ role, content }) => ({ role, text: wordsOf(content ?? "", TEXT_TYPES) })));
}

export function readChat(body: z.output<typeof ChatBody>, { defaultModel }: Defaults): Asked {
	const { n, size, quality, output_format, seed, fal, background, moderation } = body;
	const model = body.model ?? defaultModel;
	const messages = toMessages(body);
	return {
		messages,
		said: promptOf(messages),
		param: "messages",
		maxTokens: body.max_completion_tokens ?? body.max_tokens,
		fields: {
			// LobeChat marks a model so that answers a chat with pictures.
			model: model.replace(IMAGES_SUFFIX, ""),
			n,
			size,
			quality,
			outputFormat: output_format,
			seed: pictureSeed(seed),
			fal,
			background,
			inputFidelity: body.input_fidelity,
			moderation,
			negativePrompt: body.negative_prompt,
		},
		rendering: { api: "chat", model, includeUsage: body.stream_options?.include_usage ?? false, responseFormat: "url" },
		streamed: body.stream ?? false,
		webhookUrl: body.webhook_url,
	};
}

function faultOfSeed(seed: number): Fault | null {
	return Number.isInteger(seed) ? null : { is: "type", expected: ["integer"], got: "decimal" };
}

function pictureSeed(seed: number | undefined): number | undefined {
	return seed !== undefined && seed >= 0 ? seed : undefined;
}

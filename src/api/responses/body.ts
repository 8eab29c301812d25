/** Reads the body of a request for a Response. The API is made for language models: only the words and the options of the image tool matter here. */

import * as z from "zod/mini";
import type { Echoed } from "../../core/events.ts";
import type { ChatMessage } from "../../prompt/hidden-requests.ts";
import { withoutGuard } from "../../prompt/wrappers.ts";
import type { Asked, Defaults } from "../request/asked.ts";
import { promptOf, unwrapLast } from "../request/conversation.ts";
import { optional, text, tokenLimit } from "../request/fields.ts";
import { Metadata } from "../request/metadata.ts";
import { type Part, partOf, TEXT_TYPES, wordsOf } from "../request/parts.ts";
import { pictureAction, pictureFields } from "../request/picture-fields.ts";

const MAX_ITEMS = 10_000;
const MAX_TOOLS = 1_000;

/**
 * Reads anything of another type than these as null, whatever it holds. It stands first in a union: a body can hold more of it than of
 * anything else.
 */
function ignored(...known: readonly string[]) {
	return z.pipe(
		z.object({ type: z.string().check(z.refine((type) => !known.includes(type))) }),
		z.transform(() => null),
	);
}

const Message = z.object({
	type: optional(z.literal("message")),
	role: text(40),
	content: z.union([z.string(), z.array(partOf(TEXT_TYPES))]),
});

const ImageTool = z.object({
	type: z.literal("image_generation"),
	model: pictureFields.model,
	n: pictureFields.n,
	size: pictureFields.size,
	quality: pictureFields.quality,
	output_format: pictureFields.output_format,
	background: pictureFields.background,
	input_fidelity: pictureFields.input_fidelity,
	moderation: pictureFields.moderation,
	negative_prompt: pictureFields.negative_prompt,
	seed: pictureFields.seed,
});

export const ResponsesBody = z.object({
	// Its form is checked where the Response is looked up.
	previous_response_id: z.optional(z.unknown()),
	action: pictureAction,
	// Earlier answers come back in it, with megabytes of base64.
	input: optional(z.union([z.string(), z.array(z.union([ignored("message"), Message])).check(z.maxLength(MAX_ITEMS))])),
	instructions: z.optional(z.unknown()),
	model: pictureFields.model,
	tools: optional(z.array(z.union([ignored("image_generation"), ImageTool])).check(z.maxLength(MAX_TOOLS))),
	stream: optional(z.boolean()),
	background: optional(z.boolean()),
	store: optional(z.boolean()),
	metadata: optional(Metadata),
	max_output_tokens: tokenLimit,
	n: pictureFields.n,
	size: pictureFields.size,
	quality: pictureFields.quality,
	output_format: pictureFields.output_format,
	input_fidelity: pictureFields.input_fidelity,
	moderation: pictureFields.moderation,
	negative_prompt: pictureFields.negative_prompt,
	seed: pictureFields.seed,
	fal: pictureFields.fal,
	webhook_url: pictureFields.webhook_url,
});

type Body = z.output<typeof ResponsesBody>;

/** Returns what the Response echoes. OpenAI's defaults are left out. */
export function toEchoed({ store, metadata = {} }: Pick<Body, "store" | "metadata">): Echoed {
	return {
		...(store === false ? { store } : {}),
		...(Object.keys(metadata).length === 0 ? {} : { metadata }),
	};
}

/** Returns the conversation. The instructions come first: they tell hidden requests. */
export function toMessages({ input, instructions }: Pick<Body, "input" | "instructions">): ChatMessage[] {
	return unwrapLast([
		...(typeof instructions === "string" ? [toSaid("system", instructions)] : []),
		...(typeof input === "string" ? [toSaid("user", input)] : (input ?? []).flatMap(toMessage)),
	]);
}

function toMessage(item: z.output<typeof Message> | null): ChatMessage[] {
	if (item === null) return [];
	return [toSaid(item.role, item.content)];
}

function toSaid(role: string, content: string | readonly Part[]): ChatMessage {
	return { role, text: wordsOf(content, TEXT_TYPES) };
}

/** The tool's options go before ours of the same name. */
export function readResponse(body: Body, { defaultModel }: Defaults): Asked {
	const messages = toMessages(body);
	const { previous_response_id: previous } = body;
	const place = body.tools?.findIndex((other) => other !== null) ?? -1;
	const tool = body.tools?.[place];
	// `auto` is the tool's own default, which clients spell out.
	const toolSize = tool?.size === "auto" ? undefined : tool?.size;
	const model = body.model ?? defaultModel;
	return {
		messages,
		said: withoutGuard(promptOf(messages)),
		param: "input",
		maxTokens: body.max_output_tokens,
		fields: {
			model,
			n: tool?.n ?? body.n,
			size: toolSize ?? body.size,
			quality: tool?.quality ?? body.quality,
			outputFormat: tool?.output_format ?? body.output_format,
			seed: tool?.seed ?? body.seed,
			fal: body.fal,
			background: tool?.background,
			inputFidelity: tool?.input_fidelity ?? body.input_fidelity,
			moderation: tool?.moderation ?? body.moderation,
			negativePrompt: tool?.negative_prompt ?? body.negative_prompt,
			params: {
				...(toolSize !== undefined && { size: `tools[${place}].size` }),
				...(tool?.quality !== undefined && { quality: `tools[${place}].quality` }),
				...(tool?.output_format !== undefined && { outputFormat: `tools[${place}].output_format` }),
				...(tool?.background !== undefined && { background: `tools[${place}].background` }),
				...(tool?.input_fidelity !== undefined && { inputFidelity: `tools[${place}].input_fidelity` }),
				...(tool?.moderation !== undefined && { moderation: `tools[${place}].moderation` }),
			},
		},
		rendering: {
			api: "responses",
			model,
			background: body.background ?? false,
			includeUsage: false,
			responseFormat: "both",
			...toEchoed(body),
			...(typeof previous === "string" && previous.trim() !== "" && { previousResponse: previous.trim() }),
		},
		streamed: body.stream ?? false,
		webhookUrl: body.webhook_url,
	};
}

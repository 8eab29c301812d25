import type { ChatCompletion, ChatCompletionChunk } from "openai/resources/chat/completions";
import * as z from "zod/mini";
import { toErrorBody } from "../../errors.ts";
import { type ChatMessage, unwrap } from "../../prompt/hidden-requests.ts";
import { clip } from "../../text.ts";
import type { Frame, Linked, LinkedImage, Renderer } from "../answer/frames.ts";
import { addToSummary, type Summary, summarize } from "../answer/summary.ts";
import { absentable, integer, jsonObject, text } from "../request/fields.ts";
import { createProgress } from "./progress.ts";

/** The Chat Completions API: its body in, its answers out. */

/** A message in the history may hold a `data:` URL of megabytes; only the last user's text is read. */
const MAX_MESSAGES = 10_000;
export const MAX_PROMPT_CHARS = 32_000;

const Part = z.union([
	z.object({ type: z.literal("text"), text: z.string() }),
	z
		.object({ type: z.string() })
		.check(
			z.refine(({ type }) => type !== "text", { path: ["text"], error: "A part of type text needs `text`, a string." }),
		),
]);

const Message = z.object({
	role: text(40),
	content: z.optional(z.union([z.string(), z.array(Part), z.null()])),
});

export const ChatBody = z.object({
	messages: z.array(Message).check(z.minLength(1), z.maxLength(MAX_MESSAGES)),
	model: absentable(text(200)),
	stream: absentable(z.boolean()),
	stream_options: absentable(z.object({ include_usage: absentable(z.boolean()) })),
	n: absentable(integer(1, 10)),
	size: absentable(text(100)),
	quality: absentable(text(20)),
	output_format: absentable(text(10)),
	// 64 bits, so that most are no safe integers; which of them are of use is seen later.
	seed: absentable(z.number().check(z.refine(Number.isInteger, "seed is a whole number."))),
	fal: absentable(jsonObject),
});

export function toMessages({ messages }: z.output<typeof ChatBody>): ChatMessage[] {
	return messages.map(({ role, content }) => {
		const parts =
			typeof content === "string" ? [content] : (content ?? []).flatMap((part) => ("text" in part ? [part.text] : []));
		return { role, text: unwrap(parts.join("\n").toWellFormed()) };
	});
}

/** What is to be drawn: the last message of the user. */
export function promptOf(messages: readonly ChatMessage[]): string {
	return messages.findLast(({ role }) => role === "user")?.text.trim() ?? "";
}

export const HELP = `Tell me what to draw, for example: "A red fox in the snow, watercolour, 16:9".

You can add a size in words, such as \`16:9\`, \`size:9:16\`, \`比例 3:4\` or \`1024x1024\`.`;

const NO_USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } as const;

/** A chat line longer than 64 KiB kills one-api's scanner: text is cut into pieces that stay below, however they are escaped. */
const MAX_PIECE_CHARS = 8_000;

interface ChatIdentity {
	readonly id: string;
	readonly created: number;
	readonly model: string;
}

type Delta = ChatCompletionChunk.Choice.Delta & { reasoning_content?: string };

function toChunk(
	{ id, created, model }: ChatIdentity,
	delta: Delta,
	finish_reason: ChatCompletionChunk.Choice["finish_reason"] = null,
): Frame {
	return {
		data: {
			id,
			object: "chat.completion.chunk",
			created,
			model,
			choices: [{ index: 0, delta, finish_reason, logprobs: null }],
		} satisfies ChatCompletionChunk,
	};
}

function toUsageChunk({ id, created, model }: ChatIdentity): Frame {
	return {
		data: {
			id,
			object: "chat.completion.chunk",
			created,
			model,
			choices: [],
			usage: NO_USAGE,
		} satisfies ChatCompletionChunk,
	};
}

const DONE: Frame = { data: "[DONE]" };

/** `chatcmpl-<job>` */
export function toChatId(job: string): string {
	return `chatcmpl-${job}`;
}

function identityOf(id: string, { createdSeconds, model }: Summary): ChatIdentity {
	return {
		id,
		created: createdSeconds,
		model,
	};
}

/** The stream of a chat completion, one event at a time. Content and reasoning never share a chunk: LobeChat would lose the content. */
export function renderChat(id: string): Renderer {
	const progressOf = createProgress();
	let summary: Summary | null = null;
	return (event) => {
		// A log may go on after its end, with pictures that came late: a stream does not.
		if (summary !== null && summary.outcome !== "running") return [];
		summary = addToSummary(summary, event);
		if (summary === null) return [];
		return [...progressFrames(id, summary, progressOf(event)), ...framesOf(id, summary, event)];
	};
}

function progressFrames(id: string, summary: Summary, line: string | null): Frame[] {
	if (line === null) return [];
	const identity = identityOf(id, summary);
	switch (summary.accepted.rendering.progress) {
		case "reasoning":
			return [toChunk(identity, { reasoning_content: `${line}\n` })];
		case "content":
			return [toChunk(identity, { content: `> ${line.replaceAll("\n", "\n> ")}\n\n` })];
		case "off":
			return [];
	}
}

function framesOf(id: string, summary: Summary, event: Linked): Frame[] {
	const identity = identityOf(id, summary);
	switch (event.type) {
		case "accepted":
			return [toChunk(identity, { role: "assistant", content: "" })];
		case "image": {
			const opening = summary.images.length === 1 ? `${headline(summary)}\n\n` : "\n\n";
			return [...pieces(opening), toMarkdown(event)].map((content) => toChunk(identity, { content }));
		}
		case "succeeded": {
			const note = noteOf(summary);
			return [
				...(note === "" ? [] : [toChunk(identity, { content: note })]),
				toChunk(identity, {}, "stop"),
				...usage(identity, summary),
				DONE,
			];
		}
		case "failed":
		case "cancelled": {
			const error = summary.error ?? { code: "upstream_failed", message: "The job failed." };
			// NextChat and one-api drop error objects, so the reason is said in words, too.
			return [
				toChunk(identity, { content: summary.images.length > 0 ? `\n\n${error.message}` : error.message }),
				toChunk(identity, {}, error.code === "moderation_blocked" ? "content_filter" : "stop"),
				...usage(identity, summary),
				{ data: toErrorBody(error) },
				DONE,
			];
		}
		default:
			return [];
	}
}

function usage(identity: ChatIdentity, { accepted }: Summary): Frame[] {
	return accepted.rendering.includeUsage ? [toUsageChunk(identity)] : [];
}

function headline({ accepted, used }: Summary): string {
	return `Generated image with prompt: "${accepted.request.prompt}" and aspect ratio: ${used.aspectRatio}`;
}

function toMarkdown({ url }: LinkedImage): string {
	return `![Generated Image](${url})`;
}

function plural(count: number): string {
	return count === 1 ? "1 picture" : `${count} pictures`;
}

/** What a person should know of pictures that are not as they expect. */
function noteOf({ images, lost }: Summary): string {
	const black = images.filter(({ nsfw }) => nsfw).length;
	return [
		...(black > 0 ? [`The model's safety checker blacked out ${plural(black)}.`] : []),
		...(lost > 0 ? [`${plural(lost)} could not be fetched from fal.`] : []),
	]
		.map((line) => `\n\n${line}`)
		.join("");
}

/** Cuts between code points. */
function pieces(whole: string): string[] {
	const cut: string[] = [];
	for (let rest = whole; rest !== ""; ) {
		const piece = clip(rest, MAX_PIECE_CHARS);
		cut.push(piece);
		rest = rest.slice(piece.length);
	}
	return cut;
}

/** The whole completion of a job that succeeded: the same text that a stream's content comes to, without progress. */
export function toChatCompletion(id: string, log: readonly Linked[]): ChatCompletion {
	const summary = summarize(log);
	const content = `${headline(summary)}\n\n${summary.images.map(toMarkdown).join("\n\n")}${noteOf(summary)}`;
	return toTextCompletion(identityOf(id, summary), content);
}

/** A completion that is only text: an answer for which no picture is made. */
export function toTextCompletion({ id, created, model }: ChatIdentity, content: string): ChatCompletion {
	return {
		id,
		object: "chat.completion",
		created,
		model,
		choices: [
			{ index: 0, message: { role: "assistant", content, refusal: null }, finish_reason: "stop", logprobs: null },
		],
		usage: NO_USAGE,
	};
}

/** As `toTextCompletion`, streamed. */
export function toTextFrames(identity: ChatIdentity, content: string, includeUsage: boolean): Frame[] {
	return [
		toChunk(identity, { role: "assistant", content: "" }),
		...pieces(content).map((piece) => toChunk(identity, { content: piece })),
		toChunk(identity, {}, "stop"),
		...(includeUsage ? [toUsageChunk(identity)] : []),
		DONE,
	];
}

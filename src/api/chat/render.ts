/** Renders a job as the Chat Completions API answers. */

import type { ChatCompletion, ChatCompletionChunk } from "openai/resources/chat/completions";
import { type Rendering, versionOf } from "../../core/events.ts";
import type { LinkedEvent, LinkedImage } from "../../core/linked.ts";
import { type JobError, toErrorBody } from "../../errors.ts";
import { clip } from "../../text.ts";
import { WORDS } from "../../words/index.ts";
import { ownPartOf } from "../../words/job-errors.ts";
import type { Words } from "../../words/words.ts";
import type { Format, TextFormat, TextIdentity } from "../answer/format.ts";
import type { Frame, Renderer } from "../answer/frames.ts";
import { addToSummary, editedBy, type Summary, summarize, toMissing } from "../answer/summary.ts";
import { createFirstProgress } from "./first-progress.ts";
import { IMAGES_SUFFIX } from "./images-suffix.ts";
import { createProgress } from "./progress.ts";
import { quoted } from "./quoted.ts";
import { estimateUsage } from "./usage.ts";

type Usage = ReturnType<typeof estimateUsage>;

const NO_USAGE: Usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/** one-api's scanner stops at a line of 64 KiB. Pieces of this length stay below it, however they are escaped. */
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

function toUsageChunk({ id, created, model }: ChatIdentity, usage: Usage): Frame {
	return {
		data: {
			id,
			object: "chat.completion.chunk",
			created,
			model,
			choices: [],
			usage,
		} satisfies ChatCompletionChunk,
	};
}

const DONE: Frame = { data: "[DONE]" };

function toChatId(job: string): string {
	return `chatcmpl-${job}`;
}

function identityOf(id: string, { createdSeconds, model }: Summary): ChatIdentity {
	return {
		id,
		created: createdSeconds,
		model,
	};
}

/** Renders the stream, one event at a time. Content and reasoning never share a chunk: LobeChat would lose the content. */
export function renderChat(id: string): Renderer {
	let progressOf = createFirstProgress();
	let summary: Summary | null = null;
	return (event) => {
		if (event.type === "accepted" && versionOf(event.rendering) >= 2)
			progressOf = createProgress(wordsOf(event.rendering).progress);
		// A log may go on after its end, with late pictures. A stream does not.
		if (summary !== null && summary.outcome !== "running") return [];
		summary = addToSummary(summary, event);
		if (summary === null) return [];
		// The first frame opens the message, and no later event has frames and progress.
		return [...framesOf(id, summary, event), ...progressFrames(id, summary, progressOf(event))];
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

function framesOf(id: string, summary: Summary, event: LinkedEvent): Frame[] {
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
				...usageFrames(identity, summary),
				DONE,
			];
		}
		case "failed":
		case "cancelled": {
			const error = summary.error ?? { code: "upstream_failed", message: "The job failed." };
			const reason = reasonOf(error, summary);
			return [
				toChunk(identity, { content: summary.images.length > 0 ? `\n\n${reason}` : reason }),
				toChunk(identity, {}, error.code === "moderation_blocked" ? "content_filter" : "stop"),
				...usageFrames(identity, summary, reason),
				{ data: toErrorFrame(error, summary) },
				DONE,
			];
		}
		default:
			return [];
	}
}

function usageFrames(identity: ChatIdentity, summary: Summary, answered = ""): Frame[] {
	return summary.accepted.rendering.includeUsage ? [toUsageChunk(identity, usageOf(summary, answered))] : [];
}

function usageOf({ accepted, images }: Summary, answered = ""): Usage {
	if (versionOf(accepted.rendering) < 3) return NO_USAGE;
	return estimateUsage(accepted.rendering.written ?? accepted.request.prompt, { pictures: images.length, answered });
}

function headline({ accepted, used }: Summary): string {
	const { prompt } = accepted.request;
	const edited = editedBy(accepted);
	if (edited !== null) return wordsOf(accepted.rendering).edited(edited, quoted(prompt));
	const shown = versionOf(accepted.rendering) < 2 ? prompt : quoted(prompt);
	return `Generated image with prompt: "${shown}" and aspect ratio: ${used.aspectRatio}`;
}

/**
 * Ends a failed stream. BetterChatGPT reads `choices` of whatever comes, and loses the reason without them. The AI SDK takes a frame with
 * an empty list for a chunk, and loses the error: one choice that says nothing is right for both.
 */
function toErrorFrame(error: JobError, { accepted }: Summary): object {
	return versionOf(accepted.rendering) < 2 ? toErrorBody(error) : { ...toErrorBody(error), choices: [{ delta: {} }] };
}

/** Says in the text why a job failed: NextChat and one-api drop error objects. */
function reasonOf({ message }: Pick<JobError, "message">, { accepted }: Summary): string {
	if (versionOf(accepted.rendering) < 2) return message;
	const own = ownPartOf(message);
	return `${message.slice(0, own)}${quoted(message.slice(own))}`;
}

function toMarkdown({ url }: LinkedImage): string {
	return `![Generated Image](${url})`;
}

/** Tells a person about pictures that are black or missing. */
function noteOf(summary: Summary): string {
	const { images, lost, pending, accepted } = summary;
	const black = images.filter(({ nsfw }) => nsfw).length;
	const missing = toMissing(summary);
	const [first] = missing;
	const { notes } = wordsOf(accepted.rendering);
	return [
		...(black > 0 ? [notes.black(black)] : []),
		...(lost > 0 ? [notes.lost(lost)] : []),
		...(pending > 0 ? [notes.late(pending)] : []),
		...(first === undefined ? [] : [notes.unmade(missing.length, reasonOf(first.error, summary))]),
	]
		.map((line) => `\n\n${line}`)
		.join("");
}

/** Returns the words of a job's language. Those of version 1 are English, too. */
function wordsOf({ language = "en" }: Pick<Rendering, "language">): Words {
	return WORDS[language];
}

/** Cuts a text into pieces that keep every code point whole. */
function pieces(whole: string): string[] {
	const cut: string[] = [];
	for (let rest = whole; rest !== ""; ) {
		const piece = clip(rest, MAX_PIECE_CHARS);
		cut.push(piece);
		rest = rest.slice(piece.length);
	}
	return cut;
}

/** Renders the completion of a job that succeeded: the text of a stream's content, without progress. */
export function toChatCompletion(id: string, log: readonly LinkedEvent[]): ChatCompletion {
	const summary = summarize(log);
	const content = `${headline(summary)}\n\n${summary.images.map(toMarkdown).join("\n\n")}${noteOf(summary)}`;
	const completion = toTextCompletion(identityOf(id, summary), content, usageOf(summary));
	return IMAGES_SUFFIX.test(summary.accepted.rendering.model) ? withImages(completion, summary) : completion;
}

/** Adds the pictures as OpenRouter has them. Other clients would show them twice. */
function withImages(completion: ChatCompletion, { images }: Summary): ChatCompletion {
	const links = images.map(({ url }) => ({ type: "image_url" as const, image_url: { url } }));
	const choices = completion.choices.map((choice) => ({ ...choice, message: { ...choice.message, images: links } }));
	return { ...completion, choices };
}

/** Renders a completion that is only text, or the arguments of a function that it calls. */
export function toTextCompletion(
	{ id, created, model }: ChatIdentity,
	content: string,
	usage: Usage,
	call?: string,
): ChatCompletion {
	const message =
		call === undefined ? { content } : { content: null, tool_calls: [{ id: toCallId(id), ...toCall(call, content) }] };
	return {
		id,
		object: "chat.completion",
		created,
		model,
		choices: [
			{
				index: 0,
				message: { role: "assistant", ...message, refusal: null },
				finish_reason: call === undefined ? "stop" : "tool_calls",
				logprobs: null,
			},
		],
		usage,
	};
}

/** Renders the same as `toTextCompletion` as a stream. */
export function toTextFrames(identity: ChatIdentity, content: string, usage: Usage | null, call?: string): Frame[] {
	const deltas: readonly Delta[] =
		call === undefined
			? [{ content: "" }, ...pieces(content).map((piece) => ({ content: piece }))]
			: [
					{ content: null, tool_calls: [{ index: 0, id: toCallId(identity.id), ...toCall(call, "") }] },
					...pieces(content).map((piece) => ({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
				];
	return [
		...deltas.map((delta, place) => toChunk(identity, place === 0 ? { role: "assistant", ...delta } : delta)),
		toChunk(identity, {}, call === undefined ? "stop" : "tool_calls"),
		...(usage === null ? [] : [toUsageChunk(identity, usage)]),
		DONE,
	];
}

function toCallId(id: string): string {
	return id.replace("chatcmpl-", "call_");
}

function toCall(name: string, args: string) {
	return { type: "function" as const, function: { name, arguments: args } };
}

/**
 * An empty delta. BetterChatGPT loses the frame behind a comment, and Cherry Studio's timer counts no comments. Every other client that
 * is known takes a delta without content for nothing new.
 */
function toKeepAlive(id: string, summary: Summary): Frame {
	return toChunk(identityOf(id, summary), {});
}

export const chatFormat: Format = { toId: toChatId, render: renderChat, toBody: toChatCompletion, toKeepAlive };

export const chatText: TextFormat = {
	toBody: (identity, text) =>
		toTextCompletion(toTextIdentity(identity), text, textUsage(identity, text), identity.call),
	toFrames: (identity, text) => {
		const usage = identity.rendering.includeUsage ? textUsage(identity, text) : null;
		return toTextFrames(toTextIdentity(identity), text, usage, identity.call);
	},
};

function textUsage({ said }: TextIdentity, answered: string): Usage {
	return estimateUsage(said, { pictures: 0, answered });
}

function toTextIdentity({ requestId, createdSeconds, rendering }: TextIdentity): ChatIdentity {
	return { id: toChatId(requestId), created: createdSeconds, model: rendering.model };
}

import { Refusal, readJson } from "../../http/http.ts";
import { type OpenJob, parseJobId, parseResume, prefersAsync, readLog, reopenJob, startJob } from "../../job/start.ts";
import { answerChore } from "../../prompt/hidden-requests.ts";
import { extractSize } from "../../prompt/size-in-prose.ts";
import { answerAsync, answerFrames, answerStream, answerWhole } from "../answer/answers.ts";
import { numbered } from "../answer/frames.ts";
import type { Context } from "../context.ts";
import { parseBody } from "../request/fields.ts";
import { toImageRequest } from "../request/image-request.ts";
import {
	ChatBody,
	HELP,
	MAX_PROMPT_CHARS,
	promptOf,
	renderChat,
	toChatCompletion,
	toChatId,
	toMessages,
	toTextCompletion,
	toTextFrames,
} from "./render.ts";

/** `POST /v1/chat/completions` */
export async function createChat(request: Request, context: Context): Promise<Response> {
	const parsed = parseBody(ChatBody, await readJson(request));
	if (!parsed.ok) throw new Refusal(parsed.error);
	const body = parsed.value;
	const streamed = body.stream ?? false;
	const includeUsage = body.stream_options?.include_usage ?? false;
	const model = body.model ?? context.config.defaultModel;

	const messages = toMessages(body);
	const said = promptOf(messages);
	const { prompt, size } = extractSize(said.slice(0, MAX_PROMPT_CHARS));
	const text = answerChore(messages) ?? (prompt === "" ? HELP : null);
	if (text !== null) return textResponse(text, { model, streamed, includeUsage }, request, context);
	if (said.length > MAX_PROMPT_CHARS)
		throw new Refusal({ kind: "invalid_value", param: "messages", message: TOO_LONG });

	const { n, quality, output_format, seed, fal } = body;
	const wish = {
		prompt,
		model,
		n,
		size: body.size ?? size ?? undefined,
		quality,
		outputFormat: output_format,
		seed: legalSeed(seed),
		fal,
	};
	const wanted = toImageRequest(wish, context.config);
	if (!wanted.ok) throw new Refusal(wanted.error);

	const watched = !prefersAsync(request);
	const rendering = { api: "chat", model, includeUsage, responseFormat: "url" } as const;
	const job = await startJob(request, context, { request: wanted.value, rendering, watched });
	if (!watched) return answerAsync(job.id, context);
	return streamed ? streamChat(job, request, context) : wholeChat(job, request, context);
}

/** `GET /v1/chat/completions/{id}`: waits for the end as the first request did; `?stream=true&starting_after=N` goes on after frame N. */
export async function getChat(request: Request, context: Context): Promise<Response> {
	const id = parseJobId(context);
	const log = await readLog(context, id);
	const [accepted] = log;
	if (accepted?.type !== "accepted" || accepted.rendering.api !== "chat")
		throw new Refusal({ kind: "not_found", what: "completion" });
	const resume = parseResume(request);
	const job = reopenJob(context, id, log);
	return resume.streamed ? streamChat(job, request, context, resume.startingAfter) : wholeChat(job, request, context);
}

function streamChat(job: OpenJob, request: Request, context: Context, startingAfter?: number): Response {
	return answerStream(job, request, context, numbered(renderChat(toChatId(job.id)), startingAfter));
}

function wholeChat(job: OpenJob, request: Request, context: Context): Promise<Response> {
	return answerWhole(job, request, context, (log) => toChatCompletion(toChatId(job.id), log));
}

const TOO_LONG = `The last user message is longer than the ${MAX_PROMPT_CHARS} characters of a prompt.`;

/** A chat client's seed is meant for sampling: one that no picture model takes is ignored. */
function legalSeed(seed: number | undefined): number | undefined {
	return seed !== undefined && seed >= 0 && seed < 2 ** 32 ? seed : undefined;
}

interface TextAnswer {
	readonly model: string;
	readonly streamed: boolean;
	readonly includeUsage: boolean;
}

/** An answer for which no picture is made, and no job. */
function textResponse(
	text: string,
	{ model, streamed, includeUsage }: TextAnswer,
	request: Request,
	context: Context,
): Response {
	const identity = { id: `chatcmpl-${context.requestId}`, created: Math.floor(Date.now() / 1000), model };
	if (!streamed) return Response.json(toTextCompletion(identity, text));
	return answerFrames(toTextFrames(identity, text, includeUsage), request, context);
}

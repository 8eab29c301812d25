import { answerChore } from "../core/chores.ts";
import { extractSize } from "../core/size.ts";
import { Refusal, readJson } from "../http.ts";
import {
	ChatBody,
	HELP,
	promptOf,
	renderChat,
	toChatCompletion,
	toChatId,
	toMessages,
	toTextCompletion,
	toTextFrames,
} from "../openai/chat.ts";
import { parseBody } from "../openai/fields.ts";
import { type Frame, type Linked, numbered } from "../openai/frames.ts";
import { toImageRequest } from "../openai/image-request.ts";
import { summarize } from "../openai/summary.ts";
import { streamFrames } from "../sse.ts";
import type { Context } from "./context.ts";
import { collectLog, failureOf, failureResponse, jobHeaders, type StartedJob, startJob } from "./jobs.ts";

/** `POST /v1/chat/completions` */
export const createChat = async (request: Request, context: Context): Promise<Response> => {
	const parsed = parseBody(ChatBody, await readJson(request));
	if (!parsed.ok) throw new Refusal(parsed.error);
	const body = parsed.value;
	const streamed = body.stream ?? false;
	const includeUsage = body.stream_options?.include_usage ?? false;
	const model = body.model ?? context.config.defaultModel;

	const messages = toMessages(body);
	const said = promptOf(messages);
	if (said === null)
		throw new Refusal({
			kind: "invalid_value",
			param: "messages",
			message: "The last user message is too long for a prompt.",
		});
	const { prompt, size } = extractSize(said);
	const text = answerChore(messages) ?? (prompt === "" ? HELP : null);
	if (text !== null) return textResponse(text, { model, streamed, includeUsage }, request, context);

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

	const job = await startJob(request, context, wanted.value, {
		api: "chat",
		model,
		includeUsage,
		responseFormat: "url",
	});
	return streamed ? streamJob(job, request, context) : wholeJob(job, request);
};

const streamJob = (job: StartedJob, request: Request, { env, ctx }: Context): Response => {
	const render = numbered(renderChat(toChatId(job.id)));
	return streamFrames({
		frames: rendered(job.log, render),
		bucket: env.IMAGES,
		signal: request.signal,
		headers: jobHeaders(job.id),
		waitUntil: (work) => ctx.waitUntil(work),
		onEnd: (how) => job.watch.close(how),
	});
};

const wholeJob = async (job: StartedJob, request: Request): Promise<Response> => {
	const log = await collectLog(job, request.signal);
	job.watch.close("delivered");
	const error = failureOf(log);
	if (error !== null) return failureResponse(job.id, error);
	const headers = { "x-darkroom-model": summarize(log).model, ...jobHeaders(job.id) };
	return Response.json(toChatCompletion(toChatId(job.id), log), { headers });
};

async function* rendered(
	log: AsyncIterable<Linked>,
	render: (event: Linked) => readonly Frame[],
): AsyncGenerator<Frame> {
	for await (const event of log) yield* render(event);
}

/** A chat client's seed is meant for sampling: one that no picture model takes is ignored. */
const legalSeed = (seed: number | undefined): number | undefined =>
	seed !== undefined && seed >= 0 && seed < 2 ** 32 ? seed : undefined;

interface TextAnswer {
	readonly model: string;
	readonly streamed: boolean;
	readonly includeUsage: boolean;
}

/** An answer for which no picture is made, and no job. */
const textResponse = (
	text: string,
	{ model, streamed, includeUsage }: TextAnswer,
	request: Request,
	{ env, ctx, requestId }: Context,
): Response => {
	const identity = { id: `chatcmpl-${requestId}`, created: Math.floor(Date.now() / 1000), model };
	if (!streamed) return Response.json(toTextCompletion(identity, text));
	const frames = async function* () {
		yield* toTextFrames(identity, text, includeUsage);
	};
	return streamFrames({
		frames: frames(),
		bucket: env.IMAGES,
		signal: request.signal,
		headers: {},
		waitUntil: (work) => ctx.waitUntil(work),
		onEnd: () => {},
	});
};

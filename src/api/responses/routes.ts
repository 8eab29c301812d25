import type { Echoed } from "../../core/events.ts";
import { Refusal, readJson } from "../../http/http.ts";
import {
	collectLog,
	jobHeaders,
	type OpenJob,
	openJob,
	parseJobId,
	parseResume,
	prefersAsync,
	readLog,
	reopenJob,
	startJob,
	unattended,
} from "../../job/start.ts";
import { answerChore } from "../../prompt/hidden-requests.ts";
import { answerAsync, answerFrames, answerNow, answerStream, answerWhole } from "../answer/answers.ts";
import { type Linked, numbered } from "../answer/frames.ts";
import { HELP, MAX_PROMPT_CHARS } from "../chat/render.ts";
import type { Context } from "../context.ts";
import { parseBody } from "../request/fields.ts";
import { toImageRequest } from "../request/image-request.ts";
import { ResponsesBody, toEchoed, toMessages, toWish } from "./body.ts";
import { renderResponse, toResponsesError, toTextResponse, toTextResponseFrames } from "./render.ts";
import { toResponse, toResponseId } from "./response.ts";

/** How long a cancellation is waited for: fal mostly answers at once, and its silence is settled later, without a client. */
const CANCELLED_WITHIN_MS = 10_000;

/** `POST /v1/responses` */
export async function createResponse(request: Request, context: Context): Promise<Response> {
	const parsed = parseBody(ResponsesBody, await readJson(request));
	if (!parsed.ok) throw new Refusal(parsed.error);
	const body = parsed.value;
	const streamed = body.stream ?? false;
	const background = body.background ?? false;

	const { tooLong, ...wish } = toWish(body);
	const model = wish.model ?? context.config.defaultModel;
	const text = answerChore(toMessages(body)) ?? (wish.prompt === "" ? HELP : null);
	const echoed = toEchoed(body);
	if (text !== null) return textResponse(text, { model, streamed, echoed }, request, context);
	if (tooLong) throw new Refusal({ kind: "invalid_value", param: "input", message: TOO_LONG });
	const wanted = toImageRequest(wish, context.config);
	if (!wanted.ok) throw new Refusal(wanted.error);

	const isAsync = prefersAsync(request);
	const watched = !isAsync && (streamed || !background);
	const rendering = {
		api: "responses",
		model,
		background,
		includeUsage: false,
		responseFormat: "both",
		...echoed,
	} as const;
	const job = await startJob(request, context, { request: wanted.value, rendering, watched });
	const id = toResponseId(job.id);
	if (isAsync) return answerAsync(job.id, context);
	if (streamed) return stream(background ? unattended(job) : job, request, context);
	if (background) return answerNow(job.id, toResponse(id, await readLog(context, job.id)), context);
	return answerWhole(job, request, context, (log) => toResponse(id, log));
}

const TOO_LONG = `The last user message is longer than the ${MAX_PROMPT_CHARS} characters of a prompt.`;

/** `GET /v1/responses/{id}`: the Response as it stands; `?stream=true&starting_after=N` goes on after frame N. */
export async function getResponse(request: Request, context: Context): Promise<Response> {
	const { streamed, startingAfter } = parseResume(request);
	const { id, log } = await findJob(context);
	if (!streamed) return answerNow(id, toResponse(toResponseId(id), log), context);
	return stream(unattended(reopenJob(context, id, log)), request, context, startingAfter);
}

function stream(job: OpenJob, request: Request, context: Context, startingAfter?: number): Response {
	return answerStream(
		job,
		request,
		context,
		numbered(renderResponse(toResponseId(job.id)), startingAfter),
		toResponsesError,
	);
}

/** `POST /v1/responses/{id}/cancel`: the Response as it stands then. One that is done stays done, and says so. */
export async function cancelResponse(request: Request, context: Context): Promise<Response> {
	const { id } = await findJob(context);
	const { env, account } = context;
	await env.JOB.get(env.JOB.idFromString(id)).cancel(account);
	const patience = AbortSignal.any([request.signal, AbortSignal.timeout(CANCELLED_WITHIN_MS)]);
	await collectLog(unattended(openJob(context, id)), patience).catch(() => {});
	return answerNow(id, toResponse(toResponseId(id), await readLog(context, id)), context);
}

/** `DELETE /v1/responses/{id}` */
export async function deleteResponse(_request: Request, context: Context): Promise<Response> {
	const { id } = await findJob(context);
	const { env, account } = context;
	await env.JOB.get(env.JOB.idFromString(id)).remove(account);
	return Response.json({ id: toResponseId(id), object: "response", deleted: true }, { headers: jobHeaders(id) });
}

/** @throws Refusal where there is no such job, or where it was made by another API */
async function findJob(context: Context): Promise<{ readonly id: string; readonly log: readonly Linked[] }> {
	const id = parseJobId(context);
	const log = await readLog(context, id);
	const [accepted] = log;
	if (accepted?.type !== "accepted" || accepted.rendering.api !== "responses")
		throw new Refusal({ kind: "not_found", what: "response" });
	return { id, log };
}

/** An answer for which no picture is made, and no job. */
function textResponse(
	text: string,
	{ streamed, ...asked }: { readonly model: string; readonly streamed: boolean; readonly echoed: Echoed },
	request: Request,
	context: Context,
): Response {
	const identity = { id: `resp_${context.requestId}`, createdSeconds: Math.floor(Date.now() / 1000), ...asked };
	if (!streamed) return Response.json(toTextResponse(identity, text));
	return answerFrames(toTextResponseFrames(identity, text), request, context);
}

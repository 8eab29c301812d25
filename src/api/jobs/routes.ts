/** The routes of Darkroom's own jobs. */

import * as z from "zod/mini";
import type { Context } from "../../context.ts";
import { isTerminal } from "../../core/events.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse, Refusal } from "../../http/refusal.ts";
import * as commands from "../../job/commands.ts";
import { asObserver, type JobLog, resumeLog } from "../../job/log.ts";
import { jobHeaders, streamJob } from "../answer/answers.ts";
import type { Frame } from "../answer/frames.ts";
import { headOf } from "../answer/head.ts";
import { STREAM_HEADERS } from "../answer/sse.ts";
import { parseQuery, wholeNumber } from "../request/fields.ts";
import { jobIdOf, logOf } from "../request/find-job.ts";
import { AccountQuery, forAccount } from "../request/for-account.ts";
import { toJobFrame } from "./events.ts";
import { toJob, toJobId } from "./render.ts";

/** Tells a client how soon to open an event stream again that broke off. */
const RECONNECT_MS = 1_000;
const MAX_EVENTS = 1_000_000;

export const EventsQuery = z.object({ after: z.optional(wholeNumber(0, MAX_EVENTS)) });

export async function getJob(request: Request, asker: Context): Promise<Response> {
	const context = forAskedAccount(request, asker);
	return answerJob(jobIdOf(context), context);
}

/** Streams the log as server-sent events, from `Last-Event-ID` or `?after=` on, whichever is later. Answers 204 once all of it has been seen. */
export async function streamJobEvents(request: Request, context: Context): Promise<Response> {
	const { id, after, log, isSeen } = await findEvents(request, context);
	if (isSeen) return headOf(id, 204, {});
	const job = asObserver(resumeLog(context, id, log));
	return streamJob(job, framesAfter(after, job), request, context);
}

/** Says whether there are events left, without waiting for any. */
export async function headJobEvents(request: Request, context: Context): Promise<Response> {
	const { id, isSeen } = await findEvents(request, context);
	return isSeen ? headOf(id, 204, {}) : headOf(id, 200, STREAM_HEADERS);
}

async function findEvents(request: Request, context: Context) {
	const id = jobIdOf(context);
	const { after: begun = 0 } = orRefuse(parseQuery(EventsQuery, request.url));
	// A client that lost its stream opens the same address again, with the last event that it has.
	const after = Math.max(begun, lastEventId(request));
	const log = await logOf(id, context);
	const end = log.find(isTerminal);
	return { id, after, log, isSeen: end !== undefined && end.seq <= after };
}

/** The first frame carries the `retry` of the whole stream. */
async function* framesAfter(after: number, job: JobLog): AsyncGenerator<readonly Frame[]> {
	let retry: Pick<Frame, "retry"> = { retry: RECONNECT_MS };
	for await (const events of job.events) {
		const frames = events.filter(({ seq }) => seq > after).map(toJobFrame);
		const [first, ...rest] = frames;
		if (first === undefined) continue;
		yield [{ ...first, ...retry }, ...rest];
		retry = {};
	}
}

/** Answers with the job after the cancellation. One that is done stays done, and says so. */
export async function cancelJob(request: Request, asker: Context): Promise<Response> {
	const context = forAskedAccount(request, asker);
	const id = jobIdOf(context);
	if (!(await commands.cancelJob(context, id))) throw new Refusal({ kind: "not_found", what: "job" });
	return answerJob(id, context);
}

export async function deleteJob(request: Request, asker: Context): Promise<Response> {
	const context = forAskedAccount(request, asker);
	const id = jobIdOf(context);
	if (!(await commands.deleteJob(context, id))) throw new Refusal({ kind: "not_found", what: "job" });
	return jsonResponse({ id: toJobId(id), object: "job", deleted: true }, { headers: jobHeaders(id) });
}

/** Lets the owner name another account in the query. */
export function forAskedAccount({ url }: Request, asker: Context): Context {
	return forAccount(asker, orRefuse(parseQuery(AccountQuery, url)).account);
}

async function answerJob(id: string, context: Context): Promise<Response> {
	return jsonResponse(toJob(id, await logOf(id, context)), { headers: jobHeaders(id) });
}

/** Ignores an id that no event of ours has. */
function lastEventId({ headers }: Request): number {
	const id = headers.get("last-event-id") ?? "0";
	return /^\d{1,7}$/.test(id) ? Number(id) : 0;
}

import { isTerminal } from "../../core/events.ts";
import { Refusal } from "../../http/http.ts";
import { jobHeaders, parseJobId, readLog, reopenJob, unattended } from "../../job/start.ts";
import { answerStream } from "../answer/answers.ts";
import type { Context } from "../context.ts";
import { toJob, toJobFrame, toJobId } from "./render.ts";

/** Darkroom's own view of jobs. */

const LIST_DEFAULT = 20;
/** Each job of a page is asked for its state: the free plan allows 50 such calls in one request. */
const LIST_MAX = 40;
/** How soon an event stream that broke off is opened again, in milliseconds. */
const RECONNECT_MS = 1_000;
const STATES = ["queued", "in_progress", "storing", "cancelling", "succeeded", "failed", "cancelled"];

/** `GET /v1/jobs/{id}` */
export async function getJob(_request: Request, context: Context): Promise<Response> {
	return jobResponse(parseJobId(context), context);
}

/** `GET /v1/jobs?limit&cursor&status`: newest first. A page may be short where few jobs fit the filter; `has_more` says whether to go on. */
export async function listJobs({ url }: Request, context: Context): Promise<Response> {
	const query = new URL(url).searchParams;
	const limit = parseCount(query, "limit", LIST_MAX) ?? LIST_DEFAULT;
	const cursor = parseCount(query, "cursor", Number.MAX_SAFE_INTEGER);
	const status = query.get("status");
	if (status !== null && !STATES.includes(status)) {
		throw new Refusal({ kind: "invalid_value", param: "status", message: `status is one of ${STATES.join(", ")}.` });
	}
	const { env, account } = context;
	const listed = await env.ACCOUNT.getByName(account).list(cursor, limit + 1);
	const page = listed.slice(0, limit);
	const jobs = await Promise.all(
		page.map(({ id }) =>
			readLog(context, id).then(
				(log) => [toJob(id, log)],
				// It was just deleted, or has not been started yet.
				(error: unknown) => (error instanceof Refusal ? [] : Promise.reject(error)),
			),
		),
	);
	const data = jobs.flat().filter((job) => status === null || job.status === status);
	return Response.json({ object: "list", data, has_more: listed.length > limit, next_cursor: page.at(-1)?.n ?? null });
}

/** `GET /v1/jobs/{id}/events`: the log as server-sent events, from `Last-Event-ID` or `?after=` on; 204 once it has all been seen. */
export async function streamJobEvents(request: Request, context: Context): Promise<Response> {
	const id = parseJobId(context);
	const after = parseCount(new URL(request.url).searchParams, "after", 1_000_000) ?? lastEventId(request);
	const log = await readLog(context, id);
	const end = log.find(isTerminal);
	if (end !== undefined && end.seq <= after) return new Response(null, { status: 204, headers: jobHeaders(id) });
	let first = true;
	return answerStream(unattended(reopenJob(context, id, log)), request, context, (event) => {
		if (event.seq <= after) return [];
		const retry = first ? { retry: RECONNECT_MS } : {};
		first = false;
		return [{ ...toJobFrame(event), ...retry }];
	});
}

/** `POST /v1/jobs/{id}/cancel`: the job as it stands then. One that is done stays done, and says so. */
export async function cancelJob(_request: Request, context: Context): Promise<Response> {
	const id = parseJobId(context);
	const { env, account } = context;
	if (!(await env.JOB.get(env.JOB.idFromString(id)).cancel(account)))
		throw new Refusal({ kind: "not_found", what: "job" });
	return jobResponse(id, context);
}

/** `DELETE /v1/jobs/{id}` */
export async function deleteJob(_request: Request, context: Context): Promise<Response> {
	const id = parseJobId(context);
	const { env, account } = context;
	if (!(await env.JOB.get(env.JOB.idFromString(id)).remove(account)))
		throw new Refusal({ kind: "not_found", what: "job" });
	return Response.json({ id: toJobId(id), object: "job", deleted: true }, { headers: jobHeaders(id) });
}

async function jobResponse(id: string, context: Context): Promise<Response> {
	return Response.json(toJob(id, await readLog(context, id)), { headers: jobHeaders(id) });
}

function lastEventId({ headers }: Request): number {
	const id = headers.get("last-event-id") ?? "0";
	return /^\d{1,7}$/.test(id) ? Number(id) : 0;
}

/** @throws Refusal */
function parseCount(query: URLSearchParams, name: string, max: number): number | null {
	const text = query.get(name);
	if (text === null) return null;
	const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
	if (value >= 0 && value <= max) return value;
	throw new Refusal({ kind: "invalid_value", param: name, message: `${name} must be a number up to ${max}.` });
}

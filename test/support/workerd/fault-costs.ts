/** Counts what a job cost, and holds it to bounds: what heals itself shows in no answer. */
import { runInDurableObject } from "cloudflare:test";
import type { JobEvent } from "../../../src/core/events.ts";
import { type FlatEvent, flatten } from "../../../src/core/linked.ts";
import { Job } from "../../../src/job/object/job.ts";
import { realNow } from "./clock.ts";
import type { Run } from "./fault-run.ts";
import { requestsIn } from "./fault-schedules.ts";
import { type Call, queueCalls, sim } from "./gateway.ts";
import { stubOf } from "./job-of.ts";

/** The sockets that watchers opened, by job. */
const socketsByJob = new Map<string, number>();

/** Counts the sockets of all jobs in this isolate from now on. */
export function countSockets(): void {
	const { fetch } = Job.prototype;
	Job.prototype.fetch = function (request) {
		const job = String(Reflect.get(this, "ctx").id);
		socketsByJob.set(job, socketsOf(job) + 1);
		return fetch.call(this, request);
	};
}

export function socketsOf(job: string): number {
	return socketsByJob.get(job) ?? 0;
}

type Kind = "submit" | "stream" | "status" | "cancel" | "result";

/** Says what a call to fal's queue was for. */
export function kindOf({ method, path }: Pick<Call, "method" | "path">): Kind {
	if (method === "POST") return "submit";
	if (method === "PUT") return "cancel";
	const { pathname } = new URL(path, "https://fal.test");
	return pathname.endsWith("/stream") ? "stream" : pathname.endsWith("/status") ? "status" : "result";
}

/** Counts the calls about a prompt. */
export async function countCalls(prompt: string): Promise<Readonly<Record<Kind, number>>> {
	const counts = { submit: 0, stream: 0, status: 0, cancel: 0, result: 0 };
	for (const call of await queueCalls(prompt)) counts[kindOf(call)] += 1;
	return counts;
}

/** A job's alarm fires no more often by itself. */
const ALARM_MIN_MS = 500;
/** A status stream is given up after so many cuts in a row. */
const STREAM_TRIES = 3;

/** @throws if a job cost more than its schedule explains */
export async function checkCosts(run: Run, job: string, log: readonly JobEvent[]): Promise<void> {
	// The calls of several jobs of one prompt cannot be told apart.
	if (run.jobs.size > 1) return;
	const { schedule, batch } = run;
	const flat = log.map(flatten);
	const count = (...types: readonly FlatEvent["type"][]) => flat.filter(({ type }) => types.includes(type)).length;
	const requests = requestsIn(schedule);
	const aborts = batch.schedules.flatMap(({ actions }) =>
		actions.filter(({ action }) => action.type === "abort"),
	).length;
	const deaths = aborts + schedule.actions.filter(({ action }) => action.type === "evict").length;
	const alarms = run.alarms + Math.ceil((realNow() - run.began) / ALARM_MIN_MS);
	const sockets = socketsOf(job);
	const calls = await countCalls(run.prompt);
	const rows = await rowsOf(job);

	const bounds: readonly (readonly [what: string, counted: number, max: number])[] = [
		// Whoever reads has one socket, and another one when the object is lost.
		["sockets", sockets, run.streams * (1 + deaths)],
		["submits", calls.submit, count("submitting")],
		// Each socket may be asked to follow each request, once.
		[
			"status streams",
			calls.stream,
			sockets *
				requests *
				(schedule.fal.stream === "cut" ? STREAM_TRIES * (1 + count("queued", "running", "submitted")) : 1),
		],
		["statuses", calls.status, alarms * requests],
		["cancellations", calls.cancel, count("cancelling") * (1 + deaths)],
		// Every answer that is no result is in the log; statuses that cannot be read ask for it, too, and so does a webhook without one.
		[
			"results",
			calls.result,
			2 * requests +
				count("result_unavailable") +
				calls.status +
				deaths * (1 + schedule.pictures) +
				(schedule.fal.webhook === "null-payload" ? await webhooksOf(log) : 0),
		],
		// A file is asked for again after a fault, a redirect, or to learn its length.
		["files", await filesOf(log), schedule.pictures * 2 * (2 + deaths)],
		// A notice has an alarm behind it, and each of its tries moves that.
		[
			"rows",
			rows.written,
			rows.log +
				4 +
				alarms +
				sockets +
				(schedule.hook === "none" ? 0 : 2 * (1 + count("notified", "notice_failed") + deaths)),
		],
	];
	for (const [what, counted, max] of bounds) {
		if (counted > max) throw new Error(`${counted} ${what}, but no more than ${max} have a reason`);
	}
}

/** The rows of the log, and those that the last instance wrote, alarms included. */
function rowsOf(job: string): Promise<{ log: number; written: number }> {
	return runInDurableObject(stubOf(job), (instance, { storage }) => ({
		log: storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM log").one().n,
		written: instance.rowsWritten(),
	}));
}

/** The webhooks that fal sent, and those that a schedule ordered: the slower the machine, the more of them. */
async function webhooksOf(log: readonly JobEvent[]): Promise<number> {
	const ids = log.map(flatten).flatMap((event) => (event.type === "submitted" ? [event.requestId] : []));
	const requests = await Promise.all(
		ids.map(async (id): Promise<{ deliveries: readonly object[] }> => (await sim(`/requests/${id}`)).json()),
	);
	return requests.reduce((sum, { deliveries }) => sum + deliveries.length, 0);
}

/** The GETs of a request's files at the simulator's CDN. */
async function filesOf(log: readonly JobEvent[]): Promise<number> {
	const ids = log.map(flatten).flatMap((event) => (event.type === "generated" ? [event.requestId] : []));
	const calls = await Promise.all(
		ids.map(async (id): Promise<readonly Pick<Call, "path">[]> => (await sim(`/calls?request_id=${id}`)).json()),
	);
	return calls.flat().filter(({ path }) => path.startsWith("/files/")).length;
}

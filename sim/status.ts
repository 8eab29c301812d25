/** Builds a request's status, and its stream of statuses. */
import { requestUrls } from "./addresses.ts";
import { BREAK_AFTER_MS } from "./fault-times.ts";
import type { Fields } from "./json.ts";
import { resultOf } from "./output.ts";
import { type RequestRow, submissionOf } from "./request-row.ts";
import { logWindow, type Moment } from "./timeline.ts";

/** Interval of the comments that keep a quiet stream open, as fal sends them. */
const KEEP_ALIVE_MS = 15_000;
const FOREIGN_ORIGIN = "https://queue.elsewhere.example";

/** Builds the addresses that the answers name. */
export function urlsOf({ origin, endpoint, id, plan }: RequestRow) {
	return requestUrls(plan.urls === "foreign" ? FOREIGN_ORIGIN : origin, endpoint, id);
}

export function statusOf(row: RequestRow, moment: Moment, withLogs: boolean): Fields {
	const common = { ...longLogsOf(row), status: wordOf(row, moment), request_id: row.id, ...urlsOf(row) };
	if (moment.status === "IN_QUEUE") return { ...common, queue_position: moment.position };
	const startedAt = moment.status === "COMPLETED" ? moment.completedAt - moment.ranMs : moment.startedAt;
	const logs = withLogs && row.plan.logs > 0 ? logWindow(row.plan, startedAt, moment.logLines) : null;
	if (moment.status === "IN_PROGRESS") return { ...common, logs };
	return { ...common, logs, metrics: { inference_time: moment.ranMs / 1000 }, ...errorOf(row, moment) };
}

/** Returns fal's word for the state, or one that fal does not have. */
function wordOf({ plan }: RequestRow, { status }: Moment): string {
	if (plan.status === "lower") return status.toLowerCase();
	return plan.status === "failed" && status === "COMPLETED" ? "FAILED" : status;
}

/** Returns 2 MB of logs, which come before the other fields. */
function longLogsOf({ plan }: RequestRow): Fields {
	return plan.status === "long-logs" ? { all_logs: Array<string>(2_000).fill("x".repeat(1_000)) } : {};
}

/** Returns the error fields of a status. fal's documentation says that a failed request has them; recordings show that it may not. */
function errorOf(row: RequestRow, { ending }: Extract<Moment, { status: "COMPLETED" }>): Fields {
	if (row.plan.failure !== "told" && ending === "ran") return {};
	const { error } = resultOf(submissionOf(row), ending);
	return error ? { error: error.message, error_type: error.type } : {};
}

/** Reads the request's state at this time. */
type ReadStatus = () => { moment: Moment; status: Fields };

/**
 * Streams statuses: an event for each change, a comment after a long silence, and the end after COMPLETED.
 *
 * @param waitForChange resolves when the request changes, at the latest at `until`
 * @param cut breaks the stream off when the run has begun
 */
export function statusStream(readStatus: ReadStatus, waitForChange: (until: number) => Promise<void>, cut: boolean) {
	const encoder = new TextEncoder();
	let open = true;
	return new ReadableStream<Uint8Array>({
		start: (controller) => {
			const send = (text: string): void => controller.enqueue(encoder.encode(text));
			void (async () => {
				let last = "";
				let quietSince = Date.now();
				let running = false;
				while (open) {
					const { moment, status } = readStatus();
					const event = JSON.stringify(status);
					if (cut && (running || moment.status === "COMPLETED")) {
						await scheduler.wait(BREAK_AFTER_MS);
						controller.error(new Error("the simulator cuts the stream"));
						return;
					}
					if (event !== last) {
						send(`data: ${event}\n\n`);
						quietSince = Date.now();
					} else if (Date.now() - quietSince >= KEEP_ALIVE_MS) {
						send(": ping\n\n");
						quietSince = Date.now();
					}
					last = event;
					running = moment.status === "IN_PROGRESS";
					if (moment.status === "COMPLETED") {
						controller.close();
						return;
					}
					const quietEnd = quietSince + KEEP_ALIVE_MS;
					await waitForChange(moment.nextAt === null ? quietEnd : Math.min(moment.nextAt, quietEnd));
				}
			})();
		},
		cancel: () => {
			open = false;
		},
	});
}

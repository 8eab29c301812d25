import { requestUrls } from "./addresses.ts";
import { BREAK_AFTER_MS } from "./broken.ts";
import type { Fields } from "./input.ts";
import { resultOf } from "./output.ts";
import { askedOf, type RequestRow } from "./request-row.ts";
import { logWindow, type Moment } from "./timeline.ts";

/** fal's comment that keeps a quiet stream open. */
const KEEP_ALIVE_MS = 15_000;
const FOREIGN_ORIGIN = "https://queue.elsewhere.example";

/** The addresses that the answers name. */
export function urlsOf({ origin, endpoint, id, plan }: RequestRow) {
	return requestUrls(plan.urls === "foreign" ? FOREIGN_ORIGIN : origin, endpoint, id);
}

export function statusOf(row: RequestRow, moment: Moment, withLogs: boolean): Fields {
	const common = { status: moment.status, request_id: row.id, ...urlsOf(row) };
	if (moment.status === "IN_QUEUE") return { ...common, queue_position: moment.position };
	const startedAt = moment.status === "COMPLETED" ? moment.completedAt - moment.ranMs : moment.startedAt;
	const logs = withLogs && row.plan.logs > 0 ? logWindow(row.plan, startedAt, moment.logLines) : null;
	if (moment.status === "IN_PROGRESS") return { ...common, logs };
	return { ...common, logs, metrics: { inference_time: moment.ranMs / 1000 }, ...errorOf(row, moment) };
}

/** fal's documents say that a failed request's status has these; recordings show that it may not. */
function errorOf(row: RequestRow, { ending }: Extract<Moment, { status: "COMPLETED" }>): Fields {
	if (row.plan.failure !== "told" && ending === "ran") return {};
	const { error } = resultOf(askedOf(row), ending);
	return error ? { error: error.message, error_type: error.type } : {};
}

type Look = () => { moment: Moment; status: Fields };

/** The status stream: an event for each change, a comment when there is none for long, the end after COMPLETED. */
export function statusStream(look: Look, changed: (until: number) => Promise<void>, cut: boolean) {
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
					const { moment, status } = look();
					const event = JSON.stringify(status);
					if (cut && (running || moment.status === "COMPLETED")) {
						await scheduler.wait(BREAK_AFTER_MS);
						controller.error(new Error("The stream was cut"));
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
					await changed(moment.nextAt === null ? quietEnd : Math.min(moment.nextAt, quietEnd));
				}
			})();
		},
		cancel: () => {
			open = false;
		},
	});
}

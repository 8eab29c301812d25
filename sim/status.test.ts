import { describe, expect, it } from "vitest";
import { NOW } from "../test/support/make.ts";
import { makeRow } from "../test/support/make-simulated.ts";
import type { PlanChanges } from "./plan.ts";
import { statusOf, statusStream } from "./status.ts";
import { momentOf } from "./timeline.ts";

const PLAN = { queue: 1, queueMs: 100, runMs: 400, logs: 2 } as const;

function statusAt(ms: number, row = makeRow({ plan: PLAN }), logs = true) {
	return statusOf(row, momentOf(row, NOW + ms), logs);
}

describe("statusOf", () => {
	it("names the request and its addresses", () => {
		const base = "https://queue.test/fal-ai/imagen4/requests/01234567-89ab-cdef-0123-456789abcdef";
		expect(statusAt(0)).toEqual({
			status: "IN_QUEUE",
			request_id: "01234567-89ab-cdef-0123-456789abcdef",
			response_url: base,
			status_url: `${base}/status`,
			cancel_url: `${base}/cancel`,
			queue_position: 1,
		});
	});

	it("names addresses on another origin if the plan says so", () => {
		expect(statusAt(0, makeRow({ plan: { urls: "foreign" } }))).toMatchObject({
			status_url: expect.stringMatching(/^https:\/\/queue\.elsewhere\.example\//),
		});
	});

	it("has the log of a run only if logs are asked for and the plan has some", () => {
		expect(statusAt(300)).toMatchObject({ status: "IN_PROGRESS", logs: [{ level: "INFO" }] });
		expect(statusAt(300, makeRow({ plan: PLAN }), false)).toMatchObject({ logs: null });
		expect(statusAt(300, makeRow({ plan: { ...PLAN, logs: 0 } }))).toMatchObject({ logs: null });
	});

	it("has the time of the run when it is completed", () => {
		expect(statusAt(600)).toMatchObject({ status: "COMPLETED", logs: { length: 2 }, metrics: { inference_time: 0.4 } });
		expect(statusAt(600)).not.toHaveProperty("error");
	});

	it("has the error of a failed request only if the plan says so", () => {
		const failed = { ...PLAN, outcome: "server-error" } as const;
		expect(statusAt(600, makeRow({ plan: failed }))).not.toHaveProperty("error");
		expect(statusAt(600, makeRow({ plan: { ...failed, failure: "told" } }))).toMatchObject({
			error: "Invalid status code: 500",
			error_type: "internal_server_error",
		});
	});

	it("has the error of a request that was cancelled", () => {
		expect(statusAt(600, makeRow({ plan: PLAN, marks: { cancelledAt: NOW } }))).toMatchObject({
			error_type: "client_cancelled",
		});
	});
});

describe("statusStream", () => {
	/** Streams a request whose clock moves on to each time that the stream waits for. */
	async function streamed(plan: PlanChanges) {
		// The stream's keepalives follow the real clock, so the request begins now.
		let now = Date.now();
		const row = makeRow({ plan, submittedAt: now });
		const stream = statusStream(
			() => {
				const moment = momentOf(row, now);
				return { moment, status: statusOf(row, moment, false) };
			},
			async (until) => {
				now = until;
			},
			false,
		);
		return new Response(stream).text();
	}

	it("sends one event for each change, and ends when the request is completed", async () => {
		const events = (await streamed({ ...PLAN, logs: 0 })).split("\n\n");
		expect(events.pop()).toBe("");
		expect(events.map((event) => JSON.parse(event.replace(/^data: /, "")))).toMatchObject([
			{ status: "IN_QUEUE", queue_position: 1 },
			{ status: "IN_QUEUE", queue_position: 0 },
			{ status: "IN_PROGRESS" },
			{ status: "COMPLETED" },
		]);
	});

	it("sends an event once if two reads in a row are equal", async () => {
		const events = await streamed({ ...PLAN, logs: 5 });
		expect(events.match(/IN_PROGRESS/g)).toHaveLength(1);
	});
});

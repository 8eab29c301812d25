import { describe, expect, it } from "vitest";
import {
	ACCEPTED,
	ACCEPTED_AT,
	type MadeEvent,
	makeEvents,
	makeJob,
	makeListedJob,
	makePicture,
} from "../../../test/support/console-jobs.ts";
import { type JobPhase, joined, progressOf, progressOfJob } from "./progress.ts";

const SUBMITTING: MadeEvent = { type: "submitting", endpoint: "fal-ai/flux/schnell" };
const SUBMITTED: MadeEvent = { type: "submitted", request_id: "r", queue_position: 2 };
const RUNNING: MadeEvent = { type: "running", logs: [] };
const GENERATED: MadeEvent = { type: "generated", outputs: 1 };

describe("the phase, by the events", () => {
	it.each<readonly [name: string, events: readonly MadeEvent[], phase: JobPhase]>([
		["accepted", [ACCEPTED], "queued"],
		["on its way to fal", [ACCEPTED, SUBMITTING], "queued"],
		[
			"refused for now",
			[ACCEPTED, SUBMITTING, { type: "refused", status: 429, retry_at: ACCEPTED_AT + 9 }],
			"resubmitting",
		],
		["sent again", [ACCEPTED, SUBMITTING, { type: "refused", status: 429, retry_at: 1 }, SUBMITTING], "resubmitting"],
		["taken after that", [ACCEPTED, { type: "refused", status: 429, retry_at: 1 }, SUBMITTING, SUBMITTED], "queued"],
		["refused by one account", [ACCEPTED, SUBMITTING, { type: "account_refused" }], "resubmitting"],
		["its answer is lost", [ACCEPTED, SUBMITTING, { type: "answer_lost", settle_by: 1 }], "unknown"],
		["looked for", [ACCEPTED, { type: "answer_lost" }, { type: "looked_up", look_up_at: 1 }], "unknown"],
		["found", [ACCEPTED, { type: "answer_lost" }, GENERATED], "storing"],
		["in the queue", [ACCEPTED, SUBMITTING, SUBMITTED], "queued"],
		["at work", [ACCEPTED, SUBMITTED, RUNNING], "running"],
		["back in the queue", [ACCEPTED, RUNNING, { type: "queued", queue_position: 0 }], "queued"],
		["done at fal", [ACCEPTED, RUNNING, { type: "completed" }], "storing"],
		["told to stop", [ACCEPTED, RUNNING, { type: "cancelling", why: "client" }], "cancelling"],
		["still at work then", [ACCEPTED, { type: "cancelling" }, RUNNING], "cancelling"],
		["done all the same", [ACCEPTED, { type: "cancelling" }, GENERATED], "storing"],
		["deleted", [ACCEPTED, { type: "deleting" }], "cancelling"],
		["succeeded", [ACCEPTED, GENERATED, { type: "succeeded", seconds: 2 }], "done"],
		["failed", [ACCEPTED, { type: "failed" }], "failed"],
		["cancelled", [ACCEPTED, { type: "cancelled" }], "cancelled"],
		["told something after the end", [ACCEPTED, { type: "failed" }, RUNNING, { type: "late_failure" }], "failed"],
	])("%s", (_, events, phase) => {
		expect(progressOf(makeEvents(...events))?.phase).toBe(phase);
	});

	it("is not known without events", () => {
		expect(progressOf([])).toBeNull();
	});
});

describe("a job of several requests to fal", () => {
	const second = (event: MadeEvent): MadeEvent => ({ ...event, slot: 1 });

	it.each<readonly [name: string, events: readonly MadeEvent[], phase: JobPhase]>([
		["both wait", [SUBMITTED, second(SUBMITTED)], "queued"],
		["one runs", [RUNNING, second(SUBMITTED)], "running"],
		["one is done, the other waits", [GENERATED, second(SUBMITTED)], "running"],
		["one has ended, the other waits", [{ type: "request_ended", slot: 0 }, second(SUBMITTED)], "queued"],
		["one is lost, the other waits", [SUBMITTED, second({ type: "answer_lost" })], "unknown"],
		["one is told to stop", [RUNNING, second({ type: "cancelling" })], "cancelling"],
		[
			"all have ended",
			[
				{ type: "request_ended", slot: 0 },
				{ type: "request_ended", slot: 1 },
			],
			"storing",
		],
	])("%s", (_, events, phase) => {
		expect(progressOf(makeEvents(ACCEPTED, ...events))?.phase).toBe(phase);
	});

	it("has the best place in the queue", () => {
		const events = makeEvents(
			ACCEPTED,
			{ ...SUBMITTED, queue_position: 7 },
			second({ ...SUBMITTED, queue_position: 3 }),
		);
		expect(progressOf(events)?.position).toBe(3);
	});

	it("says which pictures will not come, and why", () => {
		const events = makeEvents(ACCEPTED, {
			type: "request_ended",
			slot: 1,
			outcome: "failed",
			missing: [2, 3],
			error: { message: "blocked", type: "image_generation_user_error", param: null, code: "moderation_blocked" },
		});
		expect(progressOf(events)?.missing).toEqual(
			new Map([
				[2, "blocked"],
				[3, "blocked"],
			]),
		);
	});
});

describe("what the events tell besides", () => {
	it("the place in the queue, until it runs", () => {
		expect(progressOf(makeEvents(ACCEPTED, SUBMITTED))?.position).toBe(2);
		expect(progressOf(makeEvents(ACCEPTED, SUBMITTED, { type: "queued", queue_position: 0 }))?.position).toBe(0);
		expect(progressOf(makeEvents(ACCEPTED, SUBMITTED, RUNNING))?.position).toBeNull();
	});

	it("when it is sent again", () => {
		const refused: MadeEvent = { type: "refused", status: 503, retry_at: ACCEPTED_AT + 9 };
		expect(progressOf(makeEvents(ACCEPTED, refused))?.retryAt).toBe((ACCEPTED_AT + 9) * 1000);
		expect(progressOf(makeEvents(ACCEPTED, refused, SUBMITTED))?.retryAt).toBeNull();
	});

	it("its times", () => {
		const events = makeEvents(ACCEPTED, RUNNING, { type: "succeeded", at: ACCEPTED_AT + 4.25 });
		expect(progressOf(events)).toMatchObject({
			createdAt: ACCEPTED_AT * 1000,
			endedAt: (ACCEPTED_AT + 4.25) * 1000,
		});
	});

	it("the newest log lines, and the most that they say", () => {
		const first: MadeEvent = { type: "running", logs: ["10%|█"] };
		const more: MadeEvent = { type: "running", logs: ["10%|█", "50%|█"] };
		const upscaling: MadeEvent = { type: "running", logs: ["0%|"] };
		expect(progressOf(makeEvents(ACCEPTED, first, more, upscaling))).toMatchObject({
			logs: ["0%|"],
			told: { percent: 50, since: (ACCEPTED_AT + 1) * 1000 },
		});
		expect(progressOf(makeEvents(ACCEPTED, first, { type: "running", logs: [] }))?.logs).toEqual(["10%|█"]);
	});

	it("its pictures, and those that are given up", () => {
		const events = makeEvents(
			ACCEPTED,
			{ type: "output", output: { type: "image", ...makePicture({ index: 1 }) } },
			{ type: "output_lost", index: 0, message: "404" },
		);
		expect(progressOf(events)?.pictures).toEqual(new Map([[1, makePicture({ index: 1 })]]));
		expect(progressOf(events)?.missing).toEqual(new Map([[0, "404"]]));
	});

	it("the model that goes on", () => {
		expect(progressOf(makeEvents(ACCEPTED, { type: "rerouted", from: "a", to: "b" }))?.successor).toBe("b");
	});
});

describe("the same by an answer", () => {
	it.each([
		["queued", "queued"],
		["in_progress", "running"],
		["storing", "storing"],
		["cancelling", "cancelling"],
		["succeeded", "done"],
		["failed", "failed"],
		["cancelled", "cancelled"],
	] as const)("%s", (status, phase) => {
		expect(progressOfJob(makeJob({ status })).phase).toBe(phase);
	});

	it("reads place and log of a whole answer", () => {
		const job = makeJob({ started_at: ACCEPTED_AT + 3, progress: { queue_position: 4, logs: ["20%|"] } });
		expect(progressOfJob(job)).toMatchObject({
			position: 4,
			logs: ["20%|"],
			told: { percent: 20, since: (ACCEPTED_AT + 3) * 1000 },
		});
	});

	it("knows neither of a row of the list", () => {
		expect(progressOfJob(makeListedJob())).toMatchObject({ position: null, logs: [], told: null });
	});
});

describe("both together", () => {
	const running = progressOf(makeEvents(ACCEPTED, { type: "running", logs: ["20%|"] }));

	it("takes what is there", () => {
		expect(joined(running, null)).toBe(running);
		const asked = progressOfJob(makeJob());
		expect(joined(null, asked)).toBe(asked);
		expect(joined(null, null)).toBeNull();
	});

	it("takes the further one", () => {
		expect(joined(running, progressOfJob(makeJob()))?.phase).toBe("running");
		expect(joined(running, progressOfJob(makeJob({ status: "storing" })))?.phase).toBe("storing");
		expect(joined(running, progressOfJob(makeJob({ status: "storing" })))?.logs).toEqual(["20%|"]);
	});

	it("knows by its events more of a job that waits", () => {
		const lost = progressOf(makeEvents(ACCEPTED, { type: "answer_lost" }));
		expect(joined(lost, progressOfJob(makeJob({ status: "queued" })))?.phase).toBe("unknown");
	});

	it("knows by the answer how a job ended, and what came late", () => {
		const cancelled = progressOf(makeEvents(ACCEPTED, { type: "cancelled", at: ACCEPTED_AT + 1.5 }));
		const late = makePicture({ late: true });
		const job = makeJob({ status: "cancelled", ended_at: ACCEPTED_AT + 1, images: [late] });
		expect(joined(cancelled, progressOfJob(job))).toMatchObject({
			phase: "cancelled",
			endedAt: (ACCEPTED_AT + 1.5) * 1000,
			pictures: new Map([[0, late]]),
		});
	});
});

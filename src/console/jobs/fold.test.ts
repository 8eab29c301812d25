import { describe, expect, it } from "vitest";
import {
	ACCEPTED,
	ACCEPTED_AT,
	type MadeEvent,
	makeDraft,
	makeEntry,
	makeEvents,
	makeJob,
	makePicture,
} from "../../../test/support/console-jobs.ts";
import type { Failure } from "../api/failure.ts";
import type { Sending } from "./entry.ts";
import { toCard } from "./fold.ts";

const NOW = (ACCEPTED_AT + 10) * 1000;
const ENDED = { ended_at: ACCEPTED_AT + 7 };

describe("a request on its way", () => {
	const sending: Sending = {
		draft: makeDraft({ n: 2, prompt: "<b>fox</b>" }),
		idempotencyKey: "k",
		since: NOW - 1500,
		failure: null,
		isAnswered: false,
	};

	it("has a card at once", () => {
		expect(toCard(makeEntry({ id: "local-1", sending }), NOW, 10)).toMatchObject({
			phase: "sending",
			isLive: true,
			prompt: "<b>fox</b>",
			model: "flux-schnell",
			places: [{ kind: "pending" }, { kind: "pending" }],
			elapsedSeconds: 1.5,
			chips: [{ of: "ratio", text: "4:3" }, { of: "model" }],
			cancelling: null,
			loss: null,
		});
	});

	it("waits in the queue once it is taken, before any event", () => {
		const entry = makeEntry({ sending: { ...sending, isAnswered: true } });
		expect(toCard(entry, NOW, 10)).toMatchObject({
			phase: "queued",
			cancelling: "free",
			elapsedSeconds: 1.5,
			bar: 0.12,
		});
	});

	it.each<readonly [name: string, failure: Failure, money: string]>([
		[
			"refused, so it costs nothing",
			{ kind: "refused", status: 400, code: "invalid_value", message: "no", param: "n", retryAfterSeconds: null },
			"free",
		],
		[
			"answered by something between",
			{ kind: "refused", status: 502, code: "http_502", message: "", param: null, retryAfterSeconds: null },
			"unknown",
		],
		["not answered", { kind: "unreachable" }, "unknown"],
	])("may be %s", (_, failure, money) => {
		const card = toCard(makeEntry({ sending: { ...sending, failure } }), NOW, 10);
		expect(card).toMatchObject({ phase: "refused", isLive: false, places: [], loss: { money } });
	});
});

describe("a job that goes on", () => {
	it("is shown by its events before anything was asked", () => {
		const events = makeEvents(ACCEPTED, { type: "submitted", queue_position: 3 });
		expect(toCard(makeEntry({ events }), NOW, 20)).toMatchObject({
			phase: "queued",
			position: 3,
			prompt: "a fox",
			elapsedSeconds: 10,
			bar: 0.4,
			percent: null,
			cancelling: "free",
		});
	});

	it("says what its log says", () => {
		const events = makeEvents(ACCEPTED, { type: "running", logs: ["a", "50%|█"] });
		expect(toCard(makeEntry({ events }), NOW, null)).toMatchObject({ percent: 50, logs: ["a", "50%|█"] });
	});

	it("says when it is sent again", () => {
		const events = makeEvents(ACCEPTED, { type: "refused", status: 429, retry_at: ACCEPTED_AT + 14 });
		expect(toCard(makeEntry({ events }), NOW, null)).toMatchObject({ phase: "resubmitting", retryInSeconds: 4 });
		expect(toCard(makeEntry({ events }), NOW + 9_000, null).retryInSeconds).toBe(0);
	});

	it.each<readonly [phase: string, event: MadeEvent, cancelling: "free" | "paid" | "unknown" | null]>([
		["queued", { type: "queued", queue_position: 1 }, "free"],
		["submitted again", { type: "refused", retry_at: 1 }, "free"],
		["unknown", { type: "answer_lost" }, "unknown"],
		["running", { type: "running", logs: [] }, "paid"],
		["storing", { type: "generated", outputs: 1 }, null],
		["cancelling", { type: "cancelling" }, null],
	])("may be cancelled: %s", (_, event, cancelling) => {
		const entry = makeEntry({ events: makeEvents(ACCEPTED, event) });
		expect(toCard(entry, NOW, null).cancelling).toBe(cancelling);
		expect(toCard({ ...entry, asked: "cancel" }, NOW, null)).toMatchObject({ cancelling: null, isAsked: true });
	});

	it("shows the pictures that are there, and keeps places for the others", () => {
		const events = makeEvents(
			{ ...ACCEPTED, request: { ...ACCEPTED.request, n: 3 } },
			{ type: "output", output: { type: "image", ...makePicture({ index: 1 }) } },
			{ type: "output_lost", index: 2, message: "gone" },
		);
		expect(toCard(makeEntry({ events }), NOW, null).places).toEqual([
			{ kind: "pending", index: 0 },
			{ kind: "picture", index: 1, picture: makePicture({ index: 1 }) },
			{ kind: "missing", index: 2, why: "gone" },
		]);
	});

	it("goes on with a successor, and says so", () => {
		const events = makeEvents(ACCEPTED, { type: "rerouted", from: "flux-schnell", to: "flux-2" });
		const card = toCard(makeEntry({ job: makeJob(), events }), NOW, null);
		expect(card.model).toBe("flux-2");
		expect(card.chips[0]).toEqual({ of: "model", text: "flux-2", asked: "flux-schnell" });
	});
});

describe("a job that ended", () => {
	const cost = { usd: 0.04, basis: "estimated", charge: "paid" } as const;

	it("shows its pictures, its time and what it cost", () => {
		const job = makeJob({ ...ENDED, status: "succeeded", images: [makePicture()], cost });
		expect(toCard(makeEntry({ job }), NOW, 20)).toMatchObject({
			phase: "done",
			isLive: false,
			elapsedSeconds: 7,
			bar: null,
			cost: { usd: 0.04, charge: "paid" },
			loss: null,
			cancelling: null,
			places: [{ kind: "picture" }],
		});
	});

	it("waits for the pictures that may still come late, and for no others", () => {
		const request = { ...makeJob().request, n: 3 };
		const job = makeJob({
			...ENDED,
			status: "succeeded",
			request,
			images: [makePicture({ index: 1 })],
			images_pending: 1,
		});
		expect(toCard(makeEntry({ job }), NOW, null).places.map(({ kind }) => kind)).toEqual([
			"pending",
			"picture",
			"missing",
		]);
	});

	it("says how many are missing", () => {
		const job = makeJob({
			...ENDED,
			status: "succeeded",
			request: { ...makeJob().request, n: 2 },
			images: [makePicture()],
		});
		expect(toCard(makeEntry({ job }), NOW, null).chips).toContainEqual({ of: "count", text: "1", asked: "2" });
	});

	const blocked = { message: "blocked", type: "image_generation_user_error", param: null, code: "moderation_blocked" };
	const unknown = { ...blocked, code: "upstream_outcome_unknown" };

	it.each([
		["kept", makeJob({ ...ENDED, status: "failed", error: blocked, cost: { ...cost, charge: "kept" } }), "kept"],
		["not paid", makeJob({ ...ENDED, status: "failed", error: blocked, cost: { ...cost, charge: "free" } }), "free"],
		["paid", makeJob({ ...ENDED, status: "failed", error: blocked, cost }), "paid"],
		["unknown", makeJob({ ...ENDED, status: "failed", error: unknown, cost: { ...cost, charge: "kept" } }), "unknown"],
		["not said", makeJob({ ...ENDED, status: "failed", error: blocked }), "unknown"],
		["cancelled for nothing", makeJob({ ...ENDED, status: "cancelled", cost: { ...cost, charge: "free" } }), "free"],
	])("says why it failed, and the money: %s", (_, job, money) => {
		const card = toCard(makeEntry({ job }), NOW, null);
		expect(card.loss).toMatchObject({ money, code: job.error?.code ?? null });
		expect(card.bar).toBeNull();
	});

	it("has failed by its events alone, before it is asked", () => {
		const events = makeEvents(ACCEPTED, { type: "failed", error: blocked });
		expect(toCard(makeEntry({ events }), NOW, null)).toMatchObject({
			phase: "failed",
			loss: { code: "moderation_blocked", message: "blocked", money: "unknown" },
			places: [{ kind: "missing", why: "" }],
		});
	});

	it("shows no more places than a card can have", () => {
		const images = [makePicture({ index: 9_999_999 })];
		expect(
			toCard(makeEntry({ job: makeJob({ ...ENDED, status: "succeeded", images }) }), NOW, null).places,
		).toHaveLength(64);
	});
});

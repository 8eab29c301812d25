import { describe, expect, it } from "vitest";
import { makeLog } from "../../test/support/flows.ts";
import { makeAccepted, makeRequest, NOW } from "../../test/support/make.ts";
import type { EventBody, SlotEventBody } from "./events.ts";
import { EMPTY, exists, fold, isErasable, nextSlot, type State } from "./state.ts";

const DETAILS = makeAccepted({ request: makeRequest({ n: 7 }), clientWebhook: "https://client.test/hook" });
const ACCEPTED: EventBody = { type: "accepted", ...DETAILS };
const ERROR = { code: "upstream_failed", message: "fal says: it broke" } as const;
const FAILED: EventBody = { type: "failed", error: ERROR };
const SUCCEEDED: EventBody = { type: "succeeded", seconds: 3 };

function submitting(first: number, count: number): SlotEventBody {
	const used = { size: "16:9", aspectRatio: "16:9", quality: "auto", outputFormat: "png" } as const;
	return { type: "submitting", endpoint: "fal-ai/imagen4/preview", used, first, count };
}

function inSlot(slot: number, event: SlotEventBody): EventBody {
	return { type: "slot", slot, event };
}

function ended(slot: number, outcome: "succeeded" | "failed" | "cancelled"): EventBody {
	return { type: "slot_ended", slot, outcome, missing: [], ...(outcome === "failed" ? { error: ERROR } : {}) };
}

/** A job whose slot 0 makes the pictures 0–3, and slot 1 the others. */
const TWO = [ACCEPTED, submitting(0, 4), inSlot(1, submitting(4, 3))];

function stateOf(...bodies: readonly EventBody[]): State {
	return fold(makeLog(...bodies));
}

/** The state without its number, which every event moves. */
function unnumbered(state: State): Omit<State, "seq"> {
	const { seq: _, ...rest } = state;
	return rest;
}

describe("a job exists", () => {
	it("from its first event on", () => {
		expect(exists(EMPTY)).toBe(false);
		expect(exists(stateOf(SUCCEEDED))).toBe(false);
		expect(exists(stateOf(ACCEPTED))).toBe(true);
	});

	it("is not erased before that", () => {
		expect(isErasable(EMPTY, NOW)).toBe(false);
	});
});

describe("an event", () => {
	it.each<readonly [event: EventBody["type"], bodies: readonly EventBody[], flags: object]>([
		["client_left", [{ type: "client_left" }], { clientLeft: true, deleting: false }],
		["delivered", [{ type: "client_left" }, { type: "delivered" }], { clientLeft: false, deleting: false }],
		["deleting", [{ type: "deleting" }], { clientLeft: false, deleting: true }],
	])("of the whole job reaches each slot: %s", (_, bodies, flags) => {
		const { slots } = stateOf(...TWO, ...bodies);
		expect(slots).toEqual([0, 1].map(() => expect.objectContaining({ job: expect.objectContaining(flags) })));
	});

	it.each<readonly [what: string, event: EventBody]>([
		["a slot that is not the next", inSlot(2, { type: "refused", status: 429, retryAt: NOW })],
		["a slot far behind", inSlot(7, { type: "refused", status: 429, retryAt: NOW })],
		["the end of a slot that never began", ended(2, "failed")],
		["a late failure of a slot that goes on", inSlot(1, { type: "late_failure", requestId: "r-1", error: ERROR })],
		["a notice that was taken, before there was one", { type: "notified", status: 204 }],
		["a bill, before there was an end", { type: "billed", costs: [], retryAt: NOW }],
		["a notice that failed, before there was one", { type: "notice_failed", status: 500, retryAt: NOW }],
	])("means nothing if it is of %s", (_, event) => {
		expect(unnumbered(stateOf(...TWO, event))).toEqual(unnumbered(stateOf(...TWO)));
	});

	it("means nothing if it is a bill that nobody asks for", () => {
		const over: readonly EventBody[] = [...TWO, { type: "failed", error: ERROR }];
		const billed: EventBody = { type: "billed", costs: [], retryAt: NOW };
		expect(unnumbered(stateOf(...over, billed))).toEqual(unnumbered(stateOf(...over)));
	});

	it("begins no slot but the next", () => {
		const one = stateOf(ACCEPTED, submitting(0, 4));
		const refused = (slot: number) => inSlot(slot, { type: "refused", status: 429, retryAt: NOW });
		expect(unnumbered(stateOf(ACCEPTED, submitting(0, 4), refused(2)))).toEqual(unnumbered(one));
		expect(stateOf(ACCEPTED, submitting(0, 4), refused(1)).slots.length).toBe(2);
	});

	it("begins no slot when each picture is asked of one", () => {
		const one = stateOf(ACCEPTED, submitting(0, 7));
		const refused = inSlot(1, { type: "refused", status: 429, retryAt: NOW });
		expect(unnumbered(fold(makeLog(ACCEPTED, submitting(0, 7), refused)))).toEqual(unnumbered(one));
	});
});

describe("the first end counts", () => {
	it("of a slot", () => {
		const { slots } = stateOf(...TWO, ended(1, "failed"), ended(1, "succeeded"));
		expect(slots[1]).toMatchObject({ outcome: "failed", error: ERROR });
	});

	it("of a slot before that of its job", () => {
		const { slots } = stateOf(...TWO, ended(0, "failed"), ended(1, "succeeded"), SUCCEEDED);
		expect(slots.map((slot) => "outcome" in slot && slot.outcome)).toEqual(["failed", "succeeded"]);
	});

	it("of a job", () => {
		const { end } = stateOf(ACCEPTED, SUCCEEDED, FAILED);
		expect(end).toMatchObject({ outcome: "succeeded", error: null });
	});
});

describe("the end of a job", () => {
	const notice = { since: NOW, dueAt: NOW };

	it.each<readonly [EventBody["type"], event: EventBody, end: object]>([
		["succeeded", SUCCEEDED, { outcome: "succeeded", error: null, notice, bill: null }],
		["failed", FAILED, { outcome: "failed", error: ERROR, notice, bill: null }],
		["cancelled", { type: "cancelled" }, { outcome: "cancelled", error: null, notice, bill: null }],
	])("is kept with its notice: %s", (_, event, end) => {
		expect(stateOf(ACCEPTED, event).end).toEqual(end);
	});

	it("has no notice if the client has no webhook", () => {
		const { clientWebhook: _, ...others } = DETAILS;
		expect(stateOf({ type: "accepted", ...others }, SUCCEEDED).end?.notice).toBeNull();
	});

	it.each<readonly [what: string, bodies: readonly EventBody[], notice: object | null]>([
		["is taken", [{ type: "notified", status: 204 }], null],
		["is given up", [{ type: "notice_failed", status: 500, retryAt: null }], null],
		[
			"is tried again",
			[{ type: "notice_failed", status: 500, retryAt: NOW + 5_000 }],
			{ since: NOW, dueAt: NOW + 5_000 },
		],
		[
			"was taken before another try failed",
			[
				{ type: "notified", status: 204 },
				{ type: "notice_failed", status: 500, retryAt: NOW + 5_000 },
			],
			null,
		],
	])("forgets a notice that %s", (_, bodies, left) => {
		expect(stateOf(ACCEPTED, SUCCEEDED, ...bodies).end?.notice).toEqual(left);
	});
});

describe("no further slot begins", () => {
	const cancelling: SlotEventBody = { type: "cancelling", why: "client" };

	it.each<readonly [stopped: boolean, when: string, bodies: readonly EventBody[]]>([
		[false, "one succeeds", [ended(0, "succeeded")]],
		[true, "one fails", [ended(0, "failed")]],
		[true, "one is cancelled", [ended(1, "cancelled")]],
		[true, "one is being cancelled", [inSlot(1, cancelling)]],
		[true, "one was being cancelled, and succeeds", [cancelling, ended(0, "succeeded")]],
		[false, "one is refused for now", [inSlot(1, { type: "refused", status: 429, retryAt: NOW })]],
	])("is %s when %s", (stopped, _, bodies) => {
		expect(stateOf(...TWO, ...bodies).stopped).toBe(stopped);
	});
});

describe("the next slot", () => {
	it("is asked for the pictures that no other is asked for, of the model that draws now", () => {
		const rerouted: SlotEventBody = { type: "rerouted", from: "imagen4-preview", to: "other-model", why: "model_gone" };
		const kept: SlotEventBody = { type: "addresses_kept", requestId: "r-1", addresses: ["https://cdn.test/a.mp4"] };
		const next = nextSlot(stateOf(ACCEPTED, rerouted, submitting(0, 4), kept), NOW + 1);
		expect(next).toMatchObject({ phase: "accepted", retryAt: NOW + 1 });
		expect(next?.job).toMatchObject({ model: "other-model", endpoint: "other-model", first: 4, count: 3 });
		expect(next?.job.addressesKept).toBe(false);
	});

	it("is none before the first, and when each picture is asked of one", () => {
		expect(nextSlot(EMPTY, NOW)).toBeNull();
		expect(nextSlot(stateOf(...TWO), NOW)).toBeNull();
		expect(nextSlot(stateOf(ACCEPTED, submitting(0, 8)), NOW)).toBeNull();
	});
});

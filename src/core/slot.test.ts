import { describe, expect, it } from "vitest";
import { makeLog, onlySlot } from "../../test/support/flows.ts";
import { makeAccepted, makeRequest, NOW, UPSTREAM } from "../../test/support/make.ts";
import type { EventBody, JobEvent } from "./events.ts";
import { cancellationOf, type Slot, transferOf, upstreamOf } from "./slot.ts";
import { EMPTY, evolve, fold } from "./state.ts";

const accepted: EventBody = { type: "accepted", ...makeAccepted() };
function submitting(endpoint = "fal-ai/imagen4/preview"): EventBody {
	return {
		type: "submitting",
		endpoint,
		used: { size: "16:9", aspectRatio: "16:9", quality: "auto", outputFormat: "png" },
	};
}
const submitted: EventBody = { type: "submitted", ...UPSTREAM, position: 2 };
const cancelling: EventBody = { type: "cancelling", why: "client" };
const generated: EventBody = {
	type: "generated",
	requestId: "r-1",
	outputs: [
		{ url: "https://cdn.test/0.png", nsfw: false },
		{ url: null, nsfw: true },
	],
};
const failed: EventBody = { type: "failed", error: { code: "deadline_exceeded", message: "late" } };
function image(index: number, type: "image" | "late_image" = "image"): EventBody {
	const key = `images/1/${index}.png`;
	return { type, index, key, contentType: "image/png", bytes: 3, width: 1, height: 1, nsfw: false };
}
function slotAfter(...events: readonly EventBody[]): Slot {
	return onlySlot(fold(makeLog(...events)));
}

describe("the state of a slot", () => {
	it.each<readonly [phase: Slot["phase"], when: string, events: readonly EventBody[], more: object]>([
		["accepted", "when it is accepted", [accepted], { retryAt: NOW }],
		["submitting", "from the intent on", [accepted, submitting()], { since: NOW, cancelling: null }],
		[
			"accepted",
			"when fal refused the submit",
			[accepted, submitting(), { type: "refused", status: 429, retryAt: NOW + 5 }],
			{ retryAt: NOW + 5 },
		],
		[
			"unknown",
			"when the answer was lost",
			[accepted, submitting(), { type: "answer_lost", settleBy: NOW + 9 }],
			{ settleBy: NOW + 9 },
		],
		["queued", "when fal has the request", [accepted, submitting(), submitted], { upstream: UPSTREAM, position: 2 }],
		[
			"queued",
			"when its position changes",
			[accepted, submitting(), submitted, { type: "queued", position: 1 }],
			{ position: 1, submittedAt: NOW },
		],
		[
			"running",
			"when fal runs it",
			[accepted, submitting(), submitted, { type: "running", logs: ["a", "b"] }],
			{ logs: ["a", "b"], upstream: UPSTREAM, submittedAt: NOW },
		],
		["fetching", "when fal is done", [accepted, submitting(), submitted, { type: "completed" }], { since: NOW }],
		[
			"storing",
			"when the result is there",
			[accepted, submitting(), submitted, generated],
			{ upstream: UPSTREAM, transfer: { pending: [0, 1], stored: 0 } },
		],
		[
			"storing",
			"when a webhook brings the result before the submit's answer",
			[accepted, submitting(), generated],
			{ upstream: { requestId: "r-1", statusUrl: null, responseUrl: null, cancelUrl: null } },
		],
		["ended", "when it failed", [accepted, submitting(), submitted, failed], { outcome: "failed", upstream: UPSTREAM }],
		["ended", "when it was cancelled", [accepted, { type: "cancelled" }], { outcome: "cancelled", upstream: null }],
		[
			"ended",
			"when it succeeded",
			[accepted, submitting(), submitted, generated, image(0), image(1), { type: "succeeded", seconds: 1 }],
			{ outcome: "succeeded", error: null, transfer: { pending: [], stored: 2 } },
		],
	])("is %s %s", (phase, _, events, more) => {
		expect(slotAfter(...events)).toMatchObject({ phase, ...more });
	});

	it("means nothing to a slot that no longer waits for its submit if an account is refused", () => {
		const refused: EventBody = {
			type: "account_refused",
			falAccount: "aaaa",
			error: { code: "insufficient_quota", message: "fal says: no" },
		};
		expect(slotAfter(accepted, submitting(), submitted, refused)).toEqual(slotAfter(accepted, submitting(), submitted));
	});

	it("keeps what was accepted, and when", () => {
		const { type: _, ...request } = { type: "accepted", ...makeAccepted() };
		expect(slotAfter(accepted, submitting(), submitted, failed)).toMatchObject({
			job: { ...request, acceptedAt: NOW, deleting: false, clientLeft: false },
		});
	});

	it("keeps the endpoint of the last submit, and before it the model's id", () => {
		const model = "fal-ai/flux/dev";
		const raw: EventBody = { type: "accepted", ...makeAccepted({ request: makeRequest({ model }) }) };
		const rerouted: EventBody = { type: "rerouted", from: model, to: "imagen4-preview", why: "model_gone" };
		expect(slotAfter(raw)).toMatchObject({ job: { model, endpoint: model } });
		expect(slotAfter(raw, submitting("a/b"))).toMatchObject({ job: { endpoint: "a/b" } });
		const after = [raw, submitting("a/b"), rerouted];
		expect(slotAfter(...after)).toMatchObject({ job: { model: "imagen4-preview", endpoint: "a/b" } });
		expect(slotAfter(...after, submitting("c/d"), submitted, generated, failed)).toMatchObject({
			job: { model: "imagen4-preview", endpoint: "c/d" },
		});
	});

	it("keeps a cancellation while the request moves on, and forgets it with another submit", () => {
		const begun = [accepted, submitting(), cancelling];
		for (const events of [
			[],
			[submitted],
			[submitted, { type: "queued", position: 1 }],
			[submitted, { type: "running", logs: [] }],
			[{ type: "answer_lost", settleBy: NOW }],
			[{ type: "answer_lost", settleBy: NOW }, submitted],
		] as const satisfies readonly (readonly EventBody[])[]) {
			expect(cancellationOf(slotAfter(...begun, ...events))).toEqual({ since: NOW, why: "client" });
		}
		const refused: EventBody = { type: "refused", status: null, retryAt: NOW };
		expect(cancellationOf(slotAfter(...begun, refused, submitting()))).toBeNull();
	});

	it("takes each picture off the list once, whether it is stored or lost, late or not", () => {
		const lost: EventBody = { type: "image_lost", index: 1, why: "404" };
		const storing = [accepted, submitting(), submitted, generated];
		expect(transferOf(slotAfter(...storing, image(1)))).toMatchObject({ pending: [0], stored: 1 });
		expect(transferOf(slotAfter(...storing, lost))).toMatchObject({ pending: [0], stored: 0 });
		const late = [accepted, submitting(), failed, generated];
		expect(transferOf(slotAfter(...late, image(0, "late_image"), lost))).toMatchObject({ pending: [], stored: 1 });
	});

	it("stays ended when a result comes late, and learns the request from it", () => {
		const late = slotAfter(accepted, submitting(), failed, generated);
		expect(late).toMatchObject({ phase: "ended", outcome: "failed", transfer: { pending: [0, 1] } });
		expect(upstreamOf(late)?.requestId).toBe("r-1");
	});

	it("remembers that a client left until another has the answer, and a deletion for ever", () => {
		const left = [accepted, { type: "client_left" }] as const;
		expect(slotAfter(...left)).toMatchObject({ job: { clientLeft: true } });
		expect(slotAfter(...left, { type: "delivered" })).toMatchObject({ job: { clientLeft: false } });
		expect(slotAfter(accepted, { type: "deleting" }, { type: "cancelled" })).toMatchObject({
			job: { deleting: true },
		});
	});

	it("is accepted again when it goes on with another model", () => {
		const rerouted: EventBody = { type: "rerouted", from: "a", to: "b", why: "model_gone" };
		expect(slotAfter(accepted, submitting(), rerouted)).toMatchObject({ phase: "accepted", retryAt: NOW });
	});

	it("knows since when a lost submit was under way, or takes the loss for its begin", () => {
		const lost: EventBody = { type: "answer_lost", settleBy: NOW + 9_000, lookUpAt: NOW + 8_000 };
		const later = (events: readonly EventBody[]) =>
			onlySlot(fold(events.map((body, index) => ({ ...body, seq: index + 1, at: NOW + index }))));
		expect(later([accepted, submitting(), lost])).toMatchObject({ since: NOW + 1, lostAt: NOW + 2 });
		expect(later([accepted, lost])).toMatchObject({ since: NOW + 1, lostAt: NOW + 1 });
	});

	it("keeps what fal said of a failure, and the tries to fetch more words", () => {
		const error = { code: "upstream_failed", message: "fal says: it broke" } as const;
		const fetching = [accepted, submitting(), submitted];
		const again: EventBody = { type: "completed" };
		const told: EventBody = { type: "completed", error };
		const tried: EventBody = { type: "result_unavailable", status: 500, retryFor: "an_hour" };
		expect(slotAfter(...fetching, told, again)).toMatchObject({ phase: "fetching", error });
		expect(slotAfter(...fetching, again, tried, told)).toMatchObject({ phase: "fetching", error, tries: 1 });
		expect(slotAfter(...fetching, again)).toMatchObject({ error: null, tries: 0, triedAt: null });
	});

	it("counts the silence from its first answer in a row", () => {
		const tried = (retryFor: "minutes" | "an_hour"): EventBody => ({
			type: "result_unavailable",
			status: 500,
			retryFor,
		});
		const begun = [accepted, submitting(), submitted, { type: "completed" }] as const satisfies EventBody[];
		const silentSince = (...events: readonly EventBody[]) => {
			const log = [...begun, ...events].map((body, index) => ({ ...body, seq: index + 1, at: NOW + index }));
			const slot = onlySlot(fold(log));
			return slot.phase === "fetching" ? slot.silentSince : slot.phase;
		};
		expect(silentSince(tried("an_hour"))).toBeNull();
		expect(silentSince(tried("minutes"), tried("minutes"))).toBe(NOW + 4);
		expect(silentSince(tried("minutes"), tried("an_hour"))).toBeNull();
		expect(silentSince(tried("minutes"), tried("an_hour"), tried("minutes"))).toBe(NOW + 6);
	});

	it.each<readonly [what: string, before: readonly EventBody[], event: EventBody]>([
		[
			"a look into fal's list once fal has the request",
			[accepted, submitting(), submitted],
			{ type: "looked_up", lookUpAt: 7 },
		],
		[
			"a result that cannot be had before fal is done",
			[accepted, submitting(), submitted],
			{ type: "result_unavailable", status: 500, retryFor: "minutes" },
		],
		["a picture of a job that ended without a result", [accepted, submitting(), failed], image(0, "late_image")],
		["an event before the job was accepted", [], submitted],
		["a second accepted", [accepted, submitting()], { type: "accepted", ...makeAccepted({ account: "other" }) }],
		["a position before fal had the request", [accepted, submitting()], { type: "queued", position: 1 }],
		["a completion before fal had the request", [accepted, submitting()], { type: "completed" }],
		["a cancellation of what fal has finished", [accepted, submitting(), submitted, generated], cancelling],
		["a picture that nobody awaits", [accepted, submitting(), submitted], image(0)],
	])("only counts %s", (_, events, event) => {
		const before = fold(makeLog(...events));
		expect(evolve(before, { ...event, seq: 99, at: NOW })).toEqual({ ...before, seq: 99 });
	});

	it("only counts an event of a version that it does not know", () => {
		const before = fold(makeLog(accepted, submitting()));
		const unknown: JobEvent = JSON.parse('{"type":"from_the_future","seq":3,"at":1}');
		expect(evolve(before, unknown)).toEqual({ ...before, seq: 3 });
		expect(evolve(EMPTY, unknown)).toEqual({ ...EMPTY, seq: 3 });
	});
});

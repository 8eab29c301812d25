import { describe, expect, it } from "vitest";
import { type Flow, onlySlot, runFlow, runTimed, typesOf } from "../../test/support/flows.ts";
import {
	answerLost,
	busy,
	cancel,
	cancelAnswered,
	completed,
	done,
	failure,
	gone,
	lostImage,
	ofAnother,
	outputs,
	queued,
	refused,
	remove,
	running,
	start,
	stored,
	submitted,
	tick,
	tooEarly,
	unavailable,
	unreachable,
	unreadable,
} from "../../test/support/logs.ts";
import { makeRequest, NOW, UPSTREAM } from "../../test/support/make.ts";
import { isSubmitSettled } from "./from-fal.ts";
import type { Input } from "./inputs.ts";

describe("a submit's answer", () => {
	it.each<Flow>([
		["brings the request", [start(), submitted()], ["accepted", "submitting", "submitted"], ["submit"]],
		["means nothing twice", [start(), submitted(), submitted()], ["accepted", "submitting", "submitted"], ["submit"]],
		[
			"tries a busy queue again at the alarm",
			[start(), busy, tick, submitted()],
			["accepted", "submitting", "refused", "submitting", "submitted"],
			["submit", "submit"],
		],
		[
			"tries a queue that cannot be reached again at the alarm",
			[start(), unreachable, tick, submitted()],
			["accepted", "submitting", "refused", "submitting", "submitted"],
			["submit", "submit"],
		],
		["fails a job that fal refused", [start(), refused], ["accepted", "submitting", "failed"], ["submit"]],
		[
			"goes on once with the model's successor",
			[start(), gone, submitted()],
			["accepted", "submitting", "rerouted", "submitting", "submitted"],
			["submit", "submit"],
		],
		[
			"fails when the successor is gone, too",
			[start(), gone, gone],
			["accepted", "submitting", "rerouted", "submitting", "failed"],
			["submit", "submit"],
		],
		[
			"cancels the request if the client cancelled meanwhile",
			[start(), cancel, submitted(), cancelAnswered("accepted")],
			["accepted", "submitting", "cancelling", "submitted", "cancelled"],
			["submit", "cancel"],
		],
		[
			"ends a cancelled job that fal refused",
			[start(), cancel, busy],
			["accepted", "submitting", "cancelling", "cancelled"],
			["submit"],
		],
		[
			"is taken after it seemed lost, but a refusal is not",
			[start(), answerLost, busy, submitted()],
			["accepted", "submitting", "answer_lost", "submitted"],
			["submit"],
		],
		[
			"does not go on with a successor that is not offered",
			[start({ successor: null }), gone],
			["accepted", "submitting", "failed"],
			["submit"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});

	it.each([
		["imagen4-preview", "fal no longer offers this model. Its successor 'nano-banana-2' is not offered here."],
		["flux-schnell", "fal no longer offers this model."],
	])("says that %s has a successor, though not here", (model, message) => {
		const { log } = runFlow([start({ successor: null, request: makeRequest({ model }) }), gone]);
		expect(log.at(-1)).toMatchObject({ type: "failed", error: { code: "model_not_found", message } });
	});

	it("says so behind a sentence of fal's that has no full stop, too", () => {
		const error = { code: "model_not_found", message: "fal says: no such app" } as const;
		const { log } = runFlow([start({ successor: null }), { type: "submit_answered", answer: { kind: "gone", error } }]);
		const message = "fal says: no such app. Its successor 'nano-banana-2' is not offered here.";
		expect(log.at(-1)).toMatchObject({ error: { message } });
	});

	it.each([
		[12_001, { type: "refused", retryAt: NOW + 12_000 }],
		[12_000, { type: "failed", error: { code: "rate_limit_exceeded" } }],
		[10_000, { type: "failed", error: { code: "rate_limit_exceeded" } }],
	])("of a busy queue fails a job whose deadline of %i ms comes before its next try", (deadlineMs, end) => {
		const { log } = runTimed([
			[start({ deadlineAt: NOW + deadlineMs }), 0],
			[busy, 6_000],
		]);
		expect(log.at(-1)).toMatchObject(end);
	});

	it("says from which model a job goes on with which other, and why", () => {
		const { log } = runFlow([start(), gone]);
		expect(log[2]).toMatchObject({
			type: "rerouted",
			from: "imagen4-preview",
			to: "nano-banana-2",
			why: "model_gone",
		});
	});
});

describe("a status", () => {
	it.each<Flow>([
		[
			"is written when it says something new",
			[start(), submitted(2), queued(2), queued(1), running(), running("a"), running("a"), running("a", "b")],
			["accepted", "submitting", "submitted", "queued", "running", "running", "running"],
			["submit"],
		],
		[
			"is written when the last line of a full window is new",
			[start(), submitted(), running("a", "b"), running("b", "c")],
			["accepted", "submitting", "submitted", "running", "running"],
			["submit"],
		],
		[
			"is not written when lines are gone from the window, or all of them",
			[start(), submitted(), running("a", "b"), running("b"), running()],
			["accepted", "submitting", "submitted", "running"],
			["submit"],
		],
		[
			"fetches the result when fal is done",
			[start(), submitted(), completed],
			["accepted", "submitting", "submitted"],
			["submit", "fetch_result"],
		],
		[
			"is written when there are more lines, though the last one is as before",
			[start(), submitted(), running("a"), running("b", "a")],
			["accepted", "submitting", "submitted", "running", "running"],
			["submit"],
		],
		[
			"that cannot be read three times has the result asked for, while the request waits and while it runs",
			[start(), submitted(), unreadable, running("a"), unreadable],
			["accepted", "submitting", "submitted", "running"],
			["submit", "fetch_result", "fetch_result"],
		],
		[
			"that cannot be read means nothing before fal has the request, while it is cancelled, and at its end",
			[start(), unreadable, submitted(), cancel, unreadable, cancelAnswered("accepted"), unreadable],
			["accepted", "submitting", "submitted", "cancelling", "cancelled"],
			["submit", "cancel"],
		],
		[
			"means nothing before fal has the request, and after its result",
			[start(), queued(1), submitted(), outputs(1), running("a"), completed],
			["accepted", "submitting", "submitted", "generated"],
			["submit", "store"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});
});

describe("the position in the queue", () => {
	it("is written once for each change, after a run, too", () => {
		const inputs = [start(), submitted(2), queued(2), queued(1), queued(1), running("a"), queued(1), queued(null)];
		const { log } = runFlow(inputs);
		const told = log.flatMap((event) => (event.type === "queued" ? [event.position] : []));
		expect(told).toEqual([1, 1, null]);
	});
});

describe("a result", () => {
	it.each<Flow>([
		[
			"of another request is not taken",
			[start(), submitted(), ofAnother],
			["accepted", "submitting", "submitted"],
			["submit"],
		],
		[
			"that failed fails the job",
			[start(), submitted(), failure],
			["accepted", "submitting", "submitted", "failed"],
			["submit"],
		],
		[
			"may come by a webhook before the submit's answer",
			[start(), outputs(1), submitted(), stored(0)],
			["accepted", "submitting", "generated", "image", "succeeded"],
			["submit", "store"],
		],
		[
			"that a webhook could not carry is fetched",
			[start(), submitted(), done],
			["accepted", "submitting", "submitted"],
			["submit", "fetch_result"],
		],
		[
			"that an early webhook could not carry tells of the request",
			[start(), done, outputs(1), stored(0)],
			["accepted", "submitting", "submitted", "generated", "image", "succeeded"],
			["submit", "fetch_result", "store"],
		],
		[
			"that a webhook could not carry is fetched after the end, too",
			[start(), submitted(), cancel, cancelAnswered("accepted"), done, outputs(1), stored(0)],
			["accepted", "submitting", "submitted", "cancelling", "cancelled", "generated", "late_image"],
			["submit", "cancel", "fetch_result", "store"],
		],
		[
			"that comes after a cancellation is stored as late",
			[start(), submitted(), cancel, cancelAnswered("accepted"), outputs(1), stored(0)],
			["accepted", "submitting", "submitted", "cancelling", "cancelled", "generated", "late_image"],
			["submit", "cancel", "store"],
		],
		[
			"that comes late a second time changes nothing",
			[start(), submitted(), cancel, cancelAnswered("accepted"), outputs(1), outputs(2), done],
			["accepted", "submitting", "submitted", "cancelling", "cancelled", "generated"],
			["submit", "cancel", "store"],
		],
		[
			"that failed after the end changes nothing",
			[start(), submitted(), cancel, cancelAnswered("accepted"), failure],
			["accepted", "submitting", "submitted", "cancelling", "cancelled"],
			["submit", "cancel"],
		],
		[
			"that failed ends a cancelled job as cancelled",
			[start(), submitted(), cancel, failure],
			["accepted", "submitting", "submitted", "cancelling", "cancelled"],
			["submit", "cancel"],
		],
		[
			"that only told of a failure keeps the request: it was at fal, and may have cost",
			[start(), answerLost, failure],
			["accepted", "submitting", "answer_lost", "submitted", "failed"],
			["submit"],
		],
		[
			"that cannot be had is asked for again",
			[start(), submitted(), unavailable, tick, outputs(1)],
			["accepted", "submitting", "submitted", "completed", "result_unavailable", "generated"],
			["submit", "fetch_result", "store"],
		],
		[
			"that is not ready is asked for again",
			[start(), submitted(), tooEarly],
			["accepted", "submitting", "submitted", "completed", "result_unavailable"],
			["submit"],
		],
		[
			"of a deleted job ends it, and is dropped",
			[start(), submitted(), remove, outputs(1)],
			["accepted", "submitting", "submitted", "deleting", "cancelling", "completed", "cancelled"],
			["submit", "cancel", "erase"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});

	it.each([
		[3_599_000, ["completed", "result_unavailable", "result_unavailable"]],
		[3_600_000, ["completed", "result_unavailable", "failed"]],
	])("that cannot be had for %i ms leaves %j", (ageMs, types) => {
		const { log } = runTimed([
			[start({ deadlineAt: NOW + 900_000 }), 0],
			[submitted(), 0],
			[unavailable, 0],
			[unavailable, ageMs],
		]);
		expect(log.slice(3).map(({ type }) => type)).toEqual(types);
	});

	it("keeps its data: URIs out of the log", () => {
		const inline: Input = {
			type: "result",
			requestId: UPSTREAM.requestId,
			result: { kind: "outputs", outputs: [{ url: "data:image/png;base64,AAAA", nsfw: false }] },
		};
		const { log, effects } = runFlow([start(), submitted(), inline]);
		expect(JSON.stringify(log)).not.toContain("data:");
		expect(effects.at(-1)).toMatchObject({ type: "store", url: null });
	});
});

describe("a picture", () => {
	it.each<Flow>([
		[
			"that is stored does not end the job while others are awaited",
			[start(), submitted(), outputs(2), stored(1)],
			["accepted", "submitting", "submitted", "generated", "image"],
			["submit", "store", "store"],
		],
		[
			"that is stored twice is written once",
			[start(), submitted(), outputs(1), stored(0), stored(0)],
			["accepted", "submitting", "submitted", "generated", "image", "succeeded"],
			["submit", "store"],
		],
		[
			"that is lost leaves the others to the client",
			[start(), submitted(), outputs(2), lostImage(0), stored(1)],
			["accepted", "submitting", "submitted", "generated", "image_lost", "image", "succeeded"],
			["submit", "store", "store"],
		],
		[
			"that is lost as the only one fails the job",
			[start(), submitted(), outputs(1), lostImage(0)],
			["accepted", "submitting", "submitted", "generated", "image_lost", "failed"],
			["submit", "store"],
		],
		[
			"that is lost late is written, and changes no end",
			[start(), submitted(), cancel, cancelAnswered("accepted"), outputs(1), lostImage(0)],
			["accepted", "submitting", "submitted", "cancelling", "cancelled", "generated", "image_lost"],
			["submit", "cancel", "store"],
		],
		[
			"that nobody awaits means nothing",
			[start(), submitted(), stored(0), lostImage(0)],
			["accepted", "submitting", "submitted"],
			["submit"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});

	it("that is lost as the only one is told as a failure to store", () => {
		const { log } = runFlow([start(), submitted(), outputs(1), lostImage(0)]);
		const message = "fal made the picture, but it could not be fetched from fal.";
		expect(log.at(-1)).toMatchObject({ type: "failed", error: { code: "storing_failed", message } });
	});

	it("says that fal blacked it out", () => {
		const { log } = runFlow([start(), submitted(), outputs(2, [1]), stored(0), stored(1)]);
		expect(log.filter((event) => event.type === "image").map(({ nsfw }) => nsfw)).toEqual([false, true]);
	});

	it.each([
		["never", 0, true],
		["a_minute", 59_999, false],
		["a_minute", 60_000, true],
		["a_day", 86_399_999, false],
		["a_day", 86_400_000, true],
	] as const)("with retryFor %s is given up %i ms after the result: %s", (retryFor, ageMs, lost) => {
		const { log } = runTimed([
			[start(), 0],
			[submitted(), 0],
			[outputs(1), 5],
			[lostImage(0, retryFor), 5 + ageMs],
		]);
		expect(log.some(({ type }) => type === "image_lost")).toBe(lost);
	});
});

describe("isSubmitSettled", () => {
	it.each<readonly [boolean, string, readonly Input[]]>([
		[false, "while the submit is under way", [start()]],
		[false, "when fal refused it", [start(), busy]],
		[false, "when its answer was lost", [start(), answerLost]],
		[true, "when fal has the request", [start(), submitted()]],
		[true, "when a webhook came first", [start(), outputs(1)]],
		[true, "when the job has ended", [start(), refused]],
	])("is %s %s", (settled, _, inputs) => {
		expect(isSubmitSettled(onlySlot(runFlow(inputs).state))).toBe(settled);
	});
});

import { describe, expect, it } from "vitest";
import { type Flow, runFlow, typesOf } from "../../test/support/flows.ts";
import {
	answerLost,
	busy,
	cancel,
	cancelAnswered,
	clientDisconnected,
	completed,
	done,
	failure,
	lookedUp,
	of,
	outputs,
	refused,
	remove,
	resultOf,
	running,
	start,
	stored,
	submitted,
	tick,
	tooEarly,
	unavailable,
} from "../../test/support/logs.ts";
import { NOBODY, NOW } from "../../test/support/make.ts";
import { startMany } from "../../test/support/slots.ts";
import { nextAlarm } from "./alarm.ts";
import { isJoinable, isLeft } from "./from-client.ts";
import type { Input } from "./inputs.ts";
import { EMPTY } from "./state.ts";
import { step } from "./step.ts";

const ACCEPTED = ["accepted", "submitting"] as const;
const SUBMITTED = [...ACCEPTED, "submitted"] as const;

describe("cancel", () => {
	it.each<Flow>([
		["ends a job that fal does not have", [start(), busy, cancel], [...ACCEPTED, "refused", "cancelled"], ["submit"]],
		["waits for the submit's answer", [start(), cancel, cancel], [...ACCEPTED, "cancelling"], ["submit"]],
		[
			"waits for a webhook when the answer was lost",
			[start(), answerLost, cancel],
			[...ACCEPTED, "answer_lost", "cancelling"],
			["submit"],
		],
		[
			"has no answer before fal has the request",
			[start(), cancel, cancelAnswered("accepted"), answerLost, cancelAnswered("not_found")],
			[...ACCEPTED, "cancelling", "answer_lost"],
			["submit"],
		],
		[
			"asks fal first",
			[start(), submitted(), cancel, cancelAnswered("accepted")],
			[...SUBMITTED, "cancelling", "cancelled"],
			["submit", "cancel"],
		],
		[
			"asks fal once, however often the client asks",
			[start(), submitted(), cancel, cancel],
			[...SUBMITTED, "cancelling"],
			["submit", "cancel"],
		],
		[
			"ends the job when fal no longer knows the request",
			[start(), submitted(), cancel, cancelAnswered("not_found")],
			[...SUBMITTED, "cancelling", "cancelled"],
			["submit", "cancel"],
		],
		[
			"goes on when fal's answer is unclear",
			[start(), submitted(), cancel, cancelAnswered("unclear"), tick],
			[...SUBMITTED, "cancelling"],
			["submit", "cancel", "cancel"],
		],
		[
			"goes on when the request starts meanwhile",
			[start(), submitted(), cancel, running(), cancelAnswered("accepted")],
			[...SUBMITTED, "cancelling", "running", "cancelled"],
			["submit", "cancel"],
		],
		[
			"is too late when fal is done: the result wins",
			[start(), submitted(), cancel, cancelAnswered("already_completed"), outputs(1), stored(0)],
			[...SUBMITTED, "cancelling", "completed", "generated", "image", "succeeded"],
			["submit", "cancel", "fetch_result", "store"],
		],
		[
			"means nothing while the result is fetched",
			[start(), submitted(), unavailable, cancel],
			[...SUBMITTED, "completed", "result_unavailable"],
			["submit"],
		],
		[
			"means nothing while a picture is stored",
			[start(), submitted(), outputs(1), cancel, stored(0)],
			[...SUBMITTED, "generated", "image", "succeeded"],
			["submit", "store"],
		],
		["means nothing after the end", [start(), refused, cancel], [...ACCEPTED, "failed"], ["submit"]],
		[
			"is not begun by an answer of fal's that nobody asked for",
			[start(), submitted(), cancelAnswered("accepted")],
			[...SUBMITTED],
			["submit"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});
});

describe("delete", () => {
	it.each<Flow>([
		[
			"erases at once what fal does not have",
			[start(), busy, remove],
			[...ACCEPTED, "refused", "deleting", "cancelled"],
			["submit", "erase"],
		],
		[
			"asks fal to stop first",
			[start(), submitted(), running("a"), remove, cancelAnswered("accepted")],
			[...SUBMITTED, "running", "deleting", "cancelling", "cancelled"],
			["submit", "cancel", "erase"],
		],
		[
			"waits for what fal may draw, though it had not begun",
			[start(), submitted(), remove, cancelAnswered("accepted")],
			[...SUBMITTED, "deleting", "cancelling", "cancelled"],
			["submit", "cancel", "drop_pictures"],
		],
		[
			"waits for nothing if no webhook would tell of it",
			[start({ webhook: null }), submitted(), remove, cancelAnswered("accepted")],
			[...SUBMITTED, "deleting", "cancelling", "cancelled"],
			["submit", "cancel", "erase"],
		],
		[
			"drops the pictures that fal draws all the same",
			[start(), submitted(), remove, cancelAnswered("accepted"), tooEarly, outputs(1)],
			[...SUBMITTED, "deleting", "cancelling", "cancelled", "generated"],
			["submit", "cancel", "drop_pictures", "erase"],
		],
		[
			"asks for no result that a webhook only tells of, behind a cancellation too",
			[start(), submitted(), cancel, cancelAnswered("accepted"), remove, done],
			[...SUBMITTED, "cancelling", "cancelled", "deleting", "generated"],
			["submit", "cancel", "drop_pictures", "erase"],
		],
		[
			"is over when fal tells of a failure",
			[start(), submitted(), remove, cancelAnswered("accepted"), failure],
			[...SUBMITTED, "deleting", "cancelling", "cancelled", "late_failure"],
			["submit", "cancel", "drop_pictures", "erase"],
		],
		[
			"asks no second time for a cancellation that is under way",
			[start(), submitted(), cancel, remove],
			[...SUBMITTED, "cancelling", "deleting"],
			["submit", "cancel"],
		],
		[
			"does not fetch what fal has made meanwhile",
			[start(), submitted(), remove, cancelAnswered("already_completed")],
			[...SUBMITTED, "deleting", "cancelling", "completed", "cancelled"],
			["submit", "cancel", "erase"],
		],
		[
			"drops a result that is being fetched",
			[start(), submitted(), unavailable, remove],
			[...SUBMITTED, "completed", "result_unavailable", "deleting", "cancelled"],
			["submit", "erase"],
		],
		[
			"drops pictures that are being stored",
			[start(), submitted(), outputs(1), remove],
			[...SUBMITTED, "generated", "deleting", "cancelled"],
			["submit", "store", "erase"],
		],
		[
			"erases what has ended",
			[start(), submitted(), failure, remove],
			[...SUBMITTED, "failed", "deleting"],
			["submit", "erase"],
		],
		[
			"is written once",
			[start(), submitted(), failure, remove, remove],
			[...SUBMITTED, "failed", "deleting"],
			["submit", "erase"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});

	it("keeps no address of what it drops, and what fal metered", () => {
		const late = resultOf({
			kind: "outputs",
			outputs: [{ url: "https://a.test/a.png", nsfw: true }],
			billableUnits: 3,
		});
		const { log } = runFlow([start(), submitted(), remove, cancelAnswered("accepted"), late]);
		expect(log.at(-1)).toMatchObject({
			type: "generated",
			outputs: [{ url: null, nsfw: false }],
			billableUnits: 3,
		});
		expect(
			runFlow([start(), submitted(), remove, cancelAnswered("accepted"), outputs(1)]).log.at(-1),
		).not.toHaveProperty("billableUnits");
	});

	it("stores no picture while it waits for another request, and drops one that was on its way", () => {
		const two = [startMany(2), submitted(), of(1, submitted())];
		const told = runFlow([
			...two,
			remove,
			cancelAnswered("accepted"),
			of(1, cancelAnswered("accepted")),
			outputs(1),
			tick,
		]);
		expect(typesOf(told)[1]).toEqual(["submit", "submit", "cancel", "cancel", "drop_pictures"]);
		expect(nextAlarm(told.state, NOW, NOBODY)).toBe(NOW + 900_000);

		const storing = runFlow([...two, outputs(1), remove, of(1, cancelAnswered("accepted")), tick, stored(0)]);
		expect(typesOf(storing)[1]).toEqual(["submit", "submit", "store", "cancel", "drop_pictures", "drop_pictures"]);
		expect(nextAlarm(storing.state, NOW, NOBODY)).toBe(NOW + 900_000);
	});

	it("waits as long as one request of several may be drawn", () => {
		const begun = [startMany(2), submitted(), of(1, submitted()), of(1, running("a")), remove];
		const { effects } = runFlow([...begun, of(1, cancelAnswered("accepted")), cancelAnswered("accepted")]);
		expect(effects.map(({ type }) => type)).not.toContain("erase");
	});

	it("waits for nothing that nobody counts", () => {
		const atOnce: Input = { type: "delete", atOnce: true };
		const unbegun = [...SUBMITTED, "deleting", "cancelling", "cancelled"];
		expect(typesOf(runFlow([start(), submitted(), remove, cancelAnswered("accepted"), atOnce]))).toEqual([
			unbegun,
			["submit", "cancel", "drop_pictures", "erase"],
		]);
		expect(typesOf(runFlow([start(), submitted(), cancel, cancelAnswered("accepted"), atOnce]))).toEqual([
			[...SUBMITTED, "cancelling", "cancelled", "deleting"],
			["submit", "cancel", "erase"],
		]);
		// It ends first at fal.
		expect(typesOf(runFlow([start(), submitted(), atOnce, atOnce]))).toEqual([
			[...SUBMITTED, "deleting", "cancelling"],
			["submit", "cancel"],
		]);
	});

	it("waits until the deadline: fal begins no later", () => {
		const { state } = runFlow([
			start({ clientWebhook: "https://client.test/" }),
			submitted(),
			remove,
			cancelAnswered("accepted"),
		]);
		expect(nextAlarm(state, NOW, NOBODY)).toBe(NOW + 900_000);
		expect(step(state, tick, NOW + 899_999).effects).toEqual([]);
		expect(step(state, tick, NOW + 900_000).effects).toEqual([{ type: "erase" }]);
	});
});

describe("a client that disconnects", () => {
	const onDisconnect = "cancel";
	it.each<Flow>([
		[
			"is written once when it has no answer",
			[start(), submitted(), clientDisconnected(false), clientDisconnected(false)],
			[...SUBMITTED, "client_left"],
			["submit"],
		],
		[
			"is not written when it has its answer",
			[start(), refused, clientDisconnected(true)],
			[...ACCEPTED, "failed"],
			["submit"],
		],
		[
			"is written when it has the answer that another had left",
			[start(), clientDisconnected(false), refused, clientDisconnected(true), clientDisconnected(true)],
			[...ACCEPTED, "client_left", "failed", "delivered"],
			["submit"],
		],
		[
			"cancels a job that asked for that, and is written once",
			[start({ onDisconnect }), submitted(), clientDisconnected(false), clientDisconnected(false)],
			[...SUBMITTED, "client_left", "cancelling"],
			["submit", "cancel"],
		],
		[
			"is written when it cancels a job that fal does not have",
			[start({ onDisconnect }), busy, clientDisconnected(false)],
			[...ACCEPTED, "refused", "client_left", "cancelled"],
			["submit"],
		],
		[
			"is written when the job is being cancelled",
			[start({ onDisconnect }), submitted(), cancel, clientDisconnected(false)],
			[...SUBMITTED, "cancelling", "client_left"],
			["submit", "cancel"],
		],
		[
			"is written when fal is done with a job that asked for that: it is paid, and another may have it",
			[start({ onDisconnect }), submitted(), outputs(1), clientDisconnected(false), stored(0)],
			[...SUBMITTED, "generated", "client_left", "image", "succeeded"],
			["submit", "store"],
		],
		[
			"is written while the result of a job that asked for that is fetched",
			[start({ onDisconnect }), submitted(), unavailable, clientDisconnected(false)],
			[...SUBMITTED, "completed", "result_unavailable", "client_left"],
			["submit"],
		],
		[
			"is written after the end of a job that asked for that",
			[start({ onDisconnect }), submitted(), outputs(1), stored(0), clientDisconnected(false)],
			[...SUBMITTED, "generated", "image", "succeeded", "client_left"],
			["submit", "store"],
		],
		[
			"cancels nothing when it has its answer",
			[start({ onDisconnect }), submitted(), clientDisconnected(true)],
			[...SUBMITTED],
			["submit"],
		],
		[
			"means nothing to a deleted job",
			[start(), submitted(), remove, clientDisconnected(false), clientDisconnected(true)],
			[...SUBMITTED, "deleting", "cancelling"],
			["submit", "cancel"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});
});

describe("isJoinable", () => {
	const cancelled = [start(), submitted(), cancel, cancelAnswered("accepted")];
	it.each<readonly [joinable: boolean, what: string, inputs: readonly Input[]]>([
		[true, "that was just started", [start()]],
		[true, "whose submit was refused for now", [start(), busy]],
		[true, "whose outcome is unknown", [start(), answerLost]],
		[true, "that fal has", [start(), submitted()]],
		[true, "that is being cancelled", [start(), submitted(), cancel]],
		[true, "whose result is fetched", [start(), submitted(), completed, unavailable]],
		[true, "that succeeded", [start(), submitted(), outputs(1), stored(0)]],
		[true, "that failed at fal: it may have cost", [start(), submitted(), failure]],
		[
			true,
			"that failed with its outcome unknown: it may have cost",
			[start({ webhook: null }), answerLost, tick, lookedUp("forbidden")],
		],
		[false, "that failed and surely cost nothing", [start(), refused]],
		[false, "that was cancelled", cancelled],
		[false, "that was cancelled before fal had it", [start(), busy, cancel]],
		[
			false,
			"that was cancelled while nobody knew whether fal has it",
			[start({ webhook: null }), cancel, answerLost, tick, lookedUp("forbidden")],
		],
		[false, "that was cancelled, though a picture came late", [...cancelled, outputs(1), stored(0)]],
		[false, "that is deleted", [start(), submitted(), remove]],
	])("is %s for a job %s", (joinable, _, inputs) => {
		expect(isJoinable(runFlow(inputs).state)).toBe(joinable);
	});

	it("is false for a job that does not exist", () => {
		expect(isJoinable(EMPTY)).toBe(false);
	});
});

describe("isLeft", () => {
	const left = clientDisconnected(false);
	const cancels = start({ onDisconnect: "cancel" });
	const seven = startMany(7, "imagen4-preview", { onDisconnect: "cancel" });
	const oneMade = [seven, submitted(), of(1, submitted()), outputs(4), ...[0, 1, 2, 3].map((at) => stored(at))];
	it.each<readonly [isLeft: boolean, what: string, inputs: readonly Input[]]>([
		[false, "with a client", [start(), submitted()]],
		[true, "whose client left", [start(), submitted(), left]],
		[false, "that another client took", [start(), left, submitted(), outputs(1), stored(0), clientDisconnected(true)]],
		[false, "that its client's leaving cancels", [cancels, submitted(), left]],
		[false, "that is cancelled before fal answers", [cancels, left]],
		[true, "whose cancellation came too late", [cancels, submitted(), left, cancelAnswered("already_completed")]],
		[true, "whose picture came before its cancellation", [cancels, submitted(), left, outputs(1)]],
		[
			false,
			"of which one request is cancelled",
			[seven, submitted(), of(1, submitted()), left, cancelAnswered("accepted")],
		],
		[true, "with pictures, whose other request is cancelled", [...oneMade, left]],
		[true, "with pictures, whose other request was cancelled", [...oneMade, left, of(1, cancelAnswered("accepted"))]],
	])("is %s for a job %s", (expected, _, inputs) => {
		const { state } = runFlow(inputs);
		expect([isLeft(state), isJoinable(state)]).toEqual([expected, true]);
	});

	it("is false for a job that does not exist", () => {
		expect(isLeft(EMPTY)).toBe(false);
	});
});

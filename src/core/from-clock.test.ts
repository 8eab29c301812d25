import { describe, expect, it } from "vitest";
import { type Flow, runFlow, runTimed, typesOf } from "../../test/support/flows.ts";
import {
	answerLost,
	busy,
	cancel,
	cancelAnswered,
	lostImage,
	outputs,
	refused,
	remove,
	restarted,
	start,
	stored,
	submitted,
	tick,
	unavailable,
} from "../../test/support/logs.ts";
import { NOW } from "../../test/support/make.ts";
import type { Effect, Input } from "./inputs.ts";
import { CANCEL_SILENCE_MS } from "./schedule.ts";

const ACCEPTED = ["accepted", "submitting"] as const;
const SUBMITTED = [...ACCEPTED, "submitted"] as const;
const tickWhileSubmitting: Input = { type: "tick", submitsInFlight: [0] };

describe("an alarm", () => {
	it.each<Flow>([
		["waits while the submit is under way", [start(), tickWhileSubmitting], [...ACCEPTED], ["submit"]],
		["asks for the status", [start(), submitted(), tick], [...SUBMITTED], ["submit", "poll"]],
		[
			"asks for a result again",
			[start(), submitted(), unavailable, tick, tick],
			[...SUBMITTED, "completed", "result_unavailable"],
			["submit", "fetch_result", "fetch_result"],
		],
		[
			"stores a picture again",
			[start(), submitted(), outputs(1), lostImage(0, "a_day"), tick, stored(0)],
			[...SUBMITTED, "generated", "image", "succeeded"],
			["submit", "store", "store"],
		],
		[
			"stores only the pictures that are still awaited",
			[start(), submitted(), outputs(3), stored(1), tick],
			[...SUBMITTED, "generated", "image"],
			["submit", "store", "store", "store", "store", "store"],
		],
		[
			"stores a late picture again",
			[start(), submitted(), cancel, cancelAnswered("accepted"), outputs(1), tick],
			[...SUBMITTED, "cancelling", "cancelled", "generated"],
			["submit", "cancel", "store", "store"],
		],
		[
			"erases a deleted job again",
			[start(), refused, remove, tick],
			[...ACCEPTED, "failed", "deleting"],
			["submit", "erase", "erase"],
		],
		["has nothing to do for a job that has ended", [start(), refused, tick], [...ACCEPTED, "failed"], ["submit"]],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});

	it("submits again no sooner than fal's refusal allows", () => {
		const begun = [
			[start(), 0],
			[busy, 2_000],
		] as const;
		expect(typesOf(runTimed([...begun, [tick, 3_999]]))[1]).toEqual(["submit"]);
		expect(typesOf(runTimed([...begun, [tick, 4_000]]))[1]).toEqual(["submit", "submit"]);
	});

	it("fails a refused job at its deadline", () => {
		const { log } = runTimed([
			[start({ deadlineAt: NOW + 5_000 }), 0],
			[busy, 1_000],
			[tick, 5_000],
		]);
		expect(log.at(-1)).toMatchObject({ type: "failed", error: { code: "deadline_exceeded" } });
	});

	it("cancels upstream at the deadline, and fails the job after 30 s of silence", () => {
		const flow = runFlow([start({ deadlineAt: NOW + 5_000 }), submitted(), tick, tick, tick], { everyMs: 20_000 });
		expect(typesOf(flow)).toEqual([
			[...SUBMITTED, "cancelling", "failed"],
			["submit", "cancel", "cancel"],
		]);
		expect(flow.log.at(-2)).toMatchObject({ type: "cancelling", why: "deadline" });
		expect(flow.log.at(-1)).toMatchObject({ error: { code: "deadline_exceeded" } });
	});

	it("never fails a job at its deadline once fal is done", () => {
		const short = start({ deadlineAt: NOW + 5_000 });
		const { log } = runFlow([short, submitted(), outputs(1), tick, tick, stored(0)], { everyMs: 4_000 });
		expect(log.at(-1)?.type).toBe("succeeded");
	});

	it.each<readonly [what: string, before: readonly Input[]]>([
		["that fal has", [start(), submitted()]],
		["of which nobody knows whether fal has it", [start(), answerLost]],
	])("ends a cancelled job %s after 30 s of silence, and not sooner", (_, before) => {
		const begun = [...before.map((input) => [input, 0] as const), [cancel, 10] as const];
		expect(runTimed([...begun, [tick, 10 + CANCEL_SILENCE_MS - 1]]).state.end).toBeNull();
		const { state } = runTimed([...begun, [tick, 10 + CANCEL_SILENCE_MS]]);
		expect(state.end).toMatchObject({ outcome: "cancelled" });
	});

	it("erases a job when it expires", () => {
		const ended = [
			[start({ expiresAt: NOW + 9_000 }), 0],
			[refused, 1],
		] as const;
		expect(typesOf(runTimed([...ended, [tick, 8_999]]))[1]).toEqual(["submit"]);
		expect(typesOf(runTimed([...ended, [tick, 9_000]]))[1]).toEqual(["submit", "erase"]);
	});
});

describe("a new instance", () => {
	it.each<readonly [does: string, inputs: readonly Input[], effects: readonly Effect["type"][], last: string]>([
		["does not know what became of a submit", [start()], [], "answer_lost"],
		["fetches a result", [start(), submitted(), unavailable], ["fetch_result"], "result_unavailable"],
		["stores the pictures", [start(), submitted(), outputs(2), stored(0)], ["store"], "image"],
		["leaves a refused submit to the alarm", [start(), busy], [], "refused"],
		["asks fal's list about a lost answer", [start(), answerLost], ["look_up"], "answer_lost"],
		["leaves a request at fal to the follower, the webhook and the alarm", [start(), submitted()], [], "submitted"],
		["leaves an ended job alone", [start(), refused], [], "failed"],
		["leaves late pictures to the alarm", [start(), refused, outputs(1)], [], "generated"],
	])("%s", (_, inputs, effects, last) => {
		const before = runFlow(inputs);
		const after = runFlow([...inputs, restarted]);
		expect(after.effects.slice(before.effects.length).map(({ type }) => type)).toEqual(effects);
		expect(after.log.at(-1)?.type).toBe(last);
	});
});

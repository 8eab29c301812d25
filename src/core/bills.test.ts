import { describe, expect, it } from "vitest";
import { runTimed } from "../../test/support/flows.ts";
import {
	answerLost,
	billAnswered,
	of,
	outputs,
	refused,
	remove,
	resultOf,
	SINGLE,
	start,
	stored,
	submitted,
	tick,
} from "../../test/support/logs.ts";
import { makeRequest, NOBODY, NOW } from "../../test/support/make.ts";
import { startMany } from "../../test/support/slots.ts";
import { alarmMove, nextAlarm } from "./alarm.ts";
import type { Effect, Input } from "./inputs.ts";
import { BILL_AFTER_MS, type Circumstances } from "./schedule.ts";
import { step } from "./step.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The jobs of these tests end two seconds after their begin. */
const END = 2_000;
const brokeAtFal = resultOf({
	kind: "failure",
	error: { code: "upstream_failed", message: "fal says: no", free: true },
});
const BUSY: Circumstances = { ...NOBODY, effectsInFlight: [0] };

const begin = start({ bill: true });
const made: readonly (readonly [Input, number])[] = [
	[begin, 0],
	[submitted(), 500],
	[outputs(1), 1_000],
	[stored(0), END],
];

function billsOf(effects: readonly Effect[]): readonly Effect[] {
	return effects.filter(({ type }) => type === "bill");
}

describe("the bill of a job", () => {
	it("is asked for three minutes, an hour and a day after its end", () => {
		expect(BILL_AFTER_MS).toEqual([3 * MINUTE, HOUR, DAY]);
		const early = runTimed([...made, [tick, END + 3 * MINUTE - 1]]);
		expect(billsOf(early.effects)).toEqual([]);
		expect(nextAlarm(early.state, NOW + END, NOBODY)).toBe(NOW + END + 3 * MINUTE);
		const due = runTimed([...made, [tick, END + 3 * MINUTE]]);
		expect(billsOf(due.effects)).toEqual([{ type: "bill", requestIds: ["r-1"], since: NOW }]);
	});

	it("is asked for by the alarm alone", () => {
		const { effects } = runTimed([...made, [{ type: "restarted" }, END + HOUR], [stored(0), END + HOUR]]);
		expect(billsOf(effects)).toEqual([]);
	});

	it("is asked for if any of several requests may have cost", () => {
		const two = startMany(2, SINGLE, { bill: true });
		const { effects } = runTimed([
			[two, 0],
			[submitted(), 500],
			[of(1, refused), 600],
			[outputs(1), 1_000],
			[stored(0), END],
			[tick, END + 3 * MINUTE],
		]);
		expect(billsOf(effects)).toEqual([{ type: "bill", requestIds: ["r-1"], since: NOW }]);
	});

	it("is asked for again when fal has not told, three times at most", () => {
		let inputs = [...made];
		for (const [index, after] of BILL_AFTER_MS.entries()) {
			const before = runTimed([...inputs, [tick, END + after - 1]]);
			expect(billsOf(before.effects)).toHaveLength(index);
			inputs = [...inputs, [tick, END + after], [billAnswered(), END + after + 1_000]];
		}
		const { effects, log, state } = runTimed([...inputs, [tick, 2 * DAY]]);
		expect(billsOf(effects)).toHaveLength(3);
		expect(log.flatMap((event) => (event.type === "billed" ? [event.retryAt] : []))).toEqual([
			NOW + END + HOUR,
			NOW + END + DAY,
			null,
		]);
		expect(state.end?.bill).toBeNull();
		expect(nextAlarm(state, NOW + 2 * DAY, NOBODY)).toBe(NOW + 30 * DAY);
	});

	it("settles the job anew, and is not asked for again", () => {
		const told = runTimed([...made, [tick, 3 * MINUTE + END], [billAnswered(45_000), 4 * MINUTE]]);
		expect(told.log.at(-1)).toMatchObject({
			type: "billed",
			costs: [{ requestId: "r-1", cost: 45_000 }],
			retryAt: null,
		});
		expect(step(told.state, tick, NOW + HOUR).effects).toEqual([]);
		const asked = runTimed([...made, [tick, 3 * MINUTE + END]]);
		expect(step(asked.state, billAnswered(45_000), NOW + 4 * MINUTE).effects).toEqual([{ type: "settle" }]);
		const later = runTimed(
			[
				[tick, 2 * DAY],
				[billAnswered(1), 2 * DAY],
			],
			told.state,
		);
		expect([later.log, billsOf(later.effects)]).toEqual([[], []]);
	});

	it("of several requests is asked for in one question, until fal has told of all", () => {
		const all: readonly (readonly [Input, number])[] = [
			[startMany(2, SINGLE, { bill: true }), 0],
			[submitted(), 100],
			[of(1, submitted()), 200],
			[outputs(1), 300],
			[stored(0), 400],
			[of(1, outputs(1)), 500],
			[of(1, stored(1)), END],
			[tick, END + 3 * MINUTE],
			[billAnswered(30_000), 4 * MINUTE],
		];
		const { effects, log } = runTimed([...all, [tick, END + HOUR]]);
		const asked = { type: "bill", requestIds: ["r-1", "r-1-1"], since: NOW };
		expect(billsOf(effects)).toEqual([asked, asked]);
		expect(log.at(-1)).toMatchObject({ retryAt: NOW + END + HOUR });
	});

	it("is not asked for of a request among them that failed by a fault of fal's", () => {
		const inputs = [
			startMany(2, SINGLE, { bill: true }),
			submitted(),
			of(1, submitted()),
			of(1, brokeAtFal),
			outputs(1),
		];
		const timed = [...inputs, stored(0)].map((input, index) => [input, index * 400] as const);
		const { effects } = runTimed([...timed, [tick, END + 3 * MINUTE]]);
		expect(billsOf(effects)).toEqual([{ type: "bill", requestIds: ["r-1"], since: NOW }]);
	});

	it("has only what fal tells of its own requests", () => {
		const { log } = runTimed([...made, [billAnswered(9, "r-2"), 4 * MINUTE]]);
		expect(log.at(-1)).toMatchObject({ type: "billed", costs: [], retryAt: NOW + END + HOUR });
	});

	it.each<readonly [what: string, inputs: readonly Input[]]>([
		["that nobody may ask about", [start(), submitted(), outputs(1), stored(0)]],
		["that fal refused", [begin, refused]],
		["that failed by a fault of fal's", [begin, submitted(), brokeAtFal]],
	])("of one %s is never asked for", (_, inputs) => {
		const timed = inputs.map((input, index) => [input, index * 100] as const);
		const { effects, state } = runTimed([...timed, [tick, HOUR], [tick, 2 * DAY]]);
		expect(billsOf(effects)).toEqual([]);
		expect(state.end?.bill).toBeNull();
	});

	it("of one that is deleted is never asked for: it is erased", () => {
		const { effects } = runTimed([...made, [remove, END + 1], [tick, HOUR]]);
		expect(billsOf(effects)).toEqual([]);
		expect(effects.at(-1)).toEqual({ type: "erase" });
	});

	it("of a result that comes after the end is asked for after it", () => {
		const unknown: readonly (readonly [Input, number])[] = [
			[begin, 0],
			[answerLost, 30_000],
			[tick, 400_000],
		];
		const lost = runTimed(unknown);
		expect(lost.state.end).toMatchObject({ outcome: "failed", bill: null });
		const { effects } = runTimed([...unknown, [outputs(1), HOUR], [stored(0), HOUR + 1], [tick, HOUR + 3 * MINUTE]]);
		expect(billsOf(effects)).toEqual([{ type: "bill", requestIds: ["r-1"], since: NOW }]);
	});

	it("does not wake the job again at once while it is asked for, or if that failed in an unforeseen way", () => {
		const due = END + 3 * MINUTE;
		const { state } = runTimed([...made, [tick, due]]);
		expect(nextAlarm(state, NOW + due, BUSY)).toBe(NOW + due + 3 * MINUTE);
		expect(nextAlarm(state, NOW + due, NOBODY)).toBe(NOW + due + 3 * MINUTE);
	});

	it("moves an alarm that would wake the job before", () => {
		const { state } = runTimed(made);
		expect(alarmMove(NOW + 10_000, state, NOW + END, NOBODY)).toBe(NOW + END + 3 * MINUTE);
	});

	it("comes before the expiry, or not at all", () => {
		const short = start({ bill: true, request: makeRequest(), expiresAt: NOW + MINUTE });
		const { state } = runTimed([[short, 0], ...made.slice(1)]);
		expect(nextAlarm(state, NOW + END, NOBODY)).toBe(NOW + MINUTE);
	});
});

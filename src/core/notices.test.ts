import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runFlow, runTimed, typesOf } from "../../test/support/flows.ts";
import {
	anyEndInput,
	blocked,
	cancel,
	cancelAnswered,
	noticeFailed as failed,
	lostImage,
	noticeAnswered,
	outputs,
	refused,
	remove,
	running,
	start,
	stored,
	submitted,
	noticeTaken as taken,
	tick,
} from "../../test/support/logs.ts";
import { NOBODY, NOW } from "../../test/support/make.ts";
import { alarmMove, nextAlarm } from "./alarm.ts";
import type { Input } from "./inputs.ts";
import { type Circumstances, NOTICE_AFTER_MS, nextNotice } from "./schedule.ts";
import { EMPTY, fold, type State } from "./state.ts";
import { step } from "./step.ts";

const ADDRESS = "https://client.test/hook";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const told = start({ clientWebhook: ADDRESS });
const BUSY: Circumstances = { ...NOBODY, effectsInFlight: [0] };

const silent = noticeAnswered({ kind: "failed", status: null });

describe("a job with a client's webhook", () => {
	it.each<readonly [how: string, inputs: readonly Input[], end: string]>([
		["succeeds", [submitted(), outputs(1), stored(0)], "succeeded"],
		["fails at fal", [submitted(), blocked], "failed"],
		["is refused", [refused], "failed"],
		["is cancelled", [submitted(), cancel, cancelAnswered("accepted")], "cancelled"],
	])("tells it in the turn in which it %s", (_, inputs, end) => {
		const before = runFlow([told, ...inputs.slice(0, -1)]);
		expect(before.effects.map(({ type }) => type)).not.toContain("notify");
		const { effects, log } = runFlow([told, ...inputs]);
		expect(log.at(-1)?.type).toBe(end);
		expect(effects.at(-1)).toEqual({ type: "notify", address: ADDRESS });
	});

	it("is quiet once the webhook has the notice", () => {
		const { log, effects, state } = runFlow([told, refused, taken, tick, failed, taken]);
		expect(log.at(-1)).toMatchObject({ type: "notified", status: 204 });
		expect(effects.filter(({ type }) => type === "notify")).toHaveLength(1);
		expect(state.end).toMatchObject({ notice: null });
		expect(nextAlarm(state, NOW + 9_000, NOBODY)).toBe(NOW + 30 * DAY);
	});

	it("tries again when that is due, and not sooner", () => {
		const begun = [
			[told, 0],
			[refused, 1_000],
			[failed, 1_200],
		] as const;
		const { log, state } = runTimed(begun);
		expect(log.at(-1)).toMatchObject({ type: "notice_failed", status: 500, retryAt: NOW + 6_000 });
		expect(nextAlarm(state, NOW + 1_200, NOBODY)).toBe(NOW + 6_000);
		expect(typesOf(runTimed([...begun, [tick, 5_999]]))[1]).toEqual(["submit", "notify"]);
		expect(typesOf(runTimed([...begun, [tick, 6_000]]))[1]).toEqual(["submit", "notify", "notify"]);
	});

	it("is tried for a day, with growing pauses, and at most eleven times", () => {
		let state: State = EMPTY;
		let now = NOW;
		const tries: number[] = [];
		const take = (input: Input) => {
			const next = step(state, input, now);
			state = next.state;
			for (const { type } of next.effects) if (type === "notify") tries.push(now - NOW);
		};
		for (const input of [told, refused]) take(input);
		for (let turn = 0; turn < 100 && state.end !== null && state.end.notice !== null; turn += 1) {
			now += 300;
			take(silent);
			const at = nextAlarm(state, now, NOBODY) ?? 0;
			if (at >= NOW + 30 * DAY) break;
			now = at;
			take(tick);
		}
		expect(tries).toEqual([
			0,
			5_000,
			30_000,
			2 * MINUTE,
			10 * MINUTE,
			30 * MINUTE,
			60 * MINUTE,
			3 * 60 * MINUTE,
			6 * 60 * MINUTE,
			12 * 60 * MINUTE,
			DAY,
		]);
		expect(NOTICE_AFTER_MS).toEqual(tries);
		expect(state.end).toMatchObject({ notice: null });
	});

	it("skips the tries that it slept through", () => {
		const { log } = runTimed([
			[told, 0],
			[refused, 0],
			[failed, 45 * MINUTE],
		]);
		expect(log.at(-1)).toMatchObject({ retryAt: NOW + 60 * MINUTE });
	});

	it("gives up at once on a webhook that wants no more, or that may not be called", () => {
		for (const status of [410, null]) {
			const { log, effects } = runFlow([told, refused, noticeAnswered({ kind: "refused", status }), tick]);
			expect(log.at(-1)).toMatchObject({ type: "notice_failed", status, retryAt: null });
			expect(effects.filter(({ type }) => type === "notify")).toHaveLength(1);
		}
	});

	it("is erased and not told, if it was deleted", () => {
		expect(typesOf(runFlow([told, submitted(), running("a"), remove, cancelAnswered("accepted"), tick]))[1]).toEqual([
			"submit",
			"cancel",
			"erase",
			"erase",
		]);
		expect(typesOf(runFlow([told, submitted(), remove, cancelAnswered("accepted"), tick]))[1]).toEqual([
			"submit",
			"cancel",
			"drop_pictures",
		]);
		expect(typesOf(runFlow([told, submitted(), cancel, cancelAnswered("accepted"), remove, tick]))[1]).toEqual([
			"submit",
			"cancel",
			"notify",
			"drop_pictures",
		]);
		expect(typesOf(runFlow([told, refused, remove, failed]))[1]).toEqual(["submit", "notify", "erase"]);
	});

	it("expires though its webhook has not been told: retention wins", () => {
		const brief = start({ clientWebhook: ADDRESS, expiresAt: NOW + 9_000 });
		const { effects, state } = runTimed([
			[brief, 0],
			[refused, 1_000],
			[failed, 6_100],
			[tick, 9_000],
		]);
		expect(effects.map(({ type }) => type)).toEqual(["submit", "notify", "erase"]);
		expect(nextAlarm(state, NOW + 6_200, NOBODY)).toBe(NOW + 9_000);
	});

	it("goes on with late pictures beside it", () => {
		const { effects } = runTimed([
			[told, 0],
			[submitted(), 0],
			[cancel, 0],
			[cancelAnswered("accepted"), 0],
			[failed, 100],
			[outputs(1), 1_000],
			[lostImage(0, "a_day"), 2_000],
			[tick, 3_000],
			[tick, 5_000],
		]);
		expect(effects.map(({ type }) => type)).toEqual([
			"submit",
			"cancel",
			"notify",
			"store",
			"store",
			"store",
			"notify",
		]);
	});
});

describe("the alarm of a notice", () => {
	const due = runTimed([
		[told, 0],
		[refused, 0],
	]).state;

	it("brings it again if the instance dies while it is under way", () => {
		expect(nextAlarm(due, NOW, BUSY)).toBe(NOW + 20_000);
		// An expiry's alarm is too late for it.
		expect(alarmMove(NOW + 30 * DAY, due, NOW, BUSY)).toBe(NOW + 20_000);
	});

	it("never stands still, and comes less and less often, if every try kills the instance", () => {
		let now = NOW;
		let count = 0;
		for (; now < NOW + DAY; count += 1) {
			const at = nextAlarm(due, now, BUSY) ?? 0;
			expect(at - now).toBeGreaterThanOrEqual(20_000);
			now = at;
		}
		expect(count).toBeLessThan(50);
		expect(nextAlarm(due, NOW, NOBODY)).toBeGreaterThan(NOW);
	});

	it("is moved once, from the try to the next one", () => {
		const again = runTimed([
			[told, 0],
			[refused, 0],
			[failed, 31_000],
		]).state;
		expect(alarmMove(NOW + 40_000, again, NOW + 31_000, NOBODY)).toBe(NOW + 2 * MINUTE);
		expect(alarmMove(NOW + 2 * MINUTE, again, NOW + 50_000, NOBODY)).toBeNull();
	});
});

it("a job without a webhook tells nobody, whatever comes", () => {
	fc.assert(
		fc.property(
			fc.array(fc.oneof(anyEndInput, fc.constantFrom(taken, failed, silent, tick)), { maxLength: 8 }),
			(inputs) => {
				const { log, effects } = runFlow([start(), ...inputs]);
				expect(effects.map(({ type }) => type)).not.toContain("notify");
				expect(log.map(({ type }) => type)).not.toContain("notified");
				expect(log.map(({ type }) => type)).not.toContain("notice_failed");
			},
		),
	);
});

it("the code of before reads the log of a job that was told: what it does not know changes nothing", () => {
	const { log } = runFlow([told, submitted(), outputs(1), stored(0), failed, taken]);
	const known = log.filter(({ type }) => type !== "notified" && type !== "notice_failed");
	expect(fold(known)).toMatchObject({ end: { outcome: "succeeded" }, seq: log.length - 2 });
});

it("only an alarm tries a notice again: no other input does, though it is due", () => {
	const { state } = runTimed([
		[told, 0],
		[refused, 0],
	]);
	for (const input of [cancel, stored(0), submitted()]) expect(step(state, input, NOW + 1).effects).toEqual([]);
	expect(step(state, tick, NOW + 1).effects).toEqual([{ type: "notify", address: ADDRESS }]);
});

it.each([
	[0, 5_000],
	[4_999, 5_000],
	[5_000, 30_000],
	[43_200_000, 86_400_000],
	[86_399_999, 86_400_000],
	[86_400_000, null],
])("a notice that is tried %d ms after the end is tried again at %j ms", (age, next) => {
	expect(nextNotice(NOW, NOW + age)).toBe(next === null ? null : NOW + next);
});

it.each<readonly [when: string, circumstances: Circumstances, ageMs: number, delayMs: number]>([
	["after as long as it has been due, if its call is lost", NOBODY, 2_000, 2_000],
	["behind its call, while that is under way", BUSY, 2_000, 20_000],
	["after as long as it has been due, if that is longer than its call", BUSY, 60_000, 60_000],
])("a notice that is due is looked after %s", (_, circumstances, ageMs, delayMs) => {
	const { state } = runTimed([
		[told, 0],
		[refused, 0],
	]);
	expect(nextAlarm(state, NOW + ageMs, circumstances)).toBe(NOW + ageMs + delayMs);
});

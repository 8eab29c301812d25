import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	answerLost,
	blocked,
	busy,
	cancel,
	cancelAnswered,
	clientDisconnected,
	completed,
	failure,
	gone,
	lostImage,
	outputs,
	queued,
	refused,
	remove,
	running,
	start,
	stored,
	submitted,
	unavailable,
	unreachable,
} from "../../test/support/logs.ts";
import { makeRequest, NOW } from "../../test/support/make.ts";
import type { Effect, Input } from "./inputs.ts";
import {
	alarmMove,
	CALL_TIMEOUT_MS,
	CANCEL_SILENCE_MS,
	type Circumstances,
	nextAlarm,
	pollDelay,
	SETTLE_UNKNOWN_MS,
	STORE_TIMEOUT_MS,
	SUBMIT_TIMEOUT_MS,
	submitRetryDelay,
} from "./schedule.ts";
import { EMPTY, type State } from "./state.ts";
import { step } from "./step.ts";

const NOBODY: Circumstances = { watched: false, followed: false, effectInFlight: false, alarmRetries: false };
const WATCHED: Circumstances = { ...NOBODY, watched: true };
const FOLLOWED: Circumstances = { ...WATCHED, followed: true };
const BUSY: Circumstances = { ...NOBODY, effectInFlight: true };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe("how long until fal is asked again", () => {
	it.each<
		readonly [
			case_: string,
			webhook: boolean,
			circumstances: Circumstances,
			delays: readonly (readonly [number, number])[],
		]
	>([
		[
			"about 5 % of the age while somebody waits and no webhook is due",
			false,
			WATCHED,
			[
				[0, 500],
				[1 * SECOND, 500],
				[10 * SECOND, 500],
				[40 * SECOND, 2 * SECOND],
				[100 * SECOND, 5 * SECOND],
				[10 * MINUTE, 5 * SECOND],
				[-5, 500],
			],
		],
		[
			"seldom where a webhook is due, though somebody waits",
			true,
			WATCHED,
			[
				[0, 1 * SECOND],
				[1 * SECOND, 2 * SECOND],
				[3 * SECOND, 6 * SECOND],
				[2 * MINUTE, 4 * MINUTE],
				[10 * MINUTE, 5 * MINUTE],
				[-5, 1 * SECOND],
			],
		],
		[
			"seldom where nobody waits",
			false,
			NOBODY,
			[
				[0, 1 * SECOND],
				[9 * SECOND, 18 * SECOND],
				[10 * MINUTE, 5 * MINUTE],
			],
		],
		[
			"hardly ever while a watcher follows",
			false,
			FOLLOWED,
			[
				[0, 1 * MINUTE],
				[1 * MINUTE, 1 * MINUTE],
				[3 * MINUTE, 3 * MINUTE],
				[10 * MINUTE, 5 * MINUTE],
			],
		],
		[
			"once in ten minutes while a watcher follows and a webhook is due",
			true,
			FOLLOWED,
			[
				[0, 10 * MINUTE],
				[12 * MINUTE, 10 * MINUTE],
			],
		],
	])("is %s", (_, webhook, circumstances, delays) => {
		expect(delays.map(([age]) => [age, pollDelay(age, webhook, circumstances)])).toEqual(delays);
	});

	/** The ages at which fal is asked, when each answer says nothing new. */
	const polls = (webhook: boolean, circumstances: Circumstances, count: number): readonly number[] => {
		const ages: number[] = [];
		for (let age = 0; ages.length < count; ) {
			age += pollDelay(age, webhook, circumstances);
			ages.push(age / SECOND);
		}
		return ages;
	};

	it("comes to polls after 1, 3, 9, 27 s… with a webhook, and to a few in 15 minutes", () => {
		expect(polls(true, WATCHED, 5)).toEqual([1, 3, 9, 27, 81]);
		expect(polls(true, WATCHED, 100).filter((age) => age <= 900)).toHaveLength(8);
	});

	it("comes to two polls a second at first where only polling brings news, and to a bounded number in 15 minutes", () => {
		expect(polls(false, WATCHED, 4)).toEqual([0.5, 1, 1.5, 2]);
		expect(polls(false, WATCHED, 1_000).filter((age) => age <= 900).length).toBeLessThan(250);
	});

	it("is never less than 500 ms, whatever the clock says", () => {
		fc.assert(
			fc.property(
				fc.integer(),
				fc.boolean(),
				fc.record({
					watched: fc.boolean(),
					followed: fc.boolean(),
					effectInFlight: fc.boolean(),
					alarmRetries: fc.constant(false),
				}),
				(age, webhook, circumstances) => {
					const delay = pollDelay(age, webhook, circumstances);
					expect(delay).toBeGreaterThanOrEqual(500);
					expect(delay).toBeLessThanOrEqual(10 * MINUTE);
				},
			),
		);
	});

	it.each([
		[0, 1 * SECOND],
		[1 * SECOND, 1 * SECOND],
		[2 * SECOND, 2 * SECOND],
		[20 * SECOND, 20 * SECOND],
		[30 * SECOND, 30 * SECOND],
		[10 * MINUTE, 30 * SECOND],
	])("after a refused submit of age %i is %i ms", (age, delay) => {
		expect(submitRetryDelay(age)).toBe(delay);
	});
});

const DEADLINE = NOW + 15 * MINUTE;

/** The state after inputs, each taken as long after the job's beginning as it says. */
function stateAfter(...inputs: readonly (readonly [input: Input, ageMs: number])[]): State {
	return inputs.reduce((state, [input, age]) => step(state, input, NOW + age).state, EMPTY);
}

const started = [start({ deadlineAt: DEADLINE }), 0] as const;
const polled = [start({ deadlineAt: DEADLINE, webhook: null }), 0] as const;

describe("the alarm", () => {
	it.each<readonly [case_: string, state: State, ageMs: number, circumstances: Circumstances, alarmMs: number | null]>([
		["is not set for a job that does not exist", EMPTY, 0, NOBODY, null],
		["comes after the submit's time-out", stateAfter(polled), 0, BUSY, SUBMIT_TIMEOUT_MS + 5 * SECOND],
		["leaves a submit to its webhook for ten minutes", stateAfter(started), 0, BUSY, 10 * MINUTE],
		[
			"leaves a submit to its webhook until the deadline",
			stateAfter([start({ deadlineAt: NOW + MINUTE }), 0]),
			0,
			BUSY,
			MINUTE,
		],
		[
			"comes after the submit's time-out where a cancellation waits for it",
			stateAfter(started, [cancel, 5]),
			5,
			BUSY,
			SUBMIT_TIMEOUT_MS + 5 * SECOND,
		],
		[
			"need not be moved for a job that a watcher follows before its webhook comes",
			stateAfter(started, [submitted(), SECOND]),
			SECOND,
			FOLLOWED,
			10 * MINUTE + SECOND,
		],
		[
			"comes when a refused submit is tried again",
			stateAfter(started, [busy, 2 * SECOND]),
			2 * SECOND,
			NOBODY,
			4 * SECOND,
		],
		[
			"comes when a lost answer is given up, as long after the submit and not after its loss",
			stateAfter(started, [answerLost, 30 * SECOND]),
			30 * SECOND,
			NOBODY,
			SETTLE_UNKNOWN_MS,
		],
		[
			"comes when a lost answer is given up, after the latest submit",
			stateAfter(
				started,
				[busy, 1 * MINUTE],
				[{ type: "tick", submitInFlight: false }, 2 * MINUTE],
				[answerLost, 3 * MINUTE],
			),
			3 * MINUTE,
			NOBODY,
			2 * MINUTE + SETTLE_UNKNOWN_MS,
		],
		[
			"gives a lost answer up at the deadline, where that is sooner",
			stateAfter([start({ deadlineAt: NOW + MINUTE }), 0], [answerLost, 5]),
			5,
			NOBODY,
			MINUTE,
		],
		[
			"comes when a cancelled job of unknown outcome is given up",
			stateAfter(started, [answerLost, 5], [cancel, 10]),
			10,
			NOBODY,
			10 + CANCEL_SILENCE_MS,
		],
		["polls with a webhook due", stateAfter(started, [submitted(), SECOND]), 4 * SECOND, WATCHED, 10 * SECOND],
		["polls without one", stateAfter(polled, [submitted(), 0]), 20 * SECOND, WATCHED, 21 * SECOND],
		[
			"polls a running job as one in the queue",
			stateAfter(polled, [submitted(), 0], [running(), 1]),
			20 * SECOND,
			WATCHED,
			21 * SECOND,
		],
		[
			"never polls after the deadline",
			stateAfter(polled, [submitted(), 0]),
			14 * MINUTE + 58 * SECOND,
			WATCHED,
			15 * MINUTE,
		],
		[
			"comes at the deadline though a watcher follows",
			stateAfter(started, [submitted(), 0]),
			14 * MINUTE,
			FOLLOWED,
			15 * MINUTE,
		],
		[
			"asks for a cancellation again",
			stateAfter(started, [submitted(), 0], [cancel, 10]),
			10,
			NOBODY,
			10 + 10 * SECOND,
		],
		[
			"ends a cancellation that nobody answers",
			stateAfter(started, [submitted(), 0], [cancel, 0]),
			25 * SECOND,
			NOBODY,
			CANCEL_SILENCE_MS,
		],
		[
			"waits behind a fetch that is under way",
			stateAfter(started, [submitted(), 0], [unavailable, 10]),
			10,
			BUSY,
			10 + CALL_TIMEOUT_MS + 5 * SECOND,
		],
		["fetches again", stateAfter(started, [submitted(), 0], [unavailable, 0]), 8 * SECOND, NOBODY, 16 * SECOND],
		[
			"fetches again after an hour at most",
			stateAfter(started, [submitted(), 0], [unavailable, 0]),
			3 * HOUR,
			NOBODY,
			4 * HOUR,
		],
		[
			"waits behind a picture that is being stored",
			stateAfter(started, [submitted(), 0], [outputs(1), 10]),
			10,
			BUSY,
			10 + STORE_TIMEOUT_MS + 5 * SECOND,
		],
		[
			"is there for the worst while a watcher waits for a picture that is being stored",
			stateAfter(started, [submitted(), 0], [outputs(1), 10]),
			10,
			{ ...BUSY, watched: true },
			10 + 10 * MINUTE,
		],
		["stores again", stateAfter(started, [submitted(), 0], [outputs(1), 0]), 20 * SECOND, NOBODY, 40 * SECOND],
		[
			"deletes what has ended when it expires",
			stateAfter(started, [submitted(), 0], [outputs(1), 0], [stored(0), 1]),
			1,
			NOBODY,
			30 * 24 * HOUR,
		],
		[
			"tries again to delete what a client deleted",
			stateAfter(started, [refused, 1], [remove, 2]),
			2,
			NOBODY,
			MINUTE + 2,
		],
		["deletes a failed job too", stateAfter(started, [refused, 1]), 1, NOBODY, 30 * 24 * HOUR],
		[
			"stores a late picture again",
			stateAfter(started, [submitted(), 0], [cancel, 0], [cancelAnswered("accepted"), 0], [outputs(1), 0]),
			20 * SECOND,
			NOBODY,
			40 * SECOND,
		],
		[
			"tries again to delete what should be gone",
			stateAfter(started, [refused, 1]),
			30 * 24 * HOUR,
			NOBODY,
			30 * 24 * HOUR + MINUTE,
		],
		[
			"is not set by an alarm that deletes: it comes again by itself",
			stateAfter(started, [refused, 1]),
			30 * 24 * HOUR,
			{ ...BUSY, alarmRetries: true },
			null,
		],
	])("%s", (_, state, age, circumstances, alarm) => {
		expect(nextAlarm(state, NOW + age, circumstances)).toBe(alarm === null ? null : NOW + alarm);
	});
});

describe("alarmMove", () => {
	const running = stateAfter(polled, [submitted(), 0]);
	const ended = stateAfter(started, [refused, 1]);
	const expiry = NOW + 30 * 24 * HOUR;
	it.each<readonly [does: string, set: number | null, state: State, move: number | null]>([
		["sets an alarm if none is set", null, running, NOW + 21 * SECOND],
		["moves an alarm that is too late", NOW + MINUTE, running, NOW + 21 * SECOND],
		["leaves an alarm that is right", NOW + 21 * SECOND, running, null],
		["leaves an alarm that is too early: it only asks again", NOW + 20 * SECOND, running, null],
		["moves the early alarm of an ended job, so that it sleeps", NOW + 20 * SECOND, ended, expiry],
		["leaves the alarm of an ended job that is right", expiry, ended, null],
		["sets none for a job that does not exist", null, EMPTY, null],
		["leaves an alarm that is set for a job that does not exist", NOW, EMPTY, null],
	])("%s", (_, set, state, move) => {
		expect(alarmMove(set, state, NOW + 20 * SECOND, WATCHED)).toBe(move);
	});
});

describe("for all states and clocks", () => {
	const anyInput: fc.Arbitrary<Input> = fc.oneof(
		fc.constantFrom(
			submitted(),
			submitted(null),
			busy,
			unreachable,
			gone,
			answerLost,
			refused,
			queued(1),
			running("a"),
			completed,
			unavailable,
			failure,
			blocked,
			cancel,
			remove,
			clientDisconnected(true),
			clientDisconnected(false),
		),
		fc.integer({ min: 1, max: 3 }).map((count) => outputs(count)),
		fc.nat(2).map((index) => stored(index)),
		fc.nat(2).map(lostImage),
		fc
			.tuple(fc.nat(2), fc.constantFrom("a_minute" as const, "a_day" as const))
			.map(([index, retryFor]): Input => ({ type: "store_failed", index, why: "503", retryFor })),
		fc.constantFrom("accepted", "already_completed", "not_found", "unclear").map((answer) => cancelAnswered(answer)),
		fc.constant<Input>({ type: "restarted" }),
		fc.boolean().map((submitInFlight): Input => ({ type: "tick", submitInFlight })),
	);
	const anyWait = fc.constantFrom(0, 1, 700, 5 * SECOND, 40 * SECOND, 10 * MINUTE, 2 * HOUR, 25 * HOUR);
	const anyJob = fc.record({
		webhook: fc.constantFrom(null, "https://gateway.test/w"),
		n: fc.integer({ min: 1, max: 3 }),
		deadlineMs: fc.constantFrom(1, SECOND, MINUTE, 15 * MINUTE),
		expiryMs: fc.constantFrom(HOUR, 25 * HOUR, 30 * 24 * HOUR),
		inputs: fc.array(fc.tuple(anyInput, anyWait), { maxLength: 25 }),
	});
	const anyCircumstances = fc.record({
		watched: fc.boolean(),
		followed: fc.boolean(),
		effectInFlight: fc.boolean(),
		alarmRetries: fc.constant(false),
	});

	const reach = ({
		webhook,
		n,
		deadlineMs,
		expiryMs,
		inputs,
	}: typeof anyJob extends fc.Arbitrary<infer T> ? T : never) => {
		const accepted = { webhook, request: makeRequest({ n }), deadlineAt: NOW + deadlineMs, expiresAt: NOW + expiryMs };
		let now = NOW;
		let { state } = step(EMPTY, start(accepted), now);
		for (const [input, wait] of inputs) {
			now += wait;
			({ state } = step(state, input, now));
		}
		return { state, now };
	};

	it("a job that exists always has an alarm", () => {
		fc.assert(
			fc.property(anyJob, anyCircumstances, (job, circumstances) => {
				const { state, now } = reach(job);
				expect(nextAlarm(state, now, circumstances)).toEqual(expect.any(Number));
			}),
		);
	});

	it("an alarm brings news, work or a later alarm: it never turns in a circle", () => {
		fc.assert(
			fc.property(anyJob, anyCircumstances, anyWait, fc.boolean(), (job, circumstances, late, submitInFlight) => {
				const { state, now } = reach(job);
				const at = nextAlarm(state, now, circumstances) ?? Number.NaN;
				// An alarm may ring late, and one that lies in the past rings at once.
				const rings = Math.max(now, at) + late;
				const { state: next, events, effects } = step(state, { type: "tick", submitInFlight }, rings);
				const then =
					nextAlarm(next, rings, {
						...circumstances,
						effectInFlight: circumstances.effectInFlight || submitInFlight,
					}) ?? Number.NaN;
				const later = then > rings;
				expect(events.length > 0 || effects.length > 0 || later).toBe(true);
				// Effects repeat: none is asked for again at once.
				if (effects.length > 0 && events.length === 0) expect(later).toBe(true);
			}),
			{ numRuns: 2_000 },
		);
	});

	it("a job that nobody tells anything has few alarms, and work for each", () => {
		fc.assert(
			fc.property(anyJob, fc.constantFrom(NOBODY, WATCHED, FOLLOWED), (job, circumstances) => {
				let { state, now } = reach(job);
				const end = now + 40 * 24 * HOUR;
				let alarms = 0;
				const works: Effect["type"][] = [];
				while (now < end && !works.includes("erase")) {
					now = Math.max(now, nextAlarm(state, now, circumstances) ?? Number.POSITIVE_INFINITY);
					const done = step(state, { type: "tick", submitInFlight: false }, now);
					state = done.state;
					works.push(...done.effects.map(({ type }) => type));
					alarms += 1;
					// The effects fail, and say so where the job has to know.
					for (const effect of done.effects) {
						if (effect.type === "submit") state = step(state, answerLost, now).state;
						if (effect.type === "store") {
							state = step(
								state,
								{ type: "store_failed", index: effect.index, why: "503", retryFor: "a_day" },
								now,
							).state;
						}
						if (effect.type === "fetch_result") {
							const result: Input = {
								type: "result",
								requestId: effect.upstream.requestId,
								result: { kind: "unavailable" },
							};
							state = step(state, result, now).state;
						}
					}
				}
				expect(works.at(-1)).toBe("erase");
				expect(alarms).toBeLessThan(500);
			}),
		);
	});
});

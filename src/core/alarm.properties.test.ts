import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runInputs } from "../../test/support/drive.ts";
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
	lookedUp,
	lostImage,
	outputs,
	queued,
	refused,
	remove,
	restarted,
	running,
	start,
	stored,
	submitted,
	unavailable,
	unreachable,
} from "../../test/support/logs.ts";
import { makeRequest, NOBODY, NOW } from "../../test/support/make.ts";
import { nextAlarm } from "./alarm.ts";
import type { Effect, Input } from "./inputs.ts";
import type { Circumstances } from "./schedule.ts";
import { step } from "./step.ts";

const WATCHED: Circumstances = { ...NOBODY, watched: true };
const FOLLOWED: Circumstances = { ...WATCHED, followed: [0] };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe("for all states and times", () => {
	const anyInput: fc.Arbitrary<Input> = fc.oneof(
		fc.constantFrom(
			submitted(),
			submitted(null),
			busy,
			unreachable,
			gone,
			answerLost,
			lookedUp("found"),
			lookedUp("absent"),
			lookedUp("unclear"),
			lookedUp("forbidden"),
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
		fc.nat(2).map((index) => lostImage(index)),
		fc.tuple(fc.nat(2), fc.constantFrom("a_minute", "a_day")).map(([index, retryFor]) => lostImage(index, retryFor)),
		fc.constantFrom("accepted", "already_completed", "not_found", "unclear").map((answer) => cancelAnswered(answer)),
		fc.constant(restarted),
		fc.subarray([0]).map((submitsInFlight): Input => ({ type: "tick", submitsInFlight })),
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
		followed: fc.subarray([0]),
		effectsInFlight: fc.subarray([0]),
		alarmRetries: fc.constant(false),
		unsettled: fc.boolean(),
	});

	const reach = ({
		webhook,
		n,
		deadlineMs,
		expiryMs,
		inputs,
	}: typeof anyJob extends fc.Arbitrary<infer T> ? T : never) => {
		const accepted = { webhook, request: makeRequest({ n }), deadlineAt: NOW + deadlineMs, expiresAt: NOW + expiryMs };
		return runInputs(start(accepted), inputs);
	};

	it("sets an alarm for every job that exists", () => {
		fc.assert(
			fc.property(anyJob, anyCircumstances, (job, circumstances) => {
				const { state, now } = reach(job);
				expect(nextAlarm(state(), now(), circumstances)).toEqual(expect.any(Number));
			}),
		);
	});

	it("never fires in a circle: each alarm writes an event, asks for an effect, or is followed by a later one", () => {
		fc.assert(
			fc.property(anyJob, anyCircumstances, anyWait, fc.subarray([0]), (job, circumstances, late, submitsInFlight) => {
				const { state, now } = reach(job);
				const at = nextAlarm(state(), now(), circumstances) ?? Number.NaN;
				// An alarm may fire late, and one in the past fires at once.
				const firedAt = Math.max(now(), at) + late;
				const { state: next, events, effects } = step(state(), { type: "tick", submitsInFlight }, firedAt);
				const then =
					nextAlarm(next, firedAt, {
						...circumstances,
						effectsInFlight: [...circumstances.effectsInFlight, ...submitsInFlight],
					}) ?? Number.NaN;
				const later = then > firedAt;
				expect(events.length > 0 || effects.length > 0 || later).toBe(true);
				// The same effects would be asked for again: not at once.
				if (effects.length > 0 && events.length === 0) expect(later).toBe(true);
			}),
			{ numRuns: 2_000 },
		);
	});

	it("erases a job that nobody reports on in the end, after fewer than 500 alarms", () => {
		fc.assert(
			fc.property(anyJob, fc.constantFrom(NOBODY, WATCHED, FOLLOWED), (job, circumstances) => {
				const { now, fire } = reach(job);
				const end = now() + 40 * 24 * HOUR;
				let alarms = 0;
				const asked: Effect["type"][] = [];
				for (; now() < end && !asked.includes("erase"); alarms += 1) {
					asked.push(...fire(circumstances).map(({ type }) => type));
				}
				expect(asked.at(-1)).toBe("erase");
				expect(alarms).toBeLessThan(500);
			}),
		);
	});
});

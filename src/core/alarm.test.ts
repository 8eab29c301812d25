import { describe, expect, it } from "vitest";
import { makeLog, runTimed } from "../../test/support/flows.ts";
import {
	answerLost,
	busy,
	cancel,
	cancelAnswered,
	lookedUp,
	outputs,
	refused,
	remove,
	running,
	start,
	stored,
	submitted,
	tick,
	unavailable,
} from "../../test/support/logs.ts";
import { makeAccepted, NOBODY, NOW } from "../../test/support/make.ts";
import { alarmMove, nextAlarm } from "./alarm.ts";
import {
	CALL_TIMEOUT_MS,
	CANCEL_SILENCE_MS,
	type Circumstances,
	LOOK_UP_AT_LEAST_MS,
	SETTLE_UNKNOWN_MS,
	STORE_TIMEOUT_MS,
	SUBMIT_TIMEOUT_MS,
} from "./schedule.ts";
import { EMPTY, fold, type State } from "./state.ts";

const WATCHED: Circumstances = { ...NOBODY, watched: true };
const FOLLOWED: Circumstances = { ...WATCHED, followed: [0] };
const BUSY: Circumstances = { ...NOBODY, effectsInFlight: [0] };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const DEADLINE = NOW + 15 * MINUTE;

/** The state after inputs, each taken so long after the job's start. */
function stateAfter(...inputs: Parameters<typeof runTimed>[0]): State {
	return runTimed(inputs).state;
}

/** A job with a webhook, and one that has to be polled. */
const started = [start({ deadlineAt: DEADLINE }), 0] as const;
const polled = [start({ deadlineAt: DEADLINE, webhook: null }), 0] as const;

describe("nextAlarm", () => {
	it.each<readonly [does: string, state: State, ageMs: number, circumstances: Circumstances, alarmMs: number | null]>([
		["sets none for a job that does not exist", EMPTY, 0, NOBODY, null],
		["waits for the submit's time-out", stateAfter(polled), 0, BUSY, SUBMIT_TIMEOUT_MS + 5 * SECOND],
		["leaves a submit to its webhook for ten minutes", stateAfter(started), 0, BUSY, 10 * MINUTE],
		[
			"leaves a submit to its webhook until the deadline",
			stateAfter([start({ deadlineAt: NOW + MINUTE }), 0]),
			0,
			BUSY,
			MINUTE,
		],
		[
			"waits for the submit's time-out if a cancellation waits for the answer",
			stateAfter(started, [cancel, 5]),
			5,
			BUSY,
			SUBMIT_TIMEOUT_MS + 5 * SECOND,
		],
		[
			"is as late for a job that a watcher follows: the alarm need not move",
			stateAfter(started, [submitted(), SECOND]),
			SECOND,
			FOLLOWED,
			10 * MINUTE + SECOND,
		],
		["submits again after a refusal", stateAfter(started, [busy, 2 * SECOND]), 2 * SECOND, NOBODY, 4 * SECOND],
		["tries a refused submit again", stateAfter(started, [busy, 2 * SECOND]), 2 * SECOND, NOBODY, 4 * SECOND],
		[
			"gives a lost answer up so long after the submit, not after the loss",
			stateAfter(started, [answerLost, 30 * SECOND], [lookedUp("forbidden"), 31 * SECOND]),
			31 * SECOND,
			NOBODY,
			SETTLE_UNKNOWN_MS,
		],
		[
			"asks fal's list for a lost answer",
			stateAfter(started, [answerLost, 30 * SECOND]),
			30 * SECOND,
			NOBODY,
			31 * SECOND,
		],
		[
			"waits behind a look into fal's list that is under way",
			stateAfter(started, [answerLost, 30 * SECOND]),
			31 * SECOND,
			BUSY,
			31 * SECOND + CALL_TIMEOUT_MS + 5 * SECOND,
		],
		[
			"comes soon when a look into fal's list is due and not under way",
			stateAfter(started, [answerLost, 30 * SECOND]),
			2 * MINUTE,
			NOBODY,
			2 * MINUTE + 5 * SECOND,
		],
		[
			"never looks into fal's list after a lost answer is given up",
			stateAfter([start({ deadlineAt: NOW + 5 }), 0], [answerLost, 5], [lookedUp("unclear"), 6 * SECOND]),
			19 * SECOND,
			BUSY,
			LOOK_UP_AT_LEAST_MS + 5,
		],
		[
			"gives a lost answer up so long after the latest submit",
			stateAfter(
				started,
				[busy, 1 * MINUTE],
				[tick, 2 * MINUTE],
				[answerLost, 3 * MINUTE],
				[lookedUp("forbidden"), 3 * MINUTE],
			),
			3 * MINUTE,
			NOBODY,
			2 * MINUTE + SETTLE_UNKNOWN_MS,
		],
		[
			"gives a lost answer up at the deadline, if that is sooner",
			stateAfter([start({ deadlineAt: NOW + MINUTE }), 0], [answerLost, 5], [lookedUp("forbidden"), 5]),
			5,
			NOBODY,
			MINUTE,
		],
		[
			"gives a cancelled job of unknown outcome up after 30 s",
			stateAfter(started, [answerLost, 5], [lookedUp("forbidden"), 5], [cancel, 10]),
			10,
			NOBODY,
			10 + CANCEL_SILENCE_MS,
		],
		["polls if a webhook is due", stateAfter(started, [submitted(), SECOND]), 4 * SECOND, WATCHED, 10 * SECOND],
		["polls if no webhook is due", stateAfter(polled, [submitted(), 0]), 20 * SECOND, WATCHED, 21 * SECOND],
		[
			"polls a running job like one in the queue",
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
			"stops at the deadline, though a watcher follows",
			stateAfter(started, [submitted(), 0]),
			14 * MINUTE,
			FOLLOWED,
			15 * MINUTE,
		],
		[
			"asks fal to cancel again after 10 s",
			stateAfter(started, [submitted(), 0], [cancel, 10]),
			10,
			NOBODY,
			10 + 10 * SECOND,
		],
		[
			"ends a cancellation that fal does not answer after 30 s",
			stateAfter(started, [submitted(), 0], [cancel, 0]),
			25 * SECOND,
			NOBODY,
			CANCEL_SILENCE_MS,
		],
		[
			"waits for the time-out of a fetch that is under way",
			stateAfter(started, [submitted(), 0], [unavailable, 10]),
			10,
			BUSY,
			10 + CALL_TIMEOUT_MS + 5 * SECOND,
		],
		[
			"fetches again after as long as it has tried",
			stateAfter(started, [submitted(), 0], [unavailable, 0]),
			8 * SECOND,
			NOBODY,
			16 * SECOND,
		],
		[
			"fetches again after an hour at most",
			stateAfter(started, [submitted(), 0], [unavailable, 0]),
			3 * HOUR,
			NOBODY,
			4 * HOUR,
		],
		[
			"waits for the time-out of a picture that is being stored",
			stateAfter(started, [submitted(), 0], [outputs(1), 10]),
			10,
			BUSY,
			10 + STORE_TIMEOUT_MS + 5 * SECOND,
		],
		[
			"falls back to ten minutes while a watcher waits for a picture that is being stored",
			stateAfter(started, [submitted(), 0], [outputs(1), 10]),
			10,
			{ ...BUSY, watched: true },
			10 + 10 * MINUTE,
		],
		[
			"stores again after as long as it has tried",
			stateAfter(started, [submitted(), 0], [outputs(1), 0]),
			20 * SECOND,
			NOBODY,
			40 * SECOND,
		],
		[
			"stores a missing picture again after as long as it has tried, at first like any other",
			stateAfter(started, [submitted(), 0], [outputs(2), 0], [stored(0), SECOND]),
			20 * SECOND,
			NOBODY,
			40 * SECOND,
		],
		[
			"tries a missing picture once more after a minute",
			stateAfter(started, [submitted(), 0], [outputs(2), 0], [stored(0), SECOND]),
			50 * SECOND,
			NOBODY,
			60 * SECOND,
		],
		[
			"ends without it soon after that",
			stateAfter(started, [submitted(), 0], [outputs(2), 0], [stored(0), SECOND]),
			61 * SECOND,
			NOBODY,
			70 * SECOND,
		],
		[
			"gives a lost submit up at its bound when nothing more is looked for",
			fold(
				makeLog(
					{ type: "accepted", ...makeAccepted() },
					{ type: "answer_lost", settleBy: NOW + 9 * SECOND, lookUpAt: null },
				),
			),
			SECOND,
			NOBODY,
			9 * SECOND,
		],
		[
			"erases a job that succeeded when it expires",
			stateAfter(started, [submitted(), 0], [outputs(1), 0], [stored(0), 1]),
			1,
			NOBODY,
			30 * 24 * HOUR,
		],
		[
			"erases a deleted job again after a minute",
			stateAfter(started, [refused, 1], [remove, 2]),
			2,
			NOBODY,
			MINUTE + 2,
		],
		["erases a failed job when it expires, too", stateAfter(started, [refused, 1]), 1, NOBODY, 30 * 24 * HOUR],
		[
			"stores a late picture again",
			stateAfter(started, [submitted(), 0], [cancel, 0], [cancelAnswered("accepted"), 0], [outputs(1), 0]),
			20 * SECOND,
			NOBODY,
			40 * SECOND,
		],
		[
			"tells the account again after a minute of what came behind the end",
			stateAfter(started, [refused, 1]),
			HOUR,
			{ ...NOBODY, unsettled: true },
			HOUR + MINUTE,
		],
		[
			"erases an expired job, whatever its account knows",
			stateAfter(started, [refused, 1]),
			30 * 24 * HOUR - SECOND,
			{ ...NOBODY, unsettled: true },
			30 * 24 * HOUR,
		],
		[
			"erases an expired job again after a minute",
			stateAfter(started, [refused, 1]),
			30 * 24 * HOUR,
			NOBODY,
			30 * 24 * HOUR + MINUTE,
		],
		[
			"sets none in an alarm that erases: the runtime runs that again",
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
		["leaves an alarm that is due", NOW, running, null],
		["leaves an alarm that is a minute late: it may still fire", NOW - 40 * SECOND, running, null],
		[
			"sets an alarm again that is later than that: the platform forgot it",
			NOW - 40 * SECOND - 1,
			running,
			NOW + 21 * SECOND,
		],
		["sets the forgotten alarm of an ended job again", NOW - HOUR, ended, expiry],
		[
			"leaves the early alarm of a job that runs, though it expires at its deadline",
			NOW + 20 * SECOND,
			stateAfter([start({ deadlineAt: NOW + 21 * SECOND, expiresAt: NOW + 21 * SECOND }), 0], [submitted(), 0]),
			null,
		],
	])("%s", (_, set, state, move) => {
		expect(alarmMove(set, state, NOW + 20 * SECOND, WATCHED)).toBe(move);
	});

	it("sets what is long due for now, once", () => {
		const late = NOW + 2 * HOUR;
		expect(alarmMove(NOW + MINUTE, running, late, WATCHED)).toBe(late);
		expect(alarmMove(late, running, late + 30 * SECOND, WATCHED)).toBeNull();
	});

	it("leaves the alarm of an ended job that still has work, however often it is read", () => {
		const expired = NOW + 30 * 24 * HOUR;
		expect(alarmMove(expired + MINUTE, ended, expired + 30 * SECOND, NOBODY)).toBeNull();
		const late = stateAfter(started, [submitted(), 0], [cancel, 0], [cancelAnswered("accepted"), 0], [outputs(1), 0]);
		expect(alarmMove(NOW + 2 * MINUTE, late, NOW + 90 * SECOND, NOBODY)).toBeNull();
	});
});

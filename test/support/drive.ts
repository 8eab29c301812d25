/** Runs a job whose effects all fail, and that only its alarm wakes, for properties of what the core decides. */
import { nextAlarm } from "../../src/core/alarm.ts";
import type { Effect, Input } from "../../src/core/inputs.ts";
import type { Circumstances } from "../../src/core/schedule.ts";
import { EMPTY } from "../../src/core/state.ts";
import { createJob, type SteppedJob } from "./flows.ts";
import { answerLost, cancelAnswered, lookedUp, lostImage, resultOf, tick } from "./logs.ts";
import { NOBODY, NOW } from "./make.ts";

/** More than any job needs to end. */
const MAX_ALARMS = 2_000;

export interface DrivenJob extends Pick<SteppedJob, "log" | "turns" | "state"> {
	now(): number;
	/** Lets the next alarm fire, and each effect that it brings fail. Returns these effects. */
	fire(circumstances?: Circumstances): readonly Effect[];
	/** Lets alarms fire until the job has ended. Returns how many did: `MAX_ALARMS` if it does not end. */
	driveToEnd(): number;
}

/** Starts a job at `NOW`, and lets it take each input as long after the one before as it says. */
export function runInputs(
	start: Input,
	inputs: readonly (readonly [input: Input, waitMs: number])[],
	falAccounts: readonly string[] = [],
): DrivenJob {
	const job = createJob(EMPTY, falAccounts);
	let now = NOW;
	job.take(start, now);
	for (const [input, waitMs] of inputs) {
		now += waitMs;
		job.take(input, now);
	}
	const { log, turns, state } = job;
	const fire = (circumstances = NOBODY) => {
		now = Math.max(now, nextAlarm(state(), now, circumstances) ?? Number.POSITIVE_INFINITY);
		const effects = job.take(tick, now);
		for (const effect of effects) {
			const failure = failureOf(effect);
			if (failure !== null) job.take({ ...failure, slot: effect.slot ?? 0 }, now);
		}
		return effects;
	};
	const driveToEnd = () => {
		let alarms = 0;
		for (; alarms < MAX_ALARMS && state().end === null; alarms += 1) fire();
		return alarms;
	};
	return { log, turns, state, now: () => now, fire, driveToEnd };
}

/** Returns the input by which an effect tells the job that it failed; null if it tells nothing. */
function failureOf(effect: Effect): Input | null {
	switch (effect.type) {
		case "submit":
			return answerLost;
		case "look_up":
			return lookedUp("unclear");
		case "store":
			return lostImage(effect.index, "a_day");
		case "cancel":
			return cancelAnswered("unclear");
		case "fetch_result":
			return resultOf({ kind: "unavailable" }, effect.upstream.requestId);
		case "poll":
		case "keep_thumbnail":
		case "notify":
		case "bill":
		case "settle":
		case "drop_pictures":
		case "erase":
			return null;
	}
}

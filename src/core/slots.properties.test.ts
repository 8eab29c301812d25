/** Checks a job of several slots, for all orders, repeats and losses of inputs. Nothing here is computed by the core. */
import * as fc from "fast-check";
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
	gone,
	lookedUp,
	lostImage,
	of,
	outputs,
	queued,
	refused,
	remove,
	restarted,
	running,
	SINGLE,
	stored,
	strange,
	submitted,
	tick,
	unavailable,
} from "../../test/support/logs.ts";
import { NOW } from "../../test/support/make.ts";
import { startMany } from "../../test/support/slots.ts";
import { nextAlarm } from "./alarm.ts";
import { isTerminal, type JobEvent } from "./events.ts";
import type { Input } from "./inputs.ts";
import { flatten } from "./linked.ts";
import { fold } from "./state.ts";
import { step } from "./step.ts";

const MOST = 10;
const slots = Array.from({ length: MOST }, (_, slot) => slot);

const anySlotInput: fc.Arbitrary<Input> = fc.oneof(
	{ weight: 8, arbitrary: fc.constant(submitted()) },
	{ weight: 3, arbitrary: fc.constantFrom(busy, gone, answerLost, refused) },
	{ weight: 2, arbitrary: fc.constantFrom(queued(1), running("a"), completed, unavailable, strange) },
	fc.constantFrom("found", "absent", "unclear", "forbidden").map((kind) => lookedUp(kind)),
	{ weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }).map((count) => outputs(count)) },
	fc.constant(blocked),
	fc.constantFrom("accepted", "already_completed", "not_found", "unclear").map((answer) => cancelAnswered(answer)),
);
const anyInput: fc.Arbitrary<Input> = fc.oneof(
	{
		weight: 12,
		arbitrary: fc.tuple(fc.integer({ min: 0, max: 4 }), anySlotInput).map(([slot, input]) => of(slot, input)),
	},
	{ weight: 4, arbitrary: fc.constantFrom(...slots).map((slot) => of(slot, submitted())) },
	{ weight: 3, arbitrary: fc.tuple(fc.nat(4), fc.nat(9)).map(([slot, index]) => of(slot, stored(index))) },
	fc
		.tuple(fc.nat(4), fc.nat(9), fc.constantFrom("never", "a_day"))
		.map(([slot, index, retryFor]) => of(slot, lostImage(index, retryFor))),
	fc.constantFrom(cancel, remove),
	fc.boolean().map(clientDisconnected),
	{ weight: 3, arbitrary: fc.subarray([0, 1, 2, 3]).map((submitsInFlight): Input => ({ ...tick, submitsInFlight })) },
	fc.subarray([0, 1, 2]).map((followed): Input => ({ ...tick, followed })),
	fc.constant(restarted),
);

const anyRun = fc.record({
	webhook: fc.constantFrom(null, "https://gateway.test/w"),
	n: fc.integer({ min: 1, max: MOST }),
	model: fc.constantFrom(SINGLE, "imagen4-preview"),
	deadlineMs: fc.constantFrom(1_000, 60_000, 900_000),
	onDisconnect: fc.constantFrom("cancel" as const, undefined),
	inputs: fc.array(fc.tuple(anyInput, fc.constantFrom(0, 0, 1, 500, 5_000, 40_000)), { maxLength: 60, size: "max" }),
});

function run({
	webhook,
	n,
	model,
	deadlineMs,
	onDisconnect,
	inputs,
}: typeof anyRun extends fc.Arbitrary<infer T> ? T : never) {
	const cancels = onDisconnect === undefined ? {} : { onDisconnect };
	return runInputs(startMany(n, model, { webhook, deadlineAt: NOW + deadlineMs, ...cancels }), inputs);
}

/** The log of each slot, in the words of slot 0. */
function logsOf(log: readonly JobEvent[]) {
	return slots.map((slot) => log.map(flatten).filter((event) => (event.slot ?? 0) === slot));
}

describe("for all orders, repeats and losses of inputs, a job of several slots", () => {
	it("keeps its state the fold of a gapless log", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, state } = run(plan);
				expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
				expect(fold(JSON.parse(JSON.stringify(log)))).toEqual(state());
			}),
			{ numRuns: 200 },
		);
	});

	it("ends once, after all of its slots, and after few alarms", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, state, driveToEnd } = run(plan);
				expect(driveToEnd()).toBeLessThan(2_000);
				expect(state().end).not.toBeNull();
				expect(log.filter(isTerminal)).toHaveLength(1);
				const end = log.findIndex(isTerminal);
				const begun = logsOf(log).filter((own) => own.some(({ type }) => type === "submitting")).length;
				const ended = log.flatMap((event) => (event.type === "slot_ended" ? [event.slot] : []));
				expect(new Set(ended).size).toBe(ended.length);
				if (begun > 1) expect(ended.toSorted()).toEqual(slots.slice(0, begun));
				else expect(ended).toEqual([]);
				const after = [
					"generated",
					"late_image",
					"late_failure",
					"image_lost",
					"addresses_kept",
					"deleting",
					"client_left",
					"delivered",
				];
				for (const { type } of log.slice(end + 1).map(flatten)) expect(after).toContain(type);
			}),
			{ numRuns: 300 },
		);
	});

	it("submits each slot once, or again only if fal surely accepted nothing", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns, driveToEnd } = run(plan);
				driveToEnd();
				const mayBeAccepted = new Set<number>();
				for (const { input, events, effects } of turns) {
					const { slot = 0 } = input;
					const isNo =
						input.type === "submit_answered" && (input.answer.kind === "busy" || input.answer.kind === "gone");
					const told = events
						.map(flatten)
						.some((event) => (event.slot ?? 0) === slot && /refused|rerouted/.test(event.type));
					if (isNo && told) mayBeAccepted.delete(slot);
					for (const effect of effects) {
						if (effect.type !== "submit") continue;
						const of = effect.slot ?? 0;
						expect(mayBeAccepted.has(of)).toBe(false);
						mayBeAccepted.add(of);
						// The intent is in the log, in the same row, before the request leaves.
						const intents = events.map(flatten).filter(({ type }) => type === "submitting");
						expect(intents.filter((event) => (event.slot ?? 0) === of)).toHaveLength(1);
					}
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("has five submits under way at most, and none but the first before fal has that", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log } = run(plan);
				const open = new Set<number>();
				let isTaken = false;
				for (const event of log.map(flatten)) {
					const { slot = 0, type } = event;
					if (slot === 0 && (type === "submitted" || type === "generated")) isTaken = true;
					if (type === "submitting") {
						open.add(slot);
						if (slot > 0) expect(isTaken).toBe(true);
					} else if (/^(refused|rerouted|answer_lost|submitted|generated|slot_ended)$/.test(type)) open.delete(slot);
					expect(open.size).toBeLessThanOrEqual(5);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("asks for each picture once, for all of them together, and for no more than the model makes in one request", () => {
		const most = { [SINGLE]: 1, "imagen4-preview": 4 };
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, turns } = run(plan);
				const asked = new Map<number, readonly number[]>();
				for (const event of log.map(flatten)) {
					if (event.type !== "submitting") continue;
					const { slot = 0, first = 0, count = plan.n } = event;
					asked.set(
						slot,
						Array.from({ length: count }, (_, place) => first + place),
					);
				}
				const all = [...asked.values()].flat();
				expect(all).toEqual(Array.from({ length: all.length }, (_, index) => index));
				expect(all.length).toBeLessThanOrEqual(plan.n);
				const wasRerouted = log.some((event) => flatten(event).type === "rerouted");
				for (const effect of turns.flatMap(({ effects }) => effects)) {
					if (effect.type !== "submit") continue;
					const { slot = 0, input } = effect;
					expect(asked.get(slot)).toHaveLength(Number(input.num_images ?? 1));
					if (!wasRerouted) expect(asked.get(slot)?.length).toBeLessThanOrEqual(most[plan.model as keyof typeof most]);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("sends no two of its requests with one seed", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns } = run(plan);
				const seeds = new Map<number, unknown>();
				for (const effect of turns.flatMap(({ effects }) => effects))
					if (effect.type === "submit") seeds.set(effect.slot ?? 0, effect.input.seed);
				expect(new Set(seeds.values()).size).toBe(seeds.size);
			}),
		);
	});

	it("stores a picture only under an index that was asked of its own slot, and each once", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, turns } = run(plan);
				const asked = new Map<number, { first: number; count: number }>();
				const seen: number[] = [];
				for (const event of log.map(flatten)) {
					const { slot = 0 } = event;
					if (event.type === "submitting") asked.set(slot, { first: event.first ?? 0, count: event.count ?? 16 });
					if (event.type !== "image" && event.type !== "late_image" && event.type !== "image_lost") continue;
					const { first = 0, count = 0 } = asked.get(slot) ?? {};
					expect(event.index).toBeGreaterThanOrEqual(first);
					expect(event.index).toBeLessThan(first + count);
					seen.push(event.index);
				}
				expect(new Set(seen).size).toBe(seen.length);
				for (const effect of turns.flatMap(({ effects }) => effects)) {
					if (effect.type !== "store") continue;
					const { first = 0 } = asked.get(effect.slot ?? 0) ?? {};
					expect(effect.index - (effect.place ?? effect.index)).toBe(first);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("goes on with one request for each slot", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, driveToEnd } = run(plan);
				driveToEnd();
				for (const own of logsOf(log)) {
					const ids = own.flatMap((event) =>
						event.type === "submitted" || event.type === "generated" ? [event.requestId] : [],
					);
					expect(new Set(ids).size).toBeLessThanOrEqual(1);
				}
			}),
		);
	});

	it("never drops a result of one of its own requests", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns } = run(plan);
				const ids = new Map<number, string>();
				const taken = new Set<number>();
				const begun = new Set<number>();
				let isDeleted = false;
				for (const { input, events } of turns) {
					for (const event of events.map(flatten)) {
						const { slot = 0 } = event;
						if (event.type === "submitting") begun.add(slot);
						if (event.type === "submitted" || event.type === "generated") ids.set(slot, event.requestId);
						if (event.type === "generated") taken.add(slot);
						if (event.type === "deleting") isDeleted = true;
					}
					if (input.type !== "result" || input.result?.kind !== "outputs" || isDeleted) continue;
					const { slot = 0, requestId } = input;
					if (begun.has(slot) && (ids.get(slot) ?? requestId) === requestId) expect(taken.has(slot)).toBe(true);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("succeeds exactly if a picture is stored, and says of each other that it is lost, late or not made", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, driveToEnd } = run(plan);
				driveToEnd();
				const end = log.findIndex(isTerminal);
				const told = log.slice(0, end).map(flatten);
				const images = told.flatMap((event) => (event.type === "image" ? [event.index] : []));
				const isDeleted = told.some(({ type }) => type === "deleting");
				expect(log[end]?.type === "succeeded").toBe(images.length > 0 && !isDeleted);
				const ended = told.filter((event) => event.type === "slot_ended");
				for (const { slot, missing } of ended) {
					const own = logsOf(told as readonly JobEvent[])[slot] ?? [];
					const intent = own.findLast((event) => event.type === "submitting");
					const made = own.find((event) => event.type === "generated");
					// A result that came after the slot's end makes what was missing.
					if (made !== undefined && made.seq > (ended.find((one) => one.slot === slot)?.seq ?? 0)) continue;
					expect(missing).toHaveLength((intent?.count ?? 0) - (made?.outputs.length ?? 0));
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("asks nothing of fal's queue once it has ended, but a result that a webhook could not carry", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns } = run(plan);
				let hasEnded = false;
				for (const { input, events, effects } of turns) {
					if (hasEnded) {
						const allowed =
							input.type === "result" && input.result === null ? ["fetch_result"] : ["store", "drop_pictures", "erase"];
						for (const { type } of effects) expect(allowed).toContain(type);
					}
					if (events.some(isTerminal)) hasEnded = true;
				}
			}),
		);
	});

	it("never fires its alarm in a circle", () => {
		const anyCircumstances = fc.record({
			watched: fc.boolean(),
			followed: fc.subarray([0, 1, 2]),
			effectsInFlight: fc.subarray([0, 1, 2, 3]),
			alarmRetries: fc.constant(false),
			unsettled: fc.boolean(),
		});
		fc.assert(
			fc.property(anyRun, anyCircumstances, (plan, circumstances) => {
				const state = run(plan).state();
				const waits = plan.inputs.reduce((sum, [, wait]) => sum + wait, 0);
				const at = nextAlarm(state, NOW + waits, circumstances);
				expect(at).toEqual(expect.any(Number));
				const firedAt = Math.max(NOW + waits, at ?? 0);
				const {
					events,
					effects,
					state: next,
				} = step(state, { ...tick, submitsInFlight: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }, firedAt);
				const then = nextAlarm(next, firedAt, { ...circumstances, effectsInFlight: slots }) ?? Number.NaN;
				expect(events.length > 0 || effects.length > 0 || then > firedAt).toBe(true);
				if (effects.length > 0 && events.length === 0) expect(then).toBeGreaterThan(firedAt);
			}),
			{ numRuns: 500 },
		);
	});

	it("is taken over by the code from before there were slots, which finishes slot 0 and folds nothing wrong", () => {
		const known = (event: JobEvent) => event.type !== "slot" && event.type !== "slot_ended";
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log } = run(plan);
				const own = log.filter(known);
				const before = fold(own);
				// That code sees a job of one slot. What it then writes ends the job for the newer code, too.
				expect(before.slots).toHaveLength(1);
				const after = step(before, { ...outputs(1), requestId: "r-1" }, NOW + 900_000_000);
				for (const event of after.events) expect(known(event)).toBe(true);
				const again = [...log, ...after.events.map((event, index) => ({ ...event, seq: log.length + 1 + index }))];
				expect(fold(again).slots.length).toBe(fold(log).slots.length);
			}),
		);
	});
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runInputs } from "../../test/support/drive.ts";
import { type Flow, makeLog, onlySlot, runFlow, runTimed, typesOf } from "../../test/support/flows.ts";
import {
	answerLost,
	blocked,
	busy,
	cancel,
	cancelAnswered,
	clientDisconnected,
	completed,
	done,
	failedStatus,
	gone,
	lookedUp,
	lostImage,
	ofAnother,
	outputs,
	queued,
	refused,
	remove,
	restarted,
	running,
	silent,
	start,
	stored,
	strange,
	submitted,
	tick,
	tooEarly,
	unavailable,
	unexplained,
} from "../../test/support/logs.ts";
import { makeAccepted, makeRequest, NOW, UPSTREAM } from "../../test/support/make.ts";
import { type EventBody, isTerminal } from "./events.ts";
import { isSubmitSettled } from "./from-fal.ts";
import type { Effect, Input } from "./inputs.ts";
import { transferOf } from "./slot.ts";
import { EMPTY, fold } from "./state.ts";
import { step } from "./step.ts";

describe("a job", () => {
	it.each<Flow>([
		["saves the intent before it submits", [start()], ["accepted", "submitting"], ["submit"]],
		["starts once", [start(), start()], ["accepted", "submitting"], ["submit"]],
		[
			"succeeds when its picture is stored",
			[start(), submitted(), completed, outputs(1), stored(0)],
			["accepted", "submitting", "submitted", "generated", "image", "succeeded"],
			["submit", "fetch_result", "store"],
		],
		[
			"writes nothing when it is told the same twice",
			[start(), submitted(), outputs(1), outputs(1), stored(0), stored(0), outputs(1)],
			["accepted", "submitting", "submitted", "generated", "image", "succeeded"],
			["submit", "store"],
		],
		[
			"is erased as soon as it has ended, if it was deleted",
			[start(), submitted(), running("a"), remove, cancelAnswered("accepted")],
			["accepted", "submitting", "submitted", "running", "deleting", "cancelling", "cancelled"],
			["submit", "cancel", "erase"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});

	it("never keeps its prompt in what fal's status says of a failure", () => {
		const error = { code: "upstream_failed", message: "fal says: 'a red fox' is no picture" } as const;
		const { log } = runFlow([start(), submitted(), { type: "status", status: { kind: "completed", error } }]);
		expect(log.at(-1)).toMatchObject({ type: "completed", error: { message: "fal says: '…' is no picture" } });
	});

	it("takes nothing before its start", () => {
		for (const input of [tick, restarted, cancel, remove, outputs(1), clientDisconnected(false)]) {
			expect(step(EMPTY, input, NOW)).toEqual({ state: EMPTY, events: [], effects: [] });
		}
	});
});

describe("a job whose endpoint in the catalogue has changed since it was submitted", () => {
	const THEN = "fal-ai/imagen4/before-the-move";
	const accepted: EventBody = { type: "accepted", ...makeAccepted() };
	const submitting = (endpoint: string): EventBody => ({
		type: "submitting",
		endpoint,
		used: { size: "16:9", aspectRatio: "16:9", quality: "auto", outputFormat: "png" },
	});
	const withoutUrls: EventBody = {
		type: "submitted",
		requestId: UPSTREAM.requestId,
		statusUrl: null,
		responseUrl: null,
		cancelUrl: null,
		position: null,
	};
	const generated: EventBody = {
		type: "generated",
		requestId: UPSTREAM.requestId,
		outputs: [{ url: "https://cdn.test/0.png", nsfw: false }],
	};
	const ended: EventBody = { type: "failed", error: { code: "upstream_outcome_unknown", message: "lost" } };
	const cancelling: EventBody = { type: "cancelling", why: "client" };
	const busyOnce: EventBody = { type: "refused", status: 429, retryAt: NOW };
	const atFal = [submitting(THEN), withoutUrls];

	interface Case {
		readonly effect: Effect["type"];
		readonly when: string;
		readonly events: readonly EventBody[];
		readonly input: Input;
		readonly ageMs?: number;
		readonly endpoint?: string;
	}
	it.each<Case>([
		{ effect: "poll", when: "at its alarm", events: atFal, input: tick },
		{ effect: "fetch_result", when: "when fal is done", events: atFal, input: completed },
		{ effect: "fetch_result", when: "at its alarm", events: [...atFal, { type: "completed" }], input: tick },
		{ effect: "fetch_result", when: "in a new instance", events: [...atFal, { type: "completed" }], input: restarted },
		{ effect: "fetch_result", when: "before the submit's answer", events: [submitting(THEN)], input: done },
		{ effect: "fetch_result", when: "after its end", events: [submitting(THEN), ended], input: done },
		{ effect: "store", when: "when a result comes", events: atFal, input: outputs(1) },
		{ effect: "store", when: "before the submit's answer", events: [submitting(THEN)], input: outputs(1) },
		{ effect: "store", when: "after it was refused", events: [submitting(THEN), busyOnce], input: outputs(1) },
		{ effect: "store", when: "after its end", events: [submitting(THEN), ended], input: outputs(1) },
		{ effect: "store", when: "at its alarm", events: [...atFal, generated], input: tick },
		{ effect: "store", when: "at its alarm after its end", events: [submitting(THEN), ended, generated], input: tick },
		{ effect: "store", when: "in a new instance", events: [...atFal, generated], input: restarted },
		{ effect: "cancel", when: "for its client", events: atFal, input: cancel },
		{ effect: "cancel", when: "at its deadline", events: atFal, input: tick, ageMs: 900_000 },
		{ effect: "cancel", when: "once more", events: [...atFal, cancelling], input: tick },
		{ effect: "cancel", when: "with the submit's answer", events: [submitting(THEN), cancelling], input: submitted() },
		{
			effect: "poll",
			when: "after it was refused and submitted again",
			events: [submitting(THEN), busyOnce, submitting("fal-ai/imagen4/second"), withoutUrls],
			input: tick,
			endpoint: "fal-ai/imagen4/second",
		},
		{
			effect: "poll",
			when: "after it was rerouted",
			events: [
				submitting(THEN),
				{ type: "rerouted", from: "imagen4-preview", to: "imagen4-preview-fast", why: "model_gone" },
				submitting("fal-ai/successor/then"),
				withoutUrls,
			],
			input: tick,
			endpoint: "fal-ai/successor/then",
		},
	])("is asked for its $effect where it was submitted, $when", (row) => {
		const { effect: type, events, input, ageMs = 0, endpoint = THEN } = row;
		const { effects } = step(fold(makeLog(accepted, ...events)), input, NOW + ageMs);
		const others = effects.filter(({ type: other }) => other !== "settle");
		expect(others).toEqual([expect.objectContaining({ type, endpoint })]);
	});
});

describe("a job tells its account what it came to", () => {
	const storing = [start(), submitted(), outputs(2), stored(0)];
	const late = [start(), answerLost, tick];
	it.each<readonly [when: string, before: readonly Input[], input: Input, ageMs: number, tells: boolean]>([
		["when it succeeds", storing, lostImage(1), 10_000, true],
		["when it fails", [start(), submitted()], blocked, 10_000, true],
		["when it is refused", [start()], refused, 10_000, true],
		["when it is cancelled", [start(), submitted(), cancel], cancelAnswered("accepted"), 10_000, true],
		["when it succeeds without all", storing, tick, 100_000, true],
		["when a late result comes", late, outputs(1), 950_000, true],
		["when a late failure comes", late, blocked, 950_000, true],
		["not before its end", storing.slice(0, 3), stored(0), 10_000, false],
		["not of what changes nothing", [...storing, lostImage(1)], lostImage(1), 10_000, false],
		["not of a client that comes and goes", [...storing, lostImage(1)], clientDisconnected(false), 10_000, false],
		// The erasing tells it.
		[
			"not when it is erased at once",
			[start(), submitted(), running("a"), remove],
			cancelAnswered("accepted"),
			10_000,
			false,
		],
	])("%s", (_, before, input, ageMs, tells) => {
		const inputs = before.map((one, index) => [one, one === tick ? 900_000 : index * 1_000] as const);
		const { effects } = step(runTimed(inputs).state, input, NOW + ageMs);
		expect(effects.filter(({ type }) => type === "settle")).toHaveLength(tells ? 1 : 0);
	});

	it("when a picture comes late", () => {
		const state = runTimed([...storing.map((input, index) => [input, index] as const), [tick, 100_000]]).state;
		expect(step(state, stored(1), NOW + 200_000).effects).toEqual([{ type: "settle" }]);
	});
});

const anyInput: fc.Arbitrary<Input> = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(start(), submitted(), busy, gone, answerLost, refused) },
	{ weight: 3, arbitrary: fc.constantFrom(queued(1), running("a"), completed) },
	fc
		.tuple(fc.constantFrom("found", "absent", "unclear", "forbidden"), fc.constantFrom("r-1", "r-2"))
		.map(([kind, requestId]) => lookedUp(kind, requestId)),
	fc.integer({ min: 1, max: 3 }).map((count) => outputs(count)),
	{ weight: 2, arbitrary: fc.constantFrom(ofAnother, blocked) },
	fc.constantFrom(tooEarly, unavailable, done, silent, unexplained, strange, failedStatus),
	fc.constantFrom<Input>({ ...tooEarly, probed: true }, { ...silent, probed: true }),
	fc.integer({ min: 1, max: 3 }).map((inARow): Input => ({ type: "status_unreadable", inARow })),
	fc.integer({ min: 0, max: 3 }).map((index) => stored(index)),
	fc
		.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom("never", "a_minute", "a_day"))
		.map(([index, retryFor]) => lostImage(index, retryFor)),
	{ weight: 2, arbitrary: fc.constantFrom(cancel, remove) },
	fc.boolean().map(clientDisconnected),
	fc.constantFrom("accepted", "already_completed", "not_found", "unclear").map((answer) => cancelAnswered(answer)),
	fc.subarray([0]).map((submitsInFlight): Input => ({ type: "tick", submitsInFlight })),
	fc.constant(restarted),
);

const anyRun = fc.record({
	webhook: fc.boolean(),
	n: fc.integer({ min: 1, max: 3 }),
	deadlineMs: fc.constantFrom(1_000, 60_000, 900_000),
	inputs: fc.array(fc.tuple(anyInput, fc.constantFrom(0, 1, 500, 5_000, 40_000)), { maxLength: 40, size: "max" }),
});

function run({ webhook, n, deadlineMs, inputs }: typeof anyRun extends fc.Arbitrary<infer T> ? T : never) {
	const accepted = {
		webhook: webhook ? "https://gateway.test/w" : null,
		request: makeRequest({ n }),
		deadlineAt: NOW + deadlineMs,
	};
	return runInputs(start(accepted), inputs);
}

describe("for all orders, repeats and losses of inputs", () => {
	it("keeps the state the fold of a gapless log", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, state } = run(plan);
				expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
				expect(fold(JSON.parse(JSON.stringify(log)))).toEqual(state());
			}),
		);
	});

	it("ends every job, once", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, state, driveToEnd } = run(plan);
				driveToEnd();
				expect(state().end).not.toBeNull();
				expect(log.filter(isTerminal)).toHaveLength(1);
				const end = log.findIndex(isTerminal);
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
				for (const { type } of log.slice(end + 1)) expect(after).toContain(type);
			}),
			{ numRuns: 500 },
		);
	});

	it("never submits again what fal may have accepted", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns, driveToEnd } = run(plan);
				driveToEnd();
				let mayBeAccepted = false;
				for (const { input, before, events, effects } of turns) {
					const notAccepted =
						input.type === "submit_answered" && (input.answer.kind === "busy" || input.answer.kind === "gone");
					if (notAccepted && before.slots[0]?.phase === "submitting") mayBeAccepted = false;
					if (!effects.some(({ type }) => type === "submit")) continue;
					expect(mayBeAccepted).toBe(false);
					mayBeAccepted = true;
					// The intent is in the log, in the same row or an earlier one, before the request leaves.
					expect(events.some(({ type }) => type === "submitting")).toBe(true);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("takes no answer to a submit that is settled, and submits no more", () => {
		const answers = [submitted(), busy, gone, answerLost];
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns, driveToEnd } = run(plan);
				driveToEnd();
				for (const { before, effects } of turns.filter((turn) => turn.before.slots.some(isSubmitSettled))) {
					expect(effects.some(({ type }) => type === "submit")).toBe(false);
					for (const answer of answers) {
						expect(step(before, answer, NOW)).toEqual({ state: before, events: [], effects: [] });
					}
				}
			}),
		);
	});

	it("never replaces the request that it goes on with by another", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, driveToEnd } = run(plan);
				driveToEnd();
				const ids = log.flatMap((event) =>
					event.type === "submitted" || event.type === "generated" ? [event.requestId] : [],
				);
				expect(new Set(ids).size).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 500 },
		);
	});

	it("lets a job succeed only with one picture stored, and the others stored, lost, or a minute late", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, driveToEnd } = run(plan);
				driveToEnd();
				const end = log.findIndex(({ type }) => type === "succeeded");
				if (end < 0) return;
				const generated = log.find((event) => event.type === "generated");
				const images = log.slice(0, end).filter((event) => event.type === "image");
				const lost = log.slice(0, end).filter((event) => event.type === "image_lost");
				expect(images.length).toBeGreaterThan(0);
				const indices = [...images, ...lost].map(({ index }) => index).toSorted();
				if ((log[end]?.at ?? 0) - (generated?.at ?? 0) >= 70_000) return;
				expect(indices).toEqual(generated?.outputs.map((_, index) => index));
			}),
		);
	});

	it("never drops a result of the job's own request", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns } = run(plan);
				let requestId: string | null = null;
				let taken = false;
				let deleted = false;
				for (const { input, events, effects } of turns) {
					for (const event of events) {
						if (event.type === "submitted" || event.type === "generated") requestId ??= event.requestId;
						if (event.type === "generated") taken = true;
						if (event.type === "deleting") deleted = true;
					}
					if (input.type !== "result" || input.result?.kind !== "outputs") continue;
					if (deleted || (requestId !== null && requestId !== input.requestId)) continue;
					expect(taken).toBe(true);
					if (events.some(({ type }) => type === "generated")) {
						expect(effects.filter(({ type }) => type === "store")).toHaveLength(input.result.outputs.length);
					}
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("asks nothing of fal's queue for an ended job, but a result that a webhook could not carry", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns } = run(plan);
				for (const { input, before, effects } of turns) {
					if (before.end === null) continue;
					const told = input.type === "result" && input.result === null && transferOf(onlySlot(before)) === null;
					const allowed = told ? ["fetch_result"] : ["store", "drop_pictures", "erase"];
					for (const { type } of effects) expect(allowed).toContain(type);
				}
			}),
		);
	});
});

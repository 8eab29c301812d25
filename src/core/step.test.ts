import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeAccepted, makeRequest, NOW, UPSTREAM } from "../../test/support/make.ts";
import { type EventBody, isTerminal, type JobEvent } from "./events.ts";
import { isSubmitSettled } from "./from-fal.ts";
import type { Effect, Input } from "./inputs.ts";
import { type Circumstances, nextAlarm, SETTLE_UNKNOWN_MS, type StoreRetry } from "./schedule.ts";
import { EMPTY, fold, type State } from "./state.ts";
import { step } from "./step.ts";

/** Runs inputs one second apart and keeps all that came of them. */
function play(inputs: readonly Input[], { everyMs = 1_000 } = {}) {
	let state: State = EMPTY;
	const events: JobEvent[] = [];
	const effects: Effect[] = [];
	let now = NOW;
	for (const input of inputs) {
		const done = step(state, input, now);
		state = done.state;
		events.push(...done.events);
		effects.push(...done.effects);
		now += everyMs;
	}
	return { state, events, effects, types: events.map(({ type }) => type), asked: effects.map(({ type }) => type) };
}

const start: Input = { type: "start", accepted: makeAccepted() };
const startWithoutWebhook: Input = { type: "start", accepted: makeAccepted({ webhook: null }) };
const accepted: Input = { type: "submit_answered", answer: { kind: "accepted", upstream: UPSTREAM, position: 2 } };
const error = { code: "rate_limit_exceeded", message: "busy" } as const;
const busy: Input = { type: "submit_answered", answer: { kind: "busy", status: 429, error } };
const gone: Input = {
	type: "submit_answered",
	answer: { kind: "gone", error: { code: "model_not_found", message: "gone" } },
};
const lost: Input = { type: "submit_answered", answer: { kind: "lost" } };
function outputs(count: number, requestId = "r-1"): Input {
	return {
		type: "result",
		requestId,
		result: {
			kind: "outputs",
			outputs: Array.from({ length: count }, (_, index) => ({ url: `https://cdn.test/${index}.png`, nsfw: false })),
		},
	};
}
const failure: Input = {
	type: "result",
	requestId: "r-1",
	result: { kind: "failure", error: { code: "moderation_blocked", message: "blocked" } },
};
function stored(index: number): Input {
	return {
		type: "stored",
		image: { index, key: `images/1/${index}.png`, contentType: "image/png", bytes: 3, width: 1, height: 1 },
	};
}
function lostImage(index: number, retryFor: StoreRetry = "never"): Input {
	return {
		type: "store_failed",
		index,
		why: "404",
		retryFor,
	};
}
const completed: Input = { type: "status", status: { kind: "completed" } };
const tick: Input = { type: "tick", submitInFlight: false };
const cancel: Input = { type: "cancel" };
function cancelAnswered(answer: "accepted" | "already_completed" | "not_found" | "unclear"): Input {
	return {
		type: "cancel_answered",
		answer,
	};
}

describe("a job's step", () => {
	const table: readonly (readonly [
		sentence: string,
		inputs: readonly Input[],
		types: readonly EventBody["type"][],
		asked: readonly Effect["type"][],
	])[] = [
		["saves the intent before it submits", [start], ["accepted", "submitting"], ["submit"]],
		["starts once", [start, start], ["accepted", "submitting"], ["submit"]],
		[
			"succeeds when its picture is stored",
			[start, accepted, completed, outputs(1), stored(0)],
			["accepted", "submitting", "submitted", "generated", "image", "succeeded"],
			["submit", "fetch_result", "store"],
		],
		[
			"waits for all pictures",
			[start, accepted, outputs(2), stored(1)],
			["accepted", "submitting", "submitted", "generated", "image"],
			["submit", "store", "store"],
		],
		[
			"takes a webhook before the submit's answer",
			[start, outputs(1), accepted, stored(0)],
			["accepted", "submitting", "generated", "image", "succeeded"],
			["submit", "store"],
		],
		[
			"writes nothing for the same news twice",
			[start, accepted, outputs(1), outputs(1), stored(0), stored(0), outputs(1)],
			["accepted", "submitting", "submitted", "generated", "image", "succeeded"],
			["submit", "store"],
		],
		[
			"takes no other request's result",
			[start, accepted, outputs(1, "r-2")],
			["accepted", "submitting", "submitted"],
			["submit"],
		],
		[
			"fails as its result says",
			[start, accepted, failure],
			["accepted", "submitting", "submitted", "failed"],
			["submit"],
		],
		[
			"tries a busy queue again at its alarm",
			[start, busy, tick, accepted],
			["accepted", "submitting", "refused", "submitting", "submitted"],
			["submit", "submit"],
		],
		[
			"goes on once with the model's successor",
			[start, gone, accepted],
			["accepted", "submitting", "rerouted", "submitting", "submitted"],
			["submit", "submit"],
		],
		[
			"fails when the successor is gone too",
			[start, gone, gone],
			["accepted", "submitting", "rerouted", "submitting", "failed"],
			["submit", "submit"],
		],
		[
			"waits for the webhook when the answer was lost",
			[start, lost, tick, outputs(1), stored(0)],
			["accepted", "submitting", "answer_lost", "generated", "image", "succeeded"],
			["submit", "store"],
		],
		[
			"fails at once when nothing can settle a lost answer",
			[startWithoutWebhook, lost],
			["accepted", "submitting", "failed"],
			["submit"],
		],
		[
			"is unknown when its instance died between intent and answer",
			[start, { type: "restarted" }],
			["accepted", "submitting", "answer_lost"],
			["submit"],
		],
		[
			"waits while the submit is under way",
			[start, { type: "tick", submitInFlight: true }],
			["accepted", "submitting"],
			["submit"],
		],
		[
			"fetches what a webhook could not carry",
			[start, accepted, { type: "result", requestId: "r-1", result: null }],
			["accepted", "submitting", "submitted"],
			["submit", "fetch_result"],
		],
		[
			"learns its request from an early webhook without a payload",
			[start, { type: "result", requestId: "r-1", result: null }, outputs(1), stored(0)],
			["accepted", "submitting", "submitted", "generated", "image", "succeeded"],
			["submit", "fetch_result", "store"],
		],
		[
			"fetches what a webhook could not carry, also once it has ended",
			[
				start,
				accepted,
				cancel,
				cancelAnswered("accepted"),
				{ type: "result", requestId: "r-1", result: null },
				outputs(1),
				stored(0),
			],
			["accepted", "submitting", "submitted", "cancelling", "cancelled", "generated", "late_image"],
			["submit", "cancel", "fetch_result", "store"],
		],
		[
			"keeps the request that only its failure told of: it was at fal, and may have cost",
			[start, lost, failure],
			["accepted", "submitting", "answer_lost", "submitted", "failed"],
			["submit"],
		],
		[
			"cancels upstream first",
			[start, accepted, cancel, cancelAnswered("accepted")],
			["accepted", "submitting", "submitted", "cancelling", "cancelled"],
			["submit", "cancel"],
		],
		[
			"cancels once fal has answered the submit",
			[start, cancel, accepted, cancelAnswered("accepted")],
			["accepted", "submitting", "cancelling", "submitted", "cancelled"],
			["submit", "cancel"],
		],
		[
			"is still being cancelled when its request starts in the meantime",
			[start, accepted, cancel, { type: "status", status: { kind: "running", logs: [] } }, cancelAnswered("accepted")],
			["accepted", "submitting", "submitted", "cancelling", "running", "cancelled"],
			["submit", "cancel"],
		],
		[
			"lets the result win over a late cancel",
			[start, accepted, cancel, cancelAnswered("already_completed"), outputs(1), stored(0)],
			["accepted", "submitting", "submitted", "cancelling", "completed", "generated", "image", "succeeded"],
			["submit", "cancel", "fetch_result", "store"],
		],
		[
			"stores what comes after a cancel as late",
			[start, accepted, cancel, cancelAnswered("accepted"), outputs(1), stored(0)],
			["accepted", "submitting", "submitted", "cancelling", "cancelled", "generated", "late_image"],
			["submit", "cancel", "store"],
		],
		[
			"has nothing to cancel once fal is done",
			[start, accepted, outputs(1), cancel, stored(0)],
			["accepted", "submitting", "submitted", "generated", "image", "succeeded"],
			["submit", "store"],
		],
		[
			"gives the pictures that it has when one is lost",
			[start, accepted, outputs(2), lostImage(0), stored(1)],
			["accepted", "submitting", "submitted", "generated", "image_lost", "image", "succeeded"],
			["submit", "store", "store"],
		],
		[
			"fails when all pictures are lost",
			[start, accepted, outputs(1), lostImage(0)],
			["accepted", "submitting", "submitted", "generated", "image_lost", "failed"],
			["submit", "store"],
		],
		[
			"stores again at its alarm",
			[start, accepted, outputs(1), lostImage(0, "a_day"), tick, stored(0)],
			["accepted", "submitting", "submitted", "generated", "image", "succeeded"],
			["submit", "store", "store"],
		],
		[
			"keeps asking for a result that cannot be had",
			[start, accepted, { type: "result", requestId: "r-1", result: { kind: "unavailable" } }, tick, outputs(1)],
			["accepted", "submitting", "submitted", "completed", "generated"],
			["submit", "fetch_result", "store"],
		],
	];
	it.each(table)("%s", (_, inputs, types, asked) => {
		const played = play(inputs);
		expect(played.types).toEqual(types);
		expect(played.asked).toEqual(asked);
	});

	it("gives up at its deadline: cancels upstream, and ends after 30 s of silence", () => {
		const short: Input = { type: "start", accepted: makeAccepted({ deadlineAt: NOW + 5_000 }) };
		const played = play([short, accepted, tick, tick, tick], { everyMs: 20_000 });
		expect(played.types).toEqual(["accepted", "submitting", "submitted", "cancelling", "failed"]);
		expect(played.events.at(-1)).toMatchObject({ error: { code: "deadline_exceeded" } });
	});

	it("never fails a job at its deadline once fal is done", () => {
		const short: Input = { type: "start", accepted: makeAccepted({ deadlineAt: NOW + 5_000 }) };
		const played = play([short, accepted, outputs(1), tick, tick, stored(0)], { everyMs: 4_000 });
		expect(played.types.at(-1)).toBe("succeeded");
	});

	describe("whose submit's answer was lost", () => {
		/** What the job wrote, each input taken so long after its beginning. */
		const typesOf = (deadlineMs: number, ...inputs: readonly (readonly [input: Input, ageMs: number])[]) => {
			let { state } = step(EMPTY, { type: "start", accepted: makeAccepted({ deadlineAt: NOW + deadlineMs }) }, NOW);
			return inputs.flatMap(([input, age]) => {
				const done = step(state, input, NOW + age);
				state = done.state;
				return done.events.map((event) => (event.type === "failed" ? event.error.code : event.type));
			});
		};
		const SHORT = 60_000;
		it.each<
			readonly [
				sentence: string,
				deadlineMs: number,
				inputs: readonly (readonly [Input, number])[],
				types: readonly string[],
			]
		>([
			[
				"waits for the webhook until its bound",
				900_000,
				[
					[lost, 5],
					[tick, SETTLE_UNKNOWN_MS - 1],
				],
				["answer_lost"],
			],
			[
				"fails at its bound",
				900_000,
				[
					[lost, 5],
					[tick, SETTLE_UNKNOWN_MS],
				],
				["answer_lost", "upstream_outcome_unknown"],
			],
			[
				"fails at its deadline, where that is sooner",
				SHORT,
				[
					[lost, 5],
					[tick, SHORT - 1],
					[tick, SHORT],
				],
				["answer_lost", "upstream_outcome_unknown"],
			],
			[
				"takes a webhook a moment before its bound",
				900_000,
				[
					[lost, 5],
					[outputs(1), SETTLE_UNKNOWN_MS - 1],
					[tick, SETTLE_UNKNOWN_MS],
					[stored(0), SETTLE_UNKNOWN_MS],
				],
				["answer_lost", "generated", "image", "succeeded"],
			],
			[
				"keeps what a webhook brings after its bound",
				900_000,
				[
					[lost, 5],
					[tick, SETTLE_UNKNOWN_MS],
					[outputs(1), SETTLE_UNKNOWN_MS + 1],
					[stored(0), 800_000],
				],
				["answer_lost", "upstream_outcome_unknown", "generated", "late_image"],
			],
			[
				"fails at once when its new instance wakes after the bound",
				900_000,
				[[{ type: "restarted" }, SETTLE_UNKNOWN_MS]],
				["upstream_outcome_unknown"],
			],
		])("%s", (_, deadlineMs, inputs, types) => {
			expect(typesOf(deadlineMs, ...inputs)).toEqual(types);
		});

		it("waits for five minutes", () => {
			expect(SETTLE_UNKNOWN_MS).toBe(300_000);
		});
	});

	describe("whose endpoint in the catalogue has changed since it was submitted", () => {
		const THEN = "fal-ai/imagen4/before-the-move";
		const WITHOUT_ADDRESSES = { requestId: "r-1", statusUrl: null, responseUrl: null, cancelUrl: null };
		const log = (...bodies: readonly EventBody[]): readonly JobEvent[] =>
			bodies.map((body, index) => ({ ...body, seq: index + 1, at: NOW }));
		const begun: EventBody = { type: "accepted", ...makeAccepted() };
		const submitting = (endpoint: string): EventBody => ({
			type: "submitting",
			endpoint,
			used: { size: "16:9", aspectRatio: "16:9", quality: "auto", outputFormat: "png" },
		});
		const submitted: EventBody = { type: "submitted", ...WITHOUT_ADDRESSES, position: null };
		const generated: EventBody = {
			type: "generated",
			requestId: "r-1",
			outputs: [{ url: "https://cdn.test/0.png", nsfw: false }],
		};
		const ended: EventBody = {
			type: "failed",
			error: { code: "upstream_outcome_unknown", message: "lost" },
		};
		const toFetch: Input = { type: "result", requestId: "r-1", result: null };
		interface Case {
			readonly effect: Effect["type"];
			readonly when: string;
			readonly events: readonly EventBody[];
			readonly input: Input;
			readonly ageMs?: number;
			readonly endpoint?: string;
		}
		const atFal = [submitting(THEN), submitted];
		const cancelling: EventBody = { type: "cancelling", why: "client" };
		const refused: EventBody = { type: "refused", status: 429, retryAt: NOW };
		const restarted: Input = { type: "restarted" };
		it.each<Case>([
			{ effect: "poll", when: "at its alarm", events: atFal, input: tick },
			{ effect: "fetch_result", when: "when fal is done", events: atFal, input: completed },
			{ effect: "fetch_result", when: "at its alarm", events: [...atFal, { type: "completed" }], input: tick },
			{
				effect: "fetch_result",
				when: "in a new instance",
				events: [...atFal, { type: "completed" }],
				input: restarted,
			},
			{ effect: "fetch_result", when: "before the submit's answer", events: [submitting(THEN)], input: toFetch },
			{ effect: "fetch_result", when: "after its end", events: [submitting(THEN), ended], input: toFetch },
			{ effect: "store", when: "when a result comes", events: atFal, input: outputs(1) },
			{ effect: "store", when: "before the submit's answer", events: [submitting(THEN)], input: outputs(1) },
			{ effect: "store", when: "after it was refused", events: [submitting(THEN), refused], input: outputs(1) },
			{ effect: "store", when: "after its end", events: [submitting(THEN), ended], input: outputs(1) },
			{ effect: "store", when: "at its alarm", events: [...atFal, generated], input: tick },
			{
				effect: "store",
				when: "at its alarm after its end",
				events: [submitting(THEN), ended, generated],
				input: tick,
			},
			{ effect: "store", when: "in a new instance", events: [...atFal, generated], input: restarted },
			{ effect: "cancel", when: "for its client", events: atFal, input: cancel },
			{ effect: "cancel", when: "at its deadline", events: atFal, input: tick, ageMs: 900_000 },
			{ effect: "cancel", when: "once more", events: [...atFal, cancelling], input: tick },
			{ effect: "cancel", when: "with the submit's answer", events: [submitting(THEN), cancelling], input: accepted },
			{
				effect: "poll",
				when: "after it was refused and submitted again",
				events: [submitting(THEN), refused, submitting("fal-ai/imagen4/second"), submitted],
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
					submitted,
				],
				input: tick,
				endpoint: "fal-ai/successor/then",
			},
		])("is asked for its $effect where it was submitted, $when", (row) => {
			const { effect: type, events, input, ageMs = 0, endpoint = THEN } = row;
			const { effects } = step(fold(log(begun, ...events)), input, NOW + ageMs);
			expect(effects).toEqual([expect.objectContaining({ type, endpoint })]);
		});
	});

	it("keeps a picture's data: URI out of the log", () => {
		const inline: Input = {
			type: "result",
			requestId: "r-1",
			result: { kind: "outputs", outputs: [{ url: "data:image/png;base64,AAAA", nsfw: false }] },
		};
		const { events } = play([start, accepted, inline]);
		expect(JSON.stringify(events)).not.toContain("data:");
	});
});

const anyInput: fc.Arbitrary<Input> = fc.oneof(
	fc.constant(start),
	fc.constant(accepted),
	fc.constant(busy),
	fc.constant(gone),
	fc.constant(lost),
	fc.constant<Input>({
		type: "submit_answered",
		answer: { kind: "refused", error: { code: "invalid_input", message: "no" } },
	}),
	fc.constant<Input>({ type: "status", status: { kind: "queued", position: 1 } }),
	fc.constant<Input>({ type: "status", status: { kind: "running", logs: ["a"] } }),
	fc.constant(completed),
	fc.integer({ min: 1, max: 3 }).map((count) => outputs(count)),
	fc.constant(outputs(1, "r-2")),
	fc.constant(failure),
	fc.constantFrom<Input>(
		{ type: "result", requestId: "r-1", result: { kind: "too_early" } },
		{ type: "result", requestId: "r-1", result: { kind: "unavailable" } },
		{ type: "result", requestId: "r-1", result: null },
	),
	fc.integer({ min: 0, max: 3 }).map(stored),
	fc
		.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom("never", "a_minute", "a_day"))
		.map(([index, retryFor]) => lostImage(index, retryFor)),
	fc.constant(cancel),
	fc.constant<Input>({ type: "delete" }),
	fc.boolean().map((delivered): Input => ({ type: "client_disconnected", delivered })),
	fc.constantFrom("accepted", "already_completed", "not_found", "unclear").map((answer) => cancelAnswered(answer)),
	fc.boolean().map((submitInFlight): Input => ({ type: "tick", submitInFlight })),
	fc.constant<Input>({ type: "restarted" }),
);

const anyRun = fc.record({
	webhook: fc.boolean(),
	n: fc.integer({ min: 1, max: 3 }),
	deadlineMs: fc.constantFrom(1_000, 60_000, 900_000),
	inputs: fc.array(fc.tuple(anyInput, fc.constantFrom(0, 1, 500, 5_000, 40_000)), { maxLength: 40 }),
});

describe("for all orders, repeats and losses of inputs", () => {
	const run = ({ webhook, n, deadlineMs, inputs }: typeof anyRun extends fc.Arbitrary<infer T> ? T : never) => {
		const first: Input = {
			type: "start",
			accepted: makeAccepted({
				webhook: webhook ? "https://gateway.test/w" : null,
				request: makeRequest({ n }),
				deadlineAt: NOW + deadlineMs,
			}),
		};
		let state: State = EMPTY;
		let now = NOW;
		const log: JobEvent[] = [];
		const turns: { input: Input; before: State; events: readonly JobEvent[]; effects: readonly Effect[] }[] = [];
		const take = (input: Input) => {
			const before = state;
			const { events, effects, state: after } = step(state, input, now);
			state = after;
			log.push(...events);
			turns.push({ input, before, events, effects });
			return effects;
		};
		take(first);
		for (const [input, wait] of inputs) {
			now += wait;
			take(input);
		}
		return {
			log,
			turns,
			state: () => state,
			/** Nothing comes any more but the alarm, and all that is asked of the world fails. */
			driveToEnd: () => {
				const nobody: Circumstances = { watched: false, followed: false, effectInFlight: false, alarmRetries: false };
				for (let turn = 0; turn < 2_000 && state.phase !== "ended"; turn += 1) {
					now = Math.max(now, nextAlarm(state, now, nobody) ?? Number.POSITIVE_INFINITY);
					for (const effect of take(tick)) {
						if (effect.type === "submit") take(lost);
						if (effect.type === "store") take(lostImage(effect.index, "a_day"));
						if (effect.type === "cancel") take(cancelAnswered("unclear"));
						if (effect.type === "fetch_result") {
							take({ type: "result", requestId: effect.upstream.requestId, result: { kind: "unavailable" } });
						}
					}
				}
			},
		};
	};

	it("the state is the fold of a gapless log", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, state } = run(plan);
				expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
				expect(fold(JSON.parse(JSON.stringify(log)))).toEqual(state());
			}),
		);
	});

	it("it always ends, and ends once", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { log, state, driveToEnd } = run(plan);
				driveToEnd();
				expect(state().phase).toBe("ended");
				expect(log.filter(isTerminal)).toHaveLength(1);
				const end = log.findIndex(isTerminal);
				const after = ["generated", "late_image", "image_lost", "deleting", "client_left", "delivered"];
				for (const { type } of log.slice(end + 1)) expect(after).toContain(type);
			}),
			{ numRuns: 500 },
		);
	});

	it("it never submits again what fal may have accepted", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns, driveToEnd } = run(plan);
				driveToEnd();
				let open = false;
				for (const { input, before, events, effects } of turns) {
					const refused =
						input.type === "submit_answered" && (input.answer.kind === "busy" || input.answer.kind === "gone");
					if (refused && before.phase === "submitting") open = false;
					if (!effects.some(({ type }) => type === "submit")) continue;
					expect(open).toBe(false);
					open = true;
					// The intent is in the log, in the same row or an earlier one, before the request leaves.
					expect(events.some(({ type }) => type === "submitting")).toBe(true);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("once a submit is settled no answer to it means anything, and none follows", () => {
		const answers = [accepted, busy, gone, lost];
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns, driveToEnd } = run(plan);
				driveToEnd();
				for (const { before, effects } of turns.filter((turn) => isSubmitSettled(turn.before))) {
					expect(effects.some(({ type }) => type === "submit")).toBe(false);
					for (const answer of answers)
						expect(step(before, answer, NOW)).toEqual({ state: before, events: [], effects: [] });
				}
			}),
		);
	});

	it("a job that succeeded has each picture stored or known as lost, and at least one stored", () => {
		fc.assert(
			fc.property(anyRun, ({ ...plan }) => {
				const { log, driveToEnd } = run(plan);
				driveToEnd();
				const end = log.findIndex(({ type }) => type === "succeeded");
				if (end < 0) return;
				const generated = log.find((event) => event.type === "generated");
				const images = log.slice(0, end).filter((event) => event.type === "image");
				const gone = log.slice(0, end).filter((event) => event.type === "image_lost");
				expect(images.length).toBeGreaterThan(0);
				const indices = [...images, ...gone].map(({ index }) => index).toSorted();
				expect(indices).toEqual(generated?.outputs.map((_, index) => index));
			}),
		);
	});

	it("a result that came for this request is never dropped", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns } = run(plan);
				let known: string | null = null;
				let delivered = false;
				let deleted = false;
				for (const { input, events, effects } of turns) {
					for (const event of events) {
						if (event.type === "submitted" || event.type === "generated") known ??= event.requestId;
						if (event.type === "generated") delivered = true;
						if (event.type === "deleting") deleted = true;
					}
					if (input.type !== "result" || input.result?.kind !== "outputs") continue;
					if (deleted || (known !== null && known !== input.requestId)) continue;
					expect(delivered).toBe(true);
					if (events.some(({ type }) => type === "generated")) {
						expect(effects.filter(({ type }) => type === "store")).toHaveLength(input.result.outputs.length);
					}
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("a settled job asks nothing more of fal's queue, but for a result that a webhook tells of and cannot carry", () => {
		fc.assert(
			fc.property(anyRun, (plan) => {
				const { turns } = run(plan);
				for (const { input, before, effects } of turns) {
					if (before.phase !== "ended") continue;
					const told = input.type === "result" && input.result === null && before.transfer === null;
					const may = told ? ["fetch_result"] : ["store", "erase"];
					for (const { type } of effects) expect(may).toContain(type);
				}
			}),
		);
	});
});

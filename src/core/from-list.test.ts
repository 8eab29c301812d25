import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { onlySlot, runTimed } from "../../test/support/flows.ts";
import {
	answerLost,
	cancel,
	cancelAnswered,
	failure,
	lookedUp,
	outputs,
	remove,
	restarted,
	start,
	stored,
	submitted,
	tick,
} from "../../test/support/logs.ts";
import { makeEdit, makeRequest, NOBODY, NOW } from "../../test/support/make.ts";
import { toJobAnswer } from "../errors.ts";
import { nextAlarm } from "./alarm.ts";
import type { Accepted, JobEvent } from "./events.ts";
import { isJoinable } from "./from-client.ts";
import type { Input } from "./inputs.ts";
import { ABSENT_AFTER_MS, LOOK_UP_AFTER_MS, SETTLE_BY_LIST_MS } from "./schedule.ts";
import { upstreamOf } from "./slot.ts";
import { fold } from "./state.ts";
import { step } from "./step.ts";

const MINUTE = 60_000;

/** Takes each input so long after the job's beginning. */
function play(accepted: Partial<Omit<Accepted, "type">>, ...inputs: readonly (readonly [Input, ageMs: number])[]) {
	const { state, log: events, effects } = runTimed([[start(accepted), 0], ...inputs]);
	const types = events.map((event) => (event.type === "failed" ? event.error.code : event.type));
	return { state, events, effects, types, asked: effects.map(({ type }) => type) };
}

const UNHOOKED = { webhook: null };
const LOST = [answerLost, 100] as const;
/** The first look into the list is due. */
const DUE = [tick, 1_100] as const;
const BEGUN = ["accepted", "submitting", "answer_lost"];

describe("a job whose submit's answer was lost", () => {
	it.each<readonly [sentence: string, inputs: readonly (readonly [Input, number])[], asked: readonly string[]]>([
		["is not looked for at once", [LOST, [tick, 1_099]], ["submit"]],
		["is looked for a second later", [LOST, DUE], ["submit", "look_up"]],
		["is looked for by a new instance, if that is due", [LOST, [restarted, 5_000]], ["submit", "look_up"]],
		["is left to its alarm by a new instance, if that is not due", [LOST, [restarted, 900]], ["submit"]],
		["is looked for while it is being cancelled", [LOST, [cancel, 200], DUE], ["submit", "look_up"]],
		["is not looked for once a webhook has told", [LOST, [outputs(1), 200], DUE], ["submit", "store", "store"]],
		["is not looked for if its answer came", [[submitted(), 100], DUE], ["submit", "poll"]],
		[
			"is not looked for again if the list is forbidden",
			[LOST, DUE, [lookedUp("forbidden"), 1_200], [tick, MINUTE]],
			["submit", "look_up"],
		],
	])("%s", (_, inputs, asked) => {
		expect(play({}, ...inputs).asked).toEqual(asked);
	});

	it.each<
		readonly [
			sentence: string,
			accepted: Partial<Omit<Accepted, "type">>,
			answer: readonly (readonly [Input, number])[],
			types: readonly string[],
		]
	>([
		["goes on with the request that the list has", {}, [[lookedUp("found"), 1_200]], ["submitted"]],
		["goes on so without a webhook, too", UNHOOKED, [[lookedUp("found"), 1_200]], ["submitted"]],
		["waits on if the list does not tell", {}, [[lookedUp("unclear"), 1_200]], ["looked_up"]],
		["waits on so without a webhook, too", UNHOOKED, [[lookedUp("unclear"), 1_200]], ["looked_up"]],
		["waits for its webhook if the list is forbidden", {}, [[lookedUp("forbidden"), 1_200]], ["looked_up"]],
		[
			"fails at once if the list is forbidden and its bound has passed",
			{ deadlineAt: NOW + 1_000 },
			[[lookedUp("forbidden"), 1_200]],
			["upstream_outcome_unknown"],
		],
		[
			"fails 20 seconds after the loss if no answer of the list comes, though its bound had passed",
			{ deadlineAt: NOW + 1_000 },
			[
				[tick, 20_099],
				[tick, 20_100],
			],
			["upstream_outcome_unknown"],
		],
		[
			"fails at once if the list is forbidden and there is no webhook",
			UNHOOKED,
			[[lookedUp("forbidden"), 1_200]],
			["upstream_outcome_unknown"],
		],
		[
			"does not believe too early that fal does not have it",
			{},
			[[lookedUp("absent"), 100 + ABSENT_AFTER_MS - 1]],
			["looked_up"],
		],
		[
			"fails as not sent if fal does not have it",
			{},
			[[lookedUp("absent"), 100 + ABSENT_AFTER_MS]],
			["upstream_unavailable"],
		],
		[
			"fails as not sent without a webhook, too",
			UNHOOKED,
			[[lookedUp("absent"), 100 + ABSENT_AFTER_MS]],
			["upstream_unavailable"],
		],
		[
			"fails as unknown when the last look without a webhook does not tell",
			UNHOOKED,
			[[lookedUp("unclear"), 61_000]],
			["upstream_outcome_unknown"],
		],
		[
			"keeps the picture that a webhook brings though the list did not have its request",
			{},
			[
				[lookedUp("absent"), MINUTE + 100],
				[outputs(1), MINUTE + 200],
				[stored(0), MINUTE + 300],
			],
			["upstream_unavailable", "generated", "late_image"],
		],
		[
			"is cancelled at fal once it is found there",
			{},
			[
				[cancel, 1_200],
				[lookedUp("found"), 1_300],
				[cancelAnswered("accepted"), 1_400],
			],
			["cancelling", "submitted", "cancelled"],
		],
		[
			"is cancelled when fal surely does not have it",
			{ onDisconnect: "cancel" },
			[
				[cancel, MINUTE],
				[lookedUp("absent"), MINUTE + 100],
			],
			["cancelling", "looked_up", "cancelled"],
		],
		[
			"is cancelled if nothing can tell and there is no webhook",
			UNHOOKED,
			[
				[cancel, 1_200],
				[lookedUp("forbidden"), 1_300],
			],
			["cancelling", "cancelled"],
		],
	])("%s", (_, accepted, answers, types) => {
		expect(play(accepted, LOST, DUE, ...answers).types).toEqual([...BEGUN, ...types]);
	});

	it("fails if the list tells no more at the very end of the wait for the webhook", () => {
		const types = (ms: number) => play({}, LOST, DUE, [lookedUp("forbidden"), ms]).types;
		expect(types(5 * MINUTE - 1)).toEqual([...BEGUN, "looked_up"]);
		expect(types(5 * MINUTE)).toEqual([...BEGUN, "upstream_outcome_unknown"]);
	});

	it("is erased when a client deleted it and the list tells its end", () => {
		const { asked } = play(UNHOOKED, LOST, [remove, 200], DUE, [lookedUp("forbidden"), 1_300]);
		expect(asked).toEqual(["submit", "look_up", "erase"]);
	});

	it("asks fal to cancel the request that it finds, if a client deleted the job", () => {
		const { asked, types } = play(UNHOOKED, LOST, [remove, 200], DUE, [lookedUp("found"), 1_300]);
		expect(asked).toEqual(["submit", "look_up", "cancel"]);
		expect(types).toEqual([...BEGUN, "deleting", "cancelling", "submitted"]);
	});

	it("says that nothing was paid, and that the request may be sent again, when fal does not have it", () => {
		const { state, events } = play({}, LOST, DUE, [lookedUp("absent"), MINUTE + 100]);
		const last = events.at(-1);
		if (last?.type !== "failed") throw new Error("it did not fail");
		expect(last.error.message).toBe(
			"The request did not reach fal: its list of requests does not have it. Nothing was paid.",
		);
		expect(toJobAnswer(last.error)).toMatchObject({ status: 429, headers: { "retry-after": "20" } });
		expect(isJoinable(state)).toBe(false);
	});

	it("is joined by an equal request while it is unknown, and when it ends so", () => {
		expect(isJoinable(play({}, LOST, DUE).state)).toBe(true);
		expect(isJoinable(play(UNHOOKED, LOST, DUE, [lookedUp("forbidden"), 1_200]).state)).toBe(true);
	});

	it("is not looked for, if an earlier version wrote that its answer was lost", () => {
		const { events } = play({});
		const old: JobEvent = { type: "answer_lost", settleBy: NOW + 5 * MINUTE, seq: 3, at: NOW + 100 };
		const unknown = fold([...events, old]);
		expect(nextAlarm(unknown, NOW + 100, NOBODY)).toBe(NOW + 5 * MINUTE);
		expect(step(unknown, tick, NOW + 2 * MINUTE).effects).toEqual([]);
	});
});

describe("the request that is looked for", () => {
	const soughtOf = (accepted: Partial<Omit<Accepted, "type">>, ...inputs: readonly (readonly [Input, number])[]) =>
		play(accepted, ...inputs).effects.find((effect) => effect.type === "look_up");

	it("is known by the endpoint, the prompt, the job's own seed, and when the submit left", () => {
		expect(soughtOf({ ownSeed: 7 }, LOST, DUE)).toEqual({
			type: "look_up",
			endpoint: "fal-ai/imagen4/preview",
			prompt: "a red fox",
			seed: 7,
			leftAfter: NOW,
			leftBefore: NOW + 100,
		});
	});

	it("left before the submit's time-out, however late its loss is noticed", () => {
		const sought = soughtOf({}, [restarted, 10 * MINUTE], [tick, 10 * MINUTE + 1_000]);
		expect(sought).toMatchObject({ leftAfter: NOW, leftBefore: NOW + 30_000 });
	});

	it("may have left as much later as its pictures took to be handed over", () => {
		const request = makeEdit({ model: "nano-banana-2" });
		const sought = soughtOf({ request }, [restarted, 10 * MINUTE], [tick, 10 * MINUTE + 1_000]);
		expect(sought).toMatchObject({ leftAfter: NOW, leftBefore: NOW + 90_000 });
	});

	it.each<readonly [why: string, accepted: Partial<Omit<Accepted, "type">>]>([
		["the job has none, as one of an earlier version", {}],
		["the client gave one", { ownSeed: 7, request: makeRequest({ seed: 5 }) }],
		["the client gave one by `fal`", { ownSeed: 7, request: makeRequest({ fal: { seed: 5 } }) }],
		["the model takes none", { ownSeed: 7, request: makeRequest({ model: "gpt-image-1.5", size: { kind: "auto" } }) }],
		["nobody knows the model's fields", { ownSeed: 7, request: makeRequest({ model: "fal-ai/some/thing" }) }],
	])("has no seed of the job's own if %s", (_, accepted) => {
		expect(soughtOf(accepted, LOST, DUE)?.seed).toBeNull();
	});

	it("is sent with the same seed again after a refusal, and to a successor", () => {
		const busy: Input = {
			type: "submit_answered",
			answer: { kind: "busy", status: 503, error: { code: "upstream_unavailable", message: "busy" } },
		};
		const gone: Input = {
			type: "submit_answered",
			answer: { kind: "gone", error: { code: "model_not_found", message: "gone" } },
		};
		const { effects } = play({ ownSeed: 7 }, [busy, 100], [tick, 5_000], [gone, 5_100]);
		const submits = effects.flatMap((effect) => (effect.type === "submit" ? [effect] : []));
		expect(submits.map(({ input }) => input.seed)).toEqual([7, 7, 7]);
		expect(submits[0]?.input).toEqual(submits[1]?.input);
	});
});

describe("fal's list, if it never tells of the request", () => {
	/** Rings the alarm until the job ends; the list answers each look after so long. */
	const looksOf = (
		accepted: Partial<Omit<Accepted, "type">>,
		answerMs: number,
		kind: "unclear" | "absent" = "unclear",
	) => {
		let { state } = play(accepted, LOST);
		let now = NOW + 100;
		const looks: number[] = [];
		while (state.end === null) {
			now = nextAlarm(state, now, NOBODY) ?? Number.NaN;
			const done = step(state, tick, now);
			state = done.state;
			if (!done.effects.some(({ type }) => type === "look_up")) continue;
			looks.push(now - NOW - 100);
			now += answerMs;
			state = step(state, lookedUp(kind), now).state;
		}
		return { looks, endMs: now - NOW, state };
	};

	it("is asked after 1, 4, 15, 60, 120 and 240 seconds, and no more", () => {
		expect(LOOK_UP_AFTER_MS).toEqual([1_000, 4_000, 15_000, 60_000, 120_000, 240_000]);
		const { looks, endMs, state } = looksOf({}, 50);
		expect(looks).toEqual(LOOK_UP_AFTER_MS);
		expect(endMs).toBe(300_000);
		expect(state.end).toMatchObject({ error: { code: "upstream_outcome_unknown" } });
	});

	it("is asked for a minute if no webhook can tell", () => {
		expect(SETTLE_BY_LIST_MS).toBe(75_000);
		const { looks, endMs } = looksOf(UNHOOKED, 50);
		expect(looks).toEqual([1_000, 4_000, 15_000, 60_000]);
		expect(endMs).toBe(60_150);
	});

	it("is asked for 15 seconds if the deadline has passed", () => {
		const { looks, endMs } = looksOf({ deadlineAt: NOW + 50 }, 50);
		expect(looks).toEqual([1_000, 4_000, 15_000]);
		expect(endMs).toBe(15_150);
	});

	it("is believed a minute after the loss if it does not have the request", () => {
		expect(ABSENT_AFTER_MS).toBe(MINUTE);
		const { looks, state } = looksOf({}, 50, "absent");
		expect(looks).toEqual([1_000, 4_000, 15_000, 60_000]);
		expect(state.end).toMatchObject({ error: { code: "upstream_unavailable" } });
	});

	it("is asked less often, never more, if it is slow", () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom({}, UNHOOKED), (answerMs, accepted) => {
				const { looks } = looksOf(accepted, answerMs);
				expect(looks.length).toBeLessThanOrEqual(LOOK_UP_AFTER_MS.length);
				expect(looks.toSorted((a, b) => a - b)).toEqual(looks);
			}),
		);
	});
});

describe("for all answers of the list, in any order with a webhook's", () => {
	const anyTold = fc.record({
		accepted: fc.constantFrom<Partial<Omit<Accepted, "type">>>({}, UNHOOKED),
		told: fc.array(
			fc.tuple(
				fc.oneof(
					fc.constantFrom("unclear", "absent", "forbidden").map((kind) => lookedUp(kind)),
					fc.constantFrom("r-1", "r-2").map((id) => lookedUp("found", id)),
					fc.constantFrom(outputs(1), failure, answerLost, submitted(), tick, cancel, cancelAnswered("unclear")),
					fc.constant<Input>({ type: "result", requestId: "r-1", result: null }),
					fc.constant<Input>(restarted),
				),
				fc.constantFrom(0, 1, 3_000, 40_000, 70_000),
			),
			{ maxLength: 20 },
		),
	});

	const playAll = ({ accepted, told }: typeof anyTold extends fc.Arbitrary<infer T> ? T : never) => {
		let age = 100;
		const inputs = told.map(([input, wait]) => {
			age += wait;
			return [input, age] as const;
		});
		return play(accepted, LOST, ...inputs);
	};

	it("there is one submit", () => {
		fc.assert(
			fc.property(anyTold, (plan) => {
				expect(playAll(plan).asked.filter((type) => type === "submit")).toHaveLength(1);
			}),
		);
	});

	it("the request that the job goes on with stays the same", () => {
		fc.assert(
			fc.property(anyTold, (plan) => {
				let known: string | null = null;
				for (let taken = 0; taken <= plan.told.length; taken += 1) {
					const upstream = upstreamOf(onlySlot(playAll({ ...plan, told: plan.told.slice(0, taken) }).state));
					if (known !== null) expect(upstream?.requestId).toBe(known);
					known = upstream?.requestId ?? null;
				}
			}),
		);
	});

	it("a job fails as not sent only if the list said so, a minute after the loss, and it did not know a request", () => {
		fc.assert(
			fc.property(anyTold, (plan) => {
				const { events } = playAll(plan);
				const end = events.find((event) => event.type === "failed" && event.error.code === "upstream_unavailable");
				if (end === undefined) return;
				expect(plan.told.some(([input]) => input.type === "looked_up" && input.answer.kind === "absent")).toBe(true);
				expect(end.at - NOW - 100).toBeGreaterThanOrEqual(ABSENT_AFTER_MS);
				expect(events.slice(0, end.seq).some(({ type }) => type === "submitted" || type === "generated")).toBe(false);
			}),
		);
	});

	it.each([
		["the pictures", outputs(2)],
		["a failure", failure],
	])("%s of a webhook before or after what the list finds come to the same end", (_, webhook) => {
		const endAfter = (...told: readonly Input[]) => {
			const inputs = [...told, stored(0), stored(1)].map((input) => [input, 1_000] as const);
			return play({}, LOST, ...inputs);
		};
		const [first, last] = [endAfter(lookedUp("found"), webhook), endAfter(webhook, lookedUp("found"))];
		const timeless = ({ state }: typeof first) => ({ ...state, seq: 0 });
		expect(first.state.end).not.toBeNull();
		expect(timeless(first)).toEqual(timeless(last));
	});
});

import { describe, expect, it } from "vitest";
import { makeLog, runFlow } from "../../test/support/flows.ts";
import {
	blocked,
	cancel,
	clientDisconnected,
	noticeTaken,
	of,
	outputs,
	queued,
	remove,
	resultOf,
	running,
	start,
	stored,
	submitted,
	tick,
} from "../../test/support/logs.ts";
import { makeAccepted, makeRequest, NOW, UPSTREAM } from "../../test/support/make.ts";
import { briefly, startMany } from "../../test/support/slots.ts";
import type { Input } from "./inputs.ts";
import { flatten } from "./linked.ts";
import { addressedBy, decideSlot, endIfOver, inSlot, isOfJob } from "./slots.ts";
import { EMPTY, fold, type State } from "./state.ts";

/** Slot 0 makes the indexes 0–3, slot 1 the indexes 4–6. */
const SEVEN = startMany(7, "imagen4-preview");
const BOTH = [SEVEN, submitted(), of(1, submitted())];
const ERROR = { code: "upstream_failed", message: "fal says: it broke" } as const;

describe("the slots that an input speaks to", () => {
	const TWO = runFlow(BOTH).state;
	const DELETED = runFlow([...BOTH, remove]).state;
	const CANCELS = runFlow([startMany(7, "imagen4-preview", { onDisconnect: "cancel" }), submitted()]).state;

	it.each<readonly [what: string, input: Input, state: State, slots: readonly number[]]>([
		["a start, of the first, which does not exist yet", SEVEN, EMPTY, [0]],
		["a second start, of none", SEVEN, TWO, []],
		["a cancellation, of all", cancel, TWO, [0, 1]],
		["an alarm, of all", tick, TWO, [0, 1]],
		["a new instance, of all", { type: "restarted" }, TWO, [0, 1]],
		["a deletion, of all", remove, TWO, [0, 1]],
		["a second deletion, of none", remove, DELETED, []],
		["a client that left and lets the job go on, of none", clientDisconnected(false), TWO, []],
		["a client that left and cancels, of all", clientDisconnected(false), CANCELS, [0, 1]],
		["a client that has its answer, of none", clientDisconnected(true), CANCELS, []],
		["a notice that was taken, of none", noticeTaken, TWO, []],
		["a status without a slot, of the first", queued(1), TWO, [0]],
		["a status of the second, of that", of(1, queued(1)), TWO, [1]],
		["a status of one that did not begin, of none", of(2, queued(1)), TWO, []],
	])("are, for %s", (_, input, state, slots) => {
		expect(isOfJob(input) ? [] : addressedBy(input, state)).toEqual(slots);
	});

	it("decide nothing if they do not exist", () => {
		expect(decideSlot(EMPTY, 0, { type: "cancel" }, [], NOW)).toEqual({});
		expect(decideSlot(TWO, 2, { type: "tick" }, [], NOW)).toEqual({});
	});
});

describe("an alarm of several slots", () => {
	it.each<readonly [does: string, inputs: readonly Input[], effects: readonly string[]]>([
		[
			"asks for the first while five submits are under way",
			[startMany(10), submitted(), { ...tick, submitsInFlight: [1, 2, 3, 4, 5] }],
			["poll"],
		],
		[
			"leaves the first to its follower while another runs that nobody follows",
			[...BOTH, of(1, running("a")), { ...tick, followed: [0] }],
			["1 poll"],
		],
		[
			"asks for one that is followed if no other is at fal",
			[...BOTH, of(1, blocked), { ...tick, followed: [0] }],
			["poll"],
		],
		[
			"asks for nothing of one that has ended, though it is followed",
			[...BOTH, blocked, { ...tick, followed: [0] }],
			["1 poll"],
		],
	])("%s", (_, inputs, effects) => {
		const before = runFlow(inputs.slice(0, -1)).effects.length;
		expect(briefly(runFlow(inputs)).effects.slice(before)).toEqual(effects);
	});
});

describe("the end of a slot", () => {
	const [first] = [runFlow([SEVEN]).state];

	it("is the job's if it is the only one", () => {
		expect(inSlot(first, 0, { events: [{ type: "failed", error: ERROR }] })).toEqual({
			events: [{ type: "failed", error: ERROR }],
			effects: [],
		});
	});

	it("names the pictures of one that ends before it begins", () => {
		const [event] = inSlot(first, 1, { events: [{ type: "failed", error: ERROR }] }).events ?? [];
		expect(event).toStrictEqual({ type: "slot_ended", slot: 1, outcome: "failed", error: ERROR, missing: [4, 5, 6] });
	});

	it("has an error only if it failed", () => {
		const [event] = inSlot(runFlow(BOTH).state, 0, { events: [{ type: "cancelled" }] }).events ?? [];
		expect(event).toStrictEqual({ type: "slot_ended", slot: 0, outcome: "cancelled", missing: [0, 1, 2, 3] });
	});
});

describe("the end of a job of several slots", () => {
	const used = { size: "16:9", aspectRatio: "16:9", quality: "auto", outputFormat: "png" } as const;
	const submitting = { type: "submitting", endpoint: "fal-ai/imagen4/preview", used } as const;
	const begun = [
		{ type: "accepted", ...makeAccepted({ request: makeRequest({ n: 7 }) }) },
		{ ...submitting, first: 0, count: 4 },
		{ type: "slot", slot: 1, event: { ...submitting, first: 4, count: 3 } },
	] as const;
	const refused = { code: "invalid_input", message: "fal says: no" } as const;
	const has = { type: "submitted", ...UPSTREAM, position: null } as const;

	it("has the error of a slot that may have cost, though another failed before it", () => {
		const state = fold(
			makeLog(
				...begun,
				{ type: "slot", slot: 1, event: has },
				{ type: "slot_ended", slot: 0, outcome: "failed", error: refused, missing: [] },
				{ type: "slot_ended", slot: 1, outcome: "failed", error: ERROR, missing: [] },
			),
		);
		expect(endIfOver(state, NOW)).toEqual({ events: [{ type: "failed", error: ERROR }] });
	});

	it("has the first's error if none of them cost", () => {
		const state = fold(
			makeLog(
				...begun,
				{ type: "slot_ended", slot: 0, outcome: "failed", error: refused, missing: [] },
				{ type: "slot_ended", slot: 1, outcome: "failed", error: ERROR, missing: [] },
			),
		);
		expect(endIfOver(state, NOW)).toEqual({ events: [{ type: "failed", error: refused }] });
	});

	it("says that there is no picture if each slot ended well and none has one", () => {
		const ended = [0, 1].map((slot) => ({ type: "slot_ended", slot, outcome: "succeeded", missing: [] }) as const);
		expect(endIfOver(fold(makeLog(...begun, ...ended)), NOW)).toEqual({
			events: [{ type: "failed", error: { code: "no_media_generated", message: "The model made no picture." } }],
		});
	});

	it("does not come while one of them goes on, nor twice", () => {
		expect(endIfOver(runFlow([...BOTH, blocked]).state, NOW)).toEqual({});
		expect(endIfOver(runFlow([start(), submitted(), outputs(1), stored(0)]).state, NOW)).toEqual({});
	});
});

describe("the pictures of a further slot", () => {
	it("are black if fal says so of them", () => {
		const urls = [0, 1, 2].map((place) => `https://cdn.test/${place}.png`);
		const result = { kind: "outputs", outputs: urls.map((url, place) => ({ url, nsfw: place === 1 })) } as const;
		const { log } = runFlow([...BOTH, of(1, resultOf(result)), of(1, stored(4)), of(1, stored(5)), of(1, stored(6))]);
		const images = log.flatMap((event) => (event.type === "slot" && event.event.type === "image" ? [event.event] : []));
		expect(images.map(({ index, nsfw }) => [index, nsfw])).toEqual([
			[4, false],
			[5, true],
			[6, false],
		]);
	});
});

it("a client that leaves cancels what fal still draws, and nothing that fal has drawn", () => {
	const cancels = [startMany(7, "imagen4-preview", { onDisconnect: "cancel" }), submitted(), of(1, submitted())];
	const cancelledBy = (...inputs: readonly Input[]) =>
		runFlow([...cancels, ...inputs, clientDisconnected(false)])
			.log.map(flatten)
			.flatMap(({ type, slot = 0 }) => (type === "cancelling" || type === "cancelled" ? [slot] : []));
	expect(cancelledBy()).toEqual([0, 1]);
	expect(cancelledBy(outputs(4))).toEqual([1]);
	expect(cancelledBy(outputs(4), of(1, outputs(3)))).toEqual([]);
});

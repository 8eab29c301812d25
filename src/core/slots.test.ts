import { describe, expect, it } from "vitest";
import { runFlow, runTimed } from "../../test/support/flows.ts";
import {
	answerLost,
	blocked,
	busy,
	cancel,
	cancelAnswered,
	clientDisconnected,
	completed,
	gone,
	lostImage,
	of,
	outputs,
	queued,
	refused,
	remove,
	restarted,
	running,
	start,
	stored,
	submitted,
	tick,
} from "../../test/support/logs.ts";
import { makeRequest, NOW } from "../../test/support/make.ts";
import { briefly, startMany, submitsOf } from "../../test/support/slots.ts";
import type { JobEvent } from "./events.ts";
import { isJoinable } from "./from-client.ts";
import type { Input } from "./inputs.ts";
import { fold } from "./state.ts";
import { step } from "./step.ts";

const stored0 = { index: 0, key: "images/1/0.png", contentType: "image/png", bytes: 3, width: 1, height: 1 };
/** Slot 0 makes the indexes 0–3, slot 1 the indexes 4–6. */
const SEVEN = startMany(7, "imagen4-preview");
const BEGUN = ["accepted", "submitting", "submitted", "1 submitting"];

type Row = readonly [does: string, inputs: readonly Input[], log: readonly string[], effects: readonly string[]];

describe("a job of two slots", () => {
	it.each<Row>([
		["submits slot 0 first", [SEVEN], ["accepted", "submitting"], ["submit"]],
		["submits slot 1 when fal has taken slot 0", [SEVEN, submitted()], BEGUN, ["submit", "1 submit"]],
		[
			"submits slot 1 when a webhook tells that fal has slot 0",
			[SEVEN, outputs(4)],
			["accepted", "submitting", "generated", "1 submitting"],
			["submit", "store", "store", "store", "store", "1 submit"],
		],
		["is refused once", [SEVEN, refused], ["accepted", "submitting", "failed"], ["submit"]],
		[
			"waits for slot 0 while fal is busy",
			[SEVEN, busy, tick, submitted()],
			["accepted", "submitting", "refused", "submitting", "submitted", "1 submitting"],
			["submit", "submit", "1 submit"],
		],
		[
			"waits for slot 0 while its answer is lost",
			[SEVEN, answerLost, { type: "looked_up", answer: { kind: "found", requestId: "r-1" } }],
			["accepted", "submitting", "answer_lost", "submitted", "1 submitting"],
			["submit", "1 submit"],
		],
		[
			"succeeds when all pictures of both are stored",
			[
				...[SEVEN, submitted(), of(1, submitted()), of(1, outputs(3)), outputs(4)],
				...[4, 5, 6].map((index) => of(1, stored(index))),
				...[0, 1, 2, 3].map((index) => stored(index)),
			],
			[
				...[...BEGUN, "1 submitted", "1 generated", "generated", "1 image", "1 image", "1 image"],
				...["1 ended succeeded", "image", "image", "image", "image", "0 ended succeeded", "succeeded"],
			],
			["submit", "1 submit", ...Array<string>(3).fill("1 store"), ...Array<string>(4).fill("store")],
		],
		[
			"succeeds with what came if slot 0 fails",
			[SEVEN, submitted(), of(1, submitted()), blocked, of(1, outputs(1)), of(1, stored(4))],
			[...BEGUN, "1 submitted", "0 ended failed", "1 generated", "1 image", "1 ended succeeded", "succeeded"],
			["submit", "1 submit", "1 store"],
		],
		[
			"succeeds with what came if slot 1 is refused",
			[SEVEN, submitted(), of(1, refused), outputs(1), stored(0)],
			[...BEGUN, "1 ended failed", "generated", "image", "0 ended succeeded", "succeeded"],
			["submit", "1 submit", "store"],
		],
		[
			"fails if both fail",
			[SEVEN, submitted(), of(1, submitted()), of(1, blocked), blocked],
			[...BEGUN, "1 submitted", "1 ended failed", "0 ended failed", "failed"],
			["submit", "1 submit"],
		],
		[
			"looks for the lost answer of slot 1 alone",
			[SEVEN, submitted(), of(1, answerLost), completed, tick],
			[...BEGUN, "1 answer_lost"],
			["submit", "1 submit", "fetch_result", "poll", "1 look_up"],
		],
		[
			"tries slot 1 again when fal was too busy for it",
			[SEVEN, submitted(), of(1, busy), tick, tick],
			[...BEGUN, "1 refused", "1 submitting"],
			["submit", "1 submit", "poll", "poll", "1 submit"],
		],
		[
			"lets slot 1 take up what a new instance finds",
			[SEVEN, submitted(), restarted],
			[...BEGUN, "1 answer_lost"],
			["submit", "1 submit"],
		],
		[
			"polls both",
			[SEVEN, submitted(), of(1, submitted()), tick],
			[...BEGUN, "1 submitted"],
			["submit", "1 submit", "poll", "1 poll"],
		],
		[
			"polls the one that nobody follows",
			[SEVEN, submitted(), of(1, submitted()), { ...tick, followed: [0] }],
			[...BEGUN, "1 submitted"],
			["submit", "1 submit", "1 poll"],
		],
		[
			"polls both if both are followed",
			[SEVEN, submitted(), of(1, submitted()), { ...tick, followed: [0, 1] }],
			[...BEGUN, "1 submitted"],
			["submit", "1 submit", "poll", "1 poll"],
		],
		[
			"leaves one that runs and is followed to its follower",
			[SEVEN, submitted(), of(1, submitted()), running("a"), { ...tick, followed: [0] }],
			[...BEGUN, "1 submitted", "running"],
			["submit", "1 submit", "1 poll"],
		],
		[
			"asks fal once more to stop one that is followed, too",
			[SEVEN, submitted(), of(1, submitted()), cancel, { ...tick, followed: [0] }],
			[...BEGUN, "1 submitted", "cancelling", "1 cancelling"],
			["submit", "1 submit", "cancel", "1 cancel", "cancel", "1 cancel"],
		],
		[
			"takes a status for the slot that it is of",
			[SEVEN, submitted(), of(1, submitted()), of(1, queued(7))],
			[...BEGUN, "1 submitted", "1 queued"],
			["submit", "1 submit"],
		],
		[
			"takes nothing of a slot that it does not have",
			[SEVEN, submitted(), of(2, submitted()), of(7, outputs(1)), of(2, stored(7)), of(3, completed)],
			BEGUN,
			["submit", "1 submit"],
		],
		[
			"takes no result of one slot for another's",
			[SEVEN, submitted(), of(1, submitted()), { ...outputs(1), slot: 1 }],
			[...BEGUN, "1 submitted"],
			["submit", "1 submit"],
		],
	])("%s", (_, inputs, log, effects) => {
		expect(briefly(runFlow(inputs))).toEqual({ log, effects });
	});

	it("says which pictures each is asked for, and stores them under these indexes", () => {
		const { log, effects } = runFlow([SEVEN, submitted(), of(1, submitted()), of(1, outputs(3))]);
		expect(log.flatMap((event) => (event.type === "submitting" ? [[event.first, event.count]] : []))).toEqual([[0, 4]]);
		expect(log.flatMap((event) => (event.type === "slot" ? [event.event] : []))).toContainEqual(
			expect.objectContaining({ type: "submitting", first: 4, count: 3 }),
		);
		expect(effects.filter(({ type }) => type === "store")).toEqual(
			[0, 1, 2].map((place) => ({
				...{ type: "store", slot: 1, index: 4 + place, place, url: `https://cdn.test/${place}.png` },
				...{ upstream: expect.objectContaining({ requestId: "r-1-1" }), endpoint: "fal-ai/imagen4/preview" },
			})),
		);
	});

	it("keeps no more pictures of a slot than were asked of it", () => {
		const { log, effects } = runFlow([SEVEN, submitted(), of(1, submitted()), outputs(6), of(1, outputs(5))]);
		expect(effects.flatMap((effect) => (effect.type === "store" ? [effect.index] : []))).toEqual([0, 1, 2, 3, 4, 5, 6]);
		expect(log.flatMap((event) => (event.type === "generated" ? [event.outputs.length] : []))).toEqual([4]);
	});

	it("names the pictures that fal did not make", () => {
		const { log } = runFlow([
			...[SEVEN, submitted(), of(1, blocked), outputs(3)],
			...[stored(0), stored(1), lostImage(2)],
		]);
		expect(log.filter(({ type }) => type === "slot_ended")).toEqual([
			expect.objectContaining({ slot: 1, outcome: "failed", missing: [4, 5, 6] }),
			expect.objectContaining({ slot: 0, outcome: "succeeded", missing: [3] }),
		]);
	});

	it("keeps a picture of a slot that was given up, as one that is in time while the job goes on", () => {
		const lost = [SEVEN, submitted(), of(1, answerLost), of(1, { type: "looked_up", answer: { kind: "forbidden" } })];
		const late = [[of(1, outputs(1)), 301_000] as const, [of(1, stored(4)), 302_000] as const];
		const begun = lost.map((input, index) => [input, index] as const);
		const { log } = runTimed([...begun, [tick, 300_500], ...late, [outputs(1), 303_000], [stored(0), 304_000]]);
		expect(briefly({ ...runFlow([]), log }).log.slice(BEGUN.length)).toEqual([
			...["1 answer_lost", "1 looked_up", "1 ended failed", "1 generated", "1 image"],
			...["generated", "image", "0 ended succeeded", "succeeded"],
		]);
	});

	it("has late pictures of both after its end", () => {
		const given = [SEVEN, submitted(), of(1, submitted()), cancel, cancelAnswered("accepted")];
		const { log } = runFlow([...given, of(1, cancelAnswered("accepted")), of(1, outputs(1)), of(1, stored(4))]);
		expect(briefly({ ...runFlow([]), log }).log.slice(-3)).toEqual(["cancelled", "1 generated", "1 late_image"]);
	});

	it("never keeps its prompt in what fal says of a failure", () => {
		const error = { code: "upstream_failed", message: "fal says: 'a red fox' is no picture" } as const;
		const told: Input = { type: "result", requestId: "r-1-1", slot: 1, result: { kind: "failure", error } };
		const { log } = runFlow([SEVEN, submitted(), of(1, submitted()), told]);
		expect(log.at(-1)).toMatchObject({ type: "slot_ended", error: { message: "fal says: '…' is no picture" } });
	});

	it("goes on with one successor for all, found by slot 0", () => {
		const { effects, log } = runFlow([startMany(9, "imagen4-preview"), gone, submitted()]);
		expect(log.filter(({ type }) => type === "rerouted")).toHaveLength(1);
		const endpoints = effects.flatMap((effect) => (effect.type === "submit" ? [effect.endpoint] : []));
		expect(new Set(endpoints.slice(1))).toEqual(new Set([endpoints[1]]));
		expect(endpoints).toHaveLength(4);
	});

	it("lets a slot find the successor by itself if the model goes later", () => {
		const { log } = runFlow([SEVEN, submitted(), of(1, gone), of(1, submitted())]);
		expect(briefly({ ...runFlow([]), log }).log.slice(BEGUN.length)).toEqual([
			"1 rerouted",
			"1 submitting",
			"1 submitted",
		]);
	});
});

describe("a job of two slots that code from before there were slots took over", () => {
	/** It read no event of slot 1, and ended the job with slot 0. */
	const begun = runFlow([SEVEN, submitted(), of(1, submitted()), outputs(1)]).log;
	const written: readonly JobEvent[] = [
		{ ...stored0, type: "image", nsfw: false, seq: begun.length + 1, at: NOW },
		{ type: "succeeded", seconds: 1, seq: begun.length + 2, at: NOW },
	];
	const goOn = (...inputs: readonly Input[]) =>
		runTimed(
			inputs.map((input) => [input, 5_000] as const),
			fold([...begun, ...written]),
		);

	it("has ended, and still asks fal for slot 1", () => {
		const { state, effects } = goOn(tick);
		expect(state.end).toMatchObject({ outcome: "succeeded" });
		expect(effects).toEqual([expect.objectContaining({ type: "poll", slot: 1 })]);
	});

	it("keeps the pictures of slot 1 as late ones, and begins no other", () => {
		const three = [4, 5, 6].map((index) => of(1, stored(index)));
		expect(briefly(goOn(of(1, outputs(3)), ...three)).log).toEqual([
			...["1 generated", "1 late_image", "1 late_image", "1 late_image", "1 ended succeeded"],
		]);
	});

	it("begins no slot that had not begun", () => {
		const { log } = runFlow([startMany(10), submitted()]);
		const ended: JobEvent = { type: "succeeded", seconds: 1, seq: log.length + 1, at: NOW };
		const { effects } = step(fold([...log, ended]), of(1, submitted()), NOW + 5_000);
		expect(effects).toEqual([]);
	});

	it("is erased only when fal has nothing of it any more, if it is deleted", () => {
		const { effects } = goOn(running("a"), of(1, running("a")), remove, of(1, cancelAnswered("accepted")));
		expect(effects.map(({ type }) => type)).toEqual(["cancel", "erase"]);
	});
});

describe("a job of ten slots", () => {
	const TEN = startMany(10);
	const accepted = (slots: readonly number[]) => slots.map((slot) => of(slot, submitted()));

	it("has five submits under way at most, each sent when another is answered", () => {
		const first = runFlow([TEN, submitted()]);
		expect(submitsOf(first.effects).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5]);
		const one = runFlow([TEN, submitted(), of(4, submitted())]);
		expect(submitsOf(one.effects).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5, 6]);
		const all = runFlow([TEN, submitted(), ...accepted([4, 1, 2, 3, 5])]);
		expect(submitsOf(all.effects).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	it("sends each a seed of its own", () => {
		const { effects } = runFlow([TEN, submitted(), ...accepted([1, 2, 3, 4, 5])]);
		expect(submitsOf(effects).map(({ seed }) => seed)).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
	});

	it("moves the client's seed, too", () => {
		const request = makeRequest({ model: "fal-ai/flux-2-pro", n: 10, seed: 7 });
		const { effects } = runFlow([start({ request }), submitted(), ...accepted([1, 2, 3, 4, 5])]);
		expect(submitsOf(effects).map(({ seed }) => seed)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
	});

	it.each<readonly [when: string, inputs: readonly Input[]]>([
		["once one has failed", [of(3, refused)]],
		["once the client cancels", [cancel]],
		["once the client deletes it", [remove]],
		["once its last client has left, if that cancels", [clientDisconnected(false)]],
	])("begins no further slot %s", (_, inputs) => {
		const cancelling = startMany(10, undefined, { onDisconnect: "cancel" });
		const { effects } = runFlow([cancelling, submitted(), ...inputs, ...accepted([1, 2, 3, 4, 5]), tick, restarted]);
		expect(submitsOf(effects).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it("begins no further slot after its deadline", () => {
		const late = [...accepted([1, 2, 3, 4, 5]), tick].map((input) => [input, 900_000] as const);
		const { effects } = runTimed([[TEN, 0], [submitted(), 899_000], ...late]);
		expect(submitsOf(effects)).toHaveLength(6);
	});

	it("begins no further slot if slot 0 was being cancelled, and made its picture all the same", () => {
		const inputs = [TEN, cancel, submitted(), cancelAnswered("already_completed"), outputs(1), stored(0)];
		expect(briefly(runFlow(inputs))).toEqual({
			log: ["accepted", "submitting", "cancelling", "submitted", "completed", "generated", "image", "succeeded"],
			effects: ["submit", "cancel", "fetch_result", "store"],
		});
	});

	it("holds a submit that fal was too busy for while five others are under way", () => {
		const begun = [TEN, submitted(), of(1, busy)].map((input) => [input, 0] as const);
		const held = runTimed([...begun, [{ ...tick, submitsInFlight: [2, 3, 4, 5, 6] }, 60_000]]);
		expect(submitsOf(held.effects).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5, 6]);
		const freed = runTimed([
			...begun,
			[of(2, submitted()), 50],
			[of(3, submitted()), 60],
			[of(4, submitted()), 70],
			[of(5, submitted()), 80],
			[of(6, submitted()), 90],
			[{ ...tick, submitsInFlight: [7, 8, 9] }, 60_000],
		]);
		expect(submitsOf(freed.effects).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1]);
	});

	it("gives up a submit at the deadline that is held by others", () => {
		const begun = [TEN, submitted(), of(1, busy)].map((input) => [input, 0] as const);
		const submitsInFlight = [2, 3, 4, 5, 6];
		const until = (ageMs: number) => briefly(runTimed([...begun, [{ ...tick, submitsInFlight }, ageMs]])).log;
		expect(until(899_999)).not.toContain("1 ended failed");
		expect(until(900_000)).toContain("1 ended failed");
	});

	it("cancels every slot that fal has, and ends when all have ended", () => {
		const begun = [TEN, submitted(), ...accepted([1, 2, 3, 4, 5, 6, 7, 8, 9])];
		const answers = Array.from({ length: 10 }, (_, slot) => of(slot, cancelAnswered("accepted")));
		const before = runFlow([...begun, cancel, ...answers.slice(0, 9)]);
		expect(before.effects.filter(({ type }) => type === "cancel")).toHaveLength(10);
		expect(before.state.end).toBeNull();
		const { log } = runFlow([...begun, cancel, ...answers]);
		expect(log.at(-1)?.type).toBe("cancelled");
		expect(log.filter(({ type }) => type === "slot_ended")).toHaveLength(10);
	});

	it("keeps what fal had made when the client cancelled", () => {
		const begun = [TEN, submitted(), ...accepted([1, 2, 3, 4, 5, 6, 7, 8, 9]), of(4, outputs(1)), cancel];
		const answers = [0, 1, 2, 3, 5, 6, 7, 8, 9].map((slot) => of(slot, cancelAnswered("accepted")));
		const { log, state } = runFlow([...begun, ...answers, of(4, stored(4))]);
		expect(log.at(-1)?.type).toBe("succeeded");
		expect(isJoinable(state)).toBe(true);
	});

	it("is erased when it was deleted and every slot has ended", () => {
		const others = [0, 1, 2, 3, 5, 6, 7, 8, 9];
		const ran = others.map((slot) => of(slot, running("a")));
		const begun = [TEN, submitted(), ...accepted([1, 2, 3, 4, 5, 6, 7, 8, 9]), ...ran, of(4, outputs(1)), remove];
		const answers = others.map((slot) => of(slot, cancelAnswered("accepted")));
		expect(runFlow([...begun, ...answers.slice(0, 8)]).effects.map(({ type }) => type)).not.toContain("erase");
		expect(runFlow([...begun, ...answers]).effects.at(-1)).toEqual({ type: "erase" });
	});

	it("writes once that its client left", () => {
		const begun = [TEN, submitted(), ...accepted([1, 2]), clientDisconnected(false), clientDisconnected(true)];
		expect(runFlow(begun).log.flatMap(({ type }) => (/client|deliv/.test(type) ? [type] : []))).toEqual([
			"client_left",
			"delivered",
		]);
	});

	it("tells its client's webhook once, of the end of all", () => {
		const told = startMany(2, undefined, { clientWebhook: "https://client.test/hook" });
		const { effects } = runFlow([
			...[told, submitted(), of(1, submitted()), outputs(1), stored(0)],
			...[of(1, outputs(1)), of(1, stored(1))],
		]);
		expect(effects.map(({ type }) => type).filter((type) => type === "notify")).toHaveLength(1);
		expect(effects.at(-1)?.type).toBe("notify");
	});
});

describe("a job of several slots that failed", () => {
	const TWO = [startMany(2), submitted()];

	it("fails with the error of what may have cost something, before that of what surely did not", () => {
		const { log } = runFlow([...TWO, of(1, refused), blocked]);
		expect(log.at(-1)).toMatchObject({ type: "failed", error: { code: "moderation_blocked" } });
		const { log: other } = runFlow([startMany(3), submitted(), of(1, refused), of(2, blocked), blocked]);
		expect(other.at(-1)).toMatchObject({ type: "failed", error: { code: "moderation_blocked" } });
	});

	it("may be joined if one of its slots may have cost something", () => {
		expect(isJoinable(runFlow([...TWO, of(1, refused), blocked]).state)).toBe(true);
		expect(isJoinable(runFlow([startMany(2), refused]).state)).toBe(false);
	});

	it("is cancelled if the client cancelled one of its slots, and no other made a picture", () => {
		const { log } = runFlow([...TWO, of(1, submitted()), blocked, cancel, of(1, cancelAnswered("accepted"))]);
		expect(log.at(-1)?.type).toBe("cancelled");
	});

	it("expires at its time", () => {
		const expired = runTimed([
			[startMany(2), 0],
			[refused, 10],
			[tick, NOW + 30 * 86_400_000],
		]);
		expect(expired.effects.at(-1)).toEqual({ type: "erase" });
	});
});

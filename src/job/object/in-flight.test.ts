import { describe, expect, it } from "vitest";
import { UPSTREAM } from "../../../test/support/make.ts";
import type { Effect, Input } from "../../core/inputs.ts";
import { createInFlight } from "./in-flight.ts";

const endpoint = "fal-ai/imagen4/preview";
const poll: Effect = { type: "poll", upstream: UPSTREAM, endpoint };
const cancel: Effect = { type: "cancel", upstream: UPSTREAM, endpoint };
const fetching: Effect = { type: "fetch_result", upstream: UPSTREAM, endpoint };
const probe: Effect = { ...fetching, probe: true };
const erase: Effect = { type: "erase" };
const tick: Input = { type: "tick" };
function store(index: number): Effect {
	return { type: "store", index, url: null, upstream: UPSTREAM, endpoint };
}

function thumbnail(index: number): Effect {
	return { type: "keep_thumbnail", thumbnail: { index, contentType: "image/webp", bytes: new Uint8Array(1) } };
}

/** Lets all that could go on by now go on. */
async function allWorkSoFar(): Promise<void> {
	for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** Effects that end when the test says so. */
function setUp(onOutcome: (outcome: Input | null) => void = () => {}) {
	const started: { effect: Effect; end: (outcome: Input | null) => void; fail: (error: Error) => void }[] = [];
	const outcomes: (Input | null)[] = [];
	const errors: (readonly [string, unknown])[] = [];
	const kept: Promise<void>[] = [];
	const inFlight = createInFlight({
		run: (effect) => {
			const { promise, resolve, reject } = Promise.withResolvers<Input | null>();
			started.push({ effect, end: resolve, fail: reject });
			return promise;
		},
		onOutcome: (outcome) => {
			outcomes.push(outcome);
			onOutcome(outcome);
		},
		waitUntil: (work) => kept.push(work),
		onError: (effect, error) => errors.push([effect, error]),
	});
	return { inFlight, started, outcomes, errors, kept };
}

describe("effects in flight", () => {
	it("starts an effect once while it is under way, and again afterwards", async () => {
		const { inFlight, started, kept } = setUp();
		inFlight.start(poll);
		inFlight.start(poll);
		expect(started).toHaveLength(1);
		started[0]?.end(null);
		await kept[0];
		inFlight.start(poll);
		expect(started).toHaveLength(2);
	});

	it("starts one store for each picture", () => {
		const { inFlight, started } = setUp();
		for (const index of [0, 1, 0]) inFlight.start(store(index));
		expect(started.map(({ effect }) => effect)).toEqual([store(0), store(1)]);
	});

	it("keeps one thumbnail for each picture, of which no alarm knows", () => {
		const { inFlight, started } = setUp();
		for (const index of [0, 1, 0]) inFlight.start(thumbnail(index));
		inFlight.start({ type: "settle" });
		expect(started.map(({ effect }) => effect)).toEqual([thumbnail(0), thumbnail(1), { type: "settle" }]);
		expect(inFlight.slotsOf()).toEqual([]);
		expect(inFlight.slotsOf("keep_thumbnail")).toEqual([0]);
	});

	it("keeps the object alive until the outcome is taken", async () => {
		const { inFlight, started, outcomes, kept } = setUp();
		inFlight.start(poll);
		expect(kept).toHaveLength(1);
		started[0]?.end(tick);
		await kept[0];
		expect(outcomes).toEqual([tick]);
	});

	it("is no longer under way when its outcome is taken, so that it may be asked for again", async () => {
		const seen: boolean[] = [];
		const { inFlight, started, kept } = setUp(() => {
			seen.push(inFlight.slotsOf("poll").length > 0);
			if (started.length < 2) inFlight.start(poll);
		});
		inFlight.start(poll);
		started[0]?.end(null);
		await kept[0];
		expect(seen).toEqual([false]);
		expect(started).toHaveLength(2);
		expect(inFlight.slotsOf("poll")).toEqual([0]);
	});

	it("reports an effect that throws, and takes no outcome of it", async () => {
		const { inFlight, started, outcomes, errors, kept } = setUp();
		const error = new Error("no configuration");
		inFlight.start(store(1));
		started[0]?.fail(error);
		await kept[0];
		expect(errors).toEqual([["store 1", error]]);
		expect(outcomes).toEqual([null]);
		expect(inFlight.slotsOf()).toEqual([]);
	});

	it("tells of which slots something is under way", () => {
		const { inFlight } = setUp();
		expect(inFlight.slotsOf()).toEqual([]);
		inFlight.start(store(3));
		inFlight.start({ ...poll, slot: 2 });
		inFlight.start({ ...store(4), slot: 2 });
		expect([
			inFlight.slotsOf(),
			inFlight.slotsOf("store"),
			inFlight.slotsOf("poll"),
			inFlight.slotsOf("cancel"),
		]).toEqual([[0, 2], [0, 2], [2], []]);
	});

	it("lets four pictures be on their way at once, and others in their order when one has ended", async () => {
		const { inFlight, started, kept } = setUp();
		for (let index = 0; index < 7; index += 1) inFlight.start(store(index));
		inFlight.start(poll);
		await Promise.resolve();
		expect(started).toHaveLength(5);
		expect(inFlight.slotsOf("store")).toEqual([0]);
		started[1]?.end(null);
		await kept[1];
		await Promise.resolve();
		expect(started).toHaveLength(6);
		started[2]?.fail(new Error("broken"));
		await kept[2];
		await Promise.resolve();
		expect(started).toHaveLength(7);
	});

	it("frees the place of a picture, and of nothing else, for the next ones", async () => {
		const { inFlight, started, kept } = setUp();
		for (let index = 0; index < 12; index += 1) {
			inFlight.start(index % 2 === 0 ? poll : store(index));
			expect(started).toHaveLength(index + 1);
			started[index]?.end(null);
			await kept[index];
		}
		for (let index = 0; index < 6; index += 1) inFlight.start(store(index));
		expect(started).toHaveLength(12 + 4);
	});

	it("runs the same effect of several slots at once, and of one slot once", () => {
		const { inFlight, started } = setUp();
		for (const slot of [1, 2, 1]) inFlight.start({ ...poll, slot });
		inFlight.start(poll);
		expect(started).toHaveLength(3);
	});

	it("waits for one type, or for all others", async () => {
		const { inFlight, started } = setUp();
		for (const effect of [erase, poll, cancel]) inFlight.start(effect);
		const ended: string[] = [];
		const others = inFlight.othersEnded("erase").then(() => ended.push("others"));
		const itself = inFlight.ended("erase").then(() => ended.push("erase"));
		expect(started.map(({ effect }) => effect)).toEqual([erase, poll, cancel]);
		started[1]?.end(null);
		await inFlight.ended("poll");
		await allWorkSoFar();
		expect(ended).toEqual([]);
		started[2]?.fail(new Error("broken"));
		await others;
		expect(ended).toEqual(["others"]);
		started[0]?.end(null);
		await itself;
		expect(ended).toEqual(["others", "erase"]);
	});

	it("starts a probe beside a fetch of the same result, and each once", () => {
		const { inFlight, started } = setUp();
		for (const effect of [fetching, probe, fetching, probe]) inFlight.start(effect);
		expect(started.map(({ effect }) => effect)).toEqual([fetching, probe]);
	});

	it("names what failed in the log", async () => {
		const { inFlight, started, errors, kept } = setUp();
		for (const effect of [fetching, probe, cancel]) inFlight.start(effect);
		for (const { fail } of started) fail(new Error("broken"));
		await Promise.all(kept);
		expect(errors.map(([effect]) => effect)).toEqual(["fetch_result", "probe", "cancel"]);
	});

	it("waits for nothing when nothing is under way", async () => {
		const { inFlight } = setUp();
		await Promise.all([inFlight.ended("erase"), inFlight.othersEnded("erase")]);
	});

	it("throws to one that waits for a type what taking its outcome threw", async () => {
		const { inFlight, started, kept } = setUp(() => {
			throw new Error("the storage is full");
		});
		inFlight.start(erase);
		const waiting = inFlight.ended("erase");
		started[0]?.end(null);
		await expect(waiting).rejects.toThrow("the storage is full");
		await expect(kept[0]).rejects.toThrow("the storage is full");
	});
});

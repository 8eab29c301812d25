import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candidate, PAUSE_HIDDEN_MS, planFollows, retryDelay } from "./follow-policy.ts";

const SHOWN = { isOnline: true, hiddenForMs: 0 };

function make(id: string, over: Partial<Candidate> = {}): Candidate {
	return { id, createdAt: 0, isSeen: true, isLate: false, ...over };
}

function read(candidates: readonly Candidate[], circumstances = SHOWN) {
	return Object.fromEntries(
		[...planFollows(candidates, circumstances)].map(([id, follow]) => [
			id,
			follow.by === "stream" ? "stream" : follow.everyMs,
		]),
	);
}

describe("how jobs are followed", () => {
	it("streams the newest four, and asks for the others", () => {
		const jobs = ["a", "b", "c", "d", "e", "f"].map((id, createdAt) => make(id, { createdAt }));
		expect(read(jobs)).toEqual({ f: "stream", e: "stream", d: "stream", c: "stream", b: 4_000, a: 4_000 });
	});

	it("streams what is seen before what is newer", () => {
		const unseen = ["a", "b", "c", "d", "e"].map((id) => make(id, { createdAt: 9, isSeen: false }));
		expect(read([...unseen, make("old")])).toEqual({
			old: "stream",
			a: "stream",
			b: "stream",
			c: "stream",
			d: 15_000,
			e: 15_000,
		});
	});

	it("asks less often the more there are to ask for", () => {
		const jobs = Array.from({ length: 44 }, (_, createdAt) => make(`j${createdAt}`, { createdAt }));
		expect(read(jobs).j0).toBe(10_000);
	});

	it("asks for late pictures that are seen, now and then", () => {
		expect(read([make("a", { isLate: true }), make("b", { isLate: true, isSeen: false })])).toEqual({ a: 60_000 });
	});

	it("follows none without a network, and none while nobody looks for long", () => {
		expect(read([make("a")], { isOnline: false, hiddenForMs: 0 })).toEqual({});
		expect(read([make("a")], { isOnline: true, hiddenForMs: PAUSE_HIDDEN_MS })).toEqual({});
		expect(read([make("a")], { isOnline: true, hiddenForMs: PAUSE_HIDDEN_MS - 1 })).toEqual({ a: "stream" });
	});

	it("is the same for the same jobs in another order, with four streams at most, and without one that is left out", () => {
		const candidate = fc.record({
			id: fc.uuid(),
			createdAt: fc.nat(3),
			isSeen: fc.boolean(),
			isLate: fc.constant(false),
		});
		const jobs = fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 12 });
		fc.assert(
			fc.property(
				jobs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
				([all, shuffled]) => {
					const plan = read(all);
					expect(read(shuffled)).toEqual(plan);
					expect(Object.keys(plan)).toHaveLength(all.length);
					expect(Object.values(plan).filter((by) => by === "stream")).toHaveLength(Math.min(4, all.length));
				},
			),
		);
	});
});

describe("the wait before the next try", () => {
	it.each([
		["the first, at least", 0, 0, 250],
		["the first, at most", 0, 1, 500],
		["the third", 2, 1, 2_000],
		["after many", 50, 1, 30_000],
		["after many, at least", 50, 0, 15_000],
	])("%s", (_, failures, random, ms) => {
		expect(retryDelay(failures, random)).toBe(ms);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FalStatus } from "../core/fal-answers.ts";
import { type LastSent, PROGRESS_EVERY_MS, progressDelay } from "./pace.ts";

const START = 1_800_000_000_000;
const QUEUED: FalStatus = { kind: "queued", position: 2 };
const NEXT: FalStatus = { kind: "queued", position: 1 };
const RUNNING: FalStatus = { kind: "running", logs: ["a"] };
const MORE_LOGS: FalStatus = { kind: "running", logs: ["a", "b"] };
const COMPLETED: FalStatus = { kind: "completed" };

function delayAt(afterMs: number, status: FalStatus, last: LastSent | null): number | null {
	return progressDelay(status, last, { followingSince: START, now: START + afterMs });
}

function sent(status: FalStatus, afterMs: number): LastSent {
	return { status, at: START + afterMs };
}

describe("another state", () => {
	it.each<[string, FalStatus, LastSent | null]>([
		["the first status", QUEUED, null],
		["running after queued", RUNNING, sent(QUEUED, 0)],
		["completed after running", COMPLETED, sent(RUNNING, 0)],
		["queued after running, which fal may say when a runner is lost", QUEUED, sent(RUNNING, 0)],
	])("is sent at once: %s", (_, status, last) => {
		expect(delayAt(0, status, last)).toBe(0);
	});
});

describe("an equal status", () => {
	it.each([QUEUED, RUNNING, COMPLETED])("says nothing new: $kind", (status) => {
		expect(delayAt(60_000, { ...status }, sent(status, 0))).toBeNull();
	});
});

describe("progress inside a state", () => {
	it.each<[number, number, number]>([
		[0, 0, 2000],
		[0, 1, 1999],
		[0, 1999, 1],
		[0, 2000, 0],
		[0, 2001, 0],
		[1000, 1500, 1500],
		[2000, 2000, 2000],
		[2001, 2001, 2001],
		[4000, 5000, 3000],
		[60_000, 60_000, 60_000],
		[60_000, 119_999, 1],
		[60_000, 120_000, 0],
		[60_000, 600_000, 0],
	])("after one sent at %i ms, seen at %i ms, waits for %i ms", (sentAt, seenAt, delay) => {
		expect(delayAt(seenAt, NEXT, sent(QUEUED, sentAt))).toBe(delay);
		expect(delayAt(seenAt, MORE_LOGS, sent(RUNNING, sentAt))).toBe(delay);
	});

	it("is sent at least two seconds apart, and by the logarithm of the job's length", () => {
		fc.assert(
			fc.property(fc.integer({ min: 10_000, max: 86_400_000 }), (lengthMs) => {
				let last = sent({ kind: "queued", position: 0 }, 0);
				let count = 1;
				for (let position = 1; ; position += 1) {
					const status: FalStatus = { kind: "queued", position };
					const delay = progressDelay(status, last, { followingSince: START, now: last.at });
					expect(delay).toBeGreaterThanOrEqual(PROGRESS_EVERY_MS);
					const at = last.at + (delay ?? 0);
					if (at > START + lengthMs) break;
					last = { status, at };
					count += 1;
				}
				expect(count).toBeLessThanOrEqual(2 + Math.log2(lengthMs / PROGRESS_EVERY_MS));
			}),
		);
	});
});

import { expect, it } from "vitest";
import { maxDescriptors, processesFor } from "./held-streams.ts";

const limit = maxDescriptors();
const LOAD = { everyMs: 30_000, forMs: 35_000 };

it.runIf(Number.isFinite(limit))("holds a load in one process while its descriptors allow it", () => {
	expect(processesFor({ ...LOAD, streams: 1 })).toBe(1);
	expect(processesFor({ ...LOAD, streams: limit })).toBeGreaterThan(1);
});

it("needs at least as many processes if events come more often, since more objects are awake", () => {
	const streams = Math.min(100_000, limit);
	expect(processesFor({ ...LOAD, streams, everyMs: 1_000 })).toBeGreaterThanOrEqual(processesFor({ ...LOAD, streams }));
});

import { describe, expect, it } from "vitest";
import { withTimeout } from "./timeout.ts";

const LONG_MS = 60_000;

/** Work that ends by its signal only. */
function untilAborted(signal: AbortSignal): Promise<never> {
	return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

describe("work with a time-out", () => {
	it("gives what it returns", async () => {
		expect(await withTimeout(LONG_MS, async () => 7)).toBe(7);
	});

	it("rejects as it does itself", async () => {
		await expect(withTimeout(LONG_MS, () => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
	});

	it("is aborted when its time is over, and says so", async () => {
		await expect(withTimeout(10, untilAborted)).rejects.toThrow("no answer in 10 ms");
	});

	it("keeps its result if it ends in spite of the abort", async () => {
		const patient = (signal: AbortSignal) => untilAborted(signal).catch(() => "done");
		expect(await withTimeout(10, patient)).toBe("done");
	});

	it.each<[string, () => Promise<unknown>]>([
		["returned", async () => 7],
		["rejected", () => Promise.reject(new Error("refused"))],
	])("is not aborted once it has %s, since its timer is gone", async (_, end) => {
		const signals: AbortSignal[] = [];
		const work = (signal: AbortSignal) => {
			signals.push(signal);
			return end();
		};
		await withTimeout(10, work).catch(() => {});
		// This timer ends after the other one would.
		await scheduler.wait(20);
		expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
	});
});

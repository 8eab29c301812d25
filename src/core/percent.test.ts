import { describe, expect, it } from "vitest";
import { percentOf } from "./percent.ts";

describe("a model's progress", () => {
	it.each<readonly [line: string, percent: number | null]>([
		["  5%|▌         | 1/20 [00:00<00:09,  2.05it/s]", 5],
		["100%|██████████| 20/20 [00:09<00:00,  2.05it/s]", 100],
		["Sampling: 45%", 45],
		["progress 33.7 %", 33],
		["progress 33.75 %", 33],
		["step 2/20", 10],
		["Step 5 of 20", 25],
		["Sampling steps: 7/28", 25],
		["[3/4] denoising", 75],
		["denoising 1/3", 33],
		["step 20/20", 100],
		["Loading pipeline components...: 100%|██████████| 7/7 [00:00<00:00]", null],
		["Fetching 15 files: 40%|████", null],
		["Loading checkpoint shards:  50%", null],
		["2026/11/28 12:00:07 ready", null],
		["guidance 3/4 of a turn", null],
		["step 3/1", null],
		["step 1/1", null],
		["step 201/200", null],
		["step 0/0", null],
		["cpu at 250%", null],
		["seed 42", null],
		["", null],
	])("of %j is %j", (line, percent) => {
		expect(percentOf([line])).toBe(percent);
	});

	it("is told by the newest line that tells", () => {
		expect(percentOf(["step 1/4", "step 2/4", "a thought"])).toBe(50);
		expect(percentOf(["step 1/4", "Loading weights: 100%"])).toBe(25);
		expect(percentOf([])).toBeNull();
	});
});

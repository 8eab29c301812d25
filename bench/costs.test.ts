/** The costs of docs/costs.md, and the case `cost`. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cost } from "./cases/cost.ts";
import { dollarsOf, heldOpenUsageOf, ON_PAPER, toCostTable, toFreePlanTable, usageOf } from "./costs.ts";

describe("docs/costs.md", () => {
	it.each([
		["the cost of a million jobs", toCostTable(ON_PAPER)],
		["the limits of the free plan", toFreePlanTable(ON_PAPER)],
	])("has the computed table of %s", (_, table) => {
		expect(readFileSync("docs/costs.md", "utf8")).toContain(table);
	});
});

describe("the cost of a job", () => {
	it("is the sum of its usage", () => {
		const usage = usageOf({ rowsJob: 10, rowsAccount: 3, requests: 6, awakeMs: 0 });
		// Rows, requests, a second awake, Worker requests, their CPU and the rows read.
		expect(dollarsOf(usage)).toBeCloseTo(13 + 0.9 + 1.6 + 0.9 + 0.5 + 0.1);
	});

	it("grows with each second of an object that is held open", () => {
		const second = dollarsOf(heldOpenUsageOf(31)) - dollarsOf(heldOpenUsageOf(30));
		expect(second).toBeCloseTo(0.128 * 12.5);
	});
});

describe("the case cost", () => {
	it("uses the counts of its run, and those of docs/costs.md for other lengths", async () => {
		const counted = { jobSeconds: 30, rowsJob: 5, rowsAccount: 3, requests: 6, awakeMs: 100 };
		const { figures } = await cost("guard", { counts: [counted] });
		const [five, thirty] = ON_PAPER;
		expect(figures[0]?.value).toBe(five && dollarsOf(usageOf(five)));
		expect(figures[1]?.value).toBe(dollarsOf(usageOf(counted)));
		expect(dollarsOf(usageOf(counted))).toBeLessThan(thirty ? dollarsOf(usageOf(thirty)) : 0);
	});
});

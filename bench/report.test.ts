import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { atLeast, atMost, type Figure, isMet } from "./figure.ts";
import { toMarkdown, toTable, writeInto } from "./report.ts";

function makeFigure(overrides: Partial<Figure> = {}): Figure {
	return { name: "lag", value: 12.345, unit: "ms", goal: atMost(30), detail: "of 5 jobs", ...overrides };
}

describe("isMet", () => {
	it.each([
		[atMost(30), 30, true],
		[atMost(30), 30.1, false],
		[atLeast(0.8), 0.8, true],
		[atLeast(0.8), 0.79, false],
		[null, Number.POSITIVE_INFINITY, true],
	])("judges the goal %j of the value %d as %j", (goal, value, met) => {
		expect(isMet(makeFigure({ goal, value }))).toBe(met);
	});
});

describe("toMarkdown", () => {
	it.each([
		[{}, "| lag | 12.3 ms | ≤ 30 ms | met | of 5 jobs |"],
		[{ value: 31 }, "| lag | 31 ms | ≤ 30 ms | missed | of 5 jobs |"],
		[{ value: 1234.5, goal: null }, "| lag | 1235 ms |  | stated | of 5 jobs |"],
		[{ value: 0.12345, unit: "×", goal: atLeast(0.1) }, "| lag | 0.123 × | ≥ 0.1 × | met | of 5 jobs |"],
	] as const)("writes %j as a row", (overrides, row) => {
		expect(toMarkdown([makeFigure(overrides)]).split("\n")).toEqual([
			"| figure | measured | goal |  | of which |",
			"| --- | --- | --- | --- | --- |",
			row,
		]);
	});
});

describe("toTable", () => {
	it("has every figure", () => {
		const table = toTable([makeFigure(), makeFigure({ name: "size" })]);
		for (const text of ["lag", "size", "12.3 ms", "met"]) expect(table).toContain(text);
	});
});

describe("writeInto", () => {
	const folder = mkdtempSync(join(tmpdir(), "darkroom-report-"));
	const path = join(folder, "performance.md");
	const written = (between: string) =>
		`before\n<!-- npm run bench writes from here -->${between}<!-- to here -->\nafter\n`;
	beforeAll(() => writeFileSync(path, written("\nold\n")));
	afterAll(() => rmSync(folder, { recursive: true }));

	it("replaces the text between the marks, and can do so again", () => {
		for (const results of ["first", "second"]) {
			writeInto(path, results);
			expect(readFileSync(path, "utf8")).toBe(written(`\n\n${results}\n\n`));
		}
	});

	it("throws if a document has no marks", () => {
		writeFileSync(path, "no marks");
		expect(() => writeInto(path, "results")).toThrow("has no place for results");
	});
});

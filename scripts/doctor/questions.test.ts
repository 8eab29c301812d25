import { describe, expect, it } from "vitest";
import { QUESTIONS } from "./questions.ts";

describe("the questions", () => {
	it("have ids of their own", () => {
		expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length);
	});

	it("are asked in the order of their cost", () => {
		const paid = QUESTIONS.map(({ costs }) => costs.length > 0);
		expect(paid).toEqual(paid.toSorted((a, b) => Number(a) - Number(b)));
	});

	it.each(QUESTIONS)("$id says what is asked, and what Darkroom relies on", ({ asks, relies, relied }) => {
		expect(asks).toMatch(/^[A-Z].*\?( .*\?)?$/);
		expect(relies).toMatch(/^\S.*\.$/);
		expect(relied.length).toBeGreaterThan(0);
	});
});

import { expect, it } from "vitest";
import { CASES } from "./cases.ts";
import { type Figure, isMet } from "./figure.ts";

/**
 * Every case of the bench still measures what it says. Side by side here, since how fast anything is a busy machine cannot tell: only
 * what is counted is judged.
 */
const COUNTED: readonly Figure["unit"][] = ["requests", "rows", "KB", "streams"];

it.concurrent.each(Object.entries(CASES))(
	"%s yields figures, and what it counts is within its goals",
	async (_, measure) => {
		const { figures } = await measure("guard", {});
		expect(figures.length).toBeGreaterThan(0);
		for (const figure of figures) {
			const { name, value, unit } = figure;
			expect(Number.isFinite(value) && value >= 0, `${name}: ${value}`).toBe(true);
			if (unit === "×") expect(value, name).toBeGreaterThan(0);
			if (COUNTED.includes(unit)) expect(isMet(figure), `${name}: ${value}`).toBe(true);
		}
	},
);

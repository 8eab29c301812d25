/** Runs each case of the bench, once and small. */
import { expect, it } from "vitest";
import { CASES } from "./cases.ts";
import { type Figure, isMet } from "./figure.ts";

/** Units of counts. Times are not judged here, because the cases run at once on a busy machine. */
const COUNTED_UNITS: readonly Figure["unit"][] = ["requests", "rows", "KB", "streams"];

it.concurrent.each(Object.entries(CASES))("%s yields figures, and its counts meet their goals", async (_, measure) => {
	const { figures } = await measure("guard", {});
	expect(figures.length).toBeGreaterThan(0);
	for (const figure of figures) {
		const { name, value, unit } = figure;
		expect(Number.isFinite(value) && value >= 0, `${name}: ${value}`).toBe(true);
		if (unit === "×") expect(value, name).toBeGreaterThan(0);
		if (COUNTED_UNITS.includes(unit)) expect(isMet(figure), `${name}: ${value}`).toBe(true);
	}
});

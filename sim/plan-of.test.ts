import { describe, expect, it } from "vitest";
import { makePlan } from "../test/support/make-simulated.ts";
import { readWords } from "./plan.ts";
import { planOf } from "./plan-of.ts";
import { DEFAULT_SCENARIO, SCENARIOS } from "./scenarios.ts";

const HAPPY = SCENARIOS[DEFAULT_SCENARIO]?.plan ?? {};
const STANDING = { queue: 3, runMs: 9, outcome: "nsfw" } as const;

function planned(prompt: string) {
	return planOf(STANDING, readWords(prompt));
}

describe("planOf", () => {
	it("makes the standing plan if there are no words", () => {
		expect(planned("a fox")).toEqual({ ok: true, value: makePlan(STANDING) });
	});

	it("changes the standing plan by values", () => {
		expect(planned("sim:run-ms=50")).toEqual({ ok: true, value: makePlan({ ...STANDING, runMs: 50 }) });
	});

	it("starts from the default scenario if one is named", () => {
		expect(planned("sim:webhook-lost")).toEqual({ ok: true, value: makePlan({ ...HAPPY, webhook: "never" }) });
		expect(planned("sim:run-ms=50 sim:webhook-lost")).toMatchObject({ ok: true, value: { runMs: 50, queue: 1 } });
	});

	it("lets later words win", () => {
		expect(planned("sim:slow-run sim:instant")).toMatchObject({ ok: true, value: { runMs: 0, logs: 20 } });
		expect(planned("sim:instant sim:run-ms=1 sim:run-ms=2")).toMatchObject({ ok: true, value: { runMs: 2 } });
	});

	it.each([
		["sim:unheard-of", 'Unknown simulator scenario "unheard-of"'],
		["sim:constructor", 'Unknown simulator scenario "constructor"'],
		["sim:instant sim:unheard-of=1", 'Unknown simulator word "unheardOf"'],
	])("refuses %s", (prompt, error) => {
		expect(planned(prompt)).toEqual({ ok: false, error });
	});
});

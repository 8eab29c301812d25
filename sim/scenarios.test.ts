import { describe, expect, it } from "vitest";
import { makePlan } from "../test/support/make-simulated.ts";
import { page } from "./page.ts";
import { readWords } from "./plan.ts";
import { planOf } from "./plan-of.ts";
import readme from "./README.md?raw";
import { DEFAULT_SCENARIO, SCENARIOS } from "./scenarios.ts";

const HAPPY = SCENARIOS[DEFAULT_SCENARIO]?.plan ?? {};
const STANDING = { queue: 3, runMs: 9, outcome: "nsfw" } as const;

describe.each(Object.entries(SCENARIOS))("sim:%s", (name, { about, plan }) => {
	it("is a plan", () => {
		expect(planOf(STANDING, readWords(`sim:${name}`))).toEqual({ ok: true, value: makePlan({ ...HAPPY, ...plan }) });
	});

	it("is described in the README and on the page", async () => {
		expect(about).toMatch(/\.$/);
		expect(readme).toMatch(new RegExp(`^\\| \`sim:${name}\` +\\| `, "m"));
		expect(readme).toContain(`| ${about} `);
		expect(await page().text()).toContain(`<code>sim:${name}</code>`);
	});
});

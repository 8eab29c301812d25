import { describe, expect, it } from "vitest";
import { makePlan } from "../test/support/make-simulated.ts";
import { type PlanChanges, parseChanges, readWords } from "./plan.ts";

describe("readWords", () => {
	it("finds words anywhere in a prompt, in their order", () => {
		expect(readWords("画一只猫，sim:slow-run。sim:run-ms=5, then sim:x=y sim:instant")).toEqual([
			{ name: "slow-run", value: undefined },
			{ name: "run-ms", value: "5" },
			{ name: "x", value: "y" },
			{ name: "instant", value: undefined },
		]);
	});

	it("finds none in a prompt without words", () => {
		expect(readWords("a simple fox: sim: SIM:instant simulated")).toEqual([]);
	});
});

describe("parseChanges", () => {
	it("returns the default plan for no changes", () => {
		expect(parseChanges({})).toEqual({ ok: true, value: makePlan() });
		expect(makePlan()).toMatchObject({ queue: 1, hold: "nothing", submit: "ok", outcome: "ok", webhook: "once" });
	});

	it.each<[Record<string, unknown>, PlanChanges]>([
		[{ "queue-ms": "7" }, { queueMs: 7 }],
		[{ queueMs: 7 }, { queueMs: 7 }],
		[
			{ "webhook-delay-ms": 0, hold: "all" },
			{ webhookDelayMs: 0, hold: "all" },
		],
		[
			{ submit: "429", refusals: "3" },
			{ submit: "429", refusals: 3 },
		],
		[{ bytes: "2000000000" }, { bytes: 2_000_000_000 }],
	])("takes %j", (changes, plan) => {
		expect(parseChanges(changes)).toEqual({ ok: true, value: makePlan(plan) });
	});

	it.each([
		[{ "unheard-of": "1" }, 'Unknown simulator word "unheardOf"'],
		[{ queue: "many" }, /^Simulator word "queue": /],
		[{ queue: "-1" }, /^Simulator word "queue": /],
		[{ queue: "1001" }, /^Simulator word "queue": /],
		[{ queue: "1.5" }, /^Simulator word "queue": /],
		[{ hold: "everything" }, /^Simulator word "hold": /],
		[{ bytes: "2000000001" }, /^Simulator word "bytes": /],
	])("names the wrong word of %j", (changes, message) => {
		expect(parseChanges(changes)).toEqual({
			ok: false,
			error: typeof message === "string" ? message : expect.stringMatching(message),
		});
	});
});

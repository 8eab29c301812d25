import { describe, expect, it } from "vitest";
import { outputs, play, refused, start, stored, submitted } from "../../../test/support/logs.ts";
import { costHeader, costOf } from "./cost.ts";

const begin = start({ price: { perPicture: 39_800, known: true } });

describe("a job's cost", () => {
	it.each([
		["of a picture", [begin, submitted(), outputs(1), stored(0)], { usd: 0.0398, basis: "estimated", charge: "paid" }],
		["of a refusal is nothing", [begin, refused], { usd: 0, basis: "estimated", charge: "free" }],
		["is not known before the end", [begin, submitted()], null],
		["is not known of a job from before there were prices", [start(), submitted(), outputs(1), stored(0)], null],
	])("%s", (_, inputs, cost) => {
		const log = play(inputs);
		expect(costOf(log)).toEqual(cost);
		expect(costHeader(log)).toEqual(cost === null ? {} : { "x-darkroom-cost": String(cost.usd) });
	});

	it("is written without an exponent", () => {
		const price = { perPicture: 1, known: true };
		const log = play([start({ price }), submitted(), outputs(1), stored(0)]);
		expect(costHeader(log)).toEqual({ "x-darkroom-cost": "0.000001" });
	});
});

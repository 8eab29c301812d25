import { describe, expect, it } from "vitest";
import { arrange } from "./layout.ts";
import { isMove, moveBy } from "./moves.ts";

/* a b c
   d e c
   g   f */
const LAYOUT = arrange(
	null,
	[
		{ id: "a", ratio: 1 },
		{ id: "b", ratio: 1 },
		{ id: "c", ratio: 1.8 },
		{ id: "d", ratio: 1 },
		{ id: "e", ratio: 1 },
		{ id: "f", ratio: 1 },
		{ id: "g", ratio: 1 },
	],
	{ columns: 3, width: 100, gap: 0, foot: 60 },
);

describe("moveBy", () => {
	it.each([
		["ArrowRight", "a", "b"],
		["ArrowRight", "b", "c"],
		["ArrowRight", "c", "c"],
		["ArrowLeft", "a", "a"],
		["ArrowLeft", "f", "e"],
		["ArrowDown", "b", "e"],
		["ArrowUp", "e", "b"],
		["ArrowUp", "b", "b"],
		["ArrowDown", "c", "f"],
		["Home", "g", "a"],
		["End", "a", "g"],
		["PageDown", "a", "g"],
		["PageUp", "g", "a"],
	])("%s at %s goes to %s", (key, from, to) => {
		expect(moveBy(key, from, LAYOUT, 320)).toBe(to);
	});

	it("begins with the newest card", () => {
		expect(moveBy("ArrowDown", null, LAYOUT, 320)).toBe("a");
		expect(moveBy("ArrowDown", "gone", LAYOUT, 320)).toBe("a");
	});

	it("goes nowhere without cards", () => {
		expect(moveBy("End", null, arrange(null, [], LAYOUT.geometry), 320)).toBeNull();
	});
});

describe("isMove", () => {
	it("names the keys of a grid", () => {
		expect(["ArrowLeft", "Home", "a", " ", "Enter"].map(isMove)).toEqual([true, true, false, false, false]);
	});
});

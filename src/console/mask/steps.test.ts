import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extended, isFull, MAX_POINTS, NO_STEPS, redo, type Step, type Stroke, undo, withStep } from "./steps.ts";

function stroke(...points: readonly (readonly [x: number, y: number])[]): Stroke {
	return { kind: "stroke", tool: "brush", radius: 12, points: points.map(([x, y]) => ({ x, y })) };
}

const INVERT: Step = { kind: "invert" };
const CLEAR: Step = { kind: "clear" };

describe("undo and redo", () => {
	it("take steps back and do them again in their order", () => {
		const all = [stroke([1, 1]), INVERT, CLEAR].reduce(withStep, NO_STEPS);
		const two = undo(undo(all));
		expect(two).toEqual({ done: [stroke([1, 1])], undone: [CLEAR, INVERT] });
		expect(redo(two).done).toEqual([stroke([1, 1]), INVERT]);
		expect(redo(redo(two)).done).toEqual([stroke([1, 1]), INVERT, CLEAR]);
	});

	it("change nothing when there is nothing", () => {
		expect(undo(NO_STEPS)).toEqual(NO_STEPS);
		expect(redo(NO_STEPS)).toEqual(NO_STEPS);
	});

	it("forget what was undone when another step comes", () => {
		const steps = withStep(undo([INVERT, CLEAR].reduce(withStep, NO_STEPS)), stroke([1, 1]));
		expect(redo(steps)).toEqual({ done: [INVERT, stroke([1, 1])], undone: [] });
	});

	it("lead back to where they were, however often", () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(INVERT, CLEAR, stroke([3, 4]))), fc.nat(30), (steps, times) => {
				const all = steps.reduce(withStep, NO_STEPS);
				let now = all;
				for (let at = 0; at < times; at += 1) now = undo(now);
				for (let at = 0; at < times; at += 1) now = redo(now);
				expect(now.done).toEqual(all.done);
			}),
		);
	});
});

describe("a stroke that goes on", () => {
	it("leaves out places that change nothing", () => {
		const places = [1, 1.5, 2.1, 4, 4.5].map((x) => ({ x, y: 0 }));
		expect(extended(stroke([0, 0]), places).points).toEqual([
			{ x: 0, y: 0 },
			{ x: 2.1, y: 0 },
			{ x: 4.5, y: 0 },
		]);
	});

	it("gets no more points than it may have", () => {
		const places = [10, 20, 30].map((x) => ({ x, y: 0 }));
		expect(extended(stroke([0, 0]), places, 2).points).toHaveLength(2);
	});
});

it("is full at its bound", () => {
	const points = Array.from({ length: MAX_POINTS - 1 }, () => ({ x: 0, y: 0 }));
	const almost = withStep(NO_STEPS, { kind: "stroke", tool: "brush", radius: 1, points });
	expect(isFull(almost)).toBe(false);
	expect(isFull(withStep(almost, INVERT))).toBe(true);
});

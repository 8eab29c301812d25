import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayAt, layOut } from "./layout.ts";

const ASKED = { width: 340, height: 130, values: [0, 5, 10, 2], ticks: [0, 5, 10], axisWidth: 40, labelWidth: 48 };

describe("a plot by day", () => {
	const plot = layOut(ASKED);

	it("has a bar a day, as high as its value", () => {
		expect(plot.field).toEqual({ x: 40, y: 8, width: 300, height: 100 });
		expect(plot.bars).toEqual([
			{ x: 59.5, y: 108, width: 36, height: 0 },
			{ x: 134.5, y: 58, width: 36, height: 50 },
			{ x: 209.5, y: 8, width: 36, height: 100 },
			{ x: 284.5, y: 88, width: 36, height: 20 },
		]);
	});

	it("has its lines at their values", () => {
		expect(plot.lines).toEqual([
			{ value: 0, y: 108 },
			{ value: 5, y: 58 },
			{ value: 10, y: 8 },
		]);
	});

	it("names each day if there is room", () => {
		expect(plot.labels.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
	});

	it("of a quarter on a phone names the last day and every fourth week before it", () => {
		const quarter = layOut({ ...ASKED, width: 300, values: Array(90).fill(1) });
		expect(quarter.labels.map(({ index }) => index)).toEqual([33, 61, 89]);
		expect(quarter.bars.every(({ width }) => width > 1)).toBe(true);
	});

	it("names days so that no name touches another, nor stands outside", () => {
		fc.assert(
			fc.property(fc.integer({ min: 200, max: 2_000 }), fc.integer({ min: 1, max: 90 }), (width, days) => {
				const { labels } = layOut({ ...ASKED, width, values: Array(days).fill(1) });
				for (const [at, { x }] of labels.entries()) {
					expect(x + ASKED.labelWidth / 2).toBeLessThanOrEqual(width + 0.001);
					expect(x - (labels[at - 1]?.x ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(ASKED.labelWidth - 0.001);
				}
				expect(labels.at(-1)?.index).toBe(days - 1);
			}),
		);
	});

	it("shows that little is not nothing", () => {
		const [low, none] = layOut({ ...ASKED, values: [0.001, 0] }).bars;
		expect([low?.height, none?.height]).toEqual([2, 0]);
	});

	it("stays within its width, with bars that do not touch the next day's middle", () => {
		fc.assert(
			fc.property(fc.integer({ min: 200, max: 2_000 }), fc.integer({ min: 1, max: 90 }), (width, days) => {
				const { bars, field } = layOut({ ...ASKED, width, values: Array(days).fill(3) });
				for (const bar of bars) {
					expect(bar.x).toBeGreaterThanOrEqual(field.x);
					expect(bar.x + bar.width).toBeLessThanOrEqual(width + 0.001);
				}
				for (const [at, bar] of bars.entries())
					expect(dayAt(layOut({ ...ASKED, width, values: Array(days).fill(3) }), bar.x + bar.width / 2)).toBe(at);
			}),
			{ numRuns: 30 },
		);
	});
});

describe("the day at a place", () => {
	const plot = layOut(ASKED);
	it.each<readonly [x: number, day: number | null]>([
		[39, null],
		[40, 0],
		[114, 0],
		[116, 1],
		[340, 3],
		[341, null],
	])("%d is %s", (x, day) => {
		expect(dayAt(plot, x)).toBe(day);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitted, MAX_SCALE, panned, pinched, restaged, revealing, toPicture, toStage, zoomed } from "./view.ts";

const bounds = { size: { width: 2000, height: 1000 }, stage: { width: 800, height: 600 } };

describe("a picture in the stage", () => {
	it("fits in the middle", () => {
		expect(fitted(bounds.size, bounds.stage, 0)).toEqual({ scale: 0.4, x: 0, y: 100 });
		expect(fitted(bounds.size, bounds.stage, 100)).toEqual({ scale: 0.3, x: 100, y: 150 });
	});

	it("is not made larger than four times", () => {
		expect(fitted({ width: 10, height: 10 }, bounds.stage, 0)).toEqual({ scale: 4, x: 380, y: 280 });
	});

	it("zooms around a place", () => {
		expect(zoomed({ scale: 0.4, x: 0, y: 100 }, 2, { x: 400, y: 300 }, bounds)).toEqual({
			scale: 0.8,
			x: -400,
			y: -100,
		});
	});

	it("zooms between its bounds", () => {
		const view = fitted(bounds.size, bounds.stage, 0);
		expect(zoomed(view, 1e9, { x: 400, y: 300 }, bounds).scale).toBe(MAX_SCALE);
		expect(zoomed(view, 1e-9, { x: 400, y: 300 }, bounds).scale).toBe(0.2);
	});

	it("moves, and a part of it stays in sight", () => {
		const view = { scale: 0.4, x: 0, y: 100 };
		expect(panned(view, { x: 30, y: -20 }, bounds)).toEqual({ scale: 0.4, x: 30, y: 80 });
		expect(panned(view, { x: 9999, y: 9999 }, bounds)).toEqual({ scale: 0.4, x: 752, y: 552 });
		expect(panned(view, { x: -9999, y: -9999 }, bounds)).toEqual({ scale: 0.4, x: -752, y: -352 });
	});

	it("follows two fingers", () => {
		const from = [
			{ x: 300, y: 300 },
			{ x: 500, y: 300 },
		] as const;
		const to = [
			{ x: 210, y: 340 },
			{ x: 610, y: 340 },
		] as const;
		// Twice as far apart, and the middle moved by 10 and 40.
		expect(pinched({ scale: 0.4, x: 0, y: 100 }, from, to, bounds)).toEqual({ scale: 0.8, x: -390, y: -60 });
	});

	it("stays whole when the window gets another size, and keeps its middle if it was zoomed", () => {
		const { size, stage } = bounds;
		const narrow = { width: 400, height: 600 };
		expect(restaged(fitted(size, stage, 0), size, stage, narrow, 0)).toEqual({ scale: 0.2, x: 0, y: 200 });
		expect(restaged({ scale: 1, x: -300, y: -200 }, size, stage, narrow, 0)).toEqual({ scale: 1, x: -500, y: -200 });
	});

	it("comes just as far as is needed to see a point", () => {
		const view = { scale: 1, x: 0, y: 0 };
		expect(revealing(view, { x: 400, y: 300 }, bounds.stage, 20)).toEqual(view);
		expect(revealing(view, { x: 900, y: 300 }, bounds.stage, 20)).toEqual({ scale: 1, x: -120, y: 0 });
		expect(revealing(view, { x: 400, y: -10 }, bounds.stage, 20)).toEqual({ scale: 1, x: 0, y: 30 });
	});

	it("keeps what is under the pointer there, and leads to and fro", () => {
		const place = fc.record({ x: fc.integer({ min: 100, max: 700 }), y: fc.integer({ min: 150, max: 450 }) });
		fc.assert(
			fc.property(place, fc.double({ min: 1, max: 8, noNaN: true }), (at, factor) => {
				const view = fitted(bounds.size, bounds.stage, 0);
				const after = zoomed(view, factor, at, bounds);
				const [before, now] = [toPicture(view, at), toPicture(after, at)];
				expect(now.x).toBeCloseTo(before.x, 6);
				expect(now.y).toBeCloseTo(before.y, 6);
				const back = toStage(after, now);
				expect(back.x).toBeCloseTo(at.x, 6);
				expect(back.y).toBeCloseTo(at.y, 6);
			}),
		);
	});
});

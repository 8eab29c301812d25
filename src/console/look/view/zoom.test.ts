import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitIn, moveBy, percentOf, pinch, realScale, toggleZoom, WHOLE, zoomAbout } from "./zoom.ts";

const PICTURE = { width: 2000, height: 1000 };
const FRAME = { width: 1000, height: 800 };
const CENTRE = { x: 0, y: 0 };

describe("fitIn", () => {
	it("shows a picture whole, and none larger than it is", () => {
		expect(fitIn(PICTURE, FRAME)).toEqual({ width: 1000, height: 500 });
		expect(fitIn({ width: 100, height: 50 }, FRAME)).toEqual({ width: 100, height: 50 });
		expect(fitIn({ width: 100, height: 50 }, FRAME, Number.POSITIVE_INFINITY)).toEqual({ width: 1000, height: 500 });
		expect(realScale(PICTURE, FRAME)).toBe(2);
	});
});

describe("percentOf", () => {
	it("says how large the real pixels are, and nothing while the picture is whole", () => {
		expect(percentOf(WHOLE, PICTURE, FRAME)).toBeNull();
		// 2,000 pixels on 1,000 of the page's, twice as large.
		expect(percentOf({ ...WHOLE, scale: 2 }, PICTURE, FRAME)).toBe(100);
		expect(percentOf({ ...WHOLE, scale: 1.5 }, PICTURE, FRAME)).toBe(75);
		expect(percentOf({ ...WHOLE, scale: 1.5 }, { width: 100, height: 50 }, FRAME)).toBe(150);
	});
});

describe("zoomAbout", () => {
	it("keeps the point under the pointer", () => {
		expect(zoomAbout(WHOLE, 2, { x: 200, y: 100 }, PICTURE, FRAME)).toEqual({ scale: 2, x: -200, y: -100 });
	});

	it("shows nothing smaller than whole, and ends at eight times its pixels", () => {
		expect(zoomAbout(WHOLE, 0.1, { x: 300, y: 0 }, PICTURE, FRAME)).toEqual(WHOLE);
		expect(zoomAbout(WHOLE, 1000, CENTRE, PICTURE, FRAME).scale).toBe(16);
		expect(zoomAbout(WHOLE, 1000, CENTRE, { width: 100, height: 50 }, FRAME).scale).toBe(8);
	});
});

describe("moveBy", () => {
	it("moves only as far as the picture covers the frame", () => {
		const view = zoomAbout(WHOLE, 2, CENTRE, PICTURE, FRAME);
		expect(moveBy(view, 10_000, 30, PICTURE, FRAME)).toEqual({ scale: 2, x: 500, y: 30 });
		expect(moveBy(view, 0, -10_000, PICTURE, FRAME)).toEqual({ scale: 2, x: 0, y: -100 });
		expect(moveBy(WHOLE, 50, 50, PICTURE, FRAME)).toEqual(WHOLE);
	});

	it("never lets go of the frame", () => {
		const size = fc.record({ width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }) });
		const by = fc.integer({ min: -9000, max: 9000 });
		fc.assert(
			fc.property(
				size,
				size,
				fc.double({ min: 0.01, max: 100, noNaN: true }),
				by,
				by,
				(picture, frame, factor, dx, dy) => {
					const view = moveBy(zoomAbout(WHOLE, factor, CENTRE, picture, frame), dx, dy, picture, frame);
					const shown = fitIn(picture, frame);
					const slack = Math.max(0, (shown.width * view.scale - frame.width) / 2);
					expect(Math.abs(view.x)).toBeLessThanOrEqual(slack);
					expect(view.scale).toBeGreaterThanOrEqual(1);
				},
			),
		);
	});
});

describe("toggleZoom", () => {
	it("shows the real pixels about a point, then the whole picture", () => {
		const real = toggleZoom(WHOLE, { x: 100, y: 0 }, PICTURE, FRAME);
		expect(real).toEqual({ scale: 2, x: -100, y: 0 });
		expect(toggleZoom(real, CENTRE, PICTURE, FRAME)).toEqual(WHOLE);
	});
});

describe("pinch", () => {
	it("zooms with the distance of the fingers, and moves with their middle", () => {
		const before = [
			{ x: -100, y: 0 },
			{ x: 100, y: 0 },
		] as const;
		const after = [
			{ x: -150, y: 20 },
			{ x: 250, y: 20 },
		] as const;
		expect(pinch(WHOLE, before, after, PICTURE, FRAME)).toEqual({ scale: 2, x: 50, y: 20 });
	});
});

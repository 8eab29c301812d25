import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Bits } from "./bits.ts";
import { createRows } from "./raster.ts";
import type { Point, Size, Step, Tool } from "./steps.ts";

function stroke(tool: Tool, radius: number, ...points: readonly Point[]): Step {
	return { kind: "stroke", tool, radius, points };
}

function drawn(size: Size, steps: readonly Step[], base: Bits | null = null): string[] {
	const draw = createRows(base, steps);
	return Array.from({ length: size.height }, (_, y) => {
		const row = new Uint8Array(size.width);
		draw(y, row);
		return Array.from(row, (value) => ".#"[value]).join("");
	});
}

function baseOf(rows: readonly string[]): Bits {
	const bits = new Bits({ width: rows[0]?.length ?? 0, height: rows.length });
	rows.forEach((row, y) => {
		bits.write(y, (x) => row[x] === "#");
	});
	return bits;
}

const size = { width: 7, height: 5 };

describe("the rows of a mask", () => {
	it("show a dot of the brush", () => {
		expect(drawn(size, [stroke("brush", 2, { x: 3.5, y: 2.5 })])).toEqual([
			"...#...",
			"..###..",
			".#####.",
			"..###..",
			"...#...",
		]);
	});

	it("show a line, level and upright", () => {
		expect(drawn(size, [stroke("brush", 1, { x: 1.5, y: 1 }, { x: 5.5, y: 1 })])).toEqual([
			".#####.",
			".#####.",
			".......",
			".......",
			".......",
		]);
		expect(drawn(size, [stroke("brush", 1, { x: 3, y: 4.5 }, { x: 3, y: 1.5 })])).toEqual([
			".......",
			"..##...",
			"..##...",
			"..##...",
			"..##...",
		]);
	});

	it("show what the eraser leaves, in the order of the steps", () => {
		const all = stroke("brush", 20, { x: 3, y: 2 });
		const hole = stroke("eraser", 0.6, { x: 3.5, y: 2.5 });
		expect(drawn(size, [all, hole])).toEqual(["#######", "#######", "###.###", "#######", "#######"]);
		expect(drawn(size, [hole, all])).toEqual(["#######", "#######", "#######", "#######", "#######"]);
	});

	it("turn round and are cleared", () => {
		const dot = stroke("brush", 0.6, { x: 0.5, y: 0.5 });
		expect(drawn({ width: 3, height: 1 }, [dot, { kind: "invert" }])).toEqual([".##"]);
		expect(drawn({ width: 3, height: 1 }, [dot, { kind: "clear" }])).toEqual(["..."]);
		expect(drawn({ width: 3, height: 1 }, [{ kind: "invert" }, { kind: "clear" }, dot])).toEqual(["#.."]);
	});

	it("begin with the mask of before", () => {
		const base = baseOf(["##.#.####", "........#"]);
		expect(drawn({ width: 9, height: 2 }, [], base)).toEqual(["##.#.####", "........#"]);
		expect(drawn({ width: 9, height: 2 }, [{ kind: "invert" }], base)).toEqual(["..#.#....", "########."]);
		expect(drawn({ width: 9, height: 2 }, [{ kind: "clear" }], base)).toEqual([".........", "........."]);
	});

	it("take lines that reach out of the picture, and across bands", () => {
		const rows = drawn({ width: 2, height: 400 }, [stroke("brush", 0.5, { x: 0.5, y: -50 }, { x: 0.5, y: 900 })]);
		expect(rows).toEqual(Array.from({ length: 400 }, () => "#."));
	});

	it("hold exactly the pixels whose centres are within the radius of a line", () => {
		const place = fc.record({
			x: fc.double({ min: -5, max: 35, noNaN: true }),
			y: fc.double({ min: -5, max: 25, noNaN: true }),
		});
		const radius = fc.double({ min: 0.5, max: 12, noNaN: true });
		fc.assert(
			fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), radius, (points, radius) => {
				const rows = drawn({ width: 30, height: 20 }, [stroke("brush", radius, ...points)]);
				for (let y = 0; y < 20; y += 1)
					for (let x = 0; x < 30; x += 1) {
						const away = distance({ x: x + 0.5, y: y + 0.5 }, points);
						// At the very edge, rounding decides.
						if (Math.abs(away - radius) > 1e-6) expect(rows[y]?.[x]).toBe(away < radius ? "#" : ".");
					}
			}),
			{ numRuns: 60 },
		);
	});
});

/** To a line through points, by trying each part of it. */
function distance(from: Point, points: readonly Point[]): number {
	return Math.min(
		...points.map((end, at) => {
			const begin = points[at - 1] ?? end;
			const [dx, dy] = [end.x - begin.x, end.y - begin.y];
			const along = ((from.x - begin.x) * dx + (from.y - begin.y) * dy) / (dx * dx + dy * dy || 1);
			const part = Math.max(0, Math.min(1, along));
			return Math.hypot(from.x - begin.x - part * dx, from.y - begin.y - part * dy);
		}),
	);
}

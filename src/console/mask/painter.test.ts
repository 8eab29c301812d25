import { describe, expect, it } from "vitest";
import { Painter } from "./painter.ts";
import { MAX_POINTS } from "./steps.ts";

const FROM = { x: 10, y: 10 };
const TO = { x: 90, y: 10 };
const STROKE = { kind: "stroke", tool: "brush", radius: 6, points: [FROM, TO] };

function painted(): Painter {
	const painter = new Painter({ width: 100, height: 50 }, null);
	painter.begin("brush", 6, FROM);
	painter.extend([TO]);
	painter.end();
	return painter;
}

describe("what is painted", () => {
	it("is a step when the stroke ends", () => {
		const painter = painted();
		expect(painter.steps.value).toEqual({ done: [STROKE], undone: [] });
		expect(painter.isChanged.value).toBe(true);
	});

	it("is none if it is abandoned", () => {
		const painter = new Painter({ width: 100, height: 50 }, null);
		painter.begin("brush", 6, FROM);
		expect(painter.isPainting).toBe(true);
		painter.abandon();
		painter.end();
		expect(painter.isPainting).toBe(false);
		expect(painter.isChanged.value).toBe(false);
	});

	it("ends with what comes next", () => {
		const painter = new Painter({ width: 100, height: 50 }, null);
		painter.begin("brush", 6, FROM);
		painter.extend([TO]);
		painter.undo();
		expect(painter.steps.value).toEqual({ done: [], undone: [STROKE] });
		painter.redo();
		painter.apply({ kind: "invert" });
		expect(painter.steps.value.done).toEqual([STROKE, { kind: "invert" }]);
	});

	it("stays as it is while the mask is drawn", () => {
		const painter = painted();
		painter.isHeld = true;
		painter.begin("eraser", 6, FROM);
		painter.end();
		painter.apply({ kind: "clear" });
		painter.undo();
		expect(painter.steps.value).toEqual({ done: [STROKE], undone: [] });
	});

	it("has a bound", () => {
		const painter = new Painter({ width: 100, height: 50 }, null);
		painter.begin("brush", 1, FROM);
		painter.extend(Array.from({ length: MAX_POINTS }, (_, at) => ({ x: at % 2, y: 2 * (at % 3) })));
		painter.end();
		expect(painter.isFull.value).toBe(true);
		painter.apply({ kind: "invert" });
		expect(painter.steps.value.done).toHaveLength(1);
	});
});

import { describe, expect, it } from "vitest";
import { makeJob, makePicture } from "../../../test/support/console-jobs.ts";
import { gridOf, parseSize, shapeOf, shapeToCome } from "./shape.ts";

describe("a size as it is written", () => {
	it.each([
		["1536x1024", { width: 1536, height: 1024 }],
		["1536×1024", { width: 1536, height: 1024 }],
		["16:9", { width: 16, height: 9 }],
		["1.91:1", { width: 1.91, height: 1 }],
		["auto", null],
		["", null],
		["0x5", null],
		["4K", null],
	])("%s", (size, shape) => {
		expect(parseSize(size)).toEqual(shape);
	});
});

describe("the shape of a job", () => {
	const asked = (size: string) => ({ ...makeJob().asked, size });

	it.each([
		["its first picture", { images: [makePicture({ width: 300, height: 200 })] }, { width: 300, height: 200 }],
		["the size that is expected", { asked: asked("2:3"), expected_size: "9:16" }, { width: 9, height: 16 }],
		["the ratio that is expected", { asked: asked("auto"), expected_size: "640:427" }, { width: 640, height: 427 }],
		["the size that was asked for", { asked: asked("2:3"), expected_size: null }, { width: 2, height: 3 }],
		["a square", { asked: asked("auto"), expected_size: null }, { width: 1, height: 1 }],
		["a picture without known sides", { images: [makePicture({ width: null })] }, { width: 1024, height: 768 }],
	])("%s", (_, over, shape) => {
		expect(shapeOf(makeJob(over))).toEqual(shape);
	});

	it("is at most three times as long as wide", () => {
		expect(shapeOf(makeJob({ expected_size: "20:1" }))).toEqual({ width: 3, height: 1 });
		expect(shapeOf(makeJob({ expected_size: "1:20" }))).toEqual({ width: 1, height: 3 });
	});

	it("is that of a request before there is a job", () => {
		expect(shapeToCome("3:2", { width: 1, height: 2 })).toEqual({ width: 3, height: 2 });
		expect(shapeToCome(null, { width: 1, height: 2 })).toEqual({ width: 1, height: 2 });
		expect(shapeToCome(null, null)).toEqual({ width: 1, height: 1 });
	});
});

describe("the grid of several pictures", () => {
	it.each([
		["one", { width: 3, height: 2 }, 1, 1, 1],
		["two upright ones, side by side", { width: 2, height: 3 }, 2, 2, 1],
		["two wide ones, one above the other", { width: 16, height: 9 }, 2, 1, 2],
		["four squares", { width: 1, height: 1 }, 4, 2, 2],
		["six squares", { width: 1, height: 1 }, 6, 3, 2],
		["nine squares", { width: 1, height: 1 }, 9, 3, 3],
		["none is as one", { width: 1, height: 1 }, 0, 1, 1],
	])("%s", (_, shape, count, columns, rows) => {
		const ratio = ((shape.width / shape.height) * columns) / rows;
		expect(gridOf(shape, count)).toEqual({ columns, rows, first: 1, ratio });
	});

	it.each([
		["three squares: one large, two beside it", { width: 1, height: 1 }, 3, 3, 2, 3 / 2],
		["three wide ones: one large, two under it", { width: 3, height: 2 }, 3, 2, 3, 1],
		["three upright ones: one large, two beside it", { width: 2, height: 3 }, 3, 3, 2, 1],
		["five squares: one large, four under it", { width: 1, height: 1 }, 5, 2, 4, 1 / 2],
	])("%s, and no place is empty", (_, shape, count, columns, rows, ratio) => {
		expect(gridOf(shape, count)).toEqual({ columns, rows, first: 2, ratio });
	});
});

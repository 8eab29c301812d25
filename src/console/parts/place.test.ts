import { describe, expect, it } from "vitest";
import { type Box, placeBeside } from "./place.ts";

const WINDOW = { width: 1000, height: 800 };
const LIST = { width: 200, height: 300 };

function at(left: number, top: number): Box {
	return { left, right: left + 40, top, bottom: top + 40 };
}

describe("a popover below its button", () => {
	it.each([
		["ends where that ends", at(500, 100), { left: 340, top: 146, bottom: null, maxHeight: 646 }],
		["stays within the window on the left", at(10, 100), { left: 8, top: 146, bottom: null, maxHeight: 646 }],
		["stays within the window on the right", at(990, 100), { left: 792, top: 146, bottom: null, maxHeight: 646 }],
		["stands above where there is no room below", at(500, 700), { left: 340, top: null, bottom: 106, maxHeight: 686 }],
	])("%s", (_, button, place) => {
		expect(placeBeside(button, LIST, WINDOW, "below")).toEqual(place);
	});

	it("takes the greater room if it fits into neither", () => {
		const tall = { width: 200, height: 900 };
		expect(placeBeside(at(0, 300), tall, WINDOW, "below")).toMatchObject({ top: 346, maxHeight: 446 });
		expect(placeBeside(at(0, 500), tall, WINDOW, "below")).toMatchObject({ bottom: 306, maxHeight: 486 });
	});
});

describe("a popover above its button", () => {
	it("begins where that begins, and may grow to the top", () => {
		expect(placeBeside(at(500, 600), LIST, WINDOW, "above")).toEqual({
			...{ left: 500, top: null, bottom: 206, maxHeight: 586 },
		});
	});

	it("is as wide as a narrow window lets it be", () => {
		const wide = { width: 440, height: 300 };
		expect(placeBeside(at(200, 600), wide, { width: 360, height: 800 }, "above").left).toBe(8);
	});
});

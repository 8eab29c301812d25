import { describe, expect, it } from "vitest";
import type { Font, Glyph } from "./font.ts";
import { EDGE, INK, letter } from "./lettering.ts";

/** Each character is a full box, half as wide if it is ASCII. */
const FONT: Font = {
	glyphOf: (character): Glyph => ({
		width: /^[\u0020-\u007f]$/.test(character) ? 8 : 16,
		rows: new Uint16Array(16).fill(character === " " ? 0 : 0xffff),
	}),
};
const LINE_ROWS = 20;

/** Returns the number of lines, and the width without the outline. */
function set(text: string, maxWidth: number, maxHeight: number, maxScale = 1) {
	const { width, height } = letter(FONT, text, maxWidth, maxHeight, maxScale);
	return { lines: (height - 2) / LINE_ROWS, width: width - 2 };
}

describe("letter", () => {
	it("sets a short text in one line", () => {
		expect(set("fox", 100, 100)).toEqual({ lines: 1, width: 24 });
		expect(set("狐狸", 100, 100)).toEqual({ lines: 1, width: 32 });
	});

	it("breaks lines between words, and between Chinese characters", () => {
		expect(set("red fox", 40, 100)).toEqual({ lines: 2, width: 32 });
		expect(set("红色狐狸", 40, 100)).toEqual({ lines: 2, width: 32 });
	});

	it("keeps a closing mark with its Chinese character", () => {
		expect(set("狐狸。", 32, 100)).toEqual({ lines: 2, width: 32 });
	});

	it("breaks a word that is longer than a line", () => {
		expect(set("foxfoxfox", 40, 100)).toEqual({ lines: 2, width: 40 });
	});

	it("cuts a text that is too long, and ends it with an ellipsis", () => {
		expect(set("fox ".repeat(50), 100, 2 * LINE_ROWS)).toMatchObject({ lines: 2 });
	});

	it("sets a text as large as it fits", () => {
		const { width, height } = letter(FONT, "fox", 100, 100, 9);
		// At scale 4 the text is 96 pixels wide; its outline is 2 pixels on each side.
		expect([width, height]).toEqual([100, 84]);
	});

	it("sets a text without characters", () => {
		expect(letter(FONT, " ", 100, 100, 1).pixels.every((pixel) => pixel === 0)).toBe(true);
	});

	it("draws an outline around the ink", () => {
		const { pixels, width } = letter(FONT, "f", 100, 100, 1);
		expect([...pixels.subarray(0, width)]).toEqual(Array<number>(10).fill(EDGE));
		expect([...pixels.subarray(width, 2 * width)]).toEqual([EDGE, ...Array<number>(8).fill(INK), EDGE]);
	});
});

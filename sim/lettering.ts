/** Sets text as pixels. */
import { type Font, GLYPH_ROWS, type Glyph } from "./font.ts";

/** Text as pixels, in rows of `width`: 0 is nothing, `INK` the letters, `EDGE` their outline. */
export type Lettering = { pixels: Uint8Array; width: number; height: number };

export const INK = 1;
export const EDGE = 2;

const LINE_ROWS = 20;

/** Text that a line break never splits: a word with its spaces, or one Chinese character with the marks behind it. */
const UNBREAKABLE =
	/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u30ff][，。、！？；：）」』》”…]*|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+/gu;

/** Sets text in at most `maxWidth` × `maxHeight` pixels, as large as fits. Text that does not fit at scale 1 ends with "…". */
export function letter(font: Font, text: string, maxWidth: number, maxHeight: number, maxScale: number): Lettering {
	for (let scale = maxScale; scale > 1; scale--) {
		const lines = wrapped(font, text, Math.floor(maxWidth / scale));
		if (lines.length * LINE_ROWS * scale <= maxHeight) return painted(lines, scale);
	}
	const lines = wrapped(font, text, maxWidth);
	const fitting = Math.max(1, Math.floor(maxHeight / LINE_ROWS));
	if (lines.length <= fitting) return painted(lines, 1);
	const kept = lines.slice(0, fitting);
	kept[fitting - 1] = [...(kept[fitting - 1] ?? []).slice(0, -2), font.glyphOf("…")];
	return painted(kept, 1);
}

type Line = Glyph[];

function widthOf(line: Line): number {
	return line.reduce((sum, glyph) => sum + glyph.width, 0);
}

function wrapped(font: Font, text: string, maxWidth: number): Line[] {
	const lines: Line[] = [];
	let line: Line = [];
	let width = 0;
	const add = (glyphs: Line): void => {
		const added = widthOf(glyphs);
		if (width > 0 && width + added > maxWidth) {
			lines.push(line);
			line = [];
			width = 0;
		}
		line.push(...glyphs);
		width += added;
	};
	for (const [piece] of text.replace(/\s+/g, " ").trim().matchAll(UNBREAKABLE)) {
		const glyphs = [...piece].map((letter) => font.glyphOf(letter));
		if (widthOf(glyphs) <= maxWidth) add(glyphs);
		else for (const glyph of glyphs) add([glyph]);
	}
	return line.length > 0 ? [...lines, line] : lines;
}

function painted(lines: readonly Line[], scale: number): Lettering {
	const edge = Math.ceil(scale / 2);
	const width = Math.max(1, ...lines.map(widthOf)) * scale + 2 * edge;
	const height = Math.max(1, lines.length) * LINE_ROWS * scale + 2 * edge;
	const pixels = new Uint8Array(width * height);
	const fill = (left: number, top: number, side: number, value: number): void => {
		for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
			pixels.fill(value, y * width + Math.max(0, left), y * width + Math.min(width, left + side));
		}
	};
	for (const [value, grow] of [
		[EDGE, edge],
		[INK, 0],
	] as const) {
		lines.forEach((line, at) => {
			let x = edge;
			for (const glyph of line) {
				const top = edge + at * LINE_ROWS * scale;
				dots(glyph, (column, row) => {
					fill(x + column * scale - grow, top + row * scale - grow, scale + 2 * grow, value);
				});
				x += glyph.width * scale;
			}
		});
	}
	return { pixels, width, height };
}

function dots({ rows, width }: Glyph, dot: (column: number, row: number) => void): void {
	for (let row = 0; row < GLYPH_ROWS; row++) {
		const bits = rows[row] ?? 0;
		for (let column = 0; column < width; column++) if (bits & (0x8000 >> column)) dot(column, row);
	}
}

/** The bitmap font of the pictures. */
import { GLYPHS } from "./font-glyphs.ts";

/** Rows of a glyph, top first. The leftmost pixel is the highest of the 16 bits. */
export type Glyph = { width: number; rows: Uint16Array };

export type Font = { glyphOf: (letter: string) => Glyph };

export const GLYPH_ROWS = 16;

/** A box, in place of a character that the font does not have. */
const MISSING: Glyph = {
	width: 16,
	rows: Uint16Array.of(0, 0x7ffe, ...Array<number>(12).fill(0x4002), 0x7ffe, 0),
};

let loaded: Font | undefined;

/** Unpacks the font on first use. Two first uses at once may both unpack it, because requests cannot share a promise. */
export async function loadFont(): Promise<Font> {
	loaded ??= readFont(await inflated(Uint8Array.fromBase64(GLYPHS)));
	return loaded;
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
	return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
}

/** Reads little-endian values: the count, the code points in order, one byte of width each, and sixteen rows of 16 bits each. */
function readFont(buffer: ArrayBuffer): Font {
	const view = new DataView(buffer);
	const count = view.getUint16(0, true);
	const widths = 2 + 2 * count;
	const bitmaps = widths + count;
	const places = new Map<number, number>();
	for (let place = 0; place < count; place++) places.set(view.getUint16(2 + 2 * place, true), place);
	const glyphOf = (letter: string): Glyph => {
		const place = places.get(letter.codePointAt(0) ?? 0);
		if (place === undefined) return MISSING;
		const start = bitmaps + place * GLYPH_ROWS * 2;
		const rows = Uint16Array.from({ length: GLYPH_ROWS }, (_, row) => view.getUint16(start + 2 * row, true));
		return { width: view.getUint8(widths + place), rows };
	};
	return { glyphOf };
}

/** Draws a landscape with the prompt on it. */
import { loadFont } from "./font.ts";
import { EDGE, INK, type Lettering, letter } from "./lettering.ts";
import { type Drawing, encodePng, type Rgb } from "./png.ts";
import { randomOf } from "./random.ts";
import { landscape, OVERLAY } from "./scenery.ts";

export type PictureSpec = {
	width: number;
	height: number;
	prompt: string;
	seed: number;
	/** Index among the request's pictures. */
	index: number;
	/** True for a picture that the safety checker made black. */
	black: boolean;
};

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** A smaller picture has no room for letters. */
const MIN_LETTERED_SIDE = 48;
/** A smaller picture has no room for the caption. */
const MIN_CAPTIONED_SIDE = 256;

/** Draws a PNG. An equal spec draws the same picture, and another prompt, seed or index another one. */
export async function drawPng(spec: PictureSpec): Promise<Uint8Array<ArrayBuffer>> {
	const { width, height, prompt, seed, index } = spec;
	if (spec.black) return encodePng({ width, height, palette: [BLACK], drawRow: () => {} });
	const scenery = landscape(width, height, randomOf(`${prompt}\n${seed}\n${index}`));
	return encodePng(Math.min(width, height) < MIN_LETTERED_SIDE ? scenery : await lettered(scenery, spec));
}

type Placed = Lettering & { left: number; top: number };

async function lettered(scenery: Drawing, { width, height, prompt, seed, index }: PictureSpec): Promise<Drawing> {
	const font = await loadFont();
	const short = Math.min(width, height);
	const margin = Math.ceil(short * 0.05);
	const room = width - 2 * margin;
	const small = Math.max(1, Math.round(short / 700));
	const caption = letter(font, `${width}×${height} · seed ${seed} · ${index + 1}`, room, 20 * small, small);
	const text = letter(font, prompt, room, height * 0.45, Math.max(1, Math.floor(short / 160)));
	const captionTop = height - margin - caption.height;
	const placed: Placed[] = [{ ...text, left: margin, top: captionTop - text.height }];
	if (short >= MIN_CAPTIONED_SIDE) placed.push({ ...caption, left: margin, top: captionTop });
	return {
		...scenery,
		palette: [...scenery.palette, WHITE, BLACK],
		drawRow: (y, row) => {
			scenery.drawRow(y, row);
			for (const lettering of placed) overlay(lettering, y, row);
		},
	};
}

function overlay({ pixels, width, height, left, top }: Placed, y: number, row: Uint8Array): void {
	if (y < top || y >= top + height) return;
	const start = (y - top) * width;
	for (let x = 0; x < width && left + x < row.length; x++) {
		const pixel = pixels[start + x];
		if (pixel === INK) row[left + x] = OVERLAY;
		else if (pixel === EDGE) row[left + x] = OVERLAY + 1;
	}
}

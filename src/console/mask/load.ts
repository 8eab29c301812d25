/** Reads a picture and an earlier mask for the editor, without holding a large one whole. */

import { Bits } from "./bits.ts";
import type { Size } from "./steps.ts";

/** Of the veil that is shown, the longer side. That of a larger picture is scaled: the mask is drawn at its own size in the end. */
const VEIL_SIDE = 2_048;
/** Rows that are read at once. */
const BAND_ROWS = 256;
/** A pixel with less is painted. */
const HALF_OPAQUE = 128;

/** Returns the size of the veil over a picture. */
export function veilSize({ width, height }: Size): Size {
	const part = Math.min(1, VEIL_SIDE / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * part)), height: Math.max(1, Math.round(height * part)) };
}

/** Makes sure that the browser can show a picture. It decodes it beside the page, and only what is seen, when an element shows it. */
export async function readShown(url: string): Promise<void> {
	const image = new Image();
	await new Promise((resolve, reject) => {
		image.onload = resolve;
		image.onerror = reject;
		image.src = url;
	});
}

/** Reads what an earlier mask paints; null if it is of another size, or none that can be read. */
export async function readMask(png: Blob, size: Size): Promise<Bits | null> {
	const bitmap = await createImageBitmap(png).catch(() => null);
	if (bitmap === null) return null;
	try {
		return bitmap.width === size.width && bitmap.height === size.height ? await toBits(bitmap, size) : null;
	} finally {
		bitmap.close();
	}
}

async function toBits(bitmap: ImageBitmap, size: Size): Promise<Bits> {
	const { width, height } = size;
	const bits = new Bits(size);
	const context = new OffscreenCanvas(width, BAND_ROWS).getContext("2d", { willReadFrequently: true });
	for (let top = 0; context !== null && top < height; top += BAND_ROWS) {
		const rows = Math.min(BAND_ROWS, height - top);
		context.clearRect(0, 0, width, BAND_ROWS);
		context.drawImage(bitmap, 0, top, width, rows, 0, 0, width, rows);
		const { data } = context.getImageData(0, 0, width, rows);
		for (let y = 0; y < rows; y += 1)
			bits.write(top + y, (x) => (data[(y * width + x) * 4 + 3] ?? HALF_OPAQUE) < HALF_OPAQUE);
		// The page gets its turn.
		await new Promise((resolve) => setTimeout(resolve));
	}
	return bits;
}

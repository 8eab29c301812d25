/** Makes the small form of a picture in this browser. */

import { MAX_BYTES, toThumbnailSize } from "./size.ts";

/** The formats to try, with their quality, from the best. A browser that has no encoder for one gives PNG instead. */
const FORMATS = [
	{ type: "image/webp", quality: 0.8 },
	{ type: "image/jpeg", quality: 0.75 },
	{ type: "image/webp", quality: 0.5 },
	{ type: "image/jpeg", quality: 0.45 },
] as const;

/** Returns null if this browser makes none that is small enough. @throws for bytes that are no picture that it shows */
export async function makeThumbnail(original: Blob): Promise<Blob | null> {
	const whole = await createImageBitmap(original);
	const { width, height } = toThumbnailSize(whole);
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext("2d");
	if (context === null) return null;
	context.imageSmoothingQuality = "high";
	context.drawImage(whole, 0, 0, width, height);
	whole.close();
	for (const { type, quality } of FORMATS) {
		const made = await (type === "image/jpeg" ? onWhite(canvas) : canvas).convertToBlob({ type, quality });
		if (made.type === type && made.size <= MAX_BYTES) return made;
	}
	return null;
}

/** JPEG has no transparency: without a ground, it would be black. */
function onWhite(canvas: OffscreenCanvas): OffscreenCanvas {
	const ground = new OffscreenCanvas(canvas.width, canvas.height);
	const context = ground.getContext("2d");
	if (context === null) return canvas;
	context.fillStyle = "white";
	context.fillRect(0, 0, ground.width, ground.height);
	context.drawImage(canvas, 0, 0);
	return ground;
}

/** Reads a picture in the browser: its size and a small preview of it. What the API does not take is drawn anew, if the browser can. */

import { KIND_BYTES, kindOf } from "./kind.ts";

export interface ReadPicture {
	/** The bytes as they are sent: PNG, JPEG or WebP. */
	readonly blob: Blob;
	/** In pixels, as the picture is seen. */
	readonly width: number;
	readonly height: number;
	/** A small picture. */
	readonly preview: Blob;
}

/** Of a preview's longer side. */
const PREVIEW_SIDE = 256;
/** Of a picture that is drawn anew, either side. A vector may have any size. */
const MAX_DRAWN_SIDE = 4_096;
/** As much larger than what is wanted, a picture is made smaller quickly. */
const ROUGH_TIMES = 4;
const OPAQUE = 255;

/** Returns null for what is no picture, or none that this browser can open. */
export async function readPicture(file: Blob): Promise<ReadPicture | null> {
	const head = await file
		.slice(0, KIND_BYTES)
		.arrayBuffer()
		.catch(() => null);
	// A folder, or a file that was moved.
	if (head === null) return null;
	const kind = kindOf(new Uint8Array(head));
	// The type of a file is a guess by its name.
	const blob = kind === null || kind === file.type ? file : file.slice(0, file.size, kind);
	return await withImage(blob, async (image) => {
		const { naturalWidth: width, naturalHeight: height } = image;
		if (width === 0 || height === 0) return null;
		const small = await scaled(blob, image, PREVIEW_SIDE);
		const preview = await encoded(small, "image/webp");
		if (kind !== null) return { blob, width, height, preview };
		const drawn = await scaled(blob, image, MAX_DRAWN_SIDE);
		const size = { width: drawn.width, height: drawn.height };
		return { ...size, preview, blob: await encoded(drawn, hasTransparency(small) ? "image/png" : "image/jpeg") };
	});
}

/** Makes a preview alone. */
export async function readPreview(blob: Blob): Promise<Blob | null> {
	return await withImage(blob, async (image) => await encoded(await scaled(blob, image, PREVIEW_SIDE), "image/webp"));
}

async function withImage<Answer>(
	blob: Blob,
	use: (image: HTMLImageElement) => Promise<Answer>,
): Promise<Answer | null> {
	const url = URL.createObjectURL(blob);
	const image = new Image();
	try {
		// The size is in the head: nothing is decoded for it.
		await new Promise((resolve, reject) => {
			image.onload = resolve;
			image.onerror = reject;
			image.src = url;
		});
		return await use(image);
	} catch {
		return null;
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** Decodes beside the page. A vector can only be drawn from its element. */
async function scaled(blob: Blob, image: HTMLImageElement, side: number): Promise<OffscreenCanvas> {
	const part = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight));
	const bitmap = await createImageBitmap(blob).catch(() => createImageBitmap(image));
	// Scaling well is slow, and runs in the page: a large picture is first made smaller quickly.
	const rough = drawn(bitmap, Math.min(1, part * ROUGH_TIMES), "low");
	bitmap.close();
	return part * ROUGH_TIMES < 1 ? drawn(rough, 1 / ROUGH_TIMES, "high") : drawn(rough, part, "high");
}

function drawn(
	source: ImageBitmap | OffscreenCanvas,
	part: number,
	imageSmoothingQuality: ImageSmoothingQuality,
): OffscreenCanvas {
	const [width, height] = [source.width, source.height].map((side) => Math.max(1, Math.round(side * part)));
	const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
	const context = canvas.getContext("2d");
	if (context !== null) context.imageSmoothingQuality = imageSmoothingQuality;
	context?.drawImage(source, 0, 0, canvas.width, canvas.height);
	return canvas;
}

/** A browser that cannot write WebP writes PNG in its place. */
async function encoded(canvas: OffscreenCanvas, type: string): Promise<Blob> {
	return await canvas.convertToBlob({ type, quality: 0.92 });
}

function hasTransparency(canvas: OffscreenCanvas): boolean {
	const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
	for (let at = 3; at < data.length; at += 4) if (data[at] !== OPAQUE) return true;
	return false;
}

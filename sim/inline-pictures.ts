/** Puts pictures into a result, as `data:` addresses. */
import { readFileUrl } from "./file-url.ts";
import { isRecord } from "./input.ts";
import type { QueueResult } from "./output.ts";
import { drawPng } from "./picture.ts";

/** Replaces each picture's link by its bytes. */
export async function inlinePictures(result: QueueResult): Promise<QueueResult> {
	const { images } = result.body;
	if (!Array.isArray(images)) return result;
	return { ...result, body: { ...result.body, images: await Promise.all(images.map(inlinePicture)) } };
}

async function inlinePicture(image: unknown): Promise<unknown> {
	if (!isRecord(image) || typeof image.url !== "string") return image;
	const spec = readFileUrl(new URL(image.url));
	return spec ? { ...image, url: `data:image/png;base64,${(await drawPng(spec)).toBase64()}` } : image;
}

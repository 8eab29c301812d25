import { readFileUrl } from "./file-url.ts";
import { isRecord } from "./input.ts";
import type { Result } from "./output.ts";
import { drawPng } from "./picture.ts";

/** The result with its pictures in it, as `data:` addresses. */
export async function inlined(result: Result): Promise<Result> {
	const { images } = result.body;
	if (!Array.isArray(images)) return result;
	return { ...result, body: { ...result.body, images: await Promise.all(images.map(inlinedImage)) } };
}

async function inlinedImage(image: unknown): Promise<unknown> {
	if (!isRecord(image) || typeof image.url !== "string") return image;
	const spec = readFileUrl(new URL(image.url));
	return spec ? { ...image, url: `data:image/png;base64,${(await drawPng(spec)).toBase64()}` } : image;
}

/** Puts pictures into a result, as `data:` addresses or as bare base64. */
import { readFileUrl } from "./file-url.ts";
import { isRecord } from "./json.ts";
import type { QueueResult } from "./output.ts";
import { drawPng } from "./picture.ts";

/** Replaces each picture's link by its bytes. */
export async function inlinePictures(result: QueueResult, as: "inline" | "base64"): Promise<QueueResult> {
	const { images } = result.body;
	if (!Array.isArray(images)) return result;
	const prefix = as === "inline" ? "data:image/png;base64," : "";
	const inlined = await Promise.all(images.map((image) => inlinePicture(image, prefix)));
	return { ...result, body: { ...result.body, images: inlined } };
}

async function inlinePicture(image: unknown, prefix: string): Promise<unknown> {
	if (!isRecord(image) || typeof image.url !== "string") return image;
	const spec = readFileUrl(new URL(image.url));
	return spec ? { ...image, url: `${prefix}${(await drawPng(spec)).toBase64()}` } : image;
}

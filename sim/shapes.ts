/** Puts a model's output into another shape. */
import { type Fields, isRecord } from "./json.ts";
import type { Plan } from "./plan.ts";

/** An unescaped SVG, whose colours hold a `#`. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#f00"/></svg>`;

/** The prompt that a model drew in place of the one that was sent. */
const REWRITTEN = "A scene in rich detail, as the model put it";

/** Returns an output in the shape of the plan. Models at fal have all of these shapes. */
export function shaped(output: Fields, { shape, images: kind, outcome }: Plan): Fields {
	const own = Array.isArray(output.images) ? output.images.filter(isRecord) : [];
	const images = own.map((image) => ({ ...image, url: addressOf(String(image.url), kind) }));
	const urls = images.map(({ url }) => url);
	const [first] = images;
	const rest = { ...output, images: undefined };
	switch (outcome) {
		case "words":
			return { ...rest, images: [], description: "I cannot create that because it is not allowed." };
		case "detail":
			return { detail: "Content flagged by the model" };
		case "flags":
			return { ...rest, images: [], has_nsfw_concepts: [true] };
		case "film":
			return { video: { url: first?.url.replace(".png", ".mp4"), content_type: "video/mp4" } };
		default:
	}
	switch (shape) {
		case "model":
			return { ...output, images };
		case "image-beside-none":
			return { ...rest, image: first, images: [] };
		case "urls":
			return { ...rest, images: urls };
		case "object":
			return { ...rest, images: first };
		case "image":
			return { ...rest, image: urls[0] };
		case "image-url":
			return { image_url: urls[0] };
		case "output":
			return { output: urls };
		case "edited":
			return { edited_image: first };
		case "rewritten":
			return { ...output, images, prompt: REWRITTEN };
	}
}

function addressOf(url: string, kind: Plan["images"]): string {
	switch (kind) {
		case "svg":
			return `data:image/svg+xml;utf8,${SVG}`;
		case "inside":
			return "http://127.0.0.1:8954/secret";
		case "credentials":
			return url.replace("://", "://user:secret@");
		default:
			return url;
	}
}

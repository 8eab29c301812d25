import type { Image, ImagesResponse } from "openai/resources/images";
import * as z from "zod/mini";
import type { Rendering } from "../core/events.ts";
import { absentable, integer, jsonObject, text } from "./fields.ts";
import { type Linked, type LinkedImage, PictureBytes } from "./frames.ts";
import { summarize } from "./summary.ts";

/** The Images API: its body in, its answer out. */

const MAX_PROMPT_CHARS = 32_000;

export const ImagesBody = z.object({
	prompt: text(MAX_PROMPT_CHARS).check(z.regex(/\S/, "prompt must not be empty.")),
	model: absentable(text(200)),
	n: absentable(integer(1, 10)),
	size: absentable(text(100)),
	quality: absentable(text(20)),
	response_format: absentable(z.enum(["url", "b64_json"])),
	output_format: absentable(text(10)),
	seed: absentable(integer(0, 2 ** 32 - 1)),
	fal: absentable(jsonObject),
});

/** The retired models answered with links by default, and their clients still read those. */
const LINK_BY_DEFAULT = /^dall-e-/i;

/**
 * Without a wish, an item holds both: every client finds what it reads (the AI SDK only `b64_json`, others only `url`).
 * The bytes are streamed, so the second form costs a client bandwidth and the Worker nothing.
 */
export const responseFormatOf = (model: string, asked: "url" | "b64_json" | undefined): Rendering["responseFormat"] =>
	asked ?? (LINK_BY_DEFAULT.test(model) ? "url" : "both");

/** Base64 is where the bytes will be streamed to. */
type Streamed<T> = { [K in keyof T]: T[K] extends string | undefined ? T[K] | PictureBytes : T[K] };

/** The answer to a job that succeeded. */
export const toImagesResponse = (log: readonly Linked[]) => {
	const { accepted, images, used, model, createdSeconds } = summarize(log);
	const { responseFormat } = accepted.rendering;
	const toItem = (image: LinkedImage) =>
		({
			...(responseFormat === "url" ? {} : { b64_json: new PictureBytes(image) }),
			...(responseFormat === "b64_json" ? {} : { url: image.url }),
		}) satisfies Streamed<Image>;

	return {
		created: createdSeconds,
		data: images.toSorted((a, b) => a.index - b.index).map(toItem),
		// The models here know more sizes and formats than OpenAI's: what was really used is said in their words.
		...({ output_format: used.outputFormat } satisfies Partial<ImagesResponse>),
		size: used.size,
		quality: used.quality,
		model,
	};
};

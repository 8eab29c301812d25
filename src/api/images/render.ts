import type { Image, ImageGenCompletedEvent, ImagesResponse } from "openai/resources/images";
import * as z from "zod/mini";
import type { Rendering } from "../../core/events.ts";
import { type JobError, toErrorBody } from "../../errors.ts";
import { type Frame, type Linked, type LinkedImage, PictureBytes, type Renderer } from "../answer/frames.ts";
import { addToSummary, type Summary, summarize } from "../answer/summary.ts";
import { absentable, integer, jsonObject, text } from "../request/fields.ts";
import { withoutGuard } from "../request/image-request.ts";

/** The Images API: its body in, its answer out. */

const MAX_PROMPT_CHARS = 32_000;

export const ImagesBody = z.object({
	prompt: z.pipe(
		text(MAX_PROMPT_CHARS),
		z.pipe(z.transform(withoutGuard), z.string().check(z.regex(/\S/, "prompt must not be empty."))),
	),
	model: absentable(text(200)),
	n: absentable(integer(1, 10)),
	size: absentable(text(100)),
	quality: absentable(text(20)),
	response_format: absentable(z.enum(["url", "b64_json"])),
	output_format: absentable(text(10)),
	seed: absentable(integer(0, 2 ** 32 - 1)),
	fal: absentable(jsonObject),
	stream: absentable(z.boolean()),
});

/** The retired models answered with links by default, and their clients still read those. */
const LINK_BY_DEFAULT = /^dall-e-/i;

/**
 * Without a wish, an item holds both: every client finds what it reads (the AI SDK only `b64_json`, others only `url`).
 * The bytes are streamed, so the second form costs a client bandwidth and the Worker nothing. Streams always held bytes.
 */
export function responseFormatOf(
	model: string,
	asked: "url" | "b64_json" | undefined,
	streamed = false,
): Rendering["responseFormat"] {
	return asked ?? (LINK_BY_DEFAULT.test(model) && !streamed ? "url" : "both");
}

/** Base64 is where the bytes will be streamed to. */
type Streamed<T> = { [K in keyof T]: T[K] extends string | undefined ? T[K] | PictureBytes : T[K] };

function toItem(image: LinkedImage, { responseFormat }: Pick<Rendering, "responseFormat">) {
	return {
		...(responseFormat === "url" ? {} : { b64_json: new PictureBytes(image) }),
		...(responseFormat === "b64_json" ? {} : { url: image.url }),
	} satisfies Streamed<Image>;
}

/** The answer to a job that succeeded. */
export function toImagesResponse(log: readonly Linked[]) {
	const { accepted, images, used, model, createdSeconds } = summarize(log);
	return {
		created: createdSeconds,
		data: images.toSorted((a, b) => a.index - b.index).map((image) => toItem(image, accepted.rendering)),
		// The models here know more sizes and formats than OpenAI's: what was really used is said in their words.
		...({ output_format: used.outputFormat } satisfies Partial<ImagesResponse>),
		size: used.size,
		quality: used.quality,
		model,
	};
}

/** The stream of an Images answer: each picture as it is stored. fal has no unfinished ones, so there are no partial images. */
export function renderImages(): Renderer {
	let summary: Summary | null = null;
	return (event) => {
		// A log may go on after its end, with pictures that came late: a stream does not.
		if (summary !== null && summary.outcome !== "running") return [];
		summary = addToSummary(summary, event);
		if (summary === null) return [];
		if (event.type === "image") {
			const data = toCompleted(event, summary);
			return [{ event: data.type, data }];
		}
		return summary.error === null ? [] : [toImagesError(summary.error)];
	};
}

/** How a stream says that it fails. */
export function toImagesError(error: JobError): Frame {
	return {
		event: "error",
		data: { type: "error", ...toErrorBody(error) },
	};
}

function toCompleted(image: LinkedImage, { accepted, used }: Summary) {
	return {
		...({
			type: "image_generation.completed",
			created_at: Math.floor(image.at / 1000),
			background: "auto",
			output_format: used.outputFormat,
			usage: NO_USAGE,
		} satisfies Partial<ImageGenCompletedEvent>),
		index: image.index,
		size: used.size,
		quality: used.quality,
		...toItem(image, accepted.rendering),
	};
}

const NO_USAGE = {
	input_tokens: 0,
	input_tokens_details: { image_tokens: 0, text_tokens: 0 },
	output_tokens: 0,
	total_tokens: 0,
} satisfies ImageGenCompletedEvent.Usage;

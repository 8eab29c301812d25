/** Renders a job as the Images API answers. */

import type { Image, ImageEditCompletedEvent, ImageGenCompletedEvent } from "openai/resources/images";
import { versionOf } from "../../core/events.ts";
import type { LinkedEvent, LinkedImage } from "../../core/linked.ts";
import { type JobError, toErrorBody } from "../../errors.ts";
import type { Format } from "../answer/format.ts";
import { type Frame, PictureBytes, type Renderer } from "../answer/frames.ts";
import { madeBy } from "../answer/made.ts";
import { addToSummary, editedBy, promptOf, type Summary, summarize, toMissing } from "../answer/summary.ts";

/** Lets a picture's bytes stand where the type has base64: they are streamed into place. */
type Streamed<T> = { [K in keyof T]: T[K] extends string | undefined ? T[K] | PictureBytes : T[K] };

function toItem(image: LinkedImage, summary: Summary) {
	const { rendering } = summary.accepted;
	const { responseFormat } = rendering;
	return {
		...(responseFormat === "url" ? {} : { b64_json: new PictureBytes(image) }),
		...(responseFormat === "b64_json" ? {} : { url: image.url }),
		...(versionOf(rendering) < 2 ? {} : { revised_prompt: promptOf(summary, image.index) }),
	} satisfies Streamed<Image>;
}

/** Renders the answer of a job that succeeded. */
export function toImagesResponse(log: readonly LinkedEvent[]) {
	const summary = summarize(log);
	const { accepted, images, used, model, createdSeconds } = summary;
	const unmade = toMissing(summary);
	return {
		created: createdSeconds,
		data: images.toSorted((a, b) => a.index - b.index).map((image) => toItem(image, summary)),
		// Says what was really made, in wider words than OpenAI's: these models have more sizes.
		output_format: used.outputFormat,
		size: used.size,
		quality: used.quality,
		...(accepted.request.background === undefined ? {} : { background: accepted.request.background }),
		model,
		...(unmade.length === 0 ? {} : { images_missing: unmade }),
	};
}

/** Renders the stream: each picture as it is stored. fal has no unfinished pictures, so there are no partial images. */
export function renderImages(): Renderer {
	let summary: Summary | null = null;
	return (event) => {
		// A log may go on after its end, with late pictures. A stream does not.
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

/** Renders the event that ends a failed stream. */
function toImagesError(error: JobError): Frame {
	return {
		event: "error",
		data: { type: "error", ...toErrorBody(error) },
	};
}

function toCompleted(image: LinkedImage, summary: Summary) {
	const made = madeBy(summary.used, image, summary.accepted.rendering);
	return {
		...({
			type: editedBy(summary.accepted) === null ? "image_generation.completed" : "image_edit.completed",
			created_at: Math.floor(image.at / 1000),
			background: summary.accepted.request.background ?? "auto",
		} satisfies Partial<Omit<ImageGenCompletedEvent, "type">> & {
			type: ImageGenCompletedEvent["type"] | ImageEditCompletedEvent["type"];
		}),
		// Says what was really made, in wider words than OpenAI's.
		output_format: made.outputFormat,
		usage: NO_USAGE satisfies ImageGenCompletedEvent.Usage,
		index: image.index,
		size: made.size,
		quality: made.quality,
		...toItem(image, summary),
	};
}

const NO_USAGE = {
	input_tokens: 0,
	input_tokens_details: { image_tokens: 0, text_tokens: 0 },
	output_tokens: 0,
	total_tokens: 0,
} satisfies ImageGenCompletedEvent.Usage;

export const imagesFormat: Format = {
	toId: (job) => job,
	render: () => renderImages(),
	toBody: (_id, log) => toImagesResponse(log),
	toMissing: toImagesError,
};

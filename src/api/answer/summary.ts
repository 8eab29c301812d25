import type { Accepted } from "../../core/events.ts";
import type { LinkedEvent, LinkedImage } from "../../core/linked.ts";
import type { JobError } from "../../errors.ts";
import type { Used } from "../../models/request.ts";
import { toRatioText } from "../../prompt/size-in-prose.ts";

/** What a log comes to: all that a whole answer says. */
export interface Summary {
	readonly accepted: Accepted;
	readonly createdSeconds: number;
	/** The model that the job went on with: the client's own name for it, or its successor's id. */
	readonly model: string;
	readonly used: Used;
	/** In the order in which they were stored. */
	readonly images: readonly LinkedImage[];
	readonly lost: number;
	readonly outcome: "running" | "succeeded" | "failed" | "cancelled";
	readonly error: JobError | null;
}

const NOT_YET: Used = { size: "auto", aspectRatio: "auto", quality: "auto", outputFormat: "png" };

/** Folds one more event in; null before the first. */
export function addToSummary(summary: Summary | null, event: LinkedEvent): Summary | null {
	if (summary === null) {
		if (event.type !== "accepted") return null;
		return {
			accepted: event,
			createdSeconds: Math.floor(event.at / 1000),
			model: event.rendering.model,
			used: NOT_YET,
			images: [],
			lost: 0,
			outcome: "running",
			error: null,
		};
	}
	switch (event.type) {
		case "submitting":
			return { ...summary, used: event.used };
		case "rerouted":
			return { ...summary, model: event.to };
		case "image":
			return { ...summary, used: shapedBy(summary.used, event), images: [...summary.images, event] };
		case "image_lost":
			return { ...summary, lost: summary.lost + 1 };
		case "succeeded":
			return { ...summary, outcome: "succeeded" };
		case "cancelled":
			return { ...summary, outcome: "cancelled", error: { code: "cancelled", message: "The job was cancelled." } };
		case "failed":
			return { ...summary, outcome: "failed", error: event.error };
		default:
			return summary;
	}
}

/** Where the size was left to the model, its first picture tells what it chose. */
function shapedBy(used: Used, { width, height }: LinkedImage): Used {
	if (width === null || height === null) return used;
	return {
		...used,
		size: used.size === "auto" ? `${width}x${height}` : used.size,
		aspectRatio: used.aspectRatio === "auto" ? toRatioText(width, height) : used.aspectRatio,
	};
}

/** Of a whole log, which begins with `accepted`. */
export function summarize(log: readonly LinkedEvent[]): Summary {
	const summary = log.reduce(addToSummary, null);
	if (summary === null) throw new Error("a log begins with `accepted`");
	return summary;
}

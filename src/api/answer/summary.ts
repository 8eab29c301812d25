/** Sums up a job's log for its answers. */

import type { Accepted } from "../../core/events.ts";
import type { LinkedAccepted, LinkedEvent, LinkedImage } from "../../core/linked.ts";
import type { JobError } from "../../errors.ts";
import { inLanguage } from "../../words/job-errors.ts";
import type { Edited } from "../../words/words.ts";
import { type Made, madeBy } from "./made.ts";

/** Sums up a log: all that a whole answer says. */
export interface Summary {
	readonly accepted: LinkedAccepted;
	readonly createdSeconds: number;
	/** The client's name for the model, or the id of the one that draws in its place: another one's edits, or a successor. */
	readonly model: string;
	/** As asked of fal; from the first stored picture on, as made. */
	readonly used: Made;
	/** The prompt as the user wrote it, unless the model rewrote it. */
	readonly revisedPrompt: string;
	/** In the order in which they were stored. */
	readonly images: readonly LinkedImage[];
	readonly lost: number;
	/** Pictures that fal made, and that are neither stored nor lost. More than none at the end: they come late. */
	readonly pending: number;
	readonly outcome: "running" | "succeeded" | "failed" | "cancelled";
	readonly error: JobError | null;
}

const NOT_YET: Made = { size: "auto", aspectRatio: "auto", quality: "auto", outputFormat: "png" };

/** Folds one event in. Null before `accepted`. */
export function addToSummary(summary: Summary | null, event: LinkedEvent): Summary | null {
	if (summary === null) {
		if (event.type !== "accepted") return null;
		return {
			accepted: event,
			createdSeconds: Math.floor(event.at / 1000),
			model: event.drawnBy ?? event.rendering.model,
			used: NOT_YET,
			revisedPrompt: event.rendering.written ?? event.request.prompt,
			images: [],
			lost: 0,
			pending: 0,
			outcome: "running",
			error: null,
		};
	}
	switch (event.type) {
		case "submitting":
			return { ...summary, used: event.used };
		case "rerouted":
			return { ...summary, model: event.to };
		case "generated":
			return {
				...summary,
				pending: event.outputs.length,
				revisedPrompt: event.revisedPrompt ?? summary.revisedPrompt,
			};
		case "image": {
			const { accepted, used: before, images } = summary;
			// The pixels of a picture may be unknown: then the next one tells a size that was left to the model.
			const tells = images.length === 0 || before.size === "auto";
			const used = tells ? madeBy(before, event, accepted.rendering) : before;
			return { ...summary, used, images: [...summary.images, event], pending: summary.pending - 1 };
		}
		case "late_image":
			return { ...summary, pending: summary.pending - 1 };
		case "image_lost":
			return { ...summary, lost: summary.lost + 1, pending: summary.pending - 1 };
		case "succeeded":
			return { ...summary, outcome: "succeeded" };
		case "cancelled":
			return { ...summary, outcome: "cancelled", error: errorOf(summary, CANCELLED) };
		case "failed":
			return { ...summary, outcome: "failed", error: errorOf(summary, event.error) };
		default:
			return summary;
	}
}

const CANCELLED: JobError = { code: "cancelled", message: "The job was cancelled." };

function errorOf({ accepted }: Summary, error: JobError): JobError {
	return inLanguage(error, accepted.rendering.language);
}

/** Says which pictures a job edits, as its answers say it; null if it draws from words alone. */
export function editedBy({ request, rendering, drawnBy }: Accepted): Edited | null {
	const pictures = (request.inputs ?? []).filter(({ role }) => role === "image").length;
	return pictures === 0 ? null : { whose: rendering.edits ?? "attached", pictures, drawnBy: drawnBy ?? null };
}

/** Sums up a whole log. @throws If it does not begin with `accepted` */
export function summarize(log: readonly LinkedEvent[]): Summary {
	const summary = log.reduce(addToSummary, null);
	if (summary === null) throw new Error("a log begins with `accepted`");
	return summary;
}

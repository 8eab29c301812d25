/** Sums up a job's log for its answers. */

import type { Accepted } from "../../core/events.ts";
import type { LinkedAccepted, LinkedEvent, LinkedImage } from "../../core/linked.ts";
import { type JobError, toErrorBody } from "../../errors.ts";
import { inLanguage } from "../../words/job-errors.ts";
import type { Edited } from "../../words/words.ts";
import { type Made, madeBy } from "./made.ts";
import { addToSplit, CANCELLED, type Split, slotOf } from "./split.ts";

/** Sums up a log: all that a whole answer says. */
export interface Summary {
	readonly accepted: LinkedAccepted;
	readonly createdSeconds: number;
	/** The client's name for the model, or the id of the one that draws in its place: another one's edits, or a successor. */
	readonly model: string;
	/** As asked of fal; from the first stored picture on, as made. */
	readonly used: Made;
	/** The prompts that the model drew in place of the user's, by slot. */
	readonly revised: ReadonlyMap<number, string>;
	/** Null for a job that makes one request to fal. */
	readonly split: Split | null;
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
			revised: new Map(),
			split: null,
			images: [],
			lost: 0,
			pending: 0,
			outcome: "running",
			error: null,
		};
	}
	const split = addToSplit(summary.split, event, summary.accepted.request.n);
	return addToParts(split === summary.split ? summary : { ...summary, split }, event);
}

function addToParts(summary: Summary, event: LinkedEvent): Summary {
	switch (event.type) {
		case "submitting":
			// A further request may be sent when a picture has told what it really is.
			return summary.images.length > 0 ? summary : { ...summary, used: event.used };
		case "rerouted":
			return { ...summary, model: event.to };
		case "generated":
			return {
				...summary,
				pending: summary.pending + event.outputs.length,
				revised:
					event.revisedPrompt === undefined
						? summary.revised
						: new Map(summary.revised).set(event.slot ?? 0, event.revisedPrompt),
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

function errorOf({ accepted }: Summary, error: JobError): JobError {
	return inLanguage(error, accepted.rendering.language);
}

/** Returns the prompt of a picture as the user wrote it, unless the model rewrote it. */
export function promptOf({ accepted, revised, split }: Summary, index: number): string {
	return revised.get(slotOf(split, index)) ?? accepted.rendering.written ?? accepted.request.prompt;
}

/** Describes the pictures that were asked for and are not made, in their order. */
export function toMissing({ split, accepted }: Summary) {
	return [...(split?.unmade ?? [])]
		.toSorted(([a], [b]) => a - b)
		.map(([index, error]) => ({ index, error: toErrorBody(inLanguage(error, accepted.rendering.language)).error }));
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

/** Sets what was asked for beside what was really used. */

import type { Job, ListedJob, Picture } from "../../api/types.ts";
import { type Chip, chipsOf } from "../../jobs/differences.ts";
import { isWhole } from "../../jobs/entry.ts";

export interface Row {
	readonly of: "model" | "size" | "resolution" | "quality" | "format" | "background" | "count" | "seed";
	/** Null: it was left to the model. */
	readonly asked: string | null;
	/** Null: it is not known yet, or the model does not tell. */
	readonly used: string | null;
	readonly isDifferent: boolean;
	/** So many pictures are still fetched, beside those that are counted. */
	readonly toCome?: number;
}

/** The chips that say of a row that the model did otherwise. */
const CHIPS: Readonly<Record<"model" | "size" | "quality" | "format" | "count", readonly Chip["of"][]>> = {
	model: ["model"],
	size: ["ratio", "pixels"],
	quality: ["quality"],
	format: ["format"],
	count: ["count"],
};

const FORMATS: ReadonlyMap<string, string> = new Map([
	["image/png", "png"],
	["image/jpeg", "jpeg"],
	["image/webp", "webp"],
	["image/gif", "gif"],
]);

/** @param picture the one that is looked at; null if there is none */
export function rowsOf(job: Job | ListedJob, picture: Picture | null): readonly Row[] {
	const { asked, request, images } = job;
	const isEnded = job.ended_at !== null;
	// What is still fetched was made all the same.
	const made = isEnded ? images.length + job.images_pending : null;
	const chips = chipsOf({ ...asked, n: request.n }, { ...request, model: job.model }, picture, made);
	const differs = (of: keyof typeof CHIPS) => chips.some((chip) => CHIPS[of].includes(chip.of) && chip.asked !== null);
	return [
		{ of: "model", asked: asked.model, used: job.model, isDifferent: differs("model") },
		{
			of: "size",
			asked: orNull(asked.size),
			used: pixelsOf(picture) ?? orNull(request.size),
			isDifferent: differs("size"),
		},
		{ of: "quality", asked: orNull(asked.quality), used: orNull(request.quality), isDifferent: differs("quality") },
		{
			of: "format",
			asked: asked.output_format,
			used: FORMATS.get(picture?.content_type ?? "") ?? request.output_format,
			isDifferent: differs("format"),
		},
		...rareRows(job),
		{
			of: "count",
			asked: String(request.n),
			used: isEnded ? String(images.length) : null,
			isDifferent: differs("count"),
			...(isEnded && job.images_pending > 0 ? { toCome: job.images_pending } : {}),
		},
		{
			of: "seed",
			asked: seedOf(request.seed),
			used: isWhole(job) ? seedOf(job.request.seed_sent) : null,
			isDifferent: false,
		},
	];
}

/** Fields that few models have: they are shown if they were asked for. The model does not tell what it made of them. */
function rareRows(job: Job | ListedJob): readonly Row[] {
	if (!isWhole(job)) return [];
	const { resolution, background } = job.request;
	const asked = [["resolution", resolution] as const, ["background", background] as const];
	return asked.flatMap(([of, value]) => (value === null ? [] : { of, asked: value, used: null, isDifferent: false }));
}

function seedOf(seed: number | null): string | null {
	return seed === null ? null : String(seed);
}

function orNull(value: string): string | null {
	return value === "auto" ? null : value;
}

/** The real pixels of a picture. */
function pixelsOf(picture: Picture | null): string | null {
	if (picture === null || picture.width === null || picture.height === null) return null;
	return `${picture.width}×${picture.height}`;
}

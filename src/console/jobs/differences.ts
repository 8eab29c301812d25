/** Compares what was asked for with what was really used, for the chips of a card. */

import type { Picture } from "../api/types.ts";
import { isNearShape, parseSize, type Shape, shapeDistance } from "./shape.ts";

/** A chip. `asked` is set if the model did otherwise: it has what was asked for. */
export interface Chip {
	readonly of: "model" | "ratio" | "pixels" | "quality" | "format" | "count";
	readonly text: string;
	readonly asked: string | null;
}

export interface Asked {
	readonly model: string;
	/** `auto`, a ratio, or pixels. */
	readonly size: string;
	readonly quality: string;
	/** Null: it was left to the model. */
	readonly output_format: string | null;
	readonly n: number;
}

export interface Used {
	readonly model: string;
	readonly size: string;
	readonly quality: string;
	readonly output_format: string;
}

/** Common ratios by name. Others are written as a number. */
const RATIOS = ["1:1", "5:4", "4:3", "3:2", "16:9", "2:1", "21:9", "4:5", "3:4", "2:3", "9:16", "1:2", "9:21"];

/**
 * Returns the chips of a job.
 * @param used null before the gateway has said it
 * @param picture the first that is there
 * @param made how many pictures there are; null if more may come
 */
export function chipsOf(
	asked: Asked,
	used: Used | null,
	picture: Picture | null,
	made: number | null,
): readonly Chip[] {
	const real = picture === null ? null : sidesOf(picture);
	const model = used?.model ?? asked.model;
	const size = real ?? parseSize(used?.size ?? asked.size) ?? parseSize(asked.size);
	const chips: readonly Chip[] = [
		...sizeChips(asked.size, size, real !== null),
		{ of: "model", text: model, asked: asked.model === model ? null : asked.model },
		...otherwise("quality", asked.quality, used?.quality ?? asked.quality),
		...otherwise("format", asked.output_format ?? "auto", formatOf(picture) ?? used?.output_format ?? "auto"),
		...(made === null ? [] : otherwise("count", String(asked.n), String(Math.min(made, asked.n)))),
	];
	// A card may have no room for all.
	return chips.toSorted((a, b) => Number(b.asked !== null) - Number(a.asked !== null));
}

function sidesOf({ width, height }: Picture): Shape | null {
	return width === null || height === null ? null : { width, height };
}

/** Null if the bytes are none of a format that can be asked for. */
function formatOf(picture: Picture | null): string | null {
	const [, format = null] = /^image\/(png|jpeg|webp|gif)$/.exec(picture?.content_type ?? "") ?? [];
	return format;
}

/** What was left to the model is never otherwise. */
function otherwise(of: Chip["of"], asked: string, used: string): readonly Chip[] {
	return asked === "auto" || used === "auto" || asked === used ? [] : [{ of, text: used, asked }];
}

function sizeChips(asked: string, used: Shape | null, isReal: boolean): readonly Chip[] {
	if (used === null) return [];
	const wanted = parseSize(asked);
	const isMet = wanted === null || isNearShape(used, wanted);
	const ratio: Chip = { of: "ratio", text: ratioName(used), asked: isMet ? null : asked };
	if (!isReal) return [ratio];
	const isExact = wanted === null || !isPixels(asked) || (wanted.width === used.width && wanted.height === used.height);
	return [ratio, { of: "pixels", text: `${used.width}×${used.height}`, asked: isExact ? null : asked }];
}

function isPixels(size: string): boolean {
	return /^\d+[x×]\d+$/.test(size);
}

/** Names a shape by the nearest common ratio, as a model that rounds its sides means it: `16:9` for 1408×768. Else `1.7:1`. */
export function ratioName(shape: Shape): string {
	const [nearest] = RATIOS.flatMap((name) => {
		const ratio = parseSize(name);
		return ratio !== null && isNearShape(shape, ratio) ? [{ name, by: shapeDistance(shape, ratio) }] : [];
	}).sort((a, b) => a.by - b.by);
	if (nearest !== undefined) return nearest.name;
	const { width, height } = shape;
	return width >= height ? `${(width / height).toFixed(1)}:1` : `1:${(height / width).toFixed(1)}`;
}

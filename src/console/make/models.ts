/** Sorts and searches the models to choose from, and reads their prices. */

import type { Model } from "../api/types.ts";

/** True if fal has the model no longer. Its jobs go on with its successor. */
export function isRetired({ shutdown_date }: Pick<Model, "shutdown_date">, now: Date): boolean {
	return shutdown_date !== null && shutdown_date <= now.toISOString().slice(0, 10);
}

/** Returns each model once, under its own name if that is listed: the retired ones last. */
export function choosable(rows: readonly Model[], now: Date): readonly Model[] {
	const byModel = new Map<string, Model>();
	for (const row of rows) {
		const held = byModel.get(row.canonical_slug);
		if (held === undefined || row.id === row.canonical_slug) byModel.set(row.canonical_slug, row);
	}
	const all = [...byModel.values()];
	return [...all.filter((model) => !isRetired(model, now)), ...all.filter((model) => isRetired(model, now))];
}

/** Returns the model that a new page begins with: the first that draws from words and is not retired. */
export function firstChoice(models: readonly Model[], now: Date): Model | null {
	return models.find((model) => model.operations.generation !== null && !isRetired(model, now)) ?? models[0] ?? null;
}

/** Of the models that were chosen last. */
export const MAX_RECENT = 4;

/** Puts the models that were chosen last before the others, the newest first. */
export function recentFirst(models: readonly Model[], recent: readonly string[]): readonly Model[] {
	const chosen = recent.flatMap((id) => models.find((model) => model.id === id) ?? []);
	return [...chosen, ...models.filter((model) => !chosen.includes(model))];
}

/** Returns the models in whose names all the words of a search stand; in their order. */
export function searched(models: readonly Model[], search: string): readonly Model[] {
	const words = search
		.toLowerCase()
		.split(/[\s/]+/)
		.filter((word) => word !== "");
	return models.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)));
}

/** True for a text that may be an id of fal's, which the list need not have. */
export function mayBeFalId(text: string): boolean {
	return /^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9._-]*){1,6}$/i.test(text.trim());
}

export interface PriceRange {
	readonly least: number;
	readonly most: number;
	readonly per: "image" | "megapixel";
}

/** Returns what a picture costs, over all that makes a difference; null if nobody has told. */
export function priceRange({ prices }: Pick<Model, "prices">): PriceRange | null {
	const [first] = prices;
	if (first === undefined) return null;
	const costs = prices.map(({ cost_usd }) => cost_usd);
	return { least: Math.min(...costs), most: Math.max(...costs), per: first.unit };
}

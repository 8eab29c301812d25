/** The catalogue: the rows of all families, joined. */

import { ALIBABA_FAMILIES, ALIBABA_MODELS } from "./alibaba.ts";
import { DESIGN_FAMILIES, DESIGN_MODELS } from "./design.ts";
import { FLUX_FAMILIES, FLUX_MODELS } from "./flux.ts";
import { GPT_IMAGE_FAMILIES, GPT_IMAGE_MODELS } from "./gpt-image.ts";
import { IMAGEN_FAMILIES, IMAGEN_MODELS } from "./imagen.ts";
import { NANO_BANANA_FAMILIES, NANO_BANANA_MODELS } from "./nano-banana.ts";
import { OTHER_FAMILIES, OTHER_MODELS } from "./others.ts";
import { SEEDREAM_FAMILIES, SEEDREAM_MODELS } from "./seedream.ts";
import { TOOL_MODELS } from "./tools.ts";
import type { CatalogueModel, Family } from "./types.ts";

/** The models with names, in the order in which `/v1/models` lists them. */
export const CATALOGUE: readonly CatalogueModel[] = [
	...IMAGEN_MODELS,
	...NANO_BANANA_MODELS,
	...GPT_IMAGE_MODELS,
	...FLUX_MODELS,
	...SEEDREAM_MODELS,
	...ALIBABA_MODELS,
	...DESIGN_MODELS,
	...OTHER_MODELS,
	...TOOL_MODELS,
];

const BY_ID: ReadonlyMap<string, CatalogueModel> = new Map(CATALOGUE.map((row) => [row.id, row]));

/** Returns the row with an id, which is no alias. */
export function rowOf(id: string): CatalogueModel | undefined {
	return BY_ID.get(id);
}

/** The traits of raw fal ids by their beginning. The first prefix that fits counts. */
export const FAMILIES: readonly Family[] = [
	...IMAGEN_FAMILIES,
	...NANO_BANANA_FAMILIES,
	...GPT_IMAGE_FAMILIES,
	...FLUX_FAMILIES,
	...SEEDREAM_FAMILIES,
	...ALIBABA_FAMILIES,
	...DESIGN_FAMILIES,
	...OTHER_FAMILIES,
];

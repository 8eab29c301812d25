/** The catalogue: the rows of all families, joined. */

import { FLUX_FAMILIES, FLUX_MODELS } from "./flux.ts";
import { GPT_IMAGE_FAMILIES, GPT_IMAGE_MODELS } from "./gpt-image.ts";
import { IMAGEN_FAMILIES, IMAGEN_MODELS } from "./imagen.ts";
import { NANO_BANANA_FAMILIES, NANO_BANANA_MODELS } from "./nano-banana.ts";
import { OTHER_FAMILIES } from "./others.ts";
import type { CatalogueModel, Family } from "./types.ts";

/** The models with names, in the order in which `/v1/models` lists them. */
export const CATALOGUE: readonly CatalogueModel[] = [
	...IMAGEN_MODELS,
	...NANO_BANANA_MODELS,
	...FLUX_MODELS,
	...GPT_IMAGE_MODELS,
];

/** The traits of raw fal ids by their beginning. The first prefix that fits counts. */
export const FAMILIES: readonly Family[] = [
	...IMAGEN_FAMILIES,
	...NANO_BANANA_FAMILIES,
	...FLUX_FAMILIES,
	...GPT_IMAGE_FAMILIES,
	...OTHER_FAMILIES,
];

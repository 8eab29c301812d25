/** Finds a model that draws a part of a picture, for those that draw all of it anew. */

import type { Model } from "../../api/types.ts";
import { isRetired } from "../models.ts";
import { models, today } from "../models-state.ts";

/** Null if there is none. */
export function maskingModel(): Model | null {
	return models.value.find((one) => one.operations.masked_edit !== null && !isRetired(one, today)) ?? null;
}

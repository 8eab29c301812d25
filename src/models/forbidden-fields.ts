/** Decides which fields the `fal` object of a request may hold. */

import type { Json, JsonObject } from "./request.ts";

/** The bounds of a `fal` object. */
const MAX_FIELDS = 64;
const MAX_CHARS = 16 * 1024;
const MAX_DEPTH = 6;

/** Fields that would change what is drawn, its price, or the form of fal's answer. */
const RESERVED_FIELDS: ReadonlySet<string> = new Set([
	"prompt",
	"prompts",
	"n",
	"num_images",
	"max_images",
	"num_outputs",
	"num_samples",
	"num_generations",
	"image_count",
	"batch_size",
	"batch_count",
	"sync_mode",
]);
/** Names of fields that make fal fetch or read a file. */
const FILE_FIELD = /(?:^|_)(?:urls?|images?|masks?|image_data|mask_data|base64|b64)$/i;

/** Returns the first field of a request's `fal` object that is forbidden, by its name or by its size; null if there is none. */
export function findForbiddenField(fal: JsonObject): string | null {
	let chars = 0;
	for (const [index, [name, value]] of Object.entries(fal).entries()) {
		if (index >= MAX_FIELDS || RESERVED_FIELDS.has(name.toLowerCase()) || mayHoldFile(name, value, 1)) return name;
		chars += name.length + JSON.stringify(value).length;
		if (chars > MAX_CHARS) return name;
	}
	return null;
}

/** Returns true also for a value that is nested too deep to look through. */
function mayHoldFile(name: string, value: Json, depth: number): boolean {
	if (FILE_FIELD.test(name) || depth > MAX_DEPTH) return true;
	if (value === null || typeof value !== "object") return false;
	return Object.entries(value).some(([key, inner]) => mayHoldFile(key, inner, depth + 1));
}

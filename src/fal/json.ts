/** Parses what fal sends. Whoever reads it from the network bounds its values and levels first. */

import { boundPassedBy } from "../http/scan-json-text.ts";

/** Returns undefined for a text that is no JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Parses JSON that is a text in JSON, whose values were not counted with the others. Returns undefined for any other text, and for too many values or levels. */
export function parseInnerJson(text: string): unknown {
	return /^\s{0,16}[[{]/.test(text) && boundPassedBy(text) === null ? parseJson(text) : undefined;
}

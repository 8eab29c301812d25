/** Makes header values of texts that come from outside. */

import { clip } from "../text.ts";

const MAX_VALUE_CHARS = 1_024;
const NOT_VISIBLE = /[^\x20-\x7e]/g;

/** Returns a text as a header can carry it: visible ASCII and spaces, of at most 1,024 characters. Any other character becomes `?`. */
export function toHeaderValue(text: string): string {
	return clip(text.trim(), MAX_VALUE_CHARS).replace(NOT_VISIBLE, "?");
}

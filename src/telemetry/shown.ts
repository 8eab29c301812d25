/** Decides which names from outside a line of the log may show. */

/** Longer than any id or model's name. */
const MAX_CHARS = 100;
/** With what may be a ratio behind it, and so no key of fal's, which has a `:` between its halves. */
const NAME = /^[\w./-]+(?::\d+)?$/;
const FIELD = /^[a-z0-9_.[\]]+$/;

/** Returns an id or a name as it is, and `…` for what is none: a sentence, an address, or anything that is long. */
export function toShown(name: string): string {
	return isShort(name) && NAME.test(name) && !name.includes("//") ? name : "…";
}

/** Returns the path of a field as it is, and `…` for one that a client may have made up of a text or of a key. */
export function toShownField(path: string): string {
	return isShort(path) && FIELD.test(path) ? path : "…";
}

function isShort(text: string): boolean {
	return text.length <= MAX_CHARS;
}

/** Reads numbers as people type them. */

const DECIMAL = /^(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})$/;
const WHOLE = /^\d{1,9}$/;

/** `1,000` and `1.000` are a thousand to some people, and one to others. What the form writes itself never ends so. */
const MAY_BE_THOUSANDS = /,\d{3,}$|^[1-9]\d{0,2}\.\d\d0$/;
const FULL_WIDTH = /[！-～]/g;
/** From a full-width character of a Chinese keyboard to the plain one. */
const WIDTH_STEP = 0xfee0;

/** Reads `5`, `$5`, `2.50` or `2,50`. Null for what is no number, and for what may be two. */
export function parseNumber(typed: string): number | null {
	const text = toPlain(typed)
		.replace(/^\$\s{0,9}/, "")
		.replace("。", ".");
	if (MAY_BE_THOUSANDS.test(text)) return null;
	const decimal = text.replace(",", ".");
	return DECIMAL.test(decimal) ? Number(decimal) : null;
}

/** Reads a whole number. Null for what is none. */
export function parseWhole(typed: string): number | null {
	const text = toPlain(typed);
	return WHOLE.test(text) ? Number(text) : null;
}

function toPlain(typed: string): string {
	return typed.trim().replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - WIDTH_STEP));
}

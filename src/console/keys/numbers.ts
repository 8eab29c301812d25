/** Reads numbers as people type them. */

const DECIMAL = /^(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})$/;
const WHOLE = /^\d{1,9}$/;

/** Reads `5`, `$5`, `2.50` or `2,50`. Null for what is no number. */
export function parseNumber(typed: string): number | null {
	const text = typed
		.trim()
		.replace(/^[$＄]\s{0,9}/, "")
		.replace(",", ".")
		.replace("。", ".");
	return DECIMAL.test(text) ? Number(text) : null;
}

/** Reads a whole number. Null for what is none. */
export function parseWhole(typed: string): number | null {
	const text = typed.trim();
	return WHOLE.test(text) ? Number(text) : null;
}

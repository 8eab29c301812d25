/** Parses what fal sends. Whoever reads it from the network bounds its values and levels first. */

import { boundPassedBy } from "../http/scan-json-text.ts";
import { parseJsonText } from "../json-value.ts";

/** Returns undefined for a text that is no JSON. Numbers that only Python writes into it are null. */
export function parseJson(text: string): unknown {
	const value = parseJsonText(text);
	return value === undefined && /^\s*[[{]/.test(text) && /NaN|Infinity/.test(text)
		? parseJsonText(withoutNonFinite(text))
		: value;
}

const NON_FINITE = /-?\b(?:NaN|Infinity)\b/g;

/** Leaves what stands between quotes. */
function withoutNonFinite(text: string): string {
	let rest = "";
	for (let at = 0; at < text.length; ) {
		const quote = text.indexOf('"', at);
		const [opens, end] = quote < 0 ? [text.length, text.length] : [quote, endOfText(text, quote)];
		rest += text.slice(at, opens).replace(NON_FINITE, "null") + text.slice(opens, end);
		at = end;
	}
	return rest;
}

/** Returns the place behind the quote that closes a text. */
function endOfText(text: string, opens: number): number {
	for (let quote = text.indexOf('"', opens + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
		let slashes = 0;
		while (text[quote - 1 - slashes] === "\\") slashes += 1;
		if (slashes % 2 === 0) return quote + 1;
	}
	return text.length;
}

/** Parses JSON that is a text in JSON, whose values were not counted with the others. Returns undefined for any other text, and for too many values or levels. */
export function parseInnerJson(text: string): unknown {
	return /^\s{0,16}[[{]/.test(text) && boundPassedBy(text) === null ? parseJson(text) : undefined;
}

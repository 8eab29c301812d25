/** Decides by HTTP's conditional and range headers which bytes a request gets (RFC 9110, sections 13 and 14). */

export type Selection =
	| { readonly kind: "whole" }
	| { readonly kind: "part"; readonly offset: number; readonly length: number }
	| { readonly kind: "not_modified" }
	| { readonly kind: "unsatisfiable" };

const WHOLE: Selection = { kind: "whole" };

/** Returns true if the answer depends on the representation's etag or size, so that both are needed before the first byte. */
export function isConditional(headers: Headers): boolean {
	return headers.has("if-none-match") || headers.has("range");
}

/**
 * @param etag Strong and quoted.
 * @param bytes The size of the whole representation.
 */
export function select(headers: Headers, etag: string, bytes: number): Selection {
	const noneMatch = headers.get("if-none-match");
	if (noneMatch !== null && namesEtag(noneMatch, etag)) return { kind: "not_modified" };
	const range = headers.get("range");
	const ifRange = headers.get("if-range");
	// `If-Range` compares strongly. A date never fits, since answers carry no `Last-Modified`.
	if (range === null || (ifRange !== null && ifRange.trim() !== etag)) return WHOLE;
	return selectRange(range, bytes);
}

/** Compares weakly, as `If-None-Match` wants it. Our etags hold no comma. */
function namesEtag(list: string, etag: string): boolean {
	return list.split(",").some((entry) => entry.trim() === "*" || entry.trim().replace(/^W\//, "") === etag);
}

/** Understands one range: from-to, from-, or -last. Any other header is ignored, as HTTP allows: its request gets the whole. */
const RANGE = /^bytes=\s*(?:(\d{1,15})-(\d{1,15})?|-(\d{1,15}))\s*$/i;

function selectRange(range: string, bytes: number): Selection {
	const [, from, to, last] = RANGE.exec(range) ?? [];
	if (last !== undefined) {
		const length = Math.min(Number(last), bytes);
		return length === 0 ? { kind: "unsatisfiable" } : { kind: "part", offset: bytes - length, length };
	}
	if (from === undefined) return WHOLE;
	const offset = Number(from);
	if (to !== undefined && Number(to) < offset) return WHOLE;
	if (offset >= bytes) return { kind: "unsatisfiable" };
	const end = to === undefined ? bytes : Math.min(Number(to) + 1, bytes);
	return { kind: "part", offset, length: end - offset };
}

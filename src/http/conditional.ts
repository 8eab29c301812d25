/** What of a stored picture is asked for, by HTTP's conditional and range headers (RFC 9110, 13 and 14). */
export type Selection =
	| { readonly kind: "whole" }
	| { readonly kind: "part"; readonly offset: number; readonly length: number }
	| { readonly kind: "not_modified" }
	| { readonly kind: "unsatisfiable" };

const WHOLE: Selection = { kind: "whole" };

/** Whether the headers ask anything that needs the picture's etag or size before its bytes. */
export function isConditional(headers: Headers): boolean {
	return headers.has("if-none-match") || headers.has("range");
}

/** @param etag Strong and quoted. @param bytes The picture's size. */
export function select(headers: Headers, etag: string, bytes: number): Selection {
	const noneMatch = headers.get("if-none-match");
	if (noneMatch !== null && namesEtag(noneMatch, etag)) return { kind: "not_modified" };
	const range = headers.get("range");
	const ifRange = headers.get("if-range");
	// `If-Range` compares strongly; a date never fits, since pictures are sent without one.
	if (range === null || (ifRange !== null && ifRange.trim() !== etag)) return WHOLE;
	return selectRange(range, bytes);
}

/** Weak comparison, as `If-None-Match` wants it. Our etags hold no comma. */
function namesEtag(list: string, etag: string): boolean {
	return list.split(",").some((entry) => entry.trim() === "*" || entry.trim().replace(/^W\//, "") === etag);
}

/** One range: from-to, from-, or -last. Several ranges, or none that we understand, get the whole picture, as HTTP allows. */
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

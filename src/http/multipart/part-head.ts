/** Reads what stands before a part of a form: its boundary in the content-type, and its own headers (RFC 7578, RFC 2046). */

/** RFC 2046, 5.1.1. */
const MAX_BOUNDARY_CHARS = 70;
/** A boundary stands between line breaks, so it holds none. Clients use more characters than RFC 2046 names. */
const BOUNDARY = /^[\x20-\x7e]*[\x21-\x7e]$/;
const FORM_DATA = "multipart/form-data";

/** True for a body that says it is a form with files. */
export function isMultipart(contentType: string | null): boolean {
	return /^\s*multipart\//i.test(contentType ?? "");
}

/** Returns the boundary of a form with files; null for another type, and for one without a boundary that can be used. */
export function boundaryOf(contentType: string): string | null {
	const [type = ""] = contentType.split(";", 1);
	if (type.trim().toLowerCase() !== FORM_DATA) return null;
	const boundary = paramsOf(contentType).get("boundary") ?? "";
	return boundary.length <= MAX_BOUNDARY_CHARS && BOUNDARY.test(boundary) ? boundary : null;
}

export interface PartHead {
	/** The field's name, as in `image[]`. */
	readonly name: string;
	/** True if a file is sent, and no text. */
	readonly isFile: boolean;
	/** Its own content-type; empty for none. */
	readonly type: string;
	/** False for the file of a page's field that was left empty. */
	readonly hasFileName: boolean;
}

/** Returns null for headers without a name. @param text The part's header lines */
export function readPartHead(text: string): PartHead | null {
	let params: ReadonlyMap<string, string> = new Map();
	let type = "";
	for (const line of text.split("\r\n")) {
		const colon = line.indexOf(":");
		const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
		if (name === "content-disposition") params = paramsOf(line.slice(colon + 1));
		if (name === "content-type") type = line.slice(colon + 1).trim();
	}
	const name = params.get("name");
	if (name === undefined || name === "") return null;
	const isFile =
		params.has("filename") || params.has("filename*") || /^(?:image\/|application\/octet-stream)/i.test(type);
	const hasFileName = (params.get("filename") ?? params.get("filename*") ?? "") !== "";
	return { name: unescapeName(name), isFile, type, hasFileName };
}

/** Reads the parameters of a header's value. Their names are in lower case; of two equal ones the first counts. */
function paramsOf(value: string): ReadonlyMap<string, string> {
	const params = new Map<string, string>();
	let at = value.indexOf(";");
	while (at >= 0) {
		const equals = value.indexOf("=", at);
		if (equals < 0) break;
		const names = value.slice(at, equals);
		const start = equals + 1 + leadingBlanks(value, equals + 1);
		const [text, end] = value[start] === '"' ? readQuoted(value, start + 1) : readToken(value, start);
		// A parameter without a value stands before this one's name.
		const own = names
			.slice(names.lastIndexOf(";") + 1)
			.trim()
			.toLowerCase();
		if (!params.has(own)) params.set(own, text);
		at = value.indexOf(";", end);
	}
	return params;
}

function leadingBlanks(value: string, from: number): number {
	let count = 0;
	while (value[from + count] === " " || value[from + count] === "\t") count += 1;
	return count;
}

function readToken(value: string, from: number): readonly [text: string, end: number] {
	const semicolon = value.indexOf(";", from);
	const end = semicolon < 0 ? value.length : semicolon;
	return [value.slice(from, end).trim(), end];
}

/** Some clients escape a quote by a backslash. A path of Windows keeps the backslashes that escape nothing. */
function readQuoted(value: string, from: number): readonly [text: string, end: number] {
	let text = "";
	let at = from;
	for (; at < value.length && value[at] !== '"'; at += 1) {
		const next = value[at + 1];
		if (value[at] === "\\" && (next === '"' || next === "\\")) at += 1;
		text += value[at];
	}
	return [text, at + 1];
}

/** Browsers write a quote and line breaks so. */
function unescapeName(name: string): string {
	return name.replace(/%(?:22|0D|0A)/gi, (escaped) => String.fromCharCode(Number.parseInt(escaped.slice(1), 16)));
}

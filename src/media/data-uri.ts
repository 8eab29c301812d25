/** Decodes `data:` addresses. The platform's own fetch would cut an unescaped SVG at its first `#`. */

/** A percent-encoded byte takes three characters. */
const CHARS_PER_BYTE = 3;
/** Room for the media type. */
const MAX_HEADER_CHARS = 1024;

/** True for an address that may be decoded into at most `maxBytes`. */
export function isWithinBytes(uri: string, maxBytes: number): boolean {
	return uri.length <= maxBytes * CHARS_PER_BYTE + MAX_HEADER_CHARS;
}

/** Returns the bytes; null for a text that is no such address. */
export function decodeDataUri(uri: string): Uint8Array | null {
	const comma = uri.slice(0, MAX_HEADER_CHARS).indexOf(",");
	if (comma < 0 || !/^data:/i.test(uri)) return null;
	// Not every writer puts it last, as the standard has it.
	const isBase64 = /;\s{0,8}base64\s{0,8}(?:;|$)/i.test(uri.slice(0, comma));
	const data = uri.slice(comma + 1);
	return isBase64 ? fromBase64(data) : fromText(data);
}

/** A `#` is no letter of base64, so it begins a fragment; in a text it is mostly a colour. */
function fromBase64(data: string): Uint8Array | null {
	const [before = ""] = data.split("#", 1);
	const text = before.includes("%") ? new TextDecoder().decode(fromText(before)) : before;
	try {
		return Uint8Array.fromBase64(text, { alphabet: /[-_]/.test(text) ? "base64url" : "base64" });
	} catch {
		return null;
	}
}

/** Decodes percent-encoded bytes. A `%` that escapes nothing stays, as in `width="100%"`. */
function fromText(data: string): Uint8Array {
	const bytes = new TextEncoder().encode(data);
	if (!data.includes("%")) return bytes;
	let length = 0;
	for (let at = 0; at < bytes.length; at += 1) {
		const escaped = bytes[at] === PERCENT ? toByte(bytes[at + 1], bytes[at + 2]) : null;
		bytes[length] = escaped ?? bytes[at] ?? 0;
		length += 1;
		if (escaped !== null) at += 2;
	}
	return bytes.subarray(0, length);
}

const PERCENT = 0x25;

function toByte(high: number | undefined, low: number | undefined): number | null {
	const [left, right] = [toDigit(high), toDigit(low)];
	return left === null || right === null ? null : left * 16 + right;
}

function toDigit(code: number | undefined): number | null {
	if (code === undefined) return null;
	const digit = "0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase());
	return digit < 0 ? null : digit;
}

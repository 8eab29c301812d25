/** Tells bytes that are a text from those of a picture. */

/** As much as a browser looks at (mimesniff.spec.whatwg.org, 5.1 and 7.2). */
const TEXT_SNIFF_BYTES = 1445;

/** True for a text, which no format of pictures but SVG is: it holds no control character that texts do not have. */
export function isText(head: Uint8Array): boolean {
	const bytes = head.subarray(0, TEXT_SNIFF_BYTES);
	const [first, second] = bytes;
	const isUtf16 = (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe);
	return bytes.length > 0 && (isUtf16 || !bytes.some(isBinary));
}

function isBinary(byte: number): boolean {
	return byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);
}

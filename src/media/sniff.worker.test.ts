import fc from "fast-check";
import { expect, it } from "vitest";
import { isInlineType, SNIFF_BYTES, sniff } from "./sniff.ts";

function text(words: string): Uint8Array {
	return new TextEncoder().encode(words);
}
function latin1(words: string): Uint8Array {
	return Uint8Array.from(words, (letter) => letter.charCodeAt(0));
}

const PNG = Uint8Array.fromBase64(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);
const GIF = Uint8Array.fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
const WEBP = Uint8Array.fromBase64("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
/** The frame header alone: 640 × 480. */
const JPEG_FRAME = latin1("\xff\xc0\x00\x11\x08\x01\xe0\x02\x80\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01");

const PROLOGUE = `<?xml version="1.0"?>
<?xml-stylesheet href="a.css"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
] >
<svg/>`;

function jpegWithExif(exifBytes: number): Uint8Array {
	const jpeg = new Uint8Array(2 + exifBytes + JPEG_FRAME.byteLength);
	jpeg.set([0xff, 0xd8]);
	let at = 2;
	while (at < 2 + exifBytes) {
		const segment = Math.min(60_000, 2 + exifBytes - at);
		jpeg.set([0xff, 0xe1, (segment - 2) >> 8, (segment - 2) & 255], at);
		at += segment;
	}
	jpeg.set(JPEG_FRAME, at);
	return jpeg;
}

it.each([
	["png", PNG, "image/png", "png", 1, 1],
	["gif", GIF, "image/gif", "gif", 1, 1],
	["webp", WEBP, "image/webp", "webp", 1, 1],
	["jpeg", jpegWithExif(1000), "image/jpeg", "jpg", 640, 480],
	["avif", latin1("\0\0\0\x1cftypavif\0\0\0\0mif1miafavif"), "image/avif", "avif", null, null],
	["avif by a compatible brand", latin1("\0\0\0\x18ftypmif1\0\0\0\0mif1avif"), "image/avif", "avif", null, null],
	["heic", latin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "application/octet-stream", "bin", null, null],
	["svg", text('<svg xmlns="http://www.w3.org/2000/svg"/>'), "image/svg+xml", "svg", null, null],
	[
		"svg after a prologue",
		text('\uFEFF<?xml version="1.0"?>\n<!-- a --> <!-- b -->\n<!DOCTYPE svg>\n<svg>'),
		"image/svg+xml",
		"svg",
		null,
		null,
	],
	["svg with a stylesheet and entities", text(PROLOGUE), "image/svg+xml", "svg", null, null],
	["svg with a prefix", text('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>'), "image/svg+xml", "svg", null, null],
	["svg behind a long comment", text(`<!--${"x".repeat(50_000)}--><svg>`), "image/svg+xml", "svg", null, null],
	["bytes of no known format", Uint8Array.of(1, 2, 3, 4), "application/octet-stream", "bin", null, null],
	["nothing", new Uint8Array(0), "application/octet-stream", "bin", null, null],
	["the beginning of a png", PNG.subarray(0, 7), "application/octet-stream", "bin", null, null],
	["a png without its header", PNG.subarray(0, 12), "image/png", "png", null, null],
])("knows %s by its first bytes", (_, head, contentType, extension, width, height) => {
	expect(sniff(head)).toEqual({ contentType, extension, width, height });
});

it.each([
	["a page", "<!doctype html><svg></svg>"],
	["a page with a picture in it", "<html><body><svg></svg></body></html>"],
	["an error", '{"error":"rate limited"}'],
	["words", "Not Found"],
	["words in Chinese", "未找到"],
	["words with a byte order mark", "\uFEFFNot Found"],
	["an XML of another kind", '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
	["a line's end", "\n"],
])("knows %s in place of a picture", (_, words) => {
	expect(sniff(text(words))).toBeNull();
});

it("knows words of other encodings", () => {
	expect(sniff(latin1("nicht verf\xfcgbar"))).toBeNull();
	expect(sniff(latin1("\xff\xfeN\0o\0t\0"))).toBeNull();
	expect(sniff(latin1("\xfe\xff\0N\0o\0t"))).toBeNull();
});

it("leaves a jpeg's dimensions unknown if they lie behind more EXIF than it reads", () => {
	expect(sniff(jpegWithExif(SNIFF_BYTES - JPEG_FRAME.byteLength - 2))).toMatchObject({ width: 640, height: 480 });
	const far = jpegWithExif(SNIFF_BYTES);
	expect(sniff(far)).toEqual({ contentType: "image/jpeg", extension: "jpg", width: null, height: null });
});

it("lets a page show only formats that cannot run", () => {
	expect(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"].every(isInlineType)).toBe(true);
	expect(["image/svg+xml", "text/html", "application/octet-stream", undefined].some(isInlineType)).toBe(false);
});

it("never throws, whatever follows a known beginning", () => {
	const starts = [PNG.subarray(0, 16), GIF.subarray(0, 6), WEBP.subarray(0, 16), latin1("\0\0\0\x10ftypavif\0\0\0\0")];
	fc.assert(
		fc.property(fc.constantFrom(...starts, new Uint8Array(0)), fc.uint8Array({ maxLength: 400 }), (start, rest) => {
			const head = new Uint8Array(start.byteLength + rest.byteLength);
			head.set(start);
			head.set(rest, start.byteLength);
			expect(sniff(head)?.extension ?? "txt").toMatch(/^[a-z]{3,4}$/);
		}),
	);
});

it("is quick on a prologue made to be slow", () => {
	const started = performance.now();
	const slow = ["<!---->", "<?a?>", "<!doctype svg>", "<!doctype svg[", "<!--", "<?", " ", "<"];
	for (const piece of slow) expect(sniff(text(`${piece.repeat(SNIFF_BYTES / piece.length)}<html>`))).toBeNull();
	expect(performance.now() - started).toBeLessThan(1000);
});

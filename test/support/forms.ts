/** Writes forms with files by hand, as RFC 7578 says, and cuts bytes into pieces. */

import { encode } from "fast-png";

export interface FormPart {
	readonly name: string;
	readonly body: string | Uint8Array;
	/** Absent: a text. */
	readonly filename?: string;
	readonly type?: string;
}

const encoder = new TextEncoder();

/** Returns the bytes of a form. */
export function formOf(
	parts: readonly FormPart[],
	boundary: string,
	end = `--${boundary}--\r\n`,
): Uint8Array<ArrayBuffer> {
	const pieces = parts.flatMap(({ name, body, filename, type }) => [
		encoder.encode(
			`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}\r\n${type === undefined ? "" : `Content-Type: ${type}\r\n`}\r\n`,
		),
		typeof body === "string" ? encoder.encode(body) : body,
		encoder.encode("\r\n"),
	]);
	return joined([...pieces, encoder.encode(end)]);
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}

/** Yields bytes in pieces of these lengths, in turn, all through one buffer: a piece is gone when the next one is asked for. */
export async function* inPieces(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
	const buffer = new Uint8Array(Math.max(...lengths));
	for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
		const piece = bytes.subarray(at, at + (lengths[turn % lengths.length] ?? 1));
		buffer.fill(0xff);
		buffer.set(piece);
		at += piece.length;
		yield buffer.subarray(0, piece.length);
	}
}

/** Makes a mask of a size, transparent in its right half. */
export function maskOf(width: number, height: number): Uint8Array<ArrayBuffer> {
	const data = Uint8Array.from({ length: width * height * 4 }, (_, at) =>
		at % 4 < 3 || (at >> 2) % width < width / 2 ? 0xff : 0,
	);
	return new Uint8Array(encode({ width, height, channels: 4, data }));
}

const PNG_END = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

/** Makes a PNG of a size, as long as is asked, as far as anybody here reads it: its head and its end are right, and between them is one chunk of noise. */
export function pngOf(width: number, height: number, bytes = 200): Uint8Array<ArrayBuffer> {
	const png = new Uint8Array(bytes);
	png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
	const view = new DataView(png.buffer);
	view.setUint32(16, width);
	view.setUint32(20, height);
	png.set([8, 6, 0, 0, 0], 24);
	let noise = 1 + Math.floor(Math.random() * 0x7fff_fffe);
	view.setUint32(33, bytes - 33 - 12 - PNG_END.length);
	png.set([0x6e, 0x6f, 0x49, 0x7a], 37);
	png.set(PNG_END, bytes - PNG_END.length);
	for (let at = 41; at < bytes - PNG_END.length; at += 1) {
		// Park and Miller's, which has all bytes, returns and line breaks among them.
		noise = (noise * 48_271) % 0x7fff_ffff;
		png[at] = noise & 0xff;
	}
	return png;
}

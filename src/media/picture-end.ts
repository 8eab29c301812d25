/** Tells if a picture that comes in pieces came to its end, by the lengths that the file itself states, or by a JPEG's last marker. */

import { JpegEnd } from "./jpeg-end.ts";

const HEADER_BYTES = 8;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const JPEG = [0xff, 0xd8, 0xff];
const IEND = [0x49, 0x45, 0x4e, 0x44];
/** Of a PNG's chunk, behind its data. */
const CHECKSUM_BYTES = 4;

/** A PNG is a row of chunks, of which IEND is the last; a WebP is one RIFF chunk; a JPEG ends with a marker. What stands behind them is nobody's business. */
export class PictureEnd {
	readonly #header = new Uint8Array(HEADER_BYTES);
	#filled = 0;
	/** Bytes of the chunk that are still to come. */
	#left = 0;
	#awaits: "beginning" | "chunk" | "end" | "nothing" = "beginning";
	#jpeg: JpegEnd | null = null;

	/** Takes the next bytes, in work that grows with them at most. */
	push(piece: Uint8Array): void {
		for (let at = 0; at < piece.length && this.#awaits !== "nothing"; ) {
			if (this.#jpeg !== null) {
				this.#jpeg.push(piece.subarray(at));
				return;
			}
			const want = this.#left > 0 ? this.#left : HEADER_BYTES - this.#filled;
			const step = Math.min(want, piece.length - at);
			if (this.#left > 0) this.#pass(step);
			else this.#read(piece.subarray(at, at + step));
			at += step;
		}
	}

	/** True if more bytes had to come, or the file's lengths are broken. */
	get isMissing(): boolean {
		return this.#jpeg === null ? this.#awaits !== "nothing" : !this.#jpeg.isOver;
	}

	#pass(bytes: number): void {
		this.#left -= bytes;
		if (this.#left === 0 && this.#awaits === "end") this.#awaits = "nothing";
	}

	#read(bytes: Uint8Array): void {
		this.#header.set(bytes, this.#filled);
		this.#filled += bytes.length;
		if (this.#filled < HEADER_BYTES) return;
		this.#filled = 0;
		const view = new DataView(this.#header.buffer);
		if (this.#awaits === "chunk") {
			this.#left = view.getUint32(0) + CHECKSUM_BYTES;
			if (this.#has(IEND, 4)) this.#awaits = "end";
		} else if (this.#has(PNG, 0)) this.#awaits = "chunk";
		else if (this.#has(RIFF, 0)) {
			this.#left = view.getUint32(4, true);
			this.#awaits = this.#left === 0 ? "nothing" : "end";
		} else if (this.#has(JPEG, 0)) {
			this.#jpeg = new JpegEnd();
			this.#jpeg.push(this.#header);
		} else this.#awaits = "nothing";
	}

	#has(bytes: readonly number[], from: number): boolean {
		return bytes.every((byte, at) => this.#header[from + at] === byte);
	}
}

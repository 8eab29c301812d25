/** Tells if a JPEG that comes in pieces came to its end: the marker EOI, as the file's own marks and lengths lead to it. */

const MARK = 0xff;
const EOI = 0xd9;
/** Below it nothing marks anything: 0 behind `MARK` is a byte of the picture. */
const FIRST_MARKER = 0xc0;
/** RST0 to RST7, and SOI: nothing stands behind them. */
const FIRST_ALONE = 0xd0;
const LAST_ALONE = 0xd8;
const LENGTH_BYTES = 2;
/** Behind so many bytes without a mark the next one is probably far, and the runtime finds it sooner. */
const FEW = 8;

/**
 * Passes over whole segments, so that the end of a small picture inside of EXIF is none, and over the picture's own bytes. It stops at the
 * first end: further pictures, as in a file of several, and any padding stand behind that.
 */
export class JpegEnd {
	#awaits: "mark" | "marker" | "length" | "low_length" | "nothing" = "mark";
	/** The first byte of a length. */
	#high = 0;
	/** Bytes of the segment that are still to come. */
	#left = 0;

	/** Takes the next bytes, in work that grows with them at most. */
	push(piece: Uint8Array): void {
		for (let at = 0; at < piece.length && !this.isOver; ) {
			if (this.#left > 0) {
				const step = Math.min(this.#left, piece.length - at);
				this.#left -= step;
				at += step;
			} else if (this.#awaits === "mark" || this.#awaits === "marker") at = this.#find(piece, at);
			else {
				this.#readLength(piece[at] ?? 0);
				at += 1;
			}
		}
	}

	get isOver(): boolean {
		return this.#awaits === "nothing";
	}

	/** Looks for the next marker that has something behind it. Returns the place behind it. */
	#find(piece: Uint8Array, from: number): number {
		let isMarked = this.#awaits === "marker";
		let plain = 0;
		for (let at = from; at < piece.length; at += 1) {
			if (plain === FEW) {
				at = piece.indexOf(MARK, at);
				plain = 0;
				if (at < 0) break;
			}
			const byte = piece[at] ?? 0;
			plain = byte === MARK || isMarked ? 0 : plain + 1;
			// It may stand several times before a marker.
			if (byte === MARK) isMarked = true;
			else if (isMarked && byte >= FIRST_MARKER && (byte < FIRST_ALONE || byte > LAST_ALONE)) {
				this.#awaits = byte === EOI ? "nothing" : "length";
				return at + 1;
			} else isMarked = false;
		}
		this.#awaits = isMarked ? "marker" : "mark";
		return piece.length;
	}

	#readLength(byte: number): void {
		if (this.#awaits === "length") {
			this.#high = byte;
			this.#awaits = "low_length";
		} else {
			this.#left = Math.max(0, this.#high * 256 + byte - LENGTH_BYTES);
			this.#awaits = "mark";
		}
	}
}

/** A mask as one bit a pixel: 8 MB for the largest one. */

import type { Size } from "./steps.ts";

export interface BitRows {
	/** Fills a row: 1 where it is painted, 0 elsewhere. */
	readonly read: (y: number, row: Uint8Array) => void;
}

/** A mask whose rows are written once, and read in any order. */
export class Bits implements BitRows {
	readonly #bytes: Uint8Array;
	readonly #width: number;
	readonly #stride: number;

	constructor({ width, height }: Size) {
		this.#width = width;
		this.#stride = Math.ceil(width / 8);
		this.#bytes = new Uint8Array(this.#stride * height);
	}

	/** @param isPainted asked for each pixel of the row */
	write(y: number, isPainted: (x: number) => boolean): void {
		for (let x = 0; x < this.#width; x += 1)
			if (isPainted(x)) {
				const at = y * this.#stride + (x >> 3);
				this.#bytes[at] = (this.#bytes[at] ?? 0) | (0x80 >> (x & 7));
			}
	}

	read(y: number, row: Uint8Array): void {
		for (let x = 0; x < this.#width; x += 1)
			row[x] = (this.#bytes[y * this.#stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7)) ? 1 : 0;
	}
}

/** Collects bytes of a text, up to a bound. */

const FIRST_CAPACITY_BYTES = 4 * 1024;

export class TextBuffer {
	/** Its first `length` bytes are the text. Another array after it has grown. */
	bytes = new Uint8Array(FIRST_CAPACITY_BYTES);
	length = 0;
	/** True once a byte did not fit: the text is then not whole. */
	isFull = false;
	readonly #maxBytes: number;

	constructor(maxBytes: number) {
		this.#maxBytes = maxBytes;
	}

	write(byte: number): void {
		if (this.length === this.bytes.length) this.grow();
		if (this.isFull) return;
		this.bytes[this.length] = byte;
		this.length += 1;
	}

	/** Writes as many of these bytes as fit. */
	append(bytes: Uint8Array): void {
		while (this.bytes.length < this.length + bytes.length && !this.isFull) this.grow();
		const fitting = bytes.subarray(0, this.bytes.length - this.length);
		this.bytes.set(fitting, this.length);
		this.length += fitting.length;
	}

	/** Doubles the room. At the bound the text is full instead. */
	grow(): void {
		if (this.bytes.length >= this.#maxBytes) {
			this.isFull = true;
			return;
		}
		const larger = new Uint8Array(Math.min(this.bytes.length * 2, this.#maxBytes));
		larger.set(this.bytes);
		this.bytes = larger;
	}
}

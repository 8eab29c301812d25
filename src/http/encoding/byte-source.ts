/** Reads a body's pieces as one row of bytes, and holds no more of them than a piece and what was asked for. */

const BYTE = 256;

export class ByteSource {
	/** Holds the bytes that have come; those from `at` on are not used yet. Another array after each wait. */
	bytes = new Uint8Array();
	at = 0;
	/** No more will come. */
	isEnded = false;
	readonly #pieces: AsyncIterator<Uint8Array>;

	constructor(pieces: AsyncIterator<Uint8Array>) {
		this.#pieces = pieces;
	}

	get left(): number {
		return this.bytes.length - this.at;
	}

	/** Waits until `count` bytes are left, or the body has ended. */
	async fill(count: number): Promise<void> {
		while (this.left < count && !this.isEnded) {
			// A piece is gone when the next one is asked for.
			const rest = this.bytes.slice(this.at);
			const { done, value } = await this.#pieces.next();
			this.isEnded = done === true;
			this.bytes = done === true ? rest : joined(rest, value);
			this.at = 0;
		}
	}

	/** Takes so many bytes as one number, whose lowest byte comes first. Null if the body ends before. */
	async takeNumber(bytes: number): Promise<number | null> {
		await this.fill(bytes);
		const taken = this.bytes.subarray(this.at, this.at + bytes);
		this.at += taken.length;
		return taken.length < bytes ? null : taken.reduceRight((number, byte) => number * BYTE + byte, 0);
	}

	/** Passes over so many bytes, or all. */
	async skip(count: number): Promise<void> {
		for (let rest = count; rest > 0; ) {
			await this.fill(1);
			if (this.left === 0) return;
			const step = Math.min(rest, this.left);
			this.at += step;
			rest -= step;
		}
	}

	/** Passes over a text and the zero that ends it, or over all. */
	async skipText(): Promise<void> {
		for (let end = -1; end < 0; ) {
			await this.fill(1);
			if (this.left === 0) return;
			end = this.bytes.indexOf(0, this.at);
			this.at = end < 0 ? this.bytes.length : end + 1;
		}
	}
}

function joined(rest: Uint8Array, piece: Uint8Array): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(rest.length + piece.length);
	bytes.set(rest);
	bytes.set(piece, rest.length);
	return bytes;
}

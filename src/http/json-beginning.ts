/** Reads the beginning of JSON that is too long, breaks off, or is made to be expensive. What is returned is bounded, and may be parsed. */

import { JsonScan } from "./json-scan.ts";
import { TextBuffer } from "./text-buffer.ts";

export interface JsonBeginning {
	/** If it is cut and was JSON so far, it is closed, and a value that was cut in the middle is left out. */
	readonly text: string;
	/** There was more than the bounds of bytes, values or levels allow. */
	readonly cut: boolean;
}

export interface BeginningOptions {
	readonly maxBytes: number;
	/** Keeps the beginning of a text that was cut in the middle: right for words, wrong for ids. */
	readonly keepText?: boolean;
}

/** Reads a body as far as the bounds allow, and cancels the rest of it. */
export async function readJsonBeginning(
	body: ReadableStream<Uint8Array> | null,
	options: BeginningOptions,
): Promise<JsonBeginning> {
	const beginning = new Beginning(options);
	for await (const chunk of body ?? []) {
		// Leaving the loop cancels the body.
		if (!beginning.push(chunk)) break;
	}
	return beginning.end();
}

/** As `readJsonBeginning`, for a text that is there. */
export function jsonBeginningOf(text: string, options: BeginningOptions): JsonBeginning {
	const beginning = new Beginning(options);
	return beginning.push(new TextEncoder().encode(text)) ? { text, cut: false } : beginning.end();
}

class Beginning {
	readonly #scan = new JsonScan({ keepsText: false });
	readonly #text: TextBuffer;
	readonly #maxBytes: number;
	readonly #keepText: boolean;
	#cut = false;

	constructor({ maxBytes, keepText = false }: BeginningOptions) {
		this.#text = new TextBuffer(maxBytes);
		this.#maxBytes = maxBytes;
		this.#keepText = keepText;
	}

	/** Returns false when a bound is passed. */
	push(chunk: Uint8Array): boolean {
		const fitting = chunk.subarray(0, this.#maxBytes - this.#text.length);
		this.#text.append(fitting);
		this.#cut = this.#scan.push(fitting) !== null || fitting.length < chunk.length;
		return !this.#cut;
	}

	end(): JsonBeginning {
		const { bytes, length } = this.#text;
		if (!this.#cut) return { text: decode(bytes.subarray(0, length)), cut: false };
		const { bytes: whole, textBytes, closers } = this.#scan.cut();
		if (this.#keepText && textBytes !== null)
			return { text: `${decode(bytes.subarray(0, textBytes))}"${closers}`, cut: true };
		// Of what is no JSON nothing may be whole, and its words count.
		if (whole === 0) return { text: decode(bytes.subarray(0, length)), cut: true };
		return { text: `${decode(bytes.subarray(0, whole))}${closers}`, cut: true };
	}
}

/** Leaves out what a cut left of a last character. */
function decode(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes, { stream: true });
}

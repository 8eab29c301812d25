/**
 * Reads a form with files (RFC 7578) as its bytes arrive, in work that grows with them alone. It holds one piece of the body, never a part:
 * the reader asks for a part's bytes as it can take them.
 */

import type { RequestError } from "../../errors.ts";
import { Refusal } from "../refusal.ts";
import { DelimiterSearch } from "./delimiter-search.ts";
import { type PartHead, readPartHead } from "./part-head.ts";

/** With the headers of files that are named by long paths. */
const MAX_HEAD_BYTES = 16 * 1024;
/** Clients spread all their options into the form, each a part. */
export const MAX_PARTS = 256;
/** The buffer's first size: a piece of a body, and what is left of the one before. */
const CAPACITY_BYTES = 80 * 1024;

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;

export class MultipartReader {
	readonly #pieces: AsyncIterator<Uint8Array, unknown>;
	/** Looks for what ends a part: a line break, two dashes and the boundary. */
	readonly #search: DelimiterSearch;
	readonly #delimiterBytes: number;
	#buffer = new Uint8Array(CAPACITY_BYTES);
	/** The bytes from here to `#end` are not used yet. */
	#at = 0;
	#end = 0;
	#isEnded = false;
	#parts = 0;
	/** True behind the delimiter: a head or the end of all comes. */
	#isBetweenParts = false;

	/** @param pieces A piece may be gone when the next one is asked for */
	constructor(pieces: AsyncIterator<Uint8Array, unknown>, boundary: string) {
		this.#pieces = pieces;
		const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
		this.#search = new DelimiterSearch(delimiter);
		this.#delimiterBytes = delimiter.length;
		// The first delimiter stands at the body's beginning, without a line before it.
		this.#buffer.set([CR, LF]);
		this.#end = 2;
	}

	/** Passes over what is left of a part, and reads the next one's head. Null behind the last. @throws Refusal for a broken form */
	async next(): Promise<PartHead | null> {
		while (!this.#isBetweenParts) await this.read();
		await this.#need(2);
		if (this.#buffer[this.#at] === DASH && this.#buffer[this.#at + 1] === DASH) return null;
		this.#parts += 1;
		if (this.#parts > MAX_PARTS) throw tooComplex("parts", MAX_PARTS);
		const text = await this.#readHead();
		const [blank = "", ...lines] = text.split("\r\n");
		const head = blank.trim() === "" ? readPartHead(lines.join("\r\n")) : null;
		if (head === null) throw broken("part");
		this.#isBetweenParts = false;
		return head;
	}

	/** Returns the next bytes of the part, which are gone at the next call; null at its end. @throws Refusal for a broken form */
	async read(): Promise<Uint8Array | null> {
		if (this.#isBetweenParts) return null;
		while (true) {
			const safe = this.#search.find(this.#buffer, this.#at, this.#end);
			if (safe > this.#at) {
				const bytes = this.#buffer.subarray(this.#at, safe);
				this.#at = safe;
				return bytes;
			}
			if (this.#at + this.#delimiterBytes <= this.#end) {
				this.#at += this.#delimiterBytes;
				this.#isBetweenParts = true;
				return null;
			}
			if (!(await this.#fill())) throw broken("cut");
		}
	}

	/** Reads from the delimiter's end to the blank line that ends the head. */
	async #readHead(): Promise<string> {
		for (let searched = 0; ; ) {
			for (let at = this.#at + searched; at + HEAD_END.length <= this.#end; at += 1) {
				if (HEAD_END.every((byte, index) => this.#buffer[at + index] === byte)) {
					if (at - this.#at > MAX_HEAD_BYTES) throw tooComplex("part_head", MAX_HEAD_BYTES);
					const text = new TextDecoder().decode(this.#buffer.subarray(this.#at, at));
					this.#at = at + HEAD_END.length;
					return text;
				}
			}
			searched = Math.max(0, this.#end - this.#at - HEAD_END.length + 1);
			if (searched > MAX_HEAD_BYTES) throw tooComplex("part_head", MAX_HEAD_BYTES);
			if (!(await this.#fill())) throw broken("cut");
		}
	}

	async #need(count: number): Promise<void> {
		while (this.#end - this.#at < count) if (!(await this.#fill())) throw broken("cut");
	}

	/** Appends the next piece. False at the body's end. */
	async #fill(): Promise<boolean> {
		if (this.#isEnded) return false;
		const { done, value } = await this.#pieces.next();
		this.#isEnded = done === true;
		if (done === true) return false;
		const left = this.#end - this.#at;
		if (left + value.length > this.#buffer.length) {
			const larger = new Uint8Array(left + value.length);
			larger.set(this.#buffer.subarray(this.#at, this.#end));
			this.#buffer = larger;
		} else this.#buffer.copyWithin(0, this.#at, this.#end);
		this.#buffer.set(value, left);
		this.#at = 0;
		this.#end = left + value.length;
		return true;
	}
}

const HEAD_END = [CR, LF, CR, LF];

type FormFault = Extract<RequestError, { kind: "invalid_form" }>["fault"];
type Bound = Extract<RequestError, { kind: "body_too_complex" }>["bound"];

function broken(fault: FormFault): Refusal {
	return new Refusal({ kind: "invalid_form", fault });
}

function tooComplex(bound: Bound, max: number): Refusal {
	return new Refusal({ kind: "body_too_complex", bound, max });
}

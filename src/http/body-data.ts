/** Keeps the long data of a body's strings as it was sent, while the body is read: what is left of the body refers to it by placeholders. */

import { runOfPlaceholder } from "../placeholder.ts";
import type { DataRun } from "./json-strings.ts";

/** A piece of the body, and where it stood. */
interface Kept {
	readonly from: number;
	readonly bytes: Uint8Array;
}

export class BodyData {
	#pieces: Kept[] = [];
	/** So many of the pieces are known to hold data. */
	#decided = 0;
	#read = 0;
	#runs: readonly DataRun[] = [];
	/** So many of the runs end before the first piece that is not decided. */
	#passed = 0;

	/**
	 * Takes a piece of the body, and lets go of those that hold no data. The bytes are copied.
	 * @param runs The data that is known so far @param pendingFrom From here on it is not known yet
	 */
	push(piece: Uint8Array, runs: readonly DataRun[], pendingFrom: number): void {
		this.#pieces.push({ from: this.#read, bytes: piece.slice() });
		this.#read += piece.length;
		// The pieces before the last one that was decided are decided, too: there are only few others.
		while (this.#decided < this.#pieces.length) {
			const kept = this.#pieces[this.#decided];
			if (kept === undefined || kept.from + kept.bytes.length > pendingFrom) break;
			while ((runs[this.#passed]?.to ?? Number.POSITIVE_INFINITY) <= kept.from) this.#passed += 1;
			const run = runs[this.#passed];
			if (run !== undefined && run.from < kept.from + kept.bytes.length) this.#decided += 1;
			else this.#pieces.splice(this.#decided, 1);
		}
		this.#runs = runs;
	}

	/**
	 * Returns the bytes that a placeholder stands for, as they stand in the string of JSON; null for another text, and for data that was let
	 * go.
	 */
	piecesOf(placeholder: string): readonly Uint8Array[] | null {
		const run = this.#runs[runOfPlaceholder(placeholder) ?? -1];
		if (run === undefined) return null;
		return this.#pieces.flatMap(({ from, bytes }) => {
			const part = bytes.subarray(Math.max(0, run.from - from), Math.max(0, run.to - from));
			return part.length > 0 ? [part] : [];
		});
	}

	get keptBytes(): number {
		return this.#pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
	}

	/** Lets all data go. */
	drop(): void {
		this.#pieces = [];
		this.#runs = [];
	}
}

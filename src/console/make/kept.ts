/** Reads the choices that an earlier visit kept, or the page before it was loaded again. */

import { type Choices, NO_CHOICES } from "./draft.ts";
import { MAX_RECENT } from "./models.ts";
import type { Wish } from "./wish.ts";

export interface Kept {
	/** The chosen model, and those that were chosen before, the newest first. */
	readonly recent: readonly string[];
	readonly choices: Omit<Choices, keyof KeptWords>;
}

/** What the tab alone keeps: a person's own words, and the edit that is being made. */
export type KeptWords = Pick<Choices, "negativePrompt" | "fal"> & Pick<Wish, "ofEdit">;

const { negativePrompt: _, fal: __, ...NO_OTHERS } = NO_CHOICES;
const NOTHING: Kept = { recent: [], choices: NO_OTHERS };

/** @param text what the browser kept, which anybody may have changed */
export function readKept(text: string | null): Kept {
	const kept = parse(text);
	if (!isObject(kept)) return NOTHING;
	const { recent, choices } = kept;
	const own = isObject(choices) ? choices : {};
	return {
		recent: Array.isArray(recent) ? recent.flatMap((id) => word(id) ?? []).slice(0, MAX_RECENT) : [],
		choices: {
			size: word(own.size),
			resolution: word(own.resolution),
			n: Math.max(1, whole(own.n) ?? 1),
			quality: word(own.quality),
			outputFormat: word(own.outputFormat),
			background: word(own.background),
			seed: whole(own.seed),
			inputFidelity: word(own.inputFidelity),
		},
	};
}

/** @param text what the tab kept */
export function readKeptWords(text: string | null): KeptWords {
	const kept = parse(text);
	const { negativePrompt, fal, ofEdit } = isObject(kept) ? kept : {};
	return {
		negativePrompt: word(negativePrompt),
		fal: word(fal),
		ofEdit: isObject(ofEdit) ? { size: word(ofEdit.size) } : null,
	};
}

function word(value: unknown): string | null {
	return typeof value === "string" && value !== "" ? value : null;
}

function whole(value: unknown): number | null {
	return Number.isSafeInteger(value) ? Number(value) : null;
}

function parse(text: string | null): unknown {
	if (text === null) return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null;
}

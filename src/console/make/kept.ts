/** Reads the choices that an earlier visit kept. */

import { type Choices, NO_CHOICES } from "./draft.ts";
import { MAX_RECENT } from "./models.ts";

export interface Kept {
	/** The chosen model, and those that were chosen before, the newest first. */
	readonly recent: readonly string[];
	readonly choices: Choices;
}

const NOTHING: Kept = { recent: [], choices: NO_CHOICES };

/** @param text what the browser kept, which anybody may have changed */
export function readKept(text: string | null): Kept {
	const kept = parse(text);
	if (!isObject(kept)) return NOTHING;
	const { recent, choices } = kept;
	const own = isObject(choices) ? choices : {};
	const word = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
	const whole = (value: unknown) => (Number.isSafeInteger(value) ? Number(value) : null);
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
		},
	};
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

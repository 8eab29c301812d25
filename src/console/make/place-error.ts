/** Finds the place in the composer for what the API says against the draft. */

import type { Failure } from "../api/failure.ts";
import { type Place, placeOfParam } from "./draft.ts";
import { words } from "./words.ts";

export interface PlacedError {
	/** Null: it belongs to no control. */
	readonly place: Place | null;
	readonly text: string;
}

/** Returns null if nothing was refused. */
export function placedError(failure: Failure | null): PlacedError | null {
	if (failure === null || failure.kind === "aborted") return null;
	return { place: failure.kind === "refused" ? placeOfParam(failure.param) : null, text: failureText(failure) };
}

/** The gateway speaks the language of the page. */
export function failureText(failure: Failure): string {
	return failure.kind === "refused" && failure.message !== "" ? failure.message : words().unreachable;
}

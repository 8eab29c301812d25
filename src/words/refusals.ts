/** Says why a request made no job, in the words of a language. */

import type { RequestError } from "../errors.ts";
import type { Language } from "../language.ts";
import { CHINESE_REFUSALS } from "./chinese-refusals.ts";
import { ENGLISH_REFUSALS } from "./english-refusals.ts";

type Kind = RequestError["kind"];

export type ErrorOf<K extends Kind> = { [P in K]: { readonly kind: P } & Extract<RequestError, { kind: P }> }[K];

/** A language's sentences. A new kind of error needs one in each. */
export type Refusals = { readonly [P in Kind]: (error: ErrorOf<P>) => string };

const REFUSALS: Readonly<Record<Language, Refusals>> = { en: ENGLISH_REFUSALS, zh: CHINESE_REFUSALS };

export function sayRefusal<K extends Kind>(error: ErrorOf<K>, language: Language): string {
	return REFUSALS[language][error.kind](error);
}

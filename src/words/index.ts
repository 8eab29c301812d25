/** Gives the words of a language. */

import type { Language } from "../language.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import type { Words } from "./words.ts";

export const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, zh: CHINESE };

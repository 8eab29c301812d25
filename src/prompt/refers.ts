/**
 * Tells a message that changes the last picture from one that asks for a picture of its own. A message is cut into clauses, and each is
 * held against patterns. The doubt goes to the new picture: that is the cheaper surprise.
 */

import { languageOf } from "../language.ts";
import { clip } from "../text.ts";
import {
	AFTER_CHINESE_NOW,
	AFTER_NOW,
	CHINESE_COMMENT,
	CHINESE_FILLER,
	CHINESE_REFERENCE,
	COMMENT,
	ENGLISH_FILLER,
	ENGLISH_REFERENCE,
	EXCEPTIONS,
	NEW_CHINESE_PICTURES,
	NEW_PICTURES,
	STRONG_CHINESE_EDITS,
	STRONG_EDITS,
	WEAK_CHINESE_EDITS,
	WEAK_EDITS,
} from "./refers-patterns.ts";
import { extractSize } from "./size-in-prose.ts";
import { toSimplified } from "./traditional.ts";
import { placesIn, withoutPlaces } from "./which-picture.ts";

/** A change is told early. In UTF-16 units. */
const MAX_READ_CHARS = 1_000;
const MAX_CLAUSES = 20;
/** Politeness at the end says nothing. */
const COURTESY = /(?: (?:please|pls|plz|thanks|thank you|for me|too|as well|now))$/;
/** Fillers are taken off a clause so many times, and each time at most two. */
const MAX_FILLERS = 6;

/** The lettering of a picture may say anything. */
const QUOTED =
	/"[^"\n]{0,300}"|“[^”\n]{0,300}”|「[^」\n]{0,300}」|『[^』\n]{0,300}』|‘[^’\n]{0,300}’|《[^》\n]{0,300}》/g;
const BREAKS =
	/[.,;:!?\n()，。；：！？、（）…—|]+| - | (?=but |then )| and (?=make |add |remove |change |draw |create |generate |put |give |turn |replace |let |use )/;
/** The mark of a ratio is no break: `same but 1:1` is one clause. */
const RATIO = /(?<=\d) ?: ?(?=\d)/g;
/** A clause that begins so goes on with what came before it. */
const CONTRAST = /^(?:but|only|just|with|like|as|in|so|because|但|但是|不过|只是|只|就像|像|而且)(?![a-z])/;

type Clause = "strong" | "weak" | "new" | "other" | "nothing";

interface Grammar {
	readonly filler: RegExp;
	readonly reference: RegExp;
	/** Remarks about the picture that hold no wish. */
	readonly comment: RegExp;
	readonly now: RegExp;
	readonly afterNow: RegExp;
	/** Edits that begin as a new picture does. */
	readonly exceptions: readonly RegExp[];
	readonly strong: readonly RegExp[];
	readonly weak: readonly RegExp[];
	readonly new: readonly RegExp[];
}

const GRAMMARS: Readonly<Record<"en" | "zh", Grammar>> = {
	en: {
		filler: ENGLISH_FILLER,
		reference: ENGLISH_REFERENCE,
		comment: COMMENT,
		now: /^now /,
		afterNow: AFTER_NOW,
		exceptions: EXCEPTIONS,
		strong: STRONG_EDITS,
		weak: WEAK_EDITS,
		new: NEW_PICTURES,
	},
	zh: {
		filler: CHINESE_FILLER,
		reference: CHINESE_REFERENCE,
		comment: CHINESE_COMMENT,
		now: /^现在/,
		afterNow: AFTER_CHINESE_NOW,
		exceptions: [],
		strong: STRONG_CHINESE_EDITS,
		weak: WEAK_CHINESE_EDITS,
		new: NEW_CHINESE_PICTURES,
	},
};

/** True if a person's message changes or varies the last picture of the conversation. */
export function refersToLast(message: string): boolean {
	const text = withoutPlaces(toPlain(clip(message, MAX_READ_CHARS)));
	if (text === "") return false;
	if (extractSize(text).prompt.trim() === "") return true;
	const grammar = GRAMMARS[languageOf(text) ?? "en"];
	const clauses = text
		.replace(RATIO, "x")
		.split(BREAKS, MAX_CLAUSES)
		.map((clause) => read(clause.trim(), grammar))
		.filter((clause) => clause !== "nothing");
	const [first] = clauses;
	if (clauses.includes("new") || first === undefined || first === "other") return false;
	return clauses.includes("strong") || !clauses.includes("other");
}

/** Returns the places of the pictures that a person's message names by their number, as `Array.at` takes them; empty for none. */
export function placesNamed(message: string): readonly number[] {
	return placesIn(toPlain(clip(message, MAX_READ_CHARS)));
}

/** Returns a text in lower case, half-width and simplified, without quotations. */
function toPlain(message: string): string {
	const plain = message.normalize("NFKC").replace(QUOTED, " x ").toLowerCase().replaceAll("’", "'");
	return toSimplified(plain)
		.replace(/[^\S\n]+/g, " ")
		.trim();
}

function read(clause: string, grammar: Grammar): Clause {
	const isNow = grammar.now.test(clause);
	const isContrast = CONTRAST.test(clause);
	let rest = clause.replace(COURTESY, "");
	// A filler may be the beginning of a word that matters, as in 只换衣服 and 可以: each rest is tried.
	for (let fillers = 0; fillers <= MAX_FILLERS; fillers += 1) {
		if (isNow && grammar.afterNow.test(rest)) return "strong";
		const found = match(rest, grammar);
		if (found !== null) return found;
		if (grammar.comment.test(rest)) return "nothing";
		const shorter = rest.replace(grammar.reference, "").replace(grammar.filler, "").trim();
		if (shorter === "") return "nothing";
		if (shorter === rest) break;
		rest = shorter;
	}
	return isContrast ? "nothing" : "other";
}

function match(clause: string, { exceptions, strong, weak, new: fresh }: Grammar): Clause | null {
	if (exceptions.some((pattern) => pattern.test(clause))) return "strong";
	if (fresh.some((pattern) => pattern.test(clause))) return "new";
	if (strong.some((pattern) => pattern.test(clause))) return "strong";
	return weak.some((pattern) => pattern.test(clause)) ? "weak" : null;
}

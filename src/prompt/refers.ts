/**
 * Tells a message that changes the last picture from one that asks for a picture of its own. A message is cut into clauses, and each is
 * held against patterns. The doubt goes to the new picture: that is the cheaper surprise.
 */

import { languageOf } from "../language.ts";
import { clip } from "../text.ts";
import { isGreeting } from "./probes.ts";
import {
	AFTER_NOW,
	COMMENT,
	ENGLISH_FILLER,
	ENGLISH_REFERENCE,
	ENOUGH,
	EXCEPTIONS,
	NEW_PICTURES,
	ORDERS,
	REMARK,
	STRONG_EDITS,
	WEAK_EDITS,
} from "./refers-patterns.ts";
import {
	AFTER_CHINESE_NOW,
	CHINESE_COMMENT,
	CHINESE_ENOUGH,
	CHINESE_EXCEPTIONS,
	CHINESE_FILLER,
	CHINESE_ORDERS,
	CHINESE_REFERENCE,
	CHINESE_REMARK,
	CHINESE_SUBJECT_LAST,
	NEW_CHINESE_PICTURES,
	STRONG_CHINESE_EDITS,
	WEAK_CHINESE_EDITS,
} from "./refers-patterns-chinese.ts";
import { extractSize } from "./size-in-prose.ts";
import { toSimplified } from "./traditional.ts";
import { placesIn, withoutPlaces } from "./which-picture.ts";

/** A change is told early. In UTF-16 units. */
const MAX_READ_CHARS = 1_000;
const MAX_CLAUSES = 20;
/** A longer message says more. In UTF-16 units. */
const MAX_REMARK_CHARS = 70;
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F/gu;
/** Faces, hands and hearts say how somebody feels, and not what to draw. */
const REACTION =
	"[\\u{1f600}-\\u{1f64f}\\u{1f910}-\\u{1f915}\\u{1f917}-\\u{1f92f}\\u{1f970}-\\u{1f97a}\\u{1f493}-\\u{1f49f}👌👍👎👏💔💪💯🔥✅✨🎉❤♥][\\u{1f3fb}-\\u{1f3ff}\\ufe0f]*";
const REACTIONS = new RegExp(REACTION, "gu");
const ONLY_REACTIONS = new RegExp(`^(?:${REACTION}\\s*)+$`, "u");
/** Politeness at the end says nothing. */
const COURTESY = /(?: (?:please|pls|plz|thanks|thank you|for me|to me|for now|too|as well|now))$/;
/** Fillers are taken off a clause so many times, and each time at most two. */
const MAX_FILLERS = 6;

/** The lettering of a picture may say anything. */
const QUOTED =
	/"[^"\n]{0,300}"|“[^”\n]{0,300}”|「[^」\n]{0,300}」|『[^』\n]{0,300}』|‘[^’\n]{0,300}’|《[^》\n]{0,300}》/g;
const BREAKS =
	/[.,;:!?\n()，。；：！？、（）…—|~]+| - | (?=but |then )| and (?=make |add |remove |change |draw |create |generate |put |give |turn |replace |let |use )/;
/** A message may lie in quotation marks as a whole, name whom it is for, or be a list. */
const AS_A_WHOLE = /^["“「]([^"“”「」\n]+)["”」]$/;
const ADDRESS = /^@[^\s,:]+/;
const LIST_MARKS = /^[-*•] /gm;
/** The mark of a ratio is no break: `same but 1:1` is one clause. */
const RATIO = /(?<=\d) ?: ?(?=\d)/g;
/** A clause that begins so goes on with what came before it. */
const CONTRAST = /^(?:but|only|just|with|like|as|in|so|because|但|但是|不过|只是|只|就像|像|而且)(?![a-z])/;

type Clause = "strong" | "order" | "weak" | "new" | "other" | "remark" | "enough" | "filler" | "aside";
const SAYING_NO_WISH: readonly Clause[] = ["remark", "filler", "aside"];

interface Grammar {
	readonly filler: RegExp;
	readonly reference: RegExp;
	/** Praise and blame. */
	readonly remark: RegExp;
	/** The wish for nothing more. */
	readonly enough: RegExp;
	/** Other words about the picture that hold no wish. */
	readonly comment: RegExp;
	readonly now: RegExp;
	readonly afterNow: RegExp;
	/** Edits that begin as a new picture does. */
	readonly exceptions: readonly RegExp[];
	readonly strong: readonly RegExp[];
	readonly orders: readonly RegExp[];
	readonly weak: readonly RegExp[];
	readonly new: readonly RegExp[];
}

const GRAMMARS: Readonly<Record<"en" | "zh", Grammar>> = {
	en: {
		filler: ENGLISH_FILLER,
		reference: ENGLISH_REFERENCE,
		remark: REMARK,
		enough: ENOUGH,
		comment: COMMENT,
		now: /^now /,
		afterNow: AFTER_NOW,
		exceptions: EXCEPTIONS,
		strong: STRONG_EDITS,
		orders: ORDERS,
		weak: WEAK_EDITS,
		new: NEW_PICTURES,
	},
	zh: {
		filler: CHINESE_FILLER,
		reference: CHINESE_REFERENCE,
		remark: CHINESE_REMARK,
		enough: CHINESE_ENOUGH,
		comment: CHINESE_COMMENT,
		now: /^现在/,
		afterNow: AFTER_CHINESE_NOW,
		exceptions: CHINESE_EXCEPTIONS,
		strong: STRONG_CHINESE_EDITS,
		orders: CHINESE_ORDERS,
		weak: WEAK_CHINESE_EDITS,
		new: NEW_CHINESE_PICTURES,
	},
};

/** True if a person's message changes or varies the last picture of the conversation. */
export function refersToLast(message: string): boolean {
	if (isRemark(message)) return false;
	const text = toText(message);
	return [...new Set([text, text.replace(REACTIONS, ",")])].some(isEdit);
}

function isEdit(text: string): boolean {
	if (text === "" || CHINESE_SUBJECT_LAST.test(text)) return false;
	if (extractSize(text).prompt.trim() === "") return true;
	const clauses = clausesOf(text).filter((clause) => !SAYING_NO_WISH.includes(clause));
	if (clauses.length === 0 || clauses.includes("new")) return false;
	if (clauses[0] === "order" && clauses.includes("strong")) return true;
	// A manner, a view or a shape begins a prompt as well: the first clause that is more than that decides.
	return clauses.find((clause) => clause === "strong" || clause === "other") !== "other";
}

/** True if a person's message only praises or blames what was made, or wants no more. */
export function isRemark(message: string): boolean {
	if (message.length > MAX_REMARK_CHARS) return false;
	if (ONLY_REACTIONS.test(message.trim())) return true;
	const text = withoutPlaces(toPlain(message.replace(EMOJI, "")));
	const clauses = clausesOf(text).filter((clause) => clause !== "filler");
	return clauses.length > 0 && clauses.every((clause) => clause === "remark" || clause === "enough");
}

/** True if a person's message asks for a picture of its own in so many words. */
export function asksForNew(message: string): boolean {
	return clausesOf(toText(message)).includes("new");
}

function toText(message: string): string {
	return withoutPlaces(toPlain(clip(message, MAX_READ_CHARS)));
}

/** Returns the places of the pictures that a person's message names by their number, as `Array.at` takes them; empty for none. */
export function placesNamed(message: string): readonly number[] {
	return placesIn(toPlain(clip(message, MAX_READ_CHARS)));
}

function clausesOf(text: string): readonly Clause[] {
	const grammar = GRAMMARS[languageOf(text) ?? "en"];
	return text
		.replace(RATIO, "x")
		.split(BREAKS, MAX_CLAUSES)
		.map((clause) => read(clause.trim(), grammar));
}

/** Returns a text in lower case, half-width and simplified, without quotations. */
function toPlain(message: string): string {
	const bare = message.normalize("NFKC").trim().replace(AS_A_WHOLE, "$1").replace(ADDRESS, "").replace(LIST_MARKS, "");
	const plain = bare.replace(QUOTED, " x ").toLowerCase().replaceAll("’", "'");
	return toSimplified(plain).replace(/[^\S\n]+/g, " ");
}

function read(clause: string, grammar: Grammar): Clause {
	const isNow = grammar.now.test(clause);
	const isContrast = CONTRAST.test(clause);
	let rest = clause.replace(COURTESY, "");
	// A filler may be the beginning of a word that matters, as in 只换衣服 and 可以: each rest is tried.
	for (let fillers = 0; fillers <= MAX_FILLERS; fillers += 1) {
		if (grammar.remark.test(rest)) return "remark";
		if (grammar.enough.test(rest)) return "enough";
		if (isNow && grammar.afterNow.test(rest)) return "strong";
		const found = match(rest, grammar);
		if (found !== null) return found;
		if (grammar.comment.test(rest)) return "aside";
		const shorter = rest.replace(grammar.reference, "").replace(grammar.filler, "").trim();
		if (shorter === "") return "filler";
		if (shorter === rest) break;
		rest = shorter;
	}
	if (isGreeting(clause)) return "filler";
	return isContrast ? "aside" : "other";
}

function match(clause: string, { exceptions, strong, orders, weak, new: fresh }: Grammar): Clause | null {
	if (exceptions.some((pattern) => pattern.test(clause))) return "strong";
	if (fresh.some((pattern) => pattern.test(clause))) return "new";
	if (strong.some((pattern) => pattern.test(clause))) return "strong";
	if (orders.some((pattern) => pattern.test(clause))) return "order";
	return weak.some((pattern) => pattern.test(clause)) ? "weak" : null;
}

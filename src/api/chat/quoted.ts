/** Writes foreign words into Markdown so that every renderer shows them as words: no markup, no link, no second line. */

import { echo } from "../../text.ts";

/** Of a prompt, an answer repeats so much. In code points. */
const MAX_QUOTED_CHARS = 1_000;
/** More is read than is quoted, since some letters are left out. In UTF-16 units. */
const MAX_READ_CHARS = 8 * MAX_QUOTED_CHARS;

/** A letter that shows nothing and keeps its neighbours together. Between the letters of an address it keeps renderers from linking it. */
const WORD_JOINER = "\u2060";

/** Line ends, blanks and controls: a run of them is one blank. */
const BLANKS = /[\p{Cc}\p{Z}]+/gu;
/** Letters without a width, and those that turn the direction of text. The one that joins emoji stays in emoji. */
const INVISIBLE =
	/(?!\u200d)[\p{Cf}\p{Cn}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0]|(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d/gu;

/**
 * Letters that begin markup inside a line. Where chat clients read a backslash before it as the beginning of a formula, the letter is
 * named instead.
 */
const MARKUP: ReadonlyMap<string, string> = new Map([
	["\\", "&#92;"],
	["[", "&#91;"],
	["]", "&#93;"],
	["<", "&lt;"],
	["&", "&amp;"],
	["*", "\\*"],
	["_", "\\_"],
	["`", "\\`"],
	["~", "\\~"],
	["$", "\\$"],
]);
const MARKUP_LETTERS = /[\\[\]<*_`~$]|&(?=[#a-z])/gi;

/** The places inside addresses that make them one: two slashes, `@`, and a dot before a name or behind `www`. */
const IN_ADDRESS = /(?<=\/)(?=\/)|(?<=[^ ])(?=@)|(?<=[\p{L}\p{N}_-])(?=\.\p{L})|(?<=www)(?=\.)/giu;

/** Returns the beginning of foreign words as one line of Markdown that shows them and nothing else. */
export function quoted(words: string): string {
	const line = words.slice(0, MAX_READ_CHARS).replace(INVISIBLE, "").replace(BLANKS, " ").trim();
	return echo(line, MAX_QUOTED_CHARS)
		.replace(IN_ADDRESS, WORD_JOINER)
		.replace(MARKUP_LETTERS, (letter) => MARKUP.get(letter) ?? letter);
}

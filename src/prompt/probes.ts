/** Tells messages that want an answer and no picture, by what all of them have in common: greetings, tests of a channel, tiny limits. */

import { listNothingToDraw } from "./greeting-words.ts";
import { toSimplified } from "./traditional.ts";

/** Tests of a channel ask for so few tokens. No answer with a picture has room in them. */
const PROBE_TOKENS = 16;
/** Titles and tests ask for so few tokens. So may a person, but hardly with so few words. */
const FEW_TOKENS = 50;
const FEW_WORDS = 4;

/** The longest greeting has less. */
const MAX_GREETING_CHARS = 70;

/** Letters, digits, emoji and flags say what to draw. */
const SOMETHING = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

/** False for a message without anything that can be drawn: nothing, `？`, `...`. */
export function saysSomething(said: string): boolean {
	return SOMETHING.test(said);
}

/** What bots of messengers are begun with. */
const COMMAND = /^\/(?:start|help)$/i;

/** True for a message that is made of nothing but greetings, tests, questions about the service, thanks and the like. */
export function isGreeting(said: string): boolean {
	if (said.length > MAX_GREETING_CHARS) return false;
	if (COMMAND.test(said.trim())) return true;
	const words = wordsOf(said);
	if (words === "") return false;
	return isCount(words) || isMadeOfPhrases(words.replace(TEST_NUMBERS, "").replace(SUM, "1+1"));
}

/** Parts letters from Chinese characters and from digits by a space: some people write one there, and some do not. */
const PARTS = /(?<=\p{Script=Han})(?=[a-z\d])|(?<=[a-z\d])(?=\p{Script=Han})|(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/gu;

/** `hiii`, `hellooo`. */
const STRETCHED = /\b(hi|hey|hello)(?<=(.))\2+\b/g;

function wordsOf(text: string): string {
	return (
		toSimplified(text.normalize("NFKC"))
			.toLowerCase()
			.replace(/['’]s\b/g, " is")
			.replace(/n['’]t\b/g, "nt")
			.replace(STRETCHED, "$1")
			// A hyphen makes another word of two: `yo-yo`.
			.replace(/(?<=\p{L})-(?=\p{L})/gu, "")
			.replace(/[^\p{L}\p{N}+]+/gu, " ")
			.replace(PARTS, " ")
			.trim()
	);
}

/** Made once an isolate, and only when the first short message comes. */
let known: ReadonlySet<string> | undefined;

function phrases(): ReadonlySet<string> {
	known ??= new Set(listNothingToDraw().map((phrase) => phrase.replace(PARTS, " ")));
	return known;
}

/** `test 1`, `测试 123`: the number of a test. */
const TEST_NUMBERS = /(?<=\btest|\btests|\btesting|测试)(?: \d{1,4})+(?!\S)/g;
const SUM = /\d{1,3} ?[+加] ?\d{1,3}/g;

/** `1`, `123`, `666`: what people type to see if anything comes back. */
function isCount(words: string): boolean {
	return "1234567890".startsWith(words) || /^(\d)\1*$/.test(words);
}

/** A phrase may end before a space, or before a character of a script that has none. */
const WORD_ENDS = /^(?:$|[ \p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;

function isMadeOfPhrases(words: string): boolean {
	/** The places that phrases reach from the beginning. */
	const reached = new Set([0]);
	// The loop visits what it adds, as well.
	for (const start of reached) {
		for (let end = start; end <= words.length; end += 1) {
			if (!phrases().has(words.slice(start, end)) || !WORD_ENDS.test(words.slice(end))) continue;
			reached.add(words.charAt(end) === " " ? end + 1 : end);
		}
	}
	return reached.has(words.length);
}

/** True if a request's limit of output tokens says that it wants a word or two. */
export function wantsAWord(said: string, maxTokens: number | undefined): boolean {
	if (maxTokens === undefined) return false;
	return maxTokens <= PROBE_TOKENS || (maxTokens <= FEW_TOKENS && isWithin(said, FEW_WORDS));
}

/** Two Chinese characters count as a word. */
const WORD = /\p{Script=Han}{1,2}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

function isWithin(said: string, words: number): boolean {
	let found = 0;
	for (const _ of said.matchAll(WORD)) {
		found += 1;
		if (found > words) return false;
	}
	return true;
}

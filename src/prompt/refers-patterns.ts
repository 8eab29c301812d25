/** The patterns that tell what an English clause asks of the last picture, joined from the lists of `refers-words.ts`. All expect lower case and one blank between words. */

import {
	ADD_VERBS,
	AS_IT_IS,
	BARE_VERBS,
	CHANGE_VERBS,
	CHANGES,
	COLOURS,
	COMPARATIVES,
	COMPLAINTS,
	CONTENT,
	DETERMINERS,
	EXCLAMATIONS,
	FAULTS,
	FILLERS,
	INDEFINITE,
	INTENSIFIERS,
	JUDGED_HOW,
	JUDGED_THINGS,
	LIMBS,
	MAKING_VERBS,
	MANNER_NOUNS,
	MANNERS,
	MEDIA,
	NEW_WORDS,
	ONCE_MORE,
	PART_VERBS,
	PARTS,
	PICTURE_NOUNS,
	PRAISE,
	PRONOUNS,
	REDOING_VERBS,
	REPROACHES,
	SUBJECTS,
	TEXT_VERBS,
	TEXTS,
	TURNING_AWAY,
	VERSIONS,
	WISHES,
	WISHES_BEFORE,
} from "./refers-words.ts";
import { anyOf } from "./size-patterns.ts";

/** Letters of any script, and digits. As ranges they are compiled in a third of the time that `\p{L}` takes, which each first message pays. */
const LETTERS = "a-z0-9\\u00c0-\\u1fff\\u3040-\\ud7ff";
/** A word has ended. */
const END = `(?![${LETTERS}'-])`;
const WORD = `[${LETTERS}'-]{1,30}`;

/** Matches the beginning of a clause. */
function begins(source: string): RegExp {
	return new RegExp(`^${source}`);
}

/** Matches words at the beginning of a clause, the last of them whole. */
function beginsWith(...words: readonly string[]): RegExp {
	return begins(`${words.join(" ")}${END}`);
}

function whole(source: string): RegExp {
	return begins(`(?:${source})$`);
}

/** `use this prompt`: a whole clause that only says that a wish follows. */
const ANNOUNCES = `(?:(?:use|try) (?:this|the following|my)(?: new| next)?(?: prompt| description| idea)?|set the scene|use (?:this|the following)(?: ${WORD})? as (?:the|a|your)(?: ${WORD})? prompt)$`;
/** Matches the fillers at the beginning of a clause, one at a time. */
export const ENGLISH_FILLER = begins(`(?:${ANNOUNCES}|${anyOf(FILLERS)}(?:${END} ?|$))`);
/** Matches words for the picture at the beginning of a clause, which goes on or ends behind them, or else a filler. */
export const ENGLISH_REFERENCE = begins(
	`(?:(?:(?:in|on|for|from|of|with|take|use|i like|i love|i choose|i pick) )?(?:this picture|the (?:last|latest|previous) (?:picture|image|photo|version|one))(?: (?=but )| |$)|${anyOf(FILLERS)}(?:${END} ?|$))`,
);

const COLOUR = `(?:(?:light|dark|bright|pale|deep) )?${anyOf(COLOURS)}`;

/** A thing that is in the picture already. */
const THERE = `${anyOf(PRONOUNS, DETERMINERS)}`;
const PRONOUN = anyOf(PRONOUNS);
const NUMBER = "\\d{1,3}";
const NOT_THERE = `(?:${anyOf(INDEFINITE)}|${NUMBER})`;

/** `give me another one`, `two more like this`. */
const MORE_OF_SAME = `(?:${anyOf(MAKING_VERBS)} )?(?:another(?: one)?|(?:some |a few |one |two |three |four |five |${NUMBER} )?more)(?: like (?:it|this|that|these))?$`;

/** Patterns of clauses that begin as those do that make a picture, and change the last one. */
export const EXCEPTIONS: readonly RegExp[] = [
	begins(
		`(?:how|what) about (?:(?:in|at|with|without|from)(?: ${WORD}){1,4}|(?:an? )?${COLOUR}(?: one)?(?: instead)?)$`,
	),
	begins(`(?:show|show me|let me see) (?:it|him|her|them|this) (?:from|in|with|at|on|as) ${WORD}`),
	begins(`write x (?:at|in|under|above|below) (?:the|his|her|its) ${WORD}`),
	begins(`(?:show|show me|give me|i want|i need|let me see) (?:more|less) of ${anyOf(DETERMINERS)} ${WORD}`),
	begins(
		`(?:draw|paint|write|sketch|put)(?: (?!with|of|in)${WORD}){1,5} (?:on|onto|over|around|behind|beside|under|above|to) (?:it|him|her|them|this|that|the ${WORD})$`,
	),
	begins(
		`(?:${anyOf(MAKING_VERBS)} )?(?:the |a |an |another |some |${NUMBER} |two |three |more )?(?:${WORD} ){0,3}${anyOf(VERSIONS)}(?: of (?:it|this|that|the ${WORD})| with ${WORD}.{0,60}| in ${WORD}.{0,60}| at ${WORD})?$`,
	),
];

const ANY_PART = `(?:${anyOf(PARTS)}|image|picture|photo)`;
const JUDGED = `(?:${anyOf(JUDGED_HOW)} ){0,2}`;
const SHOWN = `(?:${PRONOUN}|they|${anyOf(DETERMINERS)} ${anyOf(PICTURE_NOUNS)}s?)`;
/** `the first one is great`, `awesome work`, `I really like this one`: names the last picture, and judges it. */
const JUDGEMENT =
	`(?:(?:${SHOWN}(?:'s|'re| is| are| was| looks?| turned out) |looks? |sounds )?${JUDGED}${anyOf(PRAISE, COMPLAINTS)}(?: ${anyOf(JUDGED_THINGS)})?` +
	`|${anyOf(DETERMINERS)} ${anyOf(PARTS)} (?:is|are|looks?) ${JUDGED}${anyOf(PRAISE)}|(?:i (?:don't |do not )?)?${JUDGED}(?:love|like|prefer|choose|pick) ${SHOWN}(?: ${anyOf(PRAISE)}| best| most| more)?|(?:(?:it|this|that)(?:'s| is) )?not what i (?:wanted|asked for|meant))`;

/** `put a whale in a teacup`: neither is there yet. */
const INTO_SOMETHING_NEW = `(?:put|place) ${anyOf(INDEFINITE)} (?:${WORD} ){1,3}(?:in|into|inside|on|onto|under) an?(?: ${WORD}){1,3}$`;

/** Patterns of clauses that change the last picture, whatever else the message says. */
export const STRONG_EDITS: readonly RegExp[] = [
	beginsWith(`(?!${ANNOUNCES})${anyOf(CHANGE_VERBS)}`, THERE),
	begins(`(?:swap|replace|change|exchange)(?: ${WORD}){1,3} (?:for|with|to|into) ${WORD}`),
	begins(`(?!${INTO_SOMETHING_NEW})${anyOf(ADD_VERBS)} ${NOT_THERE}${END}`),
	beginsWith("(?:in|on|for|of|from) (?:the )?(?:last|previous|above|same|first|original)", anyOf(PICTURE_NOUNS)),
	beginsWith(anyOf(WISHES_BEFORE), THERE),
	beginsWith(`${THERE}(?: ${WORD}){0,4} ${anyOf(WISHES)}`),
	beginsWith(`${PRONOUN} (?:needs|should|must|has to)`),
	begins(`${THERE}(?: ${WORD}){0,4} looks?${END}(?! ${JUDGED}${anyOf(PRAISE)}$)`),
	beginsWith(`${anyOf(SUBJECTS)} (?:needs|should|looks? too)`),
	beginsWith(`(?:${anyOf(SUBJECTS)}|${ANY_PART}|${THERE}(?: ${WORD}){0,4})(?: is| are|'s|'re) ${anyOf(FAULTS)}`),
	begins(`${anyOf(DETERMINERS)}(?: ${WORD}){1,3} (?:is|are) ${JUDGED}${anyOf(COMPLAINTS)}$`),
	begins(`${ANY_PART} (?:(?:is|are) ${JUDGED}${anyOf(COMPLAINTS)}|looks? ${JUDGED}(?!${anyOf(PRAISE)}$)${WORD})`),
	beginsWith("(?:don't|do not)", anyOf(CHANGE_VERBS), THERE),
	beginsWith("what would", anyOf(SUBJECTS), "look"),
	begins(`${anyOf(REPROACHES)}(?! (?:to )?(?:${anyOf(MAKING_VERBS)}|say|thank|ask)${END}) ${WORD}`),
	begins(`(?:paint|color|colour) (?:the|his|her|their|its)(?: ${WORD}){1,4} ${anyOf(COLOURS)}$`),
	beginsWith(`(?:do|make|try|redo|run) (?:it|that|this|the same)(?: ${WORD}){0,3} again`),
	beginsWith(
		`(?:the )?same (?:${anyOf(PICTURE_NOUNS)}|style|composition|pose|character|person|background|thing|prompt|but)`,
	),
	beginsWith(anyOf(BARE_VERBS, PART_VERBS), anyOf(PARTS)),
	begins(`make ${anyOf(PARTS)} (?:(?:${anyOf(COMPARATIVES)}|look|look like)${END}|${WORD}$)`),
];

/** Patterns of clauses that change it if the message has such clauses only, or begins with one and holds a sure change. */
export const ORDERS: readonly RegExp[] = [beginsWith(anyOf(BARE_VERBS), `(?!(?:to|calm)${END})${WORD}`)];

/** Patterns of clauses that change it if nothing else stands before a sure change, or in the whole message. */
export const WEAK_EDITS: readonly RegExp[] = [
	begins(`(?:in|but|but in) ${COLOUR}$`),
	begins(`${COLOUR} one$`),
	whole("black and white|b&w|typos?"),
	begins(`close-?up of (?:his|her|its|their) ${WORD}$`),
	begins(`with(?:(?: ${WORD}){1,2}| ${anyOf(INDEFINITE, DETERMINERS)}(?: ${WORD}){1,3})$`),
	begins(
		`(?:and|also|plus) (?:${anyOf(INDEFINITE)})(?: ${WORD})?(?! (?:${anyOf(PICTURE_NOUNS)}|logo|poster|icon)$) ${WORD}$`,
	),
	begins(
		`(?:${anyOf(REDOING_VERBS)}(?: (?:it|this|that))? (?:with|in|as|without|but)|convert (?:in)?to)(?: ${WORD}){1,6}$`,
	),
	begins(`${anyOf(PARTS)} (?:${anyOf(COMPARATIVES)}|${COLOUR}|in ${COLOUR}|(?:in|at|on) the ${WORD})$`),
	begins(`(?:only|just) (?:one|two|three|four|five|${NUMBER}) ${WORD}$`),
	begins(`(?:${WORD} ){1,3}instead of(?: ${WORD}){1,3}$`),
	begins(
		`there(?: is| are|'s) (?:(?:no|too many|too much|only|an extra)(?: ${WORD}){1,2}(?: (?:on|in) ${THERE}(?: ${WORD}){0,2})?|(?:a typo|typos)(?: ${WORD}){0,3})$`,
	),
	beginsWith(`there should be ${NOT_THERE}`),
	begins(`where(?: is| are|'s) (?:the|his|her|its|their)(?: ${WORD}){1,2}$`),
	begins(
		`${THERE}(?: ${WORD}){0,3} (?:has|have|got) (?:only )?(?:${anyOf(INDEFINITE)}|no|too many|six|seven|${NUMBER}) ${anyOf(LIMBS)}$`,
	),
	begins(
		`(?!who|what|why|when|where|how|which|you|nobody|everybody)${WORD} (?:should|needs)(?: to| be)?(?: ${WORD}){1,3}$`,
	),
	begins(`looks? (?:too|weird|wrong|bad|fake|flat|ugly)${END}(?: ${WORD}){0,3}$`),
	whole(anyOf(ONCE_MORE)),
	begins(MORE_OF_SAME),
	begins(`(?:one|two|three|${NUMBER}) more (?!${anyOf(PICTURE_NOUNS)}s?$)${WORD}$`),
	begins(`(?:${anyOf(INTENSIFIERS)} ){0,2}${anyOf(COMPARATIVES)}(?! (?:than|is|or)${END})(?: ${WORD}){0,3}$`),
	begins(`${anyOf(COMPARATIVES)}(?: ${WORD}){1,3} (?:in|on|to|around|behind) (?:the|his|her|its|their) ${WORD}$`),
	begins(`(?:(?:way |far |much )?too|a bit too|a little too|not so|not that|not as|not too)(?: ${WORD}){1,3}$`),
	begins(`no (?:(?:more|extra|other) )?${WORD}$`),
	begins(`without (?:the |any |his |her |their )?${WORD}(?: ${WORD})?$`),
	begins(`${anyOf(MANNERS)}(?: ${WORD}){0,5}$`),
	begins(`(?:(?:with|on|against|in|use|from|at) )?(?:an? )?(?:${WORD} ){1,2}${anyOf(MANNER_NOUNS)}$`),
	begins(
		`(?:zoom (?:in|out)|rotate|scale up|scale down|enlarge|flip (?:horizontally|vertically)|mirror|crop to)(?: (?:a little|a bit|more|further|slightly|by|on the ${WORD}|to the ${WORD}|${NUMBER}%?|degrees|left|right|clockwise|square|horizontally|vertically)){0,4}$`,
	),
	begins(`(?:the )?same ${WORD}(?: ${WORD})?$`),
	begins(`(?:the )?same(?: ${WORD}){1,2} (?:in|on|at|with|as|from|under|wearing|holding)(?: ${WORD}){1,4}$`),
	begins(`(?:(?:in|from|with) )?(?:an? )?(?:different|another|other|new) ${anyOf(PARTS)}$`),
	begins(`upscale (?:to|by) ${WORD}$`),
	begins(`(?:show|show me|let me see) (?:the|his|her|its) (?:back|side|front|full body|whole body|face)$`),
];

/** Matches the rest of a clause behind `now`: how the picture should be. */
export const AFTER_NOW = begins(`(?:in|at|with|without|as|from|on|under|during|by)(?: ${WORD}){1,8}$`);

/** Matches what is said of the picture without a wish. */
export const REMARK = whole(
	`${JUDGEMENT}|${anyOf(EXCLAMATIONS)}|(?:i )?(?:love|like) how (?:it|this|that|they) (?:looks?|turned out|came out)` +
		`|why (?:is|are|does|do|did|has|have) (?:it|this|that|he|she|they|there)(?: ${WORD}){0,5}`,
);
/** Matches the wish for nothing more. */
export const ENOUGH = whole(
	`${anyOf(CONTENT)}|no (?:(?:more|further|other) )?${anyOf(CHANGES)}(?: (?:needed|necessary|required))?` +
		`|(?:don't|do not|no need to) (?:change|edit|touch) (?:anything(?: else)?|${PRONOUN})|(?:keep|leave) ${SHOWN}(?: ${anyOf(AS_IT_IS)})?`,
);
/** Matches what is said of something in it, or of something else: it is no picture of its own behind a wish. */
export const COMMENT = begins(
	`${anyOf(DETERMINERS)}(?: ${WORD}){1,3} (?:is|are|was|were|seems?|looks?)(?: ${WORD}){1,3}$`,
);

const A_TEXT = `(?:the following|this|my) (?:${WORD} ){0,2}${anyOf(TEXTS)}`;
const A_MEDIUM = `(?:(?!the |his |her |its )${WORD} ){0,4}${anyOf(MEDIA)}s?`;

/** Patterns of clauses that ask for a picture of their own. */
export const NEW_PICTURES: readonly RegExp[] = [
	beginsWith(
		`${anyOf(TEXT_VERBS)} ${A_TEXT} (?:to|into|as|on|onto|in|and (?:paint|draw|illustrate))`,
		`(?:it|${A_MEDIUM})`,
	),
	beginsWith("(?:draw|illustrate|visuali[sz]e|depict)", A_TEXT),
	begins(`(?!${MORE_OF_SAME})${anyOf(MAKING_VERBS)} (?:${anyOf(INDEFINITE)}|${NUMBER}|something|someone)${END}`),
	beginsWith(anyOf(TURNING_AWAY)),
	beginsWith(`(?:${WORD} )?(?:(?:an?|the|one|another|some) )?${anyOf(NEW_WORDS)} ${anyOf(PICTURE_NOUNS)}`),
	beginsWith(`(?:(?!the )${WORD} )?(?:(?:an?|one|another) )?second ${anyOf(PICTURE_NOUNS)}`),
	begins(`(?:make|do|create|generate|draw|paint|show me|give me) the second ${anyOf(PICTURE_NOUNS)}$`),
	beginsWith(`another ${anyOf(PICTURE_NOUNS.filter((noun) => noun !== "one"))}`),
	beginsWith(
		`(?:an?|the)(?: ${WORD}){0,3} (?:picture|image|photo|photograph|illustration|drawing|painting|portrait|logo|icon|poster) (?:of|showing|with|for)`,
	),
];

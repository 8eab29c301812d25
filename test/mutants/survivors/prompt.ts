/** Survivors of the room prompt. */
import { FOR_THE_TYPE, type Groups, SAVES_WORK } from "./reasons.ts";

export const PROMPT: Groups = {
	"src/prompt/title.ts": [[FOR_THE_TYPE, '"" → "Stryker was here!" ×2']],
	"src/prompt/lettering.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"'],
		[SAVES_WORK, "/[:=为是]$/ → /[:=为是]/"],
		["Behind an opening quote no place is the first.", "end >= 0 → end > 0"],
	],
	"src/prompt/traditional.ts": [
		["No value comes to it, or it only adds characters that stay as they are.", '"" → "Stryker was here!" ×2'],
	],
	"src/prompt/which-picture.ts": [["It only has to be no number of the lists.", '"" → "Stryker was here!" ×2']],
	"src/prompt/cut.ts": [
		["The text begins with it.", "/^\\r?\\n/ → /\\r?\\n/"],
		["Behind the end of a text stands no blank.", '" " → ""'],
	],
	"src/prompt/said.ts": [
		[
			"The first place is the beginning.",
			"/^(?=[\\s\\S]*\\nGenerate a title in less than 6 words for the conversation so far)/g → /(?=[\\s\\S]*\\nGenerate a title in less than 6 words for the conversation so far)/g",
		],
	],
	"src/prompt/wrappers.ts": [
		[
			"Other words stand before it.",
			"start >= QUERY_START.length → start > QUERY_START.length",
			"contextEnd < 0 → contextEnd <= 0",
		],
	],
	"src/prompt/probes.ts": [[FOR_THE_TYPE, "maxTokens === undefined → false"]],
	"src/prompt/refers.ts": [
		[
			"Of a message that is nothing but a size no word is left.",
			"extractSize(text).prompt.trim() → extractSize(text).prompt",
		],
		["Only the other words are asked for.", '"weak" → ""'],
	],
	"src/prompt/size-in-prose.ts": [
		[
			FOR_THE_TYPE,
			'"" → "Stryker was here!"',
			'size.kind === "ratio" → true ×3',
			"groups?.level → groups.level",
			"level === undefined → false",
		],
		[
			SAVES_WORK,
			"!/\\d|比/.test(text) → false",
			"findDirectives(text) .slice(-MAX_DIRECTIVES) → findDirectives(text)",
			"/\\d|比/ → /\\D|比/",
			"[...text.matchAll(RESOLUTION_DIRECTIVE)] .slice(-MAX_DIRECTIVES) → [...text.matchAll(RESOLUTION_DIRECTIVE)]",
		],
		[
			"Behind a clause that ends there nothing is left to cut.",
			"clause.end > taken → true",
			"clause.end > taken → clause.end >= taken",
		],
		["A text has no place, so nothing is cut.", '[] → ["Stryker was here"] ×5'],
		["No common ratio has that height.", "size.height >= 10 → size.height > 10"],
		["Of the rest only its beginning counts, and whether it is more than blanks.", "/^[ \\t]+/ → /[ \\t]+/"],
	],
	"src/prompt/hidden-requests.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', '"en" → ""'],
		["The text begins with other words.", "end < 0 → end <= 0"],
	],
	"src/prompt/size-clause.ts": [
		["No pattern reads so far.", "to >= text.length → true", "to >= text.length → to > text.length"],
		[
			FOR_THE_TYPE,
			"groups?.article?.toLowerCase → groups?.article.toLowerCase",
			"groups?.article → groups.article",
			"groups?.between → groups.between",
			"quote.groups?.name → quote.groups.name",
		],
	],
	"src/prompt/clients/other-clients.ts": [
		[
			"A word of the prompt may take the place of the article.",
			"/^You are (?:an? |the )?[^.\\n]{0,40}\\b(?:conversation|chat|thread|session)s?\\b[^.\\n]{0,30}\\b(?:titles?|titling|naming|su → /^You are (?:an |the )?[^.\\n]{0,40}\\b(?:conversation|chat|thread|session)s?\\b[^.\\n]{0,30}\\b(?:titles?|titling|naming|sum",
		],
	],
};

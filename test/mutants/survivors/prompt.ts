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
	"src/prompt/probes.ts": [[FOR_THE_TYPE, "maxTokens === undefined → false"]],
	"src/prompt/refers.ts": [
		[
			"Of a message that is nothing but a size no word is left.",
			"extractSize(text).prompt.trim() → extractSize(text).prompt",
		],
		["Only the other words are asked for.", '"weak" → ""'],
	],
	"src/prompt/both-sides.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!" ×2'],
		[SAVES_WORK, "!HAS_WIDTH.test(text) → false"],
	],
	"src/prompt/size-in-prose.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"'],
		[
			SAVES_WORK,
			"!/\\d|比/.test(text) → false",
			"[...findDirectives(text), ...findBothSides(text)] .slice(-MAX_SIZES) → [...findDirectives(text), ...findBothSides(text)]",
			"/\\d|比/ → /\\D|比/",
			"[...text.matchAll(RESOLUTION_DIRECTIVE)] .slice(-MAX_SIZES) → [...text.matchAll(RESOLUTION_DIRECTIVE)]",
		],
		["A text has no place, so nothing is cut.", '[] → ["Stryker was here"] ×3'],
	],
	"src/prompt/bare-sizes.ts": [
		["No common ratio has that height.", "size.height >= 10 → size.height > 10"],
		["Of the rest only its beginning counts, and whether it is more than blanks.", "/^[ \\t]+/ → /[ \\t]+/"],
	],
	"src/prompt/found-size.ts": [
		[FOR_THE_TYPE, "groups?.level → groups.level", "groups?.before → groups.before", "level === undefined → false"],
	],
	"src/prompt/hidden-requests.ts": [[FOR_THE_TYPE, '"" → "Stryker was here!"', '"en" → ""']],
	"src/prompt/json-answer.ts": [["It only has to be no name of a long field.", '"" → "Stryker was here!"']],
	"src/prompt/clients/other-clients.ts": [
		[
			"A prompt of any client begins so, too.",
			"/(?:^|\\n)Generate a title in less than 6 words for the (?:following message|conversation so far)/ → /(?:\\n)Generate a title in less than 6 words for the (?:following message|conversation so far)/",
		],
	],
	"src/prompt/size-clause.ts": [
		["No pattern reads so far.", "to >= text.length → true", "to >= text.length → to > text.length"],
		[
			FOR_THE_TYPE,
			"groups?.article → groups.article",
			"groups?.between → groups.between",
			"quote.groups?.name → quote.groups.name",
			"tag?.groups?.name → tag?.groups.name",
		],
	],
};

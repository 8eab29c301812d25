/** Survivors of the files that lie directly in `src`. */
import { FOR_THE_TYPE, type Groups, NO_WORDS, SAVES_WORK } from "./reasons.ts";

export const FLOOR: Groups = {
	"src/access-keys.ts": [
		[
			FOR_THE_TYPE,
			"account === undefined → false",
			"account === undefined || key === undefined → account === undefined && key === undefined",
			"key === undefined → false ×2",
			"account !== undefined && key !== undefined → true",
			"account !== undefined && key !== undefined → account !== undefined || key !== undefined",
			"account !== undefined → true",
			"key !== undefined → true",
			'[] → ["Stryker was here"] ×2',
			"name === undefined || key === undefined → name === undefined && key === undefined",
			"name === undefined → false",
		],
	],
	"src/errors.ts": [
		[FOR_THE_TYPE, 'error.kind === "limit_reached" → true'],
		["The tests of those who write and read it notice it.", '"fal." → ""'],
	],
	"src/fal-accounts.ts": [[FOR_THE_TYPE, '"" → "Stryker was here!"']],
	"src/json-value.ts": [["A function without a return returns the same.", "{ return undefined; } → {}"]],
	"src/key-id.ts": [
		[
			FOR_THE_TYPE,
			'[] → ["Stryker was here"]',
			"account === undefined || id === undefined → account === undefined && id === undefined",
			"account === undefined → false",
			"id === undefined → false",
		],
	],
	"src/language.ts": [["A text that does not begin with a language prefers none.", '"" → "Stryker was here!"']],
	"src/scrub.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!" ×2'],
		[NO_WORDS, '[] → ["Stryker was here"]'],
		[SAVES_WORK, "WIDE.test(said) → true"],
		[
			"A piece that is cut off at the end is shorter than those that it is compared with.",
			"at + chars → at - chars ×2",
		],
	],
	"src/text.ts": [[SAVES_WORK, "text.length <= maxChars → text.length < maxChars", "text.length <= maxChars → false"]],
};

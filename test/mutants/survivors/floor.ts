/** Survivors of the files that lie directly in `src`. */
import { FOR_THE_TYPE, type Groups, SAVES_WORK } from "./reasons.ts";

export const FLOOR: Groups = {
	"src/access-keys.ts": [
		[
			FOR_THE_TYPE,
			"account === undefined → false",
			"key === undefined → false",
			"account !== undefined && key !== undefined → true",
			"account !== undefined && key !== undefined → account !== undefined || key !== undefined",
			"account !== undefined → true",
			"key !== undefined → true",
			'[] → ["Stryker was here"]',
			"name === undefined || key === undefined → name === undefined && key === undefined",
			"name === undefined → false",
		],
	],
	"src/text.ts": [[SAVES_WORK, "text.length <= maxChars → text.length < maxChars", "text.length <= maxChars → false"]],
};

/** Survivors of the room account. */
import type { Groups } from "./reasons.ts";

export const ACCOUNT: Groups = {
	"src/account/canonical.ts": [["An object has no two fields of one name.", "a < b → a <= b"]],
	"src/account/limits.ts": [["A budget without a duration has no window in either way.", "duration === null → false"]],
	"src/account/tally.ts": [
		[
			"A row without a day or a time is counted nowhere, and nobody asks for a key that is none.",
			'[] → ["Stryker was here"]',
			"apiKey === null → false",
		],
	],
};

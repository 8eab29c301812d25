/** Survivors of the room account. */
import { FOR_THE_TYPE, type Groups } from "./reasons.ts";

export const ACCOUNT: Groups = {
	"src/account/canonical.ts": [["An object has no two fields of one name.", "a < b → a <= b"]],
	"src/account/key-form.ts": [
		[
			FOR_THE_TYPE,
			'[] → ["Stryker was here"]',
			"account === undefined || id === undefined || secret === undefined → (account === undefined || id === undefined) && secret === undefined",
			"account === undefined || id === undefined → account === undefined && id === undefined",
			"account === undefined || id === undefined → false",
			"account === undefined → false",
			"id === undefined → false",
			"secret === undefined → false",
		],
	],
	"src/account/key-record.ts": [
		[FOR_THE_TYPE, "key === null → false", '"revoked" → ""'],
		["Texts of other lengths have been told apart before.", "at < a.length → at <= a.length"],
	],
	"src/account/left.ts": [["A budget without a duration has no window in either way.", "duration === null → false"]],
	"src/account/list-text.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"'],
		["That character has no case, either.", 'letter < "\\u0080" → letter <= "\\u0080"'],
	],
	"src/account/limits.ts": [["A budget without a duration has no window in either way.", "duration === null → false"]],
	"src/account/tally.ts": [
		[
			"A row without a day or a time is counted nowhere, and nobody asks for a key that is none.",
			'[] → ["Stryker was here"] ×2',
			"apiKey === null → false",
		],
	],
};

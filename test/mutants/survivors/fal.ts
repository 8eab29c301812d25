/** Survivors of the room fal. */
import { FOR_THE_TYPE, type Groups, NO_WORDS, SAVES_WORK } from "./reasons.ts";

export const FAL: Groups = {
	"src/fal/failure.ts": [
		[FOR_THE_TYPE, "status !== null → true", "own !== undefined → true", '"" → "Stryker was here!" ×2'],
		[NO_WORDS, '[] → ["Stryker was here"] ×2'],
		[SAVES_WORK, "text.slice(0, MAX_READ_CHARS) → text"],
	],
	"src/fal/json.ts": [
		[SAVES_WORK, "value === undefined → true", "/^\\s*[[{]/ → /\\s*[[{]/"],
		["A text that is read begins with a bracket.", "quote < 0 → quote <= 0", "quote >= 0 → quote > 0"],
	],
	"src/fal/or-null.ts": [["Its readers take both for none.", "() => null → () => undefined"]],
	"src/fal/result.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', "words === null → false"],
		[NO_WORDS, '[] → ["Stryker was here"] ×2'],
	],
	"src/fal/outputs.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', 'typeof content_type === "string" → true'],
		["A flag counts only if it is true, and a text that is no object has no field.", '[] → ["Stryker was here"] ×4'],
		["A field that is not there holds no picture.", "!Object.hasOwn(body, name) → false"],
		[
			"The list before it is bounded, or the one behind it.",
			"outputs.slice(0, MAX_OUTPUTS) → outputs",
			"outputs.length >= MAX_OUTPUTS → outputs.length > MAX_OUTPUTS",
			"Object.entries(entry) .slice(0, MAX_ENTRIES) → Object.entries(entry)",
			"value.slice(0, MAX_ENTRIES) → value ×2",
		],
		["JSON has no circles, so that only its depth ends it.", "depth + 1 → depth - 1 ×4"],
		[SAVES_WORK, 'once.startsWith("data:") → once.endsWith("data:")'],
		[
			"Bytes hold no colon, so that an address stands at their start or nowhere.",
			"/^data:[^,]{0,128},(?=data:)/i → /data:[^,]{0,128},(?=data:)/i",
		],
		[
			SAVES_WORK,
			"level.length > 0 → true",
			"level.length > 0 → level.length >= 0",
			"MAX_VISITED - next.length → MAX_VISITED + next.length",
			"Object.entries(value).slice(0, room) → Object.entries(value)",
		],
	],
	"src/fal/request-list.ts": [
		["No prompt is like any.", "prompt === null → false"],
		[
			SAVES_WORK,
			"/[^\\p{L}\\p{N}]+/gu → /[^\\p{L}\\p{N}]/gu",
			"common < least → true",
			"common < least → common <= least",
		],
		["Neither is a time.", '"" → "Stryker was here!"'],
		[
			"Both texts are in one case, whichever.",
			'text .normalize("NFKD") .toLowerCase() → text.normalize("NFKD").toUpperCase()',
		],
		["Without a clock nothing is later, so the answer is as doubtful.", "offset === null → false"],
		["Only the two other words are asked for.", '"another" → "" ×2'],
	],
	"src/fal/retry-after.ts": [[FOR_THE_TYPE, '"" → "Stryker was here!"']],
	"src/fal/wire.ts": [
		[NO_WORDS, '"" → "Stryker was here!" ×3'],
		[FOR_THE_TYPE, "!accepted.success → false"],
		[NO_WORDS, '[] → ["Stryker was here"] ×3'],
		["No answer has a lower status.", "status >= 200 → true"],
	],
};

/** Survivors of the room fal. */
import { FOR_THE_TYPE, type Groups, NO_WORDS, SAVES_WORK } from "./reasons.ts";

export const FAL: Groups = {
	"src/fal/failure.ts": [
		[
			FOR_THE_TYPE,
			"status !== null → true",
			"own !== undefined → true",
			"name === undefined → false",
			'"" → "Stryker was here!" ×2',
		],
		[NO_WORDS, '[] → ["Stryker was here"]'],
		[SAVES_WORK, "text.slice(0, MAX_READ_CHARS) → text"],
		[
			"A status that stands alone is matched by the part behind it, too.",
			"/^(?:(?:http )?(?:error )?(?:invalid status code:? ?)?\\d{0,3}[ :-]{0,3})?(?:bad request|unauthori[sz]ed|payment required → /^(?:(?:http )?(?:error )?(?:invalid status code:? ?)?\\d{0,3}[ :-]{0,3})(?:bad request|unauthori[sz]ed|payment required|",
		],
	],
	"src/fal/json.ts": [["A function without a return returns the same.", "{ return undefined; } → {}"]],
	"src/fal/or-null.ts": [["Its readers take both for none.", "() => null → () => undefined"]],
	"src/fal/result.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', "words === null → false"],
		[NO_WORDS, '[] → ["Stryker was here"]'],
	],
	"src/fal/outputs.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', 'typeof content_type === "string" → true'],
		[
			"A flag counts only if it is true, and a text that is no object has no field.",
			'[] → ["Stryker was here"] ×3',
			"false → true",
		],
		["A field that is not there holds no picture.", "!Object.hasOwn(body, name) → false"],
		[
			"The list before it is bounded, or the one behind it.",
			"outputs.slice(0, MAX_OUTPUTS) → outputs",
			"outputs.length >= MAX_OUTPUTS → outputs.length > MAX_OUTPUTS",
			"Object.keys(entry).slice(0, MAX_ENTRIES) → Object.keys(entry)",
			"value.slice(0, MAX_ENTRIES) → value",
		],
		["JSON has no circles, so that only its depth ends it.", "depth + 1 → depth - 1 ×3"],
		["Nothing is read of no places.", "places.length > 0 → true", "places.length > 0 → places.length >= 0"],
		[SAVES_WORK, 'trimmed.startsWith("data:") → trimmed.endsWith("data:")'],
		[
			SAVES_WORK,
			"level.length > 0 → true",
			"level.length > 0 → level.length >= 0",
			"MAX_VISITED - next.length → MAX_VISITED + next.length",
			"Object.entries(value).slice(0, room) → Object.entries(value)",
		],
	],
	"src/fal/request-list.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"'],
		["Without a clock nothing is later, so the answer is as doubtful.", "offset === null → false"],
		["Only the two other words are asked for.", '"another" → "" ×2'],
	],
	"src/fal/retry-after.ts": [[FOR_THE_TYPE, '"" → "Stryker was here!"']],
	"src/fal/wire.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', "!accepted.success → false"],
		[NO_WORDS, '[] → ["Stryker was here"] ×3'],
		["No answer has a lower status.", "status >= 200 → true"],
	],
};

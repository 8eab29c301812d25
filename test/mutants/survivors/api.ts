/** Survivors of `src/api`. */
import { FOR_THE_TYPE, type Groups, NO_WORDS, SAVES_WORK } from "./reasons.ts";

/** A pattern that does not match has no groups. */
const NO_GROUPS = "The first place is not read, and the others are empty in both.";
/** `openapi.json` shows it, and `src/reference/openapi.test.ts` looks at that. */
const IN_THE_REFERENCE = "Only the reference shows it.";
const NO_PICTURE = "What is no picture is passed over.";

export const API: Groups = {
	"src/api/answer/frames.ts": [
		[SAVES_WORK, "value instanceof PictureBytes || Object.values(value).some(holdsPicture) → true"],
	],
	"src/api/answer/summary.ts": [[NO_PICTURE, '[] → ["Stryker was here"]']],
	"src/api/chat/body.ts": [["Nothing is not at least 0.", "seed !== undefined → true"]],
	"src/api/chat/first-progress.ts": [
		[NO_WORDS, '[] → ["Stryker was here"]'],
		["No line is the end of any window.", "start < before.length → start <= before.length"],
	],
	"src/api/chat/percent.ts": [[NO_GROUPS, '[] → ["Stryker was here"]']],
	"src/api/chat/progress.ts": [["Nothing is not above a number.", "percent !== null → true"]],
	"src/api/chat/render.ts": [
		[
			FOR_THE_TYPE,
			'{ code: "upstream_failed", message: "The job failed." } → {}',
			'"upstream_failed" → ""',
			'"The job failed." → ""',
		],
		["The pictures of an answer count, and then its words do not.", '"" → "Stryker was here!"'],
	],
	"src/api/images/body.ts": [[NO_GROUPS, '[] → ["Stryker was here"]']],
	"src/api/images/render.ts": [[FOR_THE_TYPE, '[] → ["Stryker was here"]']],
	"src/api/jobs/events.ts": [
		[
			"Nothing more is said of these: nothing is spread as an empty object is.",
			'"cancelled" → ""',
			'"deleting" → ""',
			'"client_left" → ""',
			'"delivered" → ""',
			'case "delivered": return {}; → case "delivered":',
		],
	],
	"src/api/jobs/render.ts": [["A link has none of these fields.", 'source.kind === "stored" → true']],
	"src/api/request/fields.ts": [
		[
			IN_THE_REFERENCE,
			'{ override: { type: "integer", minimum: min, maximum: max } } → {}',
			'{ type: "integer", minimum: min, maximum: max } → {}',
			'{ override: { type: "integer" }, description: "A limit that leaves room for a word or two marks a client\'s test, which i → {}',
			'{ type: "integer" } → {}',
			'"integer" → ""',
			'"A limit that leaves room for a word or two marks a client\'s test, which is answered with text." → ""',
			'{ override: { type: "object", additionalProperties: {} } } → {}',
			'{ type: "object", additionalProperties: {} } → {}',
			'"object" → ""',
		],
	],
	"src/api/request/no-picture.ts": [
		["No words have no language.", '"" → "Stryker was here!"'],
		[SAVES_WORK, "depth + 1 → depth - 1"],
	],
	"src/api/request/parts.ts": [
		[
			IN_THE_REFERENCE,
			'{ override: { type: "string" }, description: "The words of a part of text." } → {}',
			'{ type: "string" } → {}',
			'"string" → ""',
			'"The words of a part of text." → ""',
		],
	],
	"src/api/request/picture-fields.ts": [
		[
			IN_THE_REFERENCE,
			'{ override: { type: "integer", minimum: NO_SEED, maximum: MAX_SEED } } → {}',
			'{ type: "integer", minimum: NO_SEED, maximum: MAX_SEED } → {}',
			'"integer" → ""',
		],
	],
	"src/api/request/other-names.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', "first !== undefined → true"],
		[FOR_THE_TYPE, "RESOLUTION.exec(text.trim())?.[1]?.toLowerCase → RESOLUTION.exec(text.trim())?.[1].toLowerCase"],
		["A field without a meaning is looked for by nobody.", "meaning !== undefined → true", '[] → ["Stryker was here"]'],
		["Whatever has no sides makes a text that is no size.", "!isJsonObject(value) → false"],
		[
			"A side that is no number makes a text that is no size.",
			"width === null || height === null → false",
			"width === null || height === null → width === null && height === null",
			"width === null → false",
			"height === null → false",
		],
		["Only a number is an integer.", 'typeof number === "number" → true', 'typeof value !== "number" → false'],
	],
	"src/api/responses/body.ts": [
		["There is no tool at any place of none.", "-1 → +1"],
		["Neither is a model that talks.", '"" → "Stryker was here!"'],
	],
	"src/api/responses/render.ts": [
		["An item opens before the end.", '"generating" → ""'],
		[
			"fal did not make a missing picture, so it is none of those that came or were lost.",
			'event.missing .filter((index) => state.outputs[index] === "unmade") → event.missing',
			'state.outputs[index] === "unmade" → true',
		],
		[FOR_THE_TYPE, "response.error?.message → response.error.message"],
	],
	"src/api/responses/response.ts": [
		["A slot without missing pictures has opened all items before.", "event.missing.length === 0 → false"],
		["fal's result has opened the item before.", "event.index + 1 → event.index - 1"],
		[
			"fal did not make a missing picture, so it is none of those that came or were lost.",
			'outputs[index] === "generating" → true',
		],
		[SAVES_WORK, "outputs.length >= length → outputs.length > length"],
		["The rest of an id has no such text.", "/^resp_/ → /resp_/"],
		[
			"Both sides of a picture are known, or none.",
			"width === null || height === null → width === null && height === null",
			"width === null → false",
			"height === null → false",
		],
	],
};

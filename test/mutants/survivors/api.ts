/** Survivors of `src/api`. */
import { FOR_THE_TYPE, type Groups, NO_WORDS, SAVES_WORK } from "./reasons.ts";

/** A pattern that does not match has no groups. */
const NO_GROUPS = "The first place is not read, and the others are empty in both.";
/** `openapi.json` shows it, and `src/reference/openapi.test.ts` looks at that. */
const IN_THE_REFERENCE = "Only the reference shows it.";
/** Nobody calls a renderer with the rest of a log. */
const BEGINS = "A log begins with its acceptance.";
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
	"src/api/chat/progress.ts": [["Nothing is not above a number.", "percent !== null → true"]],
	"src/api/chat/render.ts": [
		[
			FOR_THE_TYPE,
			'{ code: "upstream_failed", message: "The job failed." } → {}',
			'"upstream_failed" → ""',
			'"The job failed." → ""',
		],
		["The pictures of an answer count, and then its words do not.", '"" → "Stryker was here!" ×2'],
	],
	"src/api/images/body.ts": [[NO_GROUPS, '[] → ["Stryker was here"]']],
	"src/api/images/render.ts": [
		[FOR_THE_TYPE, '[] → ["Stryker was here"]'],
		[BEGINS, "summary === null → false"],
	],
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
	"src/api/images/task.ts": [[FOR_THE_TYPE, "log.find(isTerminal)?.at → log.find(isTerminal).at"]],
	"src/api/jobs/render.ts": [
		["A link has none of these fields.", 'source.kind === "stored" → true'],
		[FOR_THE_TYPE, "traits === undefined → false"],
	],
	"src/api/keys/body.ts": [
		[
			IN_THE_REFERENCE,
			'{ override: { type: "number", minimum: 0, maximum: MAX_USD } } → {}',
			'{ type: "number", minimum: 0, maximum: MAX_USD } → {}',
			'"number" → ""',
		],
		["Neither is the length of a unit.", '"" → "Stryker was here!"'],
		[NO_GROUPS, '[] → ["Stryker was here"]'],
	],
	"src/api/metrics/render.ts": [
		[
			"Only the header of the answer has it, which `test/e2e/metrics.test.ts` looks at.",
			'"text/plain; version=0.0.4; charset=utf-8" → ""',
		],
	],
	"src/api/request/linked-pictures.ts": [
		[
			FOR_THE_TYPE,
			'"" → "Stryker was here!" ×4',
			"matchAt(REST, text, found.index)?.[0] → matchAt(REST, text, found.index)[0]",
			"links[at]?.address → links[at].address",
			"wrap === undefined → false",
		],
		[
			"An address has more than one character.",
			"/\\]\\([^()\\s]{1,1500}(?:\\s[^)\\n]{0,200})?\\)/y → /\\]\\([^()\\s]{1,1500}(?:\\S[^)\\n]{0,200})?\\)/y",
		],
		[SAVES_WORK, "before.slice(-NEAR_CHARS) → before"],
	],
	"src/api/request/no-picture.ts": [
		[
			"Two conditions hold the one count of looks.",
			"left.looks < 0 → false",
			"left.looks < 0 → left.looks <= 0",
			"left.looks > 0 → left.looks >= 0",
		],
	],
	"src/api/request/body-fields.ts": [
		[
			FOR_THE_TYPE,
			"value === undefined → false",
			"tool !== undefined && isJsonObject(tool) → tool !== undefined || isJsonObject(tool)",
			"tool !== undefined → true",
		],
	],
	"src/api/request/model-name.ts": [
		["A text is no field, so it names no model.", '[] → ["Stryker was here"]'],
		["Without a tool nothing draws by its model.", "image !== null → true"],
	],
	"src/api/request/brought-along.ts": [
		[
			FOR_THE_TYPE,
			'source.kind === "link" → true',
			"previous === undefined → false",
			"attachments !== undefined → true",
		],
		["Neither is a picture's text, or a word that tells something.", '"" → "Stryker was here!"'],
		["What is found at any depth has a role of its own.", '"image" → "" ×2'],
		["What is no text has none that names a picture.", 'typeof type === "string" → true'],
	],
	"src/api/request/conversation-items.ts": [["Nobody asks for what stands before the last message.", '"before" → ""']],
	"src/api/request/earlier-pictures.ts": [
		[FOR_THE_TYPE, "content === undefined → false", "result === undefined → false"],
		[
			SAVES_WORK,
			"made.length >= MAX_EARLIER_PICTURES → false",
			"made.length >= MAX_EARLIER_PICTURES → made.length > MAX_EARLIER_PICTURES",
		],
		[NO_PICTURE, '[] → ["Stryker was here"] ×6'],
		[FOR_THE_TYPE, "answers.at(-1)?.push → answers.at(-1).push"],
		["What is no text has none that is an id.", 'typeof id === "string" → true'],
		["Nobody reads the place of bytes in an item.", '"result" → ""'],
	],
	"src/api/request/image-request.ts": [
		["What is left of such a text is no format, either.", "/^image\\// → /image\\//"],
		["A field that is undefined is none.", "fields.negativePrompt !== undefined → true"],
		[FOR_THE_TYPE, 'fault.is === "too_long" → true'],
		["A model itself was found before.", "drawer.id !== model.id → true"],
		["No field names a resolution that is not there.", "resolution === undefined → false"],
		[
			"Only the roles of pictures count before they are stored.",
			'{ kind: "link", url: "" } → {}',
			'"link" → ""',
			'"" → "Stryker was here!"',
		],
	],
	"src/api/request/issues.ts": [
		[FOR_THE_TYPE, "inner !== undefined → true"],
		[
			"The path of an issue leads through objects.",
			'typeof inner === "object" && inner !== null → true',
			'typeof inner === "object" && inner !== null → typeof inner === "object" || inner !== null',
			'typeof inner === "object" → true',
			"inner !== null → true",
		],
		["Other issues expect no type.", 'issue.code === "invalid_type" → true'],
		["Validation stops at the first issue of a branch.", "branch.slice(0, 1) → branch"],
		["No body has a schema of zod's own whole numbers.", '["int", "integer"] → []', '"int" → ""', '"integer" → ""'],
	],
	"src/api/request/picture-names.ts": [["No word for a proof is the last one, too.", '"ending" → "" ×2']],
	"src/api/request/picture-source.ts": [
		[NO_GROUPS, '[] → ["Stryker was here"]'],
		[SAVES_WORK, "/^[[{]/ → /[[{]/", 'typeof value !== "object" → false'],
		[
			"It only saves work: nobody begins an address as in `hTTPS:`.",
			'typeof value === "string" ? !MAYBE.test(value) && !holdsPlaceholder(value) : typeof value !== "object" → false',
			"!MAYBE.test(value) && !holdsPlaceholder(value) → false",
			"/^\\s*(?:https?:|data:|[[{/A-Zi])/ → /\\s*(?:https?:|data:|[[{/A-Zi])/",
		],
		["Neither is a name that says something.", '"" → "Stryker was here!"'],
		[FOR_THE_TYPE, 'source.kind === "file" → false', '"file" → ""'],
	],
	"src/api/request/fields.ts": [
		[
			IN_THE_REFERENCE,
			'{ override: { type: "integer", minimum: min, maximum: max } } → {} ×2',
			'{ type: "integer", minimum: min, maximum: max } → {} ×2',
			'{ override: { type: "integer" }, description: "A limit that leaves room for a word or two marks a client\'s test, which i → {}',
			'{ type: "integer" } → {}',
			'"integer" → "" ×3',
			'"A limit that leaves room for a word or two marks a client\'s test, which is answered with text." → ""',
			'{ override: { type: "object", additionalProperties: {} } } → {}',
			'{ type: "object", additionalProperties: {} } → {}',
			'"object" → ""',
		],
	],
	"src/api/request/option-names.ts": [["Neither is the name of an object of options.", '"" → "Stryker was here!"']],
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
		[FOR_THE_TYPE, '"" → "Stryker was here!"', "first !== undefined → true ×2"],
		[FOR_THE_TYPE, "RESOLUTION.exec(text.trim())?.[1]?.toLowerCase → RESOLUTION.exec(text.trim())?.[1].toLowerCase"],
		["A field without a meaning is looked for by nobody.", "meaning !== null → true", '[] → ["Stryker was here"]'],
		["Whatever has no sides makes a text that is no size.", "!isJsonObject(value) → false"],
		[
			"A side that is no number makes a text that is no size.",
			"width === null || height === null → false",
			"width === null || height === null → width === null && height === null",
			"width === null → false",
			"height === null → false",
		],
		["Only a number is an integer.", 'typeof number === "number" → true', 'typeof seed !== "number" → false'],
	],
	"src/api/usage/buckets.ts": [[NO_GROUPS, '[] → ["Stryker was here"]']],
	"src/api/usage/dates.ts": [
		[NO_GROUPS, '[] → ["Stryker was here"] ×2'],
		[
			IN_THE_REFERENCE,
			'{ override: { type: "string", examples: [example] } } → {}',
			'{ type: "string", examples: [example] } → {}',
			'"string" → ""',
			"[example] → []",
		],
	],
	"src/api/usage/query.ts": [
		["Without a rule a value has no fault, whatever is in place of it.", "() => null → () => undefined"],
		[
			IN_THE_REFERENCE,
			"values === undefined → true",
			'{ type: "string" as const } → {}',
			'{ type: "string" as const, enum: [...values] } → {}',
			"[...values] → []",
			'{ override: { type: "array", items: item, maxItems: MAX_LISTED } } → {}',
			'{ type: "array", items: item, maxItems: MAX_LISTED } → {}',
			'"array" → ""',
		],
	],
	"src/api/responses/body.ts": [["There is no tool at any place of none.", "-1 → +1"]],
	"src/api/responses/render.ts": [
		[BEGINS, "state === null → false"],
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
		["fal's result has opened the item before.", "event.index + 1 → event.index - 1 ×2"],
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

/** Mutants of the pure rooms that no test notices, file by file, each with the reason why none has to. */
import type { ListedSurvivor } from "./score.ts";

type Group = readonly [reason: string, ...mutants: string[]];

/** TypeScript asks for it, or it tells the type what is known. No value comes there. */
const FOR_THE_TYPE = "It is there for the type: no value comes to it.";
const SAVES_WORK = "It only saves work: the outcome is the same.";

const BY_FILE: Readonly<Record<string, readonly Group[]>> = {
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
	"src/account/canonical.ts": [["An object has no two fields of one name.", "a < b → a <= b"]],
	"src/core/decision.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', "transfer.outputs[index]?.url → transfer.outputs[index].url"],
	],
	"src/core/from-clock.ts": [
		["Every end but a client's is that of the deadline.", '"deadline" → ""'],
		["Without a try the pause would be counted from 1970, and be over.", "triedAt !== null → true"],
	],
	"src/core/from-fal.ts": [
		[FOR_THE_TYPE, "false → true", "transfer.outputs[stored.index]?.nsfw → transfer.outputs[stored.index].nsfw"],
		["A state that is not queued has no position, so none is equal to it.", 'state.phase === "queued" → true'],
		["No successor in the catalogue has a successor.", "job.model === job.request.model → true"],
	],
	"src/core/from-result.ts": [
		["A state that does not fetch has no tries, so they are not above 0.", 'state.phase === "fetching" → true'],
		[FOR_THE_TYPE, "error === undefined → false"],
	],
	"src/core/schedule.ts": [
		["An alarm that is not set comes out as null either way.", "set !== null → true"],
		["Equal ones have been told from these a line before.", "trusted < needed → trusted <= needed"],
	],
	"src/fal/failure.ts": [
		[FOR_THE_TYPE, "name === undefined → false", '"" → "Stryker was here!"'],
		["No words hold the text.", '[] → ["Stryker was here"]'],
		[SAVES_WORK, "text.slice(0, MAX_READ_CHARS) → text"],
		[
			"A status that stands alone is matched by the part behind it, too.",
			"/^(?:(?:http )?(?:error )?(?:invalid status code:? ?)?\\d{0,3}[ :-]{0,3})?(?:bad request|unauthori[sz]ed|payment required → /^(?:(?:http )?(?:error )?(?:invalid status code:? ?)?\\d{0,3}[ :-]{0,3})(?:bad request|unauthori[sz]ed|payment required|",
		],
	],
	"src/fal/json.ts": [["A function without a return returns the same.", "{ return undefined; } → {}"]],
	"src/fal/meaning.ts": [["The last row takes any answer.", "rows.find(fits)?.means → rows.find(fits).means"]],
	"src/fal/outputs.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', 'typeof content_type === "string" → true'],
		[
			"A flag counts only if it is true, and a text that is no object has no field.",
			'[] → ["Stryker was here"]',
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
		["JSON has no circles, so that only its depth ends it.", "depth + 1 → depth - 1"],
		["Nothing is read of no places.", "places.length > 0 → true", "places.length > 0 → places.length >= 0"],
		[SAVES_WORK, 'trimmed.startsWith("data:") → trimmed.endsWith("data:")'],
		[
			SAVES_WORK,
			"level.length > 0 → true",
			"level.length > 0 → level.length >= 0",
			"MAX_VISITED - next.length → MAX_VISITED + next.length",
			"Object.entries(value).slice(0, room) → Object.entries(value)",
		],
		["A number has no entries.", 'typeof value === "object" → true'],
	],
	"src/fal/request-list.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"'],
		["Without a clock nothing is later, so the answer is as doubtful.", "offset === null → false"],
		["Only the two other words are asked for.", '"another" → ""'],
	],
	"src/fal/retry-after.ts": [[FOR_THE_TYPE, '"" → "Stryker was here!"']],
	"src/fal/wire.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', "!accepted.success → false"],
		["No words hold the text.", '[] → ["Stryker was here"]'],
		["No answer has a lower status.", "status >= 200 → true"],
		[
			"Words are read with single blanks.",
			"/\\bexhausted\\s+balance\\b|\\binsufficient\\s+(?:balance|funds|credits?)\\b/i → /\\bexhausted\\sbalance\\b|\\binsufficient\\s+(?:balance|funds|credits?)\\b/i",
			"/\\bexhausted\\s+balance\\b|\\binsufficient\\s+(?:balance|funds|credits?)\\b/i → /\\bexhausted\\s+balance\\b|\\binsufficient\\s(?:balance|funds|credits?)\\b/i",
		],
	],
	"src/job/object/in-flight.ts": [["No other effect is a probe.", 'effect.type === "fetch_result" → true']],
	"src/models/size.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', '[] → ["Stryker was here"]'],
		[
			"A side of nothing makes the shape endlessly long, which is refused, too.",
			"width < 1 || height < 1 → width < 1 && height < 1",
			"width < 1 → false",
			"height < 1 → false",
		],
		["Equal sides are the same in either order.", "Number(first) > Number(second) → Number(first) >= Number(second)"],
		[
			"No two shapes of whole sides lie exactly that far apart.",
			"shapeDistance(a, b) < SAME_SHAPE_DISTANCE → shapeDistance(a, b) <= SAME_SHAPE_DISTANCE",
			"distance < SAME_SHAPE_DISTANCE → distance <= SAME_SHAPE_DISTANCE",
		],
	],
	"src/text.ts": [[SAVES_WORK, "text.length <= maxChars → text.length < maxChars", "text.length <= maxChars → false"]],
	"src/core/step.ts": [
		[
			FOR_THE_TYPE,
			'"" → "Stryker was here!"',
			'body.type !== "failed" && body.type !== "completed" → false',
			'state.phase === "empty" → false',
			'"empty" → ""',
		],
		["No prompt holds the text.", '[] → ["Stryker was here"]'],
	],
};

export const SURVIVORS: readonly ListedSurvivor[] = Object.entries(BY_FILE).flatMap(([file, groups]) =>
	groups.flatMap(([reason, ...mutants]) => mutants.map((mutant) => ({ file, mutant, reason }))),
);

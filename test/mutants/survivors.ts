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

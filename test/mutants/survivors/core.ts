/** Survivors of the room core. */
import { FOR_THE_TYPE, type Groups } from "./reasons.ts";

export const CORE: Groups = {
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

/** Survivors of the room core. */
import { FOR_THE_TYPE, type Groups } from "./reasons.ts";

const NO_FIELD = "JSON has no field without a value.";

export const CORE: Groups = {
	"src/core/bills.ts": [[FOR_THE_TYPE, "job === null → false"]],
	"src/core/decision.ts": [
		[
			FOR_THE_TYPE,
			'"" → "Stryker was here!"',
			"outputOf(state.job, transfer, index)?.url → outputOf(state.job, transfer, index).url",
		],
	],
	"src/core/failover.ts": [[FOR_THE_TYPE, "first === undefined → false"]],
	"src/core/from-clock.ts": [["Every end but a client's is that of the deadline.", '"deadline" → ""']],
	"src/core/from-fal.ts": [
		[
			FOR_THE_TYPE,
			"false → true",
			"outputOf(state.job, transfer, stored.index)?.nsfw → outputOf(state.job, transfer, stored.index).nsfw",
		],
		["A state that is not queued has no position, so none is equal to it.", 'state.phase === "queued" → true'],
		["No successor in the catalogue has a successor.", "job.model === job.request.model → true"],
	],
	"src/core/from-result.ts": [
		["A state that does not fetch has no tries, so they are not above 0.", 'state.phase === "fetching" → true'],
		[FOR_THE_TYPE, "error === undefined → false", 'state.phase === "ended" → true'],
		["A reader of the log takes both for none.", "billableUnits === undefined → false"],
	],
	"src/core/alarm.ts": [
		["An alarm that is not set comes out as null either way.", "set !== null → true"],
		["Equal ones have been told from these a line before.", "trusted < needed → trusted <= needed"],
		[FOR_THE_TYPE, "detailsOf(state)?.expiresAt → detailsOf(state).expiresAt"],
	],
	"src/core/notices.ts": [
		[
			FOR_THE_TYPE,
			'[] → ["Stryker was here"]',
			"clientWebhook === undefined → false",
			"detailsOf(state)?.clientWebhook → detailsOf(state).clientWebhook",
		],
	],
	"src/core/percent.ts": [
		["The first place is not read, and the others are empty in both.", '[] → ["Stryker was here"]'],
	],
	"src/core/settlement.ts": [
		[
			FOR_THE_TYPE,
			"job === undefined → false",
			"generated?.billableUnits → generated.billableUnits",
			'[] → ["Stryker was here"]',
			'"" → "Stryker was here!"',
		],
		["What is neither paid nor kept is free.", '"free" → ""'],
		["No other event has that field.", 'event.type === "looked_up" → true'],
		["Its reader takes both for no.", "default: return false; → default:"],
	],
	"src/core/slot-step.ts": [
		[
			FOR_THE_TYPE,
			'!("error" in body) || body.error === undefined → !("error" in body) && body.error === undefined',
			"body.error === undefined → false",
		],
	],
	"src/core/slots.ts": [
		[
			FOR_THE_TYPE,
			'[] → ["Stryker was here"] ×3',
			"slot === null → false",
			'state.slots.filter((slot): slot is Ended => slot.phase === "ended") → state.slots',
			'slot.phase === "ended" → true',
			"(ended.find(mayHaveCost) ?? ended[0])?.error → (ended.find(mayHaveCost) ?? ended[0]).error",
		],
	],
	"src/core/state.ts": [
		[
			FOR_THE_TYPE,
			"job === null → false",
			"end === null → false",
			"dueAt === null → false",
			"detailsOf(state)?.bill → detailsOf(state).bill",
		],
		["Before the end there is no bill to ask for.", "state.end !== null → true"],
	],
	"src/core/slot.ts": [
		["No slot that goes on has an error of that code.", 'state.phase === "ended" → true'],
		[NO_FIELD, "falAccount === undefined → false"],
		["It only saves a copy.", "transfer.pending.length === 0 → false"],
	],
	"src/core/step.ts": [
		[FOR_THE_TYPE, 'input.type === "delete" → true', "detailsOf(state)?.deleting → detailsOf(state).deleting"],
		["A deleted job whose slots are over has ended.", "state.end !== null → true"],
	],
	"src/core/thumbnails.ts": [[FOR_THE_TYPE, "detailsOf(state)?.deleting → detailsOf(state).deleting"]],
};

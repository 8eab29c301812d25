/** Decides what follows when fal refuses an account: a submit that surely left nothing behind goes to the next one. */
import type { JobError, JobErrorCode } from "../errors.ts";
import { failed, type SlotDecision, submit, withEvents } from "./decision.ts";
import type { SlotEventBody } from "./events.ts";
import type { Slot } from "./slot.ts";

/** @param falAccounts Those to choose from, the one to ask first at their head */
export function onAccountRefused(
	{ job, refusals }: Slot & { phase: "submitting" },
	error: JobError,
	falAccounts: readonly string[],
	now: number,
): SlotDecision {
	const { falAccount } = job;
	if (falAccount === undefined) return failed(error);
	const asked = [...refusals.map((refusal) => refusal.falAccount), falAccount];
	const next = falAccounts.find((other) => !asked.includes(other));
	// The job's only account: its refusal is the job's end, and says all.
	if (next === undefined && refusals.length === 0) return failed(error);
	const refused: SlotEventBody = { type: "account_refused", falAccount, error };
	if (next === undefined || now >= job.deadlineAt)
		return withEvents(
			[refused],
			failed(
				refusedByAll(
					refusals.map((refusal) => refusal.error),
					error,
				),
			),
		);
	return withEvents([refused], submit(job, next, now));
}

/** The first one that an account gave is the job's. */
const REASONS: readonly (readonly [code: JobErrorCode, ofOne: string, ofMore: string])[] = [
	[
		"insufficient_quota",
		"The balance of one is exhausted: its operator must top it up at fal.ai.",
		"The balances of more than one are exhausted: their operator must top them up at fal.ai.",
	],
	[
		"upstream_account_locked",
		"One is locked: its operator must ask fal's support.",
		"More than one are locked: their operator must ask fal's support.",
	],
	["upstream_permission_missing", "One may not use this model.", "More than one may not use this model."],
	[
		"upstream_key_refused",
		"The key of one is not valid: its operator must replace it in FAL_API_KEY.",
		"The keys of more than one are not valid: their operator must replace them in FAL_API_KEY.",
	],
];

const NO_ACCOUNT = "No fal account of this gateway takes the request.";

/** @param last Of the last account @param before Of the others */
function refusedByAll(before: readonly JobError[], last: JobError): JobError {
	const errors = [...before, last];
	const reasons = REASONS.flatMap(([code, ofOne, ofMore]) => {
		const count = errors.filter((error) => error.code === code).length;
		return count === 0 ? [] : [{ code, words: count === 1 ? ofOne : ofMore }];
	});
	const [first] = reasons;
	// With one reason for all of them there is room for fal's own words.
	if (first === undefined || reasons.length === 1) return { ...last, message: `${NO_ACCOUNT} ${last.message}` };
	return { code: first.code, message: [NO_ACCOUNT, ...reasons.map(({ words }) => words)].join(" ") };
}

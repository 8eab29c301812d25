/** Remembers, in this isolate and for a short while, which accounts fal refuses: they are asked last. */
import type { SubmitAnswer } from "../core/fal-answers.ts";
import type { JobErrorCode } from "../errors.ts";
import type { FalAccounts } from "../fal-accounts.ts";

/** An account that was topped up is asked first again after this time. */
export const REMEMBER_REFUSAL_MS = 60_000;

/** By the fingerprint of the account. As many as the setting has ever listed in this isolate. */
const refusedUntil = new Map<string, number>();

/** These refusals speak of the account alone. One for want of a permission speaks of the model, too. */
const OF_ANY_MODEL: ReadonlySet<JobErrorCode> = new Set([
	"insufficient_quota",
	"upstream_account_locked",
	"upstream_key_refused",
]);

/** Takes what fal answered to a submit. Returns true if it refuses an account of which that was not remembered. */
export function rememberRefusal(falAccount: string, answer: SubmitAnswer, now: number): boolean {
	if (answer.kind === "accepted") refusedUntil.delete(falAccount);
	if (answer.kind !== "account_refused" || !OF_ANY_MODEL.has(answer.error.code)) return false;
	const isNew = now >= (refusedUntil.get(falAccount) ?? 0);
	refusedUntil.set(falAccount, now + REMEMBER_REFUSAL_MS);
	return isNew;
}

/** Returns the fingerprints in the order in which a submit asks the accounts. */
export function orderOf(falAccounts: FalAccounts, now: number): readonly string[] {
	const isRefused = (falAccount: string) => now < (refusedUntil.get(falAccount) ?? 0);
	const all = falAccounts.map(({ fingerprint }) => fingerprint);
	return [...all.filter((one) => !isRefused(one)), ...all.filter(isRefused)];
}

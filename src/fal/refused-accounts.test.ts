import { describe, expect, it } from "vitest";
import type { SubmitAnswer } from "../core/fal-answers.ts";
import type { JobErrorCode } from "../errors.ts";
import { type FalAccounts, toFalAccount } from "../fal-accounts.ts";
import { orderOf, REMEMBER_REFUSAL_MS, rememberRefusal } from "./refused-accounts.ts";

const NOW = 1_800_000_000_000;
const upstream = { requestId: "r", statusUrl: null, responseUrl: null, cancelUrl: null };
const taken: SubmitAnswer = { kind: "accepted", upstream, position: null };

function refusal(code: JobErrorCode): SubmitAnswer {
	return { kind: "account_refused", error: { code, message: "no" } };
}

let count = 0;
/** Accounts that no other test has: the memory is the isolate's. */
function makeAccounts() {
	count += 1;
	const [first, second, third] = [1, 2, 3].map((place) => toFalAccount(`id-${count}-${place}:secret`));
	if (first === undefined || second === undefined || third === undefined) throw new Error("three");
	const accounts: FalAccounts = [first, second, third];
	return { accounts, a: first.fingerprint, b: second.fingerprint, c: third.fingerprint };
}

describe("the order of the accounts", () => {
	it("is that of the setting", () => {
		const { accounts, a, b, c } = makeAccounts();
		expect(orderOf(accounts, NOW)).toEqual([a, b, c]);
	});

	it.each<JobErrorCode>(["insufficient_quota", "upstream_account_locked", "upstream_key_refused"])(
		"has one that is refused for %s behind the others, for a minute",
		(code) => {
			const { accounts, a, b, c } = makeAccounts();
			expect(rememberRefusal(a, refusal(code), NOW)).toBe(true);
			expect(orderOf(accounts, NOW + REMEMBER_REFUSAL_MS - 1)).toEqual([b, c, a]);
			expect(orderOf(accounts, NOW + REMEMBER_REFUSAL_MS)).toEqual([a, b, c]);
		},
	);

	it("is that of the setting if all are refused", () => {
		const { accounts, a, b, c } = makeAccounts();
		for (const one of [c, a, b]) rememberRefusal(one, refusal("insufficient_quota"), NOW);
		expect(orderOf(accounts, NOW)).toEqual([a, b, c]);
	});

	it("is not changed by a refusal that speaks of a model, or by an answer that refuses no account", () => {
		const { accounts, a, b, c } = makeAccounts();
		const error = { code: "rate_limit_exceeded", message: "no" } as const;
		const answers: readonly SubmitAnswer[] = [
			refusal("upstream_permission_missing"),
			{ kind: "busy", status: 429, error },
			{ kind: "refused", error },
			{ kind: "gone", error },
			{ kind: "lost" },
			taken,
		];
		for (const answer of answers) expect(rememberRefusal(a, answer, NOW)).toBe(false);
		expect(orderOf(accounts, NOW)).toEqual([a, b, c]);
	});

	it("has one at its place again as soon as it takes a submit", () => {
		const { accounts, a, b, c } = makeAccounts();
		rememberRefusal(a, refusal("insufficient_quota"), NOW);
		rememberRefusal(a, taken, NOW + 1);
		expect(orderOf(accounts, NOW + 1)).toEqual([a, b, c]);
	});
});

it("a refusal is news once in the time that it is remembered", () => {
	const { a } = makeAccounts();
	const after = (ms: number) => rememberRefusal(a, refusal("insufficient_quota"), NOW + ms);
	expect([after(0), after(1_000), after(REMEMBER_REFUSAL_MS), after(2 * REMEMBER_REFUSAL_MS + 1_000)]).toEqual([
		true,
		false,
		false,
		true,
	]);
});

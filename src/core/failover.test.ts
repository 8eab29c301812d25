import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runInputs } from "../../test/support/drive.ts";
import { onlySlot, runFlow, typesOf } from "../../test/support/flows.ts";
import {
	accountRefused,
	answerLost,
	busy,
	cancel,
	gone,
	lookedUp,
	of,
	outputs,
	queued,
	refused,
	remove,
	restarted,
	start,
	stored,
	submitted,
	tick,
} from "../../test/support/logs.ts";
import { NOW } from "../../test/support/make.ts";
import { startMany } from "../../test/support/slots.ts";
import type { JobErrorCode } from "../errors.ts";
import { inLanguage } from "../words/job-errors.ts";
import type { JobEvent } from "./events.ts";
import type { Effect, Input } from "./inputs.ts";
import { flatten } from "./linked.ts";
import { EMPTY, fold } from "./state.ts";
import { step } from "./step.ts";

const THREE = ["aaaa", "bbbb", "cccc"];

function run(inputs: readonly Input[], falAccounts: readonly string[] = THREE) {
	return runFlow(inputs, { falAccounts });
}

function accountsOf(log: readonly JobEvent[]): readonly (string | undefined)[] {
	return log.map(flatten).flatMap((event) => (event.type === "submitting" ? [event.falAccount] : []));
}

function askedOf(effects: readonly Effect[]): readonly unknown[] {
	return effects.map((effect) => [effect.type, "falAccount" in effect ? effect.falAccount : null]);
}

function errorOf(log: readonly JobEvent[]) {
	const last = log.at(-1);
	return last?.type === "failed" ? last.error : null;
}

describe("a refusal of an account", () => {
	it("is written, and the next account is asked in the same row", () => {
		const { log, effects } = run([start(), accountRefused(), accountRefused("upstream_key_refused"), submitted()]);
		expect(log.map(({ type, at }) => [type, at - NOW])).toEqual([
			["accepted", 0],
			["submitting", 0],
			["account_refused", 1_000],
			["submitting", 1_000],
			["account_refused", 2_000],
			["submitting", 2_000],
			["submitted", 3_000],
		]);
		expect(log[2]).toMatchObject({ falAccount: "aaaa", error: { code: "insufficient_quota" } });
		expect(log[4]).toMatchObject({ falAccount: "bbbb", error: { code: "upstream_key_refused" } });
		expect(accountsOf(log)).toEqual(THREE);
		expect(askedOf(effects)).toEqual([
			["submit", "aaaa"],
			["submit", "bbbb"],
			["submit", "cccc"],
		]);
	});

	it("is the end of a submit that named none, though there are accounts by now", () => {
		const { state } = runFlow([start()]);
		const { events, effects } = step(state, accountRefused(), NOW + 1_000, THREE);
		expect(events).toMatchObject([{ type: "failed", error: { code: "insufficient_quota", message: "fal says: no" } }]);
		expect(effects.filter(({ type }) => type === "submit")).toEqual([]);
	});

	it("of accounts without names sends none", () => {
		const [submit] = step(EMPTY, start(), NOW).effects;
		expect(submit).toMatchObject({ type: "submit" });
		expect(submit).not.toHaveProperty("falAccount");
	});

	it("sends the next account the same", () => {
		const [first, second] = run([start(), accountRefused()]).effects;
		// The time in which fal may start is shorter by what has passed.
		expect({ ...second, falAccount: "aaaa", startTimeoutSeconds: 900 }).toEqual(first);
	});

	it("leaves what follows to the account that took the request", () => {
		const { effects } = run([start(), accountRefused(), submitted(), tick, cancel, outputs(1)]);
		expect(askedOf(effects)).toEqual([
			["submit", "aaaa"],
			["submit", "bbbb"],
			["poll", "bbbb"],
			["cancel", "bbbb"],
			["store", "bbbb"],
		]);
		const lost = run([start(), accountRefused(), answerLost, tick]);
		expect(askedOf(lost.effects).at(-1)).toEqual(["look_up", "bbbb"]);
	});

	it("ends a job that has one account in that one's words, and without more", () => {
		const { log } = run([start(), accountRefused("upstream_account_locked", "fal says: no")], ["aaaa"]);
		expect(log.map(({ type }) => type)).toEqual(["accepted", "submitting", "failed"]);
		expect(errorOf(log)).toEqual({ code: "upstream_account_locked", message: "fal says: no" });
	});

	it("ends a job of which the log does not say who was asked", () => {
		expect(typesOf(run([start(), accountRefused()], []))[0]).toEqual(["accepted", "submitting", "failed"]);
	});

	it("ends a job that is being cancelled, and asks no other account", () => {
		expect(typesOf(run([start(), cancel, accountRefused()]))).toEqual([
			["accepted", "submitting", "cancelling", "cancelled"],
			["submit"],
		]);
	});

	it("asks no other account behind the deadline", () => {
		const { log, effects } = run([start({ deadlineAt: NOW + 1_000 }), accountRefused()]);
		expect(log.map(({ type }) => type)).toEqual(["accepted", "submitting", "account_refused", "failed"]);
		expect(effects).toHaveLength(1);
		expect(errorOf(log)?.code).toBe("insufficient_quota");
	});

	it("is no end of a round: a busy queue is asked again by all accounts", () => {
		const { log } = run([start(), accountRefused(), busy, tick, tick, accountRefused(), accountRefused(), submitted()]);
		expect(accountsOf(log)).toEqual(["aaaa", "bbbb", "aaaa", "bbbb", "cccc"]);
	});

	it("does not keep the account that has no such model from asking for its successor", () => {
		expect(accountsOf(run([start(), accountRefused(), gone, submitted()]).log)).toEqual(["aaaa", "bbbb", "bbbb"]);
	});

	it("follows no answer that proves nothing, and no refusal of the request", () => {
		for (const answer of [answerLost, refused]) {
			const { log } = run([start(), answer, accountRefused(), tick, restarted, tick]);
			expect(accountsOf(log)).toEqual(["aaaa"]);
		}
	});

	it("takes the accounts in the order of the moment", () => {
		expect(accountsOf(run([start(), accountRefused()], ["cccc", "aaaa"]).log)).toEqual(["cccc", "aaaa"]);
	});

	it("changes nothing for the slots beside it", () => {
		const inputs = [startMany(3), submitted(), of(1, accountRefused()), of(2, submitted()), of(1, submitted())];
		const { log, state } = run(inputs);
		expect(
			log.map(flatten).flatMap((event) => (event.type === "submitting" ? [[event.slot ?? 0, event.falAccount]] : [])),
		).toEqual([
			[0, "aaaa"],
			[1, "aaaa"],
			[2, "aaaa"],
			[1, "bbbb"],
		]);
		expect(state.slots.map(({ phase, job }) => [phase, job.falAccount])).toEqual([
			["queued", "aaaa"],
			["queued", "bbbb"],
			["queued", "aaaa"],
		]);
	});

	it("is left out by code that does not know it, after a rollback", () => {
		const { log } = run([start(), accountRefused(), submitted()]);
		const known = log.filter(({ type }) => type !== "account_refused");
		expect(onlySlot(fold(known))).toEqual(onlySlot(fold(log)));
	});
});

describe("a job that all accounts refuse", () => {
	it.each<readonly [codes: readonly JobErrorCode[], code: JobErrorCode, english: string, chinese: string]>([
		[
			["upstream_account_locked", "upstream_account_locked", "upstream_account_locked"],
			"upstream_account_locked",
			"No fal account of this gateway takes the request. fal says: no",
			"本网关的所有 fal 账户都无法受理该请求。fal 返回：no",
		],
		[
			["upstream_key_refused", "upstream_account_locked", "insufficient_quota"],
			"insufficient_quota",
			"No fal account of this gateway takes the request. The balance of one is exhausted: its operator must top it up at fal.ai. One is locked: its operator must ask fal's support. The key of one is not valid: its operator must replace it in FAL_API_KEY.",
			"本网关的所有 fal 账户都无法受理该请求。有账户余额已用完，请管理员到 fal.ai 充值。有账户已被锁定，请管理员联系 fal 客服。有账户的密钥无效，请管理员在 FAL_API_KEY 中更换。",
		],
		[
			["upstream_key_refused", "upstream_permission_missing", "upstream_account_locked"],
			"upstream_account_locked",
			"No fal account of this gateway takes the request. One is locked: its operator must ask fal's support. One may not use this model. The key of one is not valid: its operator must replace it in FAL_API_KEY.",
			"本网关的所有 fal 账户都无法受理该请求。有账户已被锁定，请管理员联系 fal 客服。有账户无权使用该模型。有账户的密钥无效，请管理员在 FAL_API_KEY 中更换。",
		],
		[
			["upstream_permission_missing", "upstream_key_refused", "upstream_permission_missing"],
			"upstream_permission_missing",
			"No fal account of this gateway takes the request. More than one may not use this model. The key of one is not valid: its operator must replace it in FAL_API_KEY.",
			"本网关的所有 fal 账户都无法受理该请求。多个账户无权使用该模型。有账户的密钥无效，请管理员在 FAL_API_KEY 中更换。",
		],
		[
			["insufficient_quota", "upstream_permission_missing", "insufficient_quota"],
			"insufficient_quota",
			"No fal account of this gateway takes the request. The balances of more than one are exhausted: their operator must top them up at fal.ai. One may not use this model.",
			"本网关的所有 fal 账户都无法受理该请求。多个账户余额已用完，请管理员到 fal.ai 充值。有账户无权使用该模型。",
		],
		[
			["upstream_account_locked", "upstream_account_locked", "upstream_key_refused"],
			"upstream_account_locked",
			"No fal account of this gateway takes the request. More than one are locked: their operator must ask fal's support. The key of one is not valid: its operator must replace it in FAL_API_KEY.",
			"本网关的所有 fal 账户都无法受理该请求。多个账户已被锁定，请管理员联系 fal 客服。有账户的密钥无效，请管理员在 FAL_API_KEY 中更换。",
		],
		[
			["upstream_key_refused", "upstream_account_locked", "upstream_key_refused"],
			"upstream_account_locked",
			"No fal account of this gateway takes the request. One is locked: its operator must ask fal's support. The keys of more than one are not valid: their operator must replace them in FAL_API_KEY.",
			"本网关的所有 fal 账户都无法受理该请求。有账户已被锁定，请管理员联系 fal 客服。多个账户的密钥无效，请管理员在 FAL_API_KEY 中更换。",
		],
	])("of %j fails as %s, and tells each reason", (codes, code, message, chinese) => {
		const { log } = run([start(), ...codes.map((one) => accountRefused(one))]);
		expect(log.map(({ type }) => type)).toEqual([
			"accepted",
			"submitting",
			"account_refused",
			"submitting",
			"account_refused",
			"submitting",
			"account_refused",
			"failed",
		]);
		const error = errorOf(log);
		expect(error).toEqual({ code, message });
		expect(error && inLanguage(error, "zh").message).toBe(chinese);
	});
});

describe("for all orders, repeats and losses of answers", () => {
	const anyCode = fc.constantFrom<JobErrorCode>(
		"insufficient_quota",
		"upstream_account_locked",
		"upstream_permission_missing",
		"upstream_key_refused",
	);
	const anyInput: fc.Arbitrary<Input> = fc
		.tuple(
			fc.nat(2),
			fc.oneof(
				{ weight: 6, arbitrary: anyCode.map((code) => accountRefused(code)) },
				{ weight: 3, arbitrary: fc.constantFrom(submitted(), submitted(), busy, gone, answerLost, refused) },
				fc.constantFrom(cancel, remove, restarted, tick, queued(1), lookedUp("found"), outputs(1), stored(0)),
			),
		)
		.map(([slot, input]) => of(slot, input));
	const anyRun = fc.record({
		n: fc.integer({ min: 1, max: 3 }),
		webhook: fc.constantFrom(null, "https://gateway.test/w"),
		falAccounts: fc.constantFrom([], ["aaaa"], ["aaaa", "bbbb"], THREE),
		inputs: fc.array(fc.tuple(anyInput, fc.constantFrom(0, 1, 5_000)), { maxLength: 40, size: "max" }),
	});

	it("a slot is sent to one account at a time, and to each once a round, and never again once fal may have it", () => {
		fc.assert(
			fc.property(anyRun, ({ n, webhook, falAccounts, inputs }) => {
				const job = runInputs(startMany(n, undefined, { webhook }), inputs, falAccounts);
				job.driveToEnd();
				const open = new Map<number, string | undefined>();
				const round = new Map<number, Set<string | undefined>>();
				for (const { events, effects, input } of job.turns) {
					for (const event of events.map(flatten)) {
						const { slot = 0 } = event;
						if (event.type === "account_refused") {
							// It is proved by an answer to this slot's own submit, and it names the account that was asked.
							expect(input).toMatchObject({ type: "submit_answered", answer: { kind: "account_refused" } });
							expect(open.get(slot)).toBe(event.falAccount);
							open.delete(slot);
						}
						if (event.type === "refused" || event.type === "rerouted") {
							open.delete(slot);
							round.delete(slot);
						}
						if (event.type === "submitting") {
							expect(open.has(slot)).toBe(false);
							const asked = round.get(slot) ?? new Set();
							expect(asked.has(event.falAccount)).toBe(false);
							round.set(slot, asked.add(event.falAccount));
							open.set(slot, event.falAccount);
							expect(falAccounts.length === 0 ? [undefined] : falAccounts).toContain(event.falAccount);
						}
					}
					for (const effect of effects) {
						if (effect.type === "submit" || effect.type === "poll" || effect.type === "look_up")
							expect(effect.falAccount).toBe(open.get(effect.slot ?? 0));
					}
				}
				expect(fold(JSON.parse(JSON.stringify(job.log)))).toEqual(job.state());
			}),
			{ numRuns: 500 },
		);
	});

	it("all accounts are asked before a job fails for them", () => {
		fc.assert(
			fc.property(anyRun, ({ n, webhook, falAccounts, inputs }) => {
				const log = runInputs(startMany(n, undefined, { webhook }), inputs, falAccounts).log.map(flatten);
				const isMany = log.some(({ type }) => type === "slot_ended");
				for (const [at, event] of log.entries()) {
					const isEnd = isMany ? event.type === "slot_ended" : event.type === "failed";
					if (!isEnd || !("error" in event) || event.error?.message.startsWith("No fal account") !== true) continue;
					const own = log.slice(0, at).filter(({ slot = 0 }) => slot === (event.slot ?? 0));
					const refusals = own.flatMap((one) => (one.type === "account_refused" ? [one.falAccount] : []));
					expect(refusals.slice(-falAccounts.length).toSorted()).toEqual(falAccounts);
				}
			}),
			{ numRuns: 300 },
		);
	});
});

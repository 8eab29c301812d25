/** Admissions of an account's object that has limits: what it asks, what it refuses, and what it writes. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { makeAccepted, makeRequest } from "../../test/support/make.ts";
import { makeKeyLimits, makeReservation, makeSettlement } from "../../test/support/make-ledger.ts";
import { eventually } from "../../test/support/workerd/gateway.ts";
import { logOf, newId, stubOf } from "../../test/support/workerd/job-of.ts";
import type { Account } from "./account.ts";
import type { Admission, Reservation } from "./admission.ts";
import type { KeySettings } from "./key-record.ts";

type Stub = DurableObjectStub<Account>;
const SECRET = "a".repeat(64);
const HOUR = 3_600_000;

/** An account that no other test has, with a key `k`. */
async function newAccount(settings: Partial<KeySettings> = {}): Promise<Stub> {
	const account = env.ACCOUNT.getByName(`account ${crypto.randomUUID()}`);
	const { id, ...limits } = makeKeyLimits();
	const all = { name: "", webhookUrl: null, metadata: {}, ...limits, ...settings };
	await account.addKey({ id, secretSha256: SECRET, redacted: "sk-dr-…", settings: all });
	return account;
}

/** A request of the key `k` for a picture at 40,000 micro-dollars. */
function anAdmission(asked: Partial<Reservation> = {}, overrides: Partial<Admission> = {}): Admission {
	const reservation = { apiKey: { id: "k", secretSha256: SECRET }, startBy: Date.now() + HOUR, ...asked };
	return {
		digest: crypto.randomUUID(),
		key: null,
		retried: false,
		id: newId(),
		asked: makeReservation(reservation),
		...overrides,
	};
}

function rowsOf(account: Stub, query: string) {
	return runInDurableObject(account, (_, { storage }) => storage.sql.exec(query).toArray());
}

describe("an issued key", () => {
	it("makes a job whose row holds it", async () => {
		const account = await newAccount();
		const admission = anAdmission();
		expect(await account.admit(admission)).toEqual({ kind: "new", id: admission.id, listing: 1 });
		expect(await rowsOf(account, "SELECT api_key, reserved FROM jobs")).toEqual([{ api_key: "k", reserved: 40_000 }]);
	});

	it.each<readonly [what: string, settings: Partial<KeySettings>, asked: Partial<Reservation>, why: object]>([
		["of another secret", {}, { apiKey: { id: "k", secretSha256: "b".repeat(64) } }, { why: "revoked" }],
		["that the account does not have", {}, { apiKey: { id: "l", secretSha256: SECRET } }, { why: "revoked" }],
		["that is blocked", { blocked: true }, {}, { why: "blocked" }],
		["that has expired", { expiresAt: 1 }, {}, { why: "expired" }],
		[
			"that may not use one of the models",
			{ models: ["imagen4-preview"] },
			{ models: ["imagen4-preview", "nano-banana-2"] },
			{ why: "model", model: "nano-banana-2" },
		],
	])("%s makes none, and joins none", async (_, settings, asked, why) => {
		const account = await newAccount(settings);
		const twin = anAdmission({ apiKey: null }, { key: "a key" });
		await account.admit(twin);
		const refused = { kind: "key_refused", ...why };
		expect(await account.admit(anAdmission(asked))).toEqual(refused);
		expect(await account.admit(anAdmission(asked, { digest: twin.digest, key: "a key" }))).toEqual(refused);
		expect(await account.list(null, 9)).toHaveLength(1);
	});

	it("is told its rate and its models", async () => {
		const account = await newAccount({ rpmLimit: 2, models: ["imagen4-preview"] });
		const before = Date.now();
		const admitted = await account.admit(anAdmission());
		expect(admitted).toMatchObject({ kind: "new", models: ["imagen4-preview"], rate: { limit: 2, remaining: 1 } });
		const resetAt = "rate" in admitted ? (admitted.rate?.resetAt ?? 0) : 0;
		expect(resetAt).toBeGreaterThanOrEqual(before + 60_000);
		expect(resetAt).toBeLessThanOrEqual(Date.now() + 60_000);
		expect(await account.admit(anAdmission())).toMatchObject({ rate: { limit: 2, remaining: 0 } });
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "limited", limit: { limit: "rpm_limit" } });
	});
});

describe("a limit", () => {
	it("is held by what is reserved, and by what was spent, also after the object slept", async () => {
		const account = await newAccount({ maxBudget: 100_000 });
		const [first, second] = [anAdmission(), anAdmission()];
		await account.admit(first);
		await account.admit(second);
		const limited = {
			kind: "limited",
			limit: { limit: "max_budget", value: 100_000, endsAt: null, of: "key" },
		};
		expect(await account.admit(anAdmission())).toEqual(limited);
		await account.settle(1, first.id ?? "", makeSettlement({ cost: 30_000 }));
		await account.settle(2, second.id ?? "", makeSettlement({ cost: 30_000 }));
		await evictDurableObject(account);
		expect(await account.admit(anAdmission({ reserve: 40_001 }))).toEqual(limited);
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "new", listing: 3 });
		await evictDurableObject(account);
		expect(await account.admit(anAdmission({ reserve: 1 }))).toEqual(limited);
	});

	it("does not stand against a row that is found again, or against a retry that joins", async () => {
		const account = await newAccount({ maxBudget: 40_000 });
		const own = anAdmission({}, { key: "a key" });
		expect(await account.admit(own)).toMatchObject({ kind: "new", listing: 1 });
		expect(await account.admit(own)).toMatchObject({ kind: "new", id: own.id, listing: 1 });
		const retry = anAdmission({}, { key: "a key", digest: own.digest });
		expect(await account.admit(retry)).toMatchObject({ kind: "new", id: own.id, listing: 1 });
		await stubOf(own.id ?? "").start(
			makeAccepted({ webhook: null, request: makeRequest({ prompt: `${own.id} sim:hold` }) }),
			false,
		);
		expect(await account.admit(retry)).toEqual({ kind: "joined", id: own.id });
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "limited" });
		expect(await account.list(null, 9)).toHaveLength(1);
	});

	it("of open jobs is the account's, and holds for its own keys", async () => {
		const account = await newAccount();
		await account.admit(anAdmission({ apiKey: null }));
		const limit = { limit: "max_open_jobs", value: 1, endsAt: null, of: "account" };
		expect(await account.admit(anAdmission({ apiKey: null, maxOpenJobs: 1 }))).toEqual({ kind: "limited", limit });
		expect(await account.admit(anAdmission({ maxOpenJobs: 2 }))).toMatchObject({ kind: "new" });
	});

	it("holds for no request of a Worker of the previous deploy, which reserves nothing", async () => {
		const account = await newAccount();
		const { asked, ...earlier } = anAdmission();
		expect(asked).toBeDefined();
		expect(await account.admit(earlier)).toMatchObject({ kind: "new", listing: 1 });
		expect(await account.admit(anAdmission({ maxOpenJobs: 1 }))).toMatchObject({ kind: "new", listing: 2 });
		expect(await account.admit(anAdmission({ maxOpenJobs: 1 }))).toMatchObject({ kind: "limited" });
	});
});

describe("a request that would be refused", () => {
	const OVERDUE = { startBy: 1 };

	/** Counts the jobs that the account asks, and lets the test choose the answer. */
	async function answering(
		account: Stub,
		answer: (id: string) => Promise<unknown> = async (id) => stubOf(id).settlement(),
	): Promise<readonly string[]> {
		const asked: string[] = [];
		await runInDurableObject(account, (instance) => {
			const get = (id: DurableObjectId) => ({
				settlement: () => {
					asked.push(id.toString());
					return answer(id.toString());
				},
			});
			const JOB = new Proxy(env.JOB, {
				get: (target, name) => (name === "get" ? get : Reflect.get(target, name).bind(target)),
			});
			Reflect.set(instance, "env", { ...env, JOB });
		});
		return asked;
	}

	it("asks what became of a job whose end was not heard of, and takes its place", async () => {
		const account = await newAccount({ maxBudget: 70_000 });
		const unheard = anAdmission(OVERDUE);
		const id = unheard.id ?? "";
		await account.admit(unheard);
		// The job knows another account, to which it tells its end.
		const price = { perPicture: 30_000, known: true };
		await stubOf(id).start(
			makeAccepted({ webhook: null, price, request: makeRequest({ prompt: `${id} a fox` }) }),
			false,
		);
		await eventually(
			() => logOf(id),
			(log) => log.at(-1)?.type === "succeeded",
		);
		const asked = await answering(account);
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "new", listing: 2 });
		expect(asked).toEqual([id]);
		expect(await rowsOf(account, "SELECT id, cost FROM usage")).toEqual([{ id, cost: 30_000 }]);
	});

	it("takes a job off the list that never began", async () => {
		const account = await newAccount({ maxParallelRequests: 1 });
		const never = anAdmission(OVERDUE);
		await account.admit(never);
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "new", listing: 2 });
		expect((await account.list(null, 9)).map(({ n }) => n)).toEqual([2]);
		expect(await rowsOf(account, "SELECT * FROM usage")).toEqual([]);
	});

	it("is refused if the job still runs, which is not asked again at once", async () => {
		const account = await newAccount({ maxBudget: 40_000 });
		const running = anAdmission(OVERDUE);
		const id = running.id ?? "";
		await account.admit(running);
		await stubOf(id).start(makeAccepted({ webhook: null, request: makeRequest({ prompt: `${id} sim:hold` }) }), false);
		const asked = await answering(account);
		for (let count = 0; count < 3; count += 1)
			expect(await account.admit(anAdmission())).toMatchObject({ kind: "limited" });
		expect(asked).toEqual([id]);
	});

	it("counts a job as spent that cannot be reached", async () => {
		const account = await newAccount({ maxBudget: 40_000 });
		await account.admit(anAdmission(OVERDUE));
		const asked = await answering(account, () => Promise.reject(new Error("no such object")));
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "limited" });
		expect(asked).toHaveLength(1);
		expect(await account.list(null, 9)).toHaveLength(1);
	});

	it("asks the oldest eight jobs at most", async () => {
		const account = await newAccount({ maxBudget: 400_000 });
		const ids: string[] = [];
		for (let count = 0; count < 10; count += 1) {
			const { id = "", ...admission } = anAdmission(OVERDUE);
			await account.admit({ ...admission, id });
			ids.push(id);
		}
		const asked = await answering(account, async () => "running");
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "limited" });
		expect(asked.toSorted()).toEqual(ids.slice(0, 8).toSorted());
	});

	it("asks no job that may yet begin, and none at all while nothing refuses it", async () => {
		const account = await newAccount({ maxBudget: 120_000 });
		await account.admit(anAdmission(OVERDUE));
		await account.admit(anAdmission());
		const asked = await answering(account, async () => "running");
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "new" });
		expect(asked).toEqual([]);
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "limited" });
		expect(asked).toHaveLength(1);
	});

	it("leaves a job on the list that somebody else is about to start", async () => {
		const account = await newAccount({ maxParallelRequests: 1 });
		const slow = anAdmission(OVERDUE, { key: "a key" });
		await account.admit(slow);
		const retry = anAdmission({}, { key: "a key", digest: slow.digest });
		await answering(account, async () => {
			await runInDurableObject(account, async (instance: Account) => {
				Reflect.set(instance, "env", env);
				expect(await instance.admit(retry)).toMatchObject({ kind: "new", id: slow.id });
			});
			return "never";
		});
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "limited" });
		expect(await account.list(null, 9)).toEqual([{ n: 1, id: slow.id }]);
	});
});

describe("a request that is only examined", () => {
	const asked = (overrides: Partial<Reservation> = {}) =>
		makeReservation({ apiKey: { id: "k", secretSha256: SECRET }, ...overrides });

	it("is told what an admission would say, and leaves no row and no count", async () => {
		const account = await newAccount({ maxBudget: 40_000, rpmLimit: 1, models: ["imagen4-preview"] });
		for (let count = 0; count < 3; count += 1) expect(await account.examine(asked())).toBeNull();
		const over = await account.examine(asked({ reserve: 40_001 }));
		expect(over).toEqual({
			kind: "limited",
			limit: { limit: "max_budget", value: 40_000, endsAt: null, of: "key", isBeyond: true },
		});
		expect(await account.examine(asked({ models: ["nano-banana"] }))).toEqual({
			kind: "key_refused",
			why: "model",
			model: "nano-banana",
		});
		expect(await account.examine(asked({ apiKey: { id: "l", secretSha256: SECRET } }))).toEqual({
			kind: "key_refused",
			why: "revoked",
		});
		expect(await account.list(null, 9)).toEqual([]);
		expect(await account.admit(anAdmission())).toMatchObject({ kind: "new", listing: 1, rate: { remaining: 0 } });
	});

	it("finds the place of a job that never began", async () => {
		const account = await newAccount({ maxParallelRequests: 1 });
		await account.admit(anAdmission({ startBy: 1 }));
		expect(await account.examine(asked())).toBeNull();
	});
});

describe("many requests at once", () => {
	it("take what a budget has, and no more, with retries and admissions whose answers are lost", async () => {
		const account = await newAccount({ maxBudget: 400_000 });
		const requests = Array.from({ length: 100 }, (_, index) => {
			const own = anAdmission({}, { key: `key ${index}`, digest: `digest ${index}` });
			return [own, own, { ...anAdmission({}, { key: own.key, digest: own.digest }) }];
		});
		const answers = await Promise.all(requests.flat().map((admission) => account.admit(admission)));
		const made = new Set(answers.flatMap((answer) => (answer.kind === "new" ? [answer.id] : [])));
		expect(made.size).toBe(10);
		expect(answers.filter(({ kind }) => kind === "limited")).toHaveLength(270);
		expect(await rowsOf(account, "SELECT count(*) AS jobs, sum(reserved) AS reserved FROM jobs")).toEqual([
			{ jobs: 10, reserved: 400_000 },
		]);
	});
});

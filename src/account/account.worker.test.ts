import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { makeAccepted, makeRequest } from "../../test/support/make.ts";
import { eventually } from "../../test/support/workerd/gateway.ts";
import { logOf, stubOf } from "../../test/support/workerd/job-of.ts";
import type { Admission } from "./admission.ts";

const MINUTE = 60_000;

/** An account that no other test has. */
function newAccount() {
	return env.ACCOUNT.getByName(`account ${crypto.randomUUID()}`);
}

function anAdmission(overrides: Partial<Admission> = {}): Admission {
	return { digest: crypto.randomUUID(), key: null, retried: false, ...overrides };
}

/** Starts a job as a Worker does. `words` tell the simulator how fal behaves. */
async function start(id: string, words: string): Promise<void> {
	const request = makeRequest({ prompt: `${id} ${words}` });
	await stubOf(id).start(makeAccepted({ webhook: null, request }), false);
}

async function admitNew(account: ReturnType<typeof newAccount>, admission: Admission): Promise<string> {
	const admitted = await account.admit(admission);
	if (admitted.kind !== "new") throw new Error(`not a new job: ${admitted.kind}`);
	return admitted.id;
}

describe("admit", () => {
	it("gives each request a job of its own, and a place in the list", async () => {
		const account = newAccount();
		const one = await account.admit(anAdmission());
		const two = await account.admit(anAdmission());
		expect([one, two]).toEqual([
			{ kind: "new", id: expect.stringMatching(/^[0-9a-f]{64}$/), listing: 1 },
			{ kind: "new", id: expect.stringMatching(/^[0-9a-f]{64}$/), listing: 2 },
		]);
	});

	it("gives a job the id that its Worker minted, and one row however often the call comes", async () => {
		const account = newAccount();
		for (const overrides of [{}, { key: "a key" }, { retried: true }]) {
			const same = anAdmission({ ...overrides, id: env.JOB.newUniqueId().toString() });
			const [first, ...repeats] = await Promise.all([1, 2, 3].map(() => account.admit(same)));
			expect(first).toMatchObject({ kind: "new", id: same.id });
			expect(repeats).toEqual([first, first]);
		}
		expect(await account.list(null, 10)).toHaveLength(3);
	});

	it("gives one job to equal retries that come at once", async () => {
		const account = newAccount();
		for (const same of [anAdmission({ key: "a key" }), anAdmission({ retried: true })]) {
			const admitted = await Promise.all(Array.from({ length: 5 }, () => account.admit(same)));
			expect(new Set(admitted.map((one) => ("id" in one ? one.id : one.kind))).size).toBe(1);
		}
	});

	it("gives equal requests at once a job each when none is a retry", async () => {
		const account = newAccount();
		const same = anAdmission();
		const admitted = await Promise.all(Array.from({ length: 5 }, () => account.admit(same)));
		expect(new Set(admitted.map((one) => ("id" in one ? one.id : one.kind))).size).toBe(5);
	});

	it("lets a retry start a job that was never started, and join it once it is", async () => {
		const account = newAccount();
		const same = anAdmission({ retried: true });
		const id = await admitNew(account, same);
		expect(await account.admit(same)).toEqual({ kind: "new", id, listing: 1 });
		await start(id, "sim:hold");
		expect(await account.admit(same)).toEqual({ kind: "joined", id });
	});

	it("makes another job when the earlier one is erased while it is asked", async () => {
		const account = newAccount();
		const same = anAdmission({ retried: true });
		const id = await admitNew(account, same);
		await runInDurableObject(account, (instance) => {
			/** A job's object takes it off the list before it forgets what it was. */
			const claim = async () => {
				instance.forget(1, id);
				return "unstarted";
			};
			const JOB = new Proxy(env.JOB, {
				get: (target, name) => (name === "get" ? () => ({ claim }) : Reflect.get(target, name).bind(target)),
			});
			Reflect.set(instance, "env", { ...env, JOB });
		});
		const admitted = await account.admit(same);
		expect(admitted).toMatchObject({ kind: "new", id: expect.not.stringContaining(id) });
		expect(await account.list(null, 10)).toEqual([{ n: 2, id: admitted.kind === "new" ? admitted.id : "" }]);
	});

	it("makes another job when the earlier one failed and cost nothing", async () => {
		const account = newAccount();
		const same = anAdmission({ key: "a key" });
		const id = await admitNew(account, same);
		await start(id, "sim:refused-422");
		await eventually(
			() => logOf(id),
			(log) => log.at(-1)?.type === "failed",
		);
		expect(await account.admit(same)).toMatchObject({ kind: "new", listing: 2 });
	});

	it("refuses a key that was used for another request", async () => {
		const account = newAccount();
		await account.admit(anAdmission({ key: "a key" }));
		expect(await account.admit(anAdmission({ key: "a key" }))).toEqual({ kind: "conflict" });
	});

	it.each([
		["a key after a day", { key: "a key" }, 24 * 60 * MINUTE],
		["a retry after half an hour", { retried: true }, 30 * MINUTE],
	])("forgets %s", async (_, overrides, windowMs) => {
		const account = newAccount();
		const same = anAdmission(overrides);
		const id = await admitNew(account, same);
		const age = (ms: number) =>
			runInDurableObject(account, (_instance, { storage }) => {
				storage.sql.exec("UPDATE jobs SET at = ?", Date.now() - ms);
			});
		await age(windowMs - MINUTE);
		expect(await account.admit(same)).toMatchObject({ kind: "new", id });
		await age(windowMs + MINUTE);
		expect(await account.admit(same)).toMatchObject({ kind: "new", listing: 2 });
	});
});

describe("list", () => {
	it("shows the newest first, page by page", async () => {
		const account = newAccount();
		const ids: string[] = [];
		for (let count = 0; count < 3; count += 1) ids.unshift(await admitNew(account, anAdmission()));
		const first = await account.list(null, 2);
		expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 2));
		expect((await account.list(first[1]?.n ?? 0, 2)).map(({ id }) => id)).toEqual(ids.slice(2));
	});

	it("is empty for an account without a job, and writes nothing", async () => {
		const account = newAccount();
		expect(await account.list(null, 10)).toEqual([]);
		await account.forget(1, "any");
		const tables = await runInDurableObject(account, (_, { storage }) =>
			storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'jobs'").toArray(),
		);
		expect(tables).toEqual([]);
	});
});

describe("forget", () => {
	it("takes a job off the list, and no other that has its place by now", async () => {
		const account = newAccount();
		const gone = await admitNew(account, anAdmission());
		await account.forget(1, gone);
		expect(await account.list(null, 10)).toEqual([]);
		// The code of before gives the place of a deleted newest row again.
		await runInDurableObject(account, (_, { storage }) => {
			storage.sql.exec("INSERT INTO jobs (id, at, digest, key) VALUES ('next', 1, 'd', NULL)");
		});
		await account.forget(1, gone);
		expect(await account.list(null, 10)).toEqual([{ n: 1, id: "next" }]);
	});

	it("goes by the place alone when an object of the previous deploy names no id", async () => {
		const account = newAccount();
		await account.admit(anAdmission());
		await account.forget(1);
		expect(await account.list(null, 10)).toEqual([]);
	});
});

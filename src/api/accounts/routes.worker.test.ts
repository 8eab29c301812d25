import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aPrompt, ask, askWith, eventually } from "../../../test/support/workerd/gateway.ts";
import { logOf, requestIdOf, stubOf, tablesOf } from "../../../test/support/workerd/job-of.ts";

interface Erased {
	readonly deleted: boolean;
	readonly jobs_left: number;
}

async function anAccount() {
	const account = `test-${crypto.randomUUID().slice(0, 8)}`;
	const issued = await ask("/v1/keys", { json: { account } });
	const { key } = await issued.json<{ key: string }>();
	return { account, key, object: env.ACCOUNT.getByName(account) };
}

async function makeJob(key: string, words: string): Promise<string> {
	const prompt = aPrompt(words);
	const headers = { authorization: `Bearer ${key}`, ...(words === "sim:hold" ? { prefer: "respond-async" } : {}) };
	const made = await ask("/v1/images/generations", { json: { model: "imagen4-preview", prompt }, headers });
	await made.body?.cancel();
	if (words === "sim:hold") await requestIdOf(prompt);
	return made.headers.get("x-job-id") ?? "";
}

async function erase(account: string): Promise<Erased & { status: number }> {
	const answer = await ask(`/v1/accounts/${account}`, { method: "DELETE" });
	return { status: answer.status, ...(await answer.json<Erased>()) };
}

async function namesOf(query = ""): Promise<readonly string[]> {
	const list = await (await ask(`/v1/accounts${query}`)).json<{ data: { name: string }[] }>();
	return list.data.map(({ name }) => name);
}

async function picturesOf(job: string): Promise<number> {
	return (await env.IMAGES.list({ prefix: `images/${job}/` })).objects.length;
}

async function rowsOf(object: DurableObjectStub, table: string): Promise<number> {
	return runInDurableObject(object, (_, { storage }) => storage.sql.exec(`SELECT 1 FROM ${table}`).toArray().length);
}

describe("GET /v1/accounts", () => {
	it("lists those of WORKER_ACCESS_KEY and those with an issued key, by name, in pages", async () => {
		const { account } = await anAccount();
		const list = await (await ask("/v1/accounts")).json<{ data: object[]; has_more: boolean }>();
		expect(list.has_more).toBe(false);
		expect(list.data).toContainEqual({
			object: "account",
			name: account,
			created_at: expect.any(Number),
			has_access_key: false,
		});
		const names = await namesOf();
		expect(names).toEqual(expect.arrayContaining(["owner", "other", account]));
		expect(names).toEqual(names.toSorted());
		expect(await namesOf("?limit=1")).toEqual(names.slice(0, 1));
		expect(await namesOf(`?limit=1&after=${names[0]}`)).toEqual(names.slice(1, 2));
		expect(await namesOf(`?after=${names.at(-1)}`)).toEqual([]);
	});
});

describe("DELETE /v1/accounts/{name}", () => {
	it("erases keys, jobs, pictures and usage, whatever its jobs are doing, and says how far it is", async () => {
		const { account, key, object } = await anAccount();
		const done = await makeJob(key, "sim:quick");
		const failed = await makeJob(key, "sim:server-error");
		const held = await makeJob(key, "sim:hold");
		const removed = await makeJob(key, "sim:hold");
		await stubOf(removed).remove(account, true);
		// It waits, unseen, for what fal may draw all the same.
		const cancelled = await makeJob(key, "sim:hold");
		await stubOf(cancelled).cancel(account);
		await eventually(
			() => logOf(cancelled),
			(log) => log.some(({ type }) => type === "cancelled"),
		);
		await stubOf(cancelled).remove(account, true);
		await env.IMAGES.put(`images/${done}/0.thumb`, "its thumbnail");
		expect(await picturesOf(done)).toBe(2);
		const first = await erase(account);
		if (first.status === 202) expect(first).toMatchObject({ deleted: false, jobs_left: expect.any(Number) });
		expect((await ask("/v1/key", { headers: { authorization: `Bearer ${key}` } })).status).toBe(401);
		await eventually(
			() => erase(account),
			({ deleted }) => deleted,
		);
		expect(await erase(account)).toEqual({
			status: 200,
			object: "account",
			name: account,
			deleted: true,
			jobs_left: 0,
		});
		for (const job of [done, failed, held, removed, cancelled]) {
			expect(await picturesOf(job)).toBe(0);
			expect(await tablesOf(job)).toEqual([]);
			expect((await ask(`/v1/jobs/${job}?account=${account}`)).status).toBe(404);
		}
		for (const table of ["jobs", "keys", "usage", "erasure"])
			expect([table, await rowsOf(object, table)]).toEqual([table, 0]);
		expect(await namesOf()).not.toContain(account);
	});

	it("goes on by its alarm after its object died, and a new key is refused until its end", async () => {
		const { account, key, object } = await anAccount();
		const jobs = [];
		for (let count = 0; count < 25; count += 1) jobs.push(await object.admit(anAdmission()));
		const job = await makeJob(key, "sim:quick");
		expect(await erase(account)).toMatchObject({ status: 202, deleted: false });
		const refused = await ask("/v1/keys", { json: { account } });
		expect(refused.status).toBe(400);
		expect(await refused.json()).toMatchObject({ error: { param: "account" } });
		await evictDurableObject(object);
		// Jobs without a log may still be about to start: they wait for a minute.
		await runInDurableObject(object, (_, { storage }) => {
			storage.sql.exec("UPDATE jobs SET at = at - 61000");
		});
		await eventually(
			async () => {
				await runDurableObjectAlarm(object);
				return rowsOf(object, "erasure");
			},
			(rows) => rows === 0,
		);
		expect(await rowsOf(object, "jobs")).toBe(0);
		expect(await picturesOf(job)).toBe(0);
		expect((await ask("/v1/keys", { json: { account } })).status).toBe(200);
	});

	it("comes again after a round that broke off", async () => {
		const { account, object } = await anAccount();
		await object.admit(anAdmission());
		await runInDurableObject(object, async (instance, { storage }) => {
			storage.sql.exec("UPDATE jobs SET id = 'an id that no job has'");
			await expect(instance.erase(account)).rejects.toThrow();
			storage.sql.exec("DELETE FROM jobs");
		});
		expect(await runDurableObjectAlarm(object)).toBe(true);
		expect(await rowsOf(object, "erasure")).toBe(0);
	});

	it("leaves a job that came after its beginning, and other accounts", async () => {
		const [{ account, key, object }, other] = [await anAccount(), await anAccount()];
		const theirs = await makeJob(other.key, "sim:quick");
		const before = await makeJob(key, "sim:hold");
		await object.erase(account);
		const after = await object.admit(anAdmission());
		if (after.kind !== "new") throw new Error(after.kind);
		// As old as one that never began is at its end: its place alone keeps it.
		await runInDurableObject(object, (_, { storage }) => {
			storage.sql.exec("UPDATE jobs SET at = at - 61000 WHERE id = ?", after.id);
		});
		await stubOf(before).cancel(account);
		await eventually(
			async () => {
				await runDurableObjectAlarm(object);
				return rowsOf(object, "erasure");
			},
			(rows) => rows === 0,
		);
		expect((await object.list(null, 10)).map(({ id }) => id)).toEqual([after.id]);
		expect(await picturesOf(theirs)).toBe(1);
	});

	it.each(["", "?confirm=", "?confirm=yes", "?confirm=bob"])(
		"of the owner's own account wants its name once more: %j erases nothing",
		async (query) => {
			const { account, key } = await anAccount();
			const job = await makeJob(key, "sim:quick");
			const gateway = askWith({ OWNER: account, WORKER_ACCESS_KEY: `${account}=sk-the-owner-of-the-day` });
			const headers = { authorization: "Bearer sk-the-owner-of-the-day" };
			const eraseSelf = (confirm: string) =>
				gateway(`/v1/accounts/${account}${confirm}`, { method: "DELETE", headers });
			const refused = await eraseSelf(query);
			expect([refused.status, await refused.json()]).toMatchObject([
				400,
				{ error: { code: "invalid_value", param: "confirm", message: expect.stringContaining(account) } },
			]);
			expect(await picturesOf(job)).toBe(1);
			await eventually(
				async () => (await eraseSelf(`?confirm=${account}`)).json<Erased>(),
				({ deleted }) => deleted,
			);
			expect(await picturesOf(job)).toBe(0);
		},
	);

	it("of an account that nobody has ends at once, and what is no name is not found", async () => {
		expect(await erase("nobody-at-all")).toMatchObject({ status: 200, deleted: true, jobs_left: 0 });
		expect((await ask("/v1/accounts/@registry", { method: "DELETE" })).status).toBe(404);
		expect((await ask("/v1/accounts/Bob", { method: "DELETE" })).status).toBe(404);
	});
});

function anAdmission() {
	return { digest: crypto.randomUUID(), key: null, retried: false };
}

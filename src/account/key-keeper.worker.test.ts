import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { NO_LIMITS } from "../../test/support/keys.ts";
import type { KeySettings, StoredKey } from "./key-record.ts";

/** An account that no other test has. */
function newAccount() {
	return env.ACCOUNT.getByName(`account ${crypto.randomUUID()}`);
}

function aKey(id: string, settings: Partial<KeySettings> = {}): Omit<StoredKey, "createdAt" | "earlier"> {
	return { id, secretSha256: `sha of ${id}`, redacted: `sk-dr-…${id}`, settings: { ...NO_LIMITS, ...settings } };
}

async function idsOf(account: ReturnType<typeof newAccount>, before: string | null, limit: number) {
	return ((await account.listKeys(before, limit)) ?? []).map(({ id }) => id);
}

describe("an account's keys", () => {
	it("are checked, shown without their digest, changed and deleted, also after an eviction", async () => {
		const account = newAccount();
		const added = await account.addKey(aKey("one", { name: "Bob" }));
		expect(added).toEqual({
			id: "one",
			createdAt: expect.any(Number),
			redacted: "sk-dr-…one",
			settings: { ...NO_LIMITS, name: "Bob" },
			graceUntil: null,
		});
		await evictDurableObject(account);
		expect(await account.checkKey("one", "sha of one")).toEqual({ models: null });
		expect(await account.checkKey("one", "sha of two")).toEqual({ refused: "revoked" });
		expect(await account.changeKey("one", { blocked: true })).toMatchObject({
			settings: { name: "Bob", blocked: true },
		});
		expect(await account.checkKey("one", "sha of one")).toEqual({ refused: "blocked" });
		expect(await account.readKey("one")).toMatchObject({ settings: { name: "Bob", blocked: true } });
		expect(await account.deleteKey("one")).toBe(true);
		expect(await account.deleteKey("one")).toBe(false);
		expect(await account.readKey("one")).toBeNull();
		expect(await account.checkKey("one", "sha of one")).toEqual({ refused: "revoked" });
	});

	it("of an unknown id are not there", async () => {
		const account = newAccount();
		expect(await account.readKey("none")).toBeNull();
		expect(await account.changeKey("none", { blocked: true })).toBeNull();
		expect(await account.rotateKey("none", { secretSha256: "b", redacted: "", graceUntil: null })).toBeNull();
		expect(await account.deleteKey("none")).toBe(false);
		expect(await account.listKeys("none", 10)).toBeNull();
	});

	it("are written once, however often the call comes", async () => {
		const account = newAccount();
		const [first, again] = [
			await account.addKey(aKey("one")),
			await account.addKey({ ...aKey("one"), redacted: "other" }),
		];
		expect(again).toEqual(first);
		expect(await account.listKeys(null, 10)).toHaveLength(1);
	});

	it("keep the secret of before a rotation until its grace ends", async () => {
		const account = newAccount();
		await account.addKey(aKey("one"));
		const graceUntil = Date.now() + 60_000;
		const rotation = { secretSha256: "new", redacted: "sk-dr-…new", graceUntil };
		expect(await account.rotateKey("one", rotation)).toMatchObject({ redacted: "sk-dr-…new", graceUntil });
		expect([await account.checkKey("one", "sha of one"), await account.checkKey("one", "new")]).toEqual([
			{ models: null, goodUntil: graceUntil },
			{ models: null },
		]);
		expect(await account.rotateKey("one", { ...rotation, secretSha256: "newer", graceUntil: null })).toMatchObject({
			graceUntil: null,
		});
		expect(await Promise.all(["sha of one", "new", "newer"].map((sha) => account.checkKey("one", sha)))).toEqual([
			{ refused: "revoked" },
			{ refused: "revoked" },
			{ models: null },
		]);
	});

	it("are listed in pages, the newest first", async () => {
		const account = newAccount();
		expect(await account.listKeys(null, 10)).toEqual([]);
		for (const id of ["a", "b", "c", "d", "e"]) await account.addKey(aKey(id));
		const all = await idsOf(account, null, 10);
		expect(all.toSorted()).toEqual(["a", "b", "c", "d", "e"]);
		const first = await idsOf(account, null, 2);
		const second = await idsOf(account, first.at(-1) ?? "", 2);
		expect([...first, ...second, ...(await idsOf(account, second.at(-1) ?? "", 2))]).toEqual(all);
	});

	it("are at most a thousand", async () => {
		const account = newAccount();
		await Promise.all(Array.from({ length: 1_000 }, (_, index) => account.addKey(aKey(`${index}`))));
		expect(await account.addKey(aKey("one more"))).toBe("full");
		expect(await account.addKey(aKey("7"))).toMatchObject({ id: "7" });
		await account.deleteKey("7");
		expect(await account.addKey(aKey("one more"))).toMatchObject({ id: "one more" });
	});
});

describe("the registry", () => {
	it("has no secret before one is offered, and keeps the first", async () => {
		const registry = newAccount();
		expect(await registry.macSecret()).toBeNull();
		expect(await Promise.all(["ab", "cd", "ef"].map((offered) => registry.mintMacSecret(offered)))).toEqual([
			"ab",
			"ab",
			"ab",
		]);
		await evictDurableObject(registry);
		expect(await registry.macSecret()).toBe("ab");
	});

	it("lists accounts by name, once each, in pages", async () => {
		const registry = newAccount();
		expect(await registry.listAccounts(null, 10)).toEqual([]);
		for (const name of ["cat", "ann", "bob", "ann"]) await registry.listAccount(name);
		const names = async (after: string | null, limit: number) =>
			(await registry.listAccounts(after, limit)).map(({ name }) => name);
		expect(await names(null, 10)).toEqual(["ann", "bob", "cat"]);
		expect(await names("ann", 1)).toEqual(["bob"]);
		await registry.unlistAccount("bob");
		await registry.unlistAccount("bob");
		expect(await names(null, 10)).toEqual(["ann", "cat"]);
	});
});

it("an object without keys writes no row for being asked", async () => {
	const account = newAccount();
	await account.checkKey("one", "sha");
	await account.listKeys(null, 1);
	await account.macSecret();
	await account.deleteKey("one");
	const tables = await runInDurableObject(account, (_, { storage }) =>
		storage.sql.exec("SELECT name FROM sqlite_master").toArray(),
	);
	expect(tables).toEqual([]);
});

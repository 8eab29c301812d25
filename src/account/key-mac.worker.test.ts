import { expect, it } from "vitest";
import { parseKey } from "./key-form.ts";
import { importMacSecret, isMintedHere, mintKey, mintKeyId } from "./key-mac.ts";

const ours = await importMacSecret("01".repeat(32));
const theirs = await importMacSecret("02".repeat(32));

async function isOurs(key: string): Promise<boolean> {
	const parts = parseKey(key);
	if (parts === null) throw new Error(`no key: ${key}`);
	return isMintedHere(ours, parts);
}

it("knows the keys that it made, and they differ", async () => {
	const keys = await Promise.all(Array.from({ length: 20 }, () => mintKey(ours, "bob", mintKeyId())));
	expect(new Set(keys).size).toBe(20);
	expect(await Promise.all(keys.map(isOurs))).toEqual(keys.map(() => true));
});

it("makes a key of the id that it is given", async () => {
	const id = mintKeyId();
	expect(parseKey(await mintKey(ours, "a-b", id))).toMatchObject({ account: "a-b", id });
});

it("knows none that another secret made", async () => {
	expect(await isOurs(await mintKey(theirs, "bob", mintKeyId()))).toBe(false);
});

it("knows none with any character changed", async () => {
	const key = await mintKey(ours, "bob", mintKeyId());
	const begin = "sk-dr-".length;
	for (let at = begin; at < key.length; at += 1) {
		if (key[at] === "-") continue;
		const changed = `${key.slice(0, at)}${key[at] === "0" ? "1" : "0"}${key.slice(at + 1)}`;
		expect([changed, await isOurs(changed)]).toEqual([changed, false]);
	}
});

it("knows none with another account, though its name is the end or the beginning of the right one", async () => {
	const key = await mintKey(ours, "bob-and-amy", mintKeyId());
	expect(await isOurs(key)).toBe(true);
	for (const account of ["bob", "amy", "and-amy", "bob-and"])
		expect(await isOurs(key.replace("bob-and-amy", account))).toBe(false);
});

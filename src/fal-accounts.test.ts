import { describe, expect, it } from "vitest";
import { MAX_FAL_ACCOUNTS, parseFalAccounts, toFalAccount } from "./fal-accounts.ts";

function keysOf(text: string) {
	const parsed = parseFalAccounts(text);
	return parsed.ok ? parsed.value.map(({ key }) => key) : parsed.error;
}

describe("a list of fal's keys", () => {
	it("has its keys in their order, without the spaces around them", () => {
		expect(keysOf("id-1:secret-1, id-2:secret-2 ,\nid-3:secret-3")).toEqual([
			"id-1:secret-1",
			"id-2:secret-2",
			"id-3:secret-3",
		]);
	});

	it("may be one of admin keys, and says so", () => {
		expect(parseFalAccounts("id:", "FAL_ADMIN_KEY")).toEqual({
			ok: false,
			error: ["FAL_ADMIN_KEY lacks the part before or behind its colon: a key of fal's is `<id>:<secret>`."],
		});
		expect(parseFalAccounts("id:a,id:b", "FAL_ADMIN_KEY")).toEqual({
			ok: false,
			error: ["FAL_ADMIN_KEY lists a key twice."],
		});
	});

	it("says which entries are wrong, and shows none", () => {
		expect(keysOf("id-1:secret-1,1234,Key 56:78")).toEqual([
			"FAL_API_KEY, in its entry 2, has no colon: a key of fal's is `<id>:<secret>`, and both parts are needed.",
			"FAL_API_KEY, in its entry 3, begins with `Key` or the like: leave that word out, it is added here.",
		]);
	});

	it.each(["id-1:secret-1,", ",id-1:secret-1", "id-1:secret-1,,id-2:secret-2"])("has no empty entry: %s", (text) => {
		expect(keysOf(text)).toEqual([
			expect.stringMatching(/^FAL_API_KEY, in its entry \d, is empty: leave out the comma\.$/),
		]);
	});

	it("names no account twice", () => {
		expect(keysOf("id-1:secret-1,id-2:secret-2,id-1:secret-1")).toEqual(["FAL_API_KEY lists a key twice."]);
		expect(keysOf("id-1:secret-1,id-1:secret-2")).toEqual(["FAL_API_KEY lists a key twice."]);
	});

	it("has a bounded number of keys", () => {
		const keys = Array.from({ length: MAX_FAL_ACCOUNTS + 1 }, (_, index) => `id-${index}:secret`);
		expect(keysOf(keys.slice(1).join())).toEqual(keys.slice(1));
		expect(keysOf(keys.join())).toEqual(["FAL_API_KEY must list 10 keys at most."]);
		expect(keysOf("id:secret,".repeat(100_000))).toEqual(["FAL_API_KEY must list 10 keys at most."]);
	});
});

describe("a fingerprint", () => {
	// Vectors of FNV-1a, from its authors.
	it.each([
		["a", "e40c292c"],
		["foobar", "bf9cf968"],
	])("of the id %s is %s, whatever the secret", (id, fingerprint) => {
		expect(toFalAccount(`${id}:a-secret`).fingerprint).toBe(fingerprint);
		expect(toFalAccount(`${id}:another:secret`).fingerprint).toBe(fingerprint);
	});
});

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

const QUOTES = "stands in quotes: give the key alone, without them.";
const NAME = "begins with a name and `=`: give the key alone.";
const WORD = "begins with `Key` or the like: leave that word out, it is added here.";
const CHARACTERS = "holds a space, or a character that no key has.";
const COLON = "has no colon: a key of fal's is `<id>:<secret>`, and both parts are needed.";
const PART = "lacks the part before or behind its colon: a key of fal's is `<id>:<secret>`.";

describe("a key of fal's", () => {
	it.each([
		["Key 12:34", WORD],
		["key 12:34", WORD],
		["Bearer 12:34", WORD],
		["Basic\t12:34", WORD],
		["Authorization:Key 12:34", WORD],
		["Authorization: Key 12:34", WORD],
		["authorization  :  key 12:34", WORD],
		['"12:34"', QUOTES],
		["'12:34", QUOTES],
		["“12:34”", QUOTES],
		["12:34'", QUOTES],
		["FAL_KEY=12:34", NAME],
		["FAL_KEY =12:34", NAME],
		["export FAL_KEY=12:34", NAME],
		["EXPORT  FAL_KEY=12:34", NAME],
		['FAL_API_KEY = "12:34', NAME],
		["12 34", CHARACTERS],
		["12:key 34", CHARACTERS],
		["12:schlüssel", CHARACTERS],
		["1234", COLON],
		["12:", PART],
		[":34", PART],
	])("is refused if it is %s, in one sentence that shows nothing of it", (key, fault) => {
		expect(keysOf(key)).toEqual([`FAL_API_KEY ${fault}`]);
		expect(fault).not.toContain("34");
	});

	it.each(["12:34", "233296c2-1111-4222-8333-abcdef012345:0123456789abcdef", "id:c2VjcmV0==", "id:it's"])(
		"may be %s",
		(key) => {
			expect(keysOf(key)).toEqual([key]);
		},
	);
});

describe("a fingerprint", () => {
	// The first two are vectors of FNV-1a from its authors.
	it.each([
		["a", "e40c292c"],
		["foobar", "bf9cf968"],
		["id-400", "00f01281"],
	])("of the id %s is %s, whatever the secret", (id, fingerprint) => {
		expect(toFalAccount(`${id}:a-secret`).fingerprint).toBe(fingerprint);
		expect(toFalAccount(`${id}:another:secret`).fingerprint).toBe(fingerprint);
	});
});

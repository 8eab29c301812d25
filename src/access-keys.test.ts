import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAccessKeys } from "./access-keys.ts";

function keysOf(text: string) {
	const parsed = parseAccessKeys(text);
	return parsed.ok ? parsed.value.keys : parsed.error;
}

function warningsOf(text: string) {
	const parsed = parseAccessKeys(text);
	return parsed.ok ? parsed.value.warnings : parsed.error;
}

describe("a list", () => {
	it("has names and keys, with two keys for one name during a rotation", () => {
		expect(keysOf("ann=first-key-1, bob=other-key-2,ann=second-key-3")).toEqual([
			{ account: "ann", key: "first-key-1" },
			{ account: "bob", key: "other-key-2" },
			{ account: "ann", key: "second-key-3" },
		]);
	});

	it("counts an entry once that is written twice", () => {
		expect(keysOf("ann=first-key-1,ann=first-key-1")).toEqual([{ account: "ann", key: "first-key-1" }]);
	});

	it("keeps the `=` of a key", () => {
		expect(keysOf("ann=Zm9vYmFyYmF6cXV4==,bob=a=b")).toEqual([
			{ account: "ann", key: "Zm9vYmFyYmF6cXV4==" },
			{ account: "bob", key: "a=b" },
		]);
	});

	it("may have one entry, if that is no key", () => {
		expect(keysOf("ann=short")).toEqual([{ account: "ann", key: "short" }]);
		expect(keysOf("ann=Zm9vYmFyYmF6cXV4==")).toEqual([{ account: "ann", key: "Zm9vYmFyYmF6cXV4==" }]);
		expect(keysOf("customer-one=sixteen-or-more-")).toEqual([{ account: "customer-one", key: "sixteen-or-more-" }]);
		expect(keysOf("owner=x1=y")).toEqual([{ account: "owner", key: "x1=y" }]);
	});

	it.each([
		["abc", "xy"],
		["carol", "xyz"],
		["customer1", "nine-char"],
		["customer1", "longer-key"],
		["a-customer-with-a-long-name", "sixteen-or-more-"],
	])(
		"may have the one entry %s=%s: a name is hardly a key if it is short, or no longer than the key",
		(account, key) => {
			expect(keysOf(`${account}=${key}`)).toEqual([{ account, key }]);
		},
	);
});

describe("a bare key", () => {
	it.each([
		"Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=",
		"sk-darkroom-Abc",
		"xy",
		"0".repeat(512),
		"Hunter2=x",
		`${"a".repeat(33)}=`,
	])("is the owner's: %s", (key) => {
		expect(keysOf(key)).toEqual([{ account: "owner", key }]);
	});
});

const FORM = "WORKER_ACCESS_KEY must be one key, or a list `name=key,name=key` with names of a-z, 0-9, `_` and `-`.";
const CHARACTERS = "WORKER_ACCESS_KEY must hold no spaces, no commas and only ASCII inside a key.";
const LENGTH = "WORKER_ACCESS_KEY needs 2 to 512 characters in each key, `=` at its end aside.";
const TWINS = "WORKER_ACCESS_KEY must not give two accounts the same key.";
const AMBIGUOUS =
	"WORKER_ACCESS_KEY could be one key that holds `=`, or a name and a key. Write `owner=` before a key that stands alone.";

describe("a problem", () => {
	it.each([
		["x", LENGTH],
		["X=====", LENGTH],
		["x".repeat(513), LENGTH],
		["owner=", LENGTH],
		["owner=x", LENGTH],
		["owner=====", LENGTH],
		["ann=long-enough,bob=", LENGTH],
		["ann=long-enough,mfrggzdfmztwq2lk=====", LENGTH],
		["ann=long-enough,bob", FORM],
		["ann=long-enough,Bob=long-enough-2", FORM],
		["ann=long-enough,", FORM],
		["two words", CHARACTERS],
		["ann=two words", CHARACTERS],
		["first-key,second-key", CHARACTERS],
		["kéy-of-somebody", CHARACTERS],
		["ann=the-same-key,bob=the-same-key", TWINS],
		// These could also be one whole key: base32 and base64 in lower case, hex, and keys with `=` in them.
		["mfrggzdfmztwq2lknnwg23tpoa======", AMBIGUOUS],
		["abcdefghijklm==", AMBIGUOUS],
		["abc=", AMBIGUOUS],
		["deadbeefdeadbeefdeadbeefdeadbeef=", AMBIGUOUS],
		["hunter2hunter2=x", AMBIGUOUS],
		["hunter2hunter2=x=", AMBIGUOUS],
		["hunter2=xy", AMBIGUOUS],
		["correct-horse-battery=staple", AMBIGUOUS],
		["a=b", AMBIGUOUS],
		["abcdefgh=xyz", AMBIGUOUS],
		["a-customer-with-a-long-name=fifteen-or-more", AMBIGUOUS],
	])("of %j is told by its rule", (text, problem) => {
		expect(keysOf(text)).toEqual([problem]);
	});

	it("is told once, with the others", () => {
		expect(keysOf("ann=x,bob=y,Eve=long-enough")).toEqual([LENGTH, FORM]);
	});
});

describe("a weak key", () => {
	it.each([
		["fifteen-chars-x", ["WORKER_ACCESS_KEY has fewer than 16 characters, so it can be guessed."]],
		["sixteen-chars-xy", []],
		["Fifteen-chars-x====", ["WORKER_ACCESS_KEY has fewer than 16 characters, so it can be guessed."]],
		// A lone name may be a part of the key.
		["ann=fifteen-chars-x", ["WORKER_ACCESS_KEY has fewer than 16 characters, so it can be guessed."]],
		[
			"ann=fifteen-chars-x,bob=sixteen-chars-xy",
			["WORKER_ACCESS_KEY, in the key of 'ann', has fewer than 16 characters, so it can be guessed."],
		],
	])("%j works, with a warning", (text, warnings) => {
		expect(parseAccessKeys(text).ok).toBe(true);
		expect(warningsOf(text)).toEqual(warnings);
	});
});

it("never takes one key in base32 or base64 apart into a name and a shorter key", () => {
	const anyBase64 = fc
		.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz234567"), minLength: 2, maxLength: 64 })
		.chain((text) => fc.integer({ min: 0, max: 6 }).map((padding) => `${text}${"=".repeat(padding)}`));
	fc.assert(
		fc.property(anyBase64, (text) => {
			const parsed = parseAccessKeys(text);
			if (parsed.ok) expect(parsed.value.keys).toEqual([{ account: "owner", key: text }]);
			else expect(parsed.error).toEqual([AMBIGUOUS]);
		}),
	);
});

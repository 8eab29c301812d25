import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAccessKeys } from "../access-keys.ts";
import {
	ACCOUNT_NAME,
	beginKey,
	completeKey,
	KEY_ID_BYTES,
	KEY_SECRET_BYTES,
	macText,
	newKeyId,
	parseKey,
	redactKey,
	splitMac,
} from "./key-form.ts";

const ID = "0123456789AB";
const SECRET = "abcdefghijklmnopqrstuvwxyzABCDEF0123456789abcdef";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const accountName = fc.stringMatching(/^[a-z0-9_-]{1,32}$/);
const madeKey = fc
	.tuple(accountName, bytes(KEY_ID_BYTES), bytes(KEY_SECRET_BYTES), bytes(32))
	.map(([account, id, random, mac]) => ({
		account,
		id: newKeyId(id),
		key: completeKey(beginKey(account, newKeyId(id), random), mac),
		mac,
	}));

describe("parseKey", () => {
	it.each([
		["bob", `sk-dr-bob-${ID}-${SECRET}`],
		["a", `sk-dr-a-${ID}-${SECRET}`],
		["an-account-with-dashes", `sk-dr-an-account-with-dashes-${ID}-${SECRET}`],
		["-", `sk-dr---${ID}-${SECRET}`],
		["bob-0123456789ab", `sk-dr-bob-0123456789ab-${ID}-${SECRET}`],
		["_".repeat(32), `sk-dr-${"_".repeat(32)}-${ID}-${SECRET}`],
	])("reads the account '%s' from the right", (account, key) => {
		expect(parseKey(key)).toEqual({ account, id: ID, secret: SECRET });
	});

	it.each([
		["another beginning", `sk-bob-${ID}-${SECRET}`],
		["no account", `sk-dr--${ID}-${SECRET}`],
		["no account at all", `sk-dr-${ID}-${SECRET}`],
		["a capital in the account", `sk-dr-Bob-${ID}-${SECRET}`],
		["an account of 33 characters", `sk-dr-${"a".repeat(33)}-${ID}-${SECRET}`],
		["a short id", `sk-dr-bob-${ID.slice(1)}-${SECRET}`],
		["a secret that was cut off", `sk-dr-bob-${ID}-${SECRET.slice(1)}`],
		["a secret that goes on", `sk-dr-bob-${ID}-${SECRET}a`],
		["a secret with a sign", `sk-dr-bob-${ID}-${SECRET.slice(1)}_`],
		["a line's end", `sk-dr-bob-${ID}-${SECRET}\n`],
		["words before it", `key sk-dr-bob-${ID}-${SECRET}`],
		["nothing", ""],
	])("refuses %s", (_, key) => {
		expect(parseKey(key)).toBeNull();
	});

	it("reads every key that is made, with the MAC in its place", () => {
		fc.assert(
			fc.property(madeKey, ({ account, id, key, mac }) => {
				const parts = parseKey(key);
				expect(parts).toMatchObject({ account, id });
				if (parts === null) return;
				const split = splitMac(parts);
				expect(split.mac).toBe(macText(mac));
				expect(`sk-dr-${split.begun}${split.mac}`).toBe(key);
			}),
		);
	});

	it("takes time in proportion to the text", () => {
		for (const text of ["sk-dr-".repeat(40_000), `sk-dr-${"a-".repeat(100_000)}`, "-".repeat(200_000)]) {
			const begun = performance.now();
			expect(parseKey(text)).toBeNull();
			expect(performance.now() - begun).toBeLessThan(50);
		}
	});
});

describe("a key", () => {
	it("has characters that need no quotes in a shell, a header or a file", () => {
		fc.assert(
			fc.property(madeKey, ({ key }) => {
				expect(key).toMatch(/^[\w-]+$/);
			}),
		);
	});

	it("is made as it is written here", () => {
		const random = Uint8Array.from({ length: KEY_SECRET_BYTES }, (_, index) => index);
		const mac = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
		const id = newKeyId(Uint8Array.from({ length: KEY_ID_BYTES }, (_, index) => index * 20));
		expect(id).toBe("0KeyIcwGauEY");
		expect(completeKey(beginKey("bob", id, random), mac)).toBe(
			"sk-dr-bob-0KeyIcwGauEY-0123456789ABCDEFGHIJKLMNOPQRSTUV76543210zyxwvuts",
		);
	});

	it("is shown by its beginning and its last four characters alone", () => {
		expect(redactKey(`sk-dr-bob-${ID}-${SECRET}`)).toBe("sk-dr-…cdef");
	});
});

describe("ACCOUNT_NAME", () => {
	it.each([
		"a",
		"owner",
		"bob-2",
		"a_b",
		"-",
		"9",
		"n".repeat(32),
		"",
		"n".repeat(33),
		"Bob",
		"a b",
		"a.b",
		"ö",
		"a\n",
	])("takes '%s' as WORKER_ACCESS_KEY does", (name) => {
		const configured = parseAccessKeys(`${name}=0123456789abcdef,owner=fedcba9876543210`);
		expect(ACCOUNT_NAME.test(name)).toBe(
			configured.ok && configured.value.keys.some(({ account }) => account === name),
		);
	});
});

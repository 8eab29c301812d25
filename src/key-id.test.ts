import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isKeyId, KEY_ID_EXAMPLE, parseKeyId, parsePublicKeyId, toPublicKeyId } from "./key-id.ts";

const ID = "0123456789AB";
const account = fc.stringMatching(/^[a-z0-9_-]{1,32}$/);
const id = fc.stringMatching(/^[0-9A-Za-z]{12}$/);
const NO_IDS = ["", "key_", `key_${ID}`, `bob-${ID}-`, `Bob-${ID}`, `bob-${ID}x`, `${ID}x`, `sk-dr-bob-${ID}-secret`];

describe("toPublicKeyId", () => {
	it("names the account", () => {
		expect(toPublicKeyId({ account: "alice", id: ID })).toBe(`key_alice-${ID}`);
	});

	it("is null for a key of the operator's", () => {
		expect(toPublicKeyId({ account: "alice", id: null })).toBeNull();
	});
});

describe("parsePublicKeyId", () => {
	it("finds account and id again", () => {
		fc.assert(
			fc.property(account, id, (account, id) => {
				expect(parsePublicKeyId(toPublicKeyId({ account, id }))).toEqual({ account, id });
			}),
		);
	});

	it("finds them without `key_` too, unless the account's own name begins so", () => {
		fc.assert(
			fc.property(account, id, (account, id) => {
				fc.pre(!account.startsWith("key_"));
				expect(parsePublicKeyId(`${account}-${id}`)).toEqual({ account, id });
			}),
		);
		expect(parsePublicKeyId(`key_key_bob-${ID}`)).toEqual({ account: "key_bob", id: ID });
	});

	it("reads the example that errors show", () => {
		expect(parsePublicKeyId(KEY_ID_EXAMPLE)).toEqual({ account: "alice", id: "Bxuu5ad8B9Ue" });
	});

	it.each([...NO_IDS, ID])("refuses '%s'", (text) => {
		expect(parsePublicKeyId(text)).toBeNull();
	});
});

describe("parseKeyId", () => {
	it.each([
		[ID, "bob"],
		[`bob-${ID}`, "bob"],
		[`key_ann-${ID}`, "ann"],
	])("reads '%s' as a key of %s, for bob", (text, account) => {
		expect(parseKeyId(text, "bob")).toEqual({ account, id: ID });
		expect(isKeyId(text)).toBe(true);
	});

	it.each(NO_IDS)("refuses '%s'", (text) => {
		expect(parseKeyId(text, "bob")).toBeNull();
		expect(isKeyId(text)).toBe(false);
	});
});

import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { makeConfig } from "../../test/support/workerd/make-config.ts";
import type { Caller } from "../context.ts";
import { authenticate } from "./authenticate.ts";
import { mintKey, mintKeyId } from "./key-mac.ts";
import { mintMacSecret } from "./mac-secret.ts";

const surroundings = {
	env,
	config: makeConfig({ WORKER_ACCESS_KEY: "ann=key-of-ann-1,bob=key-of-bob-1,ann=key-of-ann-2,owner=key-of-owner-1" }),
};

function withHeader(authorization?: string): Request {
	return new Request(
		"https://gateway.example.com/v1/models",
		authorization === undefined ? {} : { headers: { authorization } },
	);
}

function callerOf(account: string): Caller {
	return { account, key: null, scopes: account === "owner" ? ["make", "read", "admin"] : ["make", "read"] };
}

it.each([
	["Bearer key-of-ann-1", "ann"],
	["Bearer key-of-ann-2", "ann"],
	["Bearer key-of-bob-1", "bob"],
	["bearer key-of-bob-1", "bob"],
	["BEARER   key-of-bob-1", "bob"],
	["Bearer key-of-owner-1", "owner"],
])("tells the account of '%s'", async (header, account) => {
	expect(await authenticate(surroundings, withHeader(header))).toEqual({ ok: true, value: callerOf(account) });
});

it.each([undefined, "", "Bearer", "Bearer ", "Basic a2V5LW9mLWFubi0x", "key-of-ann-1"])(
	"says of '%s' that no key was given",
	async (header) => {
		const result = await authenticate(surroundings, withHeader(header));
		expect(result).toEqual({ ok: false, error: { kind: "unauthorized", missing: true } });
	},
);

it.each([
	"Bearer key-of-ann",
	"Bearer key-of-ann-11",
	"Bearer Key-Of-Ann-1",
	"Bearer key-of-ann-1, Bearer key-of-ann-1",
])("rejects '%s'", async (header) => {
	const result = await authenticate(surroundings, withHeader(header));
	expect(result).toEqual({ ok: false, error: { kind: "unauthorized", missing: false } });
});

it("accepts the longest key that can be configured, and rejects a longer header unread", async () => {
	const longest = "k".repeat(512);
	const roomy = makeConfig({ WORKER_ACCESS_KEY: longest });
	expect(await authenticate({ env, config: roomy }, withHeader(`Bearer ${longest}`))).toEqual({
		ok: true,
		value: callerOf("owner"),
	});
	expect(await authenticate({ env, config: roomy }, withHeader(`Bearer ${"k".repeat(100_000)}`))).toEqual({
		ok: false,
		error: { kind: "unauthorized", missing: false },
	});
});

it("lets the account that OWNER names administer, and no other", async () => {
	const WORKER_ACCESS_KEY = "ann=key-of-ann-1,owner=key-of-owner-1";
	const others = { env, config: makeConfig({ WORKER_ACCESS_KEY, OWNER: "ann" }) };
	expect(await authenticate(others, withHeader("Bearer key-of-ann-1"))).toMatchObject({
		value: { account: "ann", scopes: ["make", "read", "admin"] },
	});
	expect(await authenticate(others, withHeader("Bearer key-of-owner-1"))).toMatchObject({
		value: { account: "owner", scopes: ["make", "read"] },
	});
});

it("knows an issued key by its MAC, and never lets it administer", async () => {
	const macSecret = await mintMacSecret(env);
	for (const account of ["carol", "owner"]) {
		const id = mintKeyId();
		const key = await mintKey(macSecret, account, id);
		const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
		const secretSha256 = new Uint8Array(digest).toHex();
		expect(await authenticate(surroundings, withHeader(`Bearer ${key}`))).toEqual({
			ok: true,
			value: { account, key: { id, secretSha256 }, scopes: ["make", "read"] },
		});
		const last = key.endsWith("a") ? "b" : "a";
		expect(await authenticate(surroundings, withHeader(`Bearer ${key.slice(0, -1)}${last}`))).toEqual({
			ok: false,
			error: { kind: "unauthorized", missing: false },
		});
	}
});

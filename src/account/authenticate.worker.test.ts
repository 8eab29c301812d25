import { expect, it } from "vitest";
import { makeConfig } from "../../test/support/workerd/make-config.ts";
import type { Caller } from "../context.ts";
import { authenticate } from "./authenticate.ts";

const config = makeConfig({ WORKER_ACCESS_KEY: "ann=key-of-ann-1,bob=key-of-bob-1,ann=key-of-ann-2" });

function withHeader(authorization?: string): Request {
	return new Request(
		"https://gateway.example.com/v1/models",
		authorization === undefined ? {} : { headers: { authorization } },
	);
}

function callerOf(account: string): Caller {
	return { account, key: null, scopes: ["make", "read"] };
}

it.each([
	["Bearer key-of-ann-1", "ann"],
	["Bearer key-of-ann-2", "ann"],
	["Bearer key-of-bob-1", "bob"],
	["bearer key-of-bob-1", "bob"],
	["BEARER   key-of-bob-1", "bob"],
])("tells the account of '%s'", async (header, account) => {
	expect(await authenticate(config, withHeader(header))).toEqual({ ok: true, value: callerOf(account) });
});

it.each([undefined, "", "Bearer", "Bearer ", "Basic a2V5LW9mLWFubi0x", "key-of-ann-1"])(
	"says of '%s' that no key was given",
	async (header) => {
		const result = await authenticate(config, withHeader(header));
		expect(result).toEqual({ ok: false, error: { kind: "unauthorized", missing: true } });
	},
);

it.each([
	"Bearer key-of-ann",
	"Bearer key-of-ann-11",
	"Bearer Key-Of-Ann-1",
	"Bearer key-of-ann-1, Bearer key-of-ann-1",
])("rejects '%s'", async (header) => {
	const result = await authenticate(config, withHeader(header));
	expect(result).toEqual({ ok: false, error: { kind: "unauthorized", missing: false } });
});

it("accepts the longest key that can be configured, and rejects a longer header unread", async () => {
	const longest = "k".repeat(512);
	const roomy = makeConfig({ WORKER_ACCESS_KEY: longest });
	expect(await authenticate(roomy, withHeader(`Bearer ${longest}`))).toEqual({
		ok: true,
		value: callerOf("owner"),
	});
	expect(await authenticate(roomy, withHeader(`Bearer ${"k".repeat(100_000)}`))).toEqual({
		ok: false,
		error: { kind: "unauthorized", missing: false },
	});
});

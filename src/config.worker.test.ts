import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { makeConfig } from "../test/support/workerd/make-config.ts";
import { readConfig } from "./config.ts";
import type { Env } from "./env.ts";

function problemsOf(overrides: Partial<Env>): readonly string[] {
	const result = readConfig({ ...env, ...overrides });
	return result.ok ? [] : result.error;
}

it("has a default for everything but the two secrets", () => {
	expect(makeConfig()).toEqual({
		falApiKey: "test-id:test-secret",
		accessKeys: [
			{ account: "owner", key: "test-key-of-owner" },
			{ account: "other", key: "test-key-of-other" },
		],
		signingSecrets: ["test-id:test-secret"],
		falQueueUrl: "https://queue.fal.run",
		falJwksUrl: "https://rest.fal.ai/.well-known/jwks.json",
		publicUrl: null,
		defaultModel: "imagen4-preview",
		offered: { kind: "all" },
		progress: "reasoning",
		deadlineMs: 900_000,
		retentionMs: 2_592_000_000,
	});
});

it("names each missing secret, all at once, and says how to set it", () => {
	expect(problemsOf({ FAL_API_KEY: " \n", WORKER_ACCESS_KEY: "" })).toEqual([
		"FAL_API_KEY is not set: run `wrangler secret put FAL_API_KEY`.",
		"WORKER_ACCESS_KEY is not set: run `wrangler secret put WORKER_ACCESS_KEY`.",
	]);
});

it("trims the newline that a piped secret ends with", () => {
	const config = makeConfig({ FAL_API_KEY: "id:secret\n", WORKER_ACCESS_KEY: "a-bare-key\n" });
	expect(config.falApiKey).toBe("id:secret");
	expect(config.accessKeys).toEqual([{ account: "owner", key: "a-bare-key" }]);
});

it("reads an env once", () => {
	const own = { ...env };
	expect(readConfig(own)).toBe(readConfig(own));
});

describe("WORKER_ACCESS_KEY", () => {
	const keysOf = (text: string) => makeConfig({ WORKER_ACCESS_KEY: text }).accessKeys;

	it("may be a list of names and keys, with two keys for one name during a rotation", () => {
		expect(keysOf("ann=first-key-1, bob=other-key-2,ann=second-key-3")).toEqual([
			{ account: "ann", key: "first-key-1" },
			{ account: "bob", key: "other-key-2" },
			{ account: "ann", key: "second-key-3" },
		]);
	});

	it("may be a bare key that ends in `=`, as base64 does", () => {
		expect(keysOf("Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=")).toEqual([
			{ account: "owner", key: "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=" },
		]);
	});

	it("keeps the `=` of a named key", () => {
		expect(keysOf("ann=Zm9vYmFyYmF6cXV4==")).toEqual([{ account: "ann", key: "Zm9vYmFyYmF6cXV4==" }]);
	});

	it.each([
		["x", "2 to 512 characters"],
		["x".repeat(513), "2 to 512 characters"],
		["abcdefghijklm==", "2 to 512 characters"],
		["ann=long-enough,bob", "name=key"],
		["ann=long-enough,Bob=long-enough-2", "name=key"],
		["ann=long-enough,", "name=key"],
		["two words", "spaces or commas"],
		["first-key,second-key", "spaces or commas"],
		["ann=the-same-key,bob=the-same-key", "'ann' and 'bob' the same key"],
	])("refuses %s", (text, why) => {
		const problems = problemsOf({ WORKER_ACCESS_KEY: text });
		expect(problems.join(" ")).toContain(why);
	});

	it("never shows a key in a problem", () => {
		const problems = problemsOf({
			FAL_API_KEY: "sec ret",
			WORKER_ACCESS_KEY: "ann=s3cret,bob=s3cret s3cret",
			SIGNING_KEY: "s3cret,",
		});
		expect(problems).toHaveLength(3);
		expect(problems.join(" ")).not.toMatch(/s3cret|sec ret/);
	});
});

it("reads SIGNING_KEY as a list, the newest first", () => {
	expect(makeConfig({ SIGNING_KEY: "the-new-signing-key, the-old-signing-key\n" }).signingSecrets).toEqual([
		"the-new-signing-key",
		"the-old-signing-key",
	]);
	expect(problemsOf({ SIGNING_KEY: "the-new-signing-key,,old" })).toHaveLength(1);
});

it("removes the slash at the end of addresses", () => {
	const config = makeConfig({
		FAL_QUEUE_URL: "http://localhost:8788/",
		FAL_JWKS_URL: "http://localhost:8788/.well-known/jwks.json",
		PUBLIC_URL: "https://pictures.example.com//",
	});
	expect(config.falQueueUrl).toBe("http://localhost:8788");
	expect(config.falJwksUrl).toBe("http://localhost:8788/.well-known/jwks.json");
	expect(config.publicUrl).toBe("https://pictures.example.com");
});

it.each(["queue.fal.run", "ftp://queue.fal.run", "https://user:word@queue.fal.run", "https://queue.fal.run?x=1"])(
	"refuses the address %s",
	(url) => {
		expect(problemsOf({ FAL_QUEUE_URL: url })).toEqual([
			"FAL_QUEUE_URL must be an http or https address without a query.",
		]);
	},
);

it.each<[Partial<Env>, string]>([
	[{ JOB_DEADLINE_SECONDS: "0.5" }, "JOB_DEADLINE_SECONDS"],
	[{ JOB_DEADLINE_SECONDS: "86401" }, "JOB_DEADLINE_SECONDS"],
	[{ JOB_DEADLINE_SECONDS: "15m" }, "JOB_DEADLINE_SECONDS"],
	[{ RETENTION_DAYS: "0" }, "RETENTION_DAYS"],
	[{ RETENTION_DAYS: "3651" }, "RETENTION_DAYS"],
	[{ RETENTION_DAYS: "-1" }, "RETENTION_DAYS"],
	[{ PROGRESS: "loud" }, "PROGRESS"],
	[{ MODELS: "no such thing!" }, "MODELS"],
	[{ MODELS: "fal-ai/flux/dev", DEFAULT_MODEL: "imagen4-preview" }, "DEFAULT_MODEL"],
])("names the bad value in %o", (overrides, name) => {
	const problems = problemsOf(overrides);
	expect(problems).toHaveLength(1);
	expect(problems[0]).toMatch(new RegExp(`^${name} must`));
});

it("accepts numbers at their bounds, as text or as numbers", () => {
	expect(makeConfig({ JOB_DEADLINE_SECONDS: "1", RETENTION_DAYS: "0.001" })).toMatchObject({
		deadlineMs: 1000,
		retentionMs: 86_400,
	});
	expect(makeConfig({ JOB_DEADLINE_SECONDS: 86_400, RETENTION_DAYS: 3650 }).deadlineMs).toBe(86_400_000);
});

it("falls back to the first offered model if the usual default is not offered", () => {
	expect(makeConfig({ MODELS: "fal-ai/flux/dev,fal-ai/flux/schnell" }).defaultModel).toBe("fal-ai/flux/dev");
	expect(makeConfig({ MODELS: "fal-ai/flux/dev,imagen4-preview" }).defaultModel).toBe("imagen4-preview");
});

import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { makeConfig } from "../test/support/workerd/make-config.ts";
import { readConfig } from "./config.ts";
import type { Env } from "./env.ts";
import { handle } from "./router.ts";

function problemsOf(overrides: Partial<Env>): readonly string[] {
	const result = readConfig({ ...env, ...overrides });
	return result.ok ? [] : result.error;
}

it("has a default for everything but the two secrets", () => {
	expect(makeConfig({ MAX_OPEN_JOBS: "", FAL_API_KEY: "test-id:test-secret" })).toEqual({
		falAccounts: [{ key: "test-id:test-secret", fingerprint: "44efc045" }],
		falAdmins: [],
		lowBalance: 5,
		accessKeys: [
			{ account: "owner", key: "test-key-of-owner" },
			{ account: "other", key: "test-key-of-other" },
		],
		owner: "owner",
		signingSecrets: ["test-id:test-secret"],
		falQueueUrl: "https://queue.fal.run",
		falApiUrl: "https://api.fal.ai",
		falStorageUrl: "https://rest.fal.ai",
		falJwksUrl: "https://rest.fal.ai/.well-known/jwks.json",
		falSchemaUrl: "https://fal.ai/api/openapi/queue/openapi.json",
		publicUrl: null,
		defaultModel: "imagen4-preview",
		offered: { kind: "all" },
		progress: "reasoning",
		pricing: { own: new Map(), fallback: 0.1 },
		maxOpenJobs: 100,
		deadlineMs: 900_000,
		retentionMs: 2_592_000_000,
	});
});

it("names each missing secret, all at once, and says how to set it", () => {
	expect(problemsOf({ FAL_API_KEY: " \n", WORKER_ACCESS_KEY: "" })).toEqual([
		"FAL_API_KEY is not set: add it as a secret of the Worker in Cloudflare's dashboard, or run `wrangler secret put FAL_API_KEY`.",
		"WORKER_ACCESS_KEY is not set: add it as a secret of the Worker in Cloudflare's dashboard, or run `wrangler secret put WORKER_ACCESS_KEY`.",
	]);
});

it("trims the newline that a piped secret ends with", () => {
	const config = makeConfig({ FAL_API_KEY: "id:secret\n", WORKER_ACCESS_KEY: "a-bare-key\n" });
	expect(config.falAccounts.map(({ key }) => key)).toEqual(["id:secret"]);
	expect(config.accessKeys).toEqual([{ account: "owner", key: "a-bare-key" }]);
});

it("reads an env once", () => {
	const own = { ...env };
	expect(readConfig(own)).toBe(readConfig(own));
});

it("says what is wrong with a key of fal's", () => {
	expect(problemsOf({ FAL_API_KEY: "Key 12:34" })).toEqual([
		"FAL_API_KEY begins with `Key` or the like: leave that word out, it is added here.",
	]);
});

describe("a secret", () => {
	/** No sentence has a word of these letters by chance. */
	const anySecret = fc.string({ unit: fc.constantFrom(..."qzjvkw187=,_-+/ \n\"'é\u000b"), maxLength: 60 });
	const anyEnv = fc.record({
		FAL_API_KEY: anySecret,
		WORKER_ACCESS_KEY: fc.oneof(
			anySecret,
			fc
				.array(fc.tuple(anySecret, anySecret), { maxLength: 4 })
				.map((list) => list.map((pair) => pair.join("=")).join()),
		),
		SIGNING_KEY: anySecret,
	});
	const SHOWN_CHARS = 4;

	function shownIn(text: string, secret: string): readonly string[] {
		return [...secret].flatMap((_, at) => {
			const part = secret.slice(at, at + SHOWN_CHARS);
			return part.length === SHOWN_CHARS && text.includes(part) ? [part] : [];
		});
	}

	it("is in no part of an answer or of a line of the log, however wrong it is", { timeout: 60_000 }, async () => {
		const said: unknown[][] = [];
		for (const level of ["log", "info", "warn", "error", "debug"] as const)
			vi.spyOn(console, level).mockImplementation((...line) => said.push(line));
		await fc.assert(
			fc.asyncProperty(anyEnv, async (secrets) => {
				said.length = 0;
				const wrong = { ...env, ...secrets };
				const answer = await handle(new Request("https://gateway.example/v1/models"), wrong, createExecutionContext());
				const answered = `${await answer.text()} ${[...answer.headers.values()].join(" ")}`;
				expect(Object.values(secrets).flatMap((secret) => shownIn(answered, secret))).toEqual([]);

				// A module of its own warns again.
				vi.resetModules();
				const fresh = await import("./config.ts");
				const result = fresh.readConfig(wrong);
				// The name of an account in a list is no secret.
				const keys = result.ok ? result.value.accessKeys.map(({ key }) => key) : [secrets.WORKER_ACCESS_KEY];
				const logged = JSON.stringify(said);
				const hidden = [...keys, secrets.FAL_API_KEY, secrets.SIGNING_KEY];
				expect(hidden.flatMap((secret) => shownIn(logged, secret))).toEqual([]);
			}),
			{ numRuns: 300 },
		);
		vi.restoreAllMocks();
	});
});

it("warns of short access keys in the log once, and shows none", async () => {
	const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
	vi.resetModules();
	const fresh = await import("./config.ts");
	const WORKER_ACCESS_KEY = "ann=short-one,owner=long-enough-to-keep,eve=hunter2";
	expect(fresh.readConfig({ ...env, WORKER_ACCESS_KEY }).ok).toBe(true);
	expect(fresh.readConfig({ ...env, WORKER_ACCESS_KEY }).ok).toBe(true);
	expect(warn.mock.calls).toEqual([
		[
			`{"event":"warning","message":"WORKER_ACCESS_KEY, in the key of 'ann', has fewer than 16 characters, so it can be guessed."}`,
		],
		[
			`{"event":"warning","message":"WORKER_ACCESS_KEY, in the key of 'eve', has fewer than 16 characters, so it can be guessed."}`,
		],
	]);
	vi.restoreAllMocks();
});

it.each([
	[{ WORKER_ACCESS_KEY: "ann=long-enough-to-keep" }, true],
	[{ WORKER_ACCESS_KEY: "ann=long-enough-to-keep", OWNER: "ann" }, false],
	[{ WORKER_ACCESS_KEY: "ann=long-enough-to-keep,owner=also-long-enough" }, false],
	[{ WORKER_ACCESS_KEY: "long-enough-to-keep" }, false],
])("warns in the log if nobody administers: %j %s", async (settings, isWarned) => {
	const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
	vi.resetModules();
	const fresh = await import("./config.ts");
	expect(fresh.readConfig({ ...env, ...settings }).ok).toBe(true);
	const message = "No account administers: WORKER_ACCESS_KEY has no key of `owner`, and OWNER names no other account.";
	expect(warn.mock.calls).toEqual(isWarned ? [[JSON.stringify({ event: "warning", message })]] : []);
	vi.restoreAllMocks();
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
		FAL_API_URL: "http://localhost:8788/",
		FAL_STORAGE_URL: "http://localhost:8788/",
		FAL_JWKS_URL: "http://localhost:8788/.well-known/jwks.json",
		PUBLIC_URL: "https://pictures.example.com//",
	});
	expect(config.falQueueUrl).toBe("http://localhost:8788");
	expect(config.falApiUrl).toBe("http://localhost:8788");
	expect(config.falStorageUrl).toBe("http://localhost:8788");
	expect(config.falJwksUrl).toBe("http://localhost:8788/.well-known/jwks.json");
	expect(config.publicUrl).toBe("https://pictures.example.com");
});

it.each(["queue.fal.run", "ftp://queue.fal.run", "https://user:word@queue.fal.run", "https://queue.fal.run?x=1"])(
	"refuses the address %s",
	(url) => {
		expect(problemsOf({ FAL_QUEUE_URL: url, FAL_API_URL: url })).toEqual([
			"FAL_QUEUE_URL must be an http or https address without a query.",
			"FAL_API_URL must be an http or https address without a query.",
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
	[{ PRICES: "imagen4-preview" }, "PRICES"],
	[{ PRICES: "no such thing=0.1" }, "PRICES"],
	[{ PRICES: "flux-dev=1000.1" }, "PRICES"],
	[{ DEFAULT_PRICE: "0" }, "DEFAULT_PRICE"],
	[{ DEFAULT_PRICE: "0.00" }, "DEFAULT_PRICE"],
	[{ DEFAULT_PRICE: "a dime" }, "DEFAULT_PRICE"],
	[{ DEFAULT_PRICE: "1001" }, "DEFAULT_PRICE"],
	[{ MAX_OPEN_JOBS: "0" }, "MAX_OPEN_JOBS"],
	[{ LOW_BALANCE: "-1" }, "LOW_BALANCE"],
	[{ LOW_BALANCE: "$5" }, "LOW_BALANCE"],
	[{ LOW_BALANCE: "1000001" }, "LOW_BALANCE"],
	[{ MAX_OPEN_JOBS: "1.5" }, "MAX_OPEN_JOBS"],
	[{ MAX_OPEN_JOBS: "100001" }, "MAX_OPEN_JOBS"],
	[{ MODELS: "fal-ai/flux/krea", DEFAULT_MODEL: "imagen4-preview" }, "DEFAULT_MODEL"],
])("names the bad value in %o", (overrides, name) => {
	const problems = problemsOf(overrides);
	expect(problems).toHaveLength(1);
	expect(problems[0]).toMatch(new RegExp(`^${name} must`));
});

it("reads admin keys as fal's other keys, and names a wrong one without showing it", () => {
	const { falAdmins } = makeConfig({ FAL_ADMIN_KEY: "admin:secret, second:secret\n" });
	expect(falAdmins.map(({ key }) => key)).toEqual(["admin:secret", "second:secret"]);
	expect(problemsOf({ FAL_ADMIN_KEY: "secret-of-admin" })).toEqual([
		"FAL_ADMIN_KEY has no colon: a key of fal's is `<id>:<secret>`, and both parts are needed.",
	]);
});

it("reads prices by any name of a model, with commas or spaces between them", () => {
	const { pricing } = makeConfig({
		PRICES: "imagen4-preview=0.04, fal-ai/flux/krea=0.031 gpt-image-2=0 openai/gpt-image-2/edit=1000",
		DEFAULT_PRICE: 0.25,
	});
	expect(pricing.fallback).toBe(0.25);
	expect([...pricing.own]).toEqual([
		["imagen4-preview", 0.04],
		["fal-ai/flux/krea", 0.031],
		["gpt-image-2", 0],
		["openai/gpt-image-2/edit", 1_000],
	]);
});

it("accepts numbers at their bounds, as text or as numbers", () => {
	expect(makeConfig({ JOB_DEADLINE_SECONDS: "1", RETENTION_DAYS: "0.001" })).toMatchObject({
		deadlineMs: 1000,
		retentionMs: 86_400,
	});
	expect(makeConfig({ JOB_DEADLINE_SECONDS: 86_400, RETENTION_DAYS: 3650 }).deadlineMs).toBe(86_400_000);
});

it("falls back to the first offered model if the usual default is not offered", () => {
	expect(makeConfig({ MODELS: "fal-ai/flux/krea,fal-ai/flux/schnell" }).defaultModel).toBe("fal-ai/flux/krea");
	expect(makeConfig({ MODELS: "fal-ai/flux/krea,imagen4-preview" }).defaultModel).toBe("imagen4-preview");
});

it("signs with the first key of fal's if SIGNING_KEY is not set, and takes what any of them signed", () => {
	const FAL_API_KEY = "id-new:secret-new, id-old:secret-old";
	expect(makeConfig({ FAL_API_KEY }).signingSecrets).toEqual(["id-new:secret-new", "id-old:secret-old"]);
	expect(makeConfig({ FAL_API_KEY, SIGNING_KEY: "a-signing-key" }).signingSecrets).toEqual(["a-signing-key"]);
});

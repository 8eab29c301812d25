import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Env } from "../../env.ts";
import { handle } from "../../router.ts";

interface Health {
	readonly status: string;
	readonly checks?: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
	readonly error?: { readonly code: string };
}

async function ask(path: string, key: string | null, settings: Partial<Env> = {}) {
	const headers: HeadersInit = key === null ? {} : { authorization: `Bearer ${key}` };
	const ctx = createExecutionContext();
	const response = await handle(new Request(`https://gateway.test${path}`, { headers }), { ...env, ...settings }, ctx);
	const body = await response.json<Health>();
	await waitOnExecutionContext(ctx);
	return { status: response.status, body };
}

const OWNER = "test-key-of-owner";
const ONE_KEY = { FAL_API_KEY: "test-id:test-secret" };

/** Names the checks that failed. */
function failed({ checks = [] }: Health): readonly string[] {
	return checks.filter(({ ok }) => !ok).map(({ name }) => name.replace(/ .*/, ""));
}

describe("GET /healthz", () => {
	it.each(["/healthz", "/healthz?deep=0"])("tells anybody that the Worker is alive: %s", async (path) => {
		expect(await ask(path, null)).toEqual({ status: 200, body: { status: "ok" } });
	});

	it.each([
		[null, 401, "invalid_api_key"],
		["a-wrong-key-of-somebody", 401, "invalid_api_key"],
		["test-key-of-other", 403, "insufficient_permissions"],
	])("tells nobody but the owner more: %s", async (key, status, code) => {
		const { status: actual, body } = await ask("/healthz?deep=1", key);
		expect([actual, body.error?.code, body.checks]).toEqual([status, code, undefined]);
	});
});

describe("GET /healthz?deep=1", () => {
	it("tries R2, an object, fal's key, its schemas and the clock, and leaves nothing", async () => {
		const { status, body } = await ask("/healthz?deep=1", OWNER, ONE_KEY);
		expect(body.checks?.map(({ name }) => name.replace(/ [0-9a-f]{8}$/, ""))).toEqual([
			"fal_key",
			"r2",
			"objects",
			"fal_schemas",
			"clock",
		]);
		expect([status, body.status, failed(body)]).toEqual([200, "ok", []]);
		expect((await env.IMAGES.list({ prefix: "health/" })).objects).toEqual([]);
	});

	it("asks with each key of FAL_API_KEY, and says which is refused without a part of it", async () => {
		const { status, body } = await ask("/healthz?deep=1", OWNER, {
			FAL_API_KEY: "test-id:test-secret,bad-key:secret-1",
		});
		expect([status, body.status, failed(body)]).toEqual([503, "failing", ["fal_key"]]);
		expect(body.checks?.filter(({ name }) => name.startsWith("fal_key"))).toHaveLength(2);
		expect(JSON.stringify(body)).not.toContain("secret");
	});

	it("fails with 503 if R2 takes nothing, and still makes the other checks", async () => {
		const IMAGES = new Proxy(env.IMAGES, {
			get: (bucket, name) =>
				name === "put" ? () => Promise.reject(new Error("R2 is gone")) : Reflect.get(bucket, name).bind(bucket),
		});
		const { status, body } = await ask("/healthz?deep=1", OWNER, { ...ONE_KEY, IMAGES });
		expect([status, failed(body), body.checks?.length]).toEqual([503, ["r2"], 5]);
	});

	it("fails if the address of the schemas answers with something else", async () => {
		const { status, body } = await ask("/healthz?deep=1", OWNER, { FAL_SCHEMA_URL: "https://fal.test/nothing/here" });
		expect([status, failed(body)]).toEqual([503, ["fal_schemas"]]);
	});
});

import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pngOf } from "../../test/support/forms.ts";
import { NO_LIMITS } from "../../test/support/keys.ts";
import { aPrompt, ORIGIN } from "../../test/support/workerd/gateway.ts";
import type { Env } from "../env.ts";
import { handle } from "../router.ts";
import { redactKey } from "./key-form.ts";
import { importMacSecret, mintKey, mintKeyId } from "./key-mac.ts";
import { mintMacSecret } from "./mac-secret.ts";

interface Watched {
	readonly env: Env;
	/** The names of the accounts whose objects were called, in order. */
	readonly called: string[];
}

/** An env of its own, as another isolate has, which notes whom it calls. @param registry The object that is called as the registry */
function watched(registry = "@registry"): Watched {
	const called: string[] = [];
	const accounts = new Proxy(env.ACCOUNT, {
		get: (target, name) =>
			name === "getByName"
				? (account: string) => {
						called.push(account);
						return target.getByName(account === "@registry" ? registry : account);
					}
				: Reflect.get(target, name),
	});
	return { env: { ...env, ACCOUNT: accounts }, called };
}

function send(worker: Watched, key: string, path = "/v1/models", init: RequestInit = {}): Promise<Response> {
	const headers = { authorization: `Bearer ${key}`, ...init.headers };
	return handle(new Request(`${ORIGIN}${path}`, { ...init, headers }), worker.env, createExecutionContext());
}

function draw(worker: Watched, key: string, more: object = {}): Promise<Response> {
	const body = JSON.stringify({ model: "imagen4-preview", prompt: aPrompt("sim:quick"), ...more });
	return send(worker, key, "/v1/images/generations", { method: "POST", body });
}

async function sha256(text: string): Promise<string> {
	return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

/** Issues a key of an account that no other test has. */
async function anIssuedKey() {
	const account = `test-${crypto.randomUUID().slice(0, 8)}`;
	const id = mintKeyId();
	const key = await mintKey(await mintMacSecret(env), account, id);
	const object = env.ACCOUNT.getByName(account);
	await object.addKey({ id, secretSha256: await sha256(key), redacted: redactKey(key), settings: NO_LIMITS });
	return { account, id, key, object };
}

/** A body that fails the test if it is read. */
function unread(): ReadableStream {
	return new ReadableStream(
		{
			pull: () => {
				throw new Error("the body was read");
			},
		},
		{ highWaterMark: 0 },
	);
}

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
	vi.useRealTimers();
});

describe("an issued key", () => {
	it("is asked about once in half a minute, and the MAC's secret once", async () => {
		const { account, key } = await anIssuedKey();
		const worker = watched();
		for (let turn = 0; turn < 3; turn += 1) expect((await send(worker, key)).status).toBe(200);
		expect(worker.called).toEqual(["@registry", account]);
		vi.advanceTimersByTime(29_999);
		await send(worker, key);
		expect(worker.called).toHaveLength(2);
		vi.advanceTimersByTime(1);
		await send(worker, key);
		expect(worker.called).toEqual(["@registry", account, account]);
	});

	it.each([
		["deleted", "was revoked"],
		["blocked", "is blocked"],
		["made to expire", "has expired"],
	])("that is %s reads for half a minute at most, and is told why", async (fate, said) => {
		const { id, key, object } = await anIssuedKey();
		const worker = watched();
		expect((await send(worker, key)).status).toBe(200);
		if (fate === "deleted") await object.deleteKey(id);
		else await object.changeKey(id, fate === "blocked" ? { blocked: true } : { expiresAt: Date.now() });
		expect((await send(worker, key)).status).toBe(200);
		vi.advanceTimersByTime(30_000);
		const answer = await send(worker, key);
		expect(answer.status).toBe(401);
		expect(answer.headers.get("www-authenticate")).toBe("Bearer");
		const { error } = await answer.json<{ error: { message: string; code: string } }>();
		expect(error).toMatchObject({ code: "invalid_api_key", message: expect.stringContaining(said) });
		expect(error.message).not.toContain(key.slice(-20));
		// The answer "no" is remembered as well: who tries for ever wakes no object for it.
		const calls = worker.called.length;
		await send(worker, key);
		expect(worker.called).toHaveLength(calls);
	});

	it("reads until it expires, and not a moment longer", async () => {
		const { id, key, object } = await anIssuedKey();
		const expiresAt = Date.now() + 10_000;
		await object.changeKey(id, { expiresAt });
		const worker = watched();
		expect((await send(worker, key)).status).toBe(200);
		vi.setSystemTime(expiresAt - 1);
		expect((await send(worker, key)).status).toBe(200);
		vi.setSystemTime(expiresAt);
		expect((await send(worker, key)).status).toBe(401);
		expect((await send(worker, key, "/v1/key")).status).toBe(401);
	});

	it("that was rotated reads until its grace ends, and the new one goes on", async () => {
		const { account, id, key, object } = await anIssuedKey();
		const graceUntil = Date.now() + 10_000;
		const next = await mintKey(await mintMacSecret(env), account, id);
		await object.rotateKey(id, { secretSha256: await sha256(next), redacted: redactKey(next), graceUntil });
		const worker = watched();
		for (const good of [key, next]) expect((await send(worker, good)).status).toBe(200);
		vi.setSystemTime(graceUntil - 1);
		expect((await send(worker, key)).status).toBe(200);
		vi.setSystemTime(graceUntil);
		expect((await send(worker, key)).status).toBe(401);
		const calls = worker.called.length;
		expect((await send(worker, next)).status).toBe(200);
		expect(worker.called).toHaveLength(calls);
	});

	it("is asked about for an answer of text as for a read, and gets none once it is revoked", async () => {
		const { account, id, key, object } = await anIssuedKey();
		const body = JSON.stringify({ messages: [{ role: "user", content: "hi" }] });
		const say = (worker: Watched) => send(worker, key, "/v1/chat/completions", { method: "POST", body });
		const worker = watched();
		for (let turn = 0; turn < 2; turn += 1) expect((await say(worker)).status).toBe(200);
		expect(worker.called).toEqual(["@registry", account]);
		await object.deleteKey(id);
		expect((await say(watched())).status).toBe(401);
	});

	it("may not administer", async () => {
		const { key } = await anIssuedKey();
		const answer = await send(watched(), key, "/v1/jobs?account=owner");
		expect(answer.status).toBe(403);
		expect(await answer.json()).toMatchObject({ error: { code: "insufficient_permissions" } });
	});
});

describe("a request that makes a job", () => {
	it("asks the account once, for the check and the admission together", async () => {
		const { account, key } = await anIssuedKey();
		const worker = watched();
		const made = await draw(worker, key);
		expect(made.status).toBe(200);
		await made.body?.cancel();
		expect(worker.called).toEqual(["@registry", account]);
		await (await draw(worker, key)).body?.cancel();
		expect(worker.called).toEqual(["@registry", account, account]);
	});

	it.each(["deleted", "blocked", "expired"])("is refused at once by a key that is %s", async (fate) => {
		const { id, key, object } = await anIssuedKey();
		const worker = watched();
		expect((await send(worker, key)).status).toBe(200);
		if (fate === "deleted") await object.deleteKey(id);
		else await object.changeKey(id, fate === "blocked" ? { blocked: true } : { expiresAt: Date.now() });
		const answer = await draw(worker, key);
		expect(answer.status).toBe(401);
		expect(await answer.json()).toMatchObject({ error: { code: "invalid_api_key" } });
		expect(await object.list(null, 1)).toEqual([]);
	});

	it("that brings a form is refused unread, and one with a picture in JSON before it is stored", async () => {
		const { account, id, key, object } = await anIssuedKey();
		await object.deleteKey(id);
		const form = watched();
		const refused = await send(form, key, "/v1/images/edits", {
			method: "POST",
			body: unread(),
			headers: { "content-type": "multipart/form-data; boundary=x", expect: "100-continue" },
		});
		expect(refused.status).toBe(401);
		expect(form.called).toEqual(["@registry", account]);

		const before = (await env.IMAGES.list({ prefix: "inputs/" })).objects.length;
		const json = watched();
		const picture = `data:image/png;base64,${pngOf(64, 64).toBase64()}`;
		expect((await draw(json, key, { image: picture })).status).toBe(401);
		expect(json.called).toEqual(["@registry", account]);
		expect((await env.IMAGES.list({ prefix: "inputs/" })).objects).toHaveLength(before);
	});
});

describe("an invented key", () => {
	it("wakes no account, and no body of its request is read", async () => {
		const { account, id, key } = await anIssuedKey();
		const theirs = await importMacSecret("00".repeat(32));
		const invented = [
			await mintKey(theirs, account, id),
			await mintKey(theirs, "owner", mintKeyId()),
			`${key.slice(0, -1)}${key.endsWith("x") ? "y" : "x"}`,
			key.replace(account, "owner"),
			key.slice(0, -1),
			`sk-dr-${account}`,
			"sk-1234567890abcdef",
		];
		const worker = watched();
		for (const wrong of invented) {
			const answer = await send(worker, wrong, "/v1/images/edits", {
				method: "POST",
				body: unread(),
				headers: { "content-type": "multipart/form-data; boundary=x", expect: "100-continue" },
			});
			expect(answer.status).toBe(401);
			expect(await answer.json()).toMatchObject({ error: { code: "invalid_api_key" } });
		}
		expect(worker.called).toEqual(["@registry"]);
	});

	it("before any was issued asks the registry once in five seconds", async () => {
		const key = await mintKey(await importMacSecret("00".repeat(32)), "bob", mintKeyId());
		const worker = watched(`a registry of ${crypto.randomUUID()}`);
		for (let turn = 0; turn < 3; turn += 1) expect((await send(worker, key)).status).toBe(401);
		expect(worker.called).toEqual(["@registry"]);
		vi.advanceTimersByTime(5_000);
		await send(worker, key);
		expect(worker.called).toEqual(["@registry", "@registry"]);
	});
});

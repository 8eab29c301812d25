import { createExecutionContext, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aPrompt, ask, eventually, ORIGIN, queueCalls } from "../../test/support/workerd/gateway.ts";
import { advance, logOf, stubOf } from "../../test/support/workerd/job-of.ts";
import { handle } from "../router.ts";

/** Collects the lines that the Worker and its objects write to the console while good and bad things happen. */

const lines: unknown[][] = [];
beforeEach(() => {
	lines.length = 0;
	for (const level of ["log", "info", "warn", "error", "debug", "trace"] as const)
		vi.spyOn(console, level).mockImplementation((...line) => {
			lines.push(line);
		});
});
afterEach(() => {
	vi.restoreAllMocks();
});

function logged(): string {
	return lines
		.map((line) => line.map((part) => (part instanceof Error ? part.stack : JSON.stringify(part))))
		.join("\n");
}

/** All that must not be in a log: what the request said, its keys, and the addresses with a signature or a MAC. */
function secretsOf(prompt: string, more: readonly string[] = []): readonly string[] {
	const keys = ["test-key-of-owner", "test-key-of-other", "test-id:test-secret", "test-secret"];
	return [prompt, prompt.slice(0, 30), ...keys, "sig=", "://", "/webhooks/fal/", ...more];
}

function expectSilentAbout(secrets: readonly string[]): void {
	const text = logged();
	expect(secrets.filter((secret) => secret !== "" && text.includes(secret))).toEqual([]);
}

async function drawn(words: string, init: { headers?: Record<string, string> } = {}) {
	const prompt = aPrompt(words);
	const answer = await ask("/v1/images/generations", { ...init, json: { prompt, response_format: "url" } });
	const body: { data?: { url: string }[] } = await answer.json();
	return { prompt, answer, url: body.data?.[0]?.url ?? "" };
}

describe("a request", () => {
	it("that is good leaves no line, nor do its picture and its webhook", async () => {
		const { answer, url } = await drawn("sim:quick");
		expect(answer.status).toBe(200);
		expect((await ask(url, { headers: { authorization: "" } })).status).toBe(200);
		await (await ask("/v1/jobs")).text();
		expect(lines).toEqual([]);
	});

	it.each([
		["sim:content-policy", 400],
		["sim:invalid-input", 400],
		["sim:server-error", 422],
		["sim:no-images", 422],
		["sim:refused-422", 400],
		["sim:key-refused", 403],
	])("that ends badly at fal (%s) leaves no secret", async (words, status) => {
		const { prompt, answer, url } = await drawn(words);
		expect(answer.status).toBe(status);
		expectSilentAbout(secretsOf(prompt, [url]));
	});

	it("that is refused leaves no line", async () => {
		const { url } = await drawn("sim:quick");
		const wrong = `${url.slice(0, -3)}xyz`;
		for (const [path, init] of [
			[wrong, {}],
			[`/images/${"0".repeat(64)}/0.png?exp=1&sig=a-wrong-one`, {}],
			["/webhooks/fal/0000/a-wrong-mac", { method: "POST", body: "{}" }],
			["/v1/models", { headers: { authorization: "Bearer a-wrong-key-of-somebody" } }],
			["/v1/a-red-fox", {}],
			["/v1/images/generations", { method: "POST", body: '{"prompt": "a red fox' }],
			["/v1/images/generations", { json: { prompt: "a red fox", model: "a-red-fox" } }],
		] as const)
			expect((await ask(path, init)).status).toBeGreaterThanOrEqual(400);
		expect(lines).toEqual([]);
	});
});

describe("an error that nobody expected", () => {
	it("in a job is logged without what the job is about", async () => {
		const prompt = aPrompt("sim:hold");
		const created = await ask("/v1/images/generations", { json: { prompt }, headers: { prefer: "respond-async" } });
		const job = created.headers.get("x-job-id") ?? "";
		await eventually(
			() => logOf(job),
			(log) => log.some(({ type }) => type === "submitted"),
		);
		const [submit] = await queueCalls(prompt);
		const webhook = new URL(submit?.path ?? "", "https://fal.test").searchParams.get("fal_webhook") ?? "";
		expect(webhook).toContain(`${ORIGIN}/webhooks/fal/${job}/`);

		await runInDurableObject(stubOf(job), (_, { storage }) => storage.sql.exec("DROP TABLE log"));
		await advance(prompt, "COMPLETED");
		await eventually(
			async () => logged(),
			(text) => text.includes("unexpected error"),
		);
		expectSilentAbout(secretsOf(prompt, [webhook, webhook.slice(webhook.lastIndexOf("/") + 1)]));
	});

	it("in a request is logged with the request's id, without what its message quotes", async () => {
		const message = `no answer for "a red fox" from https://fal.test/x?sig=abc with test-key-of-owner and test-id:test-secret`;
		const broken = new Proxy(env, {
			get(target, name) {
				if (name === "ACCOUNT") throw new Error(message);
				return Reflect.get(target, name);
			},
		});
		const request = new Request(`${ORIGIN}/v1/jobs`, { headers: { authorization: "Bearer test-key-of-owner" } });
		const answer = await handle(request, broken, createExecutionContext());
		expect(answer.status).toBe(500);
		expect(await answer.text()).not.toContain("fox");
		expect(lines).toEqual([
			[
				{
					message: "unexpected error",
					requestId: answer.headers.get("x-request-id"),
					error: "Error: no answer for … from … with … and …",
					frames: expect.any(Array),
				},
			],
		]);
		expectSilentAbout(secretsOf("a red fox"));
	});
});

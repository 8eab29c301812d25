import { createExecutionContext, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aPrompt, ask, eventually, ORIGIN, queueCalls } from "../../test/support/workerd/gateway.ts";
import { advance, age, logOf, overrideEnv, requestIdOf, stubOf } from "../../test/support/workerd/job-of.ts";
import {
	collectLines,
	fieldsOf,
	objectionsToLine,
	type RawLine,
	textOf,
} from "../../test/support/workerd/log-lines.ts";
import { handle } from "../router.ts";

/** Collects the lines that the Worker and its objects write to the console while good and bad things happen. */

let lines: RawLine[] = [];
beforeEach(() => {
	lines = collectLines();
});
afterEach(() => {
	vi.restoreAllMocks();
});

function logged(): string {
	return lines.map(textOf).join("\n");
}

/** Waits for the lines of a job. Each end has one. Warnings are of accounts at fal, and name the job that met with them. */
async function linesOf(job: string, least = 1) {
	const own = () => lines.map(fieldsOf).filter((fields) => fields?.job === job && fields.event !== "warning");
	return eventually(
		async () => own(),
		(found) => found.length >= least,
	);
}

function refusals() {
	return lines.map(fieldsOf).filter((fields) => fields?.event === "request.refused");
}

const KEYS = ["test-key-of-owner", "test-key-of-other", "test-id:test-secret", "test-secret"];

/** All that must not be in a log: what the request said, its keys, and the addresses with a signature or a MAC. */
function secretsOf(prompt: string, more: readonly string[] = []): readonly string[] {
	return [prompt, prompt.slice(0, 30), ...KEYS, "sig=", "://", ...more];
}

function expectSilentAbout(secrets: readonly string[]): void {
	const text = logged();
	expect(secrets.filter((secret) => secret !== "" && text.includes(secret))).toEqual([]);
}

function expectOnlyKnownLines(prompt: string, more: readonly string[] = []): void {
	expect(lines.flatMap((line) => objectionsToLine(line, secretsOf(prompt, more)))).toEqual([]);
}

async function drawn(words: string, { json = {}, ...init }: { headers?: Record<string, string>; json?: object } = {}) {
	const prompt = aPrompt(words);
	const answer = await ask("/v1/images/generations", { ...init, json: { prompt, response_format: "url", ...json } });
	const body: { data?: { url: string }[] } = await answer.json();
	const job = answer.headers.get("x-job-id") ?? "";
	return { prompt, answer, job, url: body.data?.[0]?.url ?? "" };
}

describe("a job", () => {
	it("that is good has one line, and its picture and its webhook have none", async () => {
		const { prompt, answer, job, url } = await drawn("sim:quick sim:run-ms=50");
		expect(answer.status).toBe(200);
		expect((await ask(url, { headers: { authorization: "" } })).status).toBe(200);
		await (await ask("/v1/jobs")).text();
		const requestId = await requestIdOf(prompt);
		expect(await linesOf(job)).toMatchObject([
			{
				event: "job.ended",
				outcome: "succeeded",
				code: null,
				account: "owner",
				key: null,
				api: "images",
				falRequests: [requestId],
				pictures: 1,
				charge: "paid",
				watched: true,
				clientLeft: false,
			},
		]);
		expect(lines).toHaveLength(1);
		expectOnlyKnownLines(prompt, [url, new URL(url).searchParams.get("sig") ?? ""]);
	});

	it.each([
		["sim:content-policy", 400, "moderation_blocked", "kept"],
		["sim:invalid-input", 400, "invalid_input", "kept"],
		["sim:server-error", 422, "upstream_failed", "free"],
		["sim:no-images", 422, "no_media_generated", "kept"],
		["sim:refused-422", 400, "invalid_input", "free"],
		["sim:key-refused", 403, "upstream_key_refused", "free"],
	])(
		"that ends badly at fal (%s) has one line, which says why and holds no secret",
		async (words, status, code, charge) => {
			const { prompt, answer, job } = await drawn(words);
			expect(answer.status).toBe(status);
			expect(await linesOf(job)).toMatchObject([{ event: "job.ended", outcome: "failed", code, charge, pictures: 0 }]);
			expectOnlyKnownLines(prompt);
		},
	);

	it("that is cancelled, or deleted while it runs, has one line", async () => {
		for (const [method, path] of [
			["POST", "/cancel"],
			["DELETE", ""],
		] as const) {
			const prompt = aPrompt("sim:hold");
			const created = await ask("/v1/images/generations", { json: { prompt }, headers: { prefer: "respond-async" } });
			const job = created.headers.get("x-job-id") ?? "";
			await requestIdOf(prompt);
			expect((await ask(`/v1/jobs/${job}${path}`, { method })).status).toBeLessThan(300);
			expect(await linesOf(job)).toMatchObject([{ event: "job.ended", outcome: "cancelled", watched: false }]);
			expectOnlyKnownLines(prompt);
		}
		expect(lines).toHaveLength(2);
	});

	it("has no second line, however often its object is evicted", async () => {
		const { prompt, job } = await drawn("sim:quick");
		await linesOf(job);
		for (const path of [`/v1/jobs/${job}`, `/v1/jobs/${job}/events`, "/v1/jobs"]) {
			await evictDurableObject(stubOf(job));
			await (await ask(path)).text();
			await runInDurableObject(stubOf(job), (object) => object.alarm());
		}
		expect((await drawn("", { json: { prompt } })).job).not.toBe(job);
		expect(await linesOf(job)).toHaveLength(1);
	});

	it("whose outcome nobody knew has a line for that, and one for the picture that came late", async () => {
		const prompt = aPrompt("sim:hold sim:answer-lost sim:unlisted");
		const created = await ask("/v1/images/generations", { json: { prompt }, headers: { prefer: "respond-async" } });
		const job = created.headers.get("x-job-id") ?? "";
		await eventually(
			() => logOf(job),
			(log) => log.some(({ type }) => type === "answer_lost"),
		);
		await age(job, 3_600_000);
		await runInDurableObject(stubOf(job), (object) => object.alarm());
		expect(await linesOf(job)).toMatchObject([{ outcome: "failed", code: "upstream_outcome_unknown", charge: "kept" }]);
		await evictDurableObject(stubOf(job));
		await advance(prompt, "COMPLETED");
		expect((await linesOf(job, 2))[1]).toMatchObject({ event: "job.late", index: 0, charge: "paid" });
		expect(lines).toHaveLength(2);
		expectOnlyKnownLines(prompt);
	});

	it("writes a point beside its line, if there is a data set", async () => {
		const points: AnalyticsEngineDataPoint[] = [];
		const prompt = aPrompt("sim:hold");
		const created = await ask("/v1/images/generations", { json: { prompt }, headers: { prefer: "respond-async" } });
		const job = created.headers.get("x-job-id") ?? "";
		await requestIdOf(prompt);
		await overrideEnv(job, { POINTS: { writeDataPoint: (point = {}) => void points.push(point) } });
		await advance(prompt, "COMPLETED");
		await linesOf(job);
		expect(points).toMatchObject([{ indexes: ["owner"], blobs: expect.arrayContaining(["succeeded", job]) }]);
		expect(JSON.stringify(points)).not.toContain(prompt.slice(0, 30));
	});

	it("has its line though the data set takes no point", async () => {
		const prompt = aPrompt("sim:hold");
		const created = await ask("/v1/images/generations", { json: { prompt }, headers: { prefer: "respond-async" } });
		const job = created.headers.get("x-job-id") ?? "";
		await requestIdOf(prompt);
		const writeDataPoint = () => {
			throw new Error("no more points");
		};
		await overrideEnv(job, { POINTS: { writeDataPoint } });
		await advance(prompt, "COMPLETED");
		expect(await linesOf(job, 2)).toMatchObject([
			{ event: "job.ended", outcome: "succeeded" },
			{ event: "error", message: "point not written", error: "Error: no more points" },
		]);
	});
});

describe("a client that leaves in the middle of its answer", () => {
	it("has a line, and the job's own says that it left", async () => {
		const prompt = aPrompt("sim:hold");
		const { body, headers } = await ask("/v1/chat/completions", {
			json: { model: "imagen4-preview", stream: true, messages: [{ role: "user", content: prompt }] },
		});
		const job = headers.get("x-job-id") ?? "";
		await requestIdOf(prompt);
		await body?.cancel();
		expect(await linesOf(job)).toMatchObject([{ event: "client.left", account: "owner", api: "chat", outcome: null }]);
		await advance(prompt, "COMPLETED");
		expect((await linesOf(job, 2))[1]).toMatchObject({ outcome: "succeeded", watched: false, clientLeft: true });
		expect(lines).toHaveLength(2);
		expectOnlyKnownLines(prompt);
	});

	it("has a line if its whole answer breaks off", async () => {
		const prompt = aPrompt("sim:quick");
		const { body, headers } = await ask("/v1/images/generations", { json: { prompt } });
		await body?.cancel();
		const job = headers.get("x-job-id") ?? "";
		expect((await linesOf(job, 2))[1]).toMatchObject({ event: "client.left", api: "images", outcome: "succeeded" });
		expectOnlyKnownLines(prompt);
	});
});

describe("a request that is refused", () => {
	const hash = "0".repeat(64);
	const prompt = "a red fox";

	it.each<readonly [path: string, init: Parameters<typeof ask>[1], line: object]>([
		[
			`/images/${hash}/0.png?exp=1&sig=a-wrong-one`,
			{},
			{ status: 403, code: "forbidden", route: "/images/:job/:file" },
		],
		[
			`/webhooks/fal/${hash}/a-wrong-mac`,
			{ method: "POST", body: "{}" },
			{ status: 401, code: "unauthorized", method: "POST", route: "/webhooks/fal/:job/:mac" },
		],
		[
			"/v1/models",
			{ headers: { authorization: "Bearer a-wrong-key-of-somebody" } },
			{ status: 401, code: "invalid_api_key", route: "/v1/models" },
		],
		["/v1/a-red-fox?prompt=a-red-fox", {}, { status: 404, code: "route_not_found", route: null }],
		[`/v1/jobs/${hash}`, {}, { status: 404, code: "not_found", route: "/v1/jobs/:id", account: "owner" }],
		["/v1/models", { method: "DELETE" }, { status: 405, code: "method_not_allowed", method: "DELETE", route: null }],
		["/v1/models", { method: "PROPFIND" }, { status: 405, code: "method_not_allowed", method: "other", route: null }],
		[
			"/v1/images/generations",
			{ method: "POST", body: `{"prompt": "${prompt}` },
			{ status: 400, code: "invalid_json", method: "POST", route: "/v1/images/generations", account: "owner" },
		],
		[
			"/v1/images/generations",
			{ json: { prompt, model: "a-red-fox" } },
			{ status: 404, code: "model_not_found", param: "model", method: "POST", account: "owner" },
		],
		[
			"/v1/images/generations",
			{ json: { prompt, fal: { "a red fox": 1 } } },
			{ status: 400, code: "invalid_value", param: "…", method: "POST", account: "owner" },
		],
		[
			"/v1/keys",
			{ headers: { authorization: "Bearer test-key-of-other" } },
			{ status: 403, code: "insufficient_permissions", route: "/v1/keys", account: "other" },
		],
		[
			"/healthz?deep=1",
			{ headers: { authorization: "Bearer test-key-of-other" } },
			{ status: 403, code: "insufficient_permissions", route: "/healthz", account: "other" },
		],
	])("has one line, with the route and nothing of the request: %s %j", async (path, init, line) => {
		const answer = await ask(path, init);
		const defaults = { event: "request.refused", param: null, method: "GET", account: null, key: null };
		const requestId = answer.headers.get("x-request-id");
		expect(lines.map(fieldsOf)).toMatchObject([{ ...defaults, ...line, status: answer.status, requestId }]);
		expectOnlyKnownLines(prompt, ["a-red-fox", "a-wrong", "PROPFIND", hash]);
	});

	it("names the issued key that it came with", async () => {
		const made = await ask("/v1/keys", { json: { account: "lines-of-keys", models: ["flux-dev"] } });
		const { id, key } = await made.json<{ id: string; key: string }>();
		const headers = { authorization: `Bearer ${key}` };
		expect((await ask("/v1/images/generations", { json: { prompt, model: "imagen4-preview" }, headers })).status).toBe(
			403,
		);
		expect(refusals()).toMatchObject([{ code: "model_not_allowed", account: "lines-of-keys" }]);
		const [line] = refusals();
		expect(line?.key).toBe(id);
		expectOnlyKnownLines(prompt, [key, key.slice(-20)]);
	});

	it("has one if its body breaks off", async () => {
		const body = new ReadableStream({
			start(controller) {
				controller.enqueue(new TextEncoder().encode(`{"prompt": "${prompt}`));
				controller.error(new TypeError("Network connection lost."));
			},
		});
		const headers = { authorization: "Bearer test-key-of-owner" };
		const request = new Request(`${ORIGIN}/v1/images/generations`, { method: "POST", headers, body });
		const { status } = await handle(request, env, createExecutionContext());
		expect(refusals()).toMatchObject([{ status, route: "/v1/images/generations", account: "owner" }]);
		expectSilentAbout(secretsOf(prompt));
	});

	it("is none of a greeting, or of a browser's question, which are answered", async () => {
		expect((await ask("/v1/images/generations", { method: "OPTIONS" })).status).toBe(204);
		const messages = [{ role: "user", content: "hi" }];
		const greeting = await ask("/v1/chat/completions", { json: { model: "imagen4-preview", messages } });
		expect(greeting.status).toBe(200);
		await greeting.text();
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
		const requestId = answer.headers.get("x-request-id");
		expect(lines.map(fieldsOf)).toMatchObject([
			{
				event: "error",
				message: "unexpected error",
				requestId,
				error: "Error: no answer for … from … with … and …",
				frames: expect.any(Array),
			},
			{ event: "request.refused", status: 500, code: "internal_error", route: "/v1/jobs", requestId },
		]);
		expectSilentAbout(secretsOf("a red fox"));
	});
});

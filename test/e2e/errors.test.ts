import {
	APIError,
	AuthenticationError,
	BadRequestError,
	NotFoundError,
	type OpenAI,
	PermissionDeniedError,
	RateLimitError,
	UnprocessableEntityError,
} from "openai";
import { describe, expect, it } from "vitest";
import type { Running } from "../support/node/gateway.ts";
import {
	type Answer,
	aPrompt,
	collect,
	contentOf,
	createClient,
	fetchBytes,
	finishesOf,
	reasoningOf,
	refusal,
	submitsOf,
	useGateway,
} from "../support/node/watched.ts";

const MODEL = "imagen4-preview";
const MAX_BODY_BYTES = 32 * 1024 * 1024;
let gateway: Running;
let client: OpenAI;
let answers: Answer[];

useGateway((started) => {
	({ gateway, client, answers } = started);
});

function chat(content: unknown, more: object = {}) {
	return client.chat.completions.create({
		model: MODEL,
		messages: [
			{ role: "system", content: "You paint." },
			{ role: "user", content: content as string },
		],
		...more,
	});
}
function draw(body: object) {
	return client.images.generate({ prompt: "a fox", model: MODEL, ...body });
}
function post(path: string, init: RequestInit) {
	return fetch(`${gateway.url}${path}`, {
		method: "POST",
		...init,
		headers: { authorization: `Bearer ${gateway.accessKey}`, ...init.headers },
	});
}

describe("a request that is not taken", () => {
	it.each([["sk-wrong"], ["x".repeat(2000)]])("has a key of ours, not %j", async (apiKey) => {
		const { client: stranger, answers: told } = createClient(gateway, { apiKey });
		const { status, code, type, message } = await refusal(AuthenticationError, stranger.models.list());
		expect([status, code, type]).toEqual([401, "invalid_api_key", "authentication_error"]);
		expect(message).toContain("WORKER_ACCESS_KEY");
		expect(told).toHaveLength(1);
		expect(told[0]?.headers.get("www-authenticate")).toBe("Bearer");
	});

	it("says how a key is sent when there is none", async () => {
		const response = await post("/v1/images/generations", { headers: { authorization: "" }, body: "{}" });
		expect(response.status).toBe(401);
		expect(await response.json()).toEqual({
			error: {
				message: expect.stringContaining("Authorization: Bearer <WORKER_ACCESS_KEY>"),
				type: "authentication_error",
				param: null,
				code: "invalid_api_key",
			},
		});
	});

	it.each([
		["imagen4-previw", "'imagen4-preview'"],
		["nano-banana", "'nano-banana-2'"],
		["flux-schnel", "'flux-schnell'"],
	])("names a model that is near to %s", async (model, near) => {
		for (const call of [() => draw({ model }), () => chat("a fox", { model }), () => client.models.retrieve(model)]) {
			const { status, code, param, message } = await refusal(NotFoundError, call());
			expect([status, code, param]).toEqual([404, "model_not_found", "model"]);
			expect(message).toContain(`Did you mean ${near}`);
		}
	});

	it.each([
		[() => chat([{ type: "text" }]), "messages[1].content[0].text"],
		[
			() =>
				chat([
					{ type: "text", text: "a fox" },
					{ type: "text", text: 7 },
				]),
			"messages[1].content[1].text",
		],
		[() => chat(7), "messages[1].content"],
		[() => chat("a fox", { messages: [] }), "messages"],
		[() => chat("a fox", { messages: "a fox" }), "messages"],
		[() => chat("a fox", { n: 11 }), "n"],
		[() => chat("x".repeat(32_001)), "messages"],
		[() => chat("a fox", { fal: { num_images: 100 } }), "fal.num_images"],
		[() => draw({ prompt: " " }), "prompt"],
		[() => draw({ prompt: undefined }), "prompt"],
		[() => draw({ prompt: "x".repeat(32_001) }), "prompt"],
		[() => draw({ n: 0 }), "n"],
		[() => draw({ n: 1.5 }), "n"],
		[() => draw({ quality: "superb" }), "quality"],
		[() => draw({ output_format: "tiff" }), "output_format"],
		[() => draw({ response_format: "base64" }), "response_format"],
		[() => draw({ fal: { sync_mode: true } }), "fal.sync_mode"],
		[() => draw({ fal: { image_url: "https://elsewhere.test/0.png" } }), "fal.image_url"],
	])("names the field that is wrong (%#): %s", async (call, param) => {
		const error = await refusal(BadRequestError, call());
		expect([error.status, error.type, error.code, error.param]).toEqual([
			400,
			"invalid_request_error",
			"invalid_value",
			param,
		]);
		expect(error.message).toMatch(/\w{3}/);
	});

	it("lists the sizes that the model takes", async () => {
		for (const call of [() => draw({ size: "huge" }), () => chat("a fox", { size: "9" })]) {
			const { param, message } = await refusal(BadRequestError, call());
			expect(param).toBe("size");
			expect(message).toContain("takes 1:1, 16:9, 9:16, 4:3, 3:4; or WxH");
		}
		const { message } = await refusal(BadRequestError, draw({ model: "flux-schnell", size: "0x0" }));
		expect(message).toContain("sides of 256 to 2048 pixels");
	});

	it("says how many pictures the model makes", async () => {
		const { param, message } = await refusal(BadRequestError, draw({ n: 5 }));
		expect([param, message]).toEqual(["n", expect.stringContaining("at most 4 pictures")]);
	});

	it.each([["{"], [""], ["[]"], ["null"], ['"a fox"']])("has a body that is a JSON object, not %j", async (body) => {
		const response = await post("/v1/chat/completions", { body });
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error", code: "invalid_json" } });
	});

	it("has a body of at most 32 MiB, whether or not it says so beforehand", async () => {
		const padding = "x".repeat(MAX_BODY_BYTES);
		const error = await refusal(APIError, draw({ user: padding }));
		expect([error.status, error.code]).toEqual([413, "request_too_large"]);
		const body = new Blob([`{"user":"${padding}"}`]).stream();
		const response = await post("/v1/images/generations", { body, duplex: "half" });
		expect(response.status).toBe(413);
		expect(answers.filter(({ status }) => status === 413)).toHaveLength(1);
	});

	it("may have a body just below 32 MiB", async () => {
		const data = await draw({
			prompt: aPrompt("sim:quick"),
			response_format: "url",
			user: "x".repeat(MAX_BODY_BYTES - 300),
		});
		expect(data.data).toHaveLength(1);
	});

	it("goes to a route that exists", async () => {
		const { status, code } = await refusal(NotFoundError, client.get("/audio/speech"));
		expect([status, code]).toEqual([404, "route_not_found"]);
	});

	it("uses a method that the route has", async () => {
		const error = await refusal(APIError, client.get("/images/generations"));
		expect([error.status, error.code]).toEqual([405, "method_not_allowed"]);
		expect(error.headers.get("allow")).toBe("POST");
		const onModels = await refusal(APIError, client.delete("/models/imagen4-preview"));
		expect(onModels.headers.get("allow")).toBe("GET");
	});

	it("tells nothing of a picture to a link that was tampered with", async () => {
		const { data = [] } = await draw({ prompt: aPrompt("sim:quick"), response_format: "url" });
		const link = new URL(data[0]?.url ?? "");
		await fetchBytes(link.href);
		link.searchParams.set("exp", `${Number(link.searchParams.get("exp")) + 1}`);
		const response = await fetch(link);
		expect(response.status).toBe(403);
		expect(await response.json()).toMatchObject({ error: { code: "forbidden" } });
	});

	it("leaves nothing at fal", async () => {
		await refusal(BadRequestError, draw({ prompt: aPrompt(), size: "huge" }));
		const submits = (await submitsOf(gateway, "a fox")).filter(({ input }) => input?.prompt === "a fox");
		expect(submits).toEqual([]);
	});
});

/** What the SDK makes of each failure at fal. With its own retries, each reaches fal once. */
const FAILURES = [
	["content-policy", BadRequestError, 400, "moderation_blocked", "image_generation_user_error"],
	["invalid-input", BadRequestError, 400, "invalid_input", "invalid_request_error"],
	["refused-422", BadRequestError, 400, "invalid_input", "invalid_request_error"],
	["no-media", UnprocessableEntityError, 422, "no_media_generated", "image_generation_error"],
	["no-images", UnprocessableEntityError, 422, "no_media_generated", "image_generation_error"],
	["server-error", UnprocessableEntityError, 422, "upstream_failed", "image_generation_error"],
	["downstream-error", UnprocessableEntityError, 422, "upstream_failed", "image_generation_error"],
	["downstream-500", UnprocessableEntityError, 422, "upstream_failed", "image_generation_error"],
	["huge-image", UnprocessableEntityError, 422, "storing_failed", "image_generation_error"],
	["key-refused", PermissionDeniedError, 403, "upstream_key_refused", "configuration_error"],
	["balance-exhausted", RateLimitError, 429, "insufficient_quota", "insufficient_quota"],
] as const;

describe("a job that fails", () => {
	it.each(FAILURES)(
		"with sim:%s is told with the status and code that fit",
		async (scenario, kind, status, code, type) => {
			const secret = crypto.randomUUID();
			const before = answers.length;
			const error = await refusal(kind, draw({ prompt: `${secret} sim:${scenario}` }));
			expect([error.status, error.code, error.type]).toEqual([status, code, type]);
			expect(error.headers.get("x-job-id")).toMatch(/^[0-9a-f]{64}$/);
			expect(error.requestID).toBe(error.headers.get("x-request-id"));
			// fal echoes the input in its errors.
			expect(JSON.stringify(error.error)).not.toContain(secret);
			expect(answers.slice(before)).toHaveLength(1);
			expect(await submitsOf(gateway, secret)).toHaveLength(1);
		},
	);

	it.each(FAILURES)(
		"with sim:%s says so in a stream, in words and as an error",
		async (scenario, _kind, _status, code, type) => {
			const secret = crypto.randomUUID();
			const prompt = `${secret} sim:${scenario}`;
			const options = { stream: true, stream_options: { include_usage: true } } as const;
			const { chunks, error } = await collect(
				client.chat.completions.create({ model: MODEL, messages: [{ role: "user", content: prompt }], ...options }),
			);
			expect(contentOf(chunks)).toMatch(/^[A-Z][^!]{10,300}$/i);
			expect(contentOf(chunks)).not.toContain(secret);
			expect(finishesOf(chunks)).toEqual([code === "moderation_blocked" ? "content_filter" : "stop"]);
			expect(chunks.at(-1)).toMatchObject({ choices: [], usage: {} });
			expect(error).toBeInstanceOf(APIError);
			expect(error).toMatchObject({ code, type });
			const { message } = error as APIError;
			expect(message).toContain(contentOf(chunks));
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		},
	);

	it("blames the field that fal blames", async () => {
		const error = await refusal(BadRequestError, draw({ prompt: aPrompt("sim:refused-422") }));
		expect(error.param).toBe("prompt");
	});

	it("tells chat clients without a stream, too", async () => {
		const prompt = aPrompt("sim:content-policy");
		const error = await refusal(BadRequestError, chat(prompt));
		expect(error.code).toBe("moderation_blocked");
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("goes on with the successor of a model that fal no longer has", async () => {
		const prompt = aPrompt("sim:model-gone sim:queue=0 sim:queue-ms=20 sim:run-ms=60");
		const { data, response } = await client.images.generate({ prompt, model: MODEL }).withResponse();
		expect(data).toMatchObject({ model: "nano-banana-2" });
		expect(response.headers.get("x-darkroom-model")).toBe("nano-banana-2");
		expect((await submitsOf(gateway, prompt)).map(({ path, status }) => [path.split("?")[0], status])).toEqual([
			["/fal-ai/imagen4/preview", 404],
			["/fal-ai/nano-banana-2", 200],
		]);
	});

	it("says in the stream that it goes on with another model", async () => {
		const prompt = aPrompt("sim:model-gone sim:queue=0 sim:queue-ms=20 sim:run-ms=60");
		const { chunks, error } = await collect(
			client.chat.completions.create({ model: MODEL, messages: [{ role: "user", content: prompt }], stream: true }),
		);
		expect(error).toBeNull();
		expect(reasoningOf(chunks)).toContain("fal no longer offers imagen4-preview; going on with nano-banana-2.");
		expect(chunks.at(-1)?.model).toBe("nano-banana-2");
		expect(contentOf(chunks)).toContain("![Generated Image](");
	});

	it("is a NotFoundError where a model that is gone has no successor", async () => {
		const prompt = aPrompt("sim:model-gone");
		const error = await refusal(NotFoundError, draw({ prompt, model: "flux-schnell" }));
		expect([error.code, error.param]).toEqual(["model_not_found", "model"]);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});
});

describe("browsers", () => {
	const ORIGIN = { origin: "https://app.test" };

	it("may ask without a key what they may send", async () => {
		const asked = "authorization,content-type,x-stainless-retry-count";
		for (const path of ["/v1/chat/completions", "/v1/models/fal-ai%2Fflux", "/nowhere"]) {
			const { status, headers } = await fetch(`${gateway.url}${path}`, {
				method: "OPTIONS",
				headers: { ...ORIGIN, "access-control-request-method": "POST", "access-control-request-headers": asked },
			});
			expect(status).toBe(204);
			expect(headers.get("access-control-allow-origin")).toBe("*");
			expect(headers.get("access-control-allow-headers")).toBe(asked);
			expect(headers.get("access-control-allow-methods")).toContain("POST");
			expect(headers.get("access-control-max-age")).toBe("7200");
			expect(headers.get("x-request-id")).toMatch(/^req_/);
		}
	});

	it.each([
		["an answer", "GET", "/v1/models", 200],
		["a refused key", "GET", "/v1/models?", 401],
		["a wrong body", "POST", "/v1/images/generations", 400],
		["a wrong method", "DELETE", "/v1/images/generations", 405],
		["a wrong route", "GET", "/v2/models", 404],
		["a forbidden link", "GET", "/images/x/0.png", 403],
		["the health", "GET", "/healthz", 200],
	])("may read %s and its ids", async (_, method, path, status) => {
		const key = status === 401 ? "sk-wrong" : gateway.accessKey;
		const response = await fetch(`${gateway.url}${path}`, {
			method,
			headers: { ...ORIGIN, authorization: `Bearer ${key}` },
			...(method === "POST" ? { body: "{" } : {}),
		});
		expect(response.status).toBe(status);
		expect(response.headers.get("access-control-allow-origin")).toBe("*");
		expect(response.headers.get("access-control-expose-headers")).toContain("x-request-id");
		expect(response.headers.get("x-request-id")).toMatch(/^req_/);
		if (status >= 400) {
			const { error } = (await response.json()) as { error: object };
			expect(Object.keys(error)).toEqual(["message", "type", "param", "code"]);
		}
	});
});

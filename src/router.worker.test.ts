import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { observed } from "../test/support/workerd/observed.ts";
import type { Env } from "./env.ts";
import { handle } from "./router.ts";
import { ROUTES } from "./routes.ts";

const KEY = "test-key-of-owner";
const REQUEST_ID = /^req_[0-9a-f]{32}$/;

function send(method: string, path: string, init: RequestInit = {}, overrides: Partial<Env> = {}): Promise<Response> {
	const headers = { authorization: `Bearer ${KEY}`, ...init.headers };
	const request = new Request(`https://gateway.test${path}`, { method, ...init, headers });
	return handle(request, { ...env, ...overrides }, createExecutionContext());
}

async function errorOf(response: Response) {
	const { error } = await response.json<{ error: { message: string; code: string; type: string; param: null } }>();
	return error;
}

describe("a request for no route", () => {
	it.each([
		["PUT", "/"],
		["GET", "/v1/audio/speech"],
		["GET", "/v1/images"],
		["POST", "/v1/images/variations"],
		["GET", "/v1/jobs/a/b/c"],
		["GET", "/v1/models%2Fx"],
		["POST", "/v1/x/models"],
		["PUT", "/v1"],
		["GET", "/v1/docs"],
		["POST", "/v1/completions"],
		["GET", "/x".repeat(60)],
	])("is a 404 that names it: %s %s", async (method, path) => {
		const response = await send(method, path);
		expect(response.status).toBe(404);
		expect(await errorOf(response)).toEqual({
			message: `There is nothing at ${method} ${path}.`,
			type: "invalid_request_error",
			param: null,
			code: "route_not_found",
		});
	});

	it.each([
		["PUT", "/v1/models", "GET, HEAD"],
		["GET", "/v1/images/generations", "POST"],
		["GET", "/images/generations", "POST"],
		["GET", "/images/generations/async", "POST"],
		["HEAD", "/v1/v1/chat/completions", "POST"],
		["DELETE", "/v1/chat/completions", "POST"],
		["PATCH", "/v1/jobs/1", "GET, HEAD, DELETE"],
		["POST", "/images/1/0.png", "GET, HEAD"],
		["GET", "/webhooks/fal/1/2", "POST"],
	])("is a 405 with the methods that the path has: %s %s has %s", async (method, path, allow) => {
		const response = await send(method, path);
		expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
		if (method === "HEAD") return;
		const error = await errorOf(response);
		expect(error).toMatchObject({
			code: "method_not_allowed",
			message: `${method} is not allowed here; ${allow} ${allow.includes(",") ? "are" : "is"}.`,
		});
	});
});

describe("a path that a client put together wrongly", () => {
	it.each([
		["GET", "/v1/v1/models"],
		["GET", "/v1/v1/v1/models"],
		["GET", "//v1/models"],
		["GET", "/v1//models"],
		["GET", "//v1///models//"],
		["GET", "/models"],
		["GET", "/models/darkroom"],
		["GET", "/v1/models/darkroom/"],
		["GET", "/v1/models/darkroom//"],
		["GET", "/v1/models//darkroom"],
		["GET", "/v1/models/fal-ai/flux/schnell/"],
		["GET", "/v1/models/fal-ai//flux/schnell"],
		["GET", "//models"],
		["GET", "/jobs"],
	])("is served, if it surely means a route: %s %s", async (method, path) => {
		expect((await send(method, path)).status).toBe(200);
	});

	it.each([
		["/v1/v1/images/generations"],
		["//v1/images/generations"],
		["/images/generations"],
		["/chat/completions"],
		["/v1/v1/responses"],
		["/responses"],
	])("is served, and its body read: POST %s", async (path) => {
		const response = await send("POST", path, { body: "[]" });
		expect([response.status, await errorOf(response)]).toMatchObject([400, { code: "invalid_json" }]);
	});

	it("needs a key all the same", async () => {
		const without = { headers: { authorization: "" } };
		for (const path of ["/models", "//v1/models", "/v1/v1/jobs", "/images/tasks/imgtask_1"])
			expect((await send("GET", path, without)).status).toBe(401);
	});

	it.each([
		["GET", "/api/v1/models", "/v1/models"],
		["POST", "/openai/v1/chat/completions", "/v1/chat/completions"],
		["POST", "/v1/chat/completions/chat/completions", "/v1/chat/completions"],
		["POST", "/v1/chat/completions/v1/images/generations", "/v1/images/generations"],
		["GET", "/v1/chat/completions/models", "/v1/models"],
		["GET", "/v1/responses/models", "/v1/models"],
		["GET", "/v1/jobs/jobs", "/v1/jobs"],
		["GET", "/V1/models", "/v1/models"],
		["POST", "/v1/images/generation", "/v1/images/generations"],
		["POST", "/v1/response", "/v1/responses"],
		["GET", "/v1/model", "/v1/models"],
		["GET", "/v1", "/v1/models"],
		["GET", "/v1/", "/v1/models"],
		["GET", "/V1/Models", "/v1/models"],
		["POST", "/V1/Images/Generations", "/v1/images/generations"],
		["POST", "/v1/images/generations%20", "/v1/images/generations"],
		["POST", "/", "/v1/images/generations"],
		["POST", "/v1", "/v1/images/generations"],
		["POST", "/v1/images", "/v1/images/generations"],
		["POST", "/images", "/v1/images/generations"],
		["POST", "/v1/images/generate", "/v1/images/generations"],
		["POST", "/v1/generations", "/v1/images/generations"],
		["POST", "/v1/chat", "/v1/chat/completions"],
		["POST", "/v1/responses/responses", "/v1/responses"],
		["POST", "/v1/chat/completions/responses", "/v1/responses"],
	])("is a 404 that names the route and the base URL: %s %s means %s", async (method, path, meant) => {
		const response = await send(method, path);
		expect(response.status).toBe(404);
		expect(await errorOf(response)).toEqual({
			message: `There is nothing at ${method} ${path}. Did you mean ${meant}? The base URL for OpenAI clients is https://gateway.test/v1.`,
			type: "invalid_request_error",
			param: null,
			code: "route_not_found",
		});
	});

	it("that was served is a 404 of what is not there, and names no other path", async () => {
		for (const path of ["/jobs/job_1", "/v1/v1/jobs/job_1", "//v1/jobs//job_1", "/v1/jobs/job_1/"]) {
			const response = await send("GET", path);
			expect(await errorOf(response), path).toMatchObject({ code: "not_found" });
		}
	});

	it("is told with the public origin", async () => {
		for (const path of ["/api/v1/models", "/v1/responses/models"]) {
			const response = await send("GET", path, {}, { PUBLIC_URL: "https://public.test" });
			expect((await errorOf(response)).message).toContain("is https://public.test/v1.");
		}
	});

	it("leaves a picture's path alone", async () => {
		expect((await send("GET", "/images/1/0.png")).status).toBe(403);
		expect((await send("GET", "/v1/images/1/0.png")).status).toBe(404);
	});
});

describe("HEAD", () => {
	it.each([
		["/v1/models", 200],
		["/v1/models/darkroom", 200],
		["/v1/models/gpt-5", 404],
		["/v1/jobs", 200],
		["/v1/jobs/none", 404],
		["/healthz", 200],
		["/models", 200],
	])("of %s is answered as GET is, without a body", async (path, status) => {
		const [head, get] = await Promise.all([send("HEAD", path), send("GET", path)]);
		expect([head.status, get.status]).toEqual([status, status]);
		expect(await head.text()).toBe("");
		expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
	});
});

describe("a request for a route", () => {
	it("reaches it with a slash at the end, and with a query", async () => {
		for (const path of ["/healthz", "/healthz/", "/healthz?x=1"]) {
			const response = await send("GET", path);
			expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
		}
	});

	it.each([
		["/v1/models/imagen4-preview", "imagen4-preview"],
		["/v1/models/fal-ai/flux/dev", "fal-ai/flux/dev"],
		["/v1/models/fal-ai%2Fflux%2Fdev", "fal-ai/flux/dev"],
	])("gets the parts of its path decoded: %s", async (path, id) => {
		expect(await (await send("GET", path)).json()).toMatchObject({ id });
	});

	it.each([
		["/v1/models/100%25", "100%"],
		["/v1/models/100%", "100%"],
		["/v1/models/%e7%8b", "%e7%8b"],
		["/v1/models/%zz", "%zz"],
	])("gets a part that cannot be decoded as it is: %s", async (path, model) => {
		const response = await send("GET", path);
		expect(response.status).toBe(404);
		expect((await errorOf(response)).message).toContain(`'${model}'`);
	});

	it("needs an access key, unless the route is open", async () => {
		const without = { headers: { authorization: "" } };
		const missing = await send("GET", "/v1/models", without);
		expect([missing.status, missing.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
		const wrong = await send("GET", "/v1/models", { headers: { authorization: "Bearer sk-wrong" } });
		expect(await errorOf(wrong)).toMatchObject({ code: "invalid_api_key" });
		expect((await send("GET", "/healthz", without)).status).toBe(200);
		// The link's signature is checked instead.
		expect((await send("HEAD", "/images/1/0.png", without)).status).toBe(403);
	});

	const keyed = ROUTES.filter(({ access }) => access === "key");
	it.each(keyed.map(({ method, path }) => [method, path.replaceAll(/:\w+\+?/g, "1")] as const))(
		"is a 401 without a key and with another's, before anything else of it is looked at: %s %s",
		async (method, path) => {
			for (const authorization of ["", "Bearer sk-wrong", "Basic dGVzdA=="]) {
				const body = method === "POST" || method === "PATCH" ? { body: "{" } : {};
				const response = await send(method, path, { headers: { authorization }, ...body });
				expect([response.status, (await errorOf(response)).code]).toEqual([401, "invalid_api_key"]);
			}
		},
	);

	it("needs a key but for these few, which check for themselves what they need", () => {
		const open = ROUTES.filter(({ access }) => access === "open").map(({ method, path }) => `${method} ${path}`);
		expect(open.toSorted()).toEqual([
			"GET /healthz",
			"GET /images/:job/:file",
			"GET /inputs/:job/:file",
			"GET /integrations/gpt-image-playground.json",
			"GET /version",
			"HEAD /images/:job/:file",
			"HEAD /inputs/:job/:file",
			"POST /webhooks/fal/:job/:mac",
			"POST /webhooks/fal/:job/:slot/:mac",
		]);
	});

	it("is checked for its route before its key", async () => {
		const without = { headers: { authorization: "" } };
		expect((await send("GET", "/v1/nothing", without)).status).toBe(404);
		expect((await send("PUT", "/v1/models", without)).status).toBe(405);
	});
});

describe("every answer", () => {
	it("has an id of its own, and lets browsers read it", async () => {
		const answers = await Promise.all([
			send("GET", "/healthz"),
			send("GET", "/nothing"),
			send("GET", "/v1/models", { headers: { authorization: "" } }),
			send("OPTIONS", "/v1/models"),
			send("GET", "/images/1/0.png"),
		]);
		const ids = answers.map(({ headers }) => headers.get("x-request-id"));
		for (const id of ids) expect(id).toMatch(REQUEST_ID);
		expect(new Set(ids).size).toBe(ids.length);
		expect(answers.map(({ headers }) => headers.get("access-control-allow-origin"))).toEqual(ids.map(() => "*"));
	});

	it("to OPTIONS is a 204 for any path and without a key", async () => {
		for (const path of ["/v1/chat/completions", "/nothing"]) {
			const response = await send("OPTIONS", path, { headers: { authorization: "" } });
			expect([response.status, response.headers.get("access-control-max-age")]).toEqual([204, "7200"]);
		}
	});
});

describe("a Worker without its secrets", () => {
	it("says to every request what is missing, and asks not to be asked again", async () => {
		for (const path of ["/healthz", "/v1/models"]) {
			const response = await send("GET", path, {}, { FAL_API_KEY: "", WORKER_ACCESS_KEY: "" });
			expect([response.status, response.headers.get("x-should-retry")]).toEqual([500, "false"]);
			const error = await errorOf(response);
			expect(error).toMatchObject({ type: "configuration_error", code: "configuration_error" });
			expect(error.message).toContain("FAL_API_KEY");
			expect(error.message).toContain("WORKER_ACCESS_KEY");
		}
	});
});

describe("an unexpected exception", () => {
	const { error: logError } = console;
	const logged: unknown[][] = [];
	beforeEach(() => {
		logged.length = 0;
		console.error = (...line) => void logged.push(line);
	});
	afterEach(() => {
		console.error = logError;
	});

	const prompt = "a fox that nobody may read of";
	const draw = { body: JSON.stringify({ prompt }) };

	it.each<readonly [case_: string, thrown: unknown, told: string]>([
		["an error", new Error("the account's object is broken"), "Error: the account's object is broken"],
		["no error", "a text", "not an Error"],
	])(
		"is a 500 in OpenAI's shape, and one line in the log without prompt and key, if it is %s",
		async (_, thrown, told) => {
			const ACCOUNT = observed(env.ACCOUNT, () => {
				throw thrown;
			});
			const response = await send("POST", "/v1/images/generations", draw, { ACCOUNT });
			expect(response.status).toBe(500);
			expect(await errorOf(response)).toEqual({
				message: "Something went wrong here; the request id tells the operator where to look.",
				type: "server_error",
				param: null,
				code: "internal_error",
			});
			const requestId = response.headers.get("x-request-id");
			expect(logged.map(([text]) => JSON.parse(String(text)))).toEqual([
				{ event: "error", message: "unexpected error", requestId, error: told, frames: expect.any(Array) },
			]);
			const line = JSON.stringify(logged);
			for (const secret of [prompt, KEY, "test-secret"]) expect(line).not.toContain(secret);
		},
	);

	it.each([
		["JSON", "POST", "/v1/images/generations", "application/json", '{"prompt":"a fo'],
		["a form", "POST", "/v1/images/edits", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data"],
		["a change", "PATCH", `/v1/keys/key_owner-${"0".repeat(12)}`, "application/json", "{"],
	])("is not what a client makes that leaves in the middle of %s", async (_, method, path, type, begun) => {
		const body = new ReadableStream({
			type: "bytes",
			start: (controller) => controller.enqueue(new TextEncoder().encode(begun)),
			pull: (controller) => controller.error(new TypeError("client disconnected")),
		});
		const response = await send(method, path, { body, headers: { "content-type": type } });
		expect([response.status, await errorOf(response)]).toMatchObject([400, { code: "client_left", param: null }]);
		expect(logged).toEqual([]);
	});

	it("is not what a refused request is: that is no error in the log", async () => {
		await send("POST", "/v1/images/generations", { body: "{" });
		await send("GET", "/nothing");
		expect(logged).toEqual([]);
	});
});

/** Requests that the gateway refuses before any job, as OpenAI's own package sees them. */
import { APIError, AuthenticationError, BadRequestError, NotFoundError } from "openai";
import { describe, expect, it } from "vitest";
import { createClient, fetchBytes, refusalOf, useGateway } from "../support/node/openai-client.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const MODEL = "imagen4-preview";
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const { gateway, client, answers } = useGateway();

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

describe("the gateway", () => {
	it.each([["sk-wrong"], ["x".repeat(2000)]])("rejects a wrong access key with 401: %j", async (apiKey) => {
		const { client: stranger, answers: strangerAnswers } = createClient(gateway, { apiKey });
		const { status, code, type, message } = await refusalOf(AuthenticationError, stranger.models.list());
		expect([status, code, type]).toEqual([401, "invalid_api_key", "authentication_error"]);
		expect(message).toContain("WORKER_ACCESS_KEY");
		expect(strangerAnswers).toHaveLength(1);
		expect(strangerAnswers[0]?.headers.get("www-authenticate")).toBe("Bearer");
	});

	it("explains how to send a key if there is none", async () => {
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
		["nano-banan", "'nano-banana'"],
		["flux-schnel", "'flux-schnell'"],
	])("suggests the nearest model to %s", async (model, nearest) => {
		for (const call of [() => draw({ model }), () => chat("a fox", { model }), () => client.models.retrieve(model)]) {
			const { status, code, param, message } = await refusalOf(NotFoundError, call());
			expect([status, code, param]).toEqual([404, "model_not_found", "model"]);
			expect(message).toContain(`Did you mean ${nearest}`);
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
	])("names the wrong field (%#): %s", async (call, param) => {
		const error = await refusalOf(BadRequestError, call());
		expect([error.status, error.type, error.code, error.param]).toEqual([
			400,
			"invalid_request_error",
			"invalid_value",
			param,
		]);
		expect(error.message).toMatch(/\w{3}/);
	});

	it("lists the sizes that the model takes if the size is wrong", async () => {
		for (const call of [() => draw({ size: "huge" }), () => chat("a fox", { size: "9" })]) {
			const { param, message } = await refusalOf(BadRequestError, call());
			expect(param).toBe("size");
			expect(message).toContain("takes 1:1, 16:9, 9:16, 4:3, 3:4; or WxH");
		}
		const { message } = await refusalOf(BadRequestError, draw({ model: "flux-schnell", size: "0x0" }));
		expect(message).toContain("sides of 256 to 2048 pixels");
	});

	it("names the most pictures of a request if n is larger", async () => {
		const { param, message } = await refusalOf(BadRequestError, draw({ n: 11 }));
		expect([param, message]).toEqual(["n", expect.stringContaining("at most 10")]);
	});

	it.each([["{"], [""], ["[]"], ["null"], ['"a fox"']])("rejects a body that is no JSON object: %j", async (body) => {
		const response = await post("/v1/chat/completions", { body });
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error", code: "invalid_json" } });
	});

	it("rejects a body above 32 MiB, with or without a content-length", async () => {
		const padding = "x".repeat(MAX_BODY_BYTES);
		const error = await refusalOf(APIError, draw({ user: padding }));
		expect([error.status, error.code]).toEqual([413, "request_too_large"]);
		const body = new Blob([`{"user":"${padding}"}`]).stream();
		const response = await post("/v1/images/generations", { body, duplex: "half" });
		expect(response.status).toBe(413);
		expect(answers.filter(({ status }) => status === 413)).toHaveLength(1);
	});

	it("takes a body just below 32 MiB", async () => {
		const data = await draw({
			prompt: aPrompt("sim:quick"),
			response_format: "url",
			user: "x".repeat(MAX_BODY_BYTES - 300),
		});
		expect(data.data).toHaveLength(1);
	});

	it("answers an unknown route with 404", async () => {
		const { status, code } = await refusalOf(NotFoundError, client.get("/audio/speech"));
		expect([status, code]).toEqual([404, "route_not_found"]);
	});

	it("answers a wrong method with 405 and the allowed ones", async () => {
		const error = await refusalOf(APIError, client.get("/images/generations"));
		expect([error.status, error.code]).toEqual([405, "method_not_allowed"]);
		expect(error.headers.get("allow")).toBe("POST");
		const onModels = await refusalOf(APIError, client.delete("/models/imagen4-preview"));
		expect(onModels.headers.get("allow")).toBe("GET, HEAD");
	});

	it("refuses a link that was tampered with", async () => {
		const { data = [] } = await draw({ prompt: aPrompt("sim:quick"), response_format: "url" });
		const link = new URL(data[0]?.url ?? "");
		await fetchBytes(link.href);
		link.searchParams.set("exp", `${Number(link.searchParams.get("exp")) + 1}`);
		const response = await fetch(link);
		expect(response.status).toBe(403);
		expect(await response.json()).toMatchObject({ error: { code: "forbidden" } });
	});

	it("submits nothing to fal for a refused request", async () => {
		await refusalOf(BadRequestError, draw({ prompt: aPrompt(), size: "huge" }));
		const submits = (await submitsOf(gateway, "a fox")).filter(({ input }) => input?.prompt === "a fox");
		expect(submits).toEqual([]);
	});
});

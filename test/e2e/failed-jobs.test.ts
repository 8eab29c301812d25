/** Jobs that fail at fal, as OpenAI's own package sees them. */
import {
	APIError,
	BadRequestError,
	NotFoundError,
	PermissionDeniedError,
	RateLimitError,
	UnprocessableEntityError,
} from "openai";
import { describe, expect, it } from "vitest";
import { contentOf, finishesOf, reasoningOf } from "../support/chunks.ts";
import { collect, refusalOf, useGateway } from "../support/node/openai-client.ts";
import { aPrompt, SHORT, submitsOf } from "../support/node/simulator.ts";

const MODEL = "imagen4-preview";
const { gateway, client, answers } = useGateway();

function chat(prompt: string) {
	return { model: MODEL, messages: [{ role: "user" as const, content: prompt }] };
}
function draw(body: object) {
	return client.images.generate({ prompt: "a fox", model: MODEL, ...body });
}

/** Each failure at fal, and the error that the package throws. In spite of the package's retries, each reaches fal once. */
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
	["app-forbidden", PermissionDeniedError, 403, "upstream_permission_missing", "configuration_error"],
	["balance-exhausted", RateLimitError, 429, "insufficient_quota", "insufficient_quota"],
] as const;

describe("a job that fails", () => {
	it.each(FAILURES)("with sim:%s is answered with its status and code", async (scenario, kind, status, code, type) => {
		const secret = crypto.randomUUID();
		const before = answers.length;
		const error = await refusalOf(kind, draw({ prompt: `${secret} sim:${scenario}` }));
		expect([error.status, error.code, error.type]).toEqual([status, code, type]);
		expect(error.headers.get("x-job-id")).toMatch(/^[0-9a-f]{64}$/);
		expect(error.requestID).toBe(error.headers.get("x-request-id"));
		// fal echoes the input in its errors.
		expect(JSON.stringify(error.error)).not.toContain(secret);
		expect(answers.slice(before)).toHaveLength(1);
		expect(await submitsOf(gateway, secret)).toHaveLength(1);
	});

	it.each(FAILURES)(
		"with sim:%s ends a stream with a message and an error",
		async (scenario, _kind, _status, code, type) => {
			const secret = crypto.randomUUID();
			const prompt = `${secret} sim:${scenario}`;
			const options = { stream: true, stream_options: { include_usage: true } } as const;
			const { chunks, error } = await collect(client.chat.completions.create({ ...chat(prompt), ...options }));
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

	it("names the field that fal names", async () => {
		const error = await refusalOf(BadRequestError, draw({ prompt: aPrompt("sim:refused-422") }));
		expect(error.param).toBe("prompt");
	});

	it("fails a chat without a stream, too", async () => {
		const prompt = aPrompt("sim:content-policy");
		const error = await refusalOf(BadRequestError, client.chat.completions.create(chat(prompt)));
		expect(error.code).toBe("moderation_blocked");
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("continues with the successor of a model that fal no longer has", async () => {
		const prompt = aPrompt(`sim:model-gone ${SHORT}`);
		const { data, response } = await client.images.generate({ prompt, model: MODEL }).withResponse();
		expect(data).toMatchObject({ model: "nano-banana-2" });
		expect(response.headers.get("x-darkroom-model")).toBe("nano-banana-2");
		expect((await submitsOf(gateway, prompt)).map(({ path, status }) => [path.split("?")[0], status])).toEqual([
			["/fal-ai/imagen4/preview", 404],
			["/fal-ai/nano-banana-2", 200],
		]);
	});

	it("names the successor in the stream", async () => {
		const prompt = aPrompt(`sim:model-gone ${SHORT}`);
		const { chunks, error } = await collect(client.chat.completions.create({ ...chat(prompt), stream: true }));
		expect(error).toBeNull();
		expect(reasoningOf(chunks)).toContain("fal no longer offers imagen4-preview; going on with nano-banana-2\n");
		expect(chunks.at(-1)?.model).toBe("nano-banana-2");
		expect(contentOf(chunks)).toContain("![Generated Image](");
	});

	it("throws a NotFoundError if a removed model has no successor", async () => {
		const prompt = aPrompt("sim:model-gone");
		const error = await refusalOf(NotFoundError, draw({ prompt, model: "flux-schnell" }));
		expect([error.code, error.param]).toEqual(["model_not_found", "model"]);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});
});

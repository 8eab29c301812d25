import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aPrompt, ask, queueCalls, submitsOf } from "../../test/support/workerd/gateway.ts";
import { CATALOGUE } from "../models/catalogue/index.ts";

/** Names of models as anybody could write them: any text, and real names with something around, inside or instead of a letter. */

const RUNS = 40;
const NAMES = [...CATALOGUE.flatMap(({ id, chatAlias, endpoint }) => [id, chatAlias, endpoint]), "fal-ai/flux/krea"];
const anyCode = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));
const anyJunk = fc.oneof(
	fc.string({ unit: anyCode, maxLength: 4 }),
	fc.constantFrom("\u000b", "\r\n", "\u0000", "\u0085", "\u2028", "\ufeff", "\ud800", "é", "\u00a0", " ", "\t"),
);
/** These two become ASCII letters in lower case, or look like them. */
const LOOKALIKES: Readonly<Record<string, string>> = { k: "\u212a", i: "\u0130", a: "\u0430", e: "é", "-": "\u2010" };

const anyModel = fc.oneof(
	{ weight: 1, arbitrary: fc.string({ unit: anyCode, maxLength: 30 }) },
	{
		weight: 2,
		arbitrary: fc
			.tuple(anyJunk, fc.constantFrom(...NAMES), anyJunk)
			.map(([before, name, after]) => `${before}${name}${after}`),
	},
	{
		weight: 1,
		arbitrary: fc
			.tuple(fc.constantFrom(...NAMES), fc.nat(), anyJunk)
			.map(([name, at, junk]) => `${name.slice(0, at % name.length)}${junk}${name.slice(at % name.length)}`),
	},
	{
		weight: 1,
		arbitrary: fc
			.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...Object.keys(LOOKALIKES)))
			.map(([name, letter]) => name.replace(letter, LOOKALIKES[letter] ?? letter)),
	},
);

const APIS: readonly (readonly [path: string, toBody: (model: string, prompt: string) => object])[] = [
	["/v1/images/generations", (model, prompt) => ({ model, prompt, response_format: "url" })],
	["/v1/chat/completions", (model, prompt) => ({ model, messages: [{ role: "user", content: prompt }] })],
	["/v1/responses", (model, prompt) => ({ model, input: prompt })],
];

describe.each(APIS)("POST %s", (path, toBody) => {
	it("either refuses a model's name and pays nothing, or delivers what it paid", { timeout: 120_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(anyModel, async (model) => {
				const prompt = aPrompt("sim:quick");
				const answer = await ask(path, { json: toBody(model, prompt) });
				const text = await answer.text();
				const submits = await submitsOf(prompt);
				expect([200, 400, 404], text).toContain(answer.status);
				if (answer.status === 200) {
					const name = answer.headers.get("x-darkroom-model") ?? "";
					expect(name).toMatch(/^[\x21-\x7e]+$/);
					expect(JSON.parse(text).model).toBe(name);
				}
				expect(submits).toBe(answer.status === 200 ? 1 : 0);
			}),
			{ numRuns: RUNS },
		);
	});

	it.each(["imagen4-preview\u000b", "\ufeffimagen4-preview\r\n", " IMAGEN4-preview "])(
		"echoes the name %j trimmed",
		async (model) => {
			const answer = await ask(path, { json: toBody(model, aPrompt("sim:quick")) });
			expect([answer.status, answer.headers.get("x-darkroom-model")]).toEqual([200, model.trim()]);
			expect((await answer.json<{ model: string }>()).model).toBe(model.trim());
		},
	);

	it.each(["workflows/me/flow", "comfy/me/flow", "somebody/app", "storage/upload/initiate", "fal-ai/new/thing"])(
		"refuses %s, of which nobody knows that it makes pictures, before anything is submitted",
		async (model) => {
			const prompt = aPrompt("sim:quick");
			const answer = await ask(path, { json: toBody(model, prompt) });
			expect(answer.status).toBe(404);
			expect(await answer.json()).toMatchObject({ error: { code: "model_not_found", param: "model" } });
			expect(await submitsOf(prompt)).toBe(0);
		},
	);

	it.each([
		["fal-ai/flux/krea", { loras: [{ path: "https://example.com/x" }] }, "fal.loras"],
		["fal-ai/flux-lora", { loras: [{ path: "a/b" }] }, "fal.loras"],
		["fal-ai/lora", { model_name: "a/b" }, "fal.model_name"],
		["fal-ai/qwen-image-edit", { image_url_1: "x" }, "fal.image_url_1"],
		["fal-ai/bria/background/replace", { num_results: 4 }, "fal.num_results"],
		["nano-banana-2", { limit_generations: false }, "fal.limit_generations"],
		["nano-banana-2", { system_prompt: "As in https://example.com" }, "fal.system_prompt"],
		["imagen4-preview", { guidance_scale: 4 }, "fal.guidance_scale"],
	])("refuses %s the fal object %j before anything is submitted", async (model, fal, param) => {
		const prompt = aPrompt("sim:quick");
		const answer = await ask(path, { json: { ...toBody(model, prompt), fal } });
		expect(answer.status).toBe(400);
		expect(await answer.json()).toMatchObject({ error: { code: "invalid_value", param } });
		expect(await submitsOf(prompt)).toBe(0);
	});

	/** Lists names as clients write them, each with the endpoint that draws it and the model that the answer names. */
	it.each([
		["gpt-image-2", "openai/gpt-image-2"],
		["openai/gpt-image-2", "openai/gpt-image-2"],
		["codex/gpt-image-2", "openai/gpt-image-2"],
		["openai/dall-e-3", "fal-ai/imagen4/preview"],
		["models/imagen4-preview", "fal-ai/imagen4/preview"],
		["fal/fal-ai/flux/krea", "fal-ai/flux/krea"],
	])("draws %s by %s", async (model, endpoint) => {
		const prompt = aPrompt("sim:quick");
		const answer = await ask(path, { json: toBody(model, prompt) });
		expect(answer.status).toBe(200);
		expect((await answer.json<{ model: string }>()).model).toBe(model);
		const [submit] = await queueCalls(prompt);
		expect(submit?.path.split("?")[0]).toBe(`/${endpoint}`);
	});

	it.each(["gpt-4o-mini", "gpt-5", "openai/gpt-5.5", "claude-sonnet-5"])(
		"refuses %s, which talks, and names a model that draws",
		async (model) => {
			const prompt = aPrompt("sim:quick");
			const answer = await ask(path, { json: toBody(model, prompt) });
			expect(answer.status).toBe(404);
			const message = `'${model}' is a model for chats, and Darkroom only makes pictures. Use 'darkroom', or another name that GET /v1/models lists.`;
			expect(await answer.json()).toMatchObject({ error: { code: "model_not_found", param: "model", message } });
			expect(await submitsOf(prompt)).toBe(0);
		},
	);

	it("refuses letters that only look like a name's", async () => {
		const prompt = aPrompt("sim:quick");
		const answer = await ask(path, { json: toBody("dar\u212aroom", prompt) });
		expect([answer.status, await submitsOf(prompt)]).toEqual([404, 0]);
	});
});

describe("POST /v1/responses with the image tool", () => {
	const toBody = (prompt: string, tool: object) => ({
		model: "gpt-5.5",
		input: [{ role: "user", content: [{ type: "input_text", text: prompt }] }],
		tools: [{ type: "image_generation", ...tool }],
		tool_choice: "required",
	});

	it.each([
		["the default model", {}, "fal-ai/imagen4/preview", "imagen4-preview"],
		["the tool's model", { model: "gpt-image-2" }, "openai/gpt-image-2", "gpt-image-2"],
	])("draws by %s, whatever model would talk", async (_, tool, endpoint, model) => {
		const prompt = aPrompt("sim:quick");
		const answer = await ask("/v1/responses", { json: toBody(prompt, tool) });
		expect([answer.status, (await answer.json<{ model: string }>()).model]).toEqual([200, model]);
		const [submit] = await queueCalls(prompt);
		expect(submit?.path.split("?")[0]).toBe(`/${endpoint}`);
	});

	it("refuses a tool's model that talks", async () => {
		const prompt = aPrompt("sim:quick");
		const answer = await ask("/v1/responses", { json: toBody(prompt, { model: "gpt-5" }) });
		expect([answer.status, await submitsOf(prompt)]).toEqual([404, 0]);
	});
});

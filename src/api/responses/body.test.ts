import { describe, expect, it } from "vitest";
import { parseBody } from "../request/fields.ts";
import { ResponsesBody, readResponse, toEchoed, toMessages } from "./body.ts";

describe("a Responses body", () => {
	const wholly = (body: object) => {
		const parsed = parseBody(ResponsesBody, body);
		if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
		return readResponse(parsed.value, { defaultModel: "imagen4-preview" });
	};
	const asked = (body: object) => {
		const { fields, said } = wholly(body);
		return { ...fields, said };
	};
	const GUARD = "Use the following text as the complete prompt. Do not rewrite it:";
	const input = (...content: readonly object[]) => [{ role: "user", content }];

	it.each<readonly [case_: string, body: object, prompt: string]>([
		["text", { input: " a fox \n" }, "a fox"],
		["nothing", {}, ""],
		["empty text", { input: "" }, ""],
		["null", { input: null }, ""],
		["a message of text", { input: [{ role: "user", content: "a fox" }] }, "a fox"],
		["a message of type `message`", { input: [{ type: "message", role: "user", content: "a fox" }] }, "a fox"],
		[
			"parts",
			{ input: input({ type: "input_text", text: "a fox" }, { type: "text", text: "in snow" }) },
			"a fox\nin snow",
		],
		[
			"a picture beside the text",
			{
				input: input(
					{ type: "input_text", text: "a fox" },
					{ type: "input_image", image_url: "data:image/png;base64,A" },
				),
			},
			"a fox",
		],
		[
			"the last message of the user, after earlier answers",
			{
				input: [
					{ role: "user", content: "a fox" },
					{ type: "image_generation_call", id: "ig_1", status: "completed", result: "AAAA" },
					{ type: "message", role: "assistant", content: [{ type: "output_text", text: "a hen?", annotations: [] }] },
					{ role: "user", content: [{ type: "input_text", text: "an owl" }] },
					{ type: "reasoning", id: "rs_1", summary: [] },
				],
			},
			"an owl",
		],
		["the guard line before the prompt", { input: `${GUARD}\na fox` }, "a fox"],
		[
			"the guard line before the prompt in a part",
			{ input: input({ type: "input_text", text: `${GUARD}\n a fox` }) },
			"a fox",
		],
		["half a character", { input: "a fox \ud83e" }, "a fox \ufffd"],
		[
			"a prompt that a client wrapped",
			{
				input:
					"### Task:\nRespond to the user query using the provided context.\n<context>x</context>\n<user_query>a fox</user_query>",
			},
			"a fox",
		],
		["the guard line and nothing", { input: `${GUARD}\n` }, ""],
		["the guard line elsewhere", { input: `a fox. ${GUARD}` }, `a fox. ${GUARD}`],
	])("reads the prompt of %s", (_, body, prompt) => {
		expect(asked(body).said).toBe(prompt);
	});

	const tool = (options: object) => [
		{ type: "function", name: "f" },
		{ type: "image_generation", ...options },
	];
	it.each<readonly [case_: string, body: object, fields: object]>([
		[
			"a size of the tool, and its place",
			{ input: "a fox 16:9", tools: tool({ size: "1024x1024" }) },
			{ said: "a fox 16:9", size: "1024x1024", params: { size: "tools[1].size" } },
		],
		["a size of ours", { input: "a fox 16:9", size: "4:3" }, { size: "4:3", params: {} }],
		[
			"a size of the tool before one of ours",
			{ input: "a fox", size: "4:3", tools: tool({ size: "3:4" }) },
			{ size: "3:4" },
		],
		["the tool's own default", { input: "a fox", tools: tool({ size: "auto" }) }, { size: undefined, params: {} }],
		["no size", { input: "a fox", tools: tool({ size: null }) }, { size: undefined }],
		[
			"the tool's options",
			{ input: "a", tools: tool({ quality: "high", output_format: "webp", n: 2 }) },
			{ quality: "high", outputFormat: "webp", n: 2 },
		],
		["a seed of the tool before one of ours", { input: "a", seed: 8, tools: tool({ seed: 7 }) }, { seed: 7 }],
		["a seed of ours beside the tool's word for none", { input: "a", seed: 8, tools: tool({ seed: -1 }) }, { seed: 8 }],
		["a model that nobody knows", { input: "a", model: "imagen9", tools: tool({}) }, { model: "imagen9" }],
		["the default model", { input: "a", model: null }, { model: "imagen4-preview" }],
		["our extras", { input: "a", n: 3, seed: 7, fal: { steps: 4 } }, { n: 3, seed: 7, fal: { steps: 4 } }],
	])("reads %s", (_, body, fields) => {
		expect(asked(body)).toMatchObject(fields);
	});

	it.each<readonly [body: object, param: string]>([
		[{ input: 7 }, "input"],
		[{ input: [{ content: "a" }] }, "input[0].role"],
		[{ input: [{ role: "user" }] }, "input[0].content"],
		[{ input: [{ role: "user", content: [{ type: "input_text" }] }] }, "input[0].content[0].text"],
		[{ input: "a", n: 11 }, "n"],
		[{ input: "a", seed: -2 }, "seed"],
		[{ input: "a", tools: [{ type: "image_generation", n: "2" }] }, "tools[0].n"],
		[{ input: "a", tools: [{ type: "image_generation", seed: 1.5 }] }, "tools[0].seed"],
		[{ input: "a", stream: "yes" }, "stream"],
		[{ input: "a", background: 1 }, "background"],
		[{ input: "a", store: "no" }, "store"],
		[{ input: "a", metadata: "order 7" }, "metadata"],
		[{ input: "a", metadata: { order: 7 } }, "metadata.order"],
	])("such as %j is refused and blames %s", (body, param) => {
		expect(parseBody(ResponsesBody, body)).toMatchObject({ ok: false, error: { kind: "invalid_value", param } });
	});

	const echoedBy = (body: object) => {
		const parsed = parseBody(ResponsesBody, { input: "a", ...body });
		if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
		return toEchoed(parsed.value);
	};
	it.each<readonly [body: object, echoed: object]>([
		[{}, {}],
		[{ store: true, metadata: {} }, {}],
		[{ store: null, metadata: null }, {}],
		[{ store: false }, { store: false }],
		[{ metadata: { order: "7", note: "" } }, { metadata: { order: "7", note: "" } }],
	])("such as %j echoes %j: OpenAI's defaults are left out, so that equal requests are equal", (body, echoed) => {
		expect(echoedBy(body)).toEqual(echoed);
	});

	/** Makes metadata of so many pairs, each as long as it may be. */
	const pairs = (count: number) =>
		Object.fromEntries(Array.from({ length: count }, (_, index) => [String(index).padEnd(64, "k"), "v".repeat(512)]));

	it("takes metadata up to OpenAI's bounds", () => {
		const full = pairs(16);
		expect(echoedBy({ metadata: full })).toEqual({ metadata: full });
	});

	it.each<readonly [case_: string, metadata: object, param: string]>([
		["a pair too many", pairs(17), "metadata"],
		["a key that is too long", { ["k".repeat(65)]: "7" }, "metadata"],
		["a value that is too long", { order: "7".repeat(513) }, "metadata.order"],
	])("refuses metadata with %s", (_, metadata, param) => {
		const parsed = parseBody(ResponsesBody, { input: "a", metadata });
		expect(parsed).toMatchObject({ ok: false, error: { kind: "invalid_value", param } });
	});

	it("without options has those of its kind", () => {
		expect(wholly({ input: "a fox" })).toEqual({
			messages: [{ role: "user", text: "a fox" }],
			said: "a fox",
			param: "input",
			fields: { model: "imagen4-preview", params: {} },
			rendering: {
				api: "responses",
				model: "imagen4-preview",
				background: false,
				includeUsage: false,
				responseFormat: "both",
			},
			streamed: false,
		});
	});

	const OPTIONS = {
		model: "gpt-image-2",
		n: 2,
		size: "1024x1024",
		quality: "high",
		output_format: "webp",
		input_fidelity: "low",
		moderation: "low",
		negative_prompt: "hens",
	};
	const READ = {
		model: "gpt-image-2",
		n: 2,
		size: "1024x1024",
		quality: "high",
		outputFormat: "webp",
		inputFidelity: "low",
		moderation: "low",
		negativePrompt: "hens",
	};

	it("with all options has each of them", () => {
		const more = {
			seed: 7,
			fal: { steps: 4 },
			stream: true,
			background: true,
			store: false,
			metadata: { order: "7" },
			max_output_tokens: 9,
			previous_response_id: " resp_1 ",
			webhook_url: "https://client.test/hook",
		};
		expect(wholly({ input: "a fox", ...OPTIONS, ...more })).toEqual({
			messages: [{ role: "user", text: "a fox" }],
			said: "a fox",
			param: "input",
			maxTokens: 9,
			fields: { ...READ, seed: 7, fal: { steps: 4 }, params: {} },
			rendering: {
				api: "responses",
				model: "gpt-image-2",
				background: true,
				includeUsage: false,
				responseFormat: "both",
				store: false,
				metadata: { order: "7" },
				previousResponse: "resp_1",
			},
			streamed: true,
			webhookUrl: "https://client.test/hook",
		});
	});

	it("with all options in its tool has those, and knows their places", () => {
		const others = { ...OPTIONS, n: 9, size: "1:1", quality: "low", moderation: "auto", negative_prompt: "owls" };
		expect(asked({ input: "a", ...others, tools: tool({ ...OPTIONS, background: "opaque" }) })).toEqual({
			said: "a",
			...READ,
			background: "opaque",
			params: {
				size: "tools[1].size",
				quality: "tools[1].quality",
				outputFormat: "tools[1].output_format",
				background: "tools[1].background",
				inputFidelity: "tools[1].input_fidelity",
				moderation: "tools[1].moderation",
			},
		});
		expect(asked({ input: "a", ...OPTIONS, tools: tool({}) })).toEqual({ said: "a", ...READ, params: {} });
	});

	it.each([" ", 7, null, ["resp_1"]])("goes on from no Response for %j", (previous) => {
		expect(wholly({ input: "a", previous_response_id: previous }).rendering).not.toHaveProperty("previousResponse");
	});

	it("keeps its messages, and nothing else of its items", () => {
		const items = [
			{ role: "user", content: "a fox" },
			{ type: "image_generation_call", id: "ig_1", status: "completed", result: "AAAA" },
			{ type: "message", role: "assistant", content: [{ type: "output_text", text: "a hen?" }] },
		];
		expect(wholly({ input: items }).messages).toEqual([
			{ role: "user", text: "a fox" },
			{ role: "assistant", text: "a hen?" },
		]);
	});

	it("puts its instructions before the conversation, as a system message", () => {
		expect(toMessages({ input: "a", instructions: "Be brief." })).toEqual([
			{ role: "system", text: "Be brief." },
			{ role: "user", text: "a" },
		]);
	});

	it("ignores fields that it does not know", () => {
		const others = { tool_choice: "required", include: ["x"], reasoning: { effort: "low" } };
		expect(parseBody(ResponsesBody, { input: "a", ...others })).toEqual({ ok: true, value: { input: "a" } });
	});
});

/** `responses.create` of OpenAI's own package. */
import { decode } from "fast-png";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { fetchBytes, refusalOf, useGateway } from "../support/node/openai-client.ts";
import { bytesOf, collectEvents, EVENT_TYPES, endOf, numbersOf, picturesOf } from "../support/node/responses.ts";
import { aPrompt, callsOf, SHORT, submitsOf } from "../support/node/simulator.ts";

const MODEL = "imagen4-preview";
const QUICK = "sim:quick";
const { gateway, client } = useGateway();

function body(prompt: string, more: object = {}) {
	return { model: MODEL, input: prompt, tools: [{ type: "image_generation" as const }], ...more };
}

describe.concurrent("responses.create without a stream", () => {
	it("answers with the picture in base64, and with the settings that were used", async () => {
		const prompt = aPrompt(QUICK);
		const response = await client.responses.create(
			body(`${prompt}, 16:9`, { tools: [{ type: "image_generation", quality: "high", output_format: "png" }] }),
		);
		expect(response).toMatchObject({
			id: expect.stringMatching(/^resp_[0-9a-f]{64}$/),
			object: "response",
			status: "completed",
			model: MODEL,
			error: null,
			background: false,
			output_text: "",
		});
		const [picture] = picturesOf(response);
		expect(picture).toMatchObject({
			status: "completed",
			quality: "high",
			output_format: "png",
			revised_prompt: `${prompt}, 16:9`,
		});
		const { width, height } = decode(bytesOf(picture), { checkCrc: true });
		expect(picture?.size).toBe(`${width}x${height}`);
		expect(await fetchBytes(picture?.url ?? "")).toEqual(bytesOf(picture));
		const [submit] = await submitsOf(gateway, prompt);
		expect(submit?.input).toMatchObject({ prompt, aspect_ratio: "16:9" });
	});

	it("answers with one item for each of n", async () => {
		const response = await client.responses.create(body(aPrompt(QUICK), { n: 3 }));
		const pictures = picturesOf(response);
		expect(pictures.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
		expect(new Set(pictures.map(({ result }) => result)).size).toBe(3);
		expect(new Set(pictures.map(({ id }) => id)).size).toBe(3);
	});

	it("retrieves the same Response afterwards", async () => {
		const response = await client.responses.create(body(aPrompt(QUICK)));
		expect(await client.responses.retrieve(response.id)).toEqual(response);
	});

	it("takes gpt_image_playground's body, and makes two jobs of two equal bodies", async () => {
		const prompt = aPrompt(QUICK);
		const playground = {
			model: MODEL,
			input: [
				{
					role: "user" as const,
					content: [
						{
							type: "input_text" as const,
							text: `Use the following text as the complete prompt. Do not rewrite it:\n${prompt}`,
						},
					],
				},
			],
			tools: [
				{
					type: "image_generation" as const,
					action: "generate" as const,
					size: "1024x1024" as const,
					quality: "high" as const,
					output_format: "jpeg" as const,
					output_compression: 80,
					moderation: "low" as const,
					partial_images: 1,
				},
			],
			tool_choice: "required" as const,
		};
		const both = await Promise.all([client.responses.create(playground), client.responses.create(playground)]);
		expect(new Set(both.map(({ id }) => id)).size).toBe(2);
		const submits = await submitsOf(gateway, prompt);
		expect(submits.map(({ input }) => input?.prompt)).toEqual([prompt, prompt]);
		expect(submits[0]?.input).toMatchObject({ aspect_ratio: "1:1", output_format: "jpeg" });
		expect(picturesOf(both[0])[0]).toMatchObject({ revised_prompt: prompt });
	});

	it("lists the words that it draws, in as many pages as there are", async () => {
		const prompt = aPrompt(QUICK);
		const { id } = await client.responses.create(body(prompt));
		const items = [];
		for await (const item of client.responses.inputItems.list(id, { limit: 1 })) items.push(item);
		expect(items).toMatchObject([{ type: "message", role: "user", content: [{ type: "input_text", text: prompt }] }]);
	});

	it("refuses a blocked picture as the other APIs do", async () => {
		const prompt = aPrompt(`sim:content-policy ${SHORT}`);
		const error = await refusalOf(OpenAI.BadRequestError, client.responses.create(body(prompt)));
		expect(error).toMatchObject({ status: 400, code: "moderation_blocked", type: "image_generation_user_error" });
	});

	it.each([
		[{ input: 7 }, "input"],
		[{ model: "imagen9" }, "model"],
		[{ tools: [{ type: "image_generation", size: "big" }] }, "tools[0].size"],
	])("refuses %j, and names the field", async (wrong, param) => {
		const error = await refusalOf(OpenAI.APIError, client.responses.create(body(aPrompt(QUICK), wrong)));
		expect(error.param).toBe(param);
	});

	it("answers an empty prompt and a hidden request with text, and draws nothing", async () => {
		const { data, response } = await client.responses.create(body("")).withResponse();
		expect(data).toMatchObject({ status: "completed", output_text: expect.stringMatching(/^Tell me what to draw/) });
		expect(response.headers.has("x-job-id")).toBe(false);
		const id = crypto.randomUUID();
		const input = `Please generate a four to five word title summarizing our conversation. ${id}`;
		const final = await client.responses.stream({ model: MODEL, input }).finalResponse();
		expect(final).toMatchObject({ status: "completed", output_text: "Image" });
		expect(await callsOf(gateway, id)).toEqual([]);
	});
});

describe.concurrent("responses.create with a stream", () => {
	it("sends OpenAI's events in OpenAI's order", async () => {
		const prompt = aPrompt("sim:queue=1 sim:queue-ms=1100 sim:run-ms=600");
		const events = await collectEvents(await client.responses.create({ ...body(prompt), stream: true }));
		expect(events.map(({ type }) => type)).toEqual(EVENT_TYPES);
		expect(numbersOf(events)).toEqual(EVENT_TYPES.map((_, index) => index));
		const [picture] = picturesOf(endOf(events));
		expect(decode(bytesOf(picture)).width).toBe(128);
		const done = events.find((event) => event.type === "response.output_item.done");
		expect(done?.item).toEqual(picture);
	});

	it("feeds OpenAI's own accumulator, for several pictures", async () => {
		const stream = client.responses.stream({ ...body(aPrompt(QUICK), { n: 3 }), stream: true });
		const final = await stream.finalResponse();
		expect(final.status).toBe("completed");
		expect(picturesOf(final).map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
	});

	it("names each event by its type, and sends no `[DONE]` and no id", async () => {
		const raw = await client.responses.create({ ...body(aPrompt(QUICK)), stream: true }).asResponse();
		expect(raw.headers.get("x-job-id")).toMatch(/^[0-9a-f]{64}$/);
		const blocks = (await raw.text()).trim().split("\n\n");
		for (const block of blocks) {
			const [, name, type] = /^event: (\S+)\ndata: \{"type":"([^"]+)".*\}$/.exec(block) ?? [];
			expect(name).toBeDefined();
			expect(type).toBe(name);
		}
		expect(blocks.length).toBe(EVENT_TYPES.length);
	});

	it("ends with response.failed if the job fails", async () => {
		const prompt = aPrompt(`sim:content-policy ${SHORT}`);
		const events = await collectEvents(await client.responses.create({ ...body(prompt), stream: true }));
		expect(events.at(-1)?.type).toBe("response.failed");
		expect(endOf(events)).toMatchObject({ status: "failed", error: { code: "moderation_blocked" } });
	});
});

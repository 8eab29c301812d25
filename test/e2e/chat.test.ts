/** `chat.completions.create` of OpenAI's own package. */
import { decode } from "fast-png";
import { describe, expect, it, vi } from "vitest";
import { contentOf, finishesOf, reasoningOf } from "../support/chunks.ts";
import { eventually } from "../support/eventually.ts";
import { readObject } from "../support/node/box-state.ts";
import type { Chunk } from "../support/node/chat-client.ts";
import { collect, fetchBytes, useGateway } from "../support/node/openai-client.ts";
import { aPrompt, callsOf, createSteering, HELD, SHORT, steer, submitsOf } from "../support/node/simulator.ts";

const MODEL = "imagen4-preview";
const QUICK = "sim:quick";
const { gateway, client } = useGateway();

function chat(prompt: string, more: object = {}) {
	return { model: MODEL, messages: [{ role: "user" as const, content: prompt }], ...more };
}
async function textOf(prompt: string, more: object = {}): Promise<string> {
	return (await client.chat.completions.create(chat(prompt, more))).choices[0]?.message.content ?? "";
}

describe.concurrent("chat.completions.create without a stream", () => {
	it("answers with a headline and the picture as Markdown", async () => {
		const completion = await client.chat.completions.create(chat(`${QUICK} A red fox, 16:9`));
		const [choice] = completion.choices;
		const [headline, blank, markdown, ...rest] = choice?.message.content?.split("\n") ?? [];
		expect(headline).toBe(`Generated image with prompt: "${QUICK} A red fox" and aspect ratio: 16:9`);
		expect([blank, rest]).toEqual(["", []]);
		const [, url = ""] = /^!\[Generated Image\]\((http[^()\s]+)\)$/.exec(markdown ?? "") ?? [];
		expect(decode(await fetchBytes(url))).toMatchObject({ width: 1408, height: 768 });
		expect(completion).toMatchObject({
			id: expect.stringMatching(/^chatcmpl-[0-9a-f]{64}$/),
			object: "chat.completion",
			model: MODEL,
			usage: { prompt_tokens: expect.any(Number), completion_tokens: 1_056, total_tokens: expect.any(Number) },
		});
		expect(choice).toMatchObject({ finish_reason: "stop", message: { role: "assistant" } });
	});

	it("answers with one Markdown picture for each of n", async () => {
		const content = await textOf(aPrompt(QUICK), { n: 3 });
		expect(content).toMatch(
			/^Generated image with prompt: "[^\n]+" and aspect ratio: 1:1(\n\n!\[Generated Image\]\(http\S+\)){3}$/,
		);
	});

	it.each([
		[`一只猫 比例=16/9`, "一只猫", "16:9"],
		[`一只猫，比例：１６：９`, "一只猫", "16:9"],
		[`画面比例为9：16 一只猫`, "一只猫", "9:16"],
		[`一只猫 --ar 3:4`, "一只猫", "3:4"],
		[`size: 4:3 a cat`, "a cat", "4:3"],
		[`一只猫 1024x1024`, "一只猫", "1:1"],
		[`一只猫`, "一只猫", "1:1"],
	])("takes the size out of %s", async (written, prompt, ratio) => {
		const id = crypto.randomUUID();
		const content = await textOf(`${written}\n${id} ${QUICK}`);
		expect(content).toContain(`Generated image with prompt: "${prompt} ${id} ${QUICK}" and aspect ratio: ${ratio}\n\n`);
		const [submit] = await submitsOf(gateway, id);
		expect(submit?.input?.prompt).toBe(`${prompt}\n${id} ${QUICK}`);
	});

	it("draws the text parts of the last user message", async () => {
		const id = crypto.randomUUID();
		const { choices } = await client.chat.completions.create({
			model: "darkroom",
			temperature: 0.7,
			messages: [
				{ role: "system", content: "You paint." },
				{
					role: "user",
					content: [
						{ type: "text", text: "an owl" },
						{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
					],
				},
				{ role: "assistant", content: "![Generated Image](https://elsewhere.test/images/1/0.png)" },
				{
					role: "user",
					content: [
						{ type: "text", text: `two foxes ${id}` },
						{ type: "text", text: QUICK },
					],
				},
			],
		});
		expect(choices[0]?.message.content).toContain(`prompt: "two foxes ${id} ${QUICK}"`);
		expect(await submitsOf(gateway, id)).toHaveLength(1);
	});

	it.each([
		["an empty prompt", "  \n"],
		["nothing but a size", "16:9"],
	])("answers %s with help, and makes no job", async (_, prompt) => {
		const { data, response } = await client.chat.completions.create(chat(prompt)).withResponse();
		expect(data.choices[0]?.message.content).toMatch(/^Tell me what to draw/);
		expect(response.headers.has("x-job-id")).toBe(false);
	});
});

describe.concurrent("chat.completions.create with a stream", () => {
	it("sends its progress as reasoning, then the same answer as without a stream", async () => {
		const prompt = aPrompt(HELD);
		const continueAtFal = createSteering({ gateway, prompt });
		const chunks: Chunk[] = [];
		for await (const chunk of await client.chat.completions.create({
			...chat(prompt, { size: "16:9" }),
			stream: true,
			n: 2,
		})) {
			chunks.push(chunk);
			await continueAtFal(chunks);
		}
		expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
		expect(chunks.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: "stop" });
		expect(finishesOf(chunks)).toEqual(["stop"]);

		expect(reasoningOf(chunks)).toContain("Fetching 2 pictures");
		for (const { choices } of chunks)
			expect(choices[0]?.delta.reasoning_content !== undefined && choices[0].delta.content !== undefined).toBe(false);

		const pictures = chunks.flatMap(
			({ choices }) => /^!\[Generated Image\]\((http[^()\s]+)\)$/.exec(choices[0]?.delta.content ?? "")?.[1] ?? [],
		);
		expect(pictures).toHaveLength(2);
		for (const url of pictures) expect(decode(await fetchBytes(url)).width).toBe(128);
		expect(contentOf(chunks)).toBe(
			`Generated image with prompt: "${prompt}" and aspect ratio: 16:9\n\n${pictures.map((url) => `![Generated Image](${url})`).join("\n\n")}`,
		);

		expect(new Set(chunks.map(({ id, created, model, object }) => [id, created, model, object].join())).size).toBe(1);
		expect(chunks.map(({ sequence_number }) => sequence_number)).toEqual(chunks.map((_, index) => index));
	});

	it("ends with a chunk of usage if include_usage is set", async () => {
		const { chunks, error } = await collect(
			client.chat.completions.create({
				...chat(aPrompt(QUICK)),
				stream: true,
				stream_options: { include_usage: true },
			}),
		);
		expect(error).toBeNull();
		expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 1_056 } });
		expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
		expect(chunks.slice(0, -1).every(({ usage }) => usage == null)).toBe(true);
	});

	it("reports that fal was busy, and continues", async () => {
		const prompt = aPrompt(`sim:refused-429 ${SHORT}`);
		const { chunks, error } = await collect(client.chat.completions.create({ ...chat(prompt), stream: true }));
		expect(error).toBeNull();
		expect(reasoningOf(chunks)).toMatch(/fal is busy \(429\); trying again in \d+ s\n/);
		expect(contentOf(chunks)).toContain("![Generated Image](");
		expect((await submitsOf(gateway, prompt)).map(({ status }) => status)).toEqual([429, 429, 200]);
	});

	it("writes lines of at most 64 KiB for a prompt of 32,000 characters", async () => {
		const id = crypto.randomUUID();
		const words = `${id} ${QUICK} sim:max-side=128 `;
		// A control character takes six characters in JSON.
		const prompt = `${words}${'\u0001狐\u{1f98a}"'.repeat(10_000)}`.slice(0, 31_999).concat("x");
		const response = await client.chat.completions.create({ ...chat(prompt), stream: true }).asResponse();
		expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
		const raw = await response.text();
		const lines = raw.split("\n");
		for (const line of lines) {
			expect(line).toMatch(/^$|^: |^data: (\{.*\}|\[DONE\])$/);
			expect(Buffer.byteLength(line)).toBeLessThanOrEqual(64 * 1024);
		}
		expect(raw.endsWith("\n\ndata: [DONE]\n\n")).toBe(true);
		const chunks = lines.flatMap((line) => (line.startsWith("data: {") ? [JSON.parse(line.slice(6))] : []));
		// The headline has a bound, and blanks for control characters.
		expect(contentOf(chunks)).toMatch(
			/^Generated image with prompt: "\S+ sim:quick sim:max-side=128 (?:狐🦊" ){100,330}狐?🦊?"?…" and aspect ratio: /u,
		);
		const [submit] = await submitsOf(gateway, id);
		expect(submit?.input?.prompt).toBe(prompt);
	});

	it("streams help for an empty prompt", async () => {
		const { chunks, error } = await collect(client.chat.completions.create({ ...chat(""), stream: true }));
		expect(error).toBeNull();
		expect(chunks[0]?.choices[0]?.delta.role).toBe("assistant");
		expect(contentOf(chunks)).toMatch(/^Tell me what to draw/);
		expect(finishesOf(chunks)).toEqual(["stop"]);
	});

	it("continues when its client disconnects: cancels nothing, and stores the picture", async () => {
		const prompt = aPrompt("sim:hold");
		const { data: stream, response } = await client.chat.completions
			.create({ ...chat(prompt), stream: true })
			.withResponse();
		// Progress shows that fal has the request. Leaving the loop disconnects.
		for await (const { choices } of stream) if ("reasoning_content" in (choices[0]?.delta ?? {})) break;
		expect(stream.controller.signal.aborted).toBe(true);

		await steer({ gateway, prompt }, "finish");
		const calls = await eventually(
			() => callsOf(gateway, prompt),
			(all) => all.some(({ path, status }) => path.startsWith("/files/") && status === 200),
		);
		expect(calls.some(({ method }) => method === "PUT")).toBe(false);
		const [drawn] = calls.filter(({ path }) => path.startsWith("/files/"));
		const key = `images/${response.headers.get("x-job-id")}/0.png`;
		const bytes = await fetchBytes(`${gateway.simUrl}${drawn?.path}`);
		await vi.waitFor(() => expect(readObject(gateway.state, key)?.equals(bytes)).toBe(true), {
			timeout: 20_000,
			interval: 500,
		});
	});
});

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { decode } from "fast-png";
import OpenAI from "openai";
import type { ImageGenStreamEvent, ImagesResponse } from "openai/resources/images";
import { describe, expect, it } from "vitest";
import type { Running } from "../support/node/gateway.ts";
import {
	type Answer,
	aPrompt,
	type Chunk,
	callsOf,
	collect,
	contentOf,
	createSteering,
	eventually,
	fetchBytes,
	finishesOf,
	HELD,
	reasoningOf,
	refusal,
	steer,
	submitsOf,
	useGateway,
} from "../support/node/watched.ts";

const MODEL = "imagen4-preview";
const QUICK = "sim:quick";
let gateway: Running;
let client: OpenAI;
let answers: Answer[];

useGateway((started) => {
	({ gateway, client, answers } = started);
});

function user(content: string) {
	return [{ role: "user" as const, content }];
}
function chat(prompt: string, more: object = {}) {
	return { model: MODEL, messages: user(prompt), ...more };
}
async function textOf(prompt: string, more: object = {}): Promise<string> {
	return (await client.chat.completions.create(chat(prompt, more))).choices[0]?.message.content ?? "";
}

describe.concurrent("images.generate", () => {
	const generate = async (body: object): Promise<ImagesResponse & { url: string; b64: string }> => {
		const response = await client.images.generate({ prompt: aPrompt(QUICK), model: MODEL, ...body });
		const [item] = response.data ?? [];
		return { ...response, url: item?.url ?? "", b64: item?.b64_json ?? "" };
	};
	const shapeOf = (bytes: Uint8Array) => {
		const { width, height } = decode(bytes, { checkCrc: true });
		return `${width}x${height}`;
	};

	it("gives a link with response_format url, and the link gives the picture", async () => {
		const prompt = `a lighthouse ${QUICK}`;
		const { url, b64, created } = await generate({ prompt, response_format: "url", size: "1024x1024" });
		expect(b64).toBe("");
		expect(url).toMatch(new RegExp(`^${gateway.url}/images/[0-9a-f]{64}/0\\.png\\?exp=\\d+&sig=[\\w-]+$`));
		expect(Math.abs(created - Date.now() / 1000)).toBeLessThan(60);
		expect(shapeOf(await fetchBytes(url))).toBe("1024x1024");
	});

	it("gives bytes with b64_json", async () => {
		const { url, b64 } = await generate({ response_format: "b64_json" });
		expect(url).toBe("");
		expect(shapeOf(Buffer.from(b64, "base64"))).toBe("128x128");
	});

	it.each([[{}], [{ response_format: null }], [{ response_format: "" }]])(
		"gives both of the same picture with %j",
		async (body) => {
			const { url, b64 } = await generate(body);
			expect(Buffer.from(b64, "base64").equals(await fetchBytes(url))).toBe(true);
		},
	);

	it.each(["dall-e-3", "dall-e-2"])(
		"gives only the link to those who ask for %s, and for nothing else",
		async (model) => {
			const { url, b64, ...response } = await generate({ model });
			expect(b64).toBe("");
			expect(shapeOf(await fetchBytes(url))).toBe("128x128");
			expect(response).toMatchObject({ model });
		},
	);

	it("gives two different pictures with n=2", async () => {
		const { data = [] } = await generate({ n: 2 });
		expect(data).toHaveLength(2);
		const pictures = await Promise.all(
			data.map(async ({ url = "", b64_json = "" }) => {
				const bytes = await fetchBytes(url);
				expect(bytes).toEqual(new Uint8Array(Buffer.from(b64_json, "base64")));
				return createHash("sha256").update(bytes).digest("hex");
			}),
		);
		expect(new Set(pictures).size).toBe(2);
	});

	it.each([
		["16:9", { aspect_ratio: "16:9" }, "1408x768", "16:9"],
		["１６：９", { aspect_ratio: "16:9" }, "1408x768", "16:9"],
		["1024x1536", { aspect_ratio: "3:4" }, "896x1280", "3:4"],
		["auto", {}, "1024x1024", "1024x1024"],
	])("takes the size %s, and says what was drawn", async (size, input, shape, told) => {
		const prompt = `${size} ${crypto.randomUUID()} ${QUICK}`;
		const { url, ...response } = await generate({ prompt, size, response_format: "url" });
		expect(shapeOf(await fetchBytes(url))).toBe(shape);
		expect(response.size).toBe(told);
		const [submit] = await submitsOf(gateway, prompt);
		expect(submit?.input).toEqual({ prompt, num_images: 1, output_format: "png", ...input });
	});

	it("asks for more pixels where the quality is hd, and for the format that was named", async () => {
		const prompt = aPrompt(QUICK);
		const response = await generate({ prompt, quality: "hd", output_format: "jpeg", response_format: "url" });
		expect(response).toMatchObject({ quality: "high", output_format: "jpeg" });
		const [submit] = await submitsOf(gateway, prompt);
		expect(submit?.input).toMatchObject({ resolution: "2K", output_format: "jpeg" });
	});

	it("takes any id of fal's, and passes on what only fal knows", async () => {
		const prompt = aPrompt(QUICK);
		await generate({ prompt, model: "fal-ai/flux/dev", size: "1024x512", seed: 7, fal: { guidance_scale: 4 } });
		const [submit] = await submitsOf(gateway, prompt);
		expect(submit?.path).toMatch(/^\/fal-ai\/flux\/dev\?fal_webhook=/);
		expect(submit?.input).toMatchObject({ image_size: { width: 1024, height: 512 }, seed: 7, guidance_scale: 4 });
	});

	it("names the job and the model in headers", async () => {
		const { response } = await client.images.generate({ prompt: aPrompt(QUICK), model: MODEL }).withResponse();
		expect(response.headers.get("x-job-id")).toMatch(/^[0-9a-f]{64}$/);
		expect(response.headers.get("x-darkroom-model")).toBe(MODEL);
	});

	it.each(["answer-lost", "answer-502", "answer-504", "webhook-lost", "webhook-twice", "stream-cut", "foreign-urls"])(
		"gives a picture that is paid once in spite of sim:%s",
		async (scenario) => {
			const prompt = aPrompt(`sim:${scenario} sim:queue=0 sim:queue-ms=20 sim:run-ms=60`);
			const { url } = await generate({ prompt });
			expect(shapeOf(await fetchBytes(url))).toBe("128x128");
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		},
	);
});

describe.concurrent("images.generate, streamed", () => {
	const stream = async (body: object) => {
		const events: ImageGenStreamEvent[] = [];
		const prompt = aPrompt(QUICK);
		for await (const event of await client.images.generate({ prompt, model: MODEL, ...body, stream: true }))
			events.push(event);
		return events;
	};

	it("gives each picture once it is stored, and no unfinished ones", async () => {
		const events = await stream({ n: 2, partial_images: 2, quality: "high" });
		expect(events.map(({ type }) => type)).toEqual(["image_generation.completed", "image_generation.completed"]);
		for (const event of events) {
			expect(event).toMatchObject({ output_format: "png", quality: "high", url: expect.stringMatching(/^http/) });
			const { url } = { url: "", ...event };
			expect(Buffer.from(event.b64_json, "base64").equals(await fetchBytes(url))).toBe(true);
			expect(decode(await fetchBytes(url)).width).toBe(128);
		}
	});

	it("gives bytes to those who ask for dall-e-3, too, and only links to those who ask for links", async () => {
		expect(await stream({ model: "dall-e-3" })).toMatchObject([{ b64_json: expect.any(String) }]);
		const [link] = await stream({ response_format: "url" });
		expect(link).toMatchObject({ url: expect.stringMatching(/^http/) });
		expect(link).not.toHaveProperty("b64_json");
	});

	it("throws where the job fails", async () => {
		const prompt = aPrompt("sim:content-policy sim:queue=0 sim:queue-ms=20 sim:run-ms=60");
		const error = await refusal(OpenAI.APIError, stream({ prompt }));
		expect(error).toMatchObject({ code: "moderation_blocked", type: "image_generation_user_error" });
	});

	it("names each event by its type, and has no `[DONE]`", async () => {
		const body = { prompt: aPrompt(QUICK), model: MODEL, stream: true as const };
		const raw = await client.images.generate(body).asResponse();
		expect(raw.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
		expect(await raw.text()).toMatch(
			/^event: image_generation\.completed\ndata: \{"type":"image_generation\.completed",.*\}\n\n$/,
		);
	});
});

describe.concurrent("chat.completions.create, not streamed", () => {
	it("gives a headline and the picture as Markdown", async () => {
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
			usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
		});
		expect(choice).toMatchObject({ finish_reason: "stop", message: { role: "assistant" } });
	});

	it("gives one Markdown picture for each of n", async () => {
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
	])("takes the size out of %s", async (said, prompt, ratio) => {
		const id = crypto.randomUUID();
		const content = await textOf(`${said}\n${id} ${QUICK}`);
		expect(content).toContain(
			`Generated image with prompt: "${prompt}\n${id} ${QUICK}" and aspect ratio: ${ratio}\n\n`,
		);
		const [submit] = await submitsOf(gateway, id);
		expect(submit?.input?.prompt).toBe(`${prompt}\n${id} ${QUICK}`);
	});

	it("reads the last user message, of which the text parts", async () => {
		const id = crypto.randomUUID();
		const { choices } = await client.chat.completions.create({
			model: "darkroom",
			temperature: 0.7,
			messages: [
				{ role: "system", content: "You paint." },
				{ role: "user", content: "an owl" },
				{ role: "assistant", content: "![Generated Image](https://elsewhere.test/images/1/0.png)" },
				{
					role: "user",
					content: [
						{ type: "text", text: `two foxes ${id}` },
						{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
						{ type: "text", text: QUICK },
					],
				},
			],
		});
		expect(choices[0]?.message.content).toContain(`prompt: "two foxes ${id}\n${QUICK}"`);
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

describe.concurrent("chat.completions.create, streamed", () => {
	it("tells its progress apart from the answer, then gives what is given without a stream", async () => {
		const prompt = aPrompt(HELD);
		const goOn = createSteering({ gateway, prompt });
		const chunks: Chunk[] = [];
		for await (const chunk of await client.chat.completions.create({
			...chat(prompt, { size: "16:9" }),
			stream: true,
			n: 2,
		})) {
			chunks.push(chunk);
			await goOn(chunks);
		}
		expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
		expect(chunks.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: "stop" });
		expect(finishesOf(chunks)).toEqual(["stop"]);

		expect(reasoningOf(chunks)).toContain("Generated after");
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

	it("ends with a chunk of usage for those who asked for it", async () => {
		const { chunks, error } = await collect(
			client.chat.completions.create({
				...chat(aPrompt(QUICK)),
				stream: true,
				stream_options: { include_usage: true },
			}),
		);
		expect(error).toBeNull();
		expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 0 } });
		expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
		expect(chunks.slice(0, -1).every(({ usage }) => usage == null)).toBe(true);
	});

	it("tells that fal was busy, and goes on", async () => {
		const prompt = aPrompt("sim:refused-429 sim:queue=0 sim:queue-ms=20 sim:run-ms=60");
		const { chunks, error } = await collect(client.chat.completions.create({ ...chat(prompt), stream: true }));
		expect(error).toBeNull();
		expect(reasoningOf(chunks)).toMatch(/fal is busy \(429\); trying again in \d+ s…/);
		expect(contentOf(chunks)).toContain("![Generated Image](");
		expect((await submitsOf(gateway, prompt)).map(({ status }) => status)).toEqual([429, 429, 200]);
	});

	it("writes lines that every reader can take, though the prompt has 32,000 characters", async () => {
		const id = crypto.randomUUID();
		const words = `${id} ${QUICK} sim:max-side=128 `;
		// A control character takes six in JSON.
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
		expect(contentOf(chunks)).toContain(prompt);
		const [submit] = await submitsOf(gateway, id);
		expect(submit?.input?.prompt).toBe(prompt);
	});

	it("streams help and hidden requests, too", async () => {
		const { chunks, error } = await collect(client.chat.completions.create({ ...chat(""), stream: true }));
		expect(error).toBeNull();
		expect(chunks[0]?.choices[0]?.delta.role).toBe("assistant");
		expect(contentOf(chunks)).toMatch(/^Tell me what to draw/);
		expect(finishesOf(chunks)).toEqual(["stop"]);
	});

	it("goes on without its client: nothing is cancelled, and the picture is stored", async () => {
		const prompt = aPrompt("sim:hold");
		const { data: stream, response } = await client.chat.completions
			.create({ ...chat(prompt), stream: true })
			.withResponse();
		// Told of the queue, so it is there.
		for await (const { choices } of stream) if ("reasoning_content" in (choices[0]?.delta ?? {})) break;
		expect(stream.controller.signal.aborted).toBe(true);

		await steer({ gateway, prompt }, "finish");
		const calls = await eventually(
			() => callsOf(gateway, prompt),
			(seen) => seen.some(({ path, status }) => path.startsWith("/files/") && status === 200),
		);
		expect(calls.some(({ method }) => method === "PUT")).toBe(false);
		const [drawn] = calls.filter(({ path }) => path.startsWith("/files/"));
		const key = `darkroom-images/images/${response.headers.get("x-job-id")}/0.png`;
		const look = () =>
			promisify(execFile)("node_modules/.bin/wrangler", ["r2", "object", "get", key, "--local", "--pipe"], {
				cwd: gateway.folder,
				encoding: "buffer",
			}).then(
				({ stdout }) => stdout,
				() => null,
			);
		const stored = await eventually(look, (bytes) => bytes !== null);
		expect(stored?.equals(await fetchBytes(`${gateway.simUrl}${drawn?.path}`))).toBe(true);
	});
});

describe.concurrent("requests that clients hide behind a message", () => {
	const HISTORY = "<chat_history>\nUSER: draw a fox\nASSISTANT: Generated image\n</chat_history>";
	const task = (words: string, format: string) =>
		`### Task:\n${words}\n### Guidelines:\n- Be brief.\n### Output:\nJSON format: ${format}\n### Chat History:\n${HISTORY}`;

	it.each([
		[
			"Open WebUI's title",
			task("Generate a concise, 3-5 word title.", '{ "title": "your concise title here" }'),
			{ title: expect.any(String) },
		],
		[
			"Open WebUI's tags",
			task("Generate 1-3 broad tags.", '{ "tags": ["tag1", "tag2"] }'),
			{ tags: expect.any(Array) },
		],
		[
			"Open WebUI's follow-ups",
			task("Suggest 3-5 follow-up questions.", '{ "follow_ups": ["Question 1?"] }'),
			{ follow_ups: expect.any(Array) },
		],
		[
			"Open WebUI's search queries",
			task("Determine the necessity of search queries.", '{ "queries": ["query1"] }'),
			{ queries: [] },
		],
	])("answers %s in JSON, and draws nothing", async (_, content, expected) => {
		const id = crypto.randomUUID();
		const { data, response } = await client.chat.completions.create(chat(`${content}\n${id}`)).withResponse();
		expect(JSON.parse(data.choices[0]?.message.content ?? "")).toEqual(expected);
		expect(response.headers.has("x-job-id")).toBe(false);
		expect(await callsOf(gateway, id)).toEqual([]);
	});

	it.each([
		["NextChat's title", "Please generate a four to five word title summarizing our conversation without any lead-in."],
		["NextChat's title in Chinese", "使用四到五个字直接返回这句话的简要主题，不要解释、不要标点、不要语气词"],
		[
			"NextChat's summary",
			"Summarize the discussion briefly in 200 words or less to use as a prompt for future context.",
		],
		[
			"LibreChat's title",
			"Please generate a concise, 5-word-or-less title for the conversation, using its same language",
		],
	])("answers %s with what was talked of, streamed or not, and draws nothing", async (_, said) => {
		const id = crypto.randomUUID();
		const messages = [
			...user("A red fox in the snow"),
			{ role: "assistant" as const, content: "![Generated Image](https://elsewhere.test/0.png)" },
			...user(`${said} ${id}`),
		];
		expect(await textOf("", { messages })).toMatch(/^A red fox in the snow/);
		const { chunks, error } = await collect(client.chat.completions.create({ model: MODEL, messages, stream: true }));
		expect([error, contentOf(chunks)]).toEqual([null, "A red fox in the snow"]);
		expect(await callsOf(gateway, id)).toEqual([]);
	});

	it("answers LobeChat's summarizer, which speaks through the system message", async () => {
		const id = crypto.randomUUID();
		const messages = [
			{ role: "system" as const, content: "You are a professional conversation summarizer. Generate a concise title." },
			...user(`user: a red fox ${id}`),
		];
		expect(await textOf("", { messages })).toMatch(/fox/);
		expect(await callsOf(gateway, id)).toEqual([]);
	});
});

describe("models", () => {
	it("are listed, and each listed one can be retrieved", async () => {
		const { data: models } = await client.models.list();
		expect(models.map(({ id }) => id)).toEqual(
			expect.arrayContaining([MODEL, "nano-banana-2", "gpt-image-1.5", "darkroom"]),
		);
		for (const model of models) {
			expect(model).toMatchObject({ object: "model", owned_by: "fal-ai", created: expect.any(Number) });
			expect(await client.models.retrieve(model.id)).toEqual(model);
		}
	});

	it("can be retrieved by an id with slashes, which the client escapes", async () => {
		expect(await client.models.retrieve("fal-ai/flux/dev")).toMatchObject({ id: "fal-ai/flux/dev", object: "model" });
		expect(answers.at(-1)?.url).toContain("fal-ai%2Fflux%2Fdev");
	});
});

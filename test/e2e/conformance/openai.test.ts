/** The `openai` package, where it does something by itself: it retries, throws, accumulates and resumes. `test/e2e/` holds what it is answered. */
import { encode } from "fast-png";
import OpenAI from "openai";
import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentOf } from "../../support/chunks.ts";
import { eventually } from "../../support/eventually.ts";
import { startCuttingProxy } from "../../support/node/cutting-proxy.ts";
import { digestOf, drawnFrom, EDIT_PATH } from "../../support/node/edits.ts";
import { ACCESS_KEY } from "../../support/node/gateway.ts";
import { collect, refusalOf } from "../../support/node/openai-client.ts";
import { bytesOf, collectEvents, EVENT_TYPES, endOf, numbersOf, picturesOf } from "../../support/node/responses.ts";
import { startRuntimes } from "../../support/node/runtime.ts";
import { aPrompt, callsOf, SHORT, steer, submitsOf } from "../../support/node/simulator.ts";
import { picturesIn } from "./pictures.ts";

const MODEL = "imagen4-preview";
/** A red pixel. */
const PIXEL = encode({ width: 1, height: 1, channels: 3, data: new Uint8Array([255, 0, 0]) });
const PNG = `data:image/png;base64,${Buffer.from(PIXEL).toString("base64")}`;
let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

function clientOf(url = gateway.url, options: { timeout?: number } = {}): OpenAI {
	return new OpenAI({ baseURL: `${url}/v1`, apiKey: ACCESS_KEY, ...options });
}

function chat(prompt: string) {
	return { model: MODEL, messages: [{ role: "user" as const, content: prompt }] };
}

/** Waits until fal has the request of a prompt. */
async function submitted(prompt: string): Promise<void> {
	await eventually(
		() => submitsOf(gateway, prompt),
		({ length }) => length === 1,
	);
}

/** Each way to ask for a picture and wait for it. Each returns the number of pictures that came. */
const WHOLE: Readonly<Record<string, (client: OpenAI, prompt: string) => Promise<number>>> = {
	"images.generate with bytes": async ({ images }, prompt) => {
		const { data = [] } = await images.generate({ model: MODEL, prompt, response_format: "b64_json" });
		return data.filter(({ b64_json }) => b64_json?.startsWith("iVBOR")).length;
	},
	"images.generate with a link": async ({ images }, prompt) => {
		const { data = [] } = await images.generate({ model: MODEL, prompt, response_format: "url" });
		return data.filter(({ url }) => url?.includes("/images/")).length;
	},
	"chat.completions.create": async ({ chat: { completions } }, prompt) => {
		const { choices } = await completions.create(chat(prompt));
		return picturesIn(choices[0]?.message.content ?? "").length;
	},
	"responses.create": async ({ responses }, prompt) => {
		const response = await responses.create({ model: MODEL, input: prompt });
		return picturesOf(response).filter((picture) => bytesOf(picture).length > 0).length;
	},
};

/** Each way to read a picture from a stream. */
const STREAMED: Readonly<Record<string, (client: OpenAI, prompt: string) => Promise<number>>> = {
	"images.generate": async ({ images }, prompt) => {
		let pictures = 0;
		for await (const { type } of await images.generate({ model: MODEL, prompt, stream: true }))
			if (type === "image_generation.completed") pictures += 1;
		return pictures;
	},
	"chat.completions.create": async ({ chat: { completions } }, prompt) => {
		const { chunks, error } = await collect(completions.create({ ...chat(prompt), stream: true }));
		if (error !== null) throw error;
		return picturesIn(contentOf(chunks)).length;
	},
	"responses.create": async ({ responses }, prompt) => {
		const events = await collectEvents(await responses.create({ model: MODEL, input: prompt, stream: true }));
		return picturesOf(endOf(events)).length;
	},
};

describe("a connection that breaks", () => {
	it.each(Object.entries(WHOLE))("makes %s get its picture by the package's retry, and pays once", async (_, ask) => {
		const proxy = await startCuttingProxy(gateway.url);
		try {
			const prompt = aPrompt("sim:queue=0 sim:queue-ms=50 sim:run-ms=1200");
			const pictures = ask(clientOf(proxy.url), prompt);
			await submitted(prompt);
			proxy.cut();
			expect(await pictures).toBe(1);
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		} finally {
			proxy.stop();
		}
	});

	it.each(Object.entries(STREAMED))("ends a stream of %s, and the same call joins the job", async (_, read) => {
		const proxy = await startCuttingProxy(gateway.url);
		try {
			const prompt = aPrompt("sim:hold");
			const broken = read(clientOf(proxy.url), prompt).catch((thrown: unknown) => thrown);
			await submitted(prompt);
			proxy.cut();
			const joined = read(clientOf(), prompt);
			await steer({ gateway, prompt }, "finish");
			expect(await joined).toBe(1);
			// A call whose stream had not begun when it was cut has been sent again by the package.
			expect([1, expect.any(Error)]).toContainEqual(await broken);
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		} finally {
			proxy.stop();
		}
	});

	it("resumes a Response's stream with its id and the number of the last event", async () => {
		const proxy = await startCuttingProxy(gateway.url);
		try {
			const prompt = aPrompt("sim:hold");
			const events: ResponseStreamEvent[] = [];
			const { responses } = clientOf(proxy.url);
			const stream = await responses.create({ model: MODEL, input: prompt, background: true, stream: true });
			const reading = (async () => {
				for await (const event of stream) events.push(event);
			})().catch((thrown: unknown) => thrown);
			await submitted(prompt);
			await eventually(
				async () => events.length,
				(count) => count > 0,
			);
			proxy.cut();
			expect(await reading).toBeInstanceOf(Error);

			const [created] = events;
			if (created?.type !== "response.created") throw new Error("no response.created");
			const starting_after = numbersOf(events).at(-1) ?? 0;
			const rest = clientOf().responses.retrieve(created.response.id, { stream: true, starting_after });
			await steer({ gateway, prompt }, "finish");
			events.push(...(await collectEvents(await rest)));
			expect(numbersOf(events)).toEqual(EVENT_TYPES.map((_, index) => index));
			expect(picturesOf(endOf(events))).toHaveLength(1);
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		} finally {
			proxy.stop();
		}
	});
});

describe("a time-out of the package", () => {
	it("of 700 ms gets a slow job's picture by its retries, and pays once", async () => {
		const prompt = aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=1500");
		const { images } = clientOf(gateway.url, { timeout: 700 });
		const { data } = await images.generate({ prompt, model: MODEL, response_format: "url" });
		expect(data?.[0]?.url).toContain("/images/");
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});
});

describe("the package's accumulator of chats", () => {
	it("puts a slow picture together, with the empty chunks between", async () => {
		const prompt = aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=400");
		const completion = await clientOf().chat.completions.stream(chat(prompt)).finalChatCompletion();
		expect(picturesIn(completion.choices[0]?.message.content ?? "")).toHaveLength(1);
		expect(completion.choices).toMatchObject([{ finish_reason: "stop", message: { role: "assistant" } }]);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("throws the reason of a failure", async () => {
		const prompt = aPrompt("sim:content-policy");
		const stream = clientOf().chat.completions.stream(chat(prompt));
		const error = await refusalOf(OpenAI.APIError, stream.finalChatCompletion());
		expect(error).toMatchObject({ code: "moderation_blocked", message: expect.stringContaining("content policy") });
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});
});

describe("a request that brings a picture along", () => {
	const image = { type: "image_url" as const, image_url: { url: PNG } };
	const input_image = { type: "input_image" as const, image_url: PNG, detail: "auto" as const };

	it.each<readonly [api: string, ask: (client: OpenAI, text: string) => PromiseLike<unknown>]>([
		[
			"a chat",
			({ chat: { completions } }, text) =>
				completions.create({ model: MODEL, messages: [{ role: "user", content: [{ type: "text", text }, image] }] }),
		],
		[
			"a Response",
			({ responses }, text) =>
				responses.create({
					model: MODEL,
					input: [{ role: "user", content: [{ type: "input_text", text }, input_image] }],
				}),
		],
	])("edits it in %s", async (_, ask) => {
		const prompt = aPrompt(SHORT);
		await ask(clientOf(), prompt);
		expect(await drawnFrom(gateway, prompt)).toEqual({ path: EDIT_PATH, pictures: [digestOf(PIXEL)] });
	});

	it.each<readonly [field: string, ask: (client: OpenAI, text: string) => PromiseLike<unknown>]>([
		[
			"input[0].content[1].file_id",
			({ responses }, text) =>
				responses.create({
					model: MODEL,
					input: [
						{
							role: "user",
							content: [
								{ type: "input_text", text },
								{ type: "input_image", file_id: "file-1", detail: "auto" },
							],
						},
					],
				}),
		],
		[
			"tools[0].action",
			({ responses }, input) =>
				responses.create({ model: MODEL, input, tools: [{ type: "image_generation", action: "edit" }] }),
		],
	])("throws a BadRequestError that names %s if there is none to read, and pays nothing", async (field, ask) => {
		const prompt = aPrompt(SHORT);
		const error = await refusalOf(OpenAI.BadRequestError, ask(clientOf(), prompt));
		expect(error).toMatchObject({ status: 400, param: field, message: expect.stringContaining(field) });
		expect(await callsOf(gateway, prompt)).toEqual([]);
	});
});

describe("a test of the connection", () => {
	it("is answered with words and a usage, in a chat and a Response, and pays nothing", async () => {
		const { chat: chats, responses } = clientOf();
		const id = crypto.randomUUID();
		const completion = await chats.completions.create({ ...chat(`a red fox ${id}`), max_tokens: 16 });
		expect(completion.choices[0]?.message.content).toMatch(/max_tokens/);
		expect(completion.usage?.prompt_tokens).toBeGreaterThan(0);
		expect(completion.usage?.completion_tokens).toBeGreaterThan(0);
		const response = await responses.create({ model: MODEL, input: `a red fox ${id}`, max_output_tokens: 16 });
		expect(response.output_text).toMatch(/^Darkroom is here/);
		expect(await callsOf(gateway, id)).toEqual([]);
	});
});

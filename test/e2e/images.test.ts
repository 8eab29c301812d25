/** `images.generate` of OpenAI's own package. */
import { createHash } from "node:crypto";
import { decode } from "fast-png";
import OpenAI from "openai";
import type { ImageGenStreamEvent, ImagesResponse } from "openai/resources/images";
import { describe, expect, it } from "vitest";
import { fetchBytes, refusalOf, useGateway } from "../support/node/openai-client.ts";
import { aPrompt, SHORT, submitsOf } from "../support/node/simulator.ts";

const MODEL = "imagen4-preview";
const QUICK = "sim:quick";
const { gateway, client } = useGateway();

describe.concurrent("images.generate without a stream", () => {
	const generate = async (body: object): Promise<ImagesResponse & { url: string; b64: string }> => {
		const response = await client.images.generate({ prompt: aPrompt(QUICK), model: MODEL, ...body });
		const [item] = response.data ?? [];
		return { ...response, url: item?.url ?? "", b64: item?.b64_json ?? "" };
	};
	const shapeOf = (bytes: Uint8Array) => {
		const { width, height } = decode(bytes, { checkCrc: true });
		return `${width}x${height}`;
	};

	it("answers response_format url with a link to the picture", async () => {
		const prompt = `a lighthouse ${QUICK}`;
		const { url, b64, created } = await generate({ prompt, response_format: "url", size: "1024x1024" });
		expect(b64).toBe("");
		expect(url).toMatch(new RegExp(`^${gateway.url}/images/[0-9a-f]{64}/0\\.png\\?exp=\\d+&sig=[\\w-]+$`));
		expect(Math.abs(created - Date.now() / 1000)).toBeLessThan(60);
		expect(shapeOf(await fetchBytes(url))).toBe("1024x1024");
	});

	it("answers response_format b64_json with bytes", async () => {
		const { url, b64 } = await generate({ response_format: "b64_json" });
		expect(url).toBe("");
		expect(shapeOf(Buffer.from(b64, "base64"))).toBe("128x128");
	});

	it.each([[{}], [{ response_format: null }], [{ response_format: "" }]])(
		"answers %j with a link and the same bytes",
		async (body) => {
			const { url, b64 } = await generate(body);
			expect(Buffer.from(b64, "base64").equals(await fetchBytes(url))).toBe(true);
		},
	);

	it.each(["dall-e-3", "dall-e-2"])("answers %s with only the link if no response_format is given", async (model) => {
		const { url, b64, ...response } = await generate({ model });
		expect(b64).toBe("");
		expect(shapeOf(await fetchBytes(url))).toBe("128x128");
		expect(response).toMatchObject({ model });
	});

	it("makes two different pictures for n=2", async () => {
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
		["16:9", { aspect_ratio: "16:9" }, "1408x768"],
		["１６：９", { aspect_ratio: "16:9" }, "1408x768"],
		["1024x1536", { aspect_ratio: "3:4" }, "896x1280"],
		["2048x1152", { aspect_ratio: "16:9", resolution: "2K" }, "2816x1536"],
		["auto", {}, "1024x1024"],
	])("takes the size %s, and names the pixels that were drawn", async (size, input, shape) => {
		const prompt = `${size} ${crypto.randomUUID()} ${QUICK}`;
		const { url, ...response } = await generate({ prompt, size, response_format: "url" });
		expect(shapeOf(await fetchBytes(url))).toBe(shape);
		expect(response.size).toBe(shape);
		const [submit] = await submitsOf(gateway, prompt);
		const seed = expect.any(Number);
		expect(submit?.input).toEqual({ prompt, num_images: 1, output_format: "png", seed, ...input });
	});

	it("asks fal for more pixels if the quality is hd, and for the named format, and says which one came", async () => {
		const prompt = aPrompt(QUICK);
		const response = await generate({ prompt, quality: "hd", output_format: "jpeg", response_format: "url" });
		expect(response).toMatchObject({ quality: "high", output_format: "png" });
		const [submit] = await submitsOf(gateway, prompt);
		expect(submit?.input).toMatchObject({ resolution: "2K", output_format: "jpeg" });
	});

	it("takes an endpoint id of fal, and passes on the `fal` object", async () => {
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
		"submits once and gets the picture in spite of sim:%s",
		async (scenario) => {
			const prompt = aPrompt(`sim:${scenario} ${SHORT}`);
			const { url } = await generate({ prompt });
			expect(shapeOf(await fetchBytes(url))).toBe("128x128");
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		},
	);
});

describe.concurrent("images.generate with a stream", () => {
	const stream = async (body: object) => {
		const events: ImageGenStreamEvent[] = [];
		const prompt = aPrompt(QUICK);
		for await (const event of await client.images.generate({ prompt, model: MODEL, ...body, stream: true }))
			events.push(event);
		return events;
	};

	it("sends each picture when it is stored, and no partial ones", async () => {
		const events = await stream({ n: 2, partial_images: 2, quality: "high" });
		expect(events.map(({ type }) => type)).toEqual(["image_generation.completed", "image_generation.completed"]);
		for (const event of events) {
			expect(event).toMatchObject({ output_format: "png", quality: "high", url: expect.stringMatching(/^http/) });
			const { url } = { url: "", ...event };
			expect(Buffer.from(event.b64_json, "base64").equals(await fetchBytes(url))).toBe(true);
			expect(decode(await fetchBytes(url)).width).toBe(128);
		}
	});

	it("sends bytes for dall-e-3, and only links for response_format url", async () => {
		expect(await stream({ model: "dall-e-3" })).toMatchObject([{ b64_json: expect.any(String) }]);
		const [link] = await stream({ response_format: "url" });
		expect(link).toMatchObject({ url: expect.stringMatching(/^http/) });
		expect(link).not.toHaveProperty("b64_json");
	});

	it("throws if the job fails", async () => {
		const prompt = aPrompt(`sim:content-policy ${SHORT}`);
		const error = await refusalOf(OpenAI.APIError, stream({ prompt }));
		expect(error).toMatchObject({ code: "moderation_blocked", type: "image_generation_user_error" });
	});

	it("names each event by its type, and sends no `[DONE]`", async () => {
		const body = { prompt: aPrompt(QUICK), model: MODEL, stream: true as const };
		const raw = await client.images.generate(body).asResponse();
		expect(raw.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
		expect(await raw.text()).toMatch(
			/^event: image_generation\.completed\ndata: \{"type":"image_generation\.completed",.*\}\n\n$/,
		);
	});
});

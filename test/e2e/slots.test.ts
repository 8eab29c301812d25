/** Ten pictures of a model that makes one a request, through OpenAI's own package. */
import { describe, expect, it } from "vitest";
import { contentOf } from "../support/chunks.ts";
import { fetchBytes, useGateway } from "../support/node/openai-client.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const MODEL = "fal-ai/flux-2-pro";
/** The count is no field of OpenAI's tool. */
const TEN = { model: MODEL, n: 10 };
const { gateway, client } = useGateway();

function differ(pictures: readonly Uint8Array[]): boolean {
	return new Set(pictures.map((bytes) => Buffer.from(bytes).toString("base64"))).size === pictures.length;
}

describe.concurrent("ten pictures of a model that makes one a request", () => {
	it("are ten different ones in the Images API", async () => {
		const prompt = aPrompt("sim:quick");
		const { data = [] } = await client.images.generate({ model: MODEL, prompt, n: 10 });
		expect(data).toHaveLength(10);
		const pictures = data.map(({ b64_json = "" }) => Buffer.from(b64_json, "base64"));
		expect(differ(pictures)).toBe(true);
		const loaded = await Promise.all(data.map(({ url = "" }) => fetchBytes(url)));
		expect(loaded.map((bytes) => Buffer.from(bytes))).toEqual(pictures);
		expect(await submitsOf(gateway, prompt)).toHaveLength(10);
	});

	it("come one by one in a stream of the Images API", async () => {
		const stream = await client.images.generate({ model: MODEL, prompt: aPrompt("sim:quick"), n: 10, stream: true });
		const indexes: number[] = [];
		for await (const event of stream) if ("index" in event) indexes.push(Number(event.index));
		expect(indexes.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	it("are ten links in a chat, and one note for those that could not be made", async () => {
		const stream = await client.chat.completions.create({
			model: MODEL,
			n: 4,
			stream: true,
			messages: [{ role: "user", content: aPrompt("sim:content-policy sim:quick sim:only=3") }],
		});
		const content = contentOf(await Array.fromAsync(stream));
		expect(content.match(/!\[Generated Image\]\(/g)).toHaveLength(3);
		expect(content).toMatch(/\n\n1 picture could not be made: [A-Z]/);
	});

	it("are ten items of a Response, opened in their order", async () => {
		const stream = await client.responses.create({
			model: "darkroom",
			input: aPrompt("sim:quick"),
			stream: true,
			tools: [{ type: "image_generation", ...TEN }],
		});
		const opened: number[] = [];
		const done: number[] = [];
		let status = "";
		for await (const event of stream) {
			if (event.type === "response.output_item.added") opened.push(event.output_index);
			if (event.type === "response.output_item.done") done.push(event.output_index);
			if (event.type === "response.completed") status = event.response.status ?? "";
		}
		expect(opened).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(done.toSorted((a, b) => a - b)).toEqual(opened);
		expect(status).toBe("completed");
	});
});

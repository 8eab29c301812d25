import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { pngOf } from "../../../test/support/forms.ts";
import { aPrompt, ask, queueCalls } from "../../../test/support/workerd/gateway.ts";
import { askBy, issueKey } from "../../../test/support/workerd/usage.ts";

const PICTURE = `data:image/png;base64,${pngOf(8, 8).toBase64()}`;
const NOTHING = {
	object: "quote",
	usd: 0,
	known: true,
	per_picture_usd: 0,
	model: null,
	endpoint: null,
	operation: null,
	size: null,
	aspect_ratio: null,
	n: 0,
	requests: 0,
};

async function quoteOf(body: object): Promise<object> {
	const response = await ask("/v1/quote", { json: body });
	expect(response.status).toBe(200);
	return response.json();
}

describe("POST /v1/quote", () => {
	it("says the price and what would be sent, by a model whose price is known", async () => {
		expect(await quoteOf({ model: "flux-schnell", prompt: aPrompt("x"), n: 2, size: "1024x1024" })).toEqual({
			object: "quote",
			usd: 0.006,
			known: true,
			per_picture_usd: 0.003,
			model: "flux-schnell",
			endpoint: "fal-ai/flux/schnell",
			operation: "generation",
			size: "1024x1024",
			aspect_ratio: "1:1",
			n: 2,
			requests: 1,
		});
	});

	it("takes the operator's default where nobody has told a price", async () => {
		const quote = await quoteOf({ model: "imagen4-preview", prompt: aPrompt("x"), n: 3, size: "16:9" });
		expect(quote).toMatchObject({ usd: 0.3, known: false, per_picture_usd: 0.1, size: "16:9", n: 3 });
	});

	it("reads a chat, a Response and an edit by their shapes", async () => {
		const model = "nano-banana";
		const words = aPrompt("x");
		const drawn = { model, operation: "generation", n: 1, requests: 1 };
		expect(await quoteOf({ model, messages: [{ role: "user", content: words }] })).toMatchObject(drawn);
		expect(await quoteOf({ model, input: words })).toMatchObject(drawn);
		expect(await quoteOf({ model, prompt: words })).toMatchObject(drawn);
		const edited = { ...drawn, operation: "edit", endpoint: "fal-ai/nano-banana/edit" };
		expect(await quoteOf({ model, prompt: words, image: PICTURE })).toMatchObject(edited);
		const content = [
			{ type: "text", text: words },
			{ type: "image_url", image_url: { url: PICTURE } },
		];
		expect(await quoteOf({ model, messages: [{ role: "user", content }] })).toMatchObject(edited);
	});

	it("is 0 for what makes no picture", async () => {
		const title = "Please generate a four to five word title summarizing our conversation";
		const messages = [
			{ role: "user", content: "a fox" },
			{ role: "assistant", content: "![image](https://example.org/a.png)" },
			{ role: "user", content: title },
		];
		expect(await quoteOf({ model: "darkroom", messages })).toEqual(NOTHING);
		expect(await quoteOf({ model: "darkroom", messages: [{ role: "user", content: "hi" }] })).toEqual(NOTHING);
	});

	it("sends, stores and lists nothing", async () => {
		const { account, key } = await issueKey();
		const prompt = aPrompt("sim:quick");
		const before = (await env.IMAGES.list()).objects.length;
		const response = await askBy(key, "/v1/quote", { json: { model: "nano-banana", prompt, image: PICTURE } });
		expect([response.status, response.headers.get("x-job-id")]).toEqual([200, null]);
		expect(await queueCalls(prompt)).toEqual([]);
		expect(await env.ACCOUNT.getByName(account).list(null, 10)).toEqual([]);
		expect((await env.IMAGES.list()).objects).toHaveLength(before);
	});

	it.each<readonly [body: object, status: number, param: string | null]>([
		[{}, 400, "prompt"],
		[{ prompt: "a fox", n: 0 }, 400, "n"],
		[{ prompt: "a fox", model: "no-such-model" }, 404, "model"],
		[{ messages: [] }, 400, "messages"],
		[{ prompt: "a fox", mask: PICTURE }, 400, "image"],
		[{ input: "a fox", previous_response_id: `resp_${"0".repeat(64)}` }, 404, "previous_response_id"],
	])("refuses %j as the route that makes it does", async (body, status, param) => {
		const response = await ask("/v1/quote", { json: body });
		const { error } = await response.json<{ error: { param: string | null } }>();
		expect([response.status, error.param]).toEqual([status, param]);
	});
});

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { pngOf } from "../../../test/support/forms.ts";
import { aPrompt, ask, askWith, queueCalls } from "../../../test/support/workerd/gateway.ts";
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
	limit: null,
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
			limit: null,
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
		expect(await quoteOf({ model, prompt: words, messages: null, image: "" })).toMatchObject(drawn);
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

	it("says which limit would stand against it, and counts nothing", async () => {
		const { key } = await issueKey({ max_budget: 0.005, budget_duration: "1mo", rpm_limit: 1 });
		const quoteBy = async (n: number) => {
			const json = { model: "flux-schnell", prompt: aPrompt("sim:quick"), n, size: "1024x1024" };
			const answer = await askBy(key, "/v1/quote", { json });
			return (await answer.json<{ limit: object | null }>()).limit;
		};
		for (let count = 0; count < 3; count += 1) expect(await quoteBy(1)).toBeNull();
		const now = new Date();
		const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1) / 1000;
		expect(await quoteBy(2)).toEqual({
			name: "max_budget",
			of: "key",
			value: 0.005,
			window: "1mo",
			// It is more than the whole budget.
			ends_at: null,
			code: "insufficient_quota",
			message: expect.stringContaining("$0.005"),
		});
		const json = { model: "flux-schnell", prompt: aPrompt("sim:quick"), size: "1024x1024" };
		await (await askBy(key, "/v1/images/generations", { json })).text();
		expect(await quoteBy(1)).toMatchObject({ name: "max_budget", ends_at: next });
		expect((await askBy(key, "/v1/images/generations", { json: { ...json, seed: 7 } })).status).toBe(429);
	});

	it("says that the account has as many open jobs as it may have", async () => {
		const { key } = await issueKey();
		const askFull = askWith({ MAX_OPEN_JOBS: "1" });
		const headers = { authorization: `Bearer ${key}` };
		const json = { prompt: aPrompt("sim:hold") };
		expect(await (await askFull("/v1/quote", { json, headers })).json()).toMatchObject({ limit: null });
		await askFull("/v1/images/generations", { json, headers: { ...headers, prefer: "respond-async" } });
		expect(await (await askFull("/v1/quote", { json: { ...json, seed: 1 }, headers })).json()).toMatchObject({
			limit: {
				name: "max_open_jobs",
				of: "account",
				value: 1,
				window: null,
				ends_at: null,
				code: "rate_limit_exceeded",
			},
		});
	});

	it("is refused as the request would be, by a key that may not make it", async () => {
		const json = { model: "flux-schnell", prompt: aPrompt("x") };
		const other = await issueKey({ models: ["nano-banana"] });
		const refused = await askBy(other.key, "/v1/quote", { json });
		expect([refused.status, await refused.json()]).toMatchObject([
			403,
			{ error: { code: "model_not_allowed", param: "model" } },
		]);
		const { account, id, key } = await issueKey();
		const object = env.ACCOUNT.getByName(account);
		// The Worker that remembers the key as good for a while does not know of these.
		expect((await askBy(key, "/v1/quote", { json })).status).toBe(200);
		for (const changes of [{ blocked: true }, { blocked: false, expiresAt: 1 }]) {
			await object.changeKey(id, changes);
			expect((await askBy(key, "/v1/quote", { json })).status).toBe(401);
		}
		await object.deleteKey(id);
		expect((await askBy(key, "/v1/quote", { json })).status).toBe(401);
	});

	it("refuses a header as the route that makes it does", async () => {
		const answer = await ask("/v1/quote", {
			json: { prompt: "a fox" },
			headers: { "idempotency-key": "k".repeat(256) },
		});
		expect([answer.status, await answer.json()]).toMatchObject([400, { error: { param: "Idempotency-Key" } }]);
	});

	it.each<readonly [body: object, status: number, param: string | null]>([
		[{}, 400, "prompt"],
		[{ prompt: "a fox", n: 0 }, 400, "n"],
		[{ prompt: "a fox", model: "no-such-model" }, 404, "model"],
		[{ messages: [] }, 400, "messages"],
		[{ prompt: "a fox", mask: PICTURE }, 400, "image"],
		[{ prompt: "a fox", webhook_url: "ftp://example.com" }, 400, "webhook_url"],
		[{ messages: [{ role: "user", content: "a fox" }], webhook_url: "https://10.0.0.1/" }, 400, "webhook_url"],
		[{ input: "a fox", webhook_url: "x" }, 400, "webhook_url"],
		[{ input: "a fox", previous_response_id: `resp_${"0".repeat(64)}` }, 404, "previous_response_id"],
	])("refuses %j as the route that makes it does", async (body, status, param) => {
		const response = await ask("/v1/quote", { json: body });
		const { error } = await response.json<{ error: { param: string | null } }>();
		expect([response.status, error.param]).toEqual([status, param]);
	});
});

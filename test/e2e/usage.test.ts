/** Usage and costs as OpenAI's own package reads them, against what the simulator drew. */
import { randomUUID } from "node:crypto";
import OpenAI from "openai";
import { expect, inject, it } from "vitest";
import { aPrompt } from "../support/node/simulator.ts";

const gateway = inject("gateway");
const start_time = Math.floor(Date.now() / 86_400_000) * 86_400;

interface Issued {
	readonly id: string;
	readonly key: string;
	readonly client: OpenAI;
}

async function issue(account: string, limits: object = {}): Promise<Issued> {
	const response = await fetch(`${gateway.url}/v1/keys`, {
		method: "POST",
		headers: { authorization: `Bearer ${gateway.accessKey}` },
		body: JSON.stringify({ account, ...limits }),
	});
	const { id, key } = (await response.json()) as { id: string; key: string };
	return { id, key, client: clientOf(key) };
}

function clientOf(key: string): OpenAI {
	return new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: key, adminAPIKey: key, maxRetries: 0 });
}

/** Makes the jobs, and waits until they have ended. A job that fails is one of them. */
async function make({ client }: Issued, jobs: readonly { model: string; words: string; n?: number; size?: string }[]) {
	await Promise.all(
		jobs.map(({ model, words, n = 1, size = "1:1" }) =>
			client.images
				.generate({ model, n, size, prompt: aPrompt(words) } as OpenAI.ImageGenerateParamsNonStreaming)
				.catch((error: unknown) => expect(error).toBeInstanceOf(OpenAI.APIError)),
		),
	);
}

it("equals the bill, by model, size and key", async () => {
	const account = `bill-${randomUUID().slice(0, 8)}`;
	const [ann, bob] = [await issue(account), await issue(account)];
	await make(ann, [
		{ model: "imagen4-preview", words: "sim:quick", n: 2 },
		{ model: "imagen4-preview", words: "sim:quick", size: "16:9" },
		{ model: "flux-schnell", words: "sim:quick" },
	]);
	await make(bob, [
		{ model: "imagen4-preview", words: "sim:quick" },
		// fal fails by its own fault, and charges nothing.
		{ model: "imagen4-preview", words: "sim:server-error" },
	]);

	// FLUX schnell is $0.003 a megapixel. Nobody has told what Imagen 4 costs, so each picture is DEFAULT_PRICE: $0.10.
	const { usage } = ann.client.admin.organization;
	const [{ results: byModel } = { results: [] }] = (
		await usage.costs({ start_time, group_by: ["line_item"], limit: 1 })
	).data;
	expect(byModel).toMatchObject([
		{ line_item: "flux-schnell", amount: { value: 0.003, currency: "usd" }, quantity: 1, quantity_unit: "images" },
		{ line_item: "imagen4-preview", amount: { value: 0.4, currency: "usd" }, quantity: 4, quantity_unit: "images" },
	]);
	const byKey = await usage.costs({ start_time, group_by: ["api_key_id"], api_key_ids: [bob.id] });
	expect(byKey.data[0]?.results).toMatchObject([{ api_key_id: bob.id, amount: { value: 0.1 } }]);

	const images = await usage.images({
		start_time,
		group_by: ["model", "size", "api_key_id"],
		models: ["imagen4-preview"],
		sources: ["image.generation", "image.edit"],
	});
	expect(images).toMatchObject({ object: "page", has_more: false, next_page: null });
	const results = images.data.flatMap(({ results: of }) => of);
	expect(results).toHaveLength(3);
	expect(results).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ size: "1:1", api_key_id: ann.id, images: 2, num_model_requests: 1 }),
			expect.objectContaining({ size: "16:9", api_key_id: ann.id, images: 1, num_model_requests: 1 }),
			expect.objectContaining({ size: "1:1", api_key_id: bob.id, images: 1, num_model_requests: 2 }),
		]),
	);

	const owner = clientOf(gateway.accessKey).admin.organization.usage;
	const ofAll = await owner.costs({ start_time, group_by: ["project_id"], project_ids: [account, "nobody"] });
	expect(ofAll.data[0]?.results).toMatchObject([{ project_id: account, amount: { value: 0.403 } }]);
	await expect(usage.costs({ start_time, project_ids: ["owner"] })).rejects.toMatchObject({ status: 403 });
});

it("is empty, and no error, for a key that made nothing", async () => {
	const { client } = await issue(`none-${randomUUID().slice(0, 8)}`);
	const { usage } = client.admin.organization;
	const days = { start_time: start_time - 3 * 86_400, end_time: start_time };
	for (const page of [await usage.images(days), await usage.costs(days)])
		expect(page.data.map(({ results }) => results)).toEqual([[], [], []]);
});

/** NextChat's `usage` in `app/client/platforms/openai.ts`, at 5af9d07. Its days are those of the browser. */
async function balanceOf(key: string): Promise<{ used: number | undefined; total: number | undefined }> {
	const twoDigits = (number: number) => `${number}`.padStart(2, "0");
	const dateOf = (date: Date) => `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
	const now = new Date();
	const startDate = dateOf(new Date(now.getFullYear(), now.getMonth(), 1));
	const endDate = dateOf(new Date(Date.now() + 86_400_000));
	const headers = { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${key}` };
	const read = (path: string) => fetch(`${gateway.url}/${path}`, { method: "GET", headers });
	const [used, subs] = await Promise.all([
		read(`dashboard/billing/usage?start_date=${startDate}&end_date=${endDate}`),
		read("dashboard/billing/subscription"),
	]);
	expect([used.status, subs.status]).toEqual([200, 200]);
	const { total_usage: cents = 0 } = (await used.json()) as { total_usage?: number };
	const { hard_limit_usd: limit = 0 } = (await subs.json()) as { hard_limit_usd?: number };
	return { used: Math.round(cents) / 100, total: Math.round(limit * 100) / 100 };
}

it("is the balance that NextChat shows", async () => {
	const account = `balance-${randomUUID().slice(0, 8)}`;
	const [ann, bob] = [await issue(account, { max_budget: 2.5 }), await issue(account)];
	expect(await balanceOf(ann.key)).toEqual({ used: 0, total: 2.5 });
	await make(ann, [{ model: "imagen4-preview", words: "sim:quick", n: 2 }]);
	expect(await balanceOf(ann.key)).toEqual({ used: 0.2, total: 2.5 });
	// A budget that the account's other keys do not share.
	await make(bob, [{ model: "imagen4-preview", words: "sim:quick" }]);
	expect(await balanceOf(ann.key)).toEqual({ used: 0.2, total: 2.5 });
	// Without a budget the total is what one-api says for it.
	expect(await balanceOf(bob.key)).toEqual({ used: 0.1, total: 100_000_000 });
});

it("is the balance that NextChat shows, of the whole account for a key without limits", async () => {
	const key = gateway.accessKey;
	const before = await balanceOf(key);
	await make({ id: "", key, client: clientOf(key) }, [{ model: "flux-schnell", words: "sim:quick", n: 4 }]);
	const after = await balanceOf(key);
	expect(after.total).toBe(100_000_000);
	// Other files make jobs of this account at the same time.
	expect(after.used).toBeGreaterThanOrEqual(Math.round(((before.used ?? 0) + 0.01) * 100) / 100);
});

/** Lists an endpoint's requests at the simulator, as fal's platform API does. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Boxed, startSimulator } from "../support/node/gateway.ts";
import { createSimClient, get, json, post } from "../support/node/sim-client.ts";

/** A simulator of its own: the standing scenario is set. */
let simulator: Boxed;
let client: ReturnType<typeof createSimClient>;
beforeAll(async () => {
	simulator = await startSimulator();
	client = createSimClient(simulator.url);
});
afterAll(() => simulator.stop());

describe("the list of an endpoint's requests", () => {
	type Listed = { request_id: string; sent_at: string; started_at: string | null; ended_at: string | null };
	type Page = { items: (Listed & Record<string, unknown>)[]; has_more: boolean; next_cursor: string | null };
	/** Of its own, so that no other test's requests are in it. */
	const endpoint = "fal-ai/imagen4/ultra";
	const listed = (query: Readonly<Record<string, string>> = {}) =>
		get(`${simulator.url}/v1/models/requests/by-endpoint?${new URLSearchParams({ endpoint_id: endpoint, ...query })}`);
	const pageOf = async (query: Readonly<Record<string, string>> = {}) => json<Page>(await listed(query));

	it("has the requests with their inputs and outputs, if it is asked for them", async () => {
		const since = new Date().toISOString();
		const held = await client.submitted("listed, held sim:hold", { endpoint, seed: 5 });
		const done = await client.submitted("listed, done sim:instant", { endpoint });
		await client.submitted("listed, elsewhere sim:instant");
		await client.submitted("listed, hidden sim:unlisted", { endpoint });
		const { items, ...rest } = await pageOf({ start: since, expand: "payloads" });
		expect(rest).toEqual({ has_more: false, next_cursor: null });
		expect(items).toMatchObject([
			{
				request_id: held.request_id,
				endpoint_id: endpoint,
				started_at: null,
				ended_at: null,
				status_code: null,
				json_input: { prompt: "listed, held sim:hold", seed: 5 },
				json_output: null,
			},
			{ request_id: done.request_id, status_code: 200, json_output: { images: [{}] } },
		]);
		expect(items[1]?.ended_at).not.toBeNull();
		const [bare] = (await pageOf({ request_id: held.request_id })).items;
		expect(Object.keys(bare ?? {})).not.toContain("json_input");
	});

	it("comes in pages, and tells the time", async () => {
		const since = new Date().toISOString();
		for (let n = 0; n < 3; n += 1) await client.submitted(`paged ${n} sim:instant`, { endpoint });
		const first = await listed({ start: since, limit: "2" });
		expect(Math.abs(Date.parse(first.headers.get("date") ?? "") - Date.now())).toBeLessThan(5_000);
		const { items, has_more, next_cursor } = await json<Page>(first);
		expect([items.length, has_more]).toEqual([2, true]);
		const last = await pageOf({ start: since, limit: "2", cursor: next_cursor ?? "" });
		expect([last.items.length, last.has_more, last.next_cursor]).toEqual([1, false, null]);
		expect(new Set([...items, ...last.items].map(({ request_id }) => request_id)).size).toBe(3);
	});

	it.each(["limit=0", "limit=101", "start=yesterday", "endpoint_id="])("refuses %s", async (query) => {
		expect((await listed(Object.fromEntries(new URLSearchParams(query)))).status).toBe(422);
	});

	it("is not for every key", async () => {
		const url = `${simulator.url}/v1/models/requests/by-endpoint?endpoint_id=${endpoint}`;
		const statusOf = async (authorization: string) => (await fetch(url, { headers: { authorization } })).status;
		expect(await statusOf("Key no-list-key:secret")).toBe(403);
		expect(await statusOf("Key bad-key:secret")).toBe(401);
		expect((await fetch(url)).status).toBe(401);
	});

	it.each([
		["401", 401],
		["403", 403],
		["404", 404],
		["429", 429],
		["500", 500],
		["html", 200],
	])("answers as the standing scenario says: %s", async (list, status) => {
		await post(`${simulator.url}/sim/scenario`, { list });
		expect((await listed()).status).toBe(status);
		await fetch(`${simulator.url}/sim/scenario`, { method: "DELETE" });
	});
});

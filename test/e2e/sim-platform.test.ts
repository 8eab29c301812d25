/** The simulator's schemas, prices, billing and balance. */
import { describe, expect, inject, it } from "vitest";
import { createSimClient, json } from "../support/node/sim-client.ts";

const { simUrl: origin } = inject("gateway");
const { submitted, control } = createSimClient(origin);

const ENDPOINT = "fal-ai/flux/schnell";

function ask(path: string, key?: string): Promise<Response> {
	return fetch(`${origin}${path}`, { headers: key === undefined ? {} : { authorization: `Key ${key}` } });
}

describe("the simulator's platform routes", () => {
	it("publishes the schema of a model without a key, and 404 of any other", async () => {
		const answer = await ask(`/api/openapi/queue/openapi.json?endpoint_id=${ENDPOINT}`);
		expect(await json(answer)).toMatchObject({ openapi: "3.0.4", info: { title: `Queue OpenAPI for ${ENDPOINT}` } });
		expect((await ask("/api/openapi/queue/openapi.json?endpoint_id=fal-ai/none")).status).toBe(404);
	});

	it("tells the prices of the models that it has a price for", async () => {
		const path = `/v1/models/pricing?endpoint_id=${ENDPOINT},fal-ai/none&endpoint_id=fal-ai/nano-banana`;
		expect(await json(await ask(path, "test:key"))).toEqual({
			prices: [
				{ endpoint_id: ENDPOINT, unit_price: 0.003, unit: "megapixel", currency: "USD" },
				{ endpoint_id: "fal-ai/nano-banana", unit_price: 0.0398, unit: "image", currency: "USD" },
			],
			next_cursor: null,
			has_more: false,
		});
		expect((await ask("/v1/models/pricing", "test:key")).status).toBe(400);
	});

	it("bills a request that gave an output, and no other", async () => {
		const ids: string[] = [];
		for (const prompt of ["billed sim:hold", "failed sim:hold sim:content-policy", "unfinished sim:hold"]) {
			ids.push((await submitted(prompt, { endpoint: ENDPOINT, num_images: 2 })).request_id);
		}
		for (const id of ids.slice(0, 2)) await control(id, "finish");
		const answer = await ask(`/v1/models/billing-events?request_id=${ids.join(",")},unknown`, "admin:key");
		expect(await json(answer)).toMatchObject({
			billing_events: [
				{ request_id: ids[0], endpoint_id: ENDPOINT, output_units: 2, unit_price: 0.003, cost_estimate_nano_usd: 6e6 },
			],
			has_more: false,
		});
	});

	it("bills late, never, with a discount, or a failure, as the prompt says", async () => {
		const words = [
			"sim:billed-after-ms=3600000",
			"sim:billed=never",
			"sim:discount=10",
			"sim:billed-failure sim:hold=all",
		];
		const ids: string[] = [];
		for (const word of words)
			ids.push((await submitted(`a fox sim:hold ${word}`, { endpoint: ENDPOINT, num_images: 2 })).request_id);
		for (const id of ids) await control(id, "finish");
		const answer = await ask(`/v1/models/billing-events?request_id=${ids.join(",")}`, "admin:key");
		const { billing_events } = (await json(answer)) as { billing_events: object[] };
		expect(billing_events).toMatchObject([
			{ request_id: ids[2], percent_discount: 10, cost_subtotal: 0.006, cost_discount: 0.0006, cost_total: 0.0054 },
			{ request_id: ids[3], output_units: 1, percent_discount: null, cost_total: 0.003 },
		]);
	});

	it("tells odd prices as they are", async () => {
		const odd = ["fal-ai/kolors", "fal-ai/omnigen-v1", "fal-ai/omnigen-v2", "fal-ai/aura-flow", "fal-ai/cogview4"];
		expect(await json(await ask(`/v1/models/pricing?endpoint_id=${odd.join(",")}`, "test:key"))).toMatchObject({
			prices: [
				{ unit: "30 frames", unit_price: 0.02 },
				{ unit_price: 0 },
				{ unit_price: -1 },
				{ unit_price: "0.05" },
				{ currency: "EUR" },
			],
		});
	});

	it("tells the balance only if it is asked for", async () => {
		expect(await json(await ask("/v1/account/billing", "admin:key"))).toEqual({ username: "simulator" });
		expect(await json(await ask("/v1/account/billing?expand=credits", "admin:key"))).toMatchObject({
			credits: { current_balance: 24.5, currency: "USD" },
		});
	});

	it.each([
		["/v1/models/pricing", undefined, 401],
		["/v1/models/pricing", "bad-key:x", 401],
		["/v1/models/billing-events", undefined, 401],
		["/v1/models/billing-events", "test:key", 403],
		["/v1/account/billing", "test:key", 403],
		["/v1/models/pricing", "no-platform-key:x", 403],
		["/v1/models/pricing", "busy-platform-key:x", 503],
		["/v1/account/billing", "admin-refused:x", 403],
		["/v1/account/billing", "admin-busy:x", 503],
		["/v1/models/billing-events", "admin-busy:x", 503],
	])("answers %s with the key %s with %i", async (path, key, status) => {
		expect((await ask(path, key)).status).toBe(status);
	});
});

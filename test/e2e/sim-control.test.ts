/** The simulator's control routes, and its state. Has a simulator of its own, because it changes the standing scenario. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestHarness } from "wrangler";
import {
	createSimClient,
	get,
	getJson,
	IMAGEN,
	json,
	KEY,
	type Output,
	post,
	type Submitted,
} from "../support/node/sim-client.ts";

const simulator = createTestHarness({ workers: [{ configPath: "./sim/wrangler.toml" }] });
let origin: string;
let sim: ReturnType<typeof createSimClient>;

beforeAll(async () => {
	origin = (await simulator.listen()).url.origin;
	sim = createSimClient(origin);
});
afterAll(() => simulator.close());

describe("the simulator", () => {
	it("records every call without its key", async () => {
		const prompt = "recorded sim:instant";
		const answer = await fetch(`${origin}/${IMAGEN}`, {
			method: "POST",
			headers: { ...KEY, "X-Fal-Request-Start-Timeout": "30" },
			body: JSON.stringify({ prompt, seed: 1 }),
		});
		const { request_id, status_url, response_url } = await json<Submitted>(answer);
		await get(status_url);
		const { images } = await getJson<Output>(response_url);
		await fetch(images[0].url, { method: "HEAD" });
		const calls = await sim.callsOf("recorded");
		expect(calls.map(({ method, status, requestId }) => [method, status, requestId])).toEqual([
			["POST", 200, request_id],
			["GET", 200, request_id],
			["GET", 200, request_id],
			["HEAD", 200, request_id],
		]);
		expect(calls[0]).toMatchObject({
			path: `/${IMAGEN}`,
			authorized: true,
			headers: { "x-fal-request-start-timeout": "30" },
			input: { prompt, seed: 1 },
		});
		expect(calls[3]?.authorized).toBe(false);
		expect(JSON.stringify(calls)).not.toContain("test:key");
	});

	it("sets the scenario of prompts without words, until it is reset", async () => {
		const set = await post(`${origin}/sim/scenario`, { name: "content-policy", "queue-ms": 7 });
		expect(await json(set)).toMatchObject({ queueMs: 7 });
		expect((await sim.resultOf("plain words")).status).toBe(422);
		expect((await sim.resultOf("other words sim:happy")).status).toBe(200);
		expect((await post(`${origin}/sim/scenario`, { name: "unheard-of" })).status).toBe(400);
		await fetch(`${origin}/sim/scenario`, { method: "DELETE" });
		expect((await sim.resultOf("plain words")).status).toBe(200);
	});

	it("lists the scenarios, each of which accepts a submit or refuses it by its own rules", async () => {
		const scenarios = await getJson<{ name: string; about: string }[]>(`${origin}/sim/scenarios`);
		const page = await (await fetch(origin)).text();
		const readme = await readFile("sim/README.md", "utf8");
		for (const { name, about } of scenarios) {
			expect(about).toMatch(/\.$/);
			expect(page).toContain(`sim:${name}`);
			expect(readme).toContain(`\`sim:${name}\``);
			expect(readme).toContain(`| ${about} `);
			// This one never answers a submit.
			if (name === "answer-hangs") continue;
			const answer = await sim.submit(`listed sim:${name}`);
			// The body of a lost answer breaks off.
			expect(await answer.text().catch(() => "")).not.toContain("Unknown simulator");
		}
	});

	it("deletes the recorded calls", async () => {
		await sim.submit("forgotten sim:instant");
		await fetch(`${origin}/sim/calls`, { method: "DELETE" });
		expect(await sim.callsOf("forgotten")).toEqual([]);
	});

	it("keeps a request's state when its object is evicted", async () => {
		const { request_id, status_url } = await sim.submitted("evicted sim:hold");
		await sim.control(request_id, "advance", { to: "IN_PROGRESS" });
		const worker = simulator.getWorker();
		const ids = await worker.listDurableObjectIds("FalRequest");
		// Objects of other requests may have been evicted already, which is an error.
		const evicted = await Promise.allSettled(ids.map((id) => worker.evictDurableObject("FalRequest", { id })));
		expect(evicted.some(({ status }) => status === "fulfilled")).toBe(true);
		expect(await getJson(status_url)).toMatchObject({ status: "IN_PROGRESS" });
	});
});

/** Submits to the simulator with the keys of several accounts. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Boxed, startSimulator } from "../support/node/gateway.ts";
import { json } from "../support/node/sim-client.ts";

const APP = "fal-ai/imagen4/preview";

let simulator: Boxed;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(() => simulator.stop());

function ask(path: string, key: string, init: RequestInit = {}): Promise<Response> {
	return fetch(`${simulator.url}${path}`, { ...init, headers: { authorization: `Key ${key}` } });
}

function submit(prompt: string, key: string): Promise<Response> {
	return ask(`/${APP}`, key, { method: "POST", body: JSON.stringify({ prompt }) });
}

async function setState(account: string, state: string): Promise<number> {
	const init = { method: "POST", body: JSON.stringify({ state }) };
	return (await fetch(`${simulator.url}/sim/accounts/${account}`, init)).status;
}

async function idOf(response: Response): Promise<string> {
	const { request_id } = await json<{ request_id: string }>(response);
	return request_id;
}

describe("an account", () => {
	it("sees its own requests only, with each of its keys", async () => {
		const id = await idOf(await submit("of ann sim:instant", "ann.1:x"));
		const statusOf = async (key: string, path = "/status") =>
			(await ask(`/fal-ai/imagen4/requests/${id}${path}`, key)).status;
		expect([await statusOf("ann.1:x"), await statusOf("ann.2:y"), await statusOf("bob:z")]).toEqual([200, 200, 404]);
		expect([await statusOf("ann.2:y", ""), await statusOf("bob:z", "")]).toEqual([200, 404]);
		const listed = async (key: string) => {
			const list = await ask(`/v1/models/requests/by-endpoint?endpoint_id=${APP}`, key);
			const { items } = await json<{ items: { request_id: string }[] }>(list);
			return items.some(({ request_id }) => request_id === id);
		};
		expect([await listed("ann.2:y"), await listed("bob:z")]).toEqual([true, false]);
	});

	it.each([
		["balance", 403, "Exhausted balance", 200],
		["locked", 403, "Admin lock", 200],
		["permission", 403, "Cannot access application", 200],
		["invalid", 401, "invalid key credentials", 401],
		["down", 503, "Service unavailable", 503],
	])("in the state %s is refused with %i for what costs money", async (state, status, words, reading) => {
		const key = `${state}.1:x`;
		const id = await idOf(await submit("before sim:instant", key));
		expect(await setState(state, state)).toBe(204);
		const refused = await submit("after", key);
		expect([refused.status, await refused.text()]).toEqual([status, expect.stringContaining(words)]);
		const body = JSON.stringify({ content_type: "image/png", file_name: "a.png" });
		const upload = await ask("/storage/upload/initiate?storage_type=fal-cdn-v3", key, { method: "POST", body });
		expect(upload.status).toBe(status);
		expect((await ask(`/fal-ai/imagen4/requests/${id}/status`, key)).status).toBe(reading);
		await setState(state, "ok");
		expect((await submit("again sim:instant", key)).status).toBe(200);
	});

	it("has no state that is not one", async () => {
		expect(await setState("ann", "happy")).toBe(400);
	});

	it("may be the only one that a prompt's refusal is about", async () => {
		const words = "sim:submit=403 sim:account=ann sim:elsewhere=429";
		const statuses = await Promise.all(
			["ann.1:x", "ann.2:y", "bob:z"].map(async (key) => (await submit(words, key)).status),
		);
		expect(statuses).toEqual([403, 403, 429]);
	});
});

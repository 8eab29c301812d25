/** Submits to the simulator: refused, lost, and with unknown words. */
import { describe, expect, inject, it } from "vitest";
import { createSimClient, get, IMAGEN } from "../support/node/sim-client.ts";

const { simUrl: origin } = inject("gateway");
const { submit, callsOf } = createSimClient(origin);

describe("the simulator", () => {
	it.each([
		["refused-429", [429, 429, 200]],
		["refused-503", [503, 503, 200]],
		["always-429", [429, 429, 429]],
		["always-503", [503, 503, 503]],
		["refused-422", [422]],
		["key-refused", [401]],
		["balance-exhausted", [403]],
		["answer-502", [502]],
		["answer-504", [504]],
	])("answers submits with sim:%s with %j", async (name, expected) => {
		// The simulator counts refusals by prompt.
		const prompt = `a submit ${crypto.randomUUID()} sim:${name}`;
		const statuses: number[] = [];
		for (const _ of expected) statuses.push((await submit(prompt)).status);
		expect(statuses).toEqual(expected);
	});

	it("refuses the first endpoint with sim:model-gone, and takes another one", async () => {
		const prompt = `gone ${crypto.randomUUID()} sim:model-gone`;
		const statuses: number[] = [];
		for (const endpoint of [IMAGEN, "fal-ai/nano-banana-2", IMAGEN]) {
			statuses.push((await submit(prompt, { endpoint })).status);
		}
		expect(statuses).toEqual([404, 200, 404]);
	});

	it("loses the answer with sim:answer-lost, but not the request", async () => {
		const prompt = `lost ${crypto.randomUUID()} sim:answer-lost sim:instant`;
		const answer = await submit(prompt)
			.then((response) => response.text())
			.then(
				() => "whole",
				() => "broken",
			);
		expect(answer).toBe("broken");
		const [call] = await callsOf(prompt);
		expect(call).toMatchObject({ status: 0, input: { prompt } });
		expect((await get(`${origin}/fal-ai/imagen4/requests/${call?.requestId}`)).status).toBe(200);
	});

	it("refuses unknown words with 400", async () => {
		expect((await submit("sim:unheard-of")).status).toBe(400);
		expect((await submit("sim:queue=many")).status).toBe(400);
		expect((await submit("画一只猫，sim:instant。")).status).toBe(200);
	});
});

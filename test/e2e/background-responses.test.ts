/** Responses in the background, resumed, cancelled and deleted by OpenAI's own package. */
import { decode } from "fast-png";
import OpenAI from "openai";
import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { refusalOf, useGateway } from "../support/node/openai-client.ts";
import { bytesOf, collectEvents, EVENT_TYPES, endOf, numbersOf, picturesOf } from "../support/node/responses.ts";
import { aPrompt, callsOf, submitsOf } from "../support/node/simulator.ts";

const MODEL = "imagen4-preview";
const QUICK = "sim:quick";
const { gateway, client } = useGateway();

function body(prompt: string, more: object = {}) {
	return { model: MODEL, input: prompt, tools: [{ type: "image_generation" as const }], ...more };
}

describe.concurrent("a Response in the background", () => {
	const STEPS = "sim:queue=1 sim:queue-ms=400 sim:run-ms=400";

	it("is queued at once, and completes without a reader", async () => {
		const prompt = aPrompt(STEPS);
		const queued = await client.responses.create(body(prompt, { background: true }));
		expect(queued).toMatchObject({ status: "queued", background: true, output: [] });
		const done = await eventually(
			() => client.responses.retrieve(queued.id),
			({ status }) => status === "completed",
		);
		expect(decode(bytesOf(picturesOf(done)[0])).width).toBe(128);
		expect(done).toMatchObject({ id: queued.id, created_at: queued.created_at, background: true });
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it.each(EVENT_TYPES.slice(0, -1).map((type, index) => [type, index] as const))(
		"resumes after its stream was dropped at %s (%i)",
		async (type, dropAt) => {
			const prompt = aPrompt(STEPS);
			const stream = await client.responses.create({ ...body(prompt, { background: true }), stream: true });
			const before: ResponseStreamEvent[] = [];
			for await (const event of stream) {
				before.push(event);
				if (event.type === type) break;
			}
			const [created] = before;
			if (created?.type !== "response.created") throw new Error("no response.created");
			const { id } = created.response;
			const rest = await collectEvents(await client.responses.retrieve(id, { stream: true, starting_after: dropAt }));
			expect([...before, ...rest].map((event) => event.type)).toEqual(EVENT_TYPES);
			expect(numbersOf([...before, ...rest])).toEqual(EVENT_TYPES.map((_, index) => index));
			expect(await client.responses.retrieve(id)).toMatchObject(JSON.parse(JSON.stringify(endOf(rest))));
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		},
	);

	it("streams from the beginning after its end", async () => {
		const { id } = await client.responses.create(body(aPrompt(QUICK)));
		const events = await collectEvents(await client.responses.retrieve(id, { stream: true }));
		expect(events.map(({ type }) => type)).toEqual(EVENT_TYPES);
		expect(await collectEvents(await client.responses.retrieve(id, { stream: true, starting_after: 99 }))).toEqual([]);
	});
});

describe.concurrent("responses.cancel and responses.delete", () => {
	/** Returns the id of the Response that fal has, from the address of its webhook; null before. */
	const responseIdOf = async (prompt: string): Promise<string | null> => {
		const [submit] = await submitsOf(gateway, prompt);
		const job = /webhooks%2Ffal%2F([0-9a-f]{64})/.exec(submit?.path ?? "")?.[1];
		return job === undefined || submit?.status !== 200 ? null : `resp_${job}`;
	};

	it("cancels a Response that waits at fal, and ends its stream", async () => {
		const prompt = aPrompt("sim:hold");
		const stream = await client.responses.create({ ...body(prompt, { background: true }), stream: true });
		const watching = collectEvents(stream);
		const { id } = await eventually(
			async () => ({ id: await responseIdOf(prompt) }),
			({ id }) => id !== null,
		);
		const cancelled = await client.responses.cancel(id ?? "");
		expect(cancelled).toMatchObject({ status: "cancelled", error: { code: "cancelled" } });
		expect(endOf(await watching)).toMatchObject({ status: "cancelled" });
		expect(await client.responses.retrieve(id ?? "")).toMatchObject({ status: "cancelled" });
		expect(await client.responses.cancel(id ?? "")).toMatchObject({ status: "cancelled" });
		expect((await callsOf(gateway, prompt)).filter(({ method }) => method === "PUT")).toHaveLength(1);
	});

	it("leaves a completed Response unchanged", async () => {
		const response = await client.responses.create(body(aPrompt(QUICK)));
		expect(await client.responses.cancel(response.id)).toEqual(response);
	});

	it("deletes a Response, which is not found any more", async () => {
		const { id } = await client.responses.create(body(aPrompt(QUICK)));
		await client.responses.delete(id);
		for (const call of [
			() => client.responses.retrieve(id),
			() => client.responses.retrieve(id, { stream: true }),
			() => client.responses.cancel(id),
			() => client.responses.delete(id),
		])
			await refusalOf(OpenAI.NotFoundError, call());
	});

	it("finds no Response by the id of another API's job, an unused id or a malformed id", async () => {
		const { response } = await client.images.generate({ prompt: aPrompt(QUICK), model: MODEL }).withResponse();
		const job = response.headers.get("x-job-id");
		for (const id of [`resp_${job}`, `resp_${"0".repeat(64)}`, "resp_1", `RESP_${job}`])
			await refusalOf(OpenAI.NotFoundError, client.responses.retrieve(id));
	});
});

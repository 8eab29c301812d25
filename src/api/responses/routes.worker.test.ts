import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aPrompt, ask, eventually, queueCalls, submitsOf } from "../../../test/support/workerd/gateway.ts";
import { advance, logOf, stubOf, watchersOf } from "../../../test/support/workerd/job-of.ts";

interface StreamEvent {
	readonly type: string;
	readonly sequence_number: number;
}

function create(prompt: string, more: object, headers: Record<string, string> = {}): Promise<Response> {
	return ask("/v1/responses", { json: { model: "imagen4-preview", input: prompt, ...more }, headers });
}
function resume(id: string, after: number) {
	return ask(`/v1/responses/${id}?stream=true&starting_after=${after}`);
}
function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

/** Yields the events as they come. A caller that stops reading leaves, as a client does. */
async function* eventsOf(response: Response): AsyncGenerator<StreamEvent> {
	let text = "";
	for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
		text += piece;
		const blocks = text.split("\n\n");
		text = blocks.pop() ?? "";
		for (const block of blocks) {
			const [, data] = /^event: .*\ndata: (.*)$/.exec(block) ?? [];
			if (data !== undefined) yield JSON.parse(data);
		}
	}
}

/** Reads until an event of this type, and leaves. */
async function readUntil(response: Response, type: string): Promise<readonly StreamEvent[]> {
	const events: StreamEvent[] = [];
	for await (const event of eventsOf(response)) {
		events.push(event);
		if (event.type === type) break;
	}
	return events;
}

function gone(job: string) {
	return eventually(
		() => watchersOf(job),
		(watchers) => watchers === 0,
	);
}
async function typesOf(job: string) {
	return (await logOf(job)).map(({ type }) => type);
}

describe("a Response in the background", () => {
	it("goes on when its client leaves, even one that asked to cancel the job then", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await create(prompt, { background: true, stream: true }, { "x-on-disconnect": "cancel" });
		await readUntil(response, "response.queued");
		await gone(jobOf(response));
		const types = await typesOf(jobOf(response));
		expect(types).not.toContain("client_left");
		expect(types).not.toContain("cancelling");
	});

	it("is never joined by an equal request, which makes a job of its own", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await create(prompt, { background: true, stream: true });
		await readUntil(first, "response.queued");
		await gone(jobOf(first));
		const second = await create(prompt, { background: true, stream: true });
		expect(jobOf(second)).not.toBe(jobOf(first));
		await second.body?.cancel();
	});

	it("streams without a gap over disconnects, evictions and resumptions", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await create(prompt, { background: true, stream: true, n: 2 });
		const job = jobOf(response);
		const told = [...(await readUntil(response, "response.queued"))];
		await evictDurableObject(stubOf(job));

		const second = resume(`resp_${job}`, told.at(-1)?.sequence_number ?? -1);
		await eventually(
			() => typesOf(job),
			(types) => types.includes("submitted"),
		);
		await advance(prompt, "IN_PROGRESS");
		told.push(...(await readUntil(await second, "response.image_generation_call.generating")));
		await evictDurableObject(stubOf(job));

		const third = resume(`resp_${job}`, told.at(-1)?.sequence_number ?? -1);
		await advance(prompt, "COMPLETED");
		told.push(...(await readUntil(await third, "response.completed")));
		expect(told.map(({ sequence_number }) => sequence_number)).toEqual(told.map((_, index) => index));
		expect(told.at(-1)?.type).toBe("response.completed");
		expect(told).toEqual(await Array.fromAsync(eventsOf(await resume(`resp_${job}`, -1))));
		expect(await submitsOf(prompt)).toBe(1);
	});
});

describe("a Response with a waiting client", () => {
	it("records that its client left, and an equal request joins it", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await create(prompt, { stream: true });
		await readUntil(first, "response.queued");
		await eventually(
			() => typesOf(jobOf(first)),
			(types) => types.includes("client_left"),
		);
		const second = await create(prompt, { stream: true });
		expect(jobOf(second)).toBe(jobOf(first));
		await second.body?.cancel();
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("is cancelled when its client leaves, if the client asked for that", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await create(prompt, { stream: true }, { "x-on-disconnect": "cancel" });
		await readUntil(response, "response.queued");
		await eventually(
			() => typesOf(jobOf(response)),
			(types) => types.includes("cancelled"),
		);
	});
});

describe("a Response that is cancelled", () => {
	it("is answered when fal has stopped it", async () => {
		const prompt = aPrompt("sim:hold");
		const job = jobOf(await create(prompt, { background: true }));
		await eventually(
			() => typesOf(job),
			(types) => types.includes("submitted"),
		);
		const answer = await ask(`/v1/responses/resp_${job}/cancel`, { method: "POST" });
		expect([answer.status, await answer.json()]).toMatchObject([200, { id: `resp_${job}`, status: "cancelled" }]);
		expect((await queueCalls(prompt)).filter(({ method }) => method === "PUT")).toHaveLength(1);
	});
});

describe("the fields that a Response echoes", () => {
	it("stand in every rendering of it, and tell one request from another", async () => {
		const prompt = aPrompt("sim:quick");
		const asked = { store: false, metadata: { order: "7", note: "für Zoë" } };
		const key = { "idempotency-key": prompt };
		const made = await create(prompt, asked, key);
		expect(await made.json()).toMatchObject(asked);
		const kept = await ask(`/v1/responses/resp_${jobOf(made)}`);
		expect(await kept.json()).toMatchObject(asked);
		const again = await create(prompt, { metadata: { note: "für Zoë", order: "7" }, store: false }, key);
		expect(jobOf(again)).toBe(jobOf(made));
		await again.body?.cancel();
		expect((await create(prompt, { ...asked, metadata: { order: "8" } }, key)).status).toBe(422);
	});

	it("default to OpenAI's values, and a request that spells those out is the same request", async () => {
		const prompt = aPrompt("sim:quick");
		const key = { "idempotency-key": prompt };
		const made = await create(prompt, {}, key);
		expect(await made.json()).toMatchObject({ store: true, metadata: {} });
		const again = await create(prompt, { store: true, metadata: {} }, key);
		expect(jobOf(again)).toBe(jobOf(made));
		await again.body?.cancel();
	});

	it("stand in a text answer, too", async () => {
		const helped = await create("", { metadata: { order: "7" } });
		expect(await helped.json()).toMatchObject({ store: true, metadata: { order: "7" } });
	});

	it("are refused beyond OpenAI's bounds", async () => {
		const refused = await create(aPrompt(""), { metadata: { order: 7 } });
		expect(refused.status).toBe(400);
		expect(await refused.json()).toMatchObject({ error: { param: "metadata.order", code: "invalid_value" } });
	});
});

describe("a stream with a picture that is gone from R2", () => {
	const lose = (job: string) => env.IMAGES.delete(`images/${job}/0.png`);

	it("of a Response ends with an error in its place, not in the middle of a line", async () => {
		const made = await create(aPrompt("sim:quick"), {});
		await made.body?.cancel();
		await lose(jobOf(made));
		const events = await Array.fromAsync(eventsOf(await resume(`resp_${jobOf(made)}`, 3)));
		expect(events.map(({ type, sequence_number }) => [sequence_number, type]).slice(-2)).toEqual([
			[6, "response.image_generation_call.completed"],
			[7, "error"],
		]);
		expect(events.at(-1)).toMatchObject({ code: "storing_failed", message: expect.any(String), param: null });
	});

	it("of the Images API ends with an error in its place", async () => {
		const prompt = aPrompt("sim:quick");
		const draw = () =>
			ask("/v1/images/generations", {
				json: { prompt, stream: true },
				headers: { "idempotency-key": prompt },
			});
		const made = await draw();
		expect((await Array.fromAsync(eventsOf(made))).map(({ type }) => type)).toEqual(["image_generation.completed"]);
		await lose(jobOf(made));
		const again = await Array.fromAsync(eventsOf(await draw()));
		expect(again).toMatchObject([{ type: "error", sequence_number: 0, error: { code: "storing_failed" } }]);
	});
});

describe("a Response's address", () => {
	it.each(["-2", "x", "1.5", "9999999999"])("refuses starting_after=%s", async (after) => {
		const made = await create(aPrompt("sim:quick"), { background: true });
		const refused = await ask(`/v1/responses/resp_${jobOf(made)}?stream=true&starting_after=${after}`);
		expect(refused.status).toBe(400);
		expect(await refused.json()).toMatchObject({ error: { param: "starting_after" } });
	});
});

import { decode } from "fast-png";
import OpenAI from "openai";
import type { Response, ResponseStreamEvent } from "openai/resources/responses/responses";
import { describe, expect, it } from "vitest";
import type { Running } from "../support/node/gateway.ts";
import { aPrompt, callsOf, eventually, fetchBytes, refusal, submitsOf, useGateway } from "../support/node/watched.ts";

const MODEL = "imagen4-preview";
const QUICK = "sim:quick";
let gateway: Running;
let client: OpenAI;

useGateway((started) => {
	({ gateway, client } = started);
});

const TOOLS = [{ type: "image_generation" as const }];
function body(prompt: string, more: object = {}) {
	return { model: MODEL, input: prompt, tools: TOOLS, ...more };
}

/** An item of the output, with the fields of our own. */
interface Picture {
	readonly id: string;
	readonly status: string;
	readonly result: string | null;
	readonly url: string;
	readonly size: string;
	readonly quality: string;
	readonly output_format: string;
	readonly revised_prompt: string;
}
function picturesOf({ output }: Pick<Response, "output">): readonly Picture[] {
	return output.flatMap((item) => (item.type === "image_generation_call" ? [item as unknown as Picture] : []));
}
function bytesOf(picture: Picture | undefined): Uint8Array {
	return new Uint8Array(Buffer.from(picture?.result ?? "", "base64"));
}

async function collect(stream: AsyncIterable<ResponseStreamEvent>): Promise<readonly ResponseStreamEvent[]> {
	const events: ResponseStreamEvent[] = [];
	for await (const event of stream) events.push(event);
	return events;
}
function numbersOf(events: readonly ResponseStreamEvent[]) {
	return events.map((event) => ("sequence_number" in event ? event.sequence_number : null));
}
function endOf(events: readonly ResponseStreamEvent[]): Response {
	const last = events.at(-1);
	if (last?.type !== "response.completed" && last?.type !== "response.failed")
		throw new Error(`ended with ${last?.type}`);
	return last.response;
}

const ORDER = [
	"response.created",
	"response.queued",
	"response.in_progress",
	"response.output_item.added",
	"response.image_generation_call.in_progress",
	"response.image_generation_call.generating",
	"response.image_generation_call.completed",
	"response.output_item.done",
	"response.completed",
];

describe.concurrent("responses.create, not streamed", () => {
	it("gives the picture as base64, and what was really used", async () => {
		const prompt = aPrompt(QUICK);
		const response = await client.responses.create(
			body(`${prompt}, 16:9`, { tools: [{ type: "image_generation", quality: "high", output_format: "png" }] }),
		);
		expect(response).toMatchObject({
			id: expect.stringMatching(/^resp_[0-9a-f]{64}$/),
			object: "response",
			status: "completed",
			model: MODEL,
			error: null,
			background: false,
			output_text: "",
		});
		const [picture] = picturesOf(response);
		expect(picture).toMatchObject({
			status: "completed",
			quality: "high",
			output_format: "png",
			revised_prompt: prompt,
		});
		const { width, height } = decode(bytesOf(picture), { checkCrc: true });
		expect(picture?.size).toBe(`${width}x${height}`);
		expect(await fetchBytes(picture?.url ?? "")).toEqual(bytesOf(picture));
		const [submit] = await submitsOf(gateway, prompt);
		expect(submit?.input).toMatchObject({ prompt, aspect_ratio: "16:9" });
	});

	it("gives one item for each of n", async () => {
		const response = await client.responses.create(body(aPrompt(QUICK), { n: 3 }));
		const pictures = picturesOf(response);
		expect(pictures.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
		expect(new Set(pictures.map(({ result }) => result)).size).toBe(3);
		expect(new Set(pictures.map(({ id }) => id)).size).toBe(3);
	});

	it("can be retrieved afterwards, the same to the byte", async () => {
		const response = await client.responses.create(body(aPrompt(QUICK)));
		expect(await client.responses.retrieve(response.id)).toEqual(response);
	});

	it("takes gpt_image_playground's body; two that are equal are two jobs", async () => {
		const prompt = aPrompt(QUICK);
		const playground = {
			model: MODEL,
			input: [
				{
					role: "user" as const,
					content: [
						{
							type: "input_text" as const,
							text: `Use the following text as the complete prompt. Do not rewrite it:\n${prompt}`,
						},
						{ type: "input_image" as const, image_url: "data:image/png;base64,iVBORw0KGgo=", detail: "auto" as const },
					],
				},
			],
			tools: [
				{
					type: "image_generation" as const,
					action: "generate" as const,
					size: "1024x1024" as const,
					quality: "high" as const,
					output_format: "jpeg" as const,
					output_compression: 80,
					moderation: "low" as const,
					partial_images: 1,
				},
			],
			tool_choice: "required" as const,
		};
		const both = await Promise.all([client.responses.create(playground), client.responses.create(playground)]);
		expect(new Set(both.map(({ id }) => id)).size).toBe(2);
		const submits = await submitsOf(gateway, prompt);
		expect(submits.map(({ input }) => input?.prompt)).toEqual([prompt, prompt]);
		expect(submits[0]?.input).toMatchObject({ aspect_ratio: "1:1", output_format: "jpeg" });
		expect(picturesOf(both[0])[0]).toMatchObject({ revised_prompt: prompt });
	});

	it("refuses a blocked picture as the other APIs do", async () => {
		const prompt = aPrompt("sim:content-policy sim:queue=0 sim:queue-ms=20 sim:run-ms=60");
		const error = await refusal(OpenAI.BadRequestError, client.responses.create(body(prompt)));
		expect(error).toMatchObject({ status: 400, code: "moderation_blocked", type: "image_generation_user_error" });
	});

	it.each([
		[{ input: 7 }, "input"],
		[{ model: "gpt-nothing" }, "model"],
		[{ tools: [{ type: "image_generation", size: "big" }] }, "size"],
	])("refuses %j, and names the field", async (wrong, param) => {
		const error = await refusal(OpenAI.APIError, client.responses.create(body(aPrompt(QUICK), wrong)));
		expect(error.param).toBe(param);
	});

	it("answers help and hidden requests with text, streamed or not, and draws nothing", async () => {
		const { data, response } = await client.responses.create(body("")).withResponse();
		expect(data).toMatchObject({ status: "completed", output_text: expect.stringMatching(/^Tell me what to draw/) });
		expect(response.headers.has("x-job-id")).toBe(false);
		const id = crypto.randomUUID();
		const input = `Please generate a four to five word title summarizing our conversation. ${id}`;
		const final = await client.responses.stream({ model: MODEL, input }).finalResponse();
		expect(final).toMatchObject({ status: "completed", output_text: "Image" });
		expect(await callsOf(gateway, id)).toEqual([]);
	});
});

describe.concurrent("responses.create, streamed", () => {
	it("has OpenAI's events in OpenAI's order", async () => {
		const prompt = aPrompt("sim:queue=1 sim:queue-ms=1100 sim:run-ms=600");
		const events = await collect(await client.responses.create({ ...body(prompt), stream: true }));
		expect(events.map(({ type }) => type)).toEqual(ORDER);
		expect(numbersOf(events)).toEqual(ORDER.map((_, index) => index));
		const [picture] = picturesOf(endOf(events));
		expect(decode(bytesOf(picture)).width).toBe(128);
		const done = events.find((event) => event.type === "response.output_item.done");
		expect(done?.item).toEqual(picture);
	});

	it("is followed by OpenAI's own accumulator, for several pictures", async () => {
		const stream = client.responses.stream({ ...body(aPrompt(QUICK), { n: 3 }), stream: true });
		const final = await stream.finalResponse();
		expect(final.status).toBe("completed");
		expect(picturesOf(final).map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
	});

	it("names each event by its type, has no `[DONE]`, and no id", async () => {
		const raw = await client.responses.create({ ...body(aPrompt(QUICK)), stream: true }).asResponse();
		expect(raw.headers.get("x-job-id")).toMatch(/^[0-9a-f]{64}$/);
		const blocks = (await raw.text()).trim().split("\n\n");
		for (const block of blocks) {
			const [, name, type] = /^event: (\S+)\ndata: \{"type":"([^"]+)".*\}$/.exec(block) ?? [];
			expect(name).toBeDefined();
			expect(type).toBe(name);
		}
		expect(blocks.length).toBe(ORDER.length);
	});

	it("ends with response.failed where the job fails", async () => {
		const prompt = aPrompt("sim:content-policy sim:queue=0 sim:queue-ms=20 sim:run-ms=60");
		const events = await collect(await client.responses.create({ ...body(prompt), stream: true }));
		expect(events.at(-1)?.type).toBe("response.failed");
		expect(endOf(events)).toMatchObject({ status: "failed", error: { code: "moderation_blocked" } });
	});
});

describe.concurrent("a Response in the background", () => {
	const STEPS = "sim:queue=1 sim:queue-ms=400 sim:run-ms=400";

	it("is queued at once, and is completed without anybody watching", async () => {
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

	it.each(ORDER.slice(0, -1).map((type, index) => [type, index] as const))(
		"goes on after its stream was dropped at %s (%i)",
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
			const rest = await collect(await client.responses.retrieve(id, { stream: true, starting_after: dropAt }));
			expect([...before, ...rest].map((event) => event.type)).toEqual(ORDER);
			expect(numbersOf([...before, ...rest])).toEqual(ORDER.map((_, index) => index));
			expect(await client.responses.retrieve(id)).toMatchObject(JSON.parse(JSON.stringify(endOf(rest))));
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		},
	);

	it("is told from the beginning again, long after its end", async () => {
		const { id } = await client.responses.create(body(aPrompt(QUICK)));
		const events = await collect(await client.responses.retrieve(id, { stream: true }));
		expect(events.map(({ type }) => type)).toEqual(ORDER);
		expect(await collect(await client.responses.retrieve(id, { stream: true, starting_after: 99 }))).toEqual([]);
	});
});

describe.concurrent("responses.cancel and responses.delete", () => {
	it("cancels what waits at fal, and the stream ends", async () => {
		const prompt = aPrompt("sim:hold");
		const stream = await client.responses.create({ ...body(prompt, { background: true }), stream: true });
		const watching = collect(stream);
		const { id } = await eventually(
			async () => ({ id: await jobOf(prompt) }),
			({ id }) => id !== null,
		);
		const cancelled = await client.responses.cancel(id ?? "");
		expect(cancelled).toMatchObject({ status: "cancelled", error: { code: "cancelled" } });
		expect(endOf(await watching)).toMatchObject({ status: "cancelled" });
		expect(await client.responses.retrieve(id ?? "")).toMatchObject({ status: "cancelled" });
		expect(await client.responses.cancel(id ?? "")).toMatchObject({ status: "cancelled" });
		expect((await callsOf(gateway, prompt)).filter(({ method }) => method === "PUT")).toHaveLength(1);
	});

	/** The Response that was submitted to fal, as its webhook's address names it. */
	const jobOf = async (prompt: string): Promise<string | null> => {
		const [submit] = await submitsOf(gateway, prompt);
		const job = /webhooks%2Ffal%2F([0-9a-f]{64})/.exec(submit?.path ?? "")?.[1];
		return job === undefined || submit?.status !== 200 ? null : `resp_${job}`;
	};

	it("leaves what is done as it is", async () => {
		const response = await client.responses.create(body(aPrompt(QUICK)));
		expect(await client.responses.cancel(response.id)).toEqual(response);
	});

	it("deletes a Response: it does not exist any more", async () => {
		const { id } = await client.responses.create(body(aPrompt(QUICK)));
		await client.responses.delete(id);
		for (const call of [
			() => client.responses.retrieve(id),
			() => client.responses.retrieve(id, { stream: true }),
			() => client.responses.cancel(id),
			() => client.responses.delete(id),
		])
			await refusal(OpenAI.NotFoundError, call());
	});

	it("knows no Response of another API, none that nobody made, and no nonsense", async () => {
		const { response } = await client.images.generate({ prompt: aPrompt(QUICK), model: MODEL }).withResponse();
		const job = response.headers.get("x-job-id");
		for (const id of [`resp_${job}`, `resp_${"0".repeat(64)}`, "resp_1", `RESP_${job}`])
			await refusal(OpenAI.NotFoundError, client.responses.retrieve(id));
	});
});

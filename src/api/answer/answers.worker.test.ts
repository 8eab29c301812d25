import { waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import {
	blocked,
	busy,
	cancel,
	cancelAnswered,
	outputs,
	play,
	refused,
	rendering,
	running,
	start,
	stored,
	submitted,
} from "../../../test/support/logs.ts";
import { makeAccepted, makeRequest } from "../../../test/support/make.ts";
import { aPrompt, ask, chunksOf, eventually, streamChat } from "../../../test/support/workerd/gateway.ts";
import { advance, logOf, watchersOf } from "../../../test/support/workerd/job-of.ts";
import { makeContext } from "../../../test/support/workerd/make-context.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import type { JobLog } from "../../job/log.ts";
import { jobStub } from "../../stub.ts";
import { chatFormat } from "../chat/render.ts";
import { imagesFormat } from "../images/render.ts";
import { responsesFormat } from "../responses/render.ts";
import { answerAccepted, answerFrames, answerNow, answerStream, answerWhole, jobHeaders } from "./answers.ts";
import { PictureBytes } from "./frames.ts";

const ID = "0123456789abcdef".repeat(4);
const request = new Request("https://gateway.test/v1/images/generations", { method: "POST" });

/** The pictures of the logs below: the first is stored, the second is not. */
beforeAll(async () => {
	await env.IMAGES.put("images/1/0.png", new Uint8Array([1, 2, 3]));
	await env.IMAGES.delete("images/1/1.png");
});
const BASE64 = "AQID";

const asBytes = rendering({ api: "images", responseFormat: "both" });
const withBytes = start({ request: makeRequest({ n: 2 }), rendering: asBytes });
const whole = play([withBytes, submitted(), outputs(1), stored(0)]);
const lacking = play([withBytes, submitted(), outputs(2), stored(0), stored(1)]);
const lackingFirst = play([withBytes, submitted(), outputs(2), stored(1), stored(0)]);

/** Reads a log as if it were a job's, and records how its reader leaves. */
function readerOf(log: readonly LinkedEvent[], ended = true) {
	const closes: Parameters<JobLog["close"]>[0][] = [];
	const left = Promise.withResolvers<void>();
	const events = async function* () {
		for (const event of log) yield [event];
		if (!ended) await left.promise;
	};
	const close: JobLog["close"] = (why) => {
		closes.push(why);
		left.resolve();
	};
	const job: JobLog = { id: ID, ended, events: events(), close };
	return { job, closes };
}

describe("answerWhole", () => {
	it("answers with the body of a job that succeeded, its pictures in their places", async () => {
		const { job, closes } = readerOf(whole);
		const context = makeContext();
		const response = await answerWhole(job, imagesFormat, request, context);
		expect(response.status).toBe(200);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			"content-type": "application/json",
			"x-job-id": ID,
			"x-darkroom-model": "imagen4-preview",
		});
		expect(closes).toEqual([]);
		expect(await response.json()).toMatchObject({ data: [{ b64_json: BASE64 }] });
		await waitOnExecutionContext(context.ctx);
		expect(closes).toEqual(["delivered"]);
	});

	it.each<readonly [code: string, status: number, header: string, log: readonly LinkedEvent[]]>([
		["moderation_blocked", 400, "x-should-retry", play([withBytes, submitted(), blocked])],
		["invalid_input", 400, "x-should-retry", play([withBytes, refused])],
		["cancelled", 400, "x-should-retry", play([withBytes, submitted(), cancel, cancelAnswered("accepted")])],
		["rate_limit_exceeded", 429, "retry-after", play([start({ deadlineAt: 0 }), busy])],
	])("answers a job that failed by %s with %i and %s", async (code, status, header, log) => {
		const { job, closes } = readerOf(log);
		const context = makeContext();
		const response = await answerWhole(job, imagesFormat, request, context);
		expect([response.status, response.headers.get("x-job-id")]).toEqual([status, ID]);
		expect(response.headers.has(header)).toBe(true);
		expect(response.headers.has("x-darkroom-model")).toBe(false);
		expect(await response.json()).toMatchObject({ error: { code } });
		await waitOnExecutionContext(context.ctx);
		expect(closes).toEqual(["delivered"]);
	});

	it("answers with an error before the first byte if a stored picture is missing", async () => {
		const response = await answerWhole(readerOf(lacking).job, imagesFormat, request, makeContext());
		expect(response.status).toBe(422);
		expect(response.headers.get("x-should-retry")).toBe("false");
		expect(await response.json()).toEqual({
			error: {
				message: "A stored picture of this job is missing.",
				type: "image_generation_error",
				param: null,
				code: "storing_failed",
			},
		});
	});

	it("does not look for pictures in an answer that only links to them", async () => {
		const context = makeContext();
		const response = await answerWhole(readerOf(lacking).job, chatFormat, request, context);
		expect(response.status).toBe(200);
		await response.body?.cancel();
	});

	it("tells the job if the client leaves before its end", async () => {
		const { job, closes } = readerOf(play([withBytes, submitted(), running()]), false);
		const abort = new AbortController();
		const answering = answerWhole(job, imagesFormat, new Request(request, { signal: abort.signal }), makeContext());
		abort.abort();
		await (await answering).body?.cancel();
		expect(closes[0]).toBe("clientLeft");
	});

	it("tells the job if the client leaves in the middle of the body", async () => {
		const { job, closes } = readerOf(whole);
		const context = makeContext();
		const response = await answerWhole(job, imagesFormat, request, context);
		await response.body?.cancel();
		await waitOnExecutionContext(context.ctx);
		expect(closes).toEqual(["clientLeft"]);
	});

	it("declares the length of what it writes: a body of another length would break off", async () => {
		const asked = makeRequest({ prompt: "狐🦊" });
		const inputs = [start({ request: asked, rendering: asBytes }), submitted(), outputs(1), stored(0)];
		const response = await answerWhole(readerOf(play(inputs)).job, responsesFormat, request, makeContext());
		expect(await response.json()).toMatchObject({ output: [{ revised_prompt: "狐🦊", result: BASE64 }] });
	});
});

describe("answerNow", () => {
	const body = { b64_json: new PictureBytes({ key: "images/1/0.png", bytes: 3 }) };

	it("answers with the body as it stands", async () => {
		const response = await answerNow(ID, body, makeContext());
		expect([response.status, response.headers.get("x-job-id")]).toEqual([200, ID]);
		expect(await response.json()).toEqual({ b64_json: BASE64 });
	});

	it("answers with an error if a picture of the body is missing", async () => {
		const response = await answerNow(
			ID,
			{ b64_json: new PictureBytes({ key: "images/1/1.png", bytes: 3 }) },
			makeContext(),
		);
		expect(response.status).toBe(422);
		expect(await response.json()).toMatchObject({ error: { code: "storing_failed" } });
	});
});

/** Reads each event of a stream: its name, number and data. */
async function eventsOf(response: Response): Promise<readonly (readonly [name: string, data: unknown])[]> {
	const blocks = (await response.text()).split("\n\n").slice(0, -1);
	return blocks.map((block) => {
		const [, name = "", data = ""] = /^(?:event: (.*)\n)?data: (.*)$/.exec(block) ?? [];
		return [name, data.startsWith("{") ? JSON.parse(data) : data];
	});
}

describe("answerStream", () => {
	it("numbers the frames, and reports the delivery", async () => {
		const { job, closes } = readerOf(whole);
		const context = makeContext();
		const response = answerStream(job, imagesFormat, request, context);
		expect(response.headers.get("x-job-id")).toBe(ID);
		expect(await eventsOf(response)).toMatchObject([
			["image_generation.completed", { sequence_number: 0, b64_json: BASE64 }],
		]);
		await waitOnExecutionContext(context.ctx);
		expect(closes[0]).toBe("delivered");
	});

	it("begins after the frame that the client has", async () => {
		const all = await eventsOf(answerStream(readerOf(whole).job, chatFormat, request, makeContext()));
		const rest = await eventsOf(answerStream(readerOf(whole).job, chatFormat, request, makeContext(), 2));
		expect(all.length).toBeGreaterThan(4);
		expect(rest).toEqual(all.slice(3));
	});

	it("ends with an error in the place of a missing picture, under its number", async () => {
		const events = await eventsOf(answerStream(readerOf(lacking).job, imagesFormat, request, makeContext()));
		expect(events).toMatchObject([
			["image_generation.completed", { sequence_number: 0, index: 0 }],
			["error", { sequence_number: 1, error: { code: "storing_failed" } }],
		]);
		const frames = answerStream(readerOf(lackingFirst).job, imagesFormat, request, makeContext());
		expect(await eventsOf(frames)).toMatchObject([["error", { sequence_number: 0 }]]);
		const response = answerStream(readerOf(lacking).job, responsesFormat, request, makeContext());
		const numbers = (await eventsOf(response)).map(([, data]) => data);
		expect(numbers.at(-1)).toMatchObject({ type: "error", sequence_number: numbers.length - 1 });
	});

	it("tells a job once that its client has left, and lets go of it", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await streamChat(prompt);
		const job = response.headers.get("x-job-id") ?? "";
		for await (const _ of chunksOf(response)) break;
		await eventually(
			() => watchersOf(job),
			(watchers) => watchers === 0,
		);
		await advance(prompt, "COMPLETED");
		const log = await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "succeeded"),
		);
		expect(log.filter(({ type }) => type === "client_left" || type === "delivered")).toMatchObject([
			{ type: "client_left" },
		]);
	});
});

describe("answerAccepted", () => {
	it("answers 202 with the job and the address to find it at", async () => {
		const made = await ask("/v1/images/generations", {
			json: { prompt: aPrompt("sim:hold") },
			headers: { prefer: "respond-async" },
		});
		const id = made.headers.get("x-job-id") ?? "";
		const response = await answerAccepted(request, id, makeContext());
		expect(response.status).toBe(202);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			location: `/v1/jobs/job_${id}`,
			"preference-applied": "respond-async",
			...jobHeaders(id),
		});
		const { id: told } = await response.json<{ id: string }>();
		expect(told).toBe(`job_${id}`);
		await made.body?.cancel();
	});

	it("refuses a job that was deleted meanwhile", async () => {
		const accepted = answerAccepted(request, env.JOB.newUniqueId().toString(), makeContext());
		await expect(accepted).rejects.toMatchObject({ reason: { kind: "not_found", what: "job" } });
	});
});

describe("answerFrames", () => {
	it("streams frames that belong to no job, as they are", async () => {
		const context = makeContext();
		const response = answerFrames([{ event: "a", data: { b: 1 } }, { data: "[DONE]" }], request, context);
		expect(response.headers.has("x-job-id")).toBe(false);
		expect(await response.text()).toBe('event: a\ndata: {"b":1}\n\ndata: [DONE]\n\n');
		await waitOnExecutionContext(context.ctx);
	});
});

it("delivers a job whose log holds a model's name that no header can carry", async () => {
	const id = env.JOB.newUniqueId().toString();
	const day = Date.now() + 86_400_000;
	const accepted = makeAccepted({
		request: makeRequest({ prompt: aPrompt("sim:quick") }),
		rendering: rendering({ model: "imagen4-preview\u000b" }),
		deadlineAt: day,
		expiresAt: day,
		webhook: null,
	});
	await jobStub(env, id).start(accepted, false);
	const answer = await ask(`/v1/chat/completions/${id}`);
	expect([answer.status, answer.headers.get("x-darkroom-model")]).toEqual([200, "imagen4-preview"]);
	expect((await answer.json<{ model: string }>()).model).toBe("imagen4-preview\u000b");
});

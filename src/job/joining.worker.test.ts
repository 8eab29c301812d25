/** Second and third actors: requests that are made again, watchers that leave while others stay, clients cut in the middle of an answer. */
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
	aPrompt,
	ask,
	chunksOf,
	contentOf,
	eventually,
	ORIGIN,
	queueCalls,
	streamChat,
	submitsOf,
} from "../../test/support/workerd/gateway.ts";
import { advance, logOf, requestIdOf, watchersOf } from "../../test/support/workerd/job-of.ts";
import { handle } from "../router.ts";

const IMAGES = "/v1/images/generations";
const CHAT = "/v1/chat/completions";
const RETRY = { "x-stainless-retry-count": "1" };
/** More than all buffers between the object of R2 and a client hold. */
const LARGE = "sim:bytes=3000000";

function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

function draw(prompt: string, more: object = {}, headers: Record<string, string> = {}): Promise<Response> {
	return ask(IMAGES, { json: { prompt, model: "imagen4-preview", response_format: "url", ...more }, headers });
}

/** Streams a chat of a prompt, whose job is cancelled when its last client leaves. */
function streamOrCancel(prompt: string): Promise<Response> {
	return ask(CHAT, {
		json: { model: "imagen4-preview", stream: true, messages: [{ role: "user", content: prompt }] },
		headers: { "x-on-disconnect": "cancel" },
	});
}

function resume(job: string): Promise<Response> {
	return ask(`${CHAT}/chatcmpl-${job}?stream=true&starting_after=-1`);
}

function logHas(job: string, type: string) {
	return eventually(
		() => logOf(job),
		(log) => log.some((event) => event.type === type),
	);
}

async function typesOf(job: string): Promise<readonly string[]> {
	return (await logOf(job)).map(({ type }) => type);
}

function watchedBy(job: string, count: number) {
	return eventually(
		() => watchersOf(job),
		(watchers) => watchers === count,
	);
}

describe("a declared retry", () => {
	it.each([
		["at fal, which may have billed it", "sim:server-error", 422, "upstream_failed"],
		["because its pictures could not be had", "sim:quick sim:huge-image", 422, "storing_failed"],
	])("of a job that failed %s gets that failure, and pays nothing again", async (_, words, status, code) => {
		const prompt = aPrompt(words);
		const first = await draw(prompt);
		expect([first.status, await first.json()]).toMatchObject([status, { error: { code } }]);
		const again = await draw(prompt, {}, RETRY);
		expect(jobOf(again)).toBe(jobOf(first));
		expect([again.status, await again.json()]).toMatchObject([status, { error: { code } }]);
		expect(await submitsOf(prompt)).toBe(1);
	});

	it.each<readonly [differs: string, send: (prompt: string) => Promise<Response>]>([
		["asks for bytes instead of links", (prompt) => draw(prompt, { response_format: "b64_json" }, RETRY)],
		["names the model otherwise", (prompt) => draw(prompt, { model: "dall-e-3" }, RETRY)],
		["wants another size", (prompt) => draw(prompt, { size: "16:9" }, RETRY)],
		["gives a seed", (prompt) => draw(prompt, { seed: 7 }, RETRY)],
		[
			"comes by another route",
			(prompt) =>
				ask(CHAT, {
					json: { model: "imagen4-preview", messages: [{ role: "user", content: prompt }] },
					headers: RETRY,
				}),
		],
		[
			"comes from another account",
			(prompt) => draw(prompt, {}, { ...RETRY, authorization: "Bearer test-key-of-other" }),
		],
	])("that %s is another request", async (_, send) => {
		const prompt = aPrompt("sim:quick");
		const first = await draw(prompt);
		await first.text();
		const other = await send(prompt);
		expect(other.status).toBe(200);
		expect(jobOf(other)).not.toBe(jobOf(first));
		await other.text();
		expect(await submitsOf(prompt)).toBe(2);
	});

	it("whose body has the same fields in another order is the same request", async () => {
		const prompt = aPrompt("sim:quick");
		const first = await ask(IMAGES, {
			json: {
				fal: { acceleration: "none", guidance_scale: 2 },
				response_format: "url",
				prompt,
				model: "fal-ai/qwen-image",
			},
		});
		await first.text();
		const again = await ask(IMAGES, {
			json: {
				model: "fal-ai/qwen-image",
				prompt,
				response_format: "url",
				fal: { guidance_scale: 2, acceleration: "none" },
			},
			headers: RETRY,
		});
		expect(jobOf(again)).toBe(jobOf(first));
		await again.text();
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("joins the newest of several jobs of an equal request", async () => {
		const prompt = aPrompt("sim:quick");
		const [older, newer] = [await draw(prompt), await draw(prompt)];
		await Promise.all([older.text(), newer.text()]);
		expect(jobOf(newer)).not.toBe(jobOf(older));
		const again = await draw(prompt, {}, RETRY);
		expect(jobOf(again)).toBe(jobOf(newer));
		await again.text();
	});
});

describe("a client that is cut in the middle of a whole answer", () => {
	it("did not get it: the same request once more gets the same job, all of it", async () => {
		const prompt = aPrompt(`sim:quick ${LARGE}`);
		const first = await draw(prompt, { response_format: "b64_json" });
		const reader = first.body?.getReader();
		const { value } = (await reader?.read()) ?? {};
		expect(value?.byteLength).toBeGreaterThan(0);
		expect(await typesOf(jobOf(first))).not.toContain("delivered");
		await reader?.cancel();
		await logHas(jobOf(first), "client_left");
		expect(await typesOf(jobOf(first))).not.toContain("delivered");

		const again = await draw(prompt, { response_format: "b64_json" });
		expect(jobOf(again)).toBe(jobOf(first));
		const { data } = await again.json<{ data: { b64_json: string }[] }>();
		expect(data[0]?.b64_json).toHaveLength(Math.ceil(3_000_000 / 3) * 4);
		expect(await submitsOf(prompt)).toBe(1);
		await logHas(jobOf(first), "delivered");
	});
});

/** Answers that come at once: [path, body, headers]. */
const AT_ONCE = [
	["/v1/images/generations", (prompt: string) => ({ prompt }), { prefer: "respond-async" }],
	["/v1/images/generations/async", (prompt: string) => ({ prompt }), {}],
	[
		"/v1/chat/completions",
		(prompt: string) => ({ messages: [{ role: "user", content: prompt }] }),
		{ prefer: "respond-async" },
	],
	["/v1/responses", (prompt: string) => ({ input: prompt, background: true }), {}],
] as const;

describe.each(AT_ONCE)("a client that does not wait: %s", (path, body, headers) => {
	/** Without a connection between, which would take a small answer before its client does. */
	const send = (prompt: string, signal?: AbortSignal) =>
		handle(
			new Request(`${ORIGIN}${path}`, {
				method: "POST",
				body: JSON.stringify(body(prompt)),
				headers: { authorization: "Bearer test-key-of-owner", ...headers },
				...(signal === undefined ? {} : { signal }),
			}),
			env,
			createExecutionContext(),
		);

	it("left, if its connection was lost before the answer: the same request once more gets the same job", async () => {
		const prompt = aPrompt("sim:hold");
		const connection = new AbortController();
		connection.abort();
		const first = await send(prompt, connection.signal);
		await logHas(jobOf(first), "client_left");
		const again = await send(prompt);
		expect(jobOf(again)).toBe(jobOf(first));
		await again.text();
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("left, if its answer could not be delivered: the same request once more gets the same job", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await send(prompt);
		await first.body?.cancel();
		await logHas(jobOf(first), "client_left");

		const again = await send(prompt);
		expect(jobOf(again)).toBe(jobOf(first));
		await again.text();
		await logHas(jobOf(first), "delivered");
		expect(await submitsOf(prompt)).toBe(1);

		const other = await send(prompt);
		expect(jobOf(other)).not.toBe(jobOf(first));
		await other.text();
	});

	it("has its answer otherwise: the same request once more is a job of its own", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await send(prompt);
		await first.text();
		const again = await send(prompt);
		await again.text();
		expect(jobOf(again)).not.toBe(jobOf(first));
		expect(await typesOf(jobOf(first))).not.toContain("client_left");
	});
});

describe("one of two clients that leaves", () => {
	/** Makes a job that fal holds. Its first client has left, and the second still reads. */
	async function leftByOneOfTwo() {
		const prompt = aPrompt("sim:hold");
		const first = await streamOrCancel(prompt);
		const job = jobOf(first);
		await requestIdOf(prompt);
		const second = await resume(job);
		await watchedBy(job, 2);
		await first.body?.cancel();
		await watchedBy(job, 1);
		return { prompt, job, second };
	}

	it("leaves the job to the other: nothing is cancelled, and an equal request gets a job of its own", async () => {
		const { prompt, job, second } = await leftByOneOfTwo();

		const third = await streamOrCancel(prompt);
		expect(jobOf(third)).not.toBe(job);
		await third.body?.cancel();

		await advance(prompt, "COMPLETED");
		expect(contentOf(await Array.fromAsync(chunksOf(second)))).toContain("![Generated Image]");
		const log = await logHas(job, "succeeded");
		for (const { type } of log) expect(["client_left", "cancelling", "cancelled"]).not.toContain(type);
		const { requestId } = log.find((event) => event.type === "submitted") ?? {};
		const cancelled = (await queueCalls(prompt)).filter(({ method }) => method === "PUT");
		expect(cancelled.map((call) => call.requestId)).not.toContain(requestId);
	});

	it("is the last one when the other has left, too: then the job is cancelled, once", async () => {
		const { prompt, job, second } = await leftByOneOfTwo();
		expect(await typesOf(job)).not.toContain("cancelling");
		await second.body?.cancel();
		await logHas(job, "cancelled");
		expect((await queueCalls(prompt)).filter(({ method }) => method === "PUT")).toHaveLength(1);
	});
});

describe("the client that waits, and leaves while an observer stays", () => {
	async function observedJob(send: (prompt: string) => Promise<Response>) {
		const prompt = aPrompt("sim:hold");
		const first = await send(prompt);
		const job = jobOf(first);
		await requestIdOf(prompt);
		const events = await ask(`/v1/jobs/${job}/events`);
		await watchedBy(job, 2);
		await first.body?.cancel();
		await watchedBy(job, 1);
		for (const type of await typesOf(job)) expect(["client_left", "cancelling"]).not.toContain(type);
		await events.body?.cancel();
		return { prompt, job };
	}

	it("counts as gone when the observer leaves, too: the same request joins", async () => {
		const { prompt, job } = await observedJob((words) => streamChat(words));
		await logHas(job, "client_left");
		const again = await streamChat(prompt);
		expect(jobOf(again)).toBe(job);
		expect(await submitsOf(prompt)).toBe(1);
		await again.body?.cancel();
	});

	it("cancels a job that asked for that when the observer leaves, too", async () => {
		const { job } = await observedJob(streamOrCancel);
		await logHas(job, "cancelled");
	});
});

describe("a client with x-on-disconnect: cancel that is cut in the middle of its answer", () => {
	it("cancels nothing, since the picture is paid: the same request once more gets it", async () => {
		const prompt = aPrompt(`sim:quick ${LARGE}`);
		const send = () => draw(prompt, { response_format: "b64_json" }, { "x-on-disconnect": "cancel" });
		const first = await send();
		const reader = first.body?.getReader();
		await reader?.read();
		await reader?.cancel();
		await logHas(jobOf(first), "client_left");
		const again = await send();
		expect(jobOf(again)).toBe(jobOf(first));
		await again.text();
		expect(await submitsOf(prompt)).toBe(1);
	});
});

describe("equal requests without a key, after the last client left", () => {
	async function leftJob(words = "sim:hold") {
		const prompt = aPrompt(words);
		const first = await streamChat(prompt);
		await requestIdOf(prompt);
		await first.body?.cancel();
		await logHas(jobOf(first), "client_left");
		return { prompt, job: jobOf(first) };
	}

	it("that come at once: one joins, and the other gets a job of its own", async () => {
		const { prompt, job } = await leftJob();
		const both = await Promise.all([streamChat(prompt), streamChat(prompt)]);
		expect(both.filter((response) => jobOf(response) === job)).toHaveLength(1);
		await eventually(
			() => submitsOf(prompt),
			(submits) => submits === 2,
		);
		await Promise.all(both.map((response) => response.body?.cancel()));
	});

	it("while the second one waits, give a third one a job of its own", async () => {
		const { prompt, job } = await leftJob();
		const second = await streamChat(prompt);
		expect(jobOf(second)).toBe(job);
		await watchedBy(job, 1);
		const third = await streamChat(prompt);
		expect(jobOf(third)).not.toBe(job);
		await Promise.all([second, third].map((response) => response.body?.cancel()));
	});
});

describe("two clients of one job", () => {
	it("cost fal one status stream, and each gets the same frames", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await streamChat(prompt);
		const job = jobOf(first);
		const streams = async () => (await queueCalls(prompt)).filter(({ path }) => path.includes("/status/stream"));
		await eventually(streams, (seen) => seen.length === 1);
		const second = await resume(job);
		await watchedBy(job, 2);
		await advance(prompt, "IN_PROGRESS");
		await logHas(job, "running");
		await advance(prompt, "COMPLETED");
		const [one, two] = await Promise.all([first, second].map((response) => response.text()));
		expect(two).toBe(one);
		expect(await streams()).toHaveLength(1);
		expect(await submitsOf(prompt)).toBe(1);
	});
});

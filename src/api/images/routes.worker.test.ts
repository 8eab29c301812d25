import { createExecutionContext, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aPrompt, ask, eventually, submitsOf } from "../../../test/support/workerd/gateway.ts";
import { advance, age, logOf, stubOf } from "../../../test/support/workerd/job-of.ts";
import { observed } from "../../../test/support/workerd/observed.ts";
import { handle } from "../../router.ts";

const MODEL = "imagen4-preview";
/** The three ways to ask for a task. */
const WAYS = ["/v1/images/generations/async", "/v1/images/generations?async=true", "/v1/images/tasks"];
const OTHER = { authorization: "Bearer test-key-of-other" };

interface Task {
	readonly id: string;
	readonly task_id: string;
	readonly status: string;
	readonly poll_url: string;
	readonly http_status?: number;
	readonly image_url?: string;
	readonly result?: { readonly data: readonly { readonly url?: string; readonly b64_json?: string }[] };
	readonly error?: { readonly code: string };
}

function submit(prompt: string, more: object = {}, way = "/v1/images/tasks", headers: Record<string, string> = {}) {
	return ask(way, { json: { prompt, model: MODEL, ...more }, headers });
}

async function aTask(prompt: string, more: object = {}, headers: Record<string, string> = {}): Promise<Task> {
	return (await submit(prompt, more, WAYS[0], headers)).json();
}

async function poll({ poll_url }: Task): Promise<Task> {
	return (await ask(poll_url)).json();
}

function untilEnded(task: Task): Promise<Task> {
	return eventually(
		() => poll(task),
		({ status }) => status !== "processing",
	);
}

describe.each(WAYS)("POST %s", (way) => {
	it("answers with a task that is durable, and does not wait", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await submit(prompt, {}, way);
		const job = response.headers.get("x-job-id") ?? "";
		const id = `imgtask_${job}`;
		expect(response.status).toBe(202);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			location: `/v1/images/tasks/${id}`,
			"retry-after": "3",
			"cache-control": "no-store",
		});
		const [accepted] = await logOf(job);
		if (accepted?.type !== "accepted") throw new Error("a log begins with `accepted`");
		expect(await response.json()).toEqual({
			id,
			task_id: id,
			object: "image.generation.task",
			status: "processing",
			created_at: Math.floor(accepted.at / 1000),
			expires_at: Math.floor(accepted.expiresAt / 1000),
			poll_url: `/v1/images/tasks/${id}`,
		});
	});

	it("gives an equal request under one key the same task, also when it has ended, and pays once", async () => {
		const prompt = aPrompt("sim:quick");
		const headers = { "idempotency-key": prompt };
		const first: Task = await (await submit(prompt, {}, way, headers)).json();
		await untilEnded(first);
		const again = await submit(prompt, {}, way, headers);
		expect([again.status, await again.json()]).toEqual([202, first]);
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("refuses a stream, and makes no job", async () => {
		const prompt = aPrompt("sim:quick");
		const response = await submit(prompt, { stream: true }, way);
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: { code: "invalid_value", param: "stream" } });
		expect(await submitsOf(prompt)).toBe(0);
	});

	it("refuses a wrong body as the waiting route does", async () => {
		const response = await submit(aPrompt("sim:quick"), { n: 99 }, way);
		expect([response.status, await response.json()]).toMatchObject([400, { error: { param: "n" } }]);
	});
});

describe("the ways to one picture", () => {
	it("are one request: a key joins the job of another way, and of a request that waits", async () => {
		const prompt = aPrompt("sim:quick");
		const headers = { "idempotency-key": prompt };
		const waited = await submit(prompt, {}, "/v1/images/generations", headers);
		const jobs = await Promise.all(WAYS.map((way) => submit(prompt, {}, way, headers)));
		for (const { headers: answered } of jobs) expect(answered.get("x-job-id")).toBe(waited.headers.get("x-job-id"));
		await Promise.all([waited, ...jobs].map(({ body }) => body?.cancel()));
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("take `async` only as a yes or a no", async () => {
		const response = await submit(aPrompt("sim:quick"), {}, "/v1/images/generations?async=yes");
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({
			error: {
				param: "async",
				message: "Invalid value for 'async': 'yes', must be one of '0', '1', 'true', 'false'.",
			},
		});
		for (const no of ["false", "0"]) {
			const waited = await submit(
				aPrompt("sim:quick"),
				{ response_format: "url" },
				`/v1/images/generations?async=${no}`,
			);
			expect([waited.status, await waited.json()]).toMatchObject([200, { data: [{ url: expect.any(String) }] }]);
		}
		const asked = await submit(aPrompt("sim:hold"), {}, "/v1/images/generations?async=1");
		expect([asked.status, await asked.json()]).toMatchObject([202, { object: "image.generation.task" }]);
	});

	it("leave the job to a client that only prefers not to wait", async () => {
		const response = await submit(aPrompt("sim:hold"), {}, "/v1/images/generations", { prefer: "respond-async" });
		expect([response.status, await response.json()]).toMatchObject([202, { object: "job" }]);
	});
});

describe("GET /v1/images/tasks/{id}", () => {
	it("is processing until the job has ended, and asks fal for nothing new", async () => {
		const prompt = aPrompt("sim:hold sim:queue=1");
		const task = await aTask(prompt);
		await advance(prompt, "IN_PROGRESS");
		for (let times = 0; times < 20; times += 1) {
			const response = await ask(task.poll_url);
			expect(Object.fromEntries(response.headers)).toMatchObject({ "cache-control": "no-store", "retry-after": "3" });
			expect([response.status, await response.json()]).toEqual([200, task]);
		}
		expect(await submitsOf(prompt)).toBe(1);
		await advance(prompt, "COMPLETED");
		const ended = await untilEnded(task);
		expect(ended.status).toBe("completed");
	});

	it("may be asked by a crowd: nothing is written, and no picture is looked at", async () => {
		const prompt = aPrompt("sim:hold");
		const task = await aTask(prompt);
		const job = task.id.slice("imgtask_".length);
		await eventually(
			() => logOf(job),
			(log) => log.some(({ type }) => type === "submitted"),
		);
		const rows = () => runInDurableObject(stubOf(job), (instance) => instance.rowsWritten());
		const [before, log] = [await rows(), await logOf(job)];
		const IMAGES = observed(env.IMAGES, (method) => {
			throw new Error(`R2 was asked: ${method}`);
		});
		const polls = Array.from({ length: 100 }, async () => {
			const headers = { authorization: "Bearer test-key-of-owner" };
			const request = new Request(`https://gateway.test${task.poll_url}`, { headers });
			return (await handle(request, { ...env, IMAGES }, createExecutionContext())).status;
		});
		expect(new Set(await Promise.all(polls))).toEqual(new Set([200]));
		expect([await rows(), await logOf(job)]).toEqual([before, log]);
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("is gone when its job expires", async () => {
		const task = await untilEnded(await aTask(aPrompt("sim:quick")));
		const job = task.id.slice("imgtask_".length);
		await age(job, 31 * 86_400_000);
		await runDurableObjectAlarm(stubOf(job));
		const gone = await eventually(
			() => ask(task.poll_url),
			({ status }) => status === 404,
		);
		expect(await gone.json()).toMatchObject({ error: { code: "not_found" } });
		expect((await ask(task.image_url ?? "")).status).toBe(404);
	});

	it("has the whole answer of a request that waited, which is what a key gets that waits for the same job", async () => {
		const prompt = aPrompt("sim:quick");
		const headers = { "idempotency-key": prompt };
		const task = await untilEnded(await aTask(prompt, {}, headers));
		const waited: Task["result"] = await (await submit(prompt, {}, "/v1/images/generations", headers)).json();
		expect(task).toMatchObject({ status: "completed", http_status: 200 });
		expect(task.result).toEqual(waited);
		expect(task.image_url).toBe(waited?.data[0]?.url);
		expect(waited?.data[0]?.b64_json?.length).toBeGreaterThan(100);
		const picture = await ask(task.image_url ?? "");
		expect(picture.headers.get("content-type")).toBe("image/png");
		await picture.body?.cancel();
	});

	it("holds only what response_format asks for, and always the first link", async () => {
		const task = await untilEnded(await aTask(aPrompt("sim:quick"), { response_format: "b64_json" }));
		expect(Object.keys(task.result?.data[0] ?? {})).toEqual(["b64_json", "revised_prompt"]);
		expect(task.image_url).toContain("/images/");
	});

	it("says once ended that nothing more is to be asked, and still is not to be stored", async () => {
		const task = await untilEnded(await aTask(aPrompt("sim:quick")));
		const response = await ask(task.poll_url);
		expect(response.headers.get("cache-control")).toBe("no-store");
		expect(response.headers.has("retry-after")).toBe(false);
		await response.body?.cancel();
	});

	it("is a 200 with OpenAI's error if the job fails", async () => {
		const task = await aTask(aPrompt("sim:content-policy"));
		const ended = await untilEnded(task);
		expect(ended).toMatchObject({
			status: "failed",
			http_status: 400,
			error: { code: "moderation_blocked", type: "image_generation_user_error", param: null },
		});
		expect((await ask(task.poll_url)).status).toBe(200);
	});

	it("is failed if a stored picture is gone", async () => {
		const task = await untilEnded(await aTask(aPrompt("sim:quick")));
		await env.IMAGES.delete(`images/${task.id.slice("imgtask_".length)}/0.png`);
		const response = await ask(task.poll_url);
		expect(response.headers.get("cache-control")).toBe("no-store");
		expect([response.status, await response.json()]).toMatchObject([
			200,
			{ status: "failed", http_status: 422, error: { code: "storing_failed" } },
		]);
	});

	it("shows any job of the Images API, by any of its ids", async () => {
		const waited = await submit(aPrompt("sim:quick"), { response_format: "url" }, "/v1/images/generations");
		await waited.body?.cancel();
		const job = waited.headers.get("x-job-id");
		for (const id of [job, `job_${job}`, `imgtask_${job}`, waited.headers.get("x-request-id")]) {
			const response = await ask(`/v1/images/tasks/${id}`);
			expect([response.status, await response.json()]).toMatchObject([
				200,
				{ id: `imgtask_${job}`, status: "completed" },
			]);
		}
	});

	it("is a 404 for ids of nobody, of another account, of another API and of a deleted job", async () => {
		const own = await aTask(aPrompt("sim:hold"));
		const chat = await ask("/v1/chat/completions", {
			json: { messages: [{ role: "user", content: aPrompt("sim:hold") }] },
			headers: { prefer: "respond-async" },
		});
		await chat.body?.cancel();
		const gone = await aTask(aPrompt("sim:hold"));
		await (await ask(`/v1/jobs/${gone.id}`, { method: "DELETE" })).body?.cancel();
		const answers = await Promise.all([
			ask(`/v1/images/tasks/imgtask_${env.JOB.newUniqueId().toString()}`),
			ask("/v1/images/tasks/imgtask_0123456789abcdef"),
			ask(own.poll_url, { headers: OTHER }),
			ask(`/v1/images/tasks/${chat.headers.get("x-job-id")}`),
			ask(gone.poll_url),
		]);
		for (const answer of answers)
			expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: "not_found" } }]);
	});
});

describe("GET /integrations/gpt-image-playground.json", () => {
	it("needs no key, has none, and has the origin of whoever reads", async () => {
		const response = await ask("/integrations/gpt-image-playground.json", { headers: { authorization: "" } });
		expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
		const text = await response.text();
		expect(text).not.toContain("key-of");
		expect(JSON.parse(text).profiles).toMatchObject([{ baseUrl: "https://gateway.example/v1", model: MODEL }]);
	});
});

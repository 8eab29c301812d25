/** The client's own webhook: told once of each end, at least, whatever happens to the object in between. */
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { aPrompt, ask, eventually, sim, submitsOf } from "../../test/support/workerd/gateway.ts";
import { age, alarmOf, drawAllTheSame, listingOf, logOf, stubOf, tablesOf } from "../../test/support/workerd/job-of.ts";

const MINUTE = 60_000;

interface Notice {
	readonly status: number;
	readonly headers: Record<string, string>;
	readonly input: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> };
}

function aHook(query = ""): string {
	return `https://client.example.com/hooks/${crypto.randomUUID()}${query}`;
}

async function noticesAt(hook: string): Promise<readonly Notice[]> {
	const { pathname } = new URL(hook);
	return (await sim(`/calls?path=${encodeURIComponent(pathname)}`)).json();
}

function untilTold(hook: string, times = 1): Promise<readonly Notice[]> {
	return eventually(
		() => noticesAt(hook),
		(notices) => notices.length >= times,
	);
}

function logHas(job: string, type: string) {
	return eventually(
		() => logOf(job),
		(log) => log.some((event) => event.type === type),
	);
}

async function make(
	words: string,
	webhook_url: string | null,
	{ headers = {}, ...more }: { headers?: Record<string, string>; [field: string]: unknown } = {},
) {
	const prompt = aPrompt(words);
	const response = await ask("/v1/images/generations", {
		json: { prompt, model: "imagen4-preview", webhook_url, ...more },
		headers: { prefer: "respond-async", ...headers },
	});
	const job = response.headers.get("x-job-id") ?? "";
	return { prompt, job, response, answer: await response.json<Record<string, unknown>>() };
}

async function jobAs(account: "owner" | "other", job: string) {
	return ask(`/v1/jobs/${job}`, { headers: { authorization: `Bearer test-key-of-${account}` } });
}

async function verifierOf(account: "owner" | "other"): Promise<Webhook> {
	const response = await ask("/v1/key", { headers: { authorization: `Bearer test-key-of-${account}` } });
	return new Webhook((await response.json<{ webhook_secret: string }>()).webhook_secret);
}

describe("GET /v1/key", () => {
	it("tells a key its account, its scopes and its webhooks' secret, and asks not to be stored", async () => {
		const response = await ask("/v1/key");
		expect(response.headers.get("cache-control")).toBe("no-store");
		expect(await response.json()).toEqual({
			object: "key",
			id: null,
			account: "owner",
			scopes: ["make", "read", "admin"],
			limits: null,
			left: [expect.objectContaining({ limit: "max_open_jobs" })],
			webhook_secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
		});
	});
});

describe("a job's webhook", () => {
	it.each([
		["succeeded", "sim:quick"],
		["failed", "sim:content-policy"],
	])("is told that it %s, with the job as its account sees it, signed", async (end, words) => {
		const hook = aHook();
		const { job } = await make(words, hook);
		const [notice] = await untilTold(hook);
		if (notice === undefined) throw new Error("nothing came");
		const body = JSON.stringify(notice.input);
		expect(() => new Webhook("whsec_AAAA").verify(body, notice.headers)).toThrow();
		for (const account of ["owner", "other"] as const) {
			const verifier = await verifierOf(account);
			if (account === "owner") expect(verifier.verify(body, notice.headers)).toEqual(notice.input);
			else expect(() => verifier.verify(body, notice.headers)).toThrow(/signature/);
		}
		expect(notice.headers["webhook-id"]).toBe(`msg_${job}`);
		const log = await logHas(job, "notified");
		const endedAt = log.find(({ type }) => type === end)?.at ?? 0;
		const { type, timestamp, data } = notice.input;
		expect([type, timestamp]).toEqual([`job.${end}`, new Date(endedAt).toISOString()]);
		const shown = await (await jobAs("owner", job)).json<Record<string, unknown>>();
		expect(data).toEqual({
			...shown,
			webhook: { url: hook, status: "pending", attempts: 0, last_status: null, next_attempt_at: null },
		});
		expect(shown.webhook).toEqual({
			url: hook,
			status: "delivered",
			attempts: 1,
			last_status: 204,
			next_attempt_at: null,
		});
		expect(await noticesAt(hook)).toHaveLength(1);
		expect((await jobAs("other", job)).status).toBe(404);
	});

	it("is told that it was cancelled", async () => {
		const hook = aHook();
		const { job, prompt } = await make("sim:hold", hook);
		await eventually(
			() => submitsOf(prompt),
			(submits) => submits === 1,
		);
		await (await ask(`/v1/jobs/${job}/cancel`, { method: "POST" })).body?.cancel();
		const [notice] = await untilTold(hook);
		expect(notice?.input).toMatchObject({ type: "job.cancelled", data: { status: "cancelled" } });
	});

	it.each([
		["/v1/chat/completions", { messages: [{ role: "user", content: "" }] }, "chat"],
		["/v1/responses", { input: "" }, "responses"],
		["/v1/images/tasks", { prompt: "" }, "images"],
	])("may stand in a body of %s", async (path, body, api) => {
		const hook = aHook();
		const prompt = aPrompt("sim:quick");
		const json = JSON.parse(JSON.stringify(body).replace('""', JSON.stringify(prompt)));
		const made = await ask(path, {
			json: { ...json, webhook_url: hook },
			headers: { prefer: "respond-async" },
		});
		await made.body?.cancel();
		const [notice] = await untilTold(hook);
		expect(notice?.input.data).toMatchObject({ api, request: { prompt } });
	});

	it("is called with the account's own secret", async () => {
		const hook = aHook();
		await make("sim:quick", hook, { headers: { authorization: "Bearer test-key-of-other" } });
		const [notice] = await untilTold(hook);
		const verifier = await verifierOf("other");
		expect(verifier.verify(JSON.stringify(notice?.input), notice?.headers ?? {})).toMatchObject({
			type: "job.succeeded",
		});
	});
});

describe("the rows of a job", () => {
	/** A job that fal refuses at once writes the same rows each time. */
	async function rowsWith(webhook: string | null): Promise<number> {
		const { job } = await make("sim:refused-422", webhook);
		await logHas(job, webhook === null ? "failed" : "notified");
		return runInDurableObject(stubOf(job), (instance) => instance.rowsWritten());
	}

	it("are two more with a webhook that takes the notice: its event, and the alarm behind the call", async () => {
		expect((await rowsWith(aHook())) - (await rowsWith(null))).toBe(2);
	});
});

describe("a webhook that fails", () => {
	it("is tried again when that is due, with the same id, until it takes the notice", async () => {
		const hook = aHook("?fails=2&status=503");
		const { job } = await make("sim:quick", hook);
		await untilTold(hook);
		const log = await logHas(job, "notice_failed");
		const endedAt = log.find(({ type }) => type === "succeeded")?.at ?? 0;
		expect(log.at(-1)).toMatchObject({ type: "notice_failed", status: 503, retryAt: endedAt + 5_000 });
		expect(await alarmOf(job)).toBe(endedAt + 5_000);
		const shown = await (await jobAs("owner", job)).json();
		expect(shown).toMatchObject({
			webhook: {
				status: "pending",
				attempts: 1,
				last_status: 503,
				next_attempt_at: Math.floor((endedAt + 5_000) / 1000),
			},
		});
		await age(job, 5_000);
		await runDurableObjectAlarm(stubOf(job));
		await untilTold(hook, 2);
		await age(job, 25_000);
		await runDurableObjectAlarm(stubOf(job));
		const notices = await untilTold(hook, 3);
		await logHas(job, "notified");
		expect(notices.map(({ status }) => status)).toEqual([503, 503, 204]);
		expect(new Set(notices.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([`msg_${job}`]));
		// Only the expiry is left to wait for.
		const [accepted] = await logOf(job);
		expect(await alarmOf(job)).toBe(accepted?.type === "accepted" ? accepted.expiresAt : 0);
	});

	it("gets a notice that verifies when it was down for ten minutes", async () => {
		const hook = aHook("?fails=4&status=503");
		const { job } = await make("sim:quick", hook);
		const waits = [5_000, 25_000, 90_000, 8 * MINUTE];
		for (const [tries, wait] of waits.entries()) {
			await untilTold(hook, tries + 1);
			await eventually(
				() => logOf(job),
				(log) => log.filter(({ type }) => type === "notice_failed").length === tries + 1,
			);
			await age(job, wait);
			await runDurableObjectAlarm(stubOf(job));
		}
		const notices = await untilTold(hook, waits.length + 1);
		await logHas(job, "notified");
		expect(notices.map(({ status }) => status)).toEqual([503, 503, 503, 503, 204]);
		const last = notices.at(-1);
		const verifier = await verifierOf("owner");
		expect(verifier.verify(JSON.stringify(last?.input), last?.headers ?? {})).toMatchObject({
			type: "job.succeeded",
			data: { id: `job_${job}`, status: "succeeded" },
		});
	});

	it("is not followed where it redirects to", async () => {
		const elsewhere = aHook();
		const hook = aHook(`?fails=1&status=307&location=${encodeURIComponent(elsewhere)}`);
		const { job } = await make("sim:quick", hook);
		const log = await logHas(job, "notice_failed");
		expect(log.at(-1)).toMatchObject({ status: 307 });
		expect(await noticesAt(elsewhere)).toEqual([]);
	});

	it("is left alone once it says that it is gone", async () => {
		const hook = aHook("?fails=9&status=410");
		const { job } = await make("sim:quick", hook);
		const log = await logHas(job, "notice_failed");
		expect(log.at(-1)).toMatchObject({ status: 410, retryAt: null });
		expect(await (await jobAs("owner", job)).json()).toMatchObject({ webhook: { status: "failed", last_status: 410 } });
		await age(job, 60 * MINUTE);
		await runDurableObjectAlarm(stubOf(job));
		expect(await noticesAt(hook)).toHaveLength(1);
	});

	it("is given up after a day, and its job stays", async () => {
		const hook = aHook("?fails=99&status=500");
		const { job } = await make("sim:quick", hook);
		await logHas(job, "notice_failed");
		await age(job, 24 * 60 * MINUTE);
		await runDurableObjectAlarm(stubOf(job));
		const log = await eventually(
			() => logOf(job),
			(events) => events.filter(({ type }) => type === "notice_failed").length === 2,
		);
		expect(log.at(-1)).toMatchObject({ type: "notice_failed", retryAt: null });
		expect(await (await jobAs("owner", job)).json()).toMatchObject({ status: "succeeded", webhook: { attempts: 2 } });
	});

	it("holds no answer back", async () => {
		const hook = aHook("?fails=9&status=0");
		const prompt = aPrompt("sim:quick");
		const began = Date.now();
		const answer = await ask("/v1/images/generations", {
			json: { prompt, model: "imagen4-preview", webhook_url: hook, response_format: "url" },
		});
		expect((await answer.json<{ data: object[] }>()).data).toHaveLength(1);
		expect(Date.now() - began).toBeLessThan(10_000);
	});
});

describe("an object that dies between the end and the notice", () => {
	it("tells the webhook again when its alarm fires, with the same id", async () => {
		const hook = aHook("?fails=1&status=0");
		const { job } = await make("sim:quick", hook);
		await untilTold(hook);
		// The call hangs, and nothing of it is written down. An alarm stands behind it.
		expect((await logOf(job)).at(-1)?.type).toBe("succeeded");
		const alarm = (await alarmOf(job)) ?? 0;
		expect(alarm - Date.now()).toBeLessThanOrEqual(20_000);
		expect(alarm).toBeGreaterThan(0);
		await abortAllDurableObjects();
		await runDurableObjectAlarm(stubOf(job));
		const log = await logHas(job, "notified");
		expect(log.slice(-2).map(({ type }) => type)).toEqual(["succeeded", "notified"]);
		const notices = await noticesAt(hook);
		expect(notices.map(({ status }) => status)).toEqual([0, 204]);
		expect(new Set(notices.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([`msg_${job}`]));
	});

	it("tells it if a reader is all that wakes it, since the platform forgot the alarm", async () => {
		const hook = aHook("?fails=1&status=0");
		const { job } = await make("sim:quick", hook);
		await untilTold(hook);
		await abortAllDurableObjects();
		await runInDurableObject(stubOf(job), (_, { storage }) => storage.deleteAlarm());
		await age(job, 2 * MINUTE);
		await (await jobAs("owner", job)).body?.cancel();
		expect(await alarmOf(job)).not.toBeNull();
		await runDurableObjectAlarm(stubOf(job));
		expect((await logHas(job, "notified")).at(-1)?.type).toBe("notified");
	});
});

describe("a job that is deleted", () => {
	it("tells its webhook nothing, and leaves nothing", async () => {
		const hook = aHook();
		const { job, prompt } = await make("sim:hold sim:cancel=ignored", hook);
		await eventually(
			() => submitsOf(prompt),
			(submits) => submits === 1,
		);
		await (await ask(`/v1/jobs/${job}`, { method: "DELETE" })).body?.cancel();
		await drawAllTheSame(prompt);
		await eventually(
			() => tablesOf(job),
			(tables) => tables.length === 0,
		);
		expect(await noticesAt(hook)).toEqual([]);
		expect(await alarmOf(job)).toBeNull();
	});

	it("is not kept by a webhook that hangs", async () => {
		const hook = aHook("?fails=9&status=0");
		const { job } = await make("sim:quick", hook);
		await logHas(job, "succeeded");
		const began = Date.now();
		await (await ask(`/v1/jobs/${job}`, { method: "DELETE" })).body?.cancel();
		await eventually(
			() => tablesOf(job),
			(tables) => tables.length === 0,
		);
		expect(Date.now() - began).toBeLessThan(5_000);
		expect(await listingOf(job)).toEqual([]);
	});
});

describe("joining", () => {
	it("gives a repeated request the same job, whose webhook is told once", async () => {
		const hook = aHook();
		const headers = { "idempotency-key": crypto.randomUUID() };
		const prompt = aPrompt("sim:quick");
		const post = (webhook_url: string | null) =>
			ask("/v1/images/tasks", { json: { prompt, model: "imagen4-preview", webhook_url }, headers });
		const first = await post(hook);
		const again = await post(hook);
		expect(again.headers.get("x-job-id")).toBe(first.headers.get("x-job-id"));
		// Another address would never be told, and none at all is another wish.
		for (const other of [aHook(), null]) expect((await post(other)).status).toBe(422);
		await untilTold(hook);
		await logHas(first.headers.get("x-job-id") ?? "", "notified");
		expect(await noticesAt(hook)).toHaveLength(1);
		expect(await submitsOf(prompt)).toBe(1);
	});
});

describe("a webhook_url that may not be called", () => {
	it.each([
		"http://client.example.com/",
		"https://127.0.0.1/",
		"https://[::1]/",
		"https://2130706433/",
		"https://me:secret@client.example.com/",
		"https://metadata.google.internal/",
		"not an address",
		42,
		["https://client.example.com/"],
		`https://client.example.com/${"x".repeat(2_048)}`,
	])("is a 400 on that field, before anything is sent or made: %j", async (webhook_url) => {
		for (const [path, body] of [
			["/v1/images/generations", (said: string) => ({ prompt: said })],
			["/v1/images/generations/async", (said: string) => ({ prompt: said })],
			["/v1/chat/completions", (said: string) => ({ messages: [{ role: "user", content: said }] })],
			["/v1/responses", (said: string) => ({ input: said })],
		] as const) {
			const prompt = aPrompt("sim:quick");
			const response = await ask(path, { json: { ...body(prompt), webhook_url } });
			const text = await response.text();
			expect([response.status, JSON.parse(text)]).toMatchObject([
				400,
				{ error: { code: "invalid_value", param: "webhook_url" } },
			]);
			expect(text).not.toContain("secret");
			expect(response.headers.has("x-job-id")).toBe(false);
			expect(await submitsOf(prompt)).toBe(0);
		}
	});

	it.each([null, ""])("is none if it is %j", async (webhook_url) => {
		const response = await ask("/v1/images/tasks", { json: { prompt: aPrompt("sim:hold"), webhook_url } });
		expect(response.status).toBe(202);
		const job = response.headers.get("x-job-id") ?? "";
		expect(await (await jobAs("owner", job)).json()).toMatchObject({ webhook: null });
	});
});

it("the log of a fault never has the address", async () => {
	const { error, warn, log } = console;
	const lines: unknown[] = [];
	for (const name of ["error", "warn", "log"] as const) console[name] = (...line) => void lines.push(line);
	try {
		const hook = aHook("?fails=1&status=500&token=private-token");
		const { job } = await make("sim:quick", hook);
		await logHas(job, "notice_failed");
	} finally {
		Object.assign(console, { error, warn, log });
	}
	expect(JSON.stringify(lines)).not.toContain("private-token");
	expect(JSON.stringify(lines)).not.toContain("client.example.com");
});

describe("the webhook of an issued key", () => {
	async function issueWith(webhook_url: string | null) {
		const issued = await ask("/v1/keys", { json: { account: "other", webhook_url } });
		const { id, key } = await issued.json<{ id: string; key: string }>();
		return { id, headers: { authorization: `Bearer ${key}` } };
	}

	it("is told of each job of the key that names none, signed for its account", async () => {
		const hook = aHook();
		const { headers } = await issueWith(hook);
		const { job } = await make("sim:quick", null, { headers });
		const [notice] = await untilTold(hook);
		expect(notice?.input).toMatchObject({ type: "job.succeeded", data: { id: `job_${job}`, webhook: { url: hook } } });
		const verifier = await verifierOf("other");
		expect(verifier.verify(JSON.stringify(notice?.input), notice?.headers ?? {})).toMatchObject({
			data: { id: `job_${job}` },
		});
		expect((await jobAs("other", job)).status).toBe(200);
	});

	it("is not told of a job that names its own, and of none of another key", async () => {
		const [hook, own] = [aHook(), aHook()];
		const { headers } = await issueWith(hook);
		const { job } = await make("sim:quick", own, { headers });
		await untilTold(own);
		await logHas(job, "notified");
		const plain = await make("sim:quick", null, { headers: { authorization: "Bearer test-key-of-other" } });
		await logHas(plain.job, "succeeded");
		expect(await (await jobAs("other", plain.job)).json()).toMatchObject({ webhook: null });
		expect(await noticesAt(hook)).toEqual([]);
	});

	it("is of the jobs from then on, when it is changed or taken away", async () => {
		const [first, second] = [aHook(), aHook()];
		const { id, headers } = await issueWith(first);
		await ask(`/v1/keys/${id}`, { method: "PATCH", body: JSON.stringify({ webhook_url: second }) });
		expect(await (await ask(`/v1/keys/${id}`)).json()).toMatchObject({ webhook_url: second });
		await make("sim:quick", null, { headers });
		await untilTold(second);
		await ask(`/v1/keys/${id}`, { method: "PATCH", body: JSON.stringify({ webhook_url: null }) });
		const { job } = await make("sim:quick", null, { headers });
		await logHas(job, "succeeded");
		expect(await (await jobAs("other", job)).json()).toMatchObject({ webhook: null });
		expect(await noticesAt(first)).toEqual([]);
		expect(await noticesAt(second)).toHaveLength(1);
	});

	it("has to be one that may be called", async () => {
		for (const webhook_url of ["http://client.example.com/", "https://10.0.0.1/", "ftp://client.example.com/", 7]) {
			const refused = await ask("/v1/keys", { json: { webhook_url } });
			expect([refused.status, await refused.json()]).toMatchObject([400, { error: { param: "webhook_url" } }]);
		}
	});
});

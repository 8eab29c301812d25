/** From a setting to what a client and fal see of it, and what makes two requests equal. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { makeRequest } from "../../test/support/make.ts";
import { aPrompt, eventually, queueCalls, submitsOf } from "../../test/support/workerd/gateway.ts";
import { logOf, newId } from "../../test/support/workerd/job-of.ts";
import { makeConfig } from "../../test/support/workerd/make-config.ts";
import { makeContext } from "../../test/support/workerd/make-context.ts";
import type { Env } from "../env.ts";
import { createLinks } from "../media/links.ts";
import { handle } from "../router.ts";
import { type Start, startJob } from "./start.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Sends a request to a Worker with these settings. */
async function send<Body>(settings: Partial<Env>, path: string, json?: object, headers: Record<string, string> = {}) {
	const request = new Request(`https://gateway.test${path}`, {
		...(json === undefined ? {} : { method: "POST", body: JSON.stringify(json) }),
		headers: { authorization: "Bearer test-key-of-owner", ...headers },
	});
	const ctx = createExecutionContext();
	const response = await handle(request, { ...env, ...settings }, ctx);
	const body = await response.json<Body>();
	await waitOnExecutionContext(ctx);
	return { response, body };
}

interface JobView {
	readonly created_at: number;
	readonly deadline_at: number;
	readonly expires_at: number;
	readonly status: string;
	readonly error: { readonly code: string } | null;
}

interface Drawn {
	readonly data: readonly { readonly url: string }[];
}

/** Makes a job under these settings, and shows it as soon as it is accepted. */
async function makeJob(settings: Partial<Env>, words: string) {
	const prompt = aPrompt(words);
	const { response, body } = await send<JobView>(
		settings,
		"/v1/images/generations",
		{ prompt },
		{ prefer: "respond-async" },
	);
	expect(response.status).toBe(202);
	return { prompt, id: response.headers.get("x-job-id") ?? "", view: body };
}

describe("MODELS", () => {
	it.each([
		["imagen4-preview", 404, 1],
		["imagen4-preview,nano-banana-2", 200, 2],
	])("set to %s says whether a successor goes on: %i", async (MODELS, status, submits) => {
		const prompt = aPrompt("sim:model-retired sim:quick sim:submit=410");
		const { response, body } = await send<object>({ MODELS }, "/v1/images/generations", {
			prompt,
			response_format: "url",
		});
		expect([response.status, await submitsOf(prompt)]).toEqual([status, submits]);
		const message = "fal says: This model was retired. Its successor 'nano-banana-2' is not offered here.";
		expect(body).toMatchObject(
			status === 200 ? { model: "nano-banana-2" } : { error: { code: "model_not_found", param: "model", message } },
		);
	});
});

describe("RETENTION_DAYS", () => {
	it.each<readonly [days: string | undefined, seconds: number, spread: number]>([
		["0.5", 12 * HOUR, 0],
		["1", DAY, 0],
		["2", 2 * DAY, 6 * HOUR],
		["90", 90 * DAY, 6 * HOUR],
		[undefined, 30 * DAY, 6 * HOUR],
	])("of %s is when a job and its links end", async (days, seconds, spread) => {
		const settings = days === undefined ? {} : { RETENTION_DAYS: days };
		const { view } = await makeJob(settings, "sim:hold");
		// Both times are cut to whole seconds.
		expect(Math.abs(view.expires_at - view.created_at - seconds)).toBeLessThanOrEqual(spread + 1);

		const drawn = await send<Drawn>(settings, "/v1/images/generations", {
			prompt: aPrompt("sim:quick"),
			response_format: "url",
		});
		const { data } = drawn.body;
		const job = drawn.response.headers.get("x-job-id") ?? "";
		const { body } = await send<JobView>({}, `/v1/jobs/${job}`);
		const url = new URL(data[0]?.url ?? "");
		expect(Number(url.searchParams.get("exp"))).toBe(body.expires_at);
		expect(url.pathname).toBe(`/images/${job}/0.png`);
	});
});

describe("JOB_DEADLINE_SECONDS", () => {
	it.each<readonly [deadline: string | undefined, seconds: number]>([
		["60", 60],
		["86400", 86_400],
		[undefined, 900],
	])("of %s is when a job is given up, and how long fal may wait with its start", async (deadline, seconds) => {
		const { prompt, view } = await makeJob(
			deadline === undefined ? {} : { JOB_DEADLINE_SECONDS: deadline },
			"sim:hold",
		);
		expect(Math.abs(view.deadline_at - view.created_at - seconds)).toBeLessThanOrEqual(1);
		const [submit] = await eventually(
			() => queueCalls(prompt),
			(calls) => calls.length > 0,
		);
		expect(submit?.headers["x-fal-request-start-timeout"]).toBe(String(seconds));
	});

	it("of 1 ends a job in a second", async () => {
		const { prompt, id, view } = await makeJob({ JOB_DEADLINE_SECONDS: "1" }, "sim:never-finishes");
		expect(view.deadline_at - view.created_at).toBeLessThanOrEqual(2);
		const { body } = await eventually(
			() => send<JobView>({}, `/v1/jobs/${id}`),
			({ body: seen }) => seen.status === "failed",
		);
		expect(body.error?.code).toBe("deadline_exceeded");
		expect((await queueCalls(prompt)).filter(({ method }) => method === "PUT")).toHaveLength(1);
	});
});

describe("PUBLIC_URL", () => {
	it("is the base of links and of the webhook's address, which holds the job's MAC", async () => {
		const settings = { PUBLIC_URL: "https://pictures.example/" };
		const prompt = aPrompt("sim:quick");
		const { response, body } = await send<Drawn>(settings, "/v1/images/generations", {
			prompt,
			response_format: "url",
		});
		const job = response.headers.get("x-job-id") ?? "";
		expect(body.data[0]?.url).toMatch(/^https:\/\/pictures\.example\/images\//);
		const [submit] = await queueCalls(prompt);
		const webhook = new URL(submit?.path ?? "", "https://fal.test").searchParams.get("fal_webhook");
		expect(webhook).toBe(`https://pictures.example${await createLinks(makeConfig()).webhookPath(job, 0)}`);
	});
});

describe("PROGRESS", () => {
	it.each(["reasoning", "content", "off"] as const)("of %s is kept in the job's log", async (PROGRESS) => {
		const { id } = await makeJob({ PROGRESS }, "sim:hold");
		expect((await logOf(id))[0]).toMatchObject({ rendering: { progress: PROGRESS } });
	});
});

describe("equal requests", () => {
	function aStart(prompt: string, overrides: Partial<Start["terms"]> = {}): Start {
		return {
			id: newId(),
			request: makeRequest({ prompt }),
			rendering: { api: "images", model: "imagen4-preview", includeUsage: false, responseFormat: "url" },
			written: prompt,
			language: "en",
			terms: {
				route: "/v1/images/generations",
				idempotencyKey: null,
				retried: true,
				cancelOnDisconnect: false,
				webhookOrigin: null,
				...overrides,
			},
			traits: null,
			clientWebhook: null,
			watched: false,
		};
	}
	async function idOf(start: Start): Promise<string> {
		const started = await startJob(makeContext(), start);
		return started.ok ? started.value.id : started.error.kind;
	}

	it("have one route: the same body and the same form of answer at another one are another request", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await idOf(aStart(prompt));
		expect(await idOf(aStart(prompt))).toBe(first);
		expect(await idOf(aStart(prompt, { route: "/v1/images/edits" }))).not.toBe(first);
	});

	it("have one form of answer", async () => {
		const prompt = aPrompt("sim:hold");
		const { rendering, ...start } = aStart(prompt);
		const first = await idOf({ ...start, rendering });
		const other = { ...start, id: newId(), rendering: { ...rendering, responseFormat: "both" as const } };
		expect(await idOf(other)).not.toBe(first);
	});

	it("need not agree about what happens when their client leaves, nor about the webhook", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await idOf(aStart(prompt));
		expect(await idOf(aStart(prompt, { cancelOnDisconnect: true, webhookOrigin: "https://other.test" }))).toBe(first);
	});
});

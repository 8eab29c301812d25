/** Runs whole jobs against each odd answer that the simulator knows. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import { aPrompt, ask, eventually, queueCalls, streamChat, submitsOf } from "../../test/support/workerd/gateway.ts";
import { logOf, stubOf } from "../../test/support/workerd/job-of.ts";

const NO_WEBHOOK = "http://localhost:8787";

/** Asks for pictures and waits for the whole answer. */
async function draw(prompt: string, { n = 1, origin = "", model = "imagen4-preview" } = {}) {
	const response = await ask(`${origin}/v1/images/generations`, { json: { prompt, model, n, response_format: "url" } });
	const job = response.headers.get("x-job-id") ?? "";
	const body: {
		data?: { url: string }[];
		error?: { code: string; message: string };
		model?: string;
	} = await response.json();
	return { status: response.status, job, body, retry: response.headers.get("x-should-retry") };
}

async function resultGets(prompt: string): Promise<number> {
	const calls = await queueCalls(prompt);
	return calls.filter(({ method, path }) => method === "GET" && !/\/status(?:\/stream)?(?:\?|$)/.test(path)).length;
}

describe.concurrent("a job goes on to its picture", () => {
	it.each([
		["result-page", 2],
		["result-empty", 2],
		["result-in-progress", 2],
		["result-queue-status", 2],
		["result-401", 2],
		["result-429", 2],
		["result-502", 2],
	])("though its result, at the first GET, is odd: %s", async (scenario, gets) => {
		const prompt = aPrompt(`sim:${scenario}`);
		const { status, body } = await draw(prompt);
		expect(body.error).toBeUndefined();
		expect(status).toBe(200);
		expect(await resultGets(prompt)).toBe(gets);
		expect(await submitsOf(prompt)).toBe(1);
	});

	it.each(["page-image", "json-image", "words-image", "moved-image"])(
		"though its file, at first, is none: %s",
		async (scenario) => {
			const { body, job } = await draw(aPrompt(`sim:${scenario}`));
			const [, file = ""] = /\/([^/?]+)\?/.exec(body.data?.[0]?.url ?? "") ?? [];
			expect(file).toBe("0.png");
			expect((await logOf(job)).filter(({ type }) => type === "image_lost")).toEqual([]);
		},
	);

	it.each([
		...["shape-image-beside-none", "shape-urls", "shape-object", "shape-image", "shape-image-url", "shape-output"],
		...["shape-edited", "base64-image"],
	])("in any shape of its result: %s", async (scenario) => {
		const { body } = await draw(aPrompt(`sim:${scenario}`));
		expect(body.data?.[0]?.url).toContain("/0.png?");
	});

	it("with its colours, if it is an SVG that nobody escaped", async () => {
		const { body } = await draw(aPrompt("sim:svg-inline"));
		const picture = await ask(body.data?.[0]?.url ?? "");
		expect(await picture.text()).toMatch(/^<svg .*fill="#f00"\/><\/svg>$/);
	});

	it.each(["status-401", "status-404", "status-failed", "status-lower", "status-long"])(
		"though its status cannot be read: %s",
		async (scenario) => {
			const prompt = aPrompt(`sim:${scenario}`);
			const { status } = await draw(prompt, { origin: NO_WEBHOOK });
			expect(status).toBe(200);
			expect(await resultGets(prompt)).toBeLessThanOrEqual(2);
		},
	);

	it("with its model's successor, if fal has retired the model", async () => {
		const { body } = await draw(aPrompt("sim:model-retired sim:quick sim:submit=410"));
		expect(body.model).toBe("nano-banana-2");
	});

	it("after the time that fal asks it to wait", async () => {
		const prompt = aPrompt("sim:retry-after sim:queue=0 sim:run-ms=50");
		const { job, status } = await draw(prompt);
		expect(status).toBe(200);
		const log = await logOf(job);
		const at = (type: string) => log.filter((event) => event.type === type).map((event) => event.at);
		expect((at("submitting")[1] ?? 0) - (at("refused")[0] ?? 0)).toBeGreaterThanOrEqual(2_900);
	});

	it("after a proxy's page at its submits", async () => {
		const prompt = aPrompt("sim:proxy-page sim:queue=0 sim:run-ms=50");
		expect((await draw(prompt)).status).toBe(200);
		expect(await submitsOf(prompt)).toBe(3);
	});
});

const BLOCKED = "The picture was blocked by the model's content policy. Try another prompt.";

describe.concurrent("a job ends soon, with fal's words", () => {
	it.each<readonly [scenario: string, status: number, code: string, message: string]>([
		["legal-reasons", 400, "invalid_input", "Not available in your country"],
		["refused-list", 400, "invalid_input", "prompt is too long"],
		["refused-object", 400, "invalid_input", "prompt is too long"],
		["refused-message", 400, "invalid_input", "prompt is too long"],
		["flagged", 422, "upstream_failed", "Your prompt was flagged"],
		["flagged-list", 422, "upstream_failed", "Your prompt was flagged"],
		["told-500", 422, "upstream_failed", "fal answered 500."],
		["webhook-unexplained", 422, "upstream_failed", "fal answered 500."],
		["model-refuses", 422, "no_media_generated", "I cannot create that because it is not allowed."],
		["detail-only", 422, "no_media_generated", "Content flagged by the model"],
		["flags-only", 400, "moderation_blocked", BLOCKED],
		["big-failure", 400, "invalid_input", "fal answered 422."],
		["moved-to-http", 422, "storing_failed", "could not be fetched from fal"],
		["moved-inside", 422, "storing_failed", "could not be fetched from fal"],
		["inside-address", 422, "storing_failed", "could not be fetched from fal"],
		["address-with-key", 422, "storing_failed", "could not be fetched from fal"],
	])("%s: %i %s", async (scenario, status, code, message) => {
		const prompt = aPrompt(`sim:${scenario}`);
		const answer = await draw(prompt);
		expect(answer.status).toBe(status);
		expect(answer.body.error).toMatchObject({ code, message: expect.stringContaining(message) });
		expect(answer.retry).toBe("false");
		expect(await submitsOf(prompt)).toBe(1);
		// On a slow machine the webhook comes while the follower asks.
		expect(await resultGets(prompt)).toBeLessThanOrEqual(2);
	});

	it.each<readonly [scenario: string, status: number, code: string, message: string]>([
		["payment-required", 429, "insufficient_quota", "top it up at fal.ai"],
		["account-locked", 403, "upstream_account_locked", "Reason: Admin lock. Please contact support@fal.ai"],
		["app-forbidden", 403, "upstream_permission_missing", 'Cannot access application "x"'],
		["key-refused", 403, "upstream_key_refused", "must set a valid FAL_API_KEY"],
	])("%s, of each account: %i %s", async (scenario, status, code, message) => {
		const prompt = aPrompt(`sim:${scenario}`);
		const answer = await draw(prompt);
		expect(answer.status).toBe(status);
		expect(answer.body.error).toMatchObject({ code, message: expect.stringContaining(message) });
		expect(answer.body.error?.message).toContain("No fal account of this gateway takes the request.");
		expect(answer.retry).toBe("false");
		expect(await submitsOf(prompt)).toBe(2);
	});

	it("path-unknown: 404 with what fal says, where there is no successor", async () => {
		const { body, status } = await draw(aPrompt("sim:path-unknown"), { model: "fal-ai/flux/dev" });
		expect([status, body.error?.message]).toEqual([404, "fal says: Path /quality not found"]);
	});

	it.each(["refused-leaky", "leaky-failure"])("without what must not be shown: %s", async (scenario) => {
		const prompt = aPrompt(`sim:${scenario}`);
		const { body, job } = await draw(prompt);
		const shown = JSON.stringify([body, await (await ask(`/v1/jobs/job_${job}`)).json()]);
		const { message = "" } = body.error ?? {};
		expect(message).toMatch(/^fal says: .*refused/);
		for (const secret of ["0123456789abcdef0123", "fal.media", "eyJ", "iVBOR", "token=", "test-id", "test-secret"])
			expect(shown).not.toContain(secret);
		expect(message).not.toContain(prompt.slice(0, 20));
	});

	it("keeps the addresses of what it cannot read", async () => {
		const { body, job } = await draw(aPrompt("sim:film"));
		expect(body.error).toMatchObject({ code: "upstream_failed", message: expect.stringContaining("`result_urls`") });
		const shown = await (await ask(`/v1/jobs/job_${job}`)).json();
		expect(shown).toMatchObject({ status: "failed", result_urls: [expect.stringMatching(/^https:.*\.mp4/)] });
		const events = await (await ask(`/v1/jobs/job_${job}/events`)).text();
		expect(events).toContain('"type":"addresses_kept","addresses":1');
		expect(events).not.toContain(".mp4");
	});
});

it("a model's log lines reach a client clean", async () => {
	const response = await streamChat(aPrompt("sim:odd-logs"));
	await response.text();
	const text = await (await ask(`/v1/jobs/${response.headers.get("x-job-id")}/events`)).text();
	expect(text).toContain("green");
	for (const odd of ["\\u001b", "\\u0000", "\\r", "evil.example", "<img"]) expect(text).not.toContain(odd);
});

describe("time that passes for a job, and not for the platform", () => {
	/** Lets the job's clock run ahead, and its alarm fire. */
	async function later(job: string, ms: number) {
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
		try {
			await runDurableObjectAlarm(stubOf(job));
			return await eventually(
				() => logOf(job),
				(log) => log.some(({ type }) => type === "succeeded" || type === "failed"),
			);
		} finally {
			vi.useRealTimers();
		}
	}
	/** Begins a whole answer, and waits until its job's log has an event of a type. */
	async function begin(prompt: string, n: number, type: string) {
		const answer = draw(prompt, { n });
		const accepted = await eventually(
			async () =>
				(await (await ask("/v1/jobs?limit=5")).json<{ data: { id: string; request: { prompt: string } }[] }>()).data,
			(jobs) => jobs.some((job) => job.request.prompt === prompt),
		);
		const job = accepted.find(({ request }) => request.prompt === prompt)?.id.replace("job_", "") ?? "";
		await eventually(
			() => logOf(job),
			(log) => log.some((event) => event.type === type),
		);
		return { answer, job };
	}

	it("sends a whole answer after a minute without the one bad file of two, which comes late", async () => {
		const { answer, job } = await begin(aPrompt("sim:one-forbidden"), 2, "image");
		const log = await later(job, 75_000);
		expect(log.map(({ type }) => type).slice(-3)).toEqual(["generated", "image", "succeeded"]);
		const { status, body } = await answer;
		expect([status, body.data?.length]).toEqual([200, 1]);
		const shown = await (await ask(`/v1/jobs/job_${job}`)).json();
		expect(shown).toMatchObject({ status: "succeeded", images: [{ late: false }], images_pending: 1 });
	});

	it("gives a result that says nothing up after minutes, and says `storing` until then", async () => {
		const { answer, job } = await begin(aPrompt("sim:wordless-500 sim:webhook=never"), 1, "result_unavailable");
		expect(await (await ask(`/v1/jobs/job_${job}`)).json()).toMatchObject({ status: "storing" });
		const log = await later(job, 310_000);
		expect(log.at(-1)).toMatchObject({ type: "failed", error: { code: "upstream_failed" } });
		expect((await answer).body.error?.message).toBe(
			"fal finished, but its result could not be fetched. fal answered 500.",
		);
	});
});

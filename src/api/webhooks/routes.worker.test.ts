import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { signWebhook } from "../../../sim/keys.ts";
import {
	aPrompt,
	ask,
	type Call,
	chunksOf,
	contentOf,
	eventually,
	queueCalls,
	streamChat,
} from "../../../test/support/workerd/gateway.ts";
import { logOf } from "../../../test/support/workerd/job-of.ts";

/** Makes a job that waits in fal's queue, and reads the address that it gave to fal. */
async function waitingJob(words = "sim:hold sim:webhook=never") {
	const prompt = aPrompt(words);
	const response = await streamChat(prompt);
	const job = response.headers.get("x-job-id") ?? "";
	const [submit] = await eventually(
		() => queueCalls(prompt),
		(calls) => calls.some(({ requestId }) => requestId !== null),
	);
	// The first row is the intent, the second fal's answer.
	await eventually(
		() => logLength(job),
		(rows) => rows >= 2,
	);
	return { prompt, response, job, requestId: submit?.requestId ?? "", webhook: webhookOf(submit) };
}

function webhookOf(submit: Call | undefined): string {
	return new URL(submit?.path ?? "", "https://fal.test").searchParams.get("fal_webhook") ?? "";
}

function okBody(requestId: string, url = "https://fal.test/files/none.png") {
	return JSON.stringify({
		request_id: requestId,
		gateway_request_id: requestId,
		status: "OK",
		payload: { images: [{ url }] },
	});
}

function logLength(job: string): Promise<number> {
	return runInDurableObject(env.JOB.get(env.JOB.idFromString(job)), (_, { storage }) =>
		Number(storage.sql.exec("SELECT count(*) AS n FROM log").one().n),
	);
}

function sign(requestId: string, body: string, { ageSeconds = 0, forged = false } = {}) {
	return signWebhook({
		requestId,
		userId: "user-1",
		timestamp: Math.floor(Date.now() / 1000) - ageSeconds,
		body,
		forged,
	});
}

async function post(url: string, requestId: string, body: string, headers?: Record<string, string>) {
	return ask(url, { method: "POST", body, headers: headers ?? (await sign(requestId, body)) });
}

describe("fal's webhook", () => {
	it("is refused and changes nothing, unless our MAC, fal's signature and the request's id all fit", async () => {
		const { response, job, requestId, webhook } = await waitingJob();
		const other = await waitingJob();
		const before = await logLength(job);
		const body = okBody(requestId);
		const refused = [
			post(`${webhook.slice(0, -2)}AA`, requestId, body),
			post(webhook.replace(job, other.job), requestId, body),
			post(webhook, requestId, body, {}),
			post(webhook, requestId, body, await sign(requestId, body, { forged: true })),
			post(webhook, requestId, body, await sign(requestId, body, { ageSeconds: 301 })),
			post(webhook, requestId, body, await sign(requestId, `${body} `)),
			post(webhook, other.requestId, okBody(other.requestId)),
		];
		for (const answer of await Promise.all(refused)) {
			expect(answer.status).toBe(401);
			expect(await answer.json()).toMatchObject({ error: { type: "authentication_error" } });
		}
		expect(await logLength(job)).toBe(before);
		await response.body?.cancel();
		await other.response.body?.cancel();
	});

	it("is a 400 and changes nothing if it is signed but is no webhook", async () => {
		const { response, job, requestId, webhook } = await waitingJob();
		const before = await logLength(job);
		expect((await post(webhook, requestId, '{"hello":1}')).status).toBe(400);
		expect(await logLength(job)).toBe(before);
		await response.body?.cancel();
	});

	it("makes the job fetch its result if its body is too large to parse", async () => {
		const { prompt, response, requestId, webhook } = await waitingJob(
			"sim:hold sim:webhook=never sim:stream=500 sim:status=500",
		);
		await fetch(`https://fal.test/sim/requests/${requestId}/finish`, { method: "POST", body: "{}" });
		const body = okBody(requestId, `data:image/png;base64,${"A".repeat(1_100_000)}`);
		expect((await post(webhook, requestId, body)).status).toBe(200);
		expect(contentOf(await Array.fromAsync(chunksOf(response)))).toContain("![Generated Image]");
		expect((await queueCalls(prompt)).some(({ method, path }) => method === "GET" && path.endsWith(requestId))).toBe(
			true,
		);
	});

	it("is to come again until the result of a job that has ended can be fetched", async () => {
		const { response, job, requestId, webhook } = await waitingJob(
			"sim:hold sim:webhook=never sim:cancel=ignored sim:result=500 sim:result-faults=1",
		);
		await ask(`/v1/jobs/${job}/cancel`, { method: "POST" });
		await Array.fromAsync(chunksOf(response));
		await fetch(`https://fal.test/sim/requests/${requestId}/finish`, { method: "POST", body: "{}" });
		const body = JSON.stringify({ request_id: requestId, gateway_request_id: requestId, status: "OK", payload: null });
		const first = await post(webhook, requestId, body);
		expect([first.status, await first.json()]).toMatchObject([503, { error: { code: "result_unavailable" } }]);
		expect((await post(webhook, requestId, body)).status).toBe(200);
		const log = await eventually(
			() => logOf(job),
			(events) => events.at(-1)?.type === "late_image",
		);
		expect(log.map(({ type }) => type).slice(-3)).toEqual(["cancelled", "generated", "late_image"]);
	});

	it("ends the job with a failure, without fal's echo of the input", async () => {
		const { response, requestId, webhook } = await waitingJob();
		const body = JSON.stringify({
			request_id: requestId,
			gateway_request_id: requestId,
			status: "ERROR",
			error: "Invalid status code: 422",
			payload: {
				detail: [{ loc: ["body", "prompt"], msg: "flagged", type: "content_policy_violation", input: "SECRET PROMPT" }],
			},
		});
		expect((await post(webhook, requestId, body)).status).toBe(200);
		const chunks = await Array.fromAsync(chunksOf(response));
		expect(chunks.at(-1)?.error?.code).toBe("moderation_blocked");
		expect(JSON.stringify(chunks)).not.toContain("SECRET");
	});
});

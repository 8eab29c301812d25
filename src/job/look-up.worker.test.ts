import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import {
	aPrompt,
	ask,
	type Call,
	type Chunk,
	chunksOf,
	contentOf,
	eventually,
	queueCalls,
	sim,
	submitsOf,
} from "../../test/support/workerd/gateway.ts";
import { advance, logOf, requestIdOf, stubOf } from "../../test/support/workerd/job-of.ts";
import type { JobEvent } from "../core/events.ts";

/** A submit whose object dies before the answer is looked up in fal's list of requests. */

const HOOKED = "https://gateway.example";
const UNHOOKED = "http://localhost:8787";
/** fal has the request and does nothing by itself; its webhook never comes. */
const SILENT = "sim:hold sim:answer-hangs sim:webhook=never";

afterEach(async () => {
	await sim("/scenario", { method: "DELETE" });
});

/** A job that fal has, whose object dies before the submit's answer. */
async function loseAnswer(prompt: string, origin = HOOKED, more: object = {}) {
	const response = await ask(`${origin}/v1/chat/completions`, {
		json: { model: "imagen4-preview", stream: true, messages: [{ role: "user", content: prompt }], ...more },
	});
	const job = response.headers.get("x-job-id") ?? "";
	const chunks: Chunk[] = [];
	const ended = (async () => {
		for await (const chunk of chunksOf(response)) chunks.push(chunk);
	})();
	const requestId = await requestIdOf(prompt);
	await abortAllDurableObjects();
	return { job, requestId, chunks, ended };
}

/** Waits for an event of this type, and returns the log up to it. */
async function logUntil(job: string, type: JobEvent["type"]): Promise<readonly JobEvent[]> {
	const has = (event: JobEvent) => event.type === type;
	const log = await eventually(
		() => logOf(job).catch(() => []),
		(events) => events.some(has),
	);
	return log.slice(0, log.findIndex(has) + 1);
}

/** The questions to fal's list about this job: it alone was submitted at that very moment. */
async function looksFor(job: string): Promise<number> {
	const submitting = (await logOf(job)).find(({ type }) => type === "submitting");
	const start = encodeURIComponent(new Date((submitting?.at ?? 0) - 300_000).toISOString());
	const calls: readonly Call[] = await (await sim("/calls")).json();
	return calls.filter(({ path }) => path.includes("/requests/by-endpoint?") && path.includes(`start=${start}`)).length;
}

/** As if all that the job has written had been written so long before. */
async function age(job: string, ms: number): Promise<void> {
	await runInDurableObject(stubOf(job), (_, { storage }) => {
		const rows = storage.sql.exec<{ seq: number; events: string }>("SELECT seq, events FROM log").toArray();
		for (const { seq, events } of rows) {
			const older = events.replace(
				/"(at|settleBy|lookUpAt)":(\d+)/g,
				(_all, name, at) => `"${name}":${Number(at) - ms}`,
			);
			storage.sql.exec("UPDATE log SET events = ? WHERE seq = ?", older, seq);
		}
	});
	await evictDurableObject(stubOf(job));
}

describe.each([
	["with a webhook that is lost", HOOKED],
	["without a webhook", UNHOOKED],
])("a submit %s", (_, origin) => {
	it("is found, and its picture delivered", async () => {
		const prompt = aPrompt(SILENT);
		const { job, requestId, chunks, ended } = await loseAnswer(prompt, origin);
		const log = await logUntil(job, "submitted");
		expect(log.map(({ type }) => type)).toEqual(["accepted", "submitting", "answer_lost", "submitted"]);
		expect(log.at(-1)).toMatchObject({ requestId, statusUrl: null, position: null });
		expect(await looksFor(job)).toBe(1);

		await advance(prompt, "COMPLETED");
		await ended;
		expect(contentOf(chunks).match(/!\[Generated Image\]/g)).toHaveLength(1);
		expect(await submitsOf(prompt)).toBe(1);
		const view = await (await ask(`/v1/jobs/job_${job}`)).json();
		expect(view).toMatchObject({
			status: "succeeded",
			request: { seed: null },
			fal_requests: [{ request_id: requestId }],
		});
	});

	it("is found though it is listed late", async () => {
		const { job, requestId } = await loseAnswer(aPrompt(`${SILENT} sim:listed-after-ms=2500`), origin);
		const log = await logUntil(job, "submitted");
		expect(log.map(({ type }) => type)).toEqual(["accepted", "submitting", "answer_lost", "looked_up", "submitted"]);
		expect(log.at(-1)).toMatchObject({ requestId });
		expect(await looksFor(job)).toBe(2);
	});

	it("is told from an equal one", async () => {
		const prompt = aPrompt("sim:hold sim:answer-hangs sim:webhook=never");
		const first = await loseAnswer(prompt, origin);
		await logUntil(first.job, "submitted");
		const second = await ask(`${origin}/v1/chat/completions`, {
			json: { model: "imagen4-preview", stream: true, messages: [{ role: "user", content: prompt }] },
		});
		const job = second.headers.get("x-job-id") ?? "";
		await eventually(
			() => submitsOf(prompt),
			(count) => count === 2,
		);
		await abortAllDurableObjects();
		const [one, other] = [await logUntil(first.job, "submitted"), await logUntil(job, "submitted")];
		const idsOf = (log: readonly JobEvent[]) =>
			log.flatMap((event) => (event.type === "submitted" ? event.requestId : []));
		const sent = (await queueCalls(prompt)).flatMap(({ method, requestId }) => (method === "POST" ? requestId : []));
		expect([...idsOf(one), ...idsOf(other)]).toEqual(sent);
		await second.body?.cancel();
	});

	it("fails as not sent when fal surely does not have it, and is not joined", async () => {
		const prompt = aPrompt(`${SILENT} sim:unlisted`);
		const { job, chunks, ended } = await loseAnswer(prompt, origin);
		await logUntil(job, "looked_up");
		// Another client's request, long after this one was.
		await age(job, 61_000);
		await ask("/v1/images/generations", { json: { prompt: aPrompt("sim:quick"), response_format: "url" } });
		await runDurableObjectAlarm(stubOf(job));
		await ended;
		expect(chunks.at(-1)?.error?.code).toBe("upstream_unavailable");
		expect((await logOf(job)).map(({ type }) => type)).toEqual([
			"accepted",
			"submitting",
			"answer_lost",
			"looked_up",
			"failed",
		]);
		expect(await stubOf(job).claim(true)).toBe("no");
		expect(await submitsOf(prompt)).toBe(1);
	});
});

describe("a submit whose list is forbidden", () => {
	const forbid = () => sim("/scenario", { method: "POST", body: JSON.stringify({ list: "403" }) });

	it("waits for its webhook, and the list is not asked again", async () => {
		await forbid();
		const prompt = aPrompt("sim:hold sim:answer-hangs");
		const { job, chunks, ended } = await loseAnswer(prompt);
		expect(await logUntil(job, "looked_up")).toMatchObject([{}, {}, {}, { lookUpAt: null }]);
		await runDurableObjectAlarm(stubOf(job));
		await advance(prompt, "COMPLETED");
		await ended;
		expect(contentOf(chunks)).toContain("![Generated Image]");
		expect(await looksFor(job)).toBe(1);
	});

	it("fails when no webhook can settle it, and says that it may have been billed", async () => {
		await forbid();
		const prompt = aPrompt(SILENT);
		const { job, chunks, ended } = await loseAnswer(prompt, UNHOOKED);
		await ended;
		expect(chunks.at(-1)?.error?.code).toBe("upstream_outcome_unknown");
		expect(await looksFor(job)).toBe(1);
		expect(await submitsOf(prompt)).toBe(1);
		expect(await stubOf(job).claim(true)).toBe("yes");
	});
});

describe("a submit that cannot be told from an equal one", () => {
	it.each([
		["whose seed is the client's", {}, { seed: 5 }],
		["to a model without seeds", { model: "gpt-image-1.5" }, {}],
	])("is left to its webhook: one %s", async (_, model, more) => {
		const prompt = aPrompt("sim:hold sim:answer-hangs");
		const { job, chunks, ended } = await loseAnswer(prompt, HOOKED, { ...model, ...more });
		await logUntil(job, "looked_up");
		await advance(prompt, "COMPLETED");
		await ended;
		expect(contentOf(chunks)).toContain("![Generated Image]");
		expect((await logOf(job)).map(({ type }) => type)).not.toContain("submitted");
	});
});

describe("a submit whose answer comes", () => {
	it("is not looked for, and carries a seed of its own that the job alone shows", async () => {
		const prompt = aPrompt("sim:quick");
		const response = await ask("/v1/images/generations", { json: { prompt, response_format: "url" } });
		const job = response.headers.get("x-job-id") ?? "";
		expect(await looksFor(job)).toBe(0);
		const [accepted] = await logOf(job);
		if (accepted?.type !== "accepted") throw new Error("a log begins with `accepted`");
		const { ownSeed = 0 } = accepted;
		expect(Number.isInteger(ownSeed) && ownSeed >= 1 && ownSeed < 2 ** 31).toBe(true);
		const calls: readonly { readonly input: unknown }[] = await (
			await sim(`/calls?prompt=${encodeURIComponent(prompt)}`)
		).json();
		expect(calls[0]?.input).toMatchObject({ prompt, seed: ownSeed });
		expect(await (await ask(`/v1/jobs/job_${job}`)).json()).toMatchObject({
			request: { seed: null, seed_sent: ownSeed },
		});
		const events = await (await ask(`/v1/jobs/job_${job}/events`)).text();
		expect(events).toContain('"seed":null');
		for (const text of [events, await response.text()]) expect(text).not.toContain(String(ownSeed));
	});

	it("is sent again after a refusal with the same body", async () => {
		const prompt = aPrompt("sim:quick sim:submit=503 sim:refusals=1");
		await (await ask("/v1/images/generations", { json: { prompt, response_format: "url" } })).text();
		const calls: readonly { readonly method: string; readonly input: unknown }[] = await (
			await sim(`/calls?prompt=${encodeURIComponent(prompt)}`)
		).json();
		const [first, second] = calls.filter(({ method }) => method === "POST");
		expect(first?.input).toMatchObject({ seed: expect.any(Number) });
		expect(second?.input).toEqual(first?.input);
	});

	it("is joined by a declared retry, whatever its seed", async () => {
		const prompt = aPrompt("sim:quick");
		const make = () =>
			ask("/v1/images/generations", {
				json: { prompt, response_format: "url" },
				headers: { "idempotency-key": prompt },
			});
		const [first, second] = [await make(), await make()];
		expect(second.headers.get("x-job-id")).toBe(first.headers.get("x-job-id"));
		expect(await submitsOf(prompt)).toBe(1);
	});
});

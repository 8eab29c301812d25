import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { makeAccepted, makeRequest } from "../../test/support/make.ts";
import { aPrompt, ask, eventually, queueCalls } from "../../test/support/workerd/gateway.ts";
import { listingOf, logOf, tablesOf } from "../../test/support/workerd/job-of.ts";
import { makeConfig } from "../../test/support/workerd/make-config.ts";
import type { Accepted } from "../core/events.ts";
import { createLinks } from "../media/links.ts";

/** Starts a job that nobody watches, with its own deadline and expiry. */
async function startJob(prompt: string, times: Partial<Pick<Accepted, "deadlineAt" | "expiresAt">>) {
	const admitted = await env.ACCOUNT.getByName("owner").admit({ digest: prompt, key: null, retried: false });
	if (admitted.kind !== "new") throw new Error("a prompt of its own makes a new job");
	const { id: job, listing } = admitted;
	const webhook = `https://gateway.test${await createLinks(makeConfig()).webhookPath(job, 0)}`;
	const far = Date.now() + 900_000;
	const request = makeRequest({ prompt });
	await env.JOB.get(env.JOB.idFromString(job)).start(
		makeAccepted({ listing, request, webhook, deadlineAt: far, expiresAt: far, ...times }),
		false,
	);
	return job;
}

describe("a job's deadline", () => {
	it("is told to fal with the submit, and cancels upstream and fails the job when it comes", async () => {
		const prompt = aPrompt("sim:never-finishes");
		const job = await startJob(prompt, { deadlineAt: Date.now() + 400 });
		const log = await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "failed"),
		);
		expect(log.at(-1)).toMatchObject({ type: "failed", error: { code: "deadline_exceeded" } });
		const calls = await queueCalls(prompt);
		expect(calls[0]?.headers["x-fal-request-start-timeout"]).toBe("1");
		expect(calls.filter(({ method }) => method === "PUT")).toHaveLength(1);
	});

	it("keeps a picture that still comes, as late", async () => {
		const prompt = aPrompt("sim:cancel-ignored sim:queue=0 sim:run-ms=900");
		const job = await startJob(prompt, { deadlineAt: Date.now() + 400 });
		const log = await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "late_image"),
		);
		expect(log.map(({ type }) => type).slice(-3)).toEqual(["failed", "generated", "late_image"]);
		expect((await env.IMAGES.list({ prefix: `images/${job}/` })).objects).toHaveLength(1);
	});

	it("comes too late for a result that was there before the cancellation", async () => {
		const prompt = aPrompt("sim:cancel-late sim:queue=0 sim:queue-ms=50 sim:run-ms=700 sim:webhook=never");
		const job = await startJob(prompt, { deadlineAt: Date.now() + 300 });
		const log = await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "succeeded" || type === "failed"),
		);
		expect(log.at(-1)?.type).toBe("succeeded");
	});
});

describe("a job's expiry", () => {
	it("leaves nothing in R2, in the object and in the account, and no webhook brings the job back", async () => {
		const prompt = aPrompt("sim:quick");
		const job = await startJob(prompt, { expiresAt: Date.now() + 1_500 });
		await eventually(
			() => env.IMAGES.list({ prefix: `images/${job}/` }),
			({ objects }) => objects.length === 1,
		);
		expect(await listingOf(job)).toHaveLength(1);

		await eventually(
			() => tablesOf(job),
			(left) => left.length === 0,
		);
		expect((await env.IMAGES.list({ prefix: `images/${job}/` })).objects).toEqual([]);
		expect(await listingOf(job)).toEqual([]);

		const [submit] = await queueCalls(prompt);
		const again = await fetch(`https://fal.test/sim/requests/${submit?.requestId}/webhook`, {
			method: "POST",
			body: "{}",
		});
		expect(await again.json()).toMatchObject({ status: 404 });
		expect(await tablesOf(job)).toEqual([]);
		const alarm = await runInDurableObject(env.JOB.get(env.JOB.idFromString(job)), (_, { storage }) =>
			storage.getAlarm(),
		);
		expect(alarm).toBeNull();
	});
});

describe("an object without a log", () => {
	it("answers nothing and writes nothing", async () => {
		const job = env.JOB.newUniqueId().toString();
		const stub = env.JOB.get(env.JOB.idFromString(job));
		const watching = await stub.fetch("https://job/?after=0", {
			headers: { upgrade: "websocket", "x-account": "owner" },
		});
		expect(watching.status).toBe(404);
		expect(await stub.webhook("r-1", null)).toBe("no_job");
		expect(await tablesOf(job)).toEqual([]);
	});
});

describe("a job that is running", () => {
	it("refuses a watcher of another account", async () => {
		const job = await startJob(aPrompt("sim:hold"), {});
		const stub = env.JOB.get(env.JOB.idFromString(job));
		const watching = await stub.fetch("https://job/?after=0", {
			headers: { upgrade: "websocket", "x-account": "other" },
		});
		expect(watching.status).toBe(404);
	});
});

describe("an alarm that the platform forgot", () => {
	const ages = { queued: "sim:never-starts", running: "sim:never-finishes" };

	it.each(Object.entries(ages))("is set again by the first reader of a %s job, for one row", async (_, words) => {
		const prompt = aPrompt(`${words} sim:webhook=never`);
		const job = await startJob(prompt, { deadlineAt: Date.now() + 600_000, expiresAt: Date.now() + 900_000_000 });
		await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "submitted"),
		);
		const stub = env.JOB.get(env.JOB.idFromString(job));
		// The clock of the job runs ahead of the platform's: the alarm lies in its past, and does not fire.
		await runInDurableObject(stub, (_instance, { storage }) => storage.setAlarm(Date.now() + 300_000));
		await evictDurableObject(stub);
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 7_200_000 });
		try {
			const rows = () => runInDurableObject(stub, (instance) => instance.rowsWritten());
			expect((await ask(`/v1/jobs/job_${job}`)).status).toBe(200);
			const alarm = await runInDurableObject(stub, (_instance, { storage }) => storage.getAlarm());
			expect(Math.abs((alarm ?? 0) - Date.now())).toBeLessThan(10_000);
			expect(await rows()).toBe(1);
			for (let reads = 0; reads < 3; reads += 1) await ask(`/v1/jobs/job_${job}`);
			expect(await rows()).toBe(1);
		} finally {
			vi.useRealTimers();
		}
	});

	it("costs no row as long as it is sound", async () => {
		const prompt = aPrompt("sim:never-starts sim:webhook=never");
		const job = await startJob(prompt, {});
		await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "submitted"),
		);
		const stub = env.JOB.get(env.JOB.idFromString(job));
		await evictDurableObject(stub);
		for (let reads = 0; reads < 3; reads += 1) await ask(`/v1/jobs/job_${job}`);
		expect(await runInDurableObject(stub, (instance) => instance.rowsWritten())).toBe(0);
	});
});

/** Times that are longer than a test: a job's log is made older, and its alarm runs. */
import { abortAllDurableObjects, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aPrompt, ask, chunksOf, eventually, queueCalls, sim, streamChat } from "../../test/support/workerd/gateway.ts";
import { advance, age, listingOf, logOf, requestIdOf, stubOf, tablesOf } from "../../test/support/workerd/job-of.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface JobView {
	readonly status: string;
	readonly error: { readonly code: string; readonly message: string } | null;
	readonly images: readonly { readonly url: string; readonly late: boolean }[];
}

async function viewOf(job: string): Promise<JobView> {
	return (await ask(`/v1/jobs/${job}`)).json();
}

function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

function logHas(job: string, type: string, count = 1) {
	return eventually(
		() => logOf(job),
		(log) => log.filter((event) => event.type === type).length >= count,
	);
}

async function makeJob(words: string) {
	const prompt = aPrompt(words);
	const made = await ask("/v1/images/generations", {
		json: { prompt, model: "imagen4-preview" },
		headers: { prefer: "respond-async" },
	});
	await made.text();
	return { prompt, job: jobOf(made) };
}

/** The GETs of a request's files at the simulator's CDN. */
async function getsOf(prompt: string): Promise<number> {
	const calls: readonly { path: string }[] = await (await sim(`/calls?request_id=${await requestIdOf(prompt)}`)).json();
	return calls.filter(({ path }) => path.startsWith("/files/")).length;
}

/** Lets time pass, and the alarm fire. */
async function pass(job: string, ms: number): Promise<void> {
	await age(job, ms);
	await runDurableObjectAlarm(stubOf(job));
}

describe("a picture that its CDN does not have", () => {
	it("is tried for a minute, then fails the job, and says so to its client", async () => {
		const prompt = aPrompt("sim:quick sim:image-gone");
		const response = await streamChat(prompt);
		const job = jobOf(response);
		const reading = Array.fromAsync(chunksOf(response));
		await logHas(job, "generated");
		await eventually(
			() => getsOf(prompt),
			(gets) => gets === 1,
		);
		await pass(job, 55 * SECOND);
		await eventually(
			() => getsOf(prompt),
			(gets) => gets === 2,
		);
		expect(await viewOf(job)).toMatchObject({ status: "storing", error: null });

		await pass(job, 5 * SECOND);
		await logHas(job, "failed");
		expect(await viewOf(job)).toMatchObject({
			status: "failed",
			error: { code: "storing_failed", message: "fal made the picture, but it could not be fetched from fal." },
			images: [],
		});
		expect((await reading).at(-1)?.error?.code).toBe("storing_failed");
	});
});

describe("a picture whose CDN is broken", () => {
	it("is tried for a day", async () => {
		const { prompt, job } = await makeJob("sim:quick sim:file=500 sim:file-faults=1000");
		await logHas(job, "generated");
		await pass(job, DAY - MINUTE);
		await eventually(
			() => getsOf(prompt),
			(gets) => gets >= 2,
		);
		expect((await viewOf(job)).status).toBe("storing");
		await pass(job, 2 * MINUTE);
		await logHas(job, "failed");
		expect((await viewOf(job)).error?.code).toBe("storing_failed");
	});
});

describe("a result that cannot be fetched", () => {
	it("is asked for during five minutes if fal says nothing of the job, and then given up", async () => {
		const { prompt, job } = await makeJob("sim:quick sim:result=500 sim:webhook=null-payload");
		await logHas(job, "completed");
		const asked = async () => (await queueCalls(prompt)).filter(({ path }) => /requests\/[^/]+$/.test(path)).length;
		const before = await asked();
		await pass(job, 4 * MINUTE);
		await eventually(asked, (count) => count > before);
		expect((await viewOf(job)).status).not.toBe("failed");
		await pass(job, 2 * MINUTE);
		await logHas(job, "failed");
		expect((await viewOf(job)).error).toMatchObject({
			code: "upstream_failed",
			message: expect.stringMatching(/^fal finished, but its result could not be fetched\./),
		});
	});
});

describe("a cancellation that fal does not answer", () => {
	it("is sent again, and ends the job after 30 s", async () => {
		const { prompt, job } = await makeJob("sim:hold sim:cancel=hangs");
		await logHas(job, "submitted");
		await ask(`/v1/jobs/${job}/cancel`, { method: "POST" });
		const cancels = async () => (await queueCalls(prompt)).filter(({ method }) => method === "PUT").length;
		await eventually(cancels, (count) => count === 1);

		await age(job, 25 * SECOND, abortAllDurableObjects);
		await runDurableObjectAlarm(stubOf(job));
		await eventually(cancels, (count) => count === 2);
		expect((await viewOf(job)).status).toBe("cancelling");

		await age(job, 10 * SECOND, abortAllDurableObjects);
		await runDurableObjectAlarm(stubOf(job));
		expect((await viewOf(job)).status).toBe("cancelled");
		expect(await cancels()).toBe(2);
	});
});

describe("a job's deadline of the usual length", () => {
	it("is kept by its alarm: fal is asked to stop, and the job fails", async () => {
		const { prompt, job } = await makeJob("sim:never-finishes");
		await logHas(job, "submitted");
		await pass(job, 14 * MINUTE);
		expect((await viewOf(job)).error).toBeNull();
		await pass(job, 2 * MINUTE);
		await logHas(job, "failed");
		expect((await viewOf(job)).error?.code).toBe("deadline_exceeded");
		expect((await queueCalls(prompt)).filter(({ method }) => method === "PUT")).toHaveLength(1);
	});

	it("ends a job whose submits are refused all the time", async () => {
		const { job } = await makeJob("sim:always-429");
		await logHas(job, "refused");
		await pass(job, 16 * MINUTE);
		await logHas(job, "failed");
		expect((await viewOf(job)).error?.code).toMatch(/deadline_exceeded|rate_limit_exceeded/);
	});
});

describe("a job of a month ago", () => {
	it("is erased with its pictures, and its links are dead", async () => {
		const { prompt, job } = await makeJob("sim:hold");
		await advance(prompt, "COMPLETED");
		await logHas(job, "succeeded");
		const [{ url } = { url: "" }] = (await viewOf(job)).images;
		expect((await ask(url)).status).toBe(200);
		await pass(job, 29 * DAY);
		expect((await viewOf(job)).status).toBe("succeeded");
		await pass(job, 2 * DAY);
		await eventually(
			() => tablesOf(job),
			(tables) => tables.length === 0,
		);
		expect((await env.IMAGES.list({ prefix: `images/${job}/` })).objects).toEqual([]);
		expect(await listingOf(job)).toEqual([]);
		expect((await ask(url)).status).toBe(404);
	});
});

/** DELETE at each moment of a job's life: under a stream, while a result is fetched, while pictures are stored. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aPrompt, ask, eventually, queueCalls, sim, streamChat } from "../../test/support/workerd/gateway.ts";
import {
	advance,
	listingOf,
	logOf,
	overrideEnv,
	requestIdOf,
	stubOf,
	tablesOf,
	watchersOf,
} from "../../test/support/workerd/job-of.ts";
import { observed } from "../../test/support/workerd/observed.ts";

/** Long before the time-out of a store or a call could end what a deletion has to end. */
const SOON_MS = 10_000;

function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

function logHas(job: string, type: string) {
	return eventually(
		() => logOf(job),
		(log) => log.some((event) => event.type === type),
	);
}

/** Makes a job that nobody waits for. */
async function makeJob(words: string) {
	const prompt = aPrompt(words);
	const made = await ask("/v1/images/generations", {
		json: { prompt, model: "imagen4-preview" },
		headers: { prefer: "respond-async" },
	});
	await made.text();
	return { prompt, job: jobOf(made) };
}

async function remove(job: string): Promise<void> {
	const response = await ask(`/v1/jobs/${job}`, { method: "DELETE" });
	expect([response.status, await response.json()]).toMatchObject([200, { deleted: true }]);
}

/** Closes the sockets of the job's watchers, as a deploy does. */
async function closeSockets(job: string): Promise<void> {
	await runInDurableObject(stubOf(job), (_, state) => {
		for (const socket of state.getWebSockets()) socket.close(1012, "a deploy");
	});
}

async function expectNothingLeft(job: string): Promise<void> {
	const since = Date.now();
	await eventually(
		() => tablesOf(job),
		(tables) => tables.length === 0,
	);
	expect(Date.now() - since).toBeLessThan(SOON_MS);
	expect((await env.IMAGES.list({ prefix: `images/${job}/` })).objects).toEqual([]);
	expect(await listingOf(job)).toEqual([]);
	expect((await ask(`/v1/jobs/${job}`)).status).toBe(404);
}

describe("DELETE", () => {
	it("ends a job whose result is fetched, and leaves nothing", async () => {
		const { job } = await makeJob("sim:quick sim:result=500 sim:webhook=null-payload");
		await logHas(job, "completed");
		await remove(job);
		await expectNothingLeft(job);
	});

	it("stops a picture on its way, and leaves nothing of the others", async () => {
		const prompt = aPrompt("sim:quick sim:file=hangs sim:file-faults=1000 sim:max-side=512");
		const response = await streamChat(prompt, { n: 2 });
		const job = jobOf(response);
		const gets = async () => (await allFileCalls(await requestIdOf(prompt))).length;
		await eventually(gets, (count) => count >= 2);
		await remove(job);
		await expectNothingLeft(job);
		await response.body?.cancel();
	});

	it("deletes the pictures after all else that it has under way in R2: none is stored behind it", async () => {
		const { job, prompt } = await makeJob("sim:quick sim:file=hangs sim:file-faults=1000 sim:max-side=512");
		const used: string[] = [];
		await overrideEnv(job, { IMAGES: observed(env.IMAGES, (method) => used.push(method)) });
		const gets = async () => (await allFileCalls(await requestIdOf(prompt))).length;
		await eventually(gets, (count) => count >= 1);
		await remove(job);
		await expectNothingLeft(job);
		expect(used).toContain("delete");
		expect(used.at(-1)).toBe("delete");
	});

	it("waits for a picture that R2 takes at that moment, and deletes it, too", async () => {
		const { job, prompt } = await makeJob("sim:hold");
		const taken = Promise.withResolvers<void>();
		const gate = Promise.withResolvers<void>();
		const stored = Promise.withResolvers<void>();
		/** Has the whole picture, but has not stored it. */
		const put = async (key: string, body: ReadableStream, options: R2PutOptions & { onlyIf: R2Conditional }) => {
			const bytes = await new Response(body).bytes();
			taken.resolve();
			await gate.promise;
			try {
				return await env.IMAGES.put(key, bytes, options);
			} finally {
				stored.resolve();
			}
		};
		await overrideEnv(job, {
			IMAGES: new Proxy(env.IMAGES, {
				get: (target, name) => (name === "put" ? put : Reflect.get(target, name).bind(target)),
			}),
		});
		await advance(prompt, "COMPLETED");
		await taken.promise;
		await remove(job);
		// Nothing tells that the deletion waits, so it gets the time in which it would have passed over the picture.
		await scheduler.wait(200);
		gate.resolve();
		await stored.promise;
		await expectNothingLeft(job);
	});

	it("ends the streams of clients that lose their sockets meanwhile as those of a cancelled job", async () => {
		const prompt = aPrompt("sim:hold sim:cancel=hangs");
		const chat = await streamChat(prompt);
		const job = jobOf(chat);
		await logHas(job, "submitted");
		const events = await ask(`/v1/jobs/${job}/events`);
		await eventually(
			() => watchersOf(job),
			(watchers) => watchers === 2,
		);
		await remove(job);
		// fal has not answered yet, and the watchers come back to a job that is not there for them any more.
		await closeSockets(job);
		const chunks = await chat.text();
		expect(chunks).toContain('"finish_reason":"stop"');
		expect(chunks).toContain('"error":{"message":"The job was cancelled."');
		expect(chunks).toMatch(/\n\ndata: \[DONE\]\n\n$/);
		expect(await events.text()).toMatch(/\nevent: cancelled\ndata: \{[^\n]*\}\n\n$/);
	});

	it("is not listed from its deletion on, and stores nothing that fal draws of it", async () => {
		const { job, prompt } = await makeJob("sim:hold sim:cancel=ignored");
		await logHas(job, "submitted");
		await (await ask(`/v1/jobs/${job}/cancel`, { method: "POST" })).text();
		await logHas(job, "cancelled");
		await remove(job);
		const list = await (await ask("/v1/jobs?limit=100")).json<{ data: { id: string }[] }>();
		expect(list.data.map(({ id }) => id)).not.toContain(`job_${job}`);
		const requestId = await requestIdOf(prompt);
		await sim(`/requests/${requestId}/finish`, { method: "POST", body: "{}" });
		await sim(`/requests/${requestId}/webhook`, { method: "POST", body: "{}" });
		await expectNothingLeft(job);
		expect(await allFileCalls(requestId)).toEqual([]);
	});

	it("asks fal to stop once, drops what comes all the same, and counts its cost", async () => {
		const { job, prompt } = await makeJob("sim:hold sim:cancel=ignored");
		await logHas(job, "submitted");
		await remove(job);
		await remove404(job);
		await logHas(job, "cancelled");
		const spent = async () =>
			(await (await ask("/v1/dashboard/billing/usage")).json<{ total_usage: number }>()).total_usage;
		const before = await spent();
		const requestId = await requestIdOf(prompt);
		await sim(`/requests/${requestId}/finish`, { method: "POST", body: "{}" });
		const webhook = () => sim(`/requests/${requestId}/webhook`, { method: "POST", body: "{}" });
		expect(await (await webhook()).json()).toMatchObject({ status: 200 });
		await expectNothingLeft(job);
		expect(await spent()).toBeGreaterThan(before);
		expect(await (await webhook()).json()).toMatchObject({ status: 404 });
		expect((await queueCalls(prompt)).filter(({ method }) => method === "PUT")).toHaveLength(1);
	});
});

/** The job does not exist any more, from the deletion on. */
async function remove404(job: string): Promise<void> {
	expect((await ask(`/v1/jobs/${job}`, { method: "DELETE" })).status).toBe(404);
	expect((await ask(`/v1/jobs/${job}/cancel`, { method: "POST" })).status).toBe(404);
	expect((await ask(`/v1/jobs/${job}/events`)).status).toBe(404);
}

/** The GETs of a request's files at the simulator's CDN. */
async function allFileCalls(requestId: string): Promise<readonly unknown[]> {
	const calls: readonly { path: string }[] = await (await sim(`/calls?request_id=${requestId}`)).json();
	return calls.filter(({ path }) => path.startsWith("/files/"));
}

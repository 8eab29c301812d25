/** Takes the steps of a story with a real Worker, and waits after each one until all that its model says is seen. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect } from "vitest";
import { passTime, realNow } from "./clock.ts";
import { countCalls, socketsOf } from "./fault-costs.ts";
import { endOf } from "./fault-log.ts";
import { order } from "./fault-run.ts";
import { aPrompt, askWith, eventually, queueCalls } from "./gateway.ts";
import { logOf, stubOf, watchersOf } from "./job-of.ts";
import {
	after,
	begin,
	type Got,
	type Model,
	type ModelClient,
	type ModelJob,
	type Setting,
	type Step,
} from "./story-model.ts";

const MINUTE_MS = 60_000;
/** A step comes to rest within this time, also on a slow machine. */
const SEEN_WITHIN_MS = 8_000;
const LOOK_EVERY_MS = 10;
const AT_FAL = { picture: "", failure: "sim:outcome=server-error", refusal: "sim:submit=422" };
/** More than all buffers between R2 and a client hold. */
const LARGE = "sim:bytes=3000000";

const ask = askWith({ JOB_DEADLINE_SECONDS: "86400" });

interface Client {
	/** Its number in the model. */
	readonly n: number;
	readonly kind: ModelClient["kind"];
	readonly takes: ModelClient["takes"];
	/** Comes at once for a stream, and at the end for a whole answer. */
	readonly response: Promise<Response>;
	/** All of a stream, which is read from the beginning. Null for a whole answer, which is read when it comes. */
	readonly text: Promise<string> | null;
	/** The client leaves. */
	readonly abort: AbortController;
}

export interface World {
	model: Model;
	readonly prompt: string;
	/** By their numbers in the model. */
	readonly jobs: string[];
	readonly clients: Client[];
}

export function newWorld(setting: Setting): World {
	const prompt = aPrompt(`sim:hold ${AT_FAL[setting.atFal]} ${setting.api === "images" ? LARGE : "sim:max-side=64"}`);
	return { model: begin(setting), prompt, jobs: [], clients: [] };
}

/** Takes a step, and checks all that can be seen after it. */
export async function take(world: World, step: Step): Promise<void> {
	const { model, got } = after(world.model, step);
	await perform(world, step, model, got);
	world.model = model;
	await answerAll(world);
	await expectSeen(world);
}

async function perform(world: World, step: Step, next: Model, got: readonly Got[]): Promise<void> {
	const { jobs, model } = world;
	switch (step.type) {
		case "ask":
			return request(world, step, next, got);
		case "ask-async": {
			const response = await send(world, 0, { prefer: "respond-async", "x-stainless-retry-count": "1" });
			expect(response.status).toBe(202);
			await response.text();
			return arrive(world, [jobOf(response)], got);
		}
		case "pass":
			passTime(step.minutes * MINUTE_MS);
			for (const [n, job] of jobs.entries()) {
				if (model.jobs[n]?.end === "live") await runDurableObjectAlarm(stubOf(job));
			}
			return;
	}
	const job = jobs[step.job];
	const isThere = model.jobs[step.job]?.end !== "deleted";
	if (job === undefined) return;
	switch (step.type) {
		case "resume":
		case "observe":
			return isThere ? watch(world, job, step.type === "observe" ? "observer" : "resumed") : undefined;
		case "leave": {
			const [client] = model.jobs[step.job]?.clients ?? [];
			return client === undefined ? undefined : leave(world, client.n);
		}
		case "cancel":
		case "delete": {
			const path = `/v1/jobs/${job}${step.type === "cancel" ? "/cancel" : ""}`;
			const response = await ask(path, { method: step.type === "cancel" ? "POST" : "DELETE" });
			await response.text();
			expect(response.status).toBe(isThere ? 200 : 404);
			return;
		}
		case "end-at-fal": {
			if (model.jobs[step.job]?.end !== "live") return;
			const requestId = await requestIdOf(job);
			await order(requestId, "finish");
			// fal's own webhook is too old for a clock that was moved.
			await order(requestId, "webhook");
			return;
		}
		case "evict":
			return evictDurableObject(stubOf(job));
		case "cut-sockets":
			return runInDurableObject(stubOf(job), (_, state) => {
				for (const socket of state.getWebSockets()) socket.close(1012, "a deploy");
			});
	}
}

const HEADERS: Readonly<Record<"nothing" | "retry" | "key 1" | "key 2", (prompt: string) => Record<string, string>>> = {
	nothing: () => ({}),
	retry: () => ({ "x-stainless-retry-count": "2" }),
	"key 1": (prompt) => ({ "idempotency-key": `1 of ${prompt.slice(0, 60)}` }),
	"key 2": (prompt) => ({ "idempotency-key": `2 of ${prompt.slice(0, 60)}` }),
};

function send({ model, prompt }: World, body: 0 | 1, headers: Record<string, string>, signal?: AbortSignal) {
	const { api, cancelOnDisconnect } = model.setting;
	const size = body === 0 ? "16:9" : "1:1";
	const json = { model: "imagen4-preview", size };
	return ask(api === "chat" ? "/v1/chat/completions" : "/v1/images/generations", {
		json:
			api === "chat"
				? { ...json, stream: true, messages: [{ role: "user", content: prompt }] }
				: { ...json, prompt, response_format: "b64_json" },
		headers: { ...headers, ...(cancelOnDisconnect ? { "x-on-disconnect": "cancel" } : {}) },
		...(signal === undefined ? {} : { signal }),
	});
}

/** Sends a request, or two at once, and learns which jobs they got. */
async function request(world: World, step: Step & { type: "ask" }, next: Model, got: readonly Got[]): Promise<void> {
	const firstClient = world.model.clients;
	const headers = HEADERS[step.declares](world.prompt);
	const sent = got.map(() => {
		const abort = new AbortController();
		// A stream is left by its body, before it is told otherwise.
		const signal = next.setting.api === "images" ? abort.signal : undefined;
		return { abort, response: send(world, step.body, headers, signal) };
	});
	if (got.includes("conflict")) {
		for (const { response } of sent) {
			const answer = await response;
			expect([answer.status, await answer.json()]).toMatchObject([422, { error: { code: "idempotency_key_reused" } }]);
		}
		return;
	}
	// A whole answer says its job at its end only, so a new job is seen at fal.
	const ids =
		next.setting.api === "chat"
			? await Promise.all(sent.map(async ({ response }) => jobOf(await response)))
			: got.includes(null)
				? [await newJobAtFal(world)]
				: [world.jobs[Number(got[0])] ?? ""];
	await arrive(world, ids, got);
	for (const [index, { abort, response }] of sent.entries()) {
		const client = { n: firstClient + index, kind: "asked", takes: step.takes, response, abort } as const;
		world.clients.push({ ...client, text: next.setting.api === "chat" ? read(await response, abort.signal) : null });
	}
}

/** Checks that requests got the jobs that they should have, and learns the new ones. */
async function arrive({ jobs }: World, ids: readonly string[], got: readonly Got[]): Promise<void> {
	const joined = got.filter((which) => typeof which === "number").map((which) => jobs[which]);
	const made = new Set(ids.filter((id) => !joined.includes(id)));
	const wanted = got.filter((which) => which === null).length;
	expect(
		[ids.length - made.size, made.size, [...made].filter((id) => jobs.includes(id))],
		"joined, made, known",
	).toEqual([got.length - wanted, wanted, []]);
	jobs.push(...made);
}

/** Waits for a job that fal got and that the story does not know, by the address of its webhook. */
async function newJobAtFal({ prompt, jobs }: World): Promise<string> {
	const fresh = async () => {
		const submits = (await queueCalls(prompt)).filter(({ method }) => method === "POST");
		return submits
			.flatMap(({ path }) => /webhooks(?:%2F|\/)fal(?:%2F|\/)([0-9a-f]{64})/i.exec(path)?.[1] ?? [])
			.find((id) => !jobs.includes(id));
	};
	return (await eventually(fresh, (id) => id !== undefined)) ?? "";
}

function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

async function requestIdOf(job: string): Promise<string> {
	const log = await eventually(
		() => logOf(job),
		(events) => events.some(({ type }) => type === "submitted"),
	);
	return log.find((event) => event.type === "submitted")?.requestId ?? "";
}

async function watch(world: World, job: string, kind: "resumed" | "observer"): Promise<void> {
	const chat = `/v1/chat/completions/chatcmpl-${job}?stream=true&starting_after=-1`;
	const response = await ask(kind === "observer" ? `/v1/jobs/${job}/events` : chat);
	expect(response.status).toBe(200);
	const abort = new AbortController();
	const client = { n: world.model.clients, kind, takes: "all", abort } as const;
	world.clients.push({ ...client, response: Promise.resolve(response), text: read(response, abort.signal) });
}

/** Reads a stream until it ends, or until its client leaves. */
async function read({ body }: Response, signal: AbortSignal): Promise<string> {
	const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
	const decoder = new TextDecoder();
	signal.addEventListener("abort", () => void reader.cancel());
	let text = "";
	for (let next = await reader.read(); !next.done; next = await reader.read())
		text += decoder.decode(next.value, { stream: true });
	return text;
}

function leave(world: World, n: number): void {
	const index = world.clients.findIndex((client) => client.n === n);
	const [client] = world.clients.splice(index, 1);
	if (client === undefined) throw new Error("a client that nobody knows");
	client.abort.abort();
	if (client.text === null) void client.response.then((response) => response.body?.cancel()).catch(() => {});
}

/** Everybody whose job is over takes the answer, one after another. */
async function answerAll(world: World): Promise<void> {
	const { model, clients, jobs } = world;
	const waiting = new Set(model.jobs.flatMap((job) => job.clients.map(({ n }) => n)));
	for (const client of clients.filter(({ n }) => !waiting.has(n))) {
		clients.splice(clients.indexOf(client), 1);
		const response = await client.response;
		const n = jobs.indexOf(jobOf(response));
		const id = jobs[n] ?? "";
		const end = model.jobs[n]?.end ?? "deleted";
		if (client.text !== null) {
			expectAnswer(await client.text, client, end, model.setting);
			continue;
		}
		const before = await watchersOf(id);
		if (client.takes === "half" && model.setting.api === "images" && end === "succeeded") {
			const reader = response.body?.getReader();
			expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(0);
			await reader?.cancel();
		} else expectAnswer(await response.text(), client, end, model.setting);
		if (before > 0) {
			await eventually(
				() => watchersOf(id),
				(now) => now < before,
			);
		}
	}
}

function expectAnswer(text: string, { kind }: Client, end: ModelJob["end"], { api }: Setting): void {
	const word = end === "deleted" ? "cancelled" : end;
	if (kind === "observer") expect(text).toMatch(new RegExp(`event: ${word}\ndata: [^\n]*\n\n$`));
	else if (word !== "succeeded") expect(text).toContain('"error":{');
	else expect(text).toContain(api === "chat" ? "![Generated Image](" : '"b64_json":"');
	if (word === "cancelled" && kind !== "observer") expect(text).toContain('"code":"cancelled"');
}

/** Waits until what is seen is what the model says. */
async function expectSeen({ model, prompt, jobs }: World): Promise<void> {
	const wanted = {
		submits: model.jobs.length,
		cancels: model.jobs.reduce((sum, { cancels }) => sum + cancels, 0),
		jobs: model.jobs.map(({ end, clients, left, sockets }) => ({
			end,
			clients: clients.length,
			left: end !== "deleted" && left,
			sockets,
		})),
	};
	const look = async () => {
		const { submit, cancel } = await countCalls(prompt);
		return { submits: submit, cancels: cancel, jobs: await Promise.all(jobs.map(lookAt)) };
	};
	const text = JSON.stringify(wanted);
	let seen = JSON.stringify(await look());
	for (
		const until = realNow() + SEEN_WITHIN_MS;
		seen !== text && realNow() < until;
		seen = JSON.stringify(await look())
	)
		await scheduler.wait(LOOK_EVERY_MS);
	if (seen !== text) throw new Error(`it should be ${text}\nbut it is   ${seen}`);
	const { stream } = await countCalls(prompt);
	expect(stream, "status streams").toBeLessThanOrEqual(model.jobs.reduce((sum, { streams }) => sum + streams, 0));
}

async function lookAt(job: string) {
	// A deleted job has no table, or waits unseen for what fal may draw all the same.
	const found = await logOf(job).catch(() => []);
	const log = found.some(({ type }) => type === "deleting") && endOf(found) !== undefined ? [] : found;
	const last = log.findLast(({ type }) => type === "client_left" || type === "delivered");
	const end = log.length > 0 ? (endOf(log)?.type ?? "live") : "deleted";
	return { end, clients: await watchersOf(job), left: last?.type === "client_left", sockets: socketsOf(job) };
}

/** The list shows each job that is there, the newest first. */
export async function expectListed({ model, jobs }: World): Promise<void> {
	const { data } = await (await ask("/v1/jobs?limit=40")).json<{ data: { id: string }[] }>();
	const listed = data.map(({ id }) => id.slice("job_".length)).filter((id) => jobs.includes(id));
	const there = jobs.filter((_, n) => model.jobs[n]?.end !== "deleted");
	expect(listed).toEqual(there.toReversed());
}

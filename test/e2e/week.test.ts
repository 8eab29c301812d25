/**
 * A week of several people's jobs, as OpenAI's own package reads it: equal to the simulator's own bill for what it really drew, and to what
 * docs/money.md keeps beside that.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type ClockedGateway, startClockedGateway } from "../support/node/clocked-gateway.ts";
import { makePng } from "../support/node/make-png.ts";
import { createTable, KEYS, type KeyName, type MadeJob, type Table, WEEK } from "../support/node/week.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 2);
const DAYS = [0, 1, 2, 3, 4, 5, 6];
/** Of each day, after its jobs have begun. Each has ended at the first; late pictures and late answers come until the last. */
const LATER_MS = [20 * 60_000, HOUR_MS, 3 * HOUR_MS];
/** So that the jobs of Monday are gone on Sunday. */
const RETENTION_DAYS = "2";
/** Nobody tells what Imagen 4 costs, so the operator says what is on fal's bill. */
const PRICES = "imagen4-preview=0.05";

/** The names of what is on the bill. */
const MODELS: Readonly<Record<string, string>> = {
	"fal-ai/imagen4/preview": "imagen4-preview",
	"fal-ai/nano-banana-2": "nano-banana-2",
	"fal-ai/nano-banana-2/edit": "nano-banana-2",
	"fal-ai/nano-banana-pro": "nano-banana-pro",
	"fal-ai/flux/schnell": "flux-schnell",
	"fal-ai/flux/dev": "flux-dev",
	"fal-ai/bytedance/seedream/v4/text-to-image": "seedream-4",
};

const ENDED = ["succeeded", "failed", "cancelled"];

interface Person {
	/** Null for the key in `WORKER_ACCESS_KEY`. */
	readonly id: string | null;
	readonly client: OpenAI;
}

interface Begun {
	readonly id: string;
	readonly client: OpenAI;
	readonly made: MadeJob;
}

let gateway: ClockedGateway;
let people: Readonly<Record<KeyName, Person>>;

beforeAll(async () => {
	gateway = await startClockedGateway({ RETENTION_DAYS, PRICES });
	await gateway.setClock(MONDAY);
	people = {
		"alice-desk": await issue("alice"),
		"alice-phone": await issue("alice"),
		bob: await issue("bob"),
		owner: { id: null, client: clientOf(gateway.accessKey) },
	};
});
afterAll(() => gateway.stop());

function clientOf(key: string): OpenAI {
	return new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: key, adminAPIKey: key, maxRetries: 0 });
}

async function issue(account: string): Promise<Person> {
	const issued = await clientOf(gateway.accessKey).post<{ id: string; key: string }>("/keys", { body: { account } });
	return { id: issued.id, client: clientOf(issued.key) };
}

const PICTURE = `data:image/png;base64,${Buffer.from(
	makePng({ width: 8, height: 8, colour: 0, bitDepth: 8, samples: Array.from({ length: 64 }, (_, at) => at) }),
).toString("base64")}`;

/** Begins a job, as a client does that comes back for the pictures. */
async function begin(made: MadeJob): Promise<Begun> {
	const { client } = people[made.by];
	const { model, words, n = 1, size = "1:1" } = made;
	const prompt = `a fox ${randomUUID()} ${markOf(made.by)} ${words} sim:max-side=64`;
	const body = { model, prompt, n, size, ...(made.edits ? { image: PICTURE } : {}) };
	const path = made.edits ? "/images/edits/async" : "/images/generations/async";
	const headers = { "idempotency-key": randomUUID() };
	const ask = () => client.post<{ id: string }>(path, { body, headers });
	const { id } = await ask();
	if (made.story === "is repeated") expect((await ask()).id).toBe(id);
	return { id: id.replace("imgtask_", "job_"), client, made };
}

/** Of a prompt: the simulator does not know whose it is. */
function markOf(by: KeyName): string {
	return `(asked by ${by})`;
}

function waitFor({ client, id }: Begun, ...statuses: readonly string[]): Promise<unknown> {
	return eventually(
		() => client.get<{ status: string }>(`/jobs/${id}`),
		({ status }) => statuses.includes(status),
	);
}

/** Lets fal finish what it was told to cancel. */
async function finish({ client, id }: Begun): Promise<void> {
	type Shown = { readonly fal_requests: readonly { readonly request_id: string | null }[] };
	for (const { request_id } of (await client.get<Shown>(`/jobs/${id}`)).fal_requests)
		await fetch(`${gateway.simUrl}/sim/requests/${request_id}/finish`, { method: "POST" });
}

/** Goes on with the story of a job, as far as no time has to pass. */
async function goOn(job: Begun): Promise<void> {
	const { client, id, made } = job;
	switch (made.story) {
		case "is left alone":
			return;
		case "is cancelled while it waits":
		case "is deleted while it waits":
			await waitFor(job, "queued");
			break;
		case "is cancelled while it runs":
		case "is cancelled while it runs, in vain":
		case "is deleted while it runs":
		case "is left alone while it runs":
			await waitFor(job, "in_progress");
			break;
		default:
			await waitFor(job, ...ENDED);
	}
	if (made.story?.startsWith("is cancelled")) {
		await client.post(`/jobs/${id}/cancel`);
		await waitFor(job, "cancelled");
	}
	if (made.story === "is cancelled while it runs, in vain") await finish(job);
	if (made.story?.startsWith("is deleted")) await client.delete(`/jobs/${id}`);
}

async function liveThrough(day: number): Promise<readonly Begun[]> {
	const morning = MONDAY + day * DAY_MS + 9 * HOUR_MS;
	await gateway.setClock(morning);
	const jobs = await Promise.all(WEEK.filter((made) => made.day === day).map(begin));
	await Promise.all(jobs.map(goOn));
	const left = jobs.filter(({ made }) => made.story?.startsWith("is left alone"));
	for (const later of left.length === 0 ? [] : LATER_MS) {
		await gateway.setClock(morning + later);
		for (const job of left) await waitFor(job, ...ENDED);
	}
	return jobs;
}

/** What the simulator bills, and what is kept beside it. Pictures that it drew in vain are on its bill, too. */
async function readBill(): Promise<Table> {
	const table = createTable();
	for (const by of KEYS) {
		const answer = await fetch(`${gateway.simUrl}/sim/bill?prompt=${encodeURIComponent(markOf(by))}`);
		const rows = (await answer.json()) as { day: string; endpoint: string; pictures: number; microUsd: number }[];
		for (const { day, endpoint, pictures: images, microUsd } of rows)
			table.add({ day, model: MODELS[endpoint] ?? endpoint, by }, { images, microUsd });
	}
	for (const { day, model, drawnBy = model, by, kept = 0, unseen = 0 } of WEEK)
		table.add({ day: dateOf(MONDAY + day * DAY_MS), model: drawnBy, by }, { jobs: 1, images: -unseen, microUsd: kept });
	return table;
}

/** What OpenAI's own package reads, as the owner. */
async function readReports(): Promise<Table> {
	const table = createTable();
	const { usage } = people.owner.client.admin.organization;
	const week = { start_time: MONDAY / 1000, end_time: MONDAY / 1000 + 7 * 86_400 };
	const nameOf = (key: string | null | undefined) => KEYS.find((by) => people[by].id === (key ?? null)) ?? "owner";
	const costs = await usage.costs({ ...week, group_by: ["line_item", "api_key_id"] });
	for (const { start_time, results } of costs.data) {
		for (const result of results) {
			if (result.object !== "organization.costs.result") throw new Error(`no cost: ${result.object}`);
			const { line_item: model, api_key_id: key, amount } = result;
			const place = { day: dateOf(start_time * 1000), model: model ?? "", by: nameOf(key) };
			table.add(place, { microUsd: Math.round((amount?.value ?? 0) * 1e6) });
		}
	}
	const images = await usage.images({ ...week, group_by: ["model", "api_key_id"] });
	for (const { start_time, results } of images.data) {
		for (const result of results) {
			if (result.object !== "organization.usage.images.result") throw new Error(`no images: ${result.object}`);
			const place = { day: dateOf(start_time * 1000), model: result.model ?? "", by: nameOf(result.api_key_id) };
			table.add(place, { jobs: result.num_model_requests, images: result.images });
		}
	}
	return table;
}

function dateOf(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}

it("is in the reports as it is on the bill, to the cent", { timeout: 120_000 }, async () => {
	const jobs: Begun[] = [];
	for (const day of DAYS) jobs.push(...(await liveThrough(day)));
	await gateway.setClock(MONDAY + 7 * DAY_MS - HOUR_MS);

	const bill = await readBill();
	const wanted = JSON.stringify(bill.lines());
	const reports = await eventually(readReports, (table) => JSON.stringify(table.lines()) === wanted).catch(readReports);
	expect(reports.lines()).toEqual(bill.lines());
	const [, shown] = /<!-- A week[^>]*-->\n\n([^#]*)\n/.exec(readFileSync("docs/money.md", "utf8")) ?? [];
	expect(shown).toBe(reports.render());

	// What is gone stays in the reports.
	for (const { client, id } of jobs.filter(({ made }) => made.day === 0))
		await expect(client.get(`/jobs/${id}`)).rejects.toMatchObject({ status: 404 });

	// Nothing is reserved any more: a budget is spent to its last cent, and no further.
	const { id, client } = people.bob;
	const spent = bill.sumOf("bob");
	await people.owner.client.patch(`/keys/${id}`, { body: { max_budget: (spent + 150_000) / 1e6 } });
	const ask = () => client.images.generate({ model: "nano-banana-pro", prompt: `a fox ${randomUUID()} sim:quick` });
	expect((await ask()).data).toHaveLength(1);
	await expect(ask()).rejects.toMatchObject({ status: 429, code: "insufficient_quota" });
});

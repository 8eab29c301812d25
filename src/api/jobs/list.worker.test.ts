import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aPrompt, eventually } from "../../../test/support/workerd/gateway.ts";
import { listingOf, logOf, stubOf } from "../../../test/support/workerd/job-of.ts";
import { makeContext } from "../../../test/support/workerd/make-context.ts";
import type { Context } from "../../context.ts";
import { createImages } from "../images/routes.ts";
import { listJobs } from "./list.ts";
import { deleteJob, getJob } from "./routes.ts";

const URL_OF_JOBS = "https://gateway.test/v1/jobs";

/** Makes the context of an account that no other test has. */
function anAccount(): Context {
	return makeContext({ caller: { account: `test-${crypto.randomUUID()}`, key: null, scopes: ["make", "read"] } });
}

/** Makes a job. Returns its id. */
async function makeJob(context: Context, prompt = aPrompt("sim:hold")): Promise<string> {
	const made = await createImages(
		new Request("https://gateway.test/v1/images/generations", {
			method: "POST",
			body: JSON.stringify({ prompt }),
			headers: { prefer: "respond-async" },
		}),
		context,
	);
	await made.text();
	return made.headers.get("x-job-id") ?? "";
}

async function makeJobs(context: Context, count: number): Promise<readonly string[]> {
	const ids: string[] = [];
	for (let index = 0; index < count; index += 1) ids.push(await makeJob(context));
	return ids;
}

/** Makes a job whose row has its end. */
async function makeEnded(context: Context, prompt = aPrompt("sim:quick")): Promise<string> {
	const id = await makeJob(context, prompt);
	await untilTold(context, id);
	return id;
}

function untilTold({ caller }: Context, id: string) {
	return eventually(
		() => rowOf(caller.account, id),
		(row) => row?.entry !== null,
	);
}

function rowOf(account: string, id: string) {
	return runInDurableObject(
		env.ACCOUNT.getByName(account),
		(_, { storage: { sql } }) =>
			sql
				.exec<{ entry: string | null; status: string | null }>("SELECT entry, status FROM jobs WHERE id = ?", id)
				.toArray()[0],
	);
}

/** Leaves of a row what it has if the call is lost that tells the end, or what rows of before had. */
async function loseEnd({ caller }: Context, id: string, columns: string): Promise<void> {
	await runInDurableObject(env.ACCOUNT.getByName(caller.account), (_, { storage: { sql } }) => {
		sql.exec(`UPDATE jobs SET ${columns} WHERE id = ?`, id);
	});
	// The instance that told it knows that it did.
	await evictDurableObject(stubOf(id));
}

/** A reader that reaches no job. */
function withoutJobs(context: Context): Context {
	const { ACCOUNT, IMAGES } = env;
	const JOB = new Proxy(env.JOB, {
		get: () => {
			throw new Error("a job is asked");
		},
	});
	return { ...context, env: { ...env, ACCOUNT, IMAGES, JOB } };
}

interface Page {
	readonly object: string;
	readonly data: readonly { readonly id: string; readonly status: string }[];
	readonly has_more: boolean;
	readonly next_cursor: number | null;
}

async function list(context: Context, query = ""): Promise<Page> {
	return (await listJobs(new Request(`${URL_OF_JOBS}${query}`), context)).json<Page>();
}

async function idsOf(context: Context, query = ""): Promise<readonly string[]> {
	return (await list(context, query)).data.map(({ id }) => id.slice("job_".length));
}

describe("listJobs", () => {
	it("lists the newest jobs first, in pages that follow each other", async () => {
		const context = anAccount();
		const ids = (await makeJobs(context, 5)).map((id) => `job_${id}`).toReversed();
		const first = await list(context, "?limit=2");
		expect([first.data.map(({ id }) => id), first.has_more]).toEqual([ids.slice(0, 2), true]);
		const second = await list(context, `?limit=2&cursor=${first.next_cursor}`);
		expect([second.data.map(({ id }) => id), second.has_more]).toEqual([ids.slice(2, 4), true]);
		const last = await list(context, `?limit=2&cursor=${second.next_cursor}`);
		expect([last.data.map(({ id }) => id), last.has_more]).toEqual([ids.slice(4), false]);
		expect((await list(context)).data.map(({ id }) => id)).toEqual(ids);
	});

	it("ends with a full page without a promise of more", async () => {
		const context = anAccount();
		await makeJobs(context, 2);
		expect((await list(context, "?limit=2")).has_more).toBe(false);
	});

	it("is empty for an account without jobs, whatever others have", async () => {
		await makeJob(makeContext());
		expect(await list(anAccount())).toEqual({ object: "list", data: [], has_more: false, next_cursor: null });
	});

	it("shows an ended job as the job does, with its links, and asks no job for that", async () => {
		const context = anAccount();
		const id = await makeEnded(context);
		const { data } = await list(withoutJobs(context));
		const job = await (await getJob(new Request(URL_OF_JOBS), { ...context, params: { id } })).json<object>();
		const { progress, inputs, result_urls, fal_requests, webhook, request, ...kept } = {
			...JSON.parse(JSON.stringify(job)),
		};
		const { fal, seed_sent, resolution, background, negative_prompt, input_fidelity, ...asked } = request;
		expect([seed_sent, resolution, background]).toEqual([expect.any(Number), null, null]);
		expect([negative_prompt, input_fidelity]).toEqual([null, null]);
		expect([progress.logs, inputs, result_urls, fal_requests.length, webhook, fal]).toEqual([
			expect.any(Array),
			[],
			[],
			1,
			null,
			{},
		]);
		expect(kept.images).toEqual([
			expect.objectContaining({ index: 0, url: expect.stringContaining(`/images/${id}/0.png?exp=`) }),
		]);
		expect(data).toMatchObject([{ ...kept, request: asked, key: null }]);
		expect(Object.keys(data[0] ?? {}).toSorted()).toEqual([...Object.keys(kept), "request", "key"].toSorted());
	});

	it("shows the first 200 characters of a prompt", async () => {
		const context = anAccount();
		const prompt = aPrompt(`sim:quick ${"long ".repeat(100)}`);
		await makeEnded(context, prompt);
		await makeJob(context, aPrompt(`sim:hold ${"long ".repeat(100)}`));
		const { data } = await list(context);
		expect(data.map((entry) => JSON.parse(JSON.stringify(entry)).request.prompt.length)).toEqual([200, 200]);
	});

	it("filters by status, so that a page is full while there are such jobs", async () => {
		const context = anAccount();
		const failed = await makeEnded(context, aPrompt("sim:content-policy"));
		const ended = await makeEnded(context);
		const running = await makeJob(context);
		expect(await idsOf(context, "?limit=1&status=succeeded")).toEqual([ended]);
		expect(await idsOf(context, "?status=failed")).toEqual([failed]);
		expect(await idsOf(context, "?status=failed,succeeded")).toEqual([ended, failed]);
		expect(await idsOf(context, "?status=queued,in_progress,storing")).toEqual([running]);
	});

	it("is no longer than it was asked to be, though more jobs were asked, and goes on behind the last one shown", async () => {
		const context = anAccount();
		const ids = (await makeJobs(context, 3)).toReversed();
		const open = "status=queued,in_progress";
		const first = await list(context, `?limit=2&${open}`);
		expect([first.data.length, first.has_more]).toEqual([2, true]);
		expect(await idsOf(context, `?limit=2&${open}&cursor=${first.next_cursor}`)).toEqual(ids.slice(2));
	});

	it("filters by the model's names, by time and by words, of jobs that run too", async () => {
		const context = anAccount();
		const words = `Zebra-${crypto.randomUUID()}`;
		const ended = await makeEnded(context, aPrompt(`sim:quick ${words}`));
		const running = await makeJob(context, aPrompt(`sim:hold ${words}`));
		await makeJob(context);
		const both = [running, ended];
		expect(await idsOf(context, `?q=${words.toUpperCase()}`)).toEqual(both);
		expect(await idsOf(context, `?q=${words}&model=imagen4`)).toEqual(both);
		expect(await idsOf(context, `?q=${words}&model=flux-dev`)).toEqual([]);
		expect(await idsOf(context, `?q=${words}%25`)).toEqual([]);
		const now = Math.floor(Date.now() / 1000);
		expect(await idsOf(context, `?q=${words}&after=${now - 600}&before=${now + 600}`)).toEqual(both);
		expect(await idsOf(context, `?q=${words}&after=${now + 600}`)).toEqual([]);
		expect(await idsOf(context, `?q=${words}&before=${now - 600}`)).toEqual([]);
	});

	it.each([
		["whose call with the end was lost", "status = NULL, entry = NULL"],
		["from before there were such calls", "status = NULL, entry = NULL, reserved = NULL, prompt = NULL, model = NULL"],
		["from before it was shown from its row", "entry = NULL"],
	])("is right of a row %s, and fills it", async (_, columns) => {
		const context = anAccount();
		const id = await makeEnded(context);
		const before = await list(withoutJobs(context));
		await loseEnd(context, id, columns);
		const asked = await list(context, "?status=succeeded");
		expect(asked.data.map((job) => job.id)).toEqual([`job_${id}`]);
		await untilTold(context, id);
		expect((await list(withoutJobs(context), "?status=succeeded")).data).toEqual(before.data);
	});

	it("leaves a deleted job out from the moment of its deletion, whether it runs or has ended", async () => {
		const context = anAccount();
		const [kept, running] = await makeJobs(context, 2);
		const ended = await makeEnded(context);
		for (const id of [running ?? "", ended]) {
			await deleteJob(new Request(URL_OF_JOBS), { ...context, params: { id } });
			expect(await idsOf(context)).not.toContain(id);
		}
		expect(await idsOf(context)).toEqual([kept]);
		await eventually(
			() => listingOf(running ?? "", context.caller.account),
			(rows) => rows.length === 0,
		);
		expect(await idsOf(context)).toEqual([kept]);
		expect((await logOf(kept ?? "")).length).toBeGreaterThan(0);
	});

	it.each([
		["?limit=0", "limit"],
		["?limit=101", "limit"],
		["?limit=", "limit"],
		["?limit=x", "limit"],
		["?cursor=-1", "cursor"],
		["?cursor=9007199254740992", "cursor"],
		["?status=done", "status"],
		["?status=", "status"],
		["?status=failed,done", "status"],
		["?after=-1", "after"],
		["?before=tomorrow", "before"],
		["?q=", "q"],
		[`?q=${"x".repeat(101)}`, "q"],
		["?model=", "model"],
		["?key=", "key"],
		["?key=nobody", "key"],
		["?key=key_alice-Bxuu5ad8B9Ue0", "key"],
	])("refuses %s and blames %s", async (query, param) => {
		await expect(list(anAccount(), query)).rejects.toMatchObject({ reason: { kind: "invalid_value", param } });
	});
});

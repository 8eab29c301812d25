import { describe, expect, it } from "vitest";
import { aPrompt, eventually } from "../../../test/support/workerd/gateway.ts";
import { advance, logOf, tablesOf, watchersOf } from "../../../test/support/workerd/job-of.ts";
import { makeContext } from "../../../test/support/workerd/make-context.ts";
import type { Context } from "../../context.ts";
import { createImages } from "../images/routes.ts";
import { cancelJob, deleteJob, getJob, streamJobEvents } from "./routes.ts";

const URL_OF_JOBS = "https://gateway.test/v1/jobs";

/** Makes the context of an account that no other test has. */
function anAccount(): Context {
	return makeContext({ caller: { account: `test-${crypto.randomUUID()}`, key: null, scopes: ["make", "read"] } });
}

async function makeJob(context: Context, words = "sim:hold") {
	const prompt = aPrompt(words);
	const made = await createImages(
		new Request("https://gateway.test/v1/images/generations", {
			method: "POST",
			body: JSON.stringify({ prompt }),
			headers: { prefer: "respond-async" },
		}),
		context,
	);
	await made.text();
	return { prompt, id: made.headers.get("x-job-id") ?? "" };
}

async function anEndedJob(context: Context): Promise<string> {
	const { id } = await makeJob(context, "sim:quick");
	await untilLogHas(id, "succeeded");
	return id;
}

function untilLogHas(id: string, type: string) {
	return eventually(
		() => logOf(id),
		(log) => log.some((event) => event.type === type),
	);
}

function named(context: Context, id: string): Context {
	return { ...context, params: { id } };
}

function get(path = "", headers: Record<string, string> = {}): Request {
	return new Request(`${URL_OF_JOBS}${path}`, { headers });
}

describe("a job's own routes", () => {
	it("show it as it stands, under its id", async () => {
		const context = anAccount();
		const { id, prompt } = await makeJob(context);
		const response = await getJob(get(), named(context, id));
		expect(response.headers.get("x-job-id")).toBe(id);
		expect(await response.json()).toMatchObject({ id: `job_${id}`, api: "images", request: { prompt } });
	});

	it("cancel it, answer with it, and keep an end that came before", async () => {
		const context = anAccount();
		const { id } = await makeJob(context);
		const cancelled = await (await cancelJob(get(), named(context, id))).json<{ status: string }>();
		expect(["cancelling", "cancelled"]).toContain(cancelled.status);
		await untilLogHas(id, "cancelled");
		const ended = await anEndedJob(context);
		expect(await (await cancelJob(get(), named(context, ended))).json()).toMatchObject({ status: "succeeded" });
	});

	it("delete it for good", async () => {
		const context = anAccount();
		const id = await anEndedJob(context);
		const response = await deleteJob(get(), named(context, `job_${id}`));
		expect(await response.json()).toEqual({ id: `job_${id}`, object: "job", deleted: true });
		for (const route of [getJob, cancelJob, deleteJob, streamJobEvents]) {
			await expect(route(get(), named(context, id))).rejects.toMatchObject({
				reason: { kind: "not_found", what: "job" },
			});
		}
		await eventually(
			() => tablesOf(id),
			(tables) => tables.length === 0,
		);
	});
});

/** Reads the blocks of an event stream to its end, without comments. */
async function blocksOf(response: Response): Promise<readonly string[]> {
	return (await response.text()).split("\n\n").filter((block) => block !== "" && !block.startsWith(":"));
}

function idsOf(blocks: readonly string[]): readonly number[] {
	return blocks.map((block) => Number(/^id: (\d+)$/m.exec(block)?.[1]));
}

describe("streamJobEvents", () => {
	it("streams the whole log, with the time of reconnection once", async () => {
		const context = anAccount();
		const id = await anEndedJob(context);
		const blocks = await blocksOf(await streamJobEvents(get(), named(context, id)));
		const log = await logOf(id);
		expect(idsOf(blocks)).toEqual(log.map(({ seq }) => seq));
		expect(blocks.map((block) => /^retry: 1000$/m.test(block))).toEqual(log.map((_, index) => index === 0));
		expect(blocks[0]).toMatch(/^retry: 1000\nid: 1\nevent: accepted\ndata: \{"sequence_number":1,/);
	});

	it.each<readonly [case_: string, query: string, headers: Record<string, string>, first: number]>([
		["Last-Event-ID", "", { "last-event-id": "2" }, 3],
		["`after`", "?after=3", {}, 4],
		["Last-Event-ID, when a stream that began with `after` is opened again", "?after=1", { "last-event-id": "3" }, 4],
		["`after`, if it is the later one", "?after=3", { "last-event-id": "1" }, 4],
		["a Last-Event-ID that is no number", "", { "last-event-id": "abc" }, 1],
		["a Last-Event-ID that no event can have", "", { "last-event-id": "99999999" }, 1],
		["an empty Last-Event-ID", "", { "last-event-id": "" }, 1],
	])("goes on after %s", async (_, query, headers, first) => {
		const context = anAccount();
		const id = await anEndedJob(context);
		const blocks = await blocksOf(await streamJobEvents(get(query, headers), named(context, id)));
		expect(idsOf(blocks)[0]).toBe(first);
		expect(blocks[0]).toContain("retry: 1000");
	});

	it("answers 204 once all has been seen, so that a browser stops", async () => {
		const context = anAccount();
		const id = await anEndedJob(context);
		const last = (await logOf(id)).at(-1)?.seq;
		for (const after of [last, 1_000_000]) {
			const response = await streamJobEvents(get(`?after=${after}`), named(context, id));
			expect([response.status, response.body, response.headers.get("x-job-id")]).toEqual([204, null, id]);
		}
	});

	it("streams the last event alone to a client that has all the others", async () => {
		const context = anAccount();
		const id = await anEndedJob(context);
		const last = (await logOf(id)).at(-1)?.seq ?? 0;
		const blocks = await blocksOf(await streamJobEvents(get(`?after=${last - 1}`), named(context, id)));
		expect(blocks).toEqual([expect.stringMatching(`^retry: 1000\nid: ${last}\nevent: succeeded\n`)]);
	});

	it.each(["", "-1", "x", "1000001"])("refuses ?after=%s", async (after) => {
		const context = anAccount();
		const { id } = await makeJob(context);
		await expect(streamJobEvents(get(`?after=${after}`), named(context, id))).rejects.toMatchObject({
			reason: { kind: "invalid_value", param: "after" },
		});
	});

	it("follows a job to its end", async () => {
		const context = anAccount();
		const { id, prompt } = await makeJob(context);
		const reading = blocksOf(await streamJobEvents(get(), named(context, id)));
		await advance(prompt, "COMPLETED");
		const blocks = await reading;
		expect(idsOf(blocks)).toEqual((await logOf(id)).map(({ seq }) => seq));
		expect(blocks.at(-1)).toContain("event: succeeded");
	});

	it("only looks on: a reader that leaves is not reported to the job", async () => {
		const context = anAccount();
		const { id } = await makeJob(context);
		const reader = (await streamJobEvents(get(), named(context, id))).body?.getReader();
		await reader?.read();
		await reader?.cancel();
		await eventually(
			() => watchersOf(id),
			(watchers) => watchers === 0,
		);
		expect((await logOf(id)).map(({ type }) => type)).not.toContain("client_left");
	});
});

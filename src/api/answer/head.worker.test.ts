import { describe, expect, it } from "vitest";
import { aPrompt, ask } from "../../../test/support/workerd/gateway.ts";
import { watchersOf } from "../../../test/support/workerd/job-of.ts";

const SSE = "text/event-stream; charset=utf-8";
const JSON_TYPE = "application/json";

const APIS = {
	images: { create: "/v1/images/generations", body: (prompt: string) => ({ prompt }) },
	chat: {
		create: "/v1/chat/completions",
		body: (prompt: string) => ({ messages: [{ role: "user", content: prompt }] }),
	},
	responses: { create: "/v1/responses", body: (prompt: string) => ({ input: prompt }) },
};

async function aJob(api: keyof typeof APIS, words: string): Promise<string> {
	const { create, body } = APIS[api];
	const answer = await ask(create, { json: body(aPrompt(words)), headers: { prefer: "respond-async" } });
	expect(answer.status).toBe(202);
	await answer.text();
	return answer.headers.get("x-job-id") ?? "";
}

describe("HEAD of a job that runs", () => {
	it.each<readonly [path: string, api: keyof typeof APIS, type: string]>([
		["/v1/chat/completions/ID", "chat", JSON_TYPE],
		["/v1/chat/completions/ID?stream=true", "chat", SSE],
		["/v1/responses/ID", "responses", JSON_TYPE],
		["/v1/responses/ID?stream=true&starting_after=1", "responses", SSE],
		["/v1/images/tasks/ID", "images", JSON_TYPE],
		["/v1/jobs/ID", "images", JSON_TYPE],
		["/v1/jobs/ID/events", "images", SSE],
	])("says at once what %s of %s would be, and does not watch it", async (path, api, type) => {
		const id = await aJob(api, "sim:hold");
		const head = await ask(path.replace("ID", id), { method: "HEAD" });
		expect([head.status, head.headers.get("content-type"), head.headers.get("x-job-id")]).toEqual([200, type, id]);
		expect(await head.text()).toBe("");
		expect(await watchersOf(id)).toBe(0);
	});
});

describe("HEAD of a job that has ended", () => {
	it.each<readonly [path: string, api: keyof typeof APIS, words: string, status: number]>([
		["/v1/chat/completions/ID", "chat", "sim:content-policy", 400],
		["/v1/chat/completions/ID?stream=true", "chat", "sim:content-policy", 200],
		["/v1/chat/completions/ID", "chat", "sim:quick", 200],
		["/v1/responses/ID", "responses", "sim:content-policy", 200],
		["/v1/images/tasks/ID", "images", "sim:quick", 200],
		["/v1/jobs/ID/events?after=1000", "images", "sim:quick", 204],
	])("has the status that GET has: %s of %s, %s", async (path, api, words, status) => {
		const id = await aJob(api, words);
		await (await ask(`/v1/jobs/${id}/events`)).text();
		const [head, get] = await Promise.all(["HEAD", "GET"].map((method) => ask(path.replace("ID", id), { method })));
		await get?.text();
		expect([head?.status, get?.status]).toEqual([status, status]);
	});

	it.each([
		["/v1/chat/completions/ID", "images", 404],
		["/v1/responses/ID", "chat", 404],
		["/v1/images/tasks/ID", "chat", 404],
		["/v1/jobs/none/events", "images", 404],
		["/v1/jobs/ID/events?after=x", "images", 400],
		["/v1/responses/ID?starting_after=x", "responses", 400],
	] as const)("refuses what GET refuses: %s of %s", async (path, api, status) => {
		const id = await aJob(api, "sim:quick");
		const head = await ask(path.replace("ID", id), { method: "HEAD" });
		expect([head.status, await head.text()]).toEqual([status, ""]);
	});
});

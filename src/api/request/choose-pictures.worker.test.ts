import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { aPrompt, ask } from "../../../test/support/workerd/gateway.ts";
import { makeContext } from "../../../test/support/workerd/make-context.ts";
import { observed } from "../../../test/support/workerd/observed.ts";
import type { Context } from "../../context.ts";
import { orRefuse } from "../../http/refusal.ts";
import type { JsonObject } from "../../json-value.ts";
import { readBroughtAlong } from "./brought-along.ts";
import { choosePictures } from "./choose-pictures.ts";

const QUICK = "sim:queue=0 sim:queue-ms=20 sim:run-ms=40 sim:max-side=64";
const OTHER = "Bearer test-key-of-other";
const EDIT = "make it blue";
const FRESH = "a cat";

async function respond(json: object, headers: Record<string, string> = {}): Promise<string> {
	const response = await ask("/v1/responses", { json: { model: "flux-schnell", ...json }, headers });
	await response.text();
	return response.headers.get("x-job-id") ?? "";
}

/** Two Responses with pictures, the second of which goes on from the first; one that failed after them, one that waits, and one of another account. */
const jobs = { first: "", second: "", failed: "", waiting: "", foreign: "" };
beforeAll(async () => {
	jobs.first = await respond({ input: aPrompt(QUICK) });
	jobs.second = await respond({ input: aPrompt(QUICK), n: 2, previous_response_id: `resp_${jobs.first}` });
	jobs.failed = await respond({
		input: aPrompt("sim:content-policy"),
		previous_response_id: `resp_${jobs.second}`,
	});
	jobs.waiting = await respond({ input: aPrompt("sim:hold") }, { prefer: "respond-async" });
	jobs.foreign = await respond({ input: aPrompt(QUICK) }, { authorization: OTHER });
});

const link = (job: string, index = 0) => `https://elsewhere.test/images/${job}/${index}.png?exp=1&sig=none`;
const answer = (content: string) => ({ role: "assistant", content });
const chat = (said: string, ...answers: readonly string[]) => ({
	messages: [...answers.map(answer), { role: "user", content: said }],
});

/** Returns the pictures that are chosen, each as its role and the job that made it, or where it comes from. */
async function chosen(body: JsonObject, said = EDIT, context: Context = makeContext()) {
	const { wanted, edits } = await choosePictures(body, orRefuse(readBroughtAlong(body)), said, context);
	const names = new Map(Object.entries(jobs).map(([name, job]) => [job, name]));
	const pictures = wanted.map(({ role, source }) => {
		if (source.kind === "made") return `${role} ${names.get(source.made.job)} ${source.made.index}`;
		return `${role} ${source.kind === "link" ? source.url : source.kind}`;
	});
	return { pictures, edits };
}

const ofOther = (overrides: object = {}) =>
	makeContext({ caller: { account: "other", key: null, scopes: ["make", "read"] }, ...overrides });

describe("the picture of a chat", () => {
	it("is the last one that was made, whatever became of its link", async () => {
		const messages = chat(
			EDIT,
			`![a](${link(jobs.first)})`,
			`![b](${link(jobs.second)})\n![c](${link(jobs.second, 1)})`,
		);
		expect(await chosen(messages)).toEqual({ pictures: ["image second 1"], edits: "last" });
	});

	it("is none for a message that makes a new one, and no job is asked", async () => {
		const used: string[] = [];
		const seen = { ...env, JOB: observed(env.JOB, (method) => used.push(method)) };
		expect(await chosen(chat(FRESH, link(jobs.first)), FRESH, makeContext({ env: seen }))).toEqual({ pictures: [] });
		expect(used).toEqual([]);
	});

	it("is no picture of another account's, of a job that is not there, or that a job does not have", async () => {
		const made = link(jobs.first);
		const others = [link(jobs.foreign), link("0".repeat(64)), link(jobs.first, 7), link(jobs.waiting)];
		expect(await chosen(chat(EDIT, ...others))).toEqual({ pictures: [] });
		expect(await chosen(chat(EDIT, made, ...others))).toEqual({ pictures: ["image first 0"], edits: "last" });
		expect(await chosen(chat(EDIT, made, ...others), EDIT, ofOther())).toEqual({
			pictures: ["image foreign 0"],
			edits: "last",
		});
	});

	it("is asked what to change of, if its link is all that the message says, and the answer changes it", async () => {
		const asking = { role: "user", content: link(jobs.first) };
		const json = { model: "nano-banana-2", messages: [asking] };
		const response = await ask("/v1/chat/completions", { json });
		const { choices } = await response.json<{ choices: [{ message: { content: string } }] }>();
		expect(choices[0].message.content).toContain("Tell me what to change");
		expect(response.headers.get("x-job-id")).toBeNull();
		const answered = (said: string) =>
			chosen({ messages: [asking, answer(choices[0].message.content), { role: "user", content: said }] }, said);
		expect(await answered("watercolor")).toEqual({ pictures: ["image first 0"], edits: "last" });
		expect(await answered("draw a cat")).toEqual({ pictures: [] });
	});

	it("is the one that the user sent, if no answer has shown one since", async () => {
		const url = "https://pictures.test/cat.png";
		const part = { type: "image_url", image_url: { url } };
		const failed = { role: "assistant", content: "The picture was blocked." };
		const messages = (said: string, ...before: readonly JsonObject[]) => ({
			messages: [...before, { role: "user", content: said }],
		});
		const sends = { role: "user", content: [{ type: "text", text: FRESH }, part, { mask: url }] };
		const both = { pictures: [`image ${url}`, `mask ${url}`], edits: "last" };
		expect(await chosen(messages(EDIT, answer(link(jobs.second)), sends, failed))).toEqual(both);
		expect(await chosen(messages(EDIT, sends))).toEqual(both);
		expect(await chosen({ ...messages(FRESH, sends, failed), mask: url }, FRESH)).toEqual(both);
		expect(await chosen(messages(FRESH, sends, failed), FRESH)).toEqual({ pictures: [] });
		expect(await chosen(messages(EDIT, sends, answer(link(jobs.second))))).toEqual({
			pictures: ["image second 0"],
			edits: "last",
		});
	});

	it("is the one whose number the message names, and a fault if there is none", async () => {
		const pictures = [`![a](${link(jobs.second)})`, `![b](${link(jobs.second, 1)})`];
		const named = (said: string) => chosen(chat(said, pictures.join("\n")), said);
		expect(await named("edit the first picture")).toEqual({ pictures: ["image second 0"], edits: "named" });
		expect(await named("把第二张和第一张合成一张")).toEqual({
			pictures: ["image second 1", "image second 0"],
			edits: "named",
		});
		await expect(named("make the third one blue")).rejects.toMatchObject({
			reason: { param: "messages[0]", fault: { is: "no_picture_at", place: 3, has: 2 } },
		});
	});

	it("is left alone by `generate`, and taken by `edit`", async () => {
		expect(await chosen({ ...chat(EDIT, link(jobs.first)), action: "generate" })).toEqual({ pictures: [] });
		expect(await chosen({ ...chat(FRESH, link(jobs.first)), action: "edit" }, FRESH)).toMatchObject({
			pictures: ["image first 0"],
		});
	});

	it("lies under a mask that comes alone", async () => {
		const mask = "data:image/x-removed;run=0,";
		expect(await chosen({ ...chat(FRESH, link(jobs.first)), mask }, FRESH)).toEqual({
			pictures: ["image first 0", "mask data"],
			edits: "last",
		});
		await expect(chosen({ ...chat(FRESH), mask }, FRESH)).rejects.toMatchObject({
			reason: { param: "mask", fault: { is: "nothing_to_edit" } },
		});
	});

	it("is wanted by `edit`: without one it is a fault of that field", async () => {
		await expect(chosen({ ...chat(EDIT), action: "edit" })).rejects.toMatchObject({
			reason: { param: "action", fault: { is: "nothing_to_edit" } },
		});
		const tools = [{ type: "image_generation", action: "edit" }];
		await expect(chosen({ input: EDIT, tools })).rejects.toMatchObject({ reason: { param: "tools[0].action" } });
	});
});

describe("pictures that the request brings along", () => {
	it("win over those of the conversation, whatever its words and its action are", async () => {
		const image = "https://pictures.test/cat.png";
		for (const action of ["auto", "edit", "generate"]) {
			expect(await chosen({ ...chat(FRESH, link(jobs.first)), image, action }, FRESH)).toEqual({
				pictures: [`image ${image}`],
				edits: "attached",
			});
		}
	});

	it("are ours by their path, if they are this account's, and else the links that they are", async () => {
		const image = [link(jobs.first), link(jobs.foreign)];
		expect(await chosen({ image })).toEqual({
			pictures: ["image first 0", `image ${link(jobs.foreign)}`],
			edits: "attached",
		});
	});

	it("are a fault if they are no https address, and not ours", async () => {
		const image = link(jobs.foreign).replace("https:", "http:");
		await expect(chosen({ image })).rejects.toMatchObject({
			reason: { kind: "invalid_value", param: "image", fault: { is: "no_such_picture" } },
		});
	});
});

describe("the picture of a Response", () => {
	const following = (job: string, more: object = {}) => ({ input: EDIT, previous_response_id: `resp_${job}`, ...more });

	it("is the last one of the one before", async () => {
		expect(await chosen(following(jobs.second))).toEqual({ pictures: ["image second 1"], edits: "last" });
		expect(await chosen(following(jobs.first))).toEqual({ pictures: ["image first 0"], edits: "last" });
		expect(await chosen(following(jobs.second), FRESH)).toEqual({ pictures: [] });
		expect(await chosen(following(jobs.second), "edit the first picture")).toEqual({
			pictures: ["image second 0"],
			edits: "named",
		});
	});

	it("is that of an earlier one, if the one before has none", async () => {
		expect(await chosen(following(jobs.failed))).toEqual({ pictures: ["image second 1"], edits: "last" });
	});

	it("is found over an answer that was only text", async () => {
		expect(await chosen({ input: EDIT, previous_response_id: `resp_req_${jobs.first}_0123abcd` })).toEqual({
			pictures: ["image first 0"],
			edits: "last",
		});
		const alone = { input: EDIT, previous_response_id: "resp_req_0123456789abcdef0123456789abcdef" };
		expect(await chosen(alone)).toEqual({ pictures: [] });
	});

	it("is not there before its end", async () => {
		await expect(chosen(following(jobs.waiting))).rejects.toMatchObject({
			reason: { param: "previous_response_id", fault: { is: "earlier_running" } },
		});
	});

	it.each(["", FRESH])("is refused if there is no such Response, whatever is said: %j", async (said) => {
		const none = { reason: { kind: "previous_response_not_found" } };
		for (const job of ["1", "0".repeat(64), jobs.foreign]) {
			await expect(chosen(following(job), said)).rejects.toMatchObject(none);
		}
		await expect(chosen(following(jobs.first), said, ofOther())).rejects.toMatchObject(none);
	});

	it("is that of an item of the input, before that of the one before", async () => {
		const item = { type: "image_generation_call", id: `ig_${jobs.first}_0` };
		const input = [item, { role: "user", content: EDIT }];
		expect(await chosen({ ...following(jobs.second), input })).toEqual({ pictures: ["image first 0"], edits: "last" });
	});

	it("is named by an item behind the message, whatever that says", async () => {
		const input = (id: string) => [
			{ role: "user", content: FRESH },
			{ type: "image_generation_call", id },
		];
		expect(await chosen({ input: input(`ig_${jobs.second}_1`) }, FRESH)).toEqual({
			pictures: ["image second 1"],
			edits: "last",
		});
		for (const id of [`ig_${jobs.foreign}_0`, `ig_${jobs.second}_9`]) {
			await expect(chosen({ input: input(id) }, FRESH)).rejects.toMatchObject({
				reason: { param: "input[1]", fault: { is: "no_such_picture" } },
			});
		}
	});
});

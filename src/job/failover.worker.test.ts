/** Jobs of a gateway with two accounts at fal, over a simulator that shows a request to its own account only. */
import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { maskOf } from "../../test/support/forms.ts";
import { passTime, resetClock } from "../../test/support/workerd/clock.ts";
import {
	aPrompt,
	ask,
	type Call,
	eventually,
	queueCalls,
	sim,
	streamChat,
} from "../../test/support/workerd/gateway.ts";
import { advance, logOf, overrideEnv, requestIdOf, stubOf } from "../../test/support/workerd/job-of.ts";
import { flatten } from "../core/linked.ts";
import { REMEMBER_REFUSAL_MS, rememberRefusal } from "../fal/refused-accounts.ts";

/** The fingerprints of `test-id` and `spare-id`, by hand. */
const FIRST = "44efc045";
const SPARE = "893d3bba";

/** The first account has no balance. */
const EMPTY_FIRST = "sim:submit=403 sim:account=test-id";

afterEach(() => {
	resetClock();
	for (const account of [FIRST, SPARE]) forget(account);
});

function forget(account: string): void {
	const upstream = { requestId: "r", statusUrl: null, responseUrl: null, cancelUrl: null };
	rememberRefusal(account, { kind: "accepted", upstream, position: null }, Date.now());
}

function draw(prompt: string, more: object = {}): Promise<Response> {
	return ask("/v1/images/generations", { json: { prompt, ...more } });
}

function begin(prompt: string, origin = ""): Promise<Response> {
	const headers = { prefer: "respond-async" };
	return ask(`${origin}/v1/images/generations`, { json: { prompt }, headers });
}

function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

/** Each call about the prompt, as its account and what it asks for. */
async function askedFor(prompt: string): Promise<readonly string[]> {
	return (await queueCalls(prompt)).map(nameOf);
}

function nameOf({ account, method, path, status }: Call): string {
	const part = method === "POST" ? "submit" : (/\/(status\/stream|status|cancel)(?:\?|$)/.exec(path)?.[1] ?? "result");
	return `${account} ${part} ${status}`;
}

async function submittedAs(job: string): Promise<readonly (string | undefined)[]> {
	return (await logOf(job)).map(flatten).flatMap((event) => (event.type === "submitting" ? [event.falAccount] : []));
}

describe("a submit that the first account cannot pay for", () => {
	it("goes to the next one, within the same job", async () => {
		const prompt = aPrompt(`sim:quick ${EMPTY_FIRST}`);
		const response = await draw(prompt);
		expect(response.status).toBe(200);
		expect((await askedFor(prompt)).slice(0, 2)).toEqual(["test-id submit 403", "spare-id submit 200"]);
		const log = await logOf(jobOf(response));
		expect(log.map(({ type }) => type)).toEqual(expect.arrayContaining(["account_refused", "submitted", "succeeded"]));
		expect(log.find(({ type }) => type === "account_refused")).toMatchObject({
			falAccount: FIRST,
			error: { code: "insufficient_quota" },
		});
		expect(await submittedAs(jobOf(response))).toEqual([FIRST, SPARE]);
		const events = await (await ask(`/v1/jobs/${jobOf(response)}/events`)).text();
		expect(events).toContain(`"fal_account":"${SPARE}"`);
		for (const key of ["test-secret", "spare-secret"]) {
			expect(events).not.toContain(key);
			expect(JSON.stringify(log)).not.toContain(key);
		}
	});

	it.each(["401", "402", "403-locked", "403-app"])("does so for a %s, too", async (kind) => {
		const prompt = aPrompt(`sim:quick sim:submit=${kind} sim:account=test-id`);
		expect((await draw(prompt)).status).toBe(200);
		expect((await askedFor(prompt))[1]).toBe("spare-id submit 200");
	});

	it.each(["403-page", "429", "503", "404"])("stays with its account after a %s", async (kind) => {
		const prompt = aPrompt(`sim:quick sim:submit=${kind} sim:refusals=1 sim:account=test-id`);
		expect((await draw(prompt)).status).toBe(200);
		const submits = (await askedFor(prompt)).filter((call) => call.includes("submit"));
		expect(submits.map((call) => call.split(" ")[0])).toEqual(["test-id", "test-id"]);
	});

	it("is followed, polled and fetched as the account that took it", async () => {
		const prompt = aPrompt(`sim:hold sim:webhook=never ${EMPTY_FIRST}`);
		const response = await streamChat(prompt);
		const body = response.text();
		await advance(prompt, "IN_PROGRESS");
		await eventually(
			() => askedFor(prompt),
			(calls) => calls.some((call) => call.startsWith("spare-id status/stream")),
		);
		await runDurableObjectAlarm(stubOf(jobOf(response)));
		await advance(prompt, "COMPLETED");
		expect(await body).toContain("![Generated Image]");
		const calls = await askedFor(prompt);
		expect(calls.filter((call) => !call.startsWith("spare-id"))).toEqual(["test-id submit 403"]);
		expect(calls).toContain("spare-id result 200");
	});

	it("is cancelled as the account that took it", async () => {
		const prompt = aPrompt(`sim:hold ${EMPTY_FIRST}`);
		const job = jobOf(await begin(prompt));
		await requestIdOf(prompt);
		await ask(`/v1/jobs/${job}/cancel`, { method: "POST" });
		await eventually(
			() => askedFor(prompt),
			(calls) => calls.includes("spare-id cancel 202"),
		);
	});

	it("is looked for in the list of the account that may have it", async () => {
		const prompt = aPrompt("sim:hold sim:submit=403 sim:account=test-id sim:elsewhere=lost sim:webhook=never");
		const job = jobOf(await begin(prompt, "http://localhost:8787"));
		const log = await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "submitted"),
		);
		expect(log.map(({ type }) => type)).toEqual([
			"accepted",
			"submitting",
			"account_refused",
			"submitting",
			"answer_lost",
			"submitted",
		]);
		expect(log.at(-1)).toMatchObject({ requestId: await requestIdOf(prompt) });
		const submits = (await askedFor(prompt)).filter((call) => call.includes("submit"));
		expect(submits).toEqual(["test-id submit 403", "spare-id submit 0"]);
	});

	it("makes the account be asked last for a minute, and says so in the log once", async () => {
		const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
		const prompts = [1, 2, 3].map(() => aPrompt(`sim:quick ${EMPTY_FIRST}`));
		const [one = "", two = "", three = ""] = prompts;
		await draw(one);
		await draw(two);
		expect((await askedFor(two))[0]).toBe("spare-id submit 200");
		passTime(REMEMBER_REFUSAL_MS);
		await draw(three);
		expect((await askedFor(three)).slice(0, 2)).toEqual(["test-id submit 403", "spare-id submit 200"]);
		expect(warn.mock.calls.map(([line]) => JSON.parse(String(line)))).toEqual(
			[1, 2].map(() => ({
				event: "warning",
				message: "fal refuses an account of FAL_API_KEY.",
				job: expect.stringMatching(/^[0-9a-f]{64}$/),
				account: FIRST,
				code: "insufficient_quota",
			})),
		);
		vi.restoreAllMocks();
	});

	it("is asked by each slot of a job in its turn", async () => {
		const prompt = aPrompt(`sim:quick ${EMPTY_FIRST}`);
		const response = await draw(prompt, { model: "fal-ai/flux-2-pro", n: 3 });
		expect(await response.json()).toMatchObject({ data: [{}, {}, {}] });
		const submits = (await askedFor(prompt)).filter((call) => call.includes("submit"));
		expect(submits.filter((call) => call.endsWith("200"))).toHaveLength(3);
		expect(submits[0]).toBe("test-id submit 403");
	});
});

describe("a submit of unknown outcome", () => {
	it.each(["lost", "502", "504"])("is not sent to another account: %s", async (kind) => {
		const prompt = aPrompt(`sim:hold sim:submit=${kind} sim:account=test-id sim:webhook=never`);
		const job = jobOf(await begin(prompt, "http://localhost:8787"));
		await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "submitted"),
		);
		expect(await submittedAs(job)).toEqual([FIRST]);
		expect((await askedFor(prompt)).filter((call) => call.startsWith("spare"))).toEqual([]);
	});

	it("is not either if its object dies between a refusal and the next account's answer", async () => {
		const prompt = aPrompt("sim:hold sim:submit=403 sim:account=test-id sim:elsewhere=hangs sim:webhook=never");
		const job = jobOf(await begin(prompt, "http://localhost:8787"));
		const requestId = await requestIdOf(prompt);
		await abortAllDurableObjects();
		await ask(`/v1/jobs/${job}`);
		const log = await eventually(
			() => logOf(job).catch(() => []),
			(events) => events.some(({ type }) => type === "submitted"),
		);
		expect(log.at(-1)).toMatchObject({ type: "submitted", requestId });
		expect(await submittedAs(job)).toEqual([FIRST, SPARE]);
		expect((await askedFor(prompt)).filter((call) => call.includes("submit"))).toEqual([
			"test-id submit 403",
			"spare-id submit 0",
		]);
	});
});

describe("a job that both accounts refuse", () => {
	it.each([
		["403", "403-locked", 429, "insufficient_quota", ["balance of one is exhausted", "One is locked"]],
		["401", "403-locked", 403, "upstream_account_locked", ["key of one is not valid", "One is locked"]],
		["401", "403-app", 403, "upstream_permission_missing", ["key of one is not valid", "may not use this model"]],
	])("with %s and %s is told both reasons", async (first, spare, status, code, reasons) => {
		const prompt = aPrompt(`sim:submit=${first} sim:account=test-id sim:elsewhere=${spare}`);
		const response = await draw(prompt);
		expect(response.status).toBe(status);
		expect(response.headers.get("x-should-retry")).toBe("false");
		const { error } = await response.json<{ error: { code: string; message: string } }>();
		expect(error.code).toBe(code);
		for (const reason of reasons) expect(error.message).toContain(reason);
		expect(await askedFor(prompt)).toEqual([
			`test-id submit ${first.slice(0, 3)}`,
			`spare-id submit ${spare.slice(0, 3)}`,
		]);
	});
});

describe("a job whose account is not in the list any more", () => {
	/** A job at fal, submitted as an account that its object then has no key of. */
	async function withoutItsAccount(words: string, keys: string) {
		const prompt = aPrompt(`sim:hold sim:webhook=never ${words}`);
		const job = jobOf(await begin(prompt, "http://localhost:8787"));
		await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "submitted"),
		);
		await overrideEnv(job, { FAL_API_KEY: keys });
		return { prompt, job };
	}

	it("is found by another key of the same account, whatever its place", async () => {
		const { prompt, job } = await withoutItsAccount("", "spare-id:spare-secret,test-id.2:new-secret");
		await advance(prompt, "COMPLETED");
		await runDurableObjectAlarm(stubOf(job));
		const log = await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "succeeded"),
		);
		expect(log.some(({ type }) => type === "failed")).toBe(false);
		expect(await askedFor(prompt)).toEqual(
			expect.arrayContaining(["spare-id status 404", "test-id status 200", "test-id result 200"]),
		);
	});

	it("is not given up while no key finds it", async () => {
		const { prompt, job } = await withoutItsAccount("", "spare-id:spare-secret");
		await advance(prompt, "COMPLETED");
		// A status that nobody may read is no word of the job: after three of them the result is asked for.
		for (let tries = 0; tries < 3; tries += 1) await runDurableObjectAlarm(stubOf(job));
		await eventually(
			() => askedFor(prompt),
			(calls) => calls.includes("spare-id result 404"),
		);
		await overrideEnv(job, { FAL_API_KEY: "spare-id:spare-secret,test-id:test-secret" });
		await runDurableObjectAlarm(stubOf(job));
		await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "succeeded"),
		);
	});

	it("may be of a log from before there were several: then the keys are asked in turn", async () => {
		const { prompt, job } = await withoutItsAccount("", "spare-id:spare-secret,test-id:test-secret");
		await runInDurableObject(stubOf(job), (_, { storage }) => {
			storage.sql.exec(`UPDATE log SET events = replace(events, ',"falAccount":"${FIRST}"', '')`);
		});
		await evictDurableObject(stubOf(job));
		expect(await submittedAs(job)).toEqual([undefined]);
		await overrideEnv(job, { FAL_API_KEY: "spare-id:spare-secret,test-id:test-secret" });
		await advance(prompt, "COMPLETED");
		await runDurableObjectAlarm(stubOf(job));
		await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "succeeded"),
		);
	});
});

describe("pictures that are uploaded before a submit", () => {
	it("go to the storage of the next account if that of the first is locked", async () => {
		await sim("/accounts/test-id", { method: "POST", body: JSON.stringify({ state: "balance" }) });
		try {
			const prompt = aPrompt("make it blue sim:quick");
			const image = `data:image/png;base64,${maskOf(8, 8).toBase64()}`;
			const response = await ask("http://gateway.local/v1/images/edits", {
				json: { prompt, images: [{ image_url: image }] },
			});
			expect(await response.json()).toMatchObject({ data: [{}] });
			expect(await submittedAs(jobOf(response))).toEqual([FIRST, SPARE]);
			// The first account's storage refused, so its submit did not leave. A submit that a key is refused for has no prompt.
			const posts: readonly Call[] = await (await sim("/calls?method=POST")).json();
			const ofFirst = posts.filter(({ account }) => account === "test-id");
			expect(ofFirst.at(-1)).toMatchObject({
				path: expect.stringMatching(/^\/storage\/upload\/initiate/),
				status: 403,
			});
			expect((await askedFor(prompt))[0]).toBe("spare-id submit 200");
		} finally {
			await sim("/accounts/test-id", { method: "POST", body: JSON.stringify({ state: "ok" }) });
		}
	});
});

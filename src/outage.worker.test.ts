/** A week of outages: what an operator sees while each lasts, and what becomes of the jobs that fal drew. docs/outages.md tells of it. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aPrompt, eventually } from "../test/support/workerd/gateway.ts";
import { advance, overrideEnv, stubOf } from "../test/support/workerd/job-of.ts";
import { collectLines, fieldsOf, type RawLine, textOf } from "../test/support/workerd/log-lines.ts";
import {
	type Begun,
	billOf,
	bucketWithout,
	failingObjects,
	logHas,
	openGateway,
	PRICE,
	pass,
	setFal,
} from "../test/support/workerd/outage.ts";

const MINUTE = 60_000;
/** Longer than an hour without fal. */
const PATIENT = { JOB_DEADLINE_SECONDS: "7200" };

let lines: RawLine[] = [];
let gateway = openGateway();
beforeEach(() => {
	lines = collectLines();
	gateway = openGateway();
});
afterEach(async () => {
	vi.restoreAllMocks();
	await setFal("ok");
});

function linesOf({ job }: Begun) {
	return lines.map(fieldsOf).filter((fields) => fields?.job === job);
}

/** No line says what a client asked for, or holds a key or a link. */
function expectNoSecret(...jobs: readonly Begun[]): void {
	const secrets = [
		...jobs.map(({ prompt }) => prompt.slice(0, 30)),
		"test-key-of",
		"key-of-",
		"-secret",
		"sig=",
		"://",
	];
	const text = lines.map(textOf).join("\n");
	expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

describe("Monday: fal is down for an hour", () => {
	it("shows it, keeps what fal has, and draws what fal could not take before", async () => {
		const { begin, submit, health, counted, scrape, delivered } = gateway;
		const paid = await submit("sim:hold", PATIENT);
		const silent = await submit("sim:hold sim:webhook=never", PATIENT);
		await setFal("down");
		const [waiting, hasty] = [await begin("sim:quick", PATIENT), await begin("sim:quick")];
		for (const { job } of [waiting, hasty]) await logHas(job, "refused");
		// fal draws this one, and can tell nobody.
		await advance(silent.prompt, "COMPLETED");

		expect(await health()).toEqual([503, ["fal_key: fal answered 503."]]);
		await pass(hasty.job, 14.9 * MINUTE);
		await logHas(hasty.job, "failed");
		for (const { job } of [paid, silent, waiting]) await pass(job, 59 * MINUTE);
		await counted({ failed: 1 }, 3);
		expect(linesOf(hasty)).toMatchObject([
			{ event: "job.ended", outcome: "failed", code: "upstream_unavailable", falRequests: [], cost: 0, charge: "free" },
		]);
		expect([paid, silent, waiting].flatMap(linesOf)).toEqual([]);

		await setFal("ok");
		expect(await health()).toEqual([200, []]);
		await advance(paid.prompt, "COMPLETED");
		for (const { job } of [silent, waiting]) await pass(job, MINUTE);
		for (const one of [paid, silent]) await delivered(one);
		await counted({ failed: 1, succeeded: 3 }, 0);
		expect(await scrape("cost_usd_total")).toEqual({ failed: 0, succeeded: await billOf(paid, silent, waiting) });
		expect(await billOf(hasty)).toBe(0);
		expectNoSecret(paid, silent, waiting, hasty);
	});
});

describe.each([
	["Tuesday: R2 refuses writes", (method: string) => method === "put", "put: Internal error. (10001)", 200],
	["Thursday: the bucket is gone", () => true, "The specified bucket does not exist. (10006)", 500],
])("%s", (_day, isRefused, message, statusOfLink) => {
	it("shows it, and stores each picture once R2 takes it", async () => {
		const { submit, asClient, viewOf, health, counted, scrape, delivered } = gateway;
		const IMAGES = bucketWithout(isRefused, message);
		const before = await submit("sim:quick");
		const link = await delivered(before);
		const paid = await submit("sim:hold");
		await overrideEnv(paid.job, { IMAGES });
		await advance(paid.prompt, "COMPLETED");
		await logHas(paid.job, "generated");
		await pass(paid.job, 59 * MINUTE, { IMAGES });

		expect(await viewOf(paid.job)).toMatchObject({ status: "storing", error: null, images: [] });
		expect(await health({ IMAGES })).toEqual([503, ["r2: It failed, or gave no answer in 5 seconds."]]);
		const answer = await asClient({ IMAGES })(link);
		expect(answer.status).toBe(statusOfLink);
		await answer.bytes();
		await counted({ succeeded: 1 }, 1);
		expect(linesOf(paid).at(-1)).toEqual({
			event: "warning",
			message: "A picture could not be stored yet.",
			job: paid.job,
			why: "The picture was cut short, or R2 did not take it.",
		});

		await pass(paid.job, MINUTE);
		await delivered(paid);
		await counted({ succeeded: 2 }, 0);
		expect(await scrape("cost_usd_total")).toEqual({ succeeded: await billOf(before, paid) });
		expect(linesOf(paid).at(-1)).toMatchObject({ event: "job.ended", outcome: "succeeded", lost: 0, charge: "paid" });
		expectNoSecret(before, paid);
	});
});

describe("Wednesday: fal does not know the key of a rotation", () => {
	it("shows it, takes what a webhook brings, and fetches the rest with a good key", async () => {
		const { begin, submit, health, counted, scrape, delivered } = gateway;
		const paid = await submit("sim:hold", PATIENT);
		const silent = await submit("sim:hold sim:webhook=never", PATIENT);
		await setFal("invalid");
		const refused = await begin("sim:quick");
		await logHas(refused.job, "failed");
		expect(await health()).toEqual([503, ["fal_key: fal does not know this key of FAL_API_KEY."]]);
		await advance(paid.prompt, "COMPLETED");
		await delivered(paid);
		await advance(silent.prompt, "COMPLETED");
		await pass(silent.job, 30 * MINUTE);
		await counted({ failed: 1, succeeded: 1 }, 1);
		expect(linesOf(refused).at(-1)).toMatchObject({ code: "upstream_key_refused", falRequests: [], charge: "free" });
		expect(linesOf(silent)).toEqual([]);

		await setFal("ok");
		await pass(silent.job, MINUTE);
		await delivered(silent);
		await counted({ failed: 1, succeeded: 2 }, 0);
		expect(await scrape("cost_usd_total")).toEqual({ failed: 0, succeeded: await billOf(paid, silent) });
		expect(await billOf(refused)).toBe(0);
		expectNoSecret(paid, silent, refused);
	});
});

describe("a job whose deadline passes in an outage", () => {
	it.each(["down", "invalid"] as const)("shows its picture as late when fal is no longer %s", async (state) => {
		const { submit, viewOf, counted, scrape, delivered } = gateway;
		const paid = await submit("sim:hold");
		await setFal(state);
		await pass(paid.job, 15 * MINUTE);
		// fal does not say that it cancels the request.
		await pass(paid.job, MINUTE);
		await logHas(paid.job, "failed");
		await counted({ failed: 1 }, 0);
		expect(await viewOf(paid.job)).toMatchObject({ error: { code: "deadline_exceeded" }, images: [] });

		await setFal("ok");
		await advance(paid.prompt, "COMPLETED");
		await delivered(paid, { late: true });
		expect(linesOf(paid)).toMatchObject([
			{ event: "job.ended", code: "deadline_exceeded", charge: "free" },
			{ event: "job.late", index: 0, cost: PRICE, charge: "paid" },
		]);
		expect(await scrape("cost_usd_total")).toEqual({ failed: await billOf(paid) });
		expectNoSecret(paid);
	});
});

describe("Friday: the free plan is used up", () => {
	const MESSAGE = "Exceeded allowed duration in Durable Objects free tier.";

	it("shows that objects refuse each call, and goes on by their alarms on the next day", async () => {
		const { submit, asOwner, asClient, health, counted, scrape, delivered } = gateway;
		const paid = await submit("sim:hold sim:webhook=never", PATIENT);
		const spent = { ACCOUNT: failingObjects(env.ACCOUNT, MESSAGE), JOB: failingObjects(env.JOB, MESSAGE) };
		await advance(paid.prompt, "COMPLETED");
		const paths = ["/healthz", "/v1/models", "/v1/jobs", `/v1/jobs/${paid.job}`, "/metrics"];
		const statuses = await Promise.all(paths.map(async (path) => (await asOwner(spent)(path)).status));
		expect(statuses).toEqual([200, 200, 500, 500, 500]);
		const drawn = await asClient(spent)("/v1/images/generations", { json: { prompt: aPrompt("sim:quick") } });
		expect(drawn.status).toBe(500);
		expect(await health(spent)).toEqual([503, ["objects: It failed, or gave no answer in 5 seconds."]]);
		expect(lines.map(fieldsOf)).toContainEqual(
			expect.objectContaining({ event: "error", message: "unexpected error", error: `Error: ${MESSAGE}` }),
		);

		await pass(paid.job, 30 * MINUTE);
		await delivered(paid);
		await counted({ succeeded: 1 }, 0);
		expect(await scrape("cost_usd_total")).toEqual({ succeeded: await billOf(paid) });
		expectNoSecret(paid);
	});

	it("loses nothing of a job whose object may write no row", async () => {
		const { submit, counted, scrape, delivered } = gateway;
		const paid = await submit("sim:hold", PATIENT);
		await runInDurableObject(stubOf(paid.job), (_, { storage: { sql } }) => {
			const { exec } = sql;
			Object.defineProperty(sql, "exec", {
				configurable: true,
				value: (query: string, ...values: SqlStorageValue[]) => {
					if (query.startsWith("INSERT"))
						throw new Error("Exceeded allowed rows written in Durable Objects free tier.");
					return exec.call(sql, query, ...values);
				},
			});
		});
		await advance(paid.prompt, "COMPLETED");
		// fal is told to bring it again.
		await eventually(
			async () => lines.map(fieldsOf),
			(all) => all.some((fields) => fields?.route === "/webhooks/fal/:job/:mac" && fields.status === 500),
		);
		await evictDurableObject(stubOf(paid.job));
		await pass(paid.job, 30 * MINUTE);
		await delivered(paid);
		await counted({ succeeded: 1 }, 0);
		expect(await scrape("cost_usd_total")).toEqual({ succeeded: await billOf(paid) });
		expectNoSecret(paid);
	});
});

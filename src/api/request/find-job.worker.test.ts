import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { aPrompt, ask } from "../../../test/support/workerd/gateway.ts";
import { JOB } from "../../../test/support/workerd/make-config.ts";
import { makeContext } from "../../../test/support/workerd/make-context.ts";
import type { Context } from "../../context.ts";
import { findJob, findJobOf, jobIdOf, logOf } from "./find-job.ts";

let job = "";
beforeAll(async () => {
	const made = await ask("/v1/responses", {
		json: { input: aPrompt("sim:hold") },
		headers: { prefer: "respond-async" },
	});
	job = made.headers.get("x-job-id") ?? "";
	await made.text();
});

const named = (id: string, overrides: Partial<Context> = {}) => makeContext({ params: { id }, ...overrides });
const other = { caller: { account: "other", key: null, scopes: [] } } as const;
const NOT_FOUND = { reason: { kind: "not_found", what: "job" } };

describe("jobIdOf", () => {
	it.each(["", "job_", "resp_", "chatcmpl-", "imgtask_"])("takes an id with the prefix %j", (prefix) => {
		expect(jobIdOf(named(`${prefix}${job}`))).toBe(job);
	});

	it("takes the id of a request that made or joined the job", () => {
		expect(jobIdOf(named(`req_${job}_0123abcd`))).toBe(job);
	});

	it.each<readonly [case_: string, toId: (id: string) => string]>([
		["none", () => ""],
		["a prefix alone", () => "job_"],
		["another prefix", (id) => `msg_${id}`],
		["two prefixes", (id) => `job_job_${id}`],
		["a prefix of another form", (id) => `chatcmpl_${id}`],
		["capital digits", (id) => id.toUpperCase()],
		["a digit less", (id) => id.slice(1)],
		["a digit more", (id) => `${id}0`],
		["a line break after it", (id) => `${id}\n`],
		["the id of a text answer", () => "resp_req_0123456789abcdef0123456789abcdef"],
		["the id of a request without a job", () => "req_0123456789abcdef0123456789abcdef"],
		["a request's id with another prefix", (id) => `job_req_${id}_0123abcd`],
		["digits that the runtime never gave out", () => JOB],
	])("refuses %s", (_, toId) => {
		expect(() => jobIdOf(named(toId(job)))).toThrow(expect.objectContaining(NOT_FOUND));
	});

	it("refuses a path without an id", () => {
		expect(() => jobIdOf(makeContext())).toThrow(expect.objectContaining(NOT_FOUND));
	});
});

describe("findJob", () => {
	it("reads the job's id and its log", async () => {
		const found = await findJob(named(`job_${job}`));
		expect(found.id).toBe(job);
		expect(found.log[0]).toMatchObject({ type: "accepted", account: "owner" });
	});

	it("refuses a job of another account as one that does not exist", async () => {
		await expect(findJob(named(job, other))).rejects.toMatchObject(NOT_FOUND);
		const never = env.JOB.newUniqueId().toString();
		await expect(findJob(named(never))).rejects.toMatchObject(NOT_FOUND);
	});
});

it("logOf reads the log of an id that is known", async () => {
	expect((await logOf(job, makeContext()))[0]?.type).toBe("accepted");
	await expect(logOf(job, makeContext(other))).rejects.toMatchObject(NOT_FOUND);
});

describe("findJobOf", () => {
	it("finds a job that the API made, by any of its names", async () => {
		for (const id of [job, `resp_${job}`, `job_${job}`, `chatcmpl-${job}`])
			expect((await findJobOf("responses", "response", named(id))).id).toBe(job);
	});

	it("refuses a job that another API made, in the words of the API", async () => {
		await expect(findJobOf("chat", "completion", named(`chatcmpl-${job}`))).rejects.toMatchObject({
			reason: { kind: "not_found", what: "completion" },
		});
	});
});

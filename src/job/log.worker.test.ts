import { waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
	cancel,
	cancelAnswered,
	clientDisconnected,
	failure,
	outputs,
	play,
	start,
	stored,
	submitted,
	thumbnailKept,
} from "../../test/support/logs.ts";
import { makeAccepted, makeRequest } from "../../test/support/make.ts";
import { aPrompt, ask, eventually } from "../../test/support/workerd/gateway.ts";
import { advance, logOf, stubOf, watchersOf } from "../../test/support/workerd/job-of.ts";
import { makeContext } from "../../test/support/workerd/make-context.ts";
import type { LinkedEvent } from "../core/linked.ts";
import { createLinks } from "../media/links.ts";
import { asObserver, collectLog, failureOf, type JobLog, readLog, resumeLog, watchLog } from "./log.ts";

type Why = Parameters<JobLog["close"]>[0];

const patient = new AbortController().signal;
const byOther = { caller: { account: "other", key: null, scopes: [] } } as const;

async function makeJob(words: string) {
	const prompt = aPrompt(words);
	const made = await ask("/v1/images/generations", { json: { prompt }, headers: { prefer: "respond-async" } });
	await made.text();
	return { prompt, id: made.headers.get("x-job-id") ?? "" };
}

/** Makes a job that has ended, and was watched by nobody. */
async function anEndedJob(): Promise<string> {
	const { id } = await makeJob("sim:quick");
	await eventually(
		() => logOf(id),
		(log) => log.some(({ type }) => type === "succeeded"),
	);
	return id;
}

async function readOwn(id: string): Promise<readonly LinkedEvent[]> {
	const log = await readLog(makeContext(), id);
	if (log === null) throw new Error("the job exists");
	return log;
}

/** Returns what the log of a job says of its clients. */
async function clientsOf(id: string) {
	return (await logOf(id)).map(({ type }) => type).filter((type) => type === "client_left" || type === "delivered");
}

/** Resumes an ended job from its log, and leaves it for these reasons, one after the other. */
async function resumeAndClose(id: string, ...reasons: readonly Why[]) {
	const context = makeContext();
	const job = resumeLog(context, id, await readOwn(id));
	for (const why of reasons) job.close(why);
	await waitOnExecutionContext(context.ctx);
}

describe("resumeLog of a job that has ended", () => {
	it("reads the log to its end, and waits for nothing", async () => {
		const id = await anEndedJob();
		const log = await readOwn(id);
		const job = resumeLog(makeContext(), id, log);
		expect([job.id, job.ended]).toEqual([id, true]);
		expect(await collectLog(job, patient)).toEqual(log);
		expect(await watchersOf(id)).toBe(0);
	});

	it("leaves out what came after the end", async () => {
		const late = play([start(), submitted(), cancel, cancelAnswered("accepted"), outputs(1), stored(0)]);
		expect(late.at(-1)?.type).toBe("late_image");
		const read = await collectLog(resumeLog(makeContext(), env.JOB.newUniqueId().toString(), late), patient);
		expect(read.at(-1)?.type).toBe("cancelled");
	});

	it("reports how its client left, but only what the log does not say yet", async () => {
		const id = await anEndedJob();
		await resumeAndClose(id, "delivered");
		expect(await clientsOf(id)).toEqual([]);
		await resumeAndClose(id, "other");
		expect(await clientsOf(id)).toEqual([]);
		await resumeAndClose(id, "clientLeft");
		expect(await clientsOf(id)).toEqual(["client_left"]);
		await resumeAndClose(id, "clientLeft");
		expect(await clientsOf(id)).toEqual(["client_left"]);
		await resumeAndClose(id, "delivered");
		expect(await clientsOf(id)).toEqual(["client_left", "delivered"]);
		await resumeAndClose(id, "delivered");
		expect(await clientsOf(id)).toEqual(["client_left", "delivered"]);
	});

	it("reports the first reason alone", async () => {
		const id = await anEndedJob();
		await resumeAndClose(id, "delivered", "clientLeft");
		await resumeAndClose(id, "other", "clientLeft");
		expect(await clientsOf(id)).toEqual([]);
		await resumeAndClose(id, "clientLeft", "delivered");
		expect(await clientsOf(id)).toEqual(["client_left"]);
	});

	it("does not fail if the job is gone when its client leaves", async () => {
		const ended = play([start(), submitted(), outputs(1), stored(0)]);
		const context = makeContext();
		resumeLog(context, env.JOB.newUniqueId().toString(), ended).close("clientLeft");
		await waitOnExecutionContext(context.ctx);
	});
});

describe("resumeLog of a job that goes on", () => {
	it("begins with the log that was read, and follows it to its end", async () => {
		const { id, prompt } = await makeJob("sim:hold");
		const begun = await readOwn(id);
		const job = resumeLog(makeContext(), id, begun);
		expect(job.ended).toBe(false);
		const collecting = collectLog(job, patient);
		await advance(prompt, "COMPLETED");
		const log = await collecting;
		expect(log.slice(0, begun.length)).toEqual(begun);
		expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
		expect(log.at(-1)?.type).toBe("succeeded");
		expect(log).toEqual(await readOwn(id));
		job.close("delivered");
	});
});

describe("asObserver", () => {
	it.each<readonly [client: string, told: readonly string[], wrap: (log: JobLog) => JobLog]>([
		["an observer of", [], asObserver],
		["a client of", ["client_left"], (log) => log],
	])("lets %s a running job leave, and the log says %j", async (_, told, wrap) => {
		const { id } = await makeJob("sim:hold");
		const context = makeContext();
		const job = wrap(watchLog(context, id));
		for await (const _events of job.events) break;
		job.close("clientLeft");
		await waitOnExecutionContext(context.ctx);
		await eventually(
			() => watchersOf(id),
			(watchers) => watchers === 0,
		);
		expect(await clientsOf(id)).toEqual(told);
	});

	it("passes every other reason on", () => {
		const reasons: Why[] = [];
		const events = (async function* () {})();
		const log: JobLog = { id: "1", ended: true, events, close: (why) => reasons.push(why) };
		for (const why of ["delivered", "clientLeft", "other"] as const) asObserver(log).close(why);
		expect(reasons).toEqual(["delivered", "observerLeft", "other"]);
	});
});

describe("readLog", () => {
	it("returns null for a job of another account, and for none", async () => {
		const { id } = await makeJob("sim:hold");
		expect(await readLog(makeContext(byOther), id)).toBeNull();
		expect(await readLog(makeContext(), env.JOB.newUniqueId().toString())).toBeNull();
		expect((await readOwn(id))[0]?.type).toBe("accepted");
	});

	it("gives each picture an absolute link that is signed for as long as the job is kept", async () => {
		const { id } = await makeJob("sim:hold");
		const { searchParams, pathname, origin } = await linkOf(await anEndedJob());
		expect(origin).toBe("https://gateway.test");
		const [, , job = "", file = ""] = pathname.split("/");
		const links = createLinks(makeContext().config);
		const exp = Number(searchParams.get("exp")) * 1_000;
		expect(await links.verify("images", { job, file }, searchParams, exp - 1)).toBe(true);
		expect(await links.verify("images", { job, file }, searchParams, exp)).toBe(false);
		expect(await links.verify("images", { job: id, file }, searchParams, exp - 1)).toBe(false);
	});

	async function linkOf(job: string): Promise<URL> {
		const log = await readOwn(job);
		const [accepted] = log;
		const [url] = log.flatMap((event) => (event.type === "image" ? [new URL(event.url)] : []));
		if (accepted?.type !== "accepted" || url === undefined) throw new Error("the job has a picture");
		expect(Number(url.searchParams.get("exp"))).toBe(Math.floor(accepted.expiresAt / 1_000));
		return url;
	}

	it("links to the host of the reader, not to that of the request that made the job", async () => {
		const id = env.JOB.newUniqueId().toString();
		const { rendering } = makeAccepted();
		const accepted = makeAccepted({
			request: makeRequest({ prompt: aPrompt("sim:quick") }),
			rendering: { ...rendering, origin: "https://first.test" },
			deadlineAt: Date.now() + 900_000,
			expiresAt: Date.now() + 900_000,
			webhook: null,
		});
		await stubOf(id).start(accepted, false);
		await eventually(
			() => logOf(id),
			(log) => log.some(({ type }) => type === "succeeded"),
		);
		const links = (await readOwn(id)).flatMap((event) => (event.type === "image" ? [event.url] : []));
		expect(links).toEqual([expect.stringMatching(`^https://gateway\\.test/images/${id}/0\\.png\\?exp=`)]);
	});
});

describe("watchLog", () => {
	it("ends as that of a cancelled job if the job does not exist any more", async () => {
		const job = watchLog(makeContext(), env.JOB.newUniqueId().toString());
		const log = await collectLog(job, patient);
		expect(log).toEqual([{ type: "cancelled", seq: 1, at: expect.any(Number) }]);
		expect(failureOf(log)).toMatchObject({ code: "cancelled" });
	});
});

describe("collectLog", () => {
	it("leaves at once if its client has left already", async () => {
		const { id } = await makeJob("sim:hold");
		const job = watchLog(makeContext(), id);
		expect(await collectLog(job, AbortSignal.abort())).toEqual([]);
		await ask(`/v1/jobs/${id}`, { method: "DELETE" });
	});

	it("tells the job when its client leaves, and returns what there is", async () => {
		const { id } = await makeJob("sim:hold");
		const context = makeContext();
		const abort = new AbortController();
		const collecting = collectLog(watchLog(context, id), abort.signal);
		await eventually(
			() => watchersOf(id),
			(watchers) => watchers === 1,
		);
		abort.abort();
		const log = await collecting;
		expect(log.map(({ type }) => type)).not.toContain("succeeded");
		await waitOnExecutionContext(context.ctx);
		await eventually(
			() => clientsOf(id),
			(told) => told.length === 1,
		);
	});
});

describe("failureOf", () => {
	it.each<readonly [end: string, code: string | null, log: readonly LinkedEvent[]]>([
		["a success", null, play([start(), submitted(), outputs(1), stored(0)])],
		["a success with a thumbnail", null, play([start(), submitted(), outputs(1), stored(0), thumbnailKept])],
		["a failure", "upstream_failed", play([start(), submitted(), failure])],
		[
			"a failure that its client missed",
			"upstream_failed",
			play([start(), submitted(), failure, clientDisconnected(false)]),
		],
		["a cancellation", "cancelled", play([start(), submitted(), cancel, cancelAnswered("accepted")])],
		["a log that its reader left", "cancelled", play([start(), submitted()])],
	])("of %s is %s", (_, code, log) => {
		expect(failureOf(log)?.code ?? null).toBe(code);
	});
});

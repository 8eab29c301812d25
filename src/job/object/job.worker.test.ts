import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { makeAccepted, makeRequest } from "../../../test/support/make.ts";
import { aPrompt, eventually, submitsOf } from "../../../test/support/workerd/gateway.ts";
import { alarmOf, logOf, requestIdOf, stubOf, tablesOf } from "../../../test/support/workerd/job-of.ts";
import type { JobEvent } from "../../core/events.ts";

function newId(): string {
	return env.JOB.newUniqueId().toString();
}

/** A job at a fal that holds its request. No webhook is asked for. */
async function startJob({ watched = false, id = newId(), words = "sim:hold" } = {}) {
	const prompt = aPrompt(words);
	const accepted = makeAccepted({
		webhook: null,
		request: makeRequest({ prompt }),
		deadlineAt: Date.now() + 900_000,
		expiresAt: Date.now() + 900_000,
	});
	const begun: readonly JobEvent[] = JSON.parse((await stubOf(id).start(accepted, watched)) ?? "[]");
	return { id, prompt, accepted, begun };
}

describe("start", () => {
	it("refuses a job whose account no longer counts on it, and keeps nothing", async () => {
		const id = newId();
		const accepted = makeAccepted({ startBy: Date.now() - 1 });
		expect(await stubOf(id).start(accepted, false)).toBeNull();
		expect([await tablesOf(id), await alarmOf(id)]).toEqual([[], null]);
		expect(await stubOf(id).settlement()).toBe("never");
	});

	it("leaves a job that has begun in time as it is", async () => {
		const { id, accepted } = await startJob();
		expect(await stubOf(id).start({ ...accepted, startBy: Date.now() - 1 }, false)).toBe("[]");
		expect(await stubOf(id).settlement()).toBe("running");
	});

	it("returns the first events to the one that started the job, and none to others", async () => {
		const { id, prompt, accepted, begun } = await startJob();
		expect(begun.map(({ type }) => type)).toEqual(["accepted", "submitting"]);
		expect(await stubOf(id).start(accepted, false)).toBe("[]");
		await requestIdOf(prompt);
		expect(await submitsOf(prompt)).toBe(1);
	});
});

describe("claim", () => {
	it("says that a job without a log is unstarted", async () => {
		expect(await stubOf(newId()).claim(false)).toBe("unstarted");
		expect(await stubOf(newId()).claim(true)).toBe("unstarted");
	});

	it("lets a declared retry join, as often as it asks", async () => {
		const { id } = await startJob({ watched: true });
		expect([await stubOf(id).claim(true), await stubOf(id).claim(true)]).toEqual(["yes", "yes"]);
	});

	it("lets any other request join once, when the last client left without its answer", async () => {
		const { id } = await startJob();
		expect(await stubOf(id).claim(false)).toBe("no");
		await stubOf(id).clientGone("owner", false);
		expect(await stubOf(id).claim(false)).toBe("yes");
		// The one that was told yes is about to watch.
		expect(await stubOf(id).claim(false)).toBe("no");
	});

	it("refuses everybody a job that surely cost nothing", async () => {
		const { id } = await startJob({ words: "sim:refused-422" });
		await eventually(
			() => logOf(id),
			(log) => log.at(-1)?.type === "failed",
		);
		expect([await stubOf(id).claim(true), await stubOf(id).claim(false)]).toEqual(["no", "no"]);
	});
});

describe("webhook", () => {
	it("takes only what is of the job's own request", async () => {
		const { id, prompt } = await startJob();
		const requestId = await requestIdOf(prompt);
		await eventually(
			() => logOf(id),
			(log) => log.some(({ type }) => type === "submitted"),
		);
		const failure = { kind: "failure", error: { code: "upstream_failed", message: "no" } } as const;
		expect(await stubOf(newId()).webhook(requestId, failure)).toBe("no_job");
		expect(await stubOf(id).webhook("another", failure)).toBe("other_request");
		expect(await stubOf(id).webhook(requestId, failure)).toBe("taken");
		expect((await logOf(id)).at(-1)).toMatchObject({ type: "failed", error: failure.error });
	});
});

describe("another account", () => {
	it("can neither read, cancel nor delete a job, nor leave it", async () => {
		const { id } = await startJob();
		const before = await logOf(id);
		expect(await stubOf(id).read("other")).toBeNull();
		expect(await stubOf(id).cancel("other")).toBe(false);
		expect(await stubOf(id).remove("other")).toBe(false);
		await stubOf(id).clientGone("other", false);
		const events = (await logOf(id)).map(({ type }) => type);
		expect(events.slice(0, before.length)).toEqual(before.map(({ type }) => type));
		for (const type of ["cancelling", "deleting", "client_left"]) expect(events).not.toContain(type);
	});
});

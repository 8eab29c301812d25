import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Job } from "./job/object/job.ts";
import { callAccount, callJob } from "./stub.ts";

type JobStub = DurableObjectStub<Job>;

function newJobId(): string {
	return env.JOB.newUniqueId().toString();
}

/** The object ends its instance while it is called, as the runtime does when it resets one. */
function reset(job: JobStub): Promise<number> {
	return runInDurableObject(job, (_, ctx): number => {
		ctx.abort("reset by a test");
		return 0;
	});
}

/** Calls an object in turn, each try as the next of `tries` says; the last one again and again. */
function calling<T>(...tries: ((job: JobStub) => Promise<T>)[]) {
	let count = 0;
	return {
		call: (job: JobStub): Promise<T> => {
			const next = tries[Math.min(count, tries.length - 1)];
			count += 1;
			return next === undefined ? Promise.reject(new Error("no try left")) : next(job);
		},
		count: () => count,
	};
}

function failing(marks: object): () => Promise<never> {
	return () => Promise.reject(Object.assign(new Error("a stub's error"), marks));
}

async function errorOf(calls: Promise<unknown>): Promise<unknown> {
	return calls.then(
		() => null,
		(error: unknown) => error,
	);
}

describe("a call's error", () => {
	it("has durableObjectReset, and not retryable, when the object's instance was reset", async () => {
		const job = env.JOB.get(env.JOB.idFromString(newJobId()));
		const error = await errorOf(reset(job));
		expect(error).toMatchObject({ durableObjectReset: true, remote: true });
		expect(error).not.toHaveProperty("retryable");
		// The stub stays broken; another one reaches a new instance.
		expect(await errorOf(job.rowsWritten())).toMatchObject({ durableObjectReset: true });
		expect(await env.JOB.get(job.id).rowsWritten()).toBe(0);
	});

	it("has neither mark when the object itself threw", async () => {
		const id = newJobId();
		const error = await errorOf(callJob(env, id, (job) => Reflect.apply(Reflect.get(job, "start"), job, [null])));
		expect(error).toMatchObject({ remote: true });
		expect(error).not.toHaveProperty("retryable");
		expect(error).not.toHaveProperty("durableObjectReset");
	});

	it("has no mark at all when a test aborts all objects: no rule can know such an error", async () => {
		const job = env.JOB.get(env.JOB.idFromString(newJobId()));
		const waiting = runInDurableObject(job, () => scheduler.wait(5_000));
		await runInDurableObject(env.JOB.get(job.id), () => {});
		await abortAllDurableObjects();
		const error = await errorOf(waiting);
		expect(error).toBeInstanceOf(Error);
		for (const mark of ["retryable", "durableObjectReset", "overloaded"]) {
			expect(error).not.toHaveProperty(mark);
		}
	});
});

describe("callJob", () => {
	it("calls a new instance when the first was reset", async () => {
		const { call, count } = calling(reset, (job) => job.rowsWritten());
		expect(await callJob(env, newJobId(), call)).toBe(0);
		expect(count()).toBe(2);
	});

	it("does not call again when the object itself threw", async () => {
		const { call, count } = calling((job) => Reflect.apply(Reflect.get(job, "start"), job, [null]));
		expect(await errorOf(callJob(env, newJobId(), call))).toBeInstanceOf(TypeError);
		expect(count()).toBe(1);
	});

	it.each([
		[3, "a connection that was lost", { retryable: true }],
		[3, "an object that a deploy reset", { retryable: true, durableObjectReset: true, remote: true }],
		[3, "an object whose storage failed", { durableObjectReset: true, remote: true }],
		[1, "an overloaded object", { overloaded: true, remote: true }],
		[1, "an object that was reset for its load", { overloaded: true, durableObjectReset: true, remote: true }],
		[1, "an overloaded object that is called retryable", { retryable: true, overloaded: true }],
		[1, "an object whose code threw", { remote: true }],
		[1, "nobody: it has no marks", {}],
		[1, "an object with a mark that is not true", { retryable: "yes" }],
	])("tries %i× when the error is that of %s", async (tries, _, marks) => {
		const { call, count } = calling(failing(marks));
		expect(await errorOf(callJob(env, newJobId(), call))).toMatchObject({ message: "a stub's error", ...marks });
		expect(count()).toBe(tries);
	});

	it("refuses an id that no object has, without a second try", async () => {
		const { call, count } = calling((job) => job.rowsWritten());
		expect(await errorOf(callJob(env, "not an id", call))).toBeInstanceOf(TypeError);
		expect(count()).toBe(0);
	});
});

describe("callAccount", () => {
	it("calls the account's object by its name, again when it was reset", async () => {
		let tries = 0;
		const listed = await callAccount(env, "an account of stub tests", async (account) => {
			tries += 1;
			if (tries > 1) return account.list(null, 1);
			return runInDurableObject(account, (_, ctx) => {
				ctx.abort("reset by a test");
				return [];
			});
		});
		expect([tries, listed]).toEqual([2, []]);
	});
});

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { makeAccepted, makeRequest } from "../../../test/support/make.ts";
import { passTime, resetClock } from "../../../test/support/workerd/clock.ts";
import { alarmOf, logOf, newId, overrideEnv, stubOf, tablesOf } from "../../../test/support/workerd/job-of.ts";
import { HOLD_MS } from "./uploads.ts";

const HOUR_MS = 3_600_000;
const PART = new Uint8Array(5 * 1024 * 1024);

afterEach(resetClock);

function keysOf(job: string) {
	return env.IMAGES.list({ prefix: `inputs/${job}/` }).then(({ objects }) => objects.map(({ key }) => key));
}

/** Stores one whole input, and begins another one, as a Worker does. */
async function upload(job: string) {
	const key = `inputs/${job}/1`;
	expect(await stubOf(job).hold(null)).toBe(true);
	await env.IMAGES.put(`inputs/${job}/0`, "bytes");
	const parts = await env.IMAGES.createMultipartUpload(key);
	expect(await stubOf(job).hold({ key, uploadId: parts.uploadId })).toBe(true);
	await parts.uploadPart(1, PART);
	return parts;
}

function isEmpty(job: string) {
	return runInDurableObject(stubOf(job), (_, { storage }) => [...storage.kv.list()].length === 0);
}

function begin(job: string) {
	const accepted = makeAccepted({ webhook: null, request: makeRequest({ prompt: `${job} sim:hold` }) });
	return stubOf(job).startHeld(accepted, false);
}

describe("a hold", () => {
	it("sets the alarm once, later than a key's day, and writes no log", async () => {
		const job = newId();
		const before = Date.now();
		await upload(job);
		const alarm = await alarmOf(job);
		expect(alarm).toBeGreaterThanOrEqual(before + 29 * HOUR_MS);
		passTime(HOUR_MS);
		await stubOf(job).hold(null);
		expect(await alarmOf(job)).toBe(alarm);
		expect(await tablesOf(job)).toEqual([]);
		expect(await stubOf(job).read("owner")).toBeNull();
	});

	it("ends when its job starts, which keeps the pictures", async () => {
		const job = newId();
		const parts = await upload(job);
		await parts.complete([await parts.uploadPart(1, PART)]);
		await evictDurableObject(stubOf(job));
		expect(await begin(job)).toContain("accepted");
		expect(await alarmOf(job)).toBeLessThan(Date.now() + HOUR_MS);
		expect(await keysOf(job)).toHaveLength(2);
		expect(await begin(job)).toBe("[]");
		// Too late: the job has its pictures.
		expect(await stubOf(job).hold(null)).toBe(false);
		await stubOf(job).dropHeld();
		expect((await logOf(job)).length).toBeGreaterThan(0);
		expect(await keysOf(job)).toHaveLength(2);
	});

	it.each([
		["is dropped", (job: string) => stubOf(job).dropHeld()],
		["is over, by its alarm", (job: string) => runDurableObjectAlarm(stubOf(job))],
	])("leaves nothing when it %s", async (_, end) => {
		const job = newId();
		const parts = await upload(job);
		await end(job);
		expect(await keysOf(job)).toEqual([]);
		await expect(parts.uploadPart(2, PART)).rejects.toThrow();
		expect(await alarmOf(job)).toBeNull();
		expect(await isEmpty(job)).toBe(true);
		expect(await begin(job)).toBeNull();
		expect(await tablesOf(job)).toEqual([]);
	});

	it("lets no job start, and holds no more, once its time is over", async () => {
		const job = newId();
		await upload(job);
		passTime(HOLD_MS + HOUR_MS);
		await evictDurableObject(stubOf(job));
		expect(await begin(job)).toBeNull();
		expect(await stubOf(job).hold(null)).toBe(false);
	});

	it("refuses a start without any hold", async () => {
		const job = newId();
		expect(await begin(job)).toBeNull();
		expect(await tablesOf(job)).toEqual([]);
	});

	it("is erased by a later alarm if R2 fails", async () => {
		const job = newId();
		await upload(job);
		const failing = new Proxy(env.IMAGES, {
			get: (target, name) =>
				name === "delete" ? () => Promise.reject(new Error("R2 is down")) : Reflect.get(target, name).bind(target),
		});
		await overrideEnv(job, { IMAGES: failing });
		await runDurableObjectAlarm(stubOf(job));
		expect(await keysOf(job)).toHaveLength(1);
		const again = await alarmOf(job);
		expect(again).toBeGreaterThan(Date.now());
		expect(again).toBeLessThan(Date.now() + HOUR_MS);
		await evictDurableObject(stubOf(job));
		await runDurableObjectAlarm(stubOf(job));
		expect(await keysOf(job)).toEqual([]);
		expect(await isEmpty(job)).toBe(true);
	});
});

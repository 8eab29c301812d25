import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { play, start, submitted } from "../../../test/support/logs.ts";
import type { JobEvent } from "../../core/events.ts";
import { createJobStore, type JobStore } from "./store.ts";

/** Far enough for no alarm of these tests to fire. */
const LATER = Date.now() + 86_400_000;
/** Four events, as a job writes them: two and two of one step. */
const LOG: readonly JobEvent[] = play([start(), submitted(), { type: "delete" }]).slice(0, 4);

/** Works on the store of a job that no other test has. */
function withStore(
	work: (store: JobStore, ctx: DurableObjectState, reopen: () => JobStore) => void | Promise<void>,
): Promise<void> {
	return runInDurableObject(env.JOB.get(env.JOB.newUniqueId()), (_, ctx) =>
		work(createJobStore(ctx), ctx, () => createJobStore(ctx)),
	);
}

function tables({ storage }: DurableObjectState): number {
	return storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'log'").toArray().length;
}

it("has no log before the first event, and writes nothing to find that out", () =>
	withStore((store, ctx) => {
		expect(store.readLog()).toEqual([]);
		store.append([]);
		expect([tables(ctx), store.rowsWritten()]).toEqual([0, 0]);
	}));

it("reads the log back, as events and as text, in a later instance, too", () =>
	withStore((store, _, reopen) => {
		store.append(LOG.slice(0, 2));
		store.append(LOG.slice(2));
		for (const opened of [store, reopen()]) {
			expect(opened.readLog()).toEqual(LOG);
			expect(JSON.parse(opened.readText())).toEqual(LOG);
		}
	}));

it.each([0, 1, 2, 3, 4, 9])("reads the events after %i, though a row holds several", (seq) =>
	withStore((store) => {
		store.append(LOG.slice(0, 2));
		store.append(LOG.slice(2));
		expect(store.readAfter(seq)).toEqual(LOG.slice(seq));
	}),
);

it("writes one row a step, and counts it", () =>
	withStore((store, { storage }) => {
		store.append(LOG.slice(0, 2));
		const first = store.rowsWritten();
		// `CREATE TABLE` is billed as two rows.
		expect(first).toBe(3);
		store.append(LOG.slice(2));
		expect(store.rowsWritten()).toBe(first + 1);
		expect(storage.sql.exec("SELECT seq FROM log ORDER BY seq").toArray()).toEqual([{ seq: 1 }, { seq: 3 }]);
	}));

it("refuses an event number that is in the log already", () =>
	withStore((store) => {
		store.append(LOG.slice(0, 2));
		store.append(LOG.slice(2));
		expect(() => store.append(LOG.slice(2))).toThrow("UNIQUE");
	}));

it("keeps the alarm for a later instance, and counts a row for each time that it is set", () =>
	withStore(async (store, { storage }, reopen) => {
		expect(store.alarm()).toBeNull();
		store.setAlarm(LATER);
		store.setAlarm(LATER + 1);
		expect([store.alarm(), await storage.getAlarm(), store.rowsWritten()]).toEqual([LATER + 1, LATER + 1, 2]);
		const next = reopen();
		expect(next.alarm()).toBeNull();
		await next.loadAlarm();
		expect(next.alarm()).toBe(LATER + 1);
	}));

it("knows that no alarm is set after one has fired", () =>
	withStore((store) => {
		store.setAlarm(LATER);
		store.alarmFired();
		expect(store.alarm()).toBeNull();
	}));

it("deletes the log and the alarm", () =>
	withStore(async (store, ctx, reopen) => {
		store.append(LOG);
		store.setAlarm(LATER);
		await store.deleteAll();
		expect([store.alarm(), await ctx.storage.getAlarm(), tables(ctx)]).toEqual([null, null, 0]);
		expect(reopen().readLog()).toEqual([]);
	}));

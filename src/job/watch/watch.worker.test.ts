import { describe, expect, it } from "vitest";
import { outputs, play, start, stored, submitted } from "../../../test/support/logs.ts";
import { eventually } from "../../../test/support/workerd/gateway.ts";
import { playedObject, type Refusal, readAll, send } from "../../../test/support/workerd/played-object.ts";
import type { JobEvent } from "../../core/events.ts";
import { CLOSE, PING, PONG } from "./protocol.ts";
import { JobMissing, watch } from "./watch.ts";

/** `accepted` to `succeeded`, six events. */
const LOG: readonly JobEvent[] = play([start(), submitted(), outputs(1), stored(0)]);

describe("a watch", () => {
	it("yields the log to its end, and then stops", async () => {
		const { target, connection } = playedObject();
		const { seen, ended, has } = readAll(watch(target).events);
		const one = await connection(0);
		expect([one.after, one.account]).toEqual(["0", "owner"]);
		send(one, LOG.slice(0, 2));
		await has(2);
		send(one, LOG.slice(2));
		await ended;
		expect(seen).toEqual(LOG);
	});

	it("begins after the events that its caller has", async () => {
		const { target, connection } = playedObject();
		const { seen, ended } = readAll(watch({ ...target, after: 4 }).events);
		const one = await connection(0);
		expect(one.after).toBe("4");
		send(one, LOG.slice(4));
		await ended;
		expect(seen).toEqual(LOG.slice(4));
	});

	it("yields each event once, though it is sent twice", async () => {
		const { target, connection } = playedObject();
		const { seen, ended } = readAll(watch(target).events);
		const one = await connection(0);
		send(one, LOG.slice(0, 3));
		send(one, LOG.slice(1, 3));
		send(one, LOG.slice(1));
		await ended;
		expect(seen).toEqual(LOG);
	});

	it("stops at the end of the log, whatever is sent after it", async () => {
		const { target, connection } = playedObject();
		const { seen, ended } = readAll(watch(target).events);
		const late: JobEvent = { type: "client_left", seq: LOG.length + 1, at: 1 };
		send(await connection(0), [...LOG, late]);
		await ended;
		expect(seen).toEqual(LOG);
	});

	it("reads the log again from its cursor when an event is missing", async () => {
		const { target, connection } = playedObject();
		const { seen, ended, has } = readAll(watch(target).events);
		const one = await connection(0);
		send(one, LOG.slice(0, 2));
		await has(2);
		send(one, LOG.slice(3));
		expect(await one.closed).toBe(CLOSE.other);
		const two = await connection(1);
		expect(two.after).toBe("2");
		send(two, LOG.slice(2));
		await ended;
		expect(seen).toEqual(LOG);
	});

	it("connects again after its cursor when the socket closes", async () => {
		const { target, connection } = playedObject();
		const { seen, ended, has } = readAll(watch(target).events);
		const one = await connection(0);
		send(one, LOG.slice(0, 3));
		await has(3);
		one.socket.close(1011, "the object was reset");
		const two = await connection(1);
		expect(two.after).toBe("3");
		two.socket.close(1011, "the object was reset again");
		const three = await connection(2);
		expect(three.after).toBe("3");
		send(three, LOG.slice(3));
		await ended;
		expect(seen).toEqual(LOG);
	});

	it.each<readonly [what: string, refusal: Refusal]>([
		["cannot be reached", new Error("Network connection lost.")],
		["answers without a socket", new Response(null, { status: 503 })],
	])("connects again when the object %s", async (_, refusal) => {
		const { target, connection, calls } = playedObject(refusal);
		const { seen, ended } = readAll(watch(target).events);
		send(await connection(0), LOG);
		await ended;
		expect(calls()).toBe(2);
		expect(seen).toEqual(LOG);
	});

	it("waits longer before each further connection when the object cannot be reached", async () => {
		const refusals = Array.from({ length: 5 }, () => new Error("Network connection lost."));
		const { target, connection, calls } = playedObject(...refusals);
		const since = Date.now();
		const { ended } = readAll(watch(target).events);
		const one = await connection(0);
		// 50, 100, 200, 400 and 800 ms. Timers may fire a little before the clock says so.
		expect(Date.now() - since).toBeGreaterThanOrEqual(1_500);
		expect(calls()).toBe(6);
		send(one, LOG);
		await ended;
	});

	it("throws JobMissing when there is no such job for this account", async () => {
		const { target } = playedObject(new Response(null, { status: 404 }));
		await expect(readAll(watch(target).events).ended).rejects.toThrow(JobMissing);
	});

	it("is not disturbed by a pong", async () => {
		const { target, connection } = playedObject();
		const { seen, ended } = readAll(watch(target).events);
		const one = await connection(0);
		one.socket.send(PONG);
		send(one, LOG);
		await ended;
		expect(seen).toEqual(LOG);
		expect(one.messages).not.toContain(PING);
	});

	it("reports that fal's status stream cannot be had, if it is asked to follow", async () => {
		const { target, connection } = playedObject();
		const { ended } = readAll(watch(target).events);
		const one = await connection(0);
		one.socket.send(JSON.stringify({ type: "follow", streamUrl: "https://fal.test/no/such/stream" }));
		const messages = await eventually(
			async () => one.messages,
			(seen) => seen.length > 0,
		);
		expect(messages).toEqual(['{"type":"unfollowed"}']);
		send(one, LOG);
		await ended;
	});
});

describe("closing a watch", () => {
	it.each(["delivered", "clientLeft", "other"] as const)(
		"tells the job the reason %s, and ends the log",
		async (why) => {
			const { target, connection, kept } = playedObject();
			const watching = watch(target);
			const { seen, ended, has } = readAll(watching.events);
			const one = await connection(0);
			send(one, LOG.slice(0, 1));
			await has(1);
			watching.close(why);
			expect(await one.closed).toBe(CLOSE[why]);
			await Promise.all([ended, ...kept]);
			expect(seen).toEqual(LOG.slice(0, 1));
		},
	);

	it("connects to tell the job, if the client left before the first connection", async () => {
		const { target, connection, kept } = playedObject();
		watch(target).close("clientLeft");
		expect(await (await connection(0)).closed).toBe(CLOSE.clientLeft);
		expect(kept).toHaveLength(1);
		await kept[0];
	});

	it("connects to tell the job, if the client left between two connections", async () => {
		const { target, connection } = playedObject();
		const watching = watch(target);
		const { ended, has } = readAll(watching.events);
		const one = await connection(0);
		send(one, LOG.slice(0, 2));
		await has(2);
		// A gap, at which the watch drops its socket, and waits a little before the next one.
		send(one, LOG.slice(3));
		await one.closed;
		watching.close("clientLeft");
		const two = await connection(1);
		expect([two.after, await two.closed]).toEqual(["2", CLOSE.clientLeft]);
		await ended;
	});

	it("connects again to tell the job, if the client left while that could not be reached", async () => {
		const { target, connection } = playedObject(new Error("Network connection lost."));
		const watching = watch(target);
		const { ended } = readAll(watching.events);
		watching.close("clientLeft");
		expect(await (await connection(0)).closed).toBe(CLOSE.clientLeft);
		await ended;
	});

	it("waits for a connection that is being made", async () => {
		const { target, connection } = playedObject();
		const watching = watch(target);
		const { seen, ended } = readAll(watching.events);
		watching.close("clientLeft");
		expect(await (await connection(0)).closed).toBe(CLOSE.clientLeft);
		await ended;
		expect(seen).toEqual([]);
	});

	it("tells the first reason only", async () => {
		const { target, connection, kept, calls } = playedObject();
		const watching = watch(target);
		watching.close("delivered");
		watching.close("clientLeft");
		expect(await (await connection(0)).closed).toBe(CLOSE.delivered);
		expect([kept.length, calls()]).toEqual([1, 1]);
	});

	it.each<readonly [what: string, refusal: Refusal]>([
		["does not exist", new Response(null, { status: 404 })],
		["cannot be reached", new Error("Network connection lost.")],
	])("does not throw for a job that %s", async (_, refusal) => {
		const { target, kept } = playedObject(refusal);
		watch(target).close("clientLeft");
		expect(kept).toHaveLength(1);
		await kept[0];
	});

	it("does not connect again", async () => {
		const { target, connection, calls } = playedObject();
		const watching = watch(target);
		const { ended } = readAll(watching.events);
		const one = await connection(0);
		watching.close("other");
		await Promise.all([one.closed, ended]);
		expect(calls()).toBe(1);
	});
});

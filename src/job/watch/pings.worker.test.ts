/** Pings, with the timers of a watcher under the test's control: an hour passes at once. Sockets are counted, for a watcher heals itself. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { outputs, play, start, stored, submitted } from "../../../test/support/logs.ts";
import { makeAccepted, makeRequest } from "../../../test/support/make.ts";
import { aPrompt, eventually } from "../../../test/support/workerd/gateway.ts";
import { stubOf } from "../../../test/support/workerd/job-of.ts";
import { type Connection, playedObject, readAll, send } from "../../../test/support/workerd/played-object.ts";
import { CLOSE } from "./protocol.ts";
import { watch } from "./watch.ts";

const LOG = play([start(), submitted(), outputs(1), stored(0)]);
const SECOND = 1_000;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
});
afterEach(() => {
	vi.useRealTimers();
});

/** Waits until the watcher's pings have come, without a timer of the test's. */
async function pings({ messages }: Connection, count: number): Promise<void> {
	for (let tries = 0; messages.length < count && tries < 1_000; tries += 1) await scheduler.wait(1);
	expect(messages).toEqual(Array.from({ length: count }, () => "ping"));
}

/** Answers, and lets the watcher take the answer. */
async function pong({ socket }: Connection): Promise<void> {
	socket.send("pong");
	await scheduler.wait(10);
}

describe("a watcher", () => {
	it("sends a ping each half minute, and stays on its one socket for an hour while they are answered", async () => {
		const { target, connection, calls } = playedObject();
		const { seen, ended } = readAll(watch(target).events);
		const one = await connection(0);
		vi.advanceTimersByTime(29 * SECOND);
		await pings(one, 0);
		vi.advanceTimersByTime(SECOND);
		await pings(one, 1);
		for (let count = 2; count <= 120; count += 1) {
			await pong(one);
			vi.advanceTimersByTime(30 * SECOND);
			await pings(one, count);
		}
		expect(calls()).toBe(1);
		send(one, LOG);
		await ended;
		expect(seen).toEqual(LOG);
	});

	it("connects again when a ping is not answered until the next one is due, and pings no more on the old socket", async () => {
		const { target, connection, calls } = playedObject();
		const { ended } = readAll(watch(target).events);
		const one = await connection(0);
		vi.advanceTimersByTime(30 * SECOND);
		await pings(one, 1);
		vi.advanceTimersByTime(30 * SECOND);
		expect(await one.closed).toBe(CLOSE.other);
		const two = await connection(1);
		expect(calls()).toBe(2);
		vi.advanceTimersByTime(30 * SECOND);
		await pings(two, 1);
		await pings(one, 1);
		send(two, LOG);
		await ended;
	});

	it("sends no more pings when it has left", async () => {
		const { target, connection } = playedObject();
		const watching = watch(target);
		const { ended } = readAll(watching.events);
		const one = await connection(0);
		watching.close("other");
		await Promise.all([one.closed, ended]);
		expect(vi.getTimerCount()).toBe(0);
	});
});

describe("a job's object", () => {
	it("answers the pings of each watcher", async () => {
		const prompt = aPrompt("sim:hold");
		const day = Date.now() + 86_400_000;
		const accepted = makeAccepted({ webhook: null, request: makeRequest({ prompt }), deadlineAt: day, expiresAt: day });
		const id = env.JOB.newUniqueId().toString();
		await stubOf(id).start(accepted, false);
		for (let count = 0; count < 2; count += 1) {
			const headers = { upgrade: "websocket", "x-account": "owner" };
			const { webSocket } = await stubOf(id).fetch("https://job/?after=2", { headers });
			if (webSocket === null) throw new Error("no socket");
			const answers: string[] = [];
			webSocket.addEventListener("message", ({ data }) => {
				if (data === "pong") answers.push(data);
			});
			webSocket.accept();
			webSocket.send("ping");
			await eventually(
				async () => answers,
				(seen) => seen.length === 1,
			);
			webSocket.close(4000);
		}
	});
});

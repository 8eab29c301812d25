/** A job's object as a test plays it for a watcher. */
import { env } from "cloudflare:workers";
import type { JobEvent } from "../../../src/core/events.ts";
import { toFalAccount } from "../../../src/fal-accounts.ts";
import type { WatchTarget } from "../../../src/job/watch/watch.ts";
import { eventually } from "./gateway.ts";

/** The object's end of one connection. */
export interface Connection {
	readonly after: string | null;
	readonly account: string | null;
	readonly socket: WebSocket;
	readonly messages: string[];
	readonly closed: Promise<number>;
}

export type Refusal = Response | Error;

/** Plays an object: it takes connections and sends what the test says. `refusals` answer the first calls. */
export function playedObject(...refusals: readonly Refusal[]) {
	const left = [...refusals];
	const connections: Connection[] = [];
	let calls = 0;
	const fetch = async (url: string, { headers }: { headers: Record<string, string> }): Promise<Response> => {
		calls += 1;
		const refusal = left.shift();
		if (refusal instanceof Error) throw refusal;
		if (refusal !== undefined) return refusal;
		const { 0: client, 1: socket } = new WebSocketPair();
		const messages: string[] = [];
		const { promise: closed, resolve } = Promise.withResolvers<number>();
		socket.addEventListener("message", ({ data }) => {
			messages.push(String(data));
		});
		socket.addEventListener("close", ({ code }) => resolve(code));
		socket.accept();
		const after = new URL(url).searchParams.get("after");
		connections.push({ after, account: headers["x-account"] ?? null, socket, messages, closed });
		return new Response(null, { status: 101, webSocket: client });
	};
	const id = env.JOB.newUniqueId();
	const stub = new Proxy(env.JOB.get(id), {
		get: (target, name) => (name === "fetch" ? fetch : Reflect.get(target, name)),
	});
	const JOB = new Proxy(env.JOB, {
		get: (target, name) => {
			const value = name === "get" ? () => stub : Reflect.get(target, name);
			return typeof value === "function" ? value.bind(target) : value;
		},
	});
	const kept: Promise<unknown>[] = [];
	const target: WatchTarget = {
		env: { JOB },
		id: id.toString(),
		account: "owner",
		falAccounts: [toFalAccount("id:secret")],
		waitUntil: (work) => kept.push(work),
	};
	return {
		target,
		kept,
		calls: () => calls,
		/** The connection of this number, from 0, once it is there. */
		connection: async (index: number): Promise<Connection> => {
			await eventually(
				async () => connections.length,
				(count) => count > index,
			);
			const connection = connections[index];
			if (connection === undefined) throw new Error("no such connection");
			return connection;
		},
	};
}

export function send({ socket }: Connection, events: readonly JobEvent[]): void {
	socket.send(JSON.stringify({ type: "events", events }));
}

/** Reads a watch to its end in the background. */
export function readAll(events: AsyncIterable<readonly JobEvent[]>) {
	const seen: JobEvent[] = [];
	const ended = (async () => {
		for await (const batch of events) seen.push(...batch);
	})();
	const has = (count: number) =>
		eventually(
			async () => seen.length,
			(length) => length >= count,
		);
	return { seen, ended, has };
}

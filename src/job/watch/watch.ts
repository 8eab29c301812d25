import { isTerminal, type JobEvent, untilEnd } from "../../core/events.ts";
import type { Env } from "../../env.ts";
import { follow } from "../../fal/follow.ts";
import { jobStub } from "../../stub.ts";
import { CLOSE, type Down, PING, PING_EVERY_MS, PONG, PONG_WITHIN_MS, parseDown, type Up } from "./protocol.ts";

/** The Worker's end of the bridge: a job's log as it grows, whatever happens to the object. */
export interface Watch {
	/** From the cursor to the terminal event, each once, in order: as many at a time as have come. Throws `JobMissing`. */
	readonly events: AsyncIterable<readonly JobEvent[]>;
	/** Tells the job why this watcher goes. */
	close(why: keyof typeof CLOSE): void;
}

export interface WatchTarget {
	readonly env: Pick<Env, "JOB">;
	readonly id: string;
	readonly account: string;
	readonly falApiKey: string;
	/** Keeps the request alive until the job has been told that its watcher goes. */
	readonly waitUntil: (work: Promise<unknown>) => void;
	/** The last event that is already known. */
	readonly after?: number;
}

/** There is no such job, or not for this account. */
export class JobMissing extends Error {}

const RECONNECT_MIN_MS = 50;
const RECONNECT_MAX_MS = 5_000;

export function watch(target: WatchTarget): Watch {
	let connecting: Promise<Connection | null> | null = null;
	let closedWhy: keyof typeof CLOSE | null = null;

	const events = async function* (): AsyncGenerator<readonly JobEvent[]> {
		let next = (target.after ?? 0) + 1;
		let delay = RECONNECT_MIN_MS;
		while (closedWhy === null) {
			connecting = connect(target, next - 1);
			const connection = await connecting;
			if (connection !== null) {
				for await (const events of connection.events) {
					const fresh = untilEnd(events.filter(({ seq }) => seq >= next));
					// A gap cannot be mended on this socket: the log is read again from the cursor.
					if (fresh.some(({ seq }, index) => seq !== next + index)) break;
					if (fresh.length === 0) continue;
					next += fresh.length;
					delay = RECONNECT_MIN_MS;
					yield fresh;
					if (fresh.some(isTerminal)) return;
				}
				if (closedWhy === null) connection.close("other");
			}
			if (closedWhy !== null) return;
			// A deploy or a crash dropped the object. The client notices nothing.
			await scheduler.wait(delay);
			delay = Math.min(delay * 2, RECONNECT_MAX_MS);
		}
	};

	return {
		events: events(),
		close: (why) => {
			if (closedWhy !== null) return;
			closedWhy = why;
			// Who goes before there was a socket still has to say so.
			connecting ??= connect(target, target.after ?? 0);
			target.waitUntil(connecting.then((connection) => connection?.close(why), ignore));
		},
	};
}

/** A job that does not exist need not be told. */
function ignore() {}

interface Connection {
	/** Ends when the socket does. */
	readonly events: AsyncIterable<readonly JobEvent[]>;
	close(why: keyof typeof CLOSE): void;
}

/** Null where the object could not be reached this time. Each time over a new stub: after an abort the old one is dead. */
async function connect(target: WatchTarget, after: number): Promise<Connection | null> {
	const { env, id, account, falApiKey } = target;
	const headers = { upgrade: "websocket", "x-account": account };
	const response = await jobStub(env, id)
		.fetch(`https://job/?after=${after}`, { headers })
		.catch(() => null);
	if (response?.status === 404) throw new JobMissing();
	const socket = response?.webSocket;
	if (!socket) return null;

	const inbox = createInbox<JobEvent>();
	const ended = new AbortController();
	const end = () => {
		clearInterval(pinging);
		ended.abort();
		inbox.end();
	};
	const close = (why: keyof typeof CLOSE) => {
		end();
		try {
			socket.close(CLOSE[why], why);
		} catch {
			// It was closed already.
		}
	};
	const sendUp = (message: Up) => {
		if (!ended.signal.aborted) socket.send(JSON.stringify(message));
	};
	const take = (message: Down) => {
		if (message.type === "events") inbox.push(message.events);
		else
			void follow({
				streamUrl: message.streamUrl,
				falApiKey,
				signal: ended.signal,
				onStatus: (status) => sendUp({ type: "status", status }),
				onUnavailable: () => sendUp({ type: "unfollowed" }),
			});
	};

	let lastPong = Date.now();
	const pinging = setInterval(() => {
		if (Date.now() - lastPong > PING_EVERY_MS + PONG_WITHIN_MS) close("other");
		else if (!ended.signal.aborted) socket.send(PING);
	}, PING_EVERY_MS);

	socket.addEventListener("message", ({ data }) => {
		if (data === PONG) lastPong = Date.now();
		else if (typeof data === "string") take(parseDown(data));
	});
	socket.addEventListener("close", end);
	socket.addEventListener("error", end);
	socket.accept();
	return { events: inbox.items(), close };
}

/** A queue between a callback and a loop. What waits in it is bounded by the log's own length. */
function createInbox<T>() {
	const waiting: T[] = [];
	let ended = false;
	let wake = () => {};
	return {
		push: (items: readonly T[]) => {
			waiting.push(...items);
			wake();
		},
		end: () => {
			ended = true;
			wake();
		},
		/** All that waits, at once. */
		async *items(): AsyncGenerator<readonly T[]> {
			while (true) {
				if (waiting.length > 0) yield waiting.splice(0);
				else if (ended) return;
				else
					await new Promise<void>((resolve) => {
						wake = resolve;
					});
			}
		},
	};
}

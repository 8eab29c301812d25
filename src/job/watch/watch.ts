/** The Worker's end of a watch: a job's log as it grows, whatever happens to the object. */
import { isTerminal, type JobEvent, untilEnd } from "../../core/events.ts";
import { ofFalAccount } from "../../core/slot.ts";
import type { Env } from "../../env.ts";
import { follow } from "../../fal/follow.ts";
import type { FalAccounts } from "../../fal-accounts.ts";
import { jobStub } from "../../stub.ts";
import {
	CLOSE,
	type ObjectMessage,
	PING,
	PING_EVERY_MS,
	PONG,
	PONG_WITHIN_MS,
	parseObjectMessage,
	type WatcherMessage,
} from "./protocol.ts";

export interface Watch {
	/** From the cursor to the terminal event, each once, in order: as many at a time as have come. Throws `JobMissing`. */
	readonly events: AsyncIterable<readonly JobEvent[]>;
	/** Tells the job why this watcher leaves. */
	close(why: keyof typeof CLOSE): void;
}

export interface WatchTarget {
	readonly env: Pick<Env, "JOB">;
	readonly id: string;
	readonly account: string;
	readonly falAccounts: FalAccounts;
	/** Keeps the request alive until the job has been told that its watcher leaves. */
	readonly waitUntil: (work: Promise<unknown>) => void;
	/** The number of the last event that the caller has. Absent: none. */
	readonly after?: number;
}

/** There is no such job, or not for this account. */
export class JobMissing extends Error {}

const RECONNECT_MIN_MS = 50;
const RECONNECT_MAX_MS = 5_000;

export function watch(target: WatchTarget): Watch {
	let connecting: Promise<Connection | null> | null = null;
	let closedWhy: keyof typeof CLOSE | null = null;
	let next = (target.after ?? 0) + 1;

	const events = async function* (): AsyncGenerator<readonly JobEvent[]> {
		let delay = RECONNECT_MIN_MS;
		while (closedWhy === null) {
			connecting = connect(target, next - 1);
			const connection = await connecting;
			if (connection !== null) {
				for await (const batch of connection.events) {
					const fresh = untilEnd(batch.filter(({ seq }) => seq >= next));
					// This socket cannot fill a gap: another one reads the log again from the cursor.
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

	const report = async (why: keyof typeof CLOSE): Promise<void> => {
		const connection = await connecting;
		// The client left before the first connection, or between two. Connect anyway, to report it.
		const open = connection?.isOpen() ? connection : await connect(target, next - 1);
		open?.close(why);
	};

	return {
		events: events(),
		close: (why) => {
			if (closedWhy !== null) return;
			closedWhy = why;
			target.waitUntil(report(why).catch(ignore));
		},
	};
}

/** A job that does not exist need not be told. */
function ignore() {}

interface Connection {
	/** Ends when the socket does. */
	readonly events: AsyncIterable<readonly JobEvent[]>;
	isOpen(): boolean;
	close(why: keyof typeof CLOSE): void;
}

/** Null if the object could not be reached. Each call takes a new stub: one whose object was reset stays broken. */
async function connect({ env, id, account, falAccounts }: WatchTarget, after: number): Promise<Connection | null> {
	const headers = { upgrade: "websocket", "x-account": account };
	const response = await jobStub(env, id)
		.fetch(`https://job/?after=${after}&slots`, { headers })
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
	const send = (message: WatcherMessage) => {
		if (!ended.signal.aborted) socket.send(JSON.stringify(message));
	};
	const receive = (message: ObjectMessage) => {
		if (message.type === "events") inbox.push(message.events);
		else {
			const of = message.slot === undefined ? {} : { slot: message.slot };
			void follow({
				streamUrl: message.streamUrl,
				falAccounts,
				...ofFalAccount(message),
				signal: ended.signal,
				onStatus: (status) => send({ type: "status", status, ...of }),
				onUnavailable: () => send({ type: "unfollowed", ...of }),
			});
		}
	};

	let lastPong = Date.now();
	const pinging = setInterval(() => {
		if (Date.now() - lastPong > PING_EVERY_MS + PONG_WITHIN_MS) close("other");
		else if (!ended.signal.aborted) socket.send(PING);
	}, PING_EVERY_MS);

	socket.addEventListener("message", ({ data }) => {
		if (data === PONG) lastPong = Date.now();
		else if (typeof data === "string") receive(parseObjectMessage(data));
	});
	socket.addEventListener("close", end);
	socket.addEventListener("error", end);
	socket.accept();
	return { events: inbox.items(), isOpen: () => !ended.signal.aborted, close };
}

/** A queue between a callback and a loop. Its size is bounded by the log's own. */
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
		/** All that wait, at once. */
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

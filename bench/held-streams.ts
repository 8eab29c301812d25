/** Holds many streams of one Worker open, feeds them, and measures the delay of each event and the cost of each stream. */
import { readdirSync, readFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import { quantileSorted } from "simple-statistics";
import { residentBytes } from "../test/support/node/processes.ts";
import type { Workerd } from "../test/support/node/runtime.ts";
import { BEARER } from "./draw.ts";
import type { QueueUpdate } from "./workers/queue-update.ts";

export interface Load {
	readonly streams: number;
	/** Time between two events of one stream. */
	readonly everyMs: number;
	readonly forMs: number;
}

export interface Held {
	readonly pushed: number;
	/** Number of streams that miss an event. */
	readonly gapped: number;
	/** Number of events that came in less than `IN_TIME_MS`. */
	readonly inTime: number;
	readonly p50Ms: number;
	readonly p99Ms: number;
	/** Largest growth of the Worker's process while the streams were fed, for each stream. */
	readonly kbPerStream: number;
	readonly openSeconds: number;
	/** Largest number of descriptors of the Worker's process. */
	readonly descriptors: number;
}

export const IN_TIME_MS = 1_000;
/** Number of streams that are opened at the same time. */
const OPENING = 32;
const OPENED_PER_SECOND_MIN = 50;
const OPENED_PER_SECOND_MAX = 150;
const TICK_MS = 20;
/** An event that has not come by then is lost. */
const LAST_WAIT_MS = 10_000;
const SAMPLE_MS = 1_000;
const KB = 1024;

/** File descriptors of a stream: two to its client, and two to fal. */
const DESCRIPTORS_PER_STREAM = 4;
/** File descriptors of the database of an object that is awake. */
const DESCRIPTORS_PER_AWAKE_OBJECT = 3;
/** Every ten seconds, the runtime hibernates the objects that were idle for ten seconds. */
const MAX_AWAKE_MS = 20_000;
/** File descriptors of the process itself. */
const DESCRIPTORS_PER_PROCESS = 500;

/** Returns the number of processes that a load needs, because this machine limits the file descriptors of each. */
export function processesFor({ streams, everyMs }: Load): number {
	const awakeShare = Math.min(1, MAX_AWAKE_MS / everyMs);
	const descriptors = streams * (DESCRIPTORS_PER_STREAM + DESCRIPTORS_PER_AWAKE_OBJECT * awakeShare);
	return Math.ceil(descriptors / (maxDescriptors() - DESCRIPTORS_PER_PROCESS));
}

export function maxDescriptors(): number {
	return Number(
		/Max open files\s+(\d+)/.exec(readFileSync("/proc/self/limits", "utf8"))?.[1] ?? Number.POSITIVE_INFINITY,
	);
}

/** Opens the streams, and feeds them at a fixed rate, however fast they are. */
export async function holdStreams({ url, pid }: Workerd, { streams, everyMs, forMs }: Load): Promise<Held> {
	const begunAt = Date.now();
	/** Events that have not come, by stream. An event's position in fal's queue is the time when it was due. */
	const due = new Map<string, Set<number>>();
	const lateness: number[] = [];
	const arrived = (id: string, position: number): void => {
		if (due.get(id)?.delete(position)) lateness.push(Date.now() - begunAt - position);
	};
	const sockets: IncomingMessage[] = [];

	for (const stream of await openAll(url, 8, OPENED_PER_SECOND_MIN, arrived)) sockets.push(stream.response);
	const before = residentBytes(pid);
	const openingAt = Date.now();
	// At the rate of the events, so that opening keeps no more objects awake than feeding does.
	const perSecond = Math.min(Math.max((streams * 1000) / everyMs, OPENED_PER_SECOND_MIN), OPENED_PER_SECOND_MAX);
	const held = await openAll(url, streams, perSecond, arrived);
	const openSeconds = (Date.now() - openingAt) / 1000;
	for (const { id, response } of held) {
		sockets.push(response);
		due.set(id, new Set());
	}

	let resident = 0;
	let descriptors = 0;
	const sampling = setInterval(() => {
		resident = Math.max(resident, residentBytes(pid));
		descriptors = Math.max(descriptors, readdirSync(`/proc/${pid}/fd`).length);
	}, SAMPLE_MS);

	let pushed = 0;
	const feedingAt = Date.now();
	const pushes: Promise<unknown>[] = [];
	// Of n streams, the events of stream i are due at the steps i, i + n, i + 2n…
	const stepMs = everyMs / streams;
	for (let next = 0; next * stepMs < forMs; await wait(TICK_MS)) {
		const updates: QueueUpdate[] = [];
		for (; next * stepMs < Math.min(Date.now() - feedingAt, forMs); next += 1) {
			const stream = held[next % streams];
			if (stream === undefined) continue;
			const position = Math.round(feedingAt - begunAt + next * stepMs);
			due.get(stream.id)?.add(position);
			updates.push({ id: stream.id, position });
		}
		pushed += updates.length;
		if (updates.length > 0) pushes.push(push(url, updates));
	}
	await Promise.all(pushes);
	for (const until = Date.now() + LAST_WAIT_MS; lateness.length < pushed && Date.now() < until; ) await wait(TICK_MS);
	clearInterval(sampling);
	for (const socket of sockets) socket.destroy();

	lateness.sort((a, b) => a - b);
	return {
		pushed,
		gapped: [...due.values()].filter(({ size }) => size > 0).length,
		inTime: lateness.filter((ms) => ms < IN_TIME_MS).length,
		p50Ms: lateness.length === 0 ? Number.POSITIVE_INFINITY : quantileSorted(lateness, 0.5),
		p99Ms: lateness.length === 0 ? Number.POSITIVE_INFINITY : quantileSorted(lateness, 0.99),
		kbPerStream: (resident - before) / KB / streams,
		openSeconds,
		descriptors,
	};
}

function push(url: string, updates: readonly QueueUpdate[]): Promise<unknown> {
	return fetch(`${url}/bench/push`, { method: "POST", body: JSON.stringify(updates) });
}

interface OpenStream {
	readonly id: string;
	readonly response: IncomingMessage;
}

async function openAll(
	url: string,
	count: number,
	perSecond: number,
	arrived: (id: string, position: number) => void,
): Promise<readonly OpenStream[]> {
	const opened: OpenStream[] = [];
	const begunAt = Date.now();
	let next = 0;
	const opener = async (): Promise<void> => {
		while (next < count) {
			const at = begunAt + (next * 1000) / perSecond;
			next += 1;
			await wait(Math.max(0, at - Date.now()));
			opened.push(await open(url, `a fox ${begunAt} ${next}`, arrived));
		}
	};
	await Promise.all(Array.from({ length: OPENING }, opener));
	return opened;
}

/** Opens a chat stream. It is open when it shows a place in the queue, because only then can its job be fed others. */
function open(url: string, prompt: string, arrived: (id: string, position: number) => void): Promise<OpenStream> {
	return new Promise((resolve, reject) => {
		const headers = { ...BEARER, "content-type": "application/json" };
		const sent = request(`${url}/v1/chat/completions`, { method: "POST", headers, agent: false }, (response) => {
			const id = String(response.headers["x-job-id"] ?? "");
			if (response.statusCode !== 200 || id === "")
				return reject(new Error(`a chat was answered with ${response.statusCode}`));
			const parser = createParser({
				onEvent: ({ data }) => {
					if (!/ahead|next in line/.test(data)) return;
					resolve({ id, response });
					arrived(id, Number(/(\d+) ahead/.exec(data)?.[1]));
				},
			});
			response.setEncoding("utf8");
			response.on("data", (text: string) => parser.feed(text));
			response.on("error", () => {});
		});
		sent.on("error", reject);
		sent.end(JSON.stringify({ stream: true, messages: [{ role: "user", content: prompt }] }));
	});
}

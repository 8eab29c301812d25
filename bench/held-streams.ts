import { readdirSync, readFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import { quantileSorted } from "simple-statistics";
import { ACCESS_KEY } from "../test/support/node/gateway.ts";
import { residentBytes } from "../test/support/node/processes.ts";
import type { Workerd } from "../test/support/node/runtime.ts";

/** Many streams of one Worker, held open and fed: how late what is pushed arrives, and what each stream takes. */

export interface Load {
	readonly streams: number;
	/** Between two events of one stream. */
	readonly everyMs: number;
	readonly forMs: number;
}

export interface Held {
	readonly pushed: number;
	/** Streams that miss an event. */
	readonly gapped: number;
	/** Of the events that came in less than `IN_TIME_MS`. */
	readonly inTime: number;
	readonly p50Ms: number;
	readonly p99Ms: number;
	/** What the Worker's process grew by for each stream: at most, while they were fed. */
	readonly kbPerStream: number;
	readonly openSeconds: number;
	/** Of the Worker's process: at most. */
	readonly descriptors: number;
}

export const IN_TIME_MS = 1_000;
/** Streams that are opened at the same time. */
const OPENING = 32;
const OPENED_PER_SECOND_MIN = 50;
const OPENED_PER_SECOND_MAX = 150;
const TICK_MS = 20;
/** What is not there after this is lost. */
const LAST_WAIT_MS = 10_000;
const SAMPLE_MS = 1_000;
const KB = 1024;

/** Of a stream whose object sleeps: two to its client, and two to fal. Of an object that is awake, its database's as well. */
const DESCRIPTORS_ASLEEP = 4;
const DESCRIPTORS_AWAKE = 3;
/** The runtime looks for what to put to sleep every ten seconds, and takes what had nothing to do for as long. */
const AWAKE_AT_MOST_MS = 20_000;
/** Of the process itself. */
const DESCRIPTORS_SPARE = 500;

/** How many processes a load takes, as this machine bounds the file descriptors of each. */
export function processesFor({ streams, everyMs }: Load): number {
	const awake = Math.min(1, AWAKE_AT_MOST_MS / everyMs);
	const descriptors = streams * (DESCRIPTORS_ASLEEP + DESCRIPTORS_AWAKE * awake);
	return Math.ceil(descriptors / (maxDescriptors() - DESCRIPTORS_SPARE));
}

export function maxDescriptors(): number {
	return Number(
		/Max open files\s+(\d+)/.exec(readFileSync("/proc/self/limits", "utf8"))?.[1] ?? Number.POSITIVE_INFINITY,
	);
}

/** Opens the streams, feeds them as a clock wants and not as they can, and sees what comes of it. */
export async function holdStreams({ url, pid }: Workerd, { streams, everyMs, forMs }: Load): Promise<Held> {
	const begunAt = Date.now();
	/** By stream, and when each event was due: its position in fal's queue. */
	const due = new Map<string, Set<number>>();
	const lateness: number[] = [];
	const arrived = (id: string, position: number): void => {
		if (due.get(id)?.delete(position)) lateness.push(Date.now() - begunAt - position);
	};
	const sockets: IncomingMessage[] = [];

	for (const stream of await openAll(url, 8, OPENED_PER_SECOND_MIN, arrived)) sockets.push(stream.response);
	const before = residentBytes(pid);
	const openingAt = Date.now();
	// As fast as they will be fed, so that not more objects are awake at once.
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
	// Stream i's events are due at i, i + n, i + 2n… of these steps.
	const stepMs = everyMs / streams;
	for (let next = 0; next * stepMs < forMs; await wait(TICK_MS)) {
		const news: { id: string; position: number }[] = [];
		for (; next * stepMs < Math.min(Date.now() - feedingAt, forMs); next += 1) {
			const stream = held[next % streams];
			if (stream === undefined) continue;
			const position = Math.round(feedingAt - begunAt + next * stepMs);
			due.get(stream.id)?.add(position);
			news.push({ id: stream.id, position });
		}
		pushed += news.length;
		if (news.length > 0) pushes.push(push(url, news));
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

function push(url: string, news: readonly object[]): Promise<unknown> {
	return fetch(`${url}/bench/push`, { method: "POST", body: JSON.stringify(news) });
}

interface Stream {
	readonly id: string;
	readonly response: IncomingMessage;
}

async function openAll(
	url: string,
	count: number,
	perSecond: number,
	arrived: (id: string, position: number) => void,
): Promise<readonly Stream[]> {
	const opened: Stream[] = [];
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

/** A chat stream: open when it shows a place in the queue, since then its job can be told of another. */
function open(url: string, prompt: string, arrived: (id: string, position: number) => void): Promise<Stream> {
	return new Promise((resolve, reject) => {
		const headers = { authorization: `Bearer ${ACCESS_KEY}`, "content-type": "application/json" };
		const asked = request(`${url}/v1/chat/completions`, { method: "POST", headers, agent: false }, (response) => {
			const id = String(response.headers["x-job-id"] ?? "");
			if (response.statusCode !== 200 || id === "")
				return reject(new Error(`a stream was answered ${response.statusCode}`));
			const parser = createParser({
				onEvent: ({ data }) => {
					if (!/position|next in line/.test(data)) return;
					resolve({ id, response });
					arrived(id, Number(/position (\d+)/.exec(data)?.[1]));
				},
			});
			response.setEncoding("utf8");
			response.on("data", (text: string) => parser.feed(text));
			response.on("error", () => {});
		});
		asked.on("error", reject);
		asked.end(JSON.stringify({ stream: true, messages: [{ role: "user", content: prompt }] }));
	});
}

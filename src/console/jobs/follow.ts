/** Follows the events of one job by a stream, and goes on behind the last one when the stream breaks off. */

import { createParser } from "eventsource-parser";
import type { Api } from "../api/client.ts";
import type { JobEvent } from "../api/types.ts";
import { isEnd } from "./entry.ts";
import { retryDelay } from "./follow-policy.ts";
import { sleep } from "./sleep.ts";

/** The gateway sends something every 15 seconds: after so much silence the stream is broken. */
const MAX_SILENCE_MS = 45_000;
/** An event is far smaller: twenty log lines at most. */
const MAX_EVENT_CHARS = 1_048_576;

export interface Following {
	/** The number behind which the stream goes on. */
	readonly after: () => number;
	readonly onEvents: (events: readonly JobEvent[]) => void;
	/** The stream is open. */
	readonly onOpen: (headers: Headers) => void;
	readonly onFailure: (how: Failing) => void;
}

/** `cut`: the stream broke off. `closed`: nobody answered. `busy`: the gateway answered, but with no stream. */
export type Failing = "cut" | "closed" | "busy";

/** `gone`: there is no such job any more. `stopped`: by the signal, or because the key is refused. */
export type FollowEnd = "ended" | "gone" | "stopped";

/** Follows a job until it ends. @param id `job_…` */
export async function follow(api: Api, id: string, following: Following, stop: AbortSignal): Promise<FollowEnd> {
	let failures = 0;
	while (!stop.aborted) {
		const reading = await readStream(api, id, following, stop);
		// An end may be what stops it.
		if (!isFailing(reading.end)) return reading.end;
		if (stop.aborted) break;
		failures = reading.received > 0 ? 0 : failures + 1;
		following.onFailure(reading.end);
		await sleep(retryDelay(failures, Math.random()), stop);
	}
	return "stopped";
}

interface Reading {
	readonly end: FollowEnd | Failing;
	readonly received: number;
}

function isFailing(end: Reading["end"]): end is Failing {
	return end === "cut" || end === "closed" || end === "busy";
}

async function readStream(api: Api, id: string, following: Following, stop: AbortSignal): Promise<Reading> {
	const silence = new Silence(MAX_SILENCE_MS);
	const signal = AbortSignal.any([stop, silence.signal]);
	try {
		const headers = { accept: "text/event-stream", "last-event-id": String(following.after()) };
		const opened = await api.open(`/v1/jobs/${id}/events`, { headers, signal });
		if (!opened.ok) return { end: endOfRefusal(opened.error), received: 0 };
		following.onOpen(opened.value.headers);
		// Nothing is left to come.
		if (opened.value.status === 204 || opened.value.body === null) return { end: "ended", received: 0 };
		return await readEvents(opened.value.body.getReader(), following, silence);
	} finally {
		silence.stop();
	}
}

function endOfRefusal(failure: { readonly kind: string; readonly status?: number }): Reading["end"] {
	if (failure.kind !== "refused") return "closed";
	if (failure.status === 404) return "gone";
	return failure.status === 401 || failure.status === 403 ? "stopped" : "busy";
}

async function readEvents(
	reader: ReadableStreamDefaultReader<Uint8Array>,
	{ onEvents }: Following,
	silence: Silence,
): Promise<Reading> {
	let batch: JobEvent[] = [];
	let received = 0;
	const parser = createParser({
		maxBufferSize: MAX_EVENT_CHARS,
		onEvent: ({ data }) => {
			const event: JobEvent = JSON.parse(data);
			batch.push(event);
		},
	});
	const decoder = new TextDecoder();
	try {
		// Not every Safari iterates over a stream.
		for (let step = await reader.read(); !step.done; step = await reader.read()) {
			silence.heard();
			parser.feed(decoder.decode(step.value, { stream: true }));
			const events = batch;
			batch = [];
			received += events.length;
			if (events.length > 0) onEvents(events);
			if (events.some(isEnd)) return { end: "ended", received };
		}
		return { end: "cut", received };
	} catch {
		// The wire broke, nothing came for too long, or what came is no event.
		return { end: "cut", received };
	} finally {
		reader.cancel().catch(() => {});
	}
}

/** Aborts when nothing was heard for too long. */
class Silence {
	readonly #controller = new AbortController();
	readonly #mostMs: number;
	#timer: ReturnType<typeof setTimeout>;

	constructor(mostMs: number) {
		this.#mostMs = mostMs;
		this.#timer = this.#start();
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	heard(): void {
		clearTimeout(this.#timer);
		this.#timer = this.#start();
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#start(): ReturnType<typeof setTimeout> {
		return setTimeout(() => this.#controller.abort(), this.#mostMs);
	}
}

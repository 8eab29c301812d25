import { createParser } from "eventsource-parser";
import type { FalStatus } from "../core/fal-answers.ts";
import type { Up } from "../job/watch/protocol.ts";
import { readStatus } from "./wire.ts";

/** Following fal's status stream from a Worker, whose waiting costs nothing. */

export interface Following {
	readonly streamUrl: string;
	readonly falApiKey: string;
	readonly signal: AbortSignal;
	readonly sendUp: (message: Up) => void;
}

/** A stream that was cut so many times in a row without news is given up; one that is refused, at once. */
const MAX_CUTS = 3;
const RETRY_MS = 250;
const READ_BYTES = 1024;
const MAX_EVENT_CHARS = 1024 * 1024;

/** A progress message wakes the object and costs a row: at most one in this time, and none before the time followed has doubled. */
const PROGRESS_EVERY_MS = 2_000;

/** Sends up each change of fal's status until it is completed, the watch ends, or the stream cannot be had. Never throws. */
export async function follow({ streamUrl, falApiKey, signal, sendUp }: Following): Promise<void> {
	const progress = createProgress(signal, (status) => sendUp({ type: "status", status }));
	for (let cuts = 0; cuts < MAX_CUTS && !signal.aborted; cuts += 1) {
		try {
			const response = await fetch(streamUrl, {
				headers: { authorization: `Key ${falApiKey}`, accept: "text/event-stream" },
				redirect: "manual",
				signal,
			});
			if (response.status === 200 && response.body !== null) {
				for await (const data of eventsOf(response.body)) {
					const status = readStatus(data);
					if (status === null) continue;
					if (progress(status)) cuts = 0;
					if (status.kind === "completed") return;
				}
			} else {
				await response.body?.cancel();
				break;
			}
		} catch {
			// A cut stream is opened again, like one that fal ended too early.
		}
		if (!signal.aborted) await scheduler.wait(RETRY_MS * (cuts + 1));
	}
	if (!signal.aborted) sendUp({ type: "unfollowed" });
}

/**
 * The data of each event, read into a buffer of our own: a stream that waits holds it, and the runtime's would have 16 KB. Transform
 * streams between would take more memory than all else of a quiet stream; a parser takes none.
 */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let come: string[] = [];
	const parser = createParser({ onEvent: ({ data }) => come.push(data), maxBufferSize: MAX_EVENT_CHARS });
	const reader = body.getReader({ mode: "byob" });
	let buffer = new ArrayBuffer(READ_BYTES);
	try {
		while (true) {
			const { done, value } = await reader.read(new Uint8Array(buffer));
			if (done) return;
			buffer = value.buffer;
			parser.feed(decoder.decode(value, { stream: true }));
			const events = come;
			come = [];
			yield* events;
		}
	} finally {
		await reader.cancel();
	}
}

/** Passes on what changed: another state at once, its details at a measured pace, the latest of them last. Says whether it is news. */
function createProgress(signal: AbortSignal, send: (status: FalStatus) => void): (status: FalStatus) => boolean {
	const since = Date.now();
	let sent: FalStatus | null = null;
	let sentAt = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const pass = (status: FalStatus) => {
		if (signal.aborted) return;
		sent = status;
		sentAt = Date.now();
		send(status);
	};
	return (status) => {
		clearTimeout(timer);
		if (JSON.stringify(status) === JSON.stringify(sent)) return false;
		const spacing = Math.max(PROGRESS_EVERY_MS, sentAt - since);
		const wait = status.kind === sent?.kind ? sentAt + spacing - Date.now() : 0;
		if (wait <= 0) pass(status);
		else timer = setTimeout(() => pass(status), wait);
		return true;
	};
}

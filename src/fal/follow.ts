/** Follows fal's status stream from a Worker, whose waiting costs nothing. */
import { createParser } from "eventsource-parser";
import type { OfFalAccount } from "../core/events.ts";
import type { FalStatus } from "../core/fal-answers.ts";
import type { FalAccounts } from "../fal-accounts.ts";
import { jsonBeginningOf } from "../http/json-beginning.ts";
import { secretsOf } from "../scrub.ts";
import { askInTurn, authorizationOf, keysFor } from "./keys.ts";
import { type LastSent, progressDelay } from "./pace.ts";
import { readStatus } from "./wire.ts";

export interface FollowOptions extends OfFalAccount {
	readonly streamUrl: string;
	readonly falAccounts: FalAccounts;
	/** Ends the following: after an abort nothing is called any more. */
	readonly signal: AbortSignal;
	readonly onStatus: (status: FalStatus) => void;
	/** Called once, if the stream cannot be had, cannot be read, or breaks off too often. */
	readonly onUnavailable: () => void;
	readonly fetch?: typeof fetch;
}

/** A stream is given up after this many cuts in a row without a new status; one that is refused, at once. */
const MAX_CUTS = 3;
/** A stream is given up after this many events in a row that cannot be read. */
const MAX_UNREADABLE = 3;
const RETRY_MS = 250;
const READ_BYTES = 1024;
const MAX_EVENT_CHARS = 1024 * 1024;
const MAX_EVENT_BYTES = 3 * MAX_EVENT_CHARS;

/** Reports each change of fal's status until fal has completed, the signal aborts, or the stream cannot be had. Never throws. */
export async function follow({
	streamUrl,
	falAccounts,
	falAccount,
	signal,
	onStatus,
	onUnavailable,
	fetch: fetchStream = fetch,
}: FollowOptions): Promise<void> {
	const report = createPacedReport(signal, onStatus);
	const keys = keysFor(falAccounts, falAccount);
	const secrets = secretsOf(falAccounts);
	let unreadable = 0;
	for (let cuts = 0; cuts < MAX_CUTS && unreadable < MAX_UNREADABLE && !signal.aborted; cuts += 1) {
		try {
			const response = await askInTurn(keys, (key) =>
				fetchStream(streamUrl, {
					headers: { ...authorizationOf(key), accept: "text/event-stream" },
					// A redirect would carry the key away from the queue.
					redirect: "manual",
					signal,
				}),
			);
			if (response.status !== 200 || response.body === null) {
				await response.body?.cancel();
				break;
			}
			for await (const data of eventsOf(response.body)) {
				const { text } = jsonBeginningOf(data, { maxBytes: MAX_EVENT_BYTES });
				const status = readStatus(text, secrets);
				if (status === null) {
					unreadable += 1;
					if (unreadable >= MAX_UNREADABLE) break;
					continue;
				}
				unreadable = 0;
				if (report(status)) cuts = 0;
				if (status.kind === "completed") return;
			}
		} catch {
			// A cut stream is opened again, like one that fal ended too early.
		}
		if (!signal.aborted) await scheduler.wait(RETRY_MS * (cuts + 1));
	}
	if (!signal.aborted) onUnavailable();
}

/**
 * Yields the data of each event. It reads into a buffer of its own, which a quiet stream holds: the runtime's would have 16 KB.
 * Transform streams between would take more memory than all else of a quiet stream; a parser takes none.
 */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let parsed: string[] = [];
	const parser = createParser({ onEvent: ({ data }) => parsed.push(data), maxBufferSize: MAX_EVENT_CHARS });
	const reader = body.getReader({ mode: "byob" });
	let buffer = new ArrayBuffer(READ_BYTES);
	try {
		while (true) {
			const { done, value } = await reader.read(new Uint8Array(buffer));
			if (done) return;
			buffer = value.buffer;
			parser.feed(decoder.decode(value, { stream: true }));
			const events = parsed;
			parsed = [];
			yield* events;
		}
	} finally {
		await reader.cancel();
	}
}

/** Passes statuses on at the pace of `progressDelay`, the latest one last. Returns true for a status that says something new. */
function createPacedReport(signal: AbortSignal, onStatus: (status: FalStatus) => void): (status: FalStatus) => boolean {
	const followingSince = Date.now();
	let last: LastSent | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const send = (status: FalStatus) => {
		if (signal.aborted) return;
		last = { status, at: Date.now() };
		onStatus(status);
	};
	return (status) => {
		clearTimeout(timer);
		const delay = progressDelay(status, last, { followingSince, now: Date.now() });
		if (delay === null) return false;
		if (delay === 0) send(status);
		else timer = setTimeout(() => send(status), delay);
		return true;
	};
}

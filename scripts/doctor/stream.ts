/** Reads a status stream to its end, and records what it looks like. */
import { createParser } from "eventsource-parser";
import { err, ok, type Result } from "../../src/result.ts";
import { reasonOf, send } from "./call.ts";
import type { Facts } from "./question.ts";
import { isRecord, parseJson } from "./shape.ts";

/** fal closes the stream after COMPLETED. A stream that is still open after this time is left. */
const CLOSES_WITHIN_MS = 5_000;
/** More events of one request are not kept. */
const MAX_EVENTS = 500;
const MAX_EVENT_CHARS = 1024 * 1024;

export interface StreamRecord {
	readonly status: number;
	readonly headers: Facts;
	/** The data of each event. */
	readonly events: readonly string[];
	/** Fields that the events have, beside `data`. */
	readonly fields: readonly string[];
	readonly comments: number;
	readonly end: "closed" | "cut" | "still open";
}

export interface StreamOptions {
	readonly key: string;
	readonly signal: AbortSignal;
	readonly closesWithinMs?: number;
}

export async function readStream(
	url: string,
	{ key, signal, closesWithinMs = CLOSES_WITHIN_MS }: StreamOptions,
): Promise<Result<StreamRecord, string>> {
	const events: string[] = [];
	const fields = new Set<string>();
	let comments = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const left = new AbortController();
	const parser = createParser({
		onEvent: ({ data, event, id }) => {
			if (events.length < MAX_EVENTS) events.push(data);
			if (event !== undefined) fields.add("event");
			if (id !== undefined) fields.add("id");
			if (isCompleted(data)) timer ??= setTimeout(() => left.abort(), closesWithinMs);
		},
		onComment: () => {
			comments += 1;
		},
		onRetry: () => fields.add("retry"),
		maxBufferSize: MAX_EVENT_CHARS,
	});
	let head: Pick<StreamRecord, "status" | "headers"> | undefined;
	const record = (end: StreamRecord["end"]) =>
		head ? ok({ ...head, events, fields: [...fields].toSorted(), comments, end }) : err("no answer");
	try {
		const options = { key, headers: { accept: "text/event-stream" } };
		const response = await send(url, options, AbortSignal.any([signal, left.signal]));
		head = { status: response.status, headers: Object.fromEntries(response.headers) };
		const decoder = new TextDecoder();
		for await (const chunk of response.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }));
		return record("closed");
	} catch (error) {
		if (left.signal.aborted) return record("still open");
		return head && !signal.aborted ? record("cut") : err(reasonOf(error));
	} finally {
		clearTimeout(timer);
	}
}

function isCompleted(data: string): boolean {
	const status = parseJson(data);
	return isRecord(status) && status.status === "COMPLETED";
}

/** Makes one HTTP call, bounded in time and in bytes. A call that fails is a value, and its reason holds nothing of the call. */
import { err, ok, type Result } from "../../src/result.ts";
import type { Answer } from "./question.ts";

/** A larger answer is not read to its end. A picture of the doctor's size has some hundred KB. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
export const CALL_TIMEOUT_MS = 15_000;

export interface CallOptions {
	readonly method?: "GET" | "POST" | "PUT";
	/** Sent as `Authorization: Key …`; no header without it. */
	readonly key?: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as JSON. */
	readonly input?: unknown;
	/** Ends the call early. */
	readonly signal?: AbortSignal;
	readonly timeoutMs?: number;
	readonly maxBytes?: number;
}

export interface BinaryAnswer extends Answer {
	readonly bytes: Uint8Array;
}

export type Called = Result<BinaryAnswer, string>;

/** Sends a request. Follows no redirect: it would take the key along. */
export function send(url: string, { method = "GET", key, input, headers }: CallOptions, signal: AbortSignal) {
	return fetch(url, {
		method,
		redirect: "manual",
		headers: {
			// A length is told only for a body that is not compressed.
			"accept-encoding": "identity",
			...(key === undefined ? {} : { authorization: `Key ${key}` }),
			...(input === undefined ? {} : { "content-type": "application/json" }),
			...headers,
		},
		...(input === undefined ? {} : { body: JSON.stringify(input) }),
		signal,
	});
}

export async function call(url: string, options: CallOptions = {}): Promise<Called> {
	const { timeoutMs = CALL_TIMEOUT_MS, maxBytes = MAX_ANSWER_BYTES } = options;
	const timeout = AbortSignal.timeout(timeoutMs);
	try {
		const response = await send(url, options, options.signal ? AbortSignal.any([options.signal, timeout]) : timeout);
		const bytes = await readBytes(response.body, maxBytes);
		if (bytes === null) return err(`the answer has more than ${maxBytes} bytes`);
		const { status, headers } = response;
		return ok({ status, headers: Object.fromEntries(headers), bytes, body: toText(bytes) });
	} catch (error) {
		return err(timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error));
	}
}

async function readBytes(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array | null> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of body ?? []) {
		length += chunk.byteLength;
		if (length > maxBytes) return null;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** Returns an empty text for bytes that are no UTF-8, such as a picture. */
function toText(bytes: Uint8Array): string {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return "";
	}
}

/** Names a failure by its code only: a message may quote an address or a header. */
export function reasonOf(error: unknown): string {
	if (error instanceof Error && error.name === "AbortError") return "interrupted";
	const cause = error instanceof Error ? error.cause : undefined;
	const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
	return /^[A-Z0-9_]{1,40}$/.test(code) ? `the connection failed (${code})` : "the connection failed";
}

/** A chat client that loses its connection, and resumes with the number of its last chunk. */
import { EventSourceParserStream } from "eventsource-parser/stream";
import { isKeepAlive, reasoningOf } from "../chunks.ts";
import { eventually } from "../eventually.ts";
import type { Address } from "./gateway.ts";

/** A chunk of a chat stream, with the fields that OpenAI's chunks do not have. */
export interface Chunk {
	readonly id: string;
	readonly created: number;
	readonly model: string;
	readonly object: string;
	readonly sequence_number?: number;
	readonly usage?: object | null;
	readonly choices: readonly {
		readonly delta: {
			readonly role?: string;
			readonly content?: string | null;
			readonly reasoning_content?: string;
		};
		readonly finish_reason: string | null;
	}[];
}

/** A line of a stream: a chunk, or the error object before the end. */
export interface Line extends Chunk {
	readonly sequence_number: number;
	readonly error?: { readonly code: string };
}

/** A stream that is read in the background. */
export interface Reading {
	/** The job's id in hex. */
	readonly job: string;
	/** The lines so far. */
	readonly lines: readonly Line[];
	/** Resolves when the stream is over: `done` after `[DONE]`, `cut` if it broke off. */
	readonly ended: Promise<"done" | "cut">;
	/** Waits until the progress contains this text. */
	readonly waitFor: (text: string) => Promise<void>;
}

function ask(gateway: Address, path: string, init: RequestInit = {}): Promise<Response> {
	return fetch(`${gateway.url}${path}`, {
		...init,
		headers: { authorization: `Bearer ${gateway.accessKey}`, "content-type": "application/json", ...init.headers },
	});
}

function post(
	gateway: Address,
	prompt: string,
	headers: Readonly<Record<string, string>> = {},
	more: object = {},
): Promise<Response> {
	const messages = [{ role: "user", content: prompt }];
	const body = { model: "imagen4-preview", stream: true, stream_options: { include_usage: true }, messages, ...more };
	return ask(gateway, "/v1/chat/completions", { method: "POST", body: JSON.stringify(body), headers });
}

/** Begins a chat, and reads its stream in the background. @param more Further fields of the body */
export async function openChat(gateway: Address, prompt: string, more: object = {}): Promise<Reading> {
	return read(await post(gateway, prompt, {}, more));
}

/** Begins a job that nobody watches, and returns its id in hex. */
export async function startUnwatched(gateway: Address, prompt: string): Promise<string> {
	const response = await post(gateway, prompt, { prefer: "respond-async" });
	if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
	await response.body?.cancel();
	return jobOf(response);
}

function jobOf({ headers }: Response): string {
	return headers.get("x-job-id") ?? "";
}

/** Resumes a chat behind a sequence number, or from the beginning if none is given. */
export async function resumeChat(gateway: Address, job: string, startingAfter?: number): Promise<Reading> {
	const after = startingAfter === undefined ? "" : `&starting_after=${startingAfter}`;
	return read(await ask(gateway, `/v1/chat/completions/chatcmpl-${job}?stream=true${after}`));
}

/** The fields of `GET /v1/jobs/{id}` that tests read. */
export interface JobView {
	readonly status: string;
	readonly images: readonly { readonly url: string; readonly bytes: number; readonly late: boolean }[];
	readonly error: { readonly code: string } | null;
	readonly fal_requests: readonly { readonly request_id: string | null }[];
}

/** Gets a job from `GET /v1/jobs/{id}`. */
export async function viewJob(gateway: Address, job: string): Promise<JobView> {
	const response = await ask(gateway, `/v1/jobs/job_${job}`);
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return response.json() as Promise<JobView>;
}

function read(response: Response): Reading {
	const lines: Line[] = [];
	const run = async (): Promise<"done" | "cut"> => {
		const events = (response.body ?? new ReadableStream())
			.pipeThrough(new TextDecoderStream())
			.pipeThrough(new EventSourceParserStream());
		try {
			for await (const { data } of events) {
				if (data === "[DONE]") return "done";
				const line: Line = { choices: [], ...JSON.parse(data) };
				if (!isKeepAlive(line)) lines.push(line);
			}
		} catch {
			// A connection that breaks off counts as cut, and so does an end without `[DONE]`.
		}
		return "cut";
	};
	if (!response.ok) throw new Error(`${response.status} at ${response.url}`);
	return {
		job: jobOf(response),
		lines,
		ended: run(),
		waitFor: async (text) => {
			await eventually(
				async () => reasoningOf(lines),
				(progress) => progress.includes(text),
			);
		},
	};
}

import { EventSourceParserStream } from "eventsource-parser/stream";
import type { Address } from "./gateway.ts";
import { type Chunk, eventually, reasoningOf } from "./watched.ts";

/** A chat client that loses its connection, and comes back with the number of the last chunk that it has. */

/** A line of a stream: a chunk, or the error object before the end. */
export interface Line extends Chunk {
	readonly sequence_number: number;
	readonly error?: { readonly code: string };
}

export interface Reading {
	/** The hex of the job's id. */
	readonly job: string;
	/** What has come so far. */
	readonly lines: readonly Line[];
	/** When the stream is over: by `[DONE]`, or broken off. */
	readonly ended: Promise<"done" | "cut">;
	/** Until it tells of this. */
	readonly says: (text: string) => Promise<void>;
}

function ask(gateway: Address, path: string, init: RequestInit = {}): Promise<Response> {
	return fetch(`${gateway.url}${path}`, {
		...init,
		headers: { authorization: `Bearer ${gateway.accessKey}`, "content-type": "application/json", ...init.headers },
	});
}

function post(gateway: Address, prompt: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
	const messages = [{ role: "user", content: prompt }];
	const body = { model: "imagen4-preview", stream: true, stream_options: { include_usage: true }, messages };
	return ask(gateway, "/v1/chat/completions", { method: "POST", body: JSON.stringify(body), headers });
}

/** Begins a chat, and reads its stream in the background. */
export async function openChat(gateway: Address, prompt: string): Promise<Reading> {
	return read(await post(gateway, prompt));
}

/** Begins a job that nobody watches. */
export async function startUnwatched(gateway: Address, prompt: string): Promise<string> {
	const response = await post(gateway, prompt, { prefer: "respond-async" });
	if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
	await response.body?.cancel();
	return jobOf(response);
}

function jobOf({ headers }: Response): string {
	return headers.get("x-job-id") ?? "";
}

/** Goes on behind a number; without one, from the beginning. */
export async function resumeChat(gateway: Address, job: string, startingAfter?: number): Promise<Reading> {
	const after = startingAfter === undefined ? "" : `&starting_after=${startingAfter}`;
	return read(await ask(gateway, `/v1/chat/completions/chatcmpl-${job}?stream=true${after}`));
}

export interface JobView {
	readonly status: string;
	readonly images: readonly { readonly url: string; readonly bytes: number; readonly late: boolean }[];
	readonly error: { readonly code: string } | null;
	readonly fal_requests: readonly { readonly request_id: string | null }[];
}

/** `GET /v1/jobs/{id}` */
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
				lines.push({ choices: [], ...JSON.parse(data) });
			}
		} catch {
			// Broken off, as is an end without `[DONE]`.
		}
		return "cut";
	};
	if (!response.ok) throw new Error(`${response.status} at ${response.url}`);
	return {
		job: jobOf(response),
		lines,
		ended: run(),
		says: async (text) => {
			await eventually(
				async () => reasoningOf(lines),
				(seen) => seen.includes(text),
			);
		},
	};
}

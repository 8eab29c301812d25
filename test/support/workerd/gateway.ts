/** Speaks to the Worker under test, and to the simulator behind it. */
import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import type { Env } from "../../../src/env.ts";
import { handle } from "../../../src/router.ts";

import { isKeepAlive } from "../chunks.ts";

export { contentOf } from "../chunks.ts";
export { eventually } from "../eventually.ts";

export const ORIGIN = "https://gateway.example";
const ACCESS_KEY = "test-key-of-owner";

type AskInit = RequestInit & { json?: unknown };
export type Ask = (path: string, init?: AskInit) => Promise<Response>;

export function ask(path: string, init: AskInit = {}): Promise<Response> {
	const request = toRequest(path, init);
	return exports.default.fetch(request.url, request.init);
}

/** Returns an `ask` of a Worker with these settings. Objects have the usual ones. */
export function askWith(settings: Partial<Env>): Ask {
	return async (path, init = {}) => {
		const request = toRequest(path, init);
		return handle(new Request(request.url, request.init), { ...env, ...settings }, createExecutionContext());
	};
}

function toRequest(path: string, { json, ...rest }: AskInit) {
	return {
		url: path.startsWith("http") ? path : `${ORIGIN}${path}`,
		init: {
			...rest,
			...(json === undefined ? {} : { method: "POST", body: JSON.stringify(json) }),
			headers: { authorization: `Bearer ${ACCESS_KEY}`, ...rest.headers },
		},
	};
}

/** Calls a control route of the simulator. */
export function sim(path: string, init: RequestInit = {}): Promise<Response> {
	return fetch(`https://fal.test/sim${path}`, init);
}

export interface Call {
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly requestId: string | null;
	/** At fal. */
	readonly account: string;
	readonly headers: Record<string, string>;
}

/** Lists the calls to fal's queue about this prompt, without those to the CDN. */
export async function queueCalls(prompt: string): Promise<readonly Call[]> {
	const calls: readonly Call[] = await (await sim(`/calls?prompt=${encodeURIComponent(prompt)}`)).json();
	return calls.filter(({ path }) => !path.startsWith("/files/"));
}

export async function submitsOf(prompt: string): Promise<number> {
	return (await queueCalls(prompt)).filter(({ method }) => method === "POST").length;
}

export interface Chunk {
	readonly id: string;
	readonly model: string;
	readonly sequence_number: number;
	readonly choices: readonly {
		delta: { content?: string; reasoning_content?: string };
		finish_reason: string | null;
	}[];
	readonly error?: { readonly code: string };
}

/** Yields the chunks of a job's chat stream as they come, without keep-alives and `[DONE]`. */
export async function* chunksOf(response: Response): AsyncGenerator<Chunk> {
	let text = "";
	for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
		text += piece;
		const events = text.split("\n\n");
		text = events.pop() ?? "";
		for (const event of events) {
			if (!event.startsWith("data: {")) continue;
			const chunk: Chunk = JSON.parse(event.slice("data: ".length));
			if (!isKeepAlive(chunk)) yield chunk;
		}
	}
}

export function streamChat(prompt: string, more: object = {}): Promise<Response> {
	return ask("/v1/chat/completions", {
		json: { model: "imagen4-preview", stream: true, messages: [{ role: "user", content: prompt }], ...more },
	});
}

let count = 0;
/** Makes a prompt that no other test has, so that its calls can be found. */
export function aPrompt(words: string): string {
	count += 1;
	return `a fox, number ${count} of ${crypto.randomUUID()} ${words}`;
}

/** OpenAI's own package in front of a gateway. Every answer that it gets is kept and checked. */
import OpenAI from "openai";
import { afterAll, expect, inject } from "vitest";
import type { Chunk } from "./chat-client.ts";
import { type Address, FAL_KEY } from "./gateway.ts";
import type { SharedGateway } from "./shared-gateway.ts";

/** An answer that the client got. */
export interface Answer {
	readonly url: string;
	readonly status: number;
	readonly headers: Headers;
	readonly text: Promise<string>;
}

/** Creates the client as installed, with its own retries, and the list of the answers that it gets. */
export function createClient({ url, accessKey }: Omit<Address, "simUrl">, options: { apiKey?: string } = {}) {
	const answers: Answer[] = [];
	const client = new OpenAI({
		baseURL: `${url}/v1`,
		apiKey: accessKey,
		...options,
		fetch: async (...request) => {
			const response = await fetch(...request);
			// Before its first form the package fetches `data:,`, to see if forms can be sent.
			if (!response.url.startsWith(url)) return response;
			const text = response.clone().text();
			text.catch(() => {});
			answers.push({ url: response.url, status: response.status, headers: response.headers, text });
			return response;
		},
	});
	return { client, answers };
}

/** Creates a client for the gateway that the end-to-end tests share. After the file's tests it checks every answer. */
export function useGateway(): { readonly gateway: SharedGateway } & ReturnType<typeof createClient> {
	const gateway = inject("gateway");
	const { client, answers } = createClient(gateway);
	afterAll(() => expectDiscreet(answers, gateway));
	return { gateway, client, answers };
}

/** Expects that every answer has an id, and that none contains a secret of the operator. */
async function expectDiscreet(answers: readonly Answer[], { simUrl }: Pick<Address, "simUrl">): Promise<void> {
	expect(answers.length).toBeGreaterThan(0);
	for (const { url, headers, text } of answers) {
		expect(headers.get("x-request-id"), url).toMatch(/^req_(?:[0-9a-f]{32}|[0-9a-f]{64}_[0-9a-f]{8})$/);
		const body = await text.catch(() => "");
		for (const secret of [FAL_KEY, simUrl, "queue.fal.run"])
			expect(body.includes(secret), `${secret} in ${url}`).toBe(false);
	}
}

/** Reads a stream to its end. An error that ends it is returned. */
export async function collect(
	stream: PromiseLike<AsyncIterable<Chunk>>,
): Promise<{ readonly chunks: readonly Chunk[]; readonly error: unknown }> {
	const chunks: Chunk[] = [];
	try {
		for await (const chunk of await stream) chunks.push(chunk);
		return { chunks, error: null };
	} catch (error) {
		return { chunks, error };
	}
}

/** The fields of an `APIError` that every one of OpenAI's error classes has. */
export interface Refusal {
	readonly status: number;
	readonly message: string;
	readonly type: string;
	readonly param: string | null;
	readonly code: string | null;
	readonly requestID: string;
	readonly headers: Headers;
	readonly error: object;
}

/** Expects that a call throws an error of this class, and returns the error. */
export async function refusalOf(
	kind: abstract new (...args: never[]) => Error,
	call: PromiseLike<unknown>,
): Promise<Refusal> {
	const error: unknown = await call.then(
		() => null,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(kind);
	return error as Refusal;
}

/** Fetches a picture. Throws unless the status is 200. */
export async function fetchBytes(url: string): Promise<Uint8Array> {
	const response = await fetch(url);
	expect(response.status, url).toBe(200);
	return new Uint8Array(await response.arrayBuffer());
}

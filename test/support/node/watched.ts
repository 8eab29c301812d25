import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import OpenAI from "openai";
import { beforeAll, expect } from "vitest";
import { type Address, FAL_KEY, type Running, startGateway } from "./gateway.ts";

/** What the client tests share: a client whose every answer is looked at, and a view of what reached the simulator. */

export interface Answer {
	readonly url: string;
	readonly status: number;
	readonly headers: Headers;
	readonly text: Promise<string>;
}

/** OpenAI's own client, as installed, with its own retries. What it was answered is kept. */
export function createClient({ url, accessKey }: Omit<Address, "simUrl">, options: { apiKey?: string } = {}) {
	const answers: Answer[] = [];
	const client = new OpenAI({
		baseURL: `${url}/v1`,
		apiKey: accessKey,
		...options,
		fetch: async (...request) => {
			const response = await fetch(...request);
			const text = response.clone().text();
			text.catch(() => {});
			answers.push({ url: response.url, status: response.status, headers: response.headers, text });
			return response;
		},
	});
	return { client, answers };
}

/** A gateway for the tests of a file, and a client of which every answer is looked at when they are over. */
export function useGateway(
	give: (started: { readonly gateway: Running } & ReturnType<typeof createClient>) => void,
): void {
	beforeAll(async () => {
		const gateway = await startGateway();
		const { client, answers } = createClient(gateway);
		give({ gateway, client, answers });
		return async () => {
			await gateway.stop();
			await expectDiscreet(answers, gateway);
		};
	});
}

/** Every answer has an id, and none tells what is not the client's to know. */
export async function expectDiscreet(answers: readonly Answer[], { simUrl }: Pick<Address, "simUrl">): Promise<void> {
	expect(answers.length).toBeGreaterThan(0);
	for (const { url, headers, text } of answers) {
		expect(headers.get("x-request-id"), url).toMatch(/^req_[0-9a-f]{32}$/);
		const told = await text.catch(() => "");
		for (const secret of [FAL_KEY, simUrl, "queue.fal.run"])
			expect(told.includes(secret), `${secret} in ${url}`).toBe(false);
	}
}

export interface Call {
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly requestId: string | null;
	readonly input: { readonly [field: string]: unknown } | null;
}

/** The simulator's list of what it was asked about prompts that hold this text. */
export async function callsOf({ simUrl }: Pick<Address, "simUrl">, prompt: string): Promise<readonly Call[]> {
	return (await fetch(`${simUrl}/sim/calls?prompt=${encodeURIComponent(prompt)}`)).json() as Promise<Call[]>;
}

export async function submitsOf(gateway: Pick<Address, "simUrl">, prompt: string): Promise<readonly Call[]> {
	return (await callsOf(gateway, prompt)).filter(({ method }) => method === "POST");
}

/** A request at the simulator is known by its prompt. */
export interface AtSimulator {
	readonly gateway: Pick<Address, "simUrl">;
	readonly prompt: string;
}

/** Once the simulator has it. */
export async function requestIdOf({ gateway, prompt }: AtSimulator): Promise<string> {
	const [submit] = await eventually(
		() => submitsOf(gateway, prompt),
		(seen) => seen.some(({ requestId }) => requestId !== null),
	);
	return submit?.requestId ?? "";
}

/** Moves a request that the simulator holds, or has its webhook sent. */
export async function steer(
	one: AtSimulator,
	action: "advance" | "finish" | "webhook",
	body: object = {},
): Promise<unknown> {
	const url = `${one.gateway.simUrl}/sim/requests/${await requestIdOf(one)}/${action}`;
	const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
	expect(response.status).toBe(200);
	return response.json();
}

/** With this the simulator does nothing by itself. */
export const HELD = "sim:hold sim:queue=1";
/** What a held request does next, once its client was told of what it did before. */
const STEPS = [
	["In fal's queue at position 1", "advance", { position: 0 }],
	["In fal's queue, next in line", "advance", { to: "IN_PROGRESS" }],
	["Generating", "finish", {}],
] as const;

/** Brings a held request to its end, step by step, as the chunks that have come so far allow it. */
export function createSteering(one: AtSimulator): (chunks: readonly Chunk[]) => Promise<void> {
	const left = [...STEPS];
	return async (chunks) => {
		const [news, action, body] = left[0] ?? [];
		if (news === undefined || !reasoningOf(chunks).includes(news)) return;
		left.shift();
		await steer(one, action, body);
	};
}

/** A prompt like no other, so that its calls can be told apart, with words for the simulator. */
export function aPrompt(words = ""): string {
	return `a fox ${randomUUID()} ${words} sim:max-side=128`;
}

/** Waits for what the world will come to: asks again until `check` is content. */
export async function eventually<T>(look: () => Promise<T>, check: (seen: T) => boolean): Promise<T> {
	for (const until = Date.now() + 20_000; ; ) {
		const seen = await look();
		if (check(seen)) return seen;
		if (Date.now() > until) throw new Error(`still ${JSON.stringify(seen)}`);
		await wait(20);
	}
}

/** A chunk, with the fields that are not OpenAI's and that its client passes on. */
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

/** A stream to its end, whatever the end is. */
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

export function contentOf(chunks: readonly Chunk[]): string {
	return chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
}

export function reasoningOf(chunks: readonly Chunk[]): string {
	return chunks.map(({ choices }) => choices[0]?.delta.reasoning_content ?? "").join("");
}

export function finishesOf(chunks: readonly Chunk[]): readonly string[] {
	return chunks.flatMap(({ choices }) => choices[0]?.finish_reason ?? []);
}

/** The parts of an `APIError` that every one of OpenAI's error classes has. */
export interface Refused {
	readonly status: number;
	readonly message: string;
	readonly type: string;
	readonly param: string | null;
	readonly code: string | null;
	readonly requestID: string;
	readonly headers: Headers;
	readonly error: object;
}

/** What a call throws, which must be of this class. */
export async function refusal(
	kind: abstract new (...args: never[]) => Error,
	call: PromiseLike<unknown>,
): Promise<Refused> {
	const error: unknown = await call.then(
		() => null,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(kind);
	return error as Refused;
}

export async function fetchBytes(url: string): Promise<Uint8Array> {
	const response = await fetch(url);
	expect(response.status, url).toBe(200);
	return new Uint8Array(await response.arrayBuffer());
}

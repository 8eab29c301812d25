/** Speaks to a simulator as fal's clients do, and by its control routes. */
import { createHash, createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createFalClient } from "@fal-ai/client";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { decode } from "fast-png";

export const IMAGEN = "fal-ai/imagen4/preview";
export const KEY = { authorization: "Key test:key" };

/** The fields of the answers that tests read; `toMatchObject` checks others. */
export type Submitted = { request_id: string; response_url: string; status_url: string; cancel_url: string };
export type Status = { status: string; queue_position?: number; logs?: { message: string }[] | null };
export type Image = { url: string };
export type Output = { images: [Image, ...Image[]]; has_nsfw_concepts?: boolean[]; description?: string };
export type Call = { method: string; status: number; requestId: string; authorized: boolean };
/** A request as `GET /sim/requests/{id}` shows it. */
export type RequestView = { deliveries: { status: number | null }[]; webhookDue: number | null };

/** A submit's endpoint and webhook; all other fields are its input. */
type Options = Readonly<Record<string, unknown>> & { endpoint?: string; webhook?: string };

export async function json<T>(response: Response): Promise<T> {
	return (await response.json()) as T;
}
export function get(url: string): Promise<Response> {
	return fetch(url, { headers: KEY, redirect: "manual" });
}
export async function getJson<T>(url: string): Promise<T> {
	return json(await get(url));
}
export function post(url: string, body?: unknown): Promise<Response> {
	return fetch(url, { method: "POST", headers: KEY, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}
export async function pictureOf(url: string) {
	return decode(new Uint8Array(await (await fetch(url)).arrayBuffer()), { checkCrc: true });
}

/** fal's own client, which asks the simulator in place of fal. */
export function createSimulatedFalClient(simUrl: string, credentials = "test:key") {
	return createFalClient({
		credentials,
		requestMiddleware: async (request) => ({
			...request,
			url: request.url.replace(/^https:\/\/(?:queue\.fal\.run|rest\.fal\.ai)(?=\/)/, simUrl),
		}),
	});
}

export function createSimClient(origin: string) {
	function submit(prompt: string, { endpoint = IMAGEN, webhook = "", ...input }: Options = {}): Promise<Response> {
		const query = webhook && `?fal_webhook=${encodeURIComponent(webhook)}`;
		return post(`${origin}/${endpoint}${query}`, { prompt, ...input });
	}
	/** Submits, and returns the answer's body. */
	async function submitted(prompt: string, options: Options = {}): Promise<Submitted> {
		return json(await submit(prompt, options));
	}
	function control(id: string, action: string, body: unknown = {}): Promise<Response> {
		return post(`${origin}/sim/requests/${id}/${action}`, body);
	}
	/** Submits, finishes the request at once, and gets its result. */
	async function resultOf(prompt: string, options: Options = {}): Promise<Response> {
		const { request_id, response_url } = await submitted(prompt, options);
		await control(request_id, "finish");
		return get(response_url);
	}
	async function outputOf(prompt: string, options: Options = {}): Promise<Output> {
		return json(await resultOf(prompt, options));
	}
	return {
		submit,
		submitted,
		control,
		resultOf,
		outputOf,
		imageOf: async (prompt: string, options: Options = {}): Promise<Image> =>
			(await outputOf(prompt, options)).images[0],
		callsOf: (prompt: string): Promise<Call[]> => getJson(`${origin}/sim/calls?prompt=${encodeURIComponent(prompt)}`),
		viewRequest: (id: string): Promise<RequestView> => getJson(`${origin}/sim/requests/${id}`),
	};
}

/** Yields the events of a status stream as they come. */
export async function* eventsOf(statusUrl: string, query = ""): AsyncGenerator<Status> {
	const { body } = await get(`${statusUrl}/stream${query}`);
	const events = (body ?? new ReadableStream())
		.pipeThrough(new TextDecoderStream())
		.pipeThrough(new EventSourceParserStream());
	for await (const { data } of events) yield JSON.parse(data);
}

/** A webhook as it came. */
export type ReceivedWebhook = { headers: IncomingHttpHeaders; body: string };

/** Starts a server that takes webhooks and answers with the next of `statuses`, then 200. `next` waits for each in turn. */
export async function startWebhookReceiver(...statuses: number[]) {
	const waiting: ReceivedWebhook[] = [];
	const server = createServer((request, response) => {
		let body = "";
		request.on("data", (piece: Buffer) => {
			body += piece.toString();
		});
		request.on("end", () => {
			response.writeHead(statuses.shift() ?? 200).end();
			waiting.push({ headers: request.headers, body });
			server.emit("webhook");
		});
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	const next = async (): Promise<ReceivedWebhook> => {
		const webhook = waiting.shift();
		if (webhook) return webhook;
		await once(server, "webhook");
		return next();
	};
	const address = server.address();
	const port = typeof address === "object" ? address?.port : undefined;
	return { url: `http://127.0.0.1:${port}/hook`, next, waiting, close: () => server.close() };
}

/** Verifies a signature as fal's documentation describes it, with Node's own crypto. */
export async function isSigned(origin: string, { headers, body }: ReceivedWebhook): Promise<boolean> {
	const { keys }: { keys: JsonWebKey[] } = await getJson(`${origin}/.well-known/jwks.json`);
	const header = (name: string): string => String(headers[`x-fal-webhook-${name}`]);
	const digest = createHash("sha256").update(body).digest("hex");
	const text = [header("request-id"), header("user-id"), header("timestamp"), digest].join("\n");
	const signature = Buffer.from(header("signature"), "hex");
	const isRecent = Math.abs(Date.now() / 1000 - Number(header("timestamp"))) < 300;
	return (
		isRecent && keys.some((key) => verify(null, Buffer.from(text), createPublicKey({ key, format: "jwk" }), signature))
	);
}

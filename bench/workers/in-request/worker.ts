/**
 * A peer: the Worker that most people write for fal's queue. Inside the request it submits, polls the status every two seconds, and
 * fetches the result and, for base64, the picture. It stores nothing, so a client that loses its connection loses its job.
 */

interface Env {
	readonly FAL_QUEUE_URL: string;
	readonly FAL_API_KEY: string;
	readonly WORKER_ACCESS_KEY: string;
}

interface Body {
	readonly prompt?: string;
	readonly n?: number;
	readonly response_format?: "url" | "b64_json";
	readonly stream?: boolean;
	readonly messages?: readonly { readonly role: string; readonly content: string }[];
}

type Submitted = { status_url: string; response_url: string };
type Status = { status: "IN_QUEUE" | "IN_PROGRESS" | "COMPLETED" };
type Result = { images: { url: string }[] };

const ENDPOINT = "fal-ai/imagen4/preview";
const POLL_EVERY_MS = 2_000;

export default {
	fetch: async (request, env) => {
		if (request.headers.get("authorization") !== `Bearer ${env.WORKER_ACCESS_KEY}`)
			return failure(401, "Invalid API key");
		const body = await request.json<Body>();
		switch (`${request.method} ${new URL(request.url).pathname}`) {
			case "POST /v1/images/generations":
				return createImages(body, env);
			case "POST /v1/chat/completions":
				return streamChat(body, env);
			default:
				return failure(404, "Not found");
		}
	},
} satisfies ExportedHandler<Env>;

async function createImages({ prompt = "", n = 1, response_format }: Body, env: Env): Promise<Response> {
	const urls = await draw(prompt, n, env);
	const data = response_format === "url" ? urls.map((url) => ({ url })) : await Promise.all(urls.map(toBase64));
	return Response.json({ created: now(), data });
}

/** Streams progress as reasoning and the picture as Markdown, as Darkroom does. */
async function streamChat({ messages = [], n = 1 }: Body, env: Env): Promise<Response> {
	const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
	const writer = writable.getWriter();
	const encoder = new TextEncoder();
	const head = {
		id: `chatcmpl-${crypto.randomUUID()}`,
		object: "chat.completion.chunk",
		created: now(),
		model: ENDPOINT,
	};
	const send = (delta: object, finish_reason: string | null = null) =>
		writer.write(
			encoder.encode(`data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason }] })}\n\n`),
		);
	const run = async (): Promise<void> => {
		await send({ role: "assistant", content: "" });
		const prompt = messages.findLast(({ role }) => role === "user")?.content ?? "";
		const urls = await draw(prompt, n, env, (status) => send({ reasoning_content: `${status}\n` }));
		await send({ content: urls.map((url) => `![Generated Image](${url})`).join("\n") });
		await send({}, "stop");
		await writer.write(encoder.encode("data: [DONE]\n\n"));
		await writer.close();
	};
	run().catch((error: unknown) => writer.abort(error));
	return new Response(readable, { headers: { "content-type": "text/event-stream" } });
}

/** Runs a request to its end, and returns fal's addresses of the pictures. */
async function draw(
	prompt: string,
	num_images: number,
	env: Env,
	onStatus: (status: string) => Promise<void> = async () => {},
): Promise<string[]> {
	const ask = async <T>(url: string, init?: RequestInit): Promise<T> => {
		const response = await fetch(url, { ...init, headers: { authorization: `Key ${env.FAL_API_KEY}` } });
		if (!response.ok) throw new Error(`fal answered ${response.status}`);
		return response.json<T>();
	};
	const input = { method: "POST", body: JSON.stringify({ prompt, num_images }) };
	const { status_url, response_url } = await ask<Submitted>(`${env.FAL_QUEUE_URL}/${ENDPOINT}`, input);
	while (true) {
		await scheduler.wait(POLL_EVERY_MS);
		const { status } = await ask<Status>(status_url);
		if (status === "COMPLETED") break;
		await onStatus(status);
	}
	const { images } = await ask<Result>(response_url);
	return images.map(({ url }) => url);
}

async function toBase64(url: string): Promise<{ b64_json: string }> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`fal's CDN answered ${response.status}`);
	return { b64_json: (await response.bytes()).toBase64() };
}

function failure(status: number, message: string): Response {
	return Response.json({ error: { message } }, { status });
}

function now(): number {
	return Math.floor(Date.now() / 1000);
}

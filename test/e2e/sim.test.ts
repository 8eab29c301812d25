import { createHash, createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, createFalClient, ValidationError } from "@fal-ai/client";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestHarness } from "wrangler";

const sim = createTestHarness({ workers: [{ configPath: "./sim/wrangler.toml" }] });
const IMAGEN = "fal-ai/imagen4/preview";
const KEY = { authorization: "Key test:key" };
let origin = "";

beforeAll(async () => {
	origin = (await sim.listen()).url.origin;
});
afterAll(() => sim.close());

/** The official client, sent to the simulator in place of fal. */
function falClient(credentials = "test:key") {
	return createFalClient({
		credentials,
		requestMiddleware: async (request) => ({ ...request, url: request.url.replace("https://queue.fal.run", origin) }),
	});
}

/** What tests read of the answers; `toMatchObject` looks at the rest. */
type Submitted = { request_id: string; response_url: string; status_url: string; cancel_url: string };
type Status = { status: string; queue_position?: number; logs?: { message: string }[] | null };
type Image = { url: string };
type Output = { images: [Image, ...Image[]]; has_nsfw_concepts?: boolean[]; description?: string };
type Call = { method: string; status: number; requestId: string; authorized: boolean };
type Known = { deliveries: { status: number | null }[]; webhookDue: number | null };
/** A submit's input, and where it goes. */
type Options = Readonly<Record<string, unknown>> & { endpoint?: string; webhook?: string };

async function json<T>(response: Response): Promise<T> {
	return (await response.json()) as T;
}
function get(url: string): Promise<Response> {
	return fetch(url, { headers: KEY, redirect: "manual" });
}
async function getJson<T>(url: string): Promise<T> {
	return json(await get(url));
}
function post(url: string, body?: unknown): Promise<Response> {
	return fetch(url, { method: "POST", headers: KEY, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

function submit(prompt: string, { endpoint = IMAGEN, webhook = "", ...input }: Options = {}): Promise<Response> {
	return post(`${origin}/${endpoint}${webhook && `?fal_webhook=${encodeURIComponent(webhook)}`}`, { prompt, ...input });
}
async function submitted(prompt: string, options: Options = {}): Promise<Submitted> {
	return json(await submit(prompt, options));
}
function control(id: string, action: string, body: unknown = {}): Promise<Response> {
	return post(`${origin}/sim/requests/${id}/${action}`, body);
}
function callsOf(prompt: string): Promise<Call[]> {
	return getJson(`${origin}/sim/calls?prompt=${encodeURIComponent(prompt)}`);
}

/** Submits, skips the wait, and gives the result's answer. */
async function resultOf(prompt: string, options: Options = {}): Promise<Response> {
	const { request_id, response_url } = await submitted(prompt, options);
	await control(request_id, "finish");
	return get(response_url);
}
async function outputOf(prompt: string, options: Options = {}): Promise<Output> {
	return json(await resultOf(prompt, options));
}
async function imageOf(prompt: string, options: Options = {}): Promise<Image> {
	return (await outputOf(prompt, options)).images[0];
}
function knownOf(id: string): Promise<Known> {
	return getJson(`${origin}/sim/requests/${id}`);
}
async function pictureOf(url: string) {
	return decode(new Uint8Array(await (await fetch(url)).arrayBuffer()), { checkCrc: true });
}

/** The events of a status stream as they come. */
async function* eventsOf(statusUrl: string, query = ""): AsyncGenerator<Status> {
	const { body } = await get(`${statusUrl}/stream${query}`);
	let text = "";
	for await (const piece of body ?? []) {
		text += Buffer.from(piece).toString();
		for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
			const event = text.slice(0, end);
			text = text.slice(end + 2);
			if (event.startsWith("data: ")) yield JSON.parse(event.slice(6));
		}
	}
}

type Delivery = { headers: IncomingHttpHeaders; body: string; at: number };

/** A server that takes webhooks, answers with the next of `statuses` (then 200), and lets them be awaited in turn. */
async function receiver(...statuses: number[]) {
	const waiting: Delivery[] = [];
	const server = createServer((request, response) => {
		let body = "";
		request.on("data", (piece: Buffer) => {
			body += piece.toString();
		});
		request.on("end", () => {
			response.writeHead(statuses.shift() ?? 200).end();
			waiting.push({ headers: request.headers, body, at: Date.now() });
			server.emit("delivery");
		});
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	const next = async (): Promise<Delivery> => {
		const delivery = waiting.shift();
		if (delivery) return delivery;
		await once(server, "delivery");
		return next();
	};
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}/hook`, next, waiting, close: () => server.close() };
}

/** Verifies as fal's documents tell, with Node's own crypto. */
async function isSigned({ headers, body }: Delivery): Promise<boolean> {
	const { keys }: { keys: JsonWebKey[] } = await getJson(`${origin}/.well-known/jwks.json`);
	const header = (name: string): string => String(headers[`x-fal-webhook-${name}`]);
	const digest = createHash("sha256").update(body).digest("hex");
	const text = [header("request-id"), header("user-id"), header("timestamp"), digest].join("\n");
	const signature = Buffer.from(header("signature"), "hex");
	const inTime = Math.abs(Date.now() / 1000 - Number(header("timestamp"))) < 300;
	return (
		inTime && keys.some((key) => verify(null, Buffer.from(text), createPublicKey({ key, format: "jwk" }), signature))
	);
}

describe("the official client", () => {
	it("subscribes by polling", async () => {
		const updates: string[] = [];
		const { data, requestId } = await falClient().subscribe(IMAGEN, {
			input: { prompt: "a lighthouse sim:queue-ms=1000 sim:run-ms=1500 sim:logs=2", aspect_ratio: "16:9" },
			logs: true,
			pollInterval: 20,
			onQueueUpdate: ({ status }) => updates.push(status),
		});
		expect([...new Set(updates)]).toEqual(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]);
		expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
		expect(data.description).toBe("");
		const { width, height } = await pictureOf(data.images[0]?.url ?? "");
		expect([width, height]).toEqual([1408, 768]);
	});

	it("subscribes by the status stream", async () => {
		const updates: [string, number | null][] = [];
		let requestId = "";
		/** What to do on each news: so the test waits for the stream and never for a clock. */
		const steps = [{ position: 1 }, { position: 0 }, { to: "IN_PROGRESS" }, { to: "COMPLETED" }];
		const { data } = await falClient().subscribe("fal-ai/flux/dev", {
			input: { prompt: "a mill sim:hold sim:queue=2 sim:logs=0", seed: 5 },
			mode: "streaming",
			onEnqueue: (id) => {
				requestId = id;
			},
			onQueueUpdate: (update) => {
				updates.push([update.status, "queue_position" in update ? update.queue_position : null]);
				const step = steps.shift();
				if (step) void control(requestId, "advance", step);
			},
		});
		expect(updates).toEqual([
			["IN_QUEUE", 2],
			["IN_QUEUE", 1],
			["IN_QUEUE", 0],
			["IN_PROGRESS", null],
			["COMPLETED", null],
		]);
		expect(data).toMatchObject({ seed: 5, has_nsfw_concepts: [false], images: [{ width: 1024, height: 768 }] });
	});

	it("follows a request step by step, and cancels one", async () => {
		const { queue } = falClient();
		const first = await queue.submit(IMAGEN, { input: { prompt: "steps sim:hold" } });
		const id = { requestId: first.request_id };
		expect(first).toMatchObject({ status: "IN_QUEUE", queue_position: 1 });
		expect(await queue.status(IMAGEN, id)).toMatchObject({ status: "IN_QUEUE", queue_position: 1 });
		await control(first.request_id, "advance", { to: "IN_PROGRESS" });
		expect(await queue.status(IMAGEN, id)).toMatchObject({ status: "IN_PROGRESS", logs: null });
		await expect(queue.result(IMAGEN, id)).rejects.toMatchObject({ status: 400, requestId: first.request_id });
		await queue.cancel(IMAGEN, id);
		expect(await queue.status(IMAGEN, id)).toMatchObject({ status: "COMPLETED", error_type: "client_cancelled" });
		await expect(queue.result(IMAGEN, id)).rejects.toMatchObject({ status: 499 });
		await expect(queue.cancel(IMAGEN, id)).rejects.toMatchObject({
			status: 400,
			body: { status: "ALREADY_COMPLETED" },
		});
	});

	it("streams a status", async () => {
		const { queue } = falClient();
		const input = { prompt: "stream sim:queue=0 sim:queue-ms=150 sim:run-ms=150 sim:logs=3" };
		const { request_id: requestId } = await queue.submit(IMAGEN, { input });
		const stream = await queue.streamStatus(IMAGEN, { requestId, logs: true });
		const seen: string[] = [];
		stream.on("data", ({ status }) => seen.push(status));
		expect(await stream.done()).toMatchObject({ metrics: { inference_time: 0.15 }, logs: { length: 3 } });
		expect([...new Set(seen)]).toEqual(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]);
	});

	it("throws ApiError and ValidationError with fal's bodies", async () => {
		const input = { prompt: "errors" };
		const refused = falClient("bad-key").queue.submit(IMAGEN, { input });
		await expect(refused).rejects.toBeInstanceOf(ApiError);
		await expect(refused).rejects.toMatchObject({ status: 401, body: { detail: "invalid key credentials" } });
		await expect(falClient("locked-key").queue.submit(IMAGEN, { input })).rejects.toMatchObject({ status: 403 });
		await expect(falClient().queue.submit("fal-ai/unknown", { input })).rejects.toMatchObject({
			status: 404,
			body: { detail: 'Application "unknown" not found' },
		});
		const flagged = falClient().subscribe(IMAGEN, {
			input: { prompt: "a secret sim:content-policy" },
			pollInterval: 20,
		});
		const error = await flagged.catch((thrown: unknown) => thrown);
		if (!(error instanceof ValidationError)) throw error;
		expect(error.fieldErrors).toMatchObject([
			{ type: "content_policy_violation", loc: ["body", "prompt"], input: "a secret sim:content-policy" },
		]);
	});
});

describe("the queue", () => {
	it("names addresses of the app alone, and answers at full ones as well", async () => {
		const answer = await submit("addresses sim:instant");
		const { request_id: id, ...urls } = await json<Submitted>(answer);
		expect(answer.headers.get("x-fal-request-id")).toBe(id);
		expect(urls).toMatchObject({
			response_url: `${origin}/fal-ai/imagen4/requests/${id}`,
			status_url: `${origin}/fal-ai/imagen4/requests/${id}/status`,
			cancel_url: `${origin}/fal-ai/imagen4/requests/${id}/cancel`,
			logs: null,
			metrics: {},
		});
		for (const url of [urls.response_url, `${origin}/${IMAGEN}/requests/${id}`, `${urls.response_url}/response`]) {
			expect((await get(url)).status).toBe(200);
		}
		expect((await get(`${origin}/fal-ai/flux/requests/${id}/status`)).status).toBe(404);
		expect((await get(`${origin}/fal-ai/imagen4/requests/unknown/status`)).status).toBe(404);
		expect((await fetch(urls.status_url)).status).toBe(401);
	});

	it("answers 202 until a request is completed", async () => {
		const { request_id, status_url, response_url } = await submitted("codes sim:hold");
		const statuses = async () => [(await get(status_url)).status, (await get(response_url)).status];
		expect(await statuses()).toEqual([202, 400]);
		await control(request_id, "advance", { to: "IN_PROGRESS" });
		expect(await statuses()).toEqual([202, 400]);
		await control(request_id, "advance", { to: "COMPLETED" });
		expect(await statuses()).toEqual([200, 200]);
	});

	it("tells an open stream of each change at once", async () => {
		const { request_id, status_url } = await submitted("prompt news sim:hold sim:queue=7");
		const events = eventsOf(status_url);
		const next = async () => (await events.next()).value;
		expect(await next()).toMatchObject({ status: "IN_QUEUE", queue_position: 7 });
		for (const [order, event] of [
			[{ position: 3 }, { status: "IN_QUEUE", queue_position: 3 }],
			[{ to: "IN_PROGRESS" }, { status: "IN_PROGRESS" }],
			[{ to: "COMPLETED" }, { status: "COMPLETED" }],
		]) {
			await control(request_id, "advance", order);
			const asked = performance.now();
			expect(await next()).toMatchObject(event as object);
			expect(performance.now() - asked).toBeLessThan(100);
		}
		expect((await events.next()).done).toBe(true);
	});

	it("shows a moving window of a growing log, to those who ask", async () => {
		const { status_url } = await submitted(
			"logs sim:big-logs sim:queue=0 sim:queue-ms=0 sim:run-ms=200 sim:log-chars=30",
		);
		let last: Status | undefined;
		for await (const event of eventsOf(status_url, "?logs=1")) last = event;
		expect(last?.logs).toHaveLength(20);
		expect(last?.logs?.at(-1)).toMatchObject({ level: "INFO", message: expect.stringContaining("200/200") });
		expect((await getJson<Status>(status_url)).logs).toBeNull();
	});

	it("goes on where it was when its object is evicted", async () => {
		const { request_id, status_url } = await submitted("evicted sim:hold");
		await control(request_id, "advance", { to: "IN_PROGRESS" });
		const worker = sim.getWorker();
		for (const id of await worker.listDurableObjectIds("FalRequest"))
			await worker.evictDurableObject("FalRequest", { id });
		expect(await getJson(status_url)).toMatchObject({ status: "IN_PROGRESS" });
	});

	it("gives up what has not started in time", async () => {
		const { status_url, response_url } = await submitted("late sim:start-timeout sim:start-timeout-ms=60");
		let last: Status | undefined;
		for await (const event of eventsOf(status_url)) last = event;
		expect(last).toMatchObject({ status: "COMPLETED", error_type: "request_timeout" });
		const answer = await get(response_url);
		expect([answer.status, answer.headers.get("x-fal-request-timeout-type")]).toEqual([504, "user"]);
	});

	it("loses an answer but not the request", async () => {
		const prompt = "lost sim:answer-lost sim:instant";
		const answer = await submit(prompt)
			.then((response) => response.text())
			.then(
				() => "whole",
				() => "broken",
			);
		expect(answer).toBe("broken");
		const [call] = await callsOf(prompt);
		expect(call).toMatchObject({ status: 0, input: { prompt } });
		expect((await get(`${origin}/fal-ai/imagen4/requests/${call?.requestId}`)).status).toBe(200);
	});

	it("refuses words that it does not know", async () => {
		expect((await submit("sim:unheard-of")).status).toBe(400);
		expect((await submit("sim:queue=many")).status).toBe(400);
		expect((await submit("画一只猫，sim:instant。")).status).toBe(200);
	});

	it.each([
		["refused-429", [429, 429, 200]],
		["refused-503", [503, 503, 200]],
		["always-429", [429, 429, 429]],
		["always-503", [503, 503, 503]],
		["refused-422", [422]],
		["key-refused", [401]],
		["balance-exhausted", [403]],
		["answer-502", [502]],
		["answer-504", [504]],
	])("answers submits of sim:%s with %j", async (name, expected) => {
		const statuses: number[] = [];
		for (const _ of expected) statuses.push((await submit(`a submit sim:${name}`)).status);
		expect(statuses).toEqual(expected);
	});

	it("loses a model, but not its successor", async () => {
		const statuses: number[] = [];
		for (const endpoint of [IMAGEN, "fal-ai/nano-banana-2", IMAGEN]) {
			statuses.push((await submit("gone sim:model-gone", { endpoint })).status);
		}
		expect(statuses).toEqual([404, 200, 404]);
	});

	it.each([
		["webhook-only", 500, 500, 500],
		["poll-only", 200, 404, 200],
		["stream-only", 500, 200, 200],
		["redirected", 307, 200, 200],
	])("shows by sim:%s status %i, stream %i, result %i", async (name, status, stream, result) => {
		const { request_id, status_url, response_url } = await submitted(`roads sim:${name}`);
		await control(request_id, "finish");
		const statuses: number[] = [];
		for (const url of [status_url, `${status_url}/stream`, response_url]) statuses.push((await get(url)).status);
		expect(statuses).toEqual([status, stream, result]);
	});

	it("cuts a stream in the run, and names foreign addresses, when told to", async () => {
		const { status_url } = await submitted("cut sim:stream-cut sim:queue-ms=20 sim:run-ms=80");
		const seen: string[] = [];
		const reading = (async () => {
			for await (const { status } of eventsOf(status_url)) seen.push(status);
		})();
		await expect(reading).rejects.toThrow();
		expect(seen.at(-1)).toBe("IN_PROGRESS");
		const foreign = await submitted("sim:foreign-urls sim:instant");
		expect(new URL(foreign.status_url).origin).not.toBe(origin);
	});

	it("cancels as told", async () => {
		const cancel = async (name: string): Promise<[number, string]> => {
			const { cancel_url, status_url } = await submitted(`cancel sim:${name} sim:hold=run sim:queue-ms=0`);
			const { status } = await fetch(cancel_url, { method: "PUT", headers: KEY });
			return [status, (await getJson<Status>(status_url)).status];
		};
		expect(await cancel("happy")).toEqual([202, "COMPLETED"]);
		expect(await cancel("cancel-late")).toEqual([400, "IN_PROGRESS"]);
		expect(await cancel("cancel-ignored")).toEqual([202, "IN_PROGRESS"]);
		const { cancel_url } = await submitted("cancel sim:cancel-hangs");
		const hanging = fetch(cancel_url, { method: "PUT", headers: KEY, signal: AbortSignal.timeout(150) });
		await expect(hanging).rejects.toThrow();
	});
});

describe("results", () => {
	it.each([
		["content-policy", 422, "content_policy_violation"],
		["no-media", 422, "no_media_generated"],
		["invalid-input", 422, "value_error"],
		["server-error", 500, "internal_server_error"],
		["downstream-error", 400, "downstream_service_error"],
		["downstream-500", 500, "downstream_service_error"],
	])("of sim:%s are %i %s, and the status is COMPLETED", async (name, status, type) => {
		const { request_id, status_url, response_url } = await submitted(`failing sim:${name}`);
		await control(request_id, "finish");
		const answer = await get(response_url);
		expect([answer.status, answer.headers.get("x-fal-error-type")]).toEqual([status, type]);
		const problem = { type, loc: expect.any(Array), msg: expect.any(String) };
		expect(await json(answer)).toMatchObject({ detail: [problem] });
		const told = await getJson<Status>(status_url);
		expect([told.status, "error" in told]).toEqual(["COMPLETED", name === "server-error"]);
	});

	it.each([
		[IMAGEN, {}, [1024, 1024]],
		[IMAGEN, { aspect_ratio: "9:16" }, [768, 1408]],
		[IMAGEN, { aspect_ratio: "4:3", resolution: "2K" }, [2560, 1792]],
		["fal-ai/nano-banana-2", { aspect_ratio: "21:9" }, [1536, 672]],
		["fal-ai/nano-banana/edit", { image_urls: ["https://example.com/a.png"], aspect_ratio: "auto" }, [1024, 1024]],
		["fal-ai/flux/schnell", { image_size: "portrait_16_9" }, [576, 1024]],
		["fal-ai/qwen-image", { image_size: { width: 640, height: 480 } }, [640, 480]],
		["fal-ai/gpt-image-1.5", { image_size: "1536x1024" }, [1536, 1024]],
		["fal-ai/bytedance/seedream/v4/text-to-image", { image_size: { width: 960, height: 960 } }, [960, 960]],
	])("of %s with %j are %j pixels", async (endpoint, input, size) => {
		const { width, height } = await pictureOf((await imageOf("sizes sim:instant", { endpoint, ...input })).url);
		expect([width, height]).toEqual(size);
	});

	it.each([
		[IMAGEN, { aspect_ratio: "2:1" }, ["body", "aspect_ratio"], "literal_error"],
		[IMAGEN, { num_images: 9 }, ["body", "num_images"], "less_than_equal"],
		[IMAGEN, { num_images: 0 }, ["body", "num_images"], "greater_than_equal"],
		[IMAGEN, { prompt: undefined }, ["body", "prompt"], "missing"],
		[IMAGEN, { output_format: "bmp" }, ["body", "output_format"], "literal_error"],
		["fal-ai/flux/dev", { image_size: "1024x1024" }, ["body", "image_size"], "literal_error"],
		["fal-ai/gpt-image-1.5", { image_size: "512x512" }, ["body", "image_size"], "literal_error"],
		[
			"fal-ai/bytedance/seedream/v4/text-to-image",
			{ image_size: { width: 64, height: 960 } },
			["body", "image_size", "ImageSize", "width"],
			"greater_than_equal",
		],
		["fal-ai/nano-banana/edit", {}, ["body", "image_urls"], "missing"],
	])("refuse, of %s, %j at %j as %s", async (endpoint, input, loc, type) => {
		const answer = await resultOf("wrong sim:instant", { endpoint, ...input });
		expect(answer.status).toBe(422);
		expect(await json(answer)).toMatchObject({ detail: [{ loc, type }] });
	});

	it("leave out what the model leaves out", async () => {
		const empty = { file_name: null, file_size: null, width: null, height: null };
		expect(await imageOf("nulls sim:instant")).toMatchObject({ ...empty, content_type: "image/png" });
		expect(await imageOf("nulls sim:null-fields")).toMatchObject({ ...empty, content_type: null });
		expect(await imageOf("full sim:instant sim:fields=full")).toMatchObject({ width: 1024, file_name: "0.png" });
		const recraft = await imageOf("no sizes sim:instant", { endpoint: "fal-ai/recraft/v3/text-to-image" });
		expect(recraft).not.toHaveProperty("width");
		expect(await outputOf("none sim:no-images")).toMatchObject({ images: [] });
	});

	it("hold a picture inline, and a black one", async () => {
		const { url } = await imageOf("inline sim:data-uri sim:max-side=128");
		expect(decode(Buffer.from(url.replace("data:image/png;base64,", ""), "base64"))).toMatchObject({ width: 128 });
		const nsfw = await outputOf("sim:nsfw", { endpoint: "fal-ai/flux/dev", num_images: 2 });
		expect(nsfw.has_nsfw_concepts).toEqual([true, true]);
		const { data, palette } = await pictureOf(nsfw.images[0].url);
		expect(new Set([...data].flatMap((at) => palette?.[at]))).toEqual(new Set([0]));
	});
});

describe("files", () => {
	const bytesOf = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer()).toString("base64");

	it("are the same each time, and differ by prompt, seed and number", async () => {
		const { images } = await outputOf("many sim:max-side=128", { num_images: 4, seed: 1 });
		const other = await imageOf("many sim:max-side=128", { seed: 2 });
		const another = await imageOf("others sim:max-side=128", { seed: 1 });
		const urls: string[] = [...images, other, another].map(({ url }) => url);
		expect(new Set(await Promise.all(urls.map(bytesOf))).size).toBe(6);
		expect(await bytesOf(other.url)).toBe(await bytesOf(other.url));
	});

	it("show Chinese: a prompt of two characters is not two boxes", async () => {
		const [one, other, box] = await Promise.all(
			["猫猫", "猫狗", "\u{20000}\u{20001}"].map(async (prompt) => {
				const url = `${origin}/files/x/0.png?size=256x256&seed=1&prompt=${encodeURIComponent(prompt)}`;
				return bytesOf(url);
			}),
		);
		expect(new Set([one, other, box]).size).toBe(3);
	});

	it("can be of any length, and are still pictures", async () => {
		const { url } = await imageOf("big sim:instant sim:bytes=10000000");
		const head = await fetch(url, { method: "HEAD" });
		expect(head.headers.get("content-length")).toBe("10000000");
		const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
		expect(bytes.length).toBe(10_000_000);
		expect(decode(bytes, { checkCrc: true })).toMatchObject({ width: 1024 });
		const huge = await fetch((await imageOf("sim:huge-image")).url);
		expect(Number(huge.headers.get("content-length"))).toBeGreaterThan(64 * 1024 * 1024);
		await huge.body?.cancel();
	});

	it.each([
		["truncated-image", ["cut", "cut", "image/png"]],
		["cdn-500", [500, 500, "image/png"]],
		["image-gone", [404, 404]],
		["svg-image", ["image/svg+xml"]],
		["html-image", ["image/png"]],
		["wrong-type", ["image/jpeg"]],
		["chunked-image", ["image/png"]],
	])("of sim:%s answer %j", async (name, expected) => {
		const { url } = await imageOf(`files sim:${name}`);
		const answers: (string | number | null)[] = [];
		for (const _ of expected) {
			const response = await fetch(url);
			const whole = await response.arrayBuffer().then(
				() => true,
				() => false,
			);
			answers.push(!whole ? "cut" : response.ok ? response.headers.get("content-type") : response.status);
			if (name === "chunked-image") expect(response.headers.has("content-length")).toBe(false);
		}
		expect(answers).toEqual(expected);
	});

	it("of sim:cdn-hangs stop half-way, and stay there", async () => {
		const { url } = await imageOf("files sim:cdn-hangs sim:file-faults=1");
		const stuck = await fetch(url, { signal: AbortSignal.timeout(300) });
		const announced = Number(stuck.headers.get("content-length"));
		let got = 0;
		const reading = async () => {
			for await (const chunk of stuck.body ?? []) got += chunk.length;
		};
		await expect(reading()).rejects.toMatchObject({ name: "TimeoutError" });
		expect(got).toBe(announced >> 1);
		expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(announced);
	});
});

describe("webhooks", () => {
	it("are signed, carry the output, and come again until they are taken", async () => {
		const hook = await receiver(500, 503);
		const { request_id, response_url } = await submitted("news sim:instant", { webhook: hook.url });
		const tries = [await hook.next(), await hook.next(), await hook.next()];
		for (const delivery of tries) expect(await isSigned(delivery)).toBe(true);
		const { payload, ...body } = JSON.parse(tries[2]?.body ?? "");
		expect(body).toEqual({ request_id, gateway_request_id: expect.any(String), status: "OK" });
		expect(payload).toEqual(await getJson(response_url));
		expect(tries[2]?.headers["x-fal-webhook-request-id"]).toBe(request_id);
		const { deliveries, webhookDue } = await knownOf(request_id);
		expect(deliveries.map(({ status }) => status)).toEqual([500, 503, 200]);
		expect(webhookDue).toBeNull();
		hook.close();
	});

	it("carry the error that the result answers", async () => {
		const hook = await receiver();
		await submitted("news sim:content-policy", { webhook: hook.url });
		expect(JSON.parse((await hook.next()).body)).toMatchObject({
			status: "ERROR",
			error: "Invalid status code: 422",
			payload: { detail: [{ type: "content_policy_violation" }] },
		});
		hook.close();
	});

	it("come twice, forged, empty, early, or not at all", async () => {
		const hook = await receiver();
		const webhook = hook.url;
		await submitted("sim:webhook-twice sim:instant", { webhook });
		expect((await hook.next()).body).toBe((await hook.next()).body);
		await submitted("sim:webhook-forged sim:instant", { webhook });
		expect(await isSigned(await hook.next())).toBe(false);
		await submitted("sim:webhook-null-payload sim:instant", { webhook });
		expect(JSON.parse((await hook.next()).body)).toMatchObject({ payload: null, payload_error: expect.any(String) });
		await submitted("sim:webhook-early", { webhook });
		expect(hook.waiting).toHaveLength(1);
		await hook.next();
		const { request_id } = await submitted("sim:webhook-lost sim:instant", { webhook });
		expect(await knownOf(request_id)).toMatchObject({ webhookDue: null, deliveries: [] });
		hook.close();
	});

	it("are sent once to a redirect", async () => {
		const hook = await receiver(302);
		const { request_id } = await submitted("sim:hold", { webhook: hook.url });
		await control(request_id, "finish");
		await hook.next();
		await expect.poll(() => knownOf(request_id)).toMatchObject({ deliveries: [{ status: 302 }], webhookDue: null });
		hook.close();
	});

	it("are sent on demand, as told", async () => {
		const hook = await receiver();
		const { request_id } = await submitted("sim:hold", { webhook: hook.url });
		await control(request_id, "webhook", { forged: true, body: { status: "OK" } });
		const forged = await hook.next();
		expect([await isSigned(forged), forged.body]).toEqual([false, '{"status":"OK"}']);
		await control(request_id, "webhook", { requestId: "another" });
		const other = await hook.next();
		expect([await isSigned(other), other.headers["x-fal-webhook-request-id"]]).toEqual([true, "another"]);
		await control(request_id, "webhook", { timestamp: 1 });
		expect((await hook.next()).headers["x-fal-webhook-timestamp"]).toBe("1");
		hook.close();
	});
});

describe("control", () => {
	it("records every call, without its key", async () => {
		const prompt = "recorded sim:instant";
		const answer = await fetch(`${origin}/${IMAGEN}`, {
			method: "POST",
			headers: { ...KEY, "X-Fal-Request-Start-Timeout": "30" },
			body: JSON.stringify({ prompt, seed: 1 }),
		});
		const { request_id, status_url, response_url } = await json<Submitted>(answer);
		await get(status_url);
		const { images } = await getJson<Output>(response_url);
		await fetch(images[0].url, { method: "HEAD" });
		const calls = await callsOf("recorded");
		expect(calls.map(({ method, status, requestId }) => [method, status, requestId])).toEqual([
			["POST", 200, request_id],
			["GET", 200, request_id],
			["GET", 200, request_id],
			["HEAD", 200, request_id],
		]);
		expect(calls[0]).toMatchObject({
			path: `/${IMAGEN}`,
			authorized: true,
			headers: { "x-fal-request-start-timeout": "30" },
			input: { prompt, seed: 1 },
		});
		expect(calls[3]?.authorized).toBe(false);
		expect(JSON.stringify(calls)).not.toContain("test:key");
	});

	it("sets what prompts without words do, until it is reset", async () => {
		const set = await post(`${origin}/sim/scenario`, { name: "content-policy", "queue-ms": 7 });
		expect(await json(set)).toMatchObject({ queueMs: 7 });
		expect((await resultOf("plain words")).status).toBe(422);
		expect((await resultOf("other words sim:happy")).status).toBe(200);
		expect((await post(`${origin}/sim/scenario`, { name: "unheard-of" })).status).toBe(400);
		await fetch(`${origin}/sim/scenario`, { method: "DELETE" });
		expect((await resultOf("plain words")).status).toBe(200);
	});

	it("lists the scenarios, and each of them takes or refuses a submit by its own rules", async () => {
		const scenarios = await getJson<{ name: string; about: string }[]>(`${origin}/sim/scenarios`);
		const page = await (await fetch(origin)).text();
		const readme = await readFile("sim/README.md", "utf8");
		for (const { name, about } of scenarios) {
			expect(about).toMatch(/\.$/);
			expect(page).toContain(`sim:${name}`);
			expect(readme).toContain(`\`sim:${name}\``);
			expect(readme).toContain(`| ${about} `);
			// One that is never answered takes the submit, and says so by its silence.
			if (name !== "answer-hangs") expect((await submit(`listed sim:${name}`)).status).not.toBe(400);
		}
	});

	it("forgets the calls", async () => {
		await submit("forgotten sim:instant");
		await fetch(`${origin}/sim/calls`, { method: "DELETE" });
		expect(await callsOf("forgotten")).toEqual([]);
	});
});

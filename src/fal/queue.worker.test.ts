import { describe, expect, it } from "vitest";
import { aPrompt, submitsOf } from "../../test/support/workerd/gateway.ts";
import { cdnUrl } from "../../test/support/workerd/make-config.ts";
import { serving, streamOf } from "../../test/support/workerd/serving.ts";
import { toFalAccount } from "../fal-accounts.ts";
import { createQueue, type QueueOptions, type QueueRequest, type QueueSettings } from "./queue.ts";

const MIB = 1024 * 1024;
const SETTINGS: QueueSettings = { falQueueUrl: "https://queue.test", falAccounts: [toFalAccount("id:secret")] };
const ENDPOINT = "fal-ai/imagen4/preview";
const UPSTREAM = {
	requestId: "r-1",
	statusUrl: "https://queue.test/given/status",
	responseUrl: "https://queue.test/given/response",
	cancelUrl: "https://queue.test/given/cancel",
};
const GIVEN: QueueRequest = { upstream: UPSTREAM, endpoint: ENDPOINT };
const ACCEPTED = { request_id: "r-1", queue_position: 3 };

function built(endpoint: string, requestId = "r-1"): QueueRequest {
	return { upstream: { requestId, statusUrl: null, responseUrl: null, cancelUrl: null }, endpoint };
}

function submission(overrides: { prompt?: string; webhook?: string | null; endpoint?: string } = {}) {
	const { prompt = "a red fox", webhook = null, endpoint = ENDPOINT } = overrides;
	return { type: "submit", endpoint, input: { prompt, num_images: 2 }, webhook, startTimeoutSeconds: 840 } as const;
}

function never(): AbortSignal {
	return new AbortController().signal;
}

/** A queue that gets these answers in turn. */
function queueWith(...answers: (() => Response)[]) {
	const { fetch, requests } = serving(...answers);
	return { queue: createQueue(SETTINGS, { fetch }), requests };
}

/** The simulator's queue, over a real connection. */
function simulated(options: QueueOptions = {}) {
	return createQueue({ ...SETTINGS, falQueueUrl: "https://queue.fal.run" }, options);
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): () => Response {
	return () => Response.json(body, { status, headers });
}

function throwing(message: string): () => Response {
	return () => {
		throw new Error(message);
	};
}

/** A server that never answers. Its callers leave by their signal. */
function silent(_input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
	return new Promise((_resolve, reject) => {
		const signal = init?.signal;
		signal?.addEventListener("abort", () => reject(signal.reason));
		if (signal?.aborted) reject(signal.reason);
	});
}

/** JSON of exactly so many bytes. */
function padded(body: unknown, bytes: number, status = 200): () => Response {
	const text = JSON.stringify(body);
	return () => new Response(text + " ".repeat(bytes - text.length), { status });
}

describe("a submit", () => {
	it("sends the input with the key, and asks fal to start it in time", async () => {
		const { queue, requests } = queueWith(json(ACCEPTED));
		await queue.submit(submission(), never());
		expect(requests).toHaveLength(1);
		const [request] = requests;
		expect(request?.method).toBe("POST");
		expect(request?.url).toBe("https://queue.test/fal-ai/imagen4/preview");
		expect(request?.redirect).toBe("manual");
		expect(await request?.json()).toEqual({ prompt: "a red fox", num_images: 2 });
		expect(Object.fromEntries(request?.headers ?? [])).toEqual({
			authorization: "Key id:secret",
			"content-type": "application/json",
			"x-fal-request-start-timeout": "840",
		});
	});

	it("names the webhook's address", async () => {
		const { queue, requests } = queueWith(json(ACCEPTED));
		await queue.submit(submission({ webhook: "https://gateway.test/webhooks/fal/1/2?a=b&c" }), never());
		const { origin, pathname, searchParams } = new URL(requests[0]?.url ?? "");
		expect(`${origin}${pathname}`).toBe("https://queue.test/fal-ai/imagen4/preview");
		expect([...searchParams]).toEqual([["fal_webhook", "https://gateway.test/webhooks/fal/1/2?a=b&c"]]);
	});

	it("is accepted, with the addresses on the queue's own origin", async () => {
		const urls = { status_url: "https://queue.test/s", response_url: "https://elsewhere.test/r", cancel_url: null };
		const { queue } = queueWith(json({ ...ACCEPTED, ...urls }));
		expect(await queue.submit(submission(), never())).toEqual({
			kind: "accepted",
			upstream: { requestId: "r-1", statusUrl: "https://queue.test/s", responseUrl: null, cancelUrl: null },
			position: 3,
		});
	});

	it("knows the queue's origin if its address has a path", async () => {
		const { fetch, requests } = serving(json({ ...ACCEPTED, status_url: "https://queue.test/s" }));
		const queue = createQueue({ ...SETTINGS, falQueueUrl: "https://queue.test/proxy/fal" }, { fetch });
		expect(await queue.submit(submission(), never())).toMatchObject({
			upstream: { statusUrl: "https://queue.test/s" },
		});
		expect(requests[0]?.url).toBe("https://queue.test/proxy/fal/fal-ai/imagen4/preview");
	});

	it.each([
		[401, "account_refused"],
		[404, "busy"],
		[410, "gone"],
		[429, "busy"],
		[500, "lost"],
	])("that is answered with %i is %s", async (status, kind) => {
		const { queue } = queueWith(json({ detail: "no" }, status));
		expect(await queue.submit(submission(), never())).toMatchObject({ kind });
	});

	it.each([
		"Network connection lost.",
		"internal error; reference = 0123",
		"The script was stopped while it waited",
		"no answer in 30000 ms",
	])("is lost if its connection breaks: %s", async (message) => {
		const { queue } = queueWith(throwing(message));
		expect(await queue.submit(submission(), never())).toEqual({ kind: "lost" });
	});

	it.each(["Connection refused", "DNS lookup failed.", "getaddrinfo ENOTFOUND queue.test"])(
		"is busy if its connection was never made: %s",
		async (message) => {
			const { queue } = queueWith(throwing(message));
			expect(await queue.submit(submission(), never())).toEqual({
				kind: "busy",
				status: null,
				error: { code: "upstream_unavailable", message: "fal's queue cannot be reached." },
			});
		},
	);

	it("is lost, and sent once, if it is redirected", async () => {
		const { queue, requests } = queueWith(
			() => new Response(null, { status: 307, headers: { location: "https://elsewhere.test/" } }),
			json(ACCEPTED),
		);
		expect(await queue.submit(submission(), never())).toEqual({ kind: "lost" });
		expect(requests).toHaveLength(1);
	});

	it("is lost if its answer breaks off", async () => {
		const { queue } = queueWith(() => new Response(streamOf(new Uint8Array(20), new Error("reset"))));
		expect(await queue.submit(submission(), never())).toEqual({ kind: "lost" });
	});

	it("is accepted by the first MiB of its answer, if that names the request whole", async () => {
		const late = { padding: "x".repeat(MIB), ...ACCEPTED };
		const { queue } = queueWith(padded(ACCEPTED, MIB), padded(ACCEPTED, 2 * MIB), json(late));
		expect(await queue.submit(submission(), never())).toMatchObject({ kind: "accepted" });
		expect(await queue.submit(submission(), never())).toMatchObject({ kind: "accepted" });
		expect(await queue.submit(submission(), never())).toEqual({ kind: "lost" });
	});

	it.each<[header: string | null, ms: unknown]>([
		["30", 30_000],
		["0", 0],
		["86400", 300_000],
		[new Date(Date.now() + 3_600_000).toUTCString(), 300_000],
		["Thu, 01 Jan 1970 00:00:00 GMT", 0],
		["soon", undefined],
		[null, undefined],
	])("that is busy is asked for again after %s", async (header, ms) => {
		const { queue } = queueWith(json({ detail: "no" }, 429, header === null ? {} : { "retry-after": header }));
		const answer = await queue.submit(submission(), never());
		expect(answer.kind === "busy" ? answer.retryAfterMs : answer).toBe(ms);
	});

	it("never shows the key, whatever fal says", async () => {
		const { queue } = queueWith(json({ detail: "Key id:secret may not; secret is wrong" }, 403));
		expect(JSON.stringify(await queue.submit(submission(), never()))).not.toContain("secret");
	});

	it("is lost if it is not answered in time", async () => {
		const queue = createQueue(SETTINGS, { fetch: silent, submitTimeoutMs: 20, callTimeoutMs: 60_000 });
		expect(await queue.submit(submission(), never())).toEqual({ kind: "lost" });
	});

	it("is no longer waited for once it is settled", async () => {
		const settled = new AbortController();
		const queue = createQueue(SETTINGS, { fetch: silent });
		const answer = queue.submit(submission(), settled.signal);
		settled.abort();
		expect(await answer).toEqual({ kind: "lost" });
		expect(await queue.submit(submission(), AbortSignal.abort())).toEqual({ kind: "lost" });
	});

	it.each(["answer-lost", "answer-502", "answer-504"])("is lost over a real connection: %s", async (scenario) => {
		const prompt = aPrompt(`sim:${scenario}`);
		expect(await simulated().submit(submission({ prompt }), never())).toEqual({ kind: "lost" });
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("is lost over a real connection that is silent for too long", async () => {
		const prompt = aPrompt("sim:answer-hangs");
		const answer = await simulated({ submitTimeoutMs: 200 }).submit(submission({ prompt }), never());
		expect(answer).toEqual({ kind: "lost" });
	});
});

describe("a status", () => {
	it.each<[string, QueueRequest, string]>([
		["the address that fal gave", GIVEN, "https://queue.test/given/status?logs=1"],
		[
			"fal's address with a query",
			{ ...GIVEN, upstream: { ...UPSTREAM, statusUrl: "https://queue.test/s?a=1" } },
			"https://queue.test/s?a=1&logs=1",
		],
		["a built address", built(ENDPOINT), "https://queue.test/fal-ai/imagen4/requests/r-1/status?logs=1"],
	])("is asked for at %s, with logs and the key", async (_, request, url) => {
		const { queue, requests } = queueWith(json({ status: "IN_QUEUE", queue_position: 1 }));
		expect(await queue.status(request)).toEqual({ kind: "queued", position: 1 });
		expect(requests).toHaveLength(1);
		expect(requests[0]?.method).toBe("GET");
		expect(requests[0]?.url).toBe(url);
		expect(requests[0]?.redirect).toBe("manual");
		expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({ authorization: "Key id:secret" });
	});

	it.each<[string, () => Response]>([
		["a redirect", () => new Response(null, { status: 302, headers: { location: "https://elsewhere.test/" } })],
		["an error", json({ detail: "no" }, 500)],
		["no JSON", () => new Response("<html>")],
		["a broken connection", throwing("Network connection lost.")],
		["a broken body", () => new Response(streamOf(new Uint8Array(20), new Error("reset")))],
		["a page", () => new Response("<html>".repeat(MIB / 4))],
	])("is not known by %s", async (_, answer) => {
		const { queue, requests } = queueWith(answer);
		expect(await queue.status(GIVEN)).toBeNull();
		expect(requests).toHaveLength(1);
	});

	it("is known by its first MiB, however long its logs are", async () => {
		const logs = Array.from({ length: 20_000 }, (_, index) => ({ message: `line ${index} ${"x".repeat(100)}` }));
		const { queue } = queueWith(
			padded({ status: "COMPLETED" }, MIB),
			json({ status: "COMPLETED", logs }),
			json({ logs, status: "COMPLETED" }),
		);
		expect(await queue.status(GIVEN)).toEqual({ kind: "completed" });
		expect(await queue.status(GIVEN)).toEqual({ kind: "completed" });
		expect(await queue.status(GIVEN)).toBeNull();
	});

	it("is not known without an answer in time", async () => {
		const queue = createQueue(SETTINGS, { fetch: silent, callTimeoutMs: 20, submitTimeoutMs: 60_000 });
		expect(await queue.status(GIVEN)).toBeNull();
	});

	it("is not known over a real connection whose body stalls", async () => {
		const statusUrl = cdnUrl({ fault: "hangs", size: "512x512" });
		const queue = simulated({ callTimeoutMs: 200 });
		expect(await queue.status({ ...GIVEN, upstream: { ...UPSTREAM, statusUrl } })).toBeNull();
	});

	it("does not follow a real redirect", async () => {
		const queue = simulated();
		const answer = await queue.submit(submission({ prompt: aPrompt("sim:redirected") }), never());
		if (answer.kind !== "accepted") throw new Error(answer.kind);
		// The page behind the redirect says COMPLETED.
		expect(await queue.status({ upstream: answer.upstream, endpoint: ENDPOINT })).toBeNull();
	});
});

describe("a result", () => {
	const BODY = { images: [{ url: "https://v3.fal.media/0.png" }] };
	const OUTPUTS = { kind: "outputs", outputs: [{ url: "https://v3.fal.media/0.png", nsfw: false }] };

	it.each<[string, QueueRequest, string]>([
		["the address that fal gave", GIVEN, "https://queue.test/given/response"],
		["a built address", built(ENDPOINT), "https://queue.test/fal-ai/imagen4/requests/r-1"],
	])("is asked for at %s, with the key", async (_, request, url) => {
		const { queue, requests } = queueWith(json(BODY));
		expect(await queue.result(request)).toEqual(OUTPUTS);
		expect(requests).toHaveLength(1);
		expect(requests[0]?.method).toBe("GET");
		expect(requests[0]?.url).toBe(url);
		expect(requests[0]?.redirect).toBe("manual");
		expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({ authorization: "Key id:secret" });
	});

	it.each([
		["1.5", { ...OUTPUTS, billableUnits: 1.5 }],
		["none", OUTPUTS],
	])("has the units that fal charges: %s", async (units, outputs) => {
		const { queue } = queueWith(json(BODY, 200, { "x-fal-billable-units": units }));
		expect(await queue.result(GIVEN)).toEqual(outputs);
	});

	it("has no units if it is a failure", async () => {
		const { queue } = queueWith(json({ detail: [] }, 422, { "x-fal-billable-units": "1" }));
		expect(await queue.result(GIVEN)).not.toHaveProperty("billableUnits");
	});

	it("is a failure if fal's header names its error", async () => {
		const { queue } = queueWith(json({}, 500), json({}, 500, { "x-fal-error-type": "internal_error" }));
		expect(await queue.result(GIVEN)).toMatchObject({ kind: "unavailable", retryFor: "minutes" });
		expect(await queue.result(GIVEN)).toMatchObject({ kind: "failure", error: { code: "upstream_failed" } });
	});

	it.each<[string, () => Response]>([
		["a redirect", () => new Response(null, { status: 302, headers: { location: "https://elsewhere.test/" } })],
		["a gateway's error", json({ detail: "later" }, 503)],
		["a broken connection", throwing("Network connection lost.")],
		["a connection that was never made", throwing("Connection refused")],
		["a broken body", () => new Response(streamOf(new Uint8Array(20), new Error("reset")))],
	])("is unavailable by %s", async (_, answer) => {
		const { queue, requests } = queueWith(answer);
		expect(await queue.result(GIVEN)).toMatchObject({ kind: "unavailable" });
		expect(requests).toHaveLength(1);
	});

	it("is unavailable without an answer in time", async () => {
		const queue = createQueue(SETTINGS, { fetch: silent, callTimeoutMs: 20, submitTimeoutMs: 60_000 });
		expect(await queue.result(GIVEN)).toEqual({ kind: "unavailable" });
	});

	const TOO_LARGE = { code: "upstream_failed", message: "fal's result is too large to be read." };

	it("is read up to 32 MiB, and as far as that of a longer one", async () => {
		const late = { padding: "x".repeat(32 * MIB), ...BODY };
		const { queue } = queueWith(padded(BODY, 32 * MIB), padded(BODY, 32 * MIB + 1), json(late));
		expect(await queue.result(GIVEN)).toEqual(OUTPUTS);
		expect(await queue.result(GIVEN)).toEqual(OUTPUTS);
		expect(await queue.result(GIVEN)).toEqual({ kind: "failure", error: TOO_LARGE });
	});

	it("is read up to 100,000 values, and as far as that of one with more", async () => {
		const zeros = `[${"0,".repeat(12 * MIB)}0]`;
		const text = (body: string) => () => new Response(body);
		const { queue } = queueWith(
			text(`{"images":[{"url":"https://v3.fal.media/0.png"}],"embedding":${zeros}}`),
			text(`{"embedding":${zeros},"images":[{"url":"https://v3.fal.media/0.png"}]}`),
			text(`{"where":"https://v3.fal.media/0.bin","embedding":${zeros}}`),
			text("[".repeat(24 * MIB)),
		);
		expect(await queue.result(GIVEN)).toEqual(OUTPUTS);
		expect(await queue.result(GIVEN)).toEqual({ kind: "failure", error: TOO_LARGE });
		expect(await queue.result(GIVEN)).toMatchObject({ error: TOO_LARGE, addresses: ["https://v3.fal.media/0.bin"] });
		expect(await queue.result(GIVEN)).toMatchObject({ error: TOO_LARGE });
	});

	it.each<[string, string]>([
		["zeros", '{"detail":[0,0,0,'],
		["the prompt's echo", `{"detail":[{"loc":["body","prompt"],"msg":"no","type":"x","input":"`],
		["nesting", '{"detail":['],
	])("that failed is read up to 64 KiB of 24 MB of %s, and the rest of it is not", async (_, beginning) => {
		let read = 0;
		const body = new ReadableStream<Uint8Array>(
			{
				pull: (controller) => {
					controller.enqueue(new TextEncoder().encode(read === 0 ? beginning : beginning.slice(-2).repeat(2_048)));
					read += 1;
					if (read > 6_000) controller.close();
				},
			},
			{ highWaterMark: 0 },
		);
		const { queue } = queueWith(() => new Response(body, { status: 422 }));
		expect(await queue.result(GIVEN)).toMatchObject({ kind: "failure", error: { code: "invalid_input" } });
		expect(read).toBeLessThan(40);
	});

	it("that failed says what its first detail says, though it was cut", async () => {
		const detail = [
			{ loc: ["body", "seed"], msg: "no such seed", type: "x", input: "y".repeat(MIB) },
			{ msg: "other" },
		];
		const { queue } = queueWith(json({ detail }, 422), json({ detail: `no ${"y".repeat(MIB)}` }, 422));
		expect(await queue.result(GIVEN)).toEqual({
			kind: "failure",
			error: { code: "invalid_input", message: "fal says: no such seed", param: "seed" },
		});
		expect(await queue.result(GIVEN)).toMatchObject({ error: { message: expect.stringMatching(/^fal says: no y+$/) } });
	});
});

describe("a cancellation", () => {
	it.each<[string, QueueRequest, string]>([
		["the address that fal gave", GIVEN, "https://queue.test/given/cancel"],
		["a built address", built(ENDPOINT), "https://queue.test/fal-ai/imagen4/requests/r-1/cancel"],
	])("is put to %s, with the key", async (_, request, url) => {
		const { queue, requests } = queueWith(json({ status: "CANCELLATION_REQUESTED" }, 202));
		expect(await queue.cancel(request)).toBe("accepted");
		expect(requests).toHaveLength(1);
		expect(requests[0]?.method).toBe("PUT");
		expect(requests[0]?.url).toBe(url);
		expect(requests[0]?.redirect).toBe("manual");
		expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({ authorization: "Key id:secret" });
	});

	it.each<[string, () => Response, string]>([
		["too late", json({ status: "ALREADY_COMPLETED" }, 400), "already_completed"],
		["not found", json({ status: "NOT_FOUND" }, 404), "not_found"],
		["an error", json({}, 500), "unclear"],
		["a redirect", () => new Response(null, { status: 302, headers: { location: "https://e.test/" } }), "unclear"],
		["a broken connection", throwing("Network connection lost."), "unclear"],
		["1 MiB", padded({ status: "ALREADY_COMPLETED" }, MIB, 400), "already_completed"],
		["more than 1 MiB", padded({ status: "ALREADY_COMPLETED" }, 2 * MIB, 400), "already_completed"],
	])("is answered by %s", async (_, answer, meaning) => {
		const { queue, requests } = queueWith(answer);
		expect(await queue.cancel(GIVEN)).toBe(meaning);
		expect(requests).toHaveLength(1);
	});

	it("is unclear without an answer in time", async () => {
		const queue = createQueue(SETTINGS, { fetch: silent, callTimeoutMs: 20, submitTimeoutMs: 60_000 });
		expect(await queue.cancel(GIVEN)).toBe("unclear");
	});
});

describe("a request of an account", () => {
	const accounts: QueueSettings["falAccounts"] = [toFalAccount("id-1:secret-1"), toFalAccount("id-2:secret-2")];
	const OWN = { ...GIVEN, falAccount: toFalAccount("id-2:secret-2").fingerprint };
	const GONE = { ...GIVEN, falAccount: "00000000" };

	function queueOfTwo(...answers: (() => Response)[]) {
		const { fetch, requests } = serving(...answers);
		const keys = () => requests.map(({ headers }) => headers.get("authorization"));
		return { queue: createQueue({ ...SETTINGS, falAccounts: accounts }, { fetch }), keys };
	}

	it("is submitted, asked about and cancelled with that account's key alone", async () => {
		const { queue, keys } = queueOfTwo(json({ status: "NOT_FOUND" }, 404));
		await queue.submit({ ...submission(), falAccount: OWN.falAccount }, new AbortController().signal);
		expect(await queue.status(OWN)).toBeNull();
		expect(await queue.result(OWN)).toMatchObject({ kind: "failure" });
		expect(await queue.cancel(OWN)).toBe("not_found");
		expect(keys()).toEqual(Array.from({ length: 4 }, () => "Key id-2:secret-2"));
	});

	it("is submitted once, with the first key, if the account is not in the list", async () => {
		const { queue, keys } = queueOfTwo(json({ detail: "invalid key credentials" }, 401));
		await queue.submit({ ...submission(), falAccount: "00000000" }, new AbortController().signal);
		expect(keys()).toEqual(["Key id-1:secret-1"]);
	});

	it("is asked about with each key if the account is not in the list", async () => {
		const missing = json({ status: "NOT_FOUND" }, 404);
		const { queue, keys } = queueOfTwo(missing, json({ status: "IN_QUEUE", queue_position: 1 }));
		expect(await queue.status(GONE)).toEqual({ kind: "queued", position: 1 });
		expect(keys()).toEqual(["Key id-1:secret-1", "Key id-2:secret-2"]);
	});

	it("is not given up if no key of the list finds it", async () => {
		const { queue } = queueOfTwo(json({ status: "NOT_FOUND" }, 404));
		for (const request of [GONE, GIVEN]) {
			expect(await queue.result(request)).toEqual({ kind: "unavailable", status: 404 });
			expect(await queue.cancel(request)).toBe("unclear");
		}
	});

	it("shows no key of the list in fal's words", async () => {
		const { queue } = queueOfTwo(json({ detail: "not id-1:secret-1 and not secret-2" }, 400));
		const answer = await queue.submit({ ...submission(), falAccount: OWN.falAccount }, new AbortController().signal);
		expect(answer).toMatchObject({ kind: "refused", error: { message: "fal says: not … and not …" } });
	});
});

describe("a built address", () => {
	it.each([
		["fal-ai/flux", "fal-ai/flux"],
		["fal-ai/flux/dev", "fal-ai/flux"],
		["fal-ai/flux-pro/v1.1/ultra", "fal-ai/flux-pro"],
		["workflows/owner/name", "workflows/owner/name"],
		["workflows/owner/name/step", "workflows/owner/name"],
		["comfy/owner/name/more", "comfy/owner/name"],
		["workflows-team/app/sub", "workflows-team/app"],
	])("of %s keeps %s", (endpoint, app) => {
		const { queue } = queueWith();
		expect(queue.streamUrl(built(endpoint))).toBe(`https://queue.test/${app}/requests/r-1/status/stream?logs=1`);
	});

	it("escapes the request's id", () => {
		const { queue } = queueWith();
		expect(queue.streamUrl(built(ENDPOINT, "../a?b"))).toBe(
			"https://queue.test/fal-ai/imagen4/requests/..%2Fa%3Fb/status/stream?logs=1",
		);
		// A log of before may have such an id.
		expect(queue.streamUrl(built(ENDPOINT, "\ud800a"))).toBe(
			"https://queue.test/fal-ai/imagen4/requests/%EF%BF%BDa/status/stream?logs=1",
		);
	});

	it("is not needed for a stream whose status has an address", () => {
		const { queue } = queueWith();
		expect(queue.streamUrl(GIVEN)).toBe("https://queue.test/given/status/stream?logs=1");
	});
});

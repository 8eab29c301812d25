/** Entry of the simulator: routes requests, records them, and breaks answers off. */
import { accountOf } from "./accounts.ts";
import { HANG_HEADER } from "./answers.ts";
import { serveControl } from "./control.ts";
import type { Env } from "./env.ts";
import { BREAK_AFTER_MS, HANG_MS } from "./fault-times.ts";
import { serveFile } from "./files.ts";
import { serveHook } from "./hooks.ts";
import { JWKS } from "./keys.ts";
import type { Call } from "./ledger.ts";
import { isListAddress, serveList } from "./list.ts";
import { page } from "./page.ts";
import { servePlatform } from "./platform.ts";
import { type Answer, serveQueue } from "./queue.ts";
import { serveStorage } from "./storage.ts";

export { Ledger } from "./ledger.ts";
export { FalRequest } from "./request.ts";

export default {
	fetch: async (request, env, ctx) => {
		const url = new URL(request.url);
		if (url.pathname === "/") return page();
		if (url.pathname.startsWith("/sim/") && !url.pathname.startsWith("/sim/elsewhere/")) {
			return serveControl(request, url, env);
		}
		const served = serveRecorded(request, url, env);
		// A request is processed to its end, even if its client disconnects.
		ctx.waitUntil(served);
		const answer = await served;
		if (env.SIM_LATENCY_MS) await scheduler.wait(Number(env.SIM_LATENCY_MS));
		return finish(answer);
	},
} satisfies ExportedHandler<Env>;

async function serveRecorded(request: Request, url: URL, env: Env): Promise<Answer> {
	const at = Date.now();
	const answer = await serve(request, url, env);
	if (env.SIM_LEDGER !== "off") await env.LEDGER.getByName("ledger").record(callOf(at, request, url, answer));
	return answer;
}

/** Serves every address that a gateway calls. */
async function serve(request: Request, url: URL, env: Env): Promise<Answer> {
	if (url.pathname === "/.well-known/jwks.json") {
		return { response: Response.json(JWKS, { headers: { "cache-control": "public, max-age=86400" } }) };
	}
	if (url.pathname.startsWith("/sim/")) return { response: await serveControl(request, url, env) };
	if (url.pathname.startsWith("/files/")) {
		const requestId = url.pathname.split("/")[2];
		return { response: await serveFile(request, url, env), ...(requestId ? { requestId } : {}) };
	}
	if (url.pathname.startsWith("/hooks/")) return serveHook(request, url, env);
	if (isListAddress(url.pathname)) return serveList(request, url, env);
	const response = await serveStorage(request, url, env);
	if (response) return { response };
	return (await servePlatform(request, url, env)) ?? serveQueue(request, url, env);
}

/** Sends an answer with its headers, or applies its fault. */
async function finish({ response, requestId, fault }: Answer): Promise<Response> {
	if (fault === "hangs") await scheduler.wait(HANG_MS);
	const { status } = response;
	const headers = new Headers(response.headers);
	headers.delete(HANG_HEADER);
	headers.set("x-fal-request-id", requestId ?? crypto.randomUUID());
	// workerd sets none between Workers.
	headers.set("date", new Date().toUTCString());
	// A Worker cannot drop a connection before its answer. The head arrives, and the body breaks off.
	const lost = fault === "lost" ? brokenBody() : undefined;
	return new Response(lost ?? response.body, { status, headers });
}

function brokenBody(): ReadableStream {
	let begun = false;
	return new ReadableStream<Uint8Array>({
		pull: async (controller) => {
			if (begun) {
				await scheduler.wait(BREAK_AFTER_MS);
				controller.error(new Error("the simulator loses the answer"));
			} else controller.enqueue(new TextEncoder().encode('{"status":"IN_Q'));
			begun = true;
		},
	});
}

/** Headers that are recorded. The key is not one of them. */
const RECORDED_HEADERS = /^(x-fal-|webhook-|content-type$|content-length$|user-agent$|accept$|range$|idempotency-key$)/;

function callOf(at: number, request: Request, url: URL, { response, requestId, prompt, input, fault }: Answer): Call {
	return {
		at,
		method: request.method,
		path: url.pathname + url.search,
		status: fault ? 0 : response.status,
		requestId: requestId ?? null,
		prompt: prompt ?? null,
		authorized: request.headers.has("authorization"),
		account: accountOf(request),
		headers: Object.fromEntries([...request.headers].filter(([name]) => RECORDED_HEADERS.test(name))),
		input: input ?? null,
	};
}

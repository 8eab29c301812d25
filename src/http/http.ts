import { type ErrorAnswer, type RequestError, toRequestAnswer } from "../errors.ts";
import { readText } from "./read-text.ts";

/** What every answer has, and how a body is read. */

/** Input pictures may lie in a chat's history as `data:` URLs. */
export const MAX_JSON_BYTES = 32 * 1024 * 1024;
const PREFLIGHT_SECONDS = 7_200;
const EXPOSED = "x-request-id, x-job-id, x-darkroom-model, retry-after, location, preference-applied";

/** A request that is not taken. The one exception: it leaves a handler from any depth, and the router makes its answer. */
export class Refusal extends Error {
	readonly reason: RequestError;
	constructor(reason: RequestError) {
		super(reason.kind);
		this.reason = reason;
	}
}

export function errorResponse({ status, headers, body }: ErrorAnswer): Response {
	return Response.json(body, { status, headers });
}

export function refuse(reason: RequestError): Response {
	return errorResponse(toRequestAnswer(reason));
}

/** A browser asks without a key. `*` would not cover Authorization, so what it asks for is echoed. */
export function preflight(request: Request): Response {
	return new Response(null, {
		status: 204,
		headers: {
			"access-control-allow-origin": "*",
			"access-control-allow-methods": "GET, HEAD, POST, DELETE, OPTIONS",
			"access-control-allow-headers":
				request.headers.get("access-control-request-headers") ?? "authorization, content-type",
			"access-control-max-age": String(PREFLIGHT_SECONDS),
			vary: "access-control-request-headers",
		},
	});
}

/** Adds what every answer has, errors too: the request's id, and leave for browsers to read it. The response is one of our own making, whose headers can be set. */
export function finish(response: Response, requestId: string): Response {
	const { headers } = response;
	headers.set("x-request-id", requestId);
	if (!headers.has("access-control-allow-origin")) {
		headers.set("access-control-allow-origin", "*");
		headers.set("access-control-expose-headers", EXPOSED);
	}
	return response;
}

/** @throws Refusal */
export async function readJson(request: Request): Promise<unknown> {
	const tooLarge = new Refusal({ kind: "body_too_large", maxBytes: MAX_JSON_BYTES });
	if (Number(request.headers.get("content-length") ?? 0) > MAX_JSON_BYTES) throw tooLarge;
	const text = await readText(request.body, MAX_JSON_BYTES);
	if (text === null) throw tooLarge;
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal({ kind: "invalid_json", message: "The body is not valid JSON." });
	}
}

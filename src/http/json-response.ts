/** Answers with JSON. */

import { toJson } from "./json.ts";

interface JsonInit {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a value as JSON, on one line. */
export function jsonResponse(value: unknown, { status = 200, headers = {} }: JsonInit = {}): Response {
	return new Response(toJson(value), { status, headers: { "content-type": "application/json", ...headers } });
}

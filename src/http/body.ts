/** Reads JSON bodies. */

import { readText } from "./read-text.ts";
import { Refusal } from "./refusal.ts";

/** Input pictures may lie in a chat's history as `data:` URLs. */
export const MAX_JSON_BYTES = 32 * 1024 * 1024;

/** Reads a request's JSON body. @throws Refusal for a body that is too large or is not JSON */
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

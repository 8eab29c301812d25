/** Reads what a request says outside of its body about the job that it makes. */

import { type Config, publicOrigin, webhookOrigin } from "../../config.ts";
import type { RequestError } from "../../errors.ts";
import type { Terms } from "../../job/start.ts";
import { err, ok, type Result } from "../../result.ts";

const MAX_KEY_CHARS = 255;

export function readTerms(request: Request, config: Config): Result<Terms, RequestError> {
	const { headers, url } = request;
	const idempotencyKey = headers.get("idempotency-key");
	if (idempotencyKey !== null && (idempotencyKey === "" || idempotencyKey.length > MAX_KEY_CHARS)) {
		const message = `Idempotency-Key has 1 to ${MAX_KEY_CHARS} characters.`;
		return err({ kind: "invalid_value", param: "Idempotency-Key", message });
	}
	return ok({
		route: new URL(url).pathname,
		idempotencyKey,
		retried: Number(headers.get("x-stainless-retry-count") ?? 0) >= 1,
		// Any other value, and none, lets the job go on.
		cancelOnDisconnect: headers.get("x-on-disconnect")?.trim().toLowerCase() === "cancel",
		origin: publicOrigin(config, request),
		webhookOrigin: webhookOrigin(config, request),
	});
}

/** True for `Prefer: respond-async` (RFC 7240): the client does not wait. */
export function prefersAsync({ headers }: Request): boolean {
	return (headers.get("prefer") ?? "")
		.split(",")
		.some((preference) => preference.trim().toLowerCase() === "respond-async");
}

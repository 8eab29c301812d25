/** Reads what a request says outside of its body about the job that it makes. */

import type { Config } from "../../config.ts";
import type { RequestError } from "../../errors.ts";
import type { Fault } from "../../faults.ts";
import { webhookOrigin } from "../../http/origins.ts";
import type { Terms } from "../../job/start.ts";
import { err, ok, type Result } from "../../result.ts";

export const MAX_KEY_CHARS = 255;

/** @param path Of the API that the request is of */
export function readTerms(request: Request, config: Config, path: string): Result<Terms, RequestError> {
	const { headers } = request;
	const idempotencyKey = headers.get("idempotency-key");
	const fault = idempotencyKey === null ? null : faultOfKey(idempotencyKey);
	if (fault !== null) return err({ kind: "invalid_value", param: "Idempotency-Key", fault });
	return ok({
		route: path,
		idempotencyKey,
		retried: Number(headers.get("x-stainless-retry-count") ?? 0) >= 1,
		// Any other value, and none, lets the job go on.
		cancelOnDisconnect: headers.get("x-on-disconnect")?.trim().toLowerCase() === "cancel",
		webhookOrigin: webhookOrigin(config, request),
	});
}

function faultOfKey(key: string): Fault | null {
	if (key === "") return { is: "empty" };
	return key.length > MAX_KEY_CHARS ? { is: "too_long", max: MAX_KEY_CHARS, of: "characters" } : null;
}

/** True for `Prefer: respond-async` (RFC 7240), with any parameters: the client does not wait. */
export function prefersAsync({ headers }: Request): boolean {
	return (headers.get("prefer") ?? "").split(",").some((preference) => {
		const [name = ""] = preference.split(";", 1);
		return name.trim().toLowerCase() === "respond-async";
	});
}

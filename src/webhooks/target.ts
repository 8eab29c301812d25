/** Decides which addresses a client may have called, when its job has ended. */

import type { RequestError } from "../errors.ts";
import { kindOfHost } from "../http/public-host.ts";
import { err, ok, type Result } from "../result.ts";

interface Surroundings {
	readonly falQueueUrl: string;
}

/**
 * Returns the address as it is called, or null if it may not be: it is https without credentials, on a public host. Where fal's queue is on
 * loopback, as a simulator is, a webhook may be there too, with plain http. Names are not resolved here: a public name that leads inside is
 * for the network's own rules.
 */
export function toWebhookUrl(address: string, { falQueueUrl }: Surroundings): string | null {
	const url = URL.parse(address);
	if (url === null || `${url.username}${url.password}` !== "") return null;
	// A fragment is never sent.
	url.hash = "";
	const kind = kindOfHost(url.hostname);
	if (url.protocol === "https:" && kind === "public") return url.href;
	const isLocal = kind === "loopback" && kindOfHost(new URL(falQueueUrl).hostname) === "loopback";
	return isLocal && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}

/** Reads `webhook_url` of a body; null if it has none. */
export function readWebhookUrl(address: string | undefined, config: Surroundings): Result<string | null, RequestError> {
	if (address === undefined) return ok(null);
	const url = toWebhookUrl(address, config);
	if (url !== null) return ok(url);
	return err({ kind: "invalid_value", param: "webhook_url", fault: { is: "webhook_address" } });
}

/** Says which addresses of ours are given out: to clients in links, and to fal for its webhooks. */

import type { Config } from "../config.ts";
import { isPublicHost } from "./public-host.ts";

/** Returns the base of the links in a request's answer: `PUBLIC_URL`, or the origin under which the request came. It has no slash at its end. */
export function publicOrigin({ publicUrl }: Pick<Config, "publicUrl">, { url }: Pick<Request, "url">): string {
	return publicUrl ?? new URL(url).origin;
}

/**
 * Returns the base of webhook addresses; null if no webhook is asked for. `PUBLIC_URL` is always used: it is set for a simulator or a
 * tunnel. Without it the request's `Host` is believed only for https to a public host: fal drops the others, and the address holds a MAC.
 */
export function webhookOrigin({ publicUrl }: Pick<Config, "publicUrl">, { url }: Pick<Request, "url">): string | null {
	if (publicUrl !== null) return publicUrl;
	const { protocol, hostname, origin } = new URL(url);
	return protocol === "https:" && isPublicHost(hostname) ? origin : null;
}

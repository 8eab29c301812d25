/** Decides which addresses of others are fetched: those of the public internet, and those where the queue itself is. */
import { kindOfHost } from "./public-host.ts";

/**
 * Returns the address if it may be fetched. It is https without credentials, on a public host. Plain http, and hosts of the inside, are
 * for a simulator: the queue's own origin, and any loopback host while the queue is on one. Names are not resolved here: a public name that
 * leads inside is for the network's own rules.
 * @param queueOrigin Null for a queue of nobody's: then no exception is made
 */
export function toFetchable(address: string, queueOrigin: string | null, base?: string): URL | null {
	const url = URL.parse(address, base);
	if (url === null || url.username !== "" || url.password !== "") return null;
	const queue = queueOrigin === null ? null : URL.parse(queueOrigin);
	const isOwnOrigin = url.origin === queue?.origin;
	const areBothLoopback = queue !== null && isLoopback(queue) && isLoopback(url);
	if (url.protocol === "http:") return isOwnOrigin || areBothLoopback ? url : null;
	if (url.protocol !== "https:") return null;
	const isOwnHost = url.hostname === queue?.hostname;
	return isOwnHost || areBothLoopback || kindOfHost(url.hostname) === "public" ? url : null;
}

function isLoopback({ hostname }: URL): boolean {
	return kindOfHost(hostname) === "loopback";
}

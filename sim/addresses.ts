/** Reads and writes the addresses of fal's queue. */

/** An address of the queue: a submit to an endpoint, or one part of a request. */
export type QueueAddress =
	| { kind: "submit"; endpoint: string }
	| { kind: "request"; app: string; id: string; part: RequestPart };

export type RequestPart = "status" | "stream" | "result" | "cancel";

const PARTS: Readonly<Record<string, RequestPart>> = {
	"": "result",
	"/response": "result",
	"/status": "status",
	"/status/stream": "stream",
	"/cancel": "cancel",
};

/** Parses a path. `undefined` if it is no address of the queue. */
export function readQueueAddress(pathname: string): QueueAddress | undefined {
	const [, app, id, tail = ""] = /^\/([^/]+\/.+?)\/requests\/([^/]+)(\/.*)?$/.exec(pathname) ?? [];
	if (app && id) {
		const part = Object.hasOwn(PARTS, tail) ? PARTS[tail] : undefined;
		return part && { kind: "request", app, id, part };
	}
	const [, endpoint] = /^\/([^/]+\/.+?)\/?$/.exec(pathname) ?? [];
	return endpoint ? { kind: "submit", endpoint } : undefined;
}

/** Endpoints of these namespaces have one more segment in their app's name. */
const NAMESPACES = ["workflows", "comfy"];

/** Returns the app's name, which is the only part of an endpoint's id in a request's addresses. */
export function appOf(endpoint: string): string {
	const parts = endpoint.split("/");
	return parts.slice(0, NAMESPACES.includes(parts[0] ?? "") ? 3 : 2).join("/");
}

export function requestUrls(origin: string, endpoint: string, id: string) {
	const base = `${origin}/${appOf(endpoint)}/requests/${id}`;
	return { response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
}

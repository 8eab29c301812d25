/** Loads a server with as many requests as it answers. */
import { once } from "node:events";
import autocannon from "autocannon";

export interface Load {
	readonly url: string;
	/** Sent as JSON by POST; without a body the request is a GET. `[<id>]` in it becomes another text in each request. */
	readonly body?: object;
	readonly key?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly connections: number;
	readonly amount: number;
}

/** Sends the requests, each as soon as its connection is free, and returns requests a second. Throws if any answer is not 2xx. */
export async function saturate({ url, body, key, headers: ownHeaders, connections, amount }: Load): Promise<number> {
	const headers = {
		"content-type": "application/json",
		...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
		...ownHeaders,
	};
	const post = body === undefined ? {} : { method: "POST" as const, body: JSON.stringify(body), idReplacement: true };
	const running = autocannon({ url, connections, amount, timeout: 60, headers, ...post }, () => {});
	const begun = performance.now();
	let ended = begun;
	// autocannon itself measures whole seconds.
	running.on("response", () => {
		ended = performance.now();
	});
	const [{ requests, errors, non2xx }] = await once(running, "done");
	if (errors + non2xx > 0) throw new Error(`${url}: ${errors} errors and ${non2xx} refusals of ${requests.total}`);
	return (requests.total * 1000) / (ended - begun);
}

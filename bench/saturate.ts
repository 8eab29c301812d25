import { once } from "node:events";
import autocannon from "autocannon";

export interface Load {
	readonly url: string;
	/** Sent as JSON by POST; none is a GET. `[<id>]` in it becomes another text in each request. */
	readonly body?: object;
	readonly key?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly connections: number;
	readonly amount: number;
}

/** Sends so many requests over so many connections, each at once after the one before. Requests a second; throws where one was not answered with 2xx. */
export async function saturate({ url, body, key, headers: more, connections, amount }: Load): Promise<number> {
	const headers = {
		"content-type": "application/json",
		...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
		...more,
	};
	const post = body === undefined ? {} : { method: "POST" as const, body: JSON.stringify(body), idReplacement: true };
	const running = autocannon({ url, connections, amount, timeout: 60, headers, ...post }, () => {});
	const begun = performance.now();
	let ended = begun;
	// Its own duration is one of whole seconds.
	running.on("response", () => {
		ended = performance.now();
	});
	const [{ requests, errors, non2xx }] = await once(running, "done");
	if (errors + non2xx > 0) throw new Error(`${url}: ${errors} errors and ${non2xx} refusals of ${requests.total}`);
	return (requests.total * 1000) / (ended - begun);
}

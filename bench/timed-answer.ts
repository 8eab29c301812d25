import { Agent, get, type IncomingMessage } from "node:http";
import { BEARER } from "./drawn.ts";

/** Connections are kept, as a client's are: what is timed is an answer and not its connection. */
const agent = new Agent({ keepAlive: true });

export interface TimedAnswer {
	/** From the request on, in milliseconds. */
	readonly firstByteMs: number;
	readonly lastByteMs: number;
	readonly text: string;
}

export async function timeAnswer(url: string): Promise<TimedAnswer> {
	const begun = performance.now();
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	get(url, { agent, headers: BEARER }, resolve).on("error", reject);
	const response = await promise;
	let firstByteMs = 0;
	let text = "";
	for await (const chunk of response.setEncoding("utf8")) {
		firstByteMs ||= performance.now() - begun;
		text += chunk;
	}
	if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode} ${text}`);
	return { firstByteMs, lastByteMs: performance.now() - begun, text };
}

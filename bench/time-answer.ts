/** Times the first and the last byte of an answer. */
import { Agent, get, type IncomingMessage } from "node:http";
import { BEARER } from "./draw.ts";

/** Keeps connections, as a client does, so that an answer is timed without connecting. */
const agent = new Agent({ keepAlive: true });

export interface TimedAnswer {
	/** Time since the request, in milliseconds. */
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

/** Times the first byte of an answer. */
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { BEARER } from "./draw.ts";

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Pause after a request, so that its afterwork does not run beside the next one. */
const PAUSE_MS = 10;

/** Returns the time from a request to the first byte of its body, in milliseconds. Reads the body to its end, and pauses. */
export async function firstByte(url: string, body: string | Uint8Array, type = "application/json"): Promise<number> {
	const { promise, resolve, reject } = Promise.withResolvers<number>();
	const headers = { ...BEARER, "content-type": type, "content-length": Buffer.byteLength(body) };
	const begun = performance.now();
	request(url, { method: "POST", agent, headers }, (response) => {
		let took: number | null = null;
		response.on("data", () => {
			took ??= performance.now() - begun;
		});
		response.on("end", () =>
			took === null || response.statusCode !== 200
				? reject(new Error(`${url}: ${response.statusCode}`))
				: resolve(took),
		);
		response.on("error", reject);
	})
		.on("error", reject)
		.end(body);
	const took = await promise;
	await wait(PAUSE_MS);
	return took;
}

/** Time to the first byte of a chat stream, when its job is durable, against a stream that begins when a new object is. */
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { median } from "simple-statistics";
import { startGatewayRuntime, startWorkerd } from "../../test/support/node/runtime.ts";
import { BEARER } from "../draw.ts";
import { atMost, type Case, type Size } from "../figure.ts";
import { interleaved } from "../interleaved.ts";
import { startInstantFal } from "../start-instant-fal.ts";

const ROUNDS: Readonly<Record<Size, number>> = { guard: 3, quick: 80, full: 400 };
const WARM_UP: Readonly<Record<Size, number>> = { guard: 0, quick: 20, full: 50 };

/** Distance of fal, which in reality never finishes before a stream has begun. */
const ANSWER_AFTER_MS = 20;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Pause after a request, so that its afterwork does not run beside the next one. */
const PAUSE_MS = 10;

/** Returns the time from a request to the first byte of its body, in milliseconds. Reads the body to its end. */
function firstByte(url: string, body: object): Promise<number> {
	return new Promise((resolve, reject) => {
		const text = JSON.stringify(body);
		const headers = {
			...BEARER,
			"content-type": "application/json",
			"content-length": Buffer.byteLength(text),
		};
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
			.end(text);
	});
}

export const firstByteOfAStream: Case = async (size) => {
	const fal = await startInstantFal(ANSWER_AFTER_MS);
	const gateway = await startGatewayRuntime(fal.url);
	const floors = await startWorkerd("bench/workers/floors/wrangler.toml");
	try {
		let sent = 0;
		const chat = () => {
			sent += 1;
			const messages = [{ role: "user", content: `A red fox in the snow, number ${sent}` }];
			return { model: "darkroom", stream: true, messages };
		};
		const ask = (url: string) => async () => {
			const took = await firstByte(url, chat());
			await wait(PAUSE_MS);
			return took;
		};
		const contestants = {
			darkroom: ask(`${gateway.url}/v1/chat/completions`),
			stream: ask(`${floors.url}/stream`),
			empty: ask(`${floors.url}/empty`),
		};
		await interleaved(WARM_UP[size], contestants);
		const took = await interleaved(ROUNDS[size], contestants);
		const [darkroom, stream, empty] = [took.darkroom, took.stream, took.empty].map((times) => median([...times]));
		if (darkroom === undefined || stream === undefined || empty === undefined) throw new Error("nothing was measured");
		return {
			figures: [
				{
					name: "first byte of a chat stream, to a stream after a new object",
					value: darkroom / stream,
					unit: "×",
					goal: atMost(2),
					detail: `${darkroom.toFixed(2)} ms to ${stream.toFixed(2)} ms; an empty Worker answers in ${empty.toFixed(2)} ms (medians of ${ROUNDS[size]}, one after the other, over connections that stay open)`,
				},
			],
			series: took,
		};
	} finally {
		await Promise.all([gateway.stop(), floors.stop(), fal.stop()]);
	}
};

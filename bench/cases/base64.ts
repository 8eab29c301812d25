/**
 * An answer with four pictures of 10 MB in base64: the growth of the gateway's process over many such answers, and their speed, against a
 * Worker that holds all of it in memory.
 */
import { randomUUID } from "node:crypto";
import { get, type IncomingMessage, request } from "node:http";
import { linearRegression, max, median } from "simple-statistics";
import { peakDuring, residentBytes } from "../../test/support/node/processes.ts";
import { startGatewayRuntime, startSimulatorRuntime, startWorkerd } from "../../test/support/node/runtime.ts";
import { BEARER } from "../draw.ts";
import { atLeast, atMost, type Case, type Size } from "../figure.ts";
import { interleaved } from "../interleaved.ts";

export const base64: Case = async (size) => {
	const [simulator, floor] = await Promise.all([
		startSimulatorRuntime(),
		startWorkerd("bench/workers/floors/wrangler.toml"),
	]);
	const gateway = await startGatewayRuntime(simulator.url);
	const { warmUps, answers, rounds } = SIZES[size];
	try {
		const body = JSON.stringify({
			model: "imagen4-preview",
			prompt: `a fox ${randomUUID()} sim:instant sim:max-side=64 sim:bytes=${PICTURE_BYTES}`,
			n: PICTURES,
			response_format: "b64_json",
		});
		// Each request has the same key, and so is answered from the same job.
		const headers = { ...BEARER, ...PLAIN, "content-type": "application/json", "idempotency-key": randomUUID() };
		const ask = () => drain(request(`${gateway.url}/v1/images/generations`, { method: "POST", headers }).end(body));

		const keys = Array.from({ length: PICTURES }, (_, index) => String(index));
		const picture = new Uint8Array(PICTURE_BYTES).map((_, index) => (index * 7919) >> 8);
		for (const key of keys) await fetch(`${floor.url}/picture/${key}`, { method: "PUT", body: picture });
		const askFloor = () => drain(get(`${floor.url}/base64/${keys}`, { headers: PLAIN }));

		for (let times = 0; times < warmUps; times += 1) await ask();
		const before = residentBytes(gateway.pid);
		const peaks: number[] = [];
		for (let times = 0; times < answers; times += 1)
			peaks.push((await peakDuring(() => residentBytes(gateway.pid), ask)).peak);
		const growth = Math.max(0, max(peaks) - before) / MB;
		const slope = linearRegression(peaks.map((peak, index) => [index, peak / MB])).m;

		await askFloor();
		const seconds = await interleaved(rounds, { ours: () => timed(ask), floor: () => timed(askFloor) });
		const [ours, floors] = [ANSWER_MB / median([...seconds.ours]), ANSWER_MB / median([...seconds.floor])];
		return {
			figures: [
				{
					name: "growth while 4 × 10 MB are told in base64",
					value: growth,
					unit: "MB",
					goal: atMost(4),
					detail: `highest of ${answers} answers' peaks, less what ${warmUps} before them left (${(before / MB).toFixed(0)} MB); ${slope.toFixed(2)} MB an answer`,
				},
				{
					name: "base64 of 4 × 10 MB, throughput : whole in memory",
					value: ours / floors,
					unit: "×",
					goal: atLeast(0.9),
					detail: `${Math.round(ours)} : ${Math.round(floors)} MB of base64 a second, medians of ${rounds}; the other grew to ${Math.round(residentBytes(floor.pid) / MB)} MB`,
				},
			],
			series: { peaksMb: peaks.map((peak) => peak / MB) },
		};
	} finally {
		await Promise.all([gateway, floor, simulator].map((worker) => worker.stop()));
	}
};

/** The runtime's heap grows over some fifty answers. After them, 100 more add nothing. */
const SIZES: Readonly<Record<Size, { readonly warmUps: number; readonly answers: number; readonly rounds: number }>> = {
	guard: { warmUps: 1, answers: 2, rounds: 1 },
	quick: { warmUps: 12, answers: 3, rounds: 2 },
	full: { warmUps: 60, answers: 25, rounds: 9 },
};

const MB = 1024 * 1024;
const PICTURES = 4;
const PICTURE_BYTES = 10_000_000;
const ANSWER_MB = (PICTURES * Math.ceil(PICTURE_BYTES / 3) * 4) / MB;
/** With another encoding the local runtime would compress the answer. */
const PLAIN = { "accept-encoding": "identity" };

/** Returns the seconds that `work` takes. */
async function timed(work: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await work();
	return (performance.now() - begun) / 1000;
}

/** Reads an answer to its end, and discards it. */
async function drain(sent: ReturnType<typeof request>): Promise<void> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	sent.on("response", resolve).on("error", reject);
	let bytes = 0;
	for await (const chunk of await promise) bytes += chunk.length;
	if (bytes < ANSWER_MB * MB) throw new Error(`an answer of ${bytes} bytes`);
}

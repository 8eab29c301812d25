/** The gateway with its objects counted (workers/counted), in front of a simulator. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { startGatewayRuntime, startSimulatorRuntime } from "../test/support/node/runtime.ts";
import { BEARER } from "./draw.ts";
import type { Counts } from "./workers/counted/tally.ts";

export interface CountedGateway {
	/** Runs a chat of `jobSeconds` at fal, reads its stream to `[DONE]`, and returns its job's id. */
	readonly watchJob: (
		jobSeconds: number,
		words: string,
		more?: { readonly model: string; readonly n: number },
	) => Promise<string>;
	/** Returns the counts of all objects, by their ids. */
	readonly counts: () => Promise<Readonly<Record<string, Counts>>>;
	/** Deletes a job. Its own alarm deletes it after a month, and wakes it once, too. */
	readonly deleteJob: (id: string) => Promise<void>;
	readonly stop: () => Promise<void>;
}

export const NOTHING_COUNTED: Counts = {
	constructed: 0,
	requests: 0,
	messages: 0,
	closes: 0,
	rows: 0,
	awakeMs: 0,
	fetchMs: 0,
};

/** @param latencyMs delay of each answer of the simulator */
export async function startCountedGateway(latencyMs = 0): Promise<CountedGateway> {
	const simulator = await startSimulatorRuntime({ SIM_LEDGER: "off", SIM_LATENCY_MS: `${latencyMs}` });
	const { url, stop } = await startGatewayRuntime(simulator.url, {}, "bench/workers/counted/wrangler.toml");
	return {
		watchJob: async (jobSeconds, words, more) => {
			const runMs = Math.round(jobSeconds * 800);
			const plan = `sim:queue=1 sim:queue-ms=${jobSeconds * 100} sim:run-ms=${runMs} sim:max-side=128 ${words}`;
			const response = await fetch(`${url}/v1/chat/completions`, {
				method: "POST",
				headers: BEARER,
				body: JSON.stringify({
					...more,
					stream: true,
					messages: [{ role: "user", content: `a fox ${randomUUID()} ${plan}` }],
				}),
			});
			const answer = await response.text();
			// Only a whole job counts: a picture, and a stream that did not break.
			if (!/!\[Generated Image\]/.test(answer) || !answer.endsWith("data: [DONE]\n\n"))
				throw new Error(`not a whole stream: ${answer}`);
			return response.headers.get("x-job-id") ?? "";
		},
		counts: async () => (await fetch(`${url}/bench/counts`)).json() as Promise<Record<string, Counts>>,
		deleteJob: async (id) => {
			const { status } = await fetch(`${url}/v1/jobs/${id}`, { method: "DELETE", headers: BEARER });
			if (status !== 200) throw new Error(`a job was not deleted: ${status}`);
		},
		stop: async () => {
			await Promise.all([stop(), simulator.stop()]);
		},
	};
}

/** Waits for the work of jobs after their answers: fal's second report, and the close of the socket. */
export function waitForAfterwork(): Promise<void> {
	return wait(1_000);
}

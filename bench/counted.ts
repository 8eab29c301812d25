import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { ACCESS_KEY } from "../test/support/node/gateway.ts";
import { startGatewayRuntime, startSimulatorRuntime } from "../test/support/node/runtime.ts";
import type { Counts } from "./workers/counted/tally.ts";

/** The gateway with its objects counted, before a simulator that is as far away as wanted. */
export interface Counted {
	/** A chat that is watched from submit to `[DONE]`: `jobSeconds` of fal's. The id of its job. */
	readonly watchJob: (jobSeconds: number, words: string) => Promise<string>;
	/** By the ids of the objects. */
	readonly counts: () => Promise<Readonly<Record<string, Counts>>>;
	/** Deletes a job, as its own alarm would after a month: one request wakes it either way. */
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

export async function startCounted(latencyMs = 0): Promise<Counted> {
	const simulator = await startSimulatorRuntime({ SIM_LEDGER: "off", SIM_LATENCY_MS: `${latencyMs}` });
	const { url, stop } = await startGatewayRuntime(simulator.url, {}, "bench/workers/counted/wrangler.toml");
	const headers = { authorization: `Bearer ${ACCESS_KEY}` };
	return {
		watchJob: async (jobSeconds, words) => {
			const runMs = Math.round(jobSeconds * 800);
			const plan = `sim:queue=1 sim:queue-ms=${jobSeconds * 100} sim:run-ms=${runMs} sim:max-side=128 ${words}`;
			const response = await fetch(`${url}/v1/chat/completions`, {
				method: "POST",
				headers,
				body: JSON.stringify({ stream: true, messages: [{ role: "user", content: `a fox ${randomUUID()} ${plan}` }] }),
			});
			const said = await response.text();
			// What is counted is a whole job: a picture, and a stream that nothing broke.
			if (!/!\[Generated Image\]/.test(said) || !said.endsWith("data: [DONE]\n\n"))
				throw new Error(`not whole: ${said}`);
			return response.headers.get("x-job-id") ?? "";
		},
		counts: async () => (await fetch(`${url}/bench/counts`)).json() as Promise<Record<string, Counts>>,
		deleteJob: async (id) => {
			const { status } = await fetch(`${url}/v1/jobs/${id}`, { method: "DELETE", headers });
			if (status !== 200) throw new Error(`a job was not deleted: ${status}`);
		},
		stop: async () => {
			await Promise.all([stop(), simulator.stop()]);
		},
	};
}

/** What a job still does when its client has its answer: fal's second word of it, the close of the socket. */
export function settle(): Promise<void> {
	return wait(1_000);
}

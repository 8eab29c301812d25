/** A job that fal holds. The bench feeds events to its log through the Worker workers/fed. */
import { randomUUID } from "node:crypto";
import { eventually } from "../test/support/eventually.ts";
import { steer } from "../test/support/node/simulator.ts";
import { BEARER } from "./draw.ts";

export interface FedJob {
	readonly id: string;
	readonly eventsUrl: string;
	/** Adds one event for each position in the queue. */
	readonly feed: (positions: readonly number[]) => Promise<void>;
	/** Lets fal make the picture. Resolves when the job has ended. */
	readonly finish: () => Promise<void>;
}

export const FED = "bench/workers/fed/wrangler.toml";

export async function startFedJob(url: string, simUrl: string): Promise<FedJob> {
	const prompt = `a fox ${randomUUID()} sim:hold sim:max-side=64`;
	const response = await fetch(`${url}/v1/chat/completions`, {
		method: "POST",
		headers: { ...BEARER, "content-type": "application/json", prefer: "respond-async" },
		body: JSON.stringify({ model: "imagen4-preview", messages: [{ role: "user", content: prompt }] }),
	});
	const id = response.headers.get("x-job-id") ?? "";
	const view = async () => (await fetch(`${url}/v1/jobs/${id}`, { headers: BEARER })).json() as Promise<View>;
	await eventually(view, ({ submitted_at }) => submitted_at !== null);
	return {
		id,
		eventsUrl: `${url}/v1/jobs/${id}/events`,
		feed: async (positions) => {
			const fed = await fetch(`${url}/bench/feed/${id}`, { method: "POST", body: JSON.stringify(positions) });
			if (fed.status !== 204) throw new Error(`feeding answers ${fed.status}`);
		},
		finish: async () => {
			await steer({ gateway: { simUrl }, prompt }, "finish");
			await eventually(view, ({ status }) => status === "succeeded");
		},
	};
}

interface View {
	readonly status: string;
	readonly submitted_at: number | null;
}

/** Starts the instant fal (instant-fal.ts) in a process of its own. */
import { once } from "node:events";
import { forkServer } from "./fork-server.ts";
import type { FalCounts } from "./instant-fal.ts";

export interface InstantFal {
	readonly url: string;
	/** Counts the calls since the start. */
	readonly counts: () => Promise<FalCounts>;
	readonly stop: () => Promise<void>;
}

/** @param answerAfterMs time until a submit is answered, and its request done */
export async function startInstantFal(answerAfterMs = 0): Promise<InstantFal> {
	const { url, child, stop } = await forkServer("bench/instant-fal.ts", [String(answerAfterMs)]);
	return {
		url,
		counts: async () => {
			child.send("counts");
			const [counts] = await once(child, "message");
			return counts;
		},
		stop,
	};
}

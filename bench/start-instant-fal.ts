import { fork } from "node:child_process";
import { once } from "node:events";
import type { FalCounts } from "./instant-fal.ts";

export interface InstantFal {
	readonly url: string;
	/** Since it was started. */
	readonly counts: () => Promise<FalCounts>;
	readonly stop: () => Promise<void>;
}

/** The light fal, in a process of its own. A submit is answered, and its request done, after so many milliseconds. */
export async function startInstantFal(answerAfterMs = 0): Promise<InstantFal> {
	const child = fork("bench/instant-fal.ts", [String(answerAfterMs)]);
	const [url] = await once(child, "message");
	return {
		url,
		counts: async () => {
			child.send("counts");
			const [counts] = await once(child, "message");
			return counts;
		},
		stop: async () => {
			child.kill();
			await once(child, "exit");
		},
	};
}

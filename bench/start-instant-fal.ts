import { fork } from "node:child_process";
import { once } from "node:events";
import type { FalCounts } from "./instant-fal.ts";

export interface InstantFal {
	readonly url: string;
	/** Since it was started. */
	readonly counts: () => Promise<FalCounts>;
	readonly stop: () => Promise<void>;
}

/** The light fal, in a process of its own. */
export const startInstantFal = async (): Promise<InstantFal> => {
	const child = fork("bench/instant-fal.ts");
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
};

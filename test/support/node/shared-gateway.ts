/** Global setup of the end-to-end tests: one simulator and one gateway, which all files share that need no other settings. */
import type { TestProject } from "vitest/node";
import { type Address, freePort, startGateway, startSimulator } from "./gateway.ts";

/** The gateway of this run. Tests tell their own jobs by the prompt, which is unique. */
export type SharedGateway = Address & { readonly state: string };

declare module "vitest" {
	export interface ProvidedContext {
		gateway: SharedGateway;
	}
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const simPort = await freePort();
	// Both start at once: the gateway needs no more of the simulator than its address.
	const starting = [startSimulator(simPort), startGateway(`http://localhost:${simPort}`)] as const;
	const stop = async () => {
		const started = await Promise.allSettled(starting);
		await Promise.all(started.map((one) => (one.status === "fulfilled" ? one.value.stop() : undefined)));
	};
	try {
		const [, { url, simUrl, accessKey, state }] = await Promise.all(starting);
		project.provide("gateway", { url, simUrl, accessKey, state });
	} catch (error) {
		await stop();
		throw error;
	}
	return stop;
}

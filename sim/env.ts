/** Bindings and variables of the simulator. */
import type { Ledger } from "./ledger.ts";
import type { FalRequest } from "./request.ts";

export type Env = {
	REQUESTS: DurableObjectNamespace<FalRequest>;
	LEDGER: DurableObjectNamespace<Ledger>;
	/** Receives the webhooks in place of the network, whatever their host. */
	GATEWAY?: Fetcher;
	/** `off` records no calls, for load tests. */
	SIM_LEDGER?: string;
	/** Standing scenario in words, such as `sim:instant sim:max-side=64`, for prompts without words. */
	SIM_SCENARIO?: string;
	/** Delay of each answer of the queue and the CDN, in milliseconds, since fal is far away. */
	SIM_LATENCY_MS?: string;
};

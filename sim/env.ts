import type { Ledger } from "./ledger.ts";
import type { FalRequest } from "./request.ts";

export type Env = {
	REQUESTS: DurableObjectNamespace<FalRequest>;
	LEDGER: DurableObjectNamespace<Ledger>;
	/** Takes the webhooks in place of the network, whatever their host. */
	GATEWAY?: Fetcher;
	/** `off` records no calls: for load tests. */
	SIM_LEDGER?: string;
	/** Words for prompts that have none of their own, such as `sim:instant sim:max-side=64`. */
	SIM_SCENARIO?: string;
	/** How much longer each answer takes, that of the CDN too: fal is far away. Milliseconds. */
	SIM_LATENCY_MS?: string;
};

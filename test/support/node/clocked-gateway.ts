/** A gateway and its simulator under one clock, which a test sets. */
import { ACCESS_KEY, type Address, freePort, settingsOf, type Vars } from "./gateway.ts";
import { startWorkerd } from "./runtime.ts";

export interface ClockedGateway extends Address {
	/** Sets the clock of both. What is due by then happens at once. */
	readonly setClock: (at: number) => Promise<void>;
	readonly stop: () => Promise<void>;
}

export async function startClockedGateway(vars: Vars = {}): Promise<ClockedGateway> {
	const simulator = await startWorkerd("sim/wrangler.toml", {}, { main: "test/support/clocked/simulator.ts" });
	const port = await freePort();
	const settings = settingsOf(simulator.url, `http://127.0.0.1:${port}`, vars);
	const gateway = await startWorkerd("wrangler.toml", settings, { port, main: "test/support/clocked/gateway.ts" });
	const both = [gateway, simulator];
	return {
		url: gateway.url,
		simUrl: simulator.url,
		accessKey: ACCESS_KEY,
		setClock: async (at) => {
			const answers = await Promise.all(
				both.map(({ url }) => fetch(`${url}/clock`, { method: "POST", body: `${at}` })),
			);
			if (answers.some(({ status }) => status !== 204)) throw new Error("the clock was not set");
		},
		stop: async () => {
			await Promise.all(both.map((one) => one.stop()));
		},
	};
}

/** A client says by `x-on-disconnect` what becomes of its job when it leaves. The gateway runs without `wrangler dev`, whose proxy hides that. */
import { afterAll, beforeAll, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startCuttingProxy } from "../support/node/cutting-proxy.ts";
import { ACCESS_KEY } from "../support/node/gateway.ts";
import { startRuntimes } from "../support/node/runtime.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

it("cancels a request with x-on-disconnect: cancel when its connection is cut, and continues one with continue", async () => {
	const proxy = await startCuttingProxy(gateway.url);
	try {
		const prompts = {
			cancel: aPrompt("sim:run-ms=8000"),
			continue: aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=2000"),
		};
		for (const [onDisconnect, prompt] of Object.entries(prompts)) {
			fetch(`${proxy.url}/v1/images/generations`, {
				method: "POST",
				headers: { authorization: `Bearer ${ACCESS_KEY}`, "x-on-disconnect": onDisconnect },
				body: JSON.stringify({ prompt, response_format: "url" }),
			}).catch(() => {});
			await eventually(
				() => submitsOf(gateway, prompt),
				({ length }) => length === 1,
			);
		}
		proxy.cut();
		await eventually(
			() => statusOf(prompts.cancel),
			(status) => status === "cancelled",
		);
		await eventually(
			() => statusOf(prompts.continue),
			(status) => status === "succeeded",
		);
	} finally {
		proxy.stop();
	}
});

/** Finds a job in the account's list by its prompt, and returns its status. */
async function statusOf(prompt: string): Promise<string | undefined> {
	const response = await fetch(`${gateway.url}/v1/jobs`, { headers: { authorization: `Bearer ${ACCESS_KEY}` } });
	const { data } = (await response.json()) as { data: { status: string; request: { prompt: string } }[] };
	return data.find(({ request }) => request.prompt === prompt)?.status;
}

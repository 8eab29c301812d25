/** Webhooks that carry pictures inline, signed and over HTTP as fal sends them. Measures the gateway's process from outside. */
import { decode } from "fast-png";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startUnwatched, viewJob } from "../support/node/chat-client.ts";
import { fetchBytes } from "../support/node/openai-client.ts";
import { peakDuring, residentBytes } from "../support/node/processes.ts";
import { startRuntimes } from "../support/node/runtime.ts";
import { aPrompt, callsOf, requestIdOf, steer } from "../support/node/simulator.ts";

const PICTURES = 4;
const PICTURE_CHARS = 12_500_000;
const WEBHOOKS = 4;
/**
 * Less than half of one body. A job takes about a megabyte, and reading its webhook as much, until the runtime next collects its
 * garbage.
 */
const MAX_GROWTH_BYTES = 20_000_000;

let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

it("keeps its memory flat over several webhooks of 50 MB, and fetches the result of each instead", async () => {
	// The first job of a runtime takes memory that is not the webhook's.
	await draw("data:image/png;base64,AAAA");
	const before = residentBytes(gateway.pid);
	const large = `data:image/png;base64,${"A".repeat(PICTURE_CHARS)}`;
	const { peak } = await peakDuring(
		() => residentBytes(gateway.pid),
		async () => {
			for (let sent = 0; sent < WEBHOOKS; sent += 1) {
				const { images, calls } = await draw(large);
				expect(images).toHaveLength(1);
				// The result has one picture, and the webhook others.
				expect(decode(await fetchBytes(images[0]?.url ?? "")).width).toBe(128);
				expect(calls.filter(({ method }) => method === "POST")).toHaveLength(1);
				expect(calls.filter(({ path }) => /\/requests\/[^/?]+$/.test(path))).toHaveLength(1);
			}
		},
	);
	expect(before).toBeGreaterThan(0);
	expect(peak - before).toBeLessThan(MAX_GROWTH_BYTES);
});

/** Runs a job whose webhook carries this picture. Nobody watches the job and its status fails at fal, so only the webhook reports its end. */
async function draw(url: string) {
	const prompt = aPrompt("sim:stream-only sim:hold");
	const job = await startUnwatched(gateway, prompt);
	const request = { gateway, prompt };
	const request_id = await requestIdOf(request);
	await steer(request, "finish");
	const images = Array.from({ length: PICTURES }, () => ({ url }));
	const body = { request_id, gateway_request_id: request_id, status: "OK", payload: { images } };
	expect(await steer(request, "webhook", { body })).toMatchObject({ status: 200, forged: false });
	const view = await eventually(
		() => viewJob(gateway, job),
		({ status }) => status === "succeeded",
	);
	return { images: view.images, calls: await callsOf(gateway, prompt) };
}

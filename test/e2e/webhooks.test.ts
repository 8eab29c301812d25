import { decode } from "fast-png";
import { afterAll, beforeAll, expect, it } from "vitest";
import { residentBytes } from "../support/node/processes.ts";
import { startUnwatched, viewJob } from "../support/node/resuming.ts";
import { startRuntimes } from "../support/node/runtime.ts";
import { aPrompt, callsOf, eventually, fetchBytes, requestIdOf, steer } from "../support/node/watched.ts";

/** Webhooks that carry the pictures in themselves, as fal would send them: signed, over HTTP. The gateway is watched from outside. */

const PICTURES = 4;
const PICTURE_CHARS = 12_500_000;
const IN_A_ROW = 4;
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

it("several webhooks of 50 MB leave memory flat, and the result of each is fetched instead", async () => {
	// What the first job of a runtime takes is not the webhook's.
	await draw("data:image/png;base64,AAAA");
	const before = residentBytes(gateway.pid);
	let peak = before;
	const watching = setInterval(() => {
		peak = Math.max(peak, residentBytes(gateway.pid));
	}, 10);
	const large = `data:image/png;base64,${"A".repeat(PICTURE_CHARS)}`;
	for (let sent = 0; sent < IN_A_ROW; sent += 1) {
		const { images, calls } = await draw(large);
		expect(images).toHaveLength(1);
		// The one of the result, not those of the webhook.
		expect(decode(await fetchBytes(images[0]?.url ?? "")).width).toBe(128);
		expect(calls.filter(({ method }) => method === "POST")).toHaveLength(1);
		expect(calls.filter(({ path }) => /\/requests\/[^/?]+$/.test(path))).toHaveLength(1);
	}
	clearInterval(watching);
	expect(before).toBeGreaterThan(0);
	expect(peak - before).toBeLessThan(MAX_GROWTH_BYTES);
});

/** A job that nobody watches, and whose status fal does not tell: that it is done, only its webhook says. */
async function draw(url: string) {
	const prompt = aPrompt("sim:stream-only sim:hold");
	const job = await startUnwatched(gateway, prompt);
	const one = { gateway, prompt };
	const request_id = await requestIdOf(one);
	await steer(one, "finish");
	const images = Array.from({ length: PICTURES }, () => ({ url }));
	const body = { request_id, gateway_request_id: request_id, status: "OK", payload: { images } };
	expect(await steer(one, "webhook", { body })).toMatchObject({ status: 200, forged: false });
	const view = await eventually(
		() => viewJob(gateway, job),
		({ status }) => status === "succeeded",
	);
	return { images: view.images, calls: await callsOf(gateway, prompt) };
}

/** Jobs that are drawn from pictures: what fal is given, how often, and what is left of it. */
import { abortAllDurableObjects, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { maskOf } from "../../test/support/forms.ts";
import { aPrompt, ask, type Call, eventually, queueCalls, sim, submitsOf } from "../../test/support/workerd/gateway.ts";
import { logOf, stubOf } from "../../test/support/workerd/job-of.ts";
import { cdnUrl } from "../../test/support/workerd/make-config.ts";

const SIDE = 8;
const IMAGE = maskOf(SIDE, SIDE);
/** An origin that fal cannot reach. */
const HIDDEN = "http://gateway.local";
const QUICK = "sim:quick sim:max-side=16";

function dataUrl(bytes: Uint8Array): string {
	return `data:image/png;base64,${bytes.toBase64()}`;
}

async function edit(
	prompt: string,
	fields: object,
	origin = "",
): Promise<{ status: number; job: string; code: string | null }> {
	const json = { prompt, images: [{ image_url: dataUrl(IMAGE) }], response_format: "url", ...fields };
	const response = await ask(`${origin}/v1/images/edits`, { json, headers: { "content-type": "application/json" } });
	const answer: { error?: { code: string } } = await response.json();
	return { status: response.status, job: response.headers.get("x-job-id") ?? "", code: answer.error?.code ?? null };
}

async function keysOf(job: string): Promise<readonly string[]> {
	const lists = ["inputs", "images"].map((folder) => env.IMAGES.list({ prefix: `${folder}/${job}/` }));
	return (await Promise.all(lists)).flatMap(({ objects }) => objects.map(({ key }) => key.replace(job, "<job>")));
}

async function uploads(): Promise<number> {
	const calls: readonly Call[] = await (await sim("/calls?path=/storage/uploads/&method=PUT")).json();
	return calls.length;
}

describe("a job with a mask for a model that paints by colour", () => {
	it("leaves nothing behind when it is deleted, the turned mask included", async () => {
		const prompt = aPrompt(QUICK);
		const { status, job } = await edit(prompt, {
			model: "flux-kontext",
			mask: { image_url: dataUrl(maskOf(SIDE, SIDE)) },
		});
		expect(status).toBe(200);
		expect(await keysOf(job)).toEqual([
			"inputs/<job>/0",
			"inputs/<job>/16",
			"inputs/<job>/16-white",
			"images/<job>/0.png",
		]);
		expect((await ask(`/v1/jobs/${job}`, { method: "DELETE" })).status).toBe(200);
		await eventually(
			() => keysOf(job),
			(keys) => keys.length === 0,
		);
		await runDurableObjectAlarm(stubOf(job));
		expect(await keysOf(job)).toEqual([]);
	});

	it("is not submitted if its mask comes from an address that is no mask", async () => {
		const prompt = aPrompt(QUICK);
		const mask = { image_url: "https://v3.fal.media/files/none/0.png?size=64x48&seed=1&prompt=an+opaque+picture" };
		const { status, job, code } = await edit(prompt, { model: "flux-kontext", mask });
		expect([status, code]).toEqual([400, "invalid_input"]);
		expect((await logOf(job)).at(-1)).toMatchObject({
			type: "failed",
			error: { code: "invalid_input", param: "mask" },
		});
		expect(await submitsOf(prompt)).toBe(0);
	});
});

/** Makes a job whose mask hangs on its way here, and waits until it is asked for. */
async function editWithSlowMask(prompt: string, words: string): Promise<string> {
	const query = { size: "64x48", seed: "1", prompt: words, fault: "hangs", faults: "9" };
	const mask = { image_url: cdnUrl(query) };
	const json = { prompt, model: "flux-kontext", images: [{ image_url: dataUrl(IMAGE) }], mask };
	const response = await ask("/v1/images/edits?async=true", {
		json,
		headers: { "content-type": "application/json" },
	});
	await response.body?.cancel();
	const path = new URL(mask.image_url).pathname;
	await eventually(
		async (): Promise<readonly Call[]> => (await sim(`/calls?path=${path}`)).json(),
		(calls) => calls.length > 0,
	);
	return response.headers.get("x-job-id") ?? "";
}

describe("a job whose pictures are being handed over", () => {
	it("is not submitted if its client cancels it, and ends at once", async () => {
		const prompt = aPrompt(QUICK);
		const job = await editWithSlowMask(prompt, "a mask of a cancelled job");
		expect((await ask(`/v1/jobs/${job}/cancel`, { method: "POST" })).status).toBe(200);
		const log = await eventually(
			() => logOf(job),
			(events) => events.at(-1)?.type === "cancelled",
		);
		expect(log.map(({ type }) => type)).toEqual(["accepted", "submitting", "cancelling", "cancelled"]);
		expect(await submitsOf(prompt)).toBe(0);
	});
});

describe("a job whose object dies while its pictures are handed over", () => {
	it("is looked up as if it had been submitted, and is not submitted by the earlier instance", async () => {
		const prompt = aPrompt(QUICK);
		const job = await editWithSlowMask(prompt, "a slow mask");
		await abortAllDurableObjects();
		expect((await ask(`/v1/jobs/${job}`)).status).toBe(200);
		expect((await logOf(job)).map(({ type }) => type)).toEqual(["accepted", "submitting", "answer_lost"]);
		expect(await submitsOf(prompt)).toBe(0);
	});
});

describe("a job of several requests to fal", () => {
	it("brings its picture along once, for a fal that cannot reach the gateway", async () => {
		const prompt = aPrompt(QUICK);
		const before = await uploads();
		const { status } = await edit(prompt, { model: "flux-2-pro", n: 3 }, HIDDEN);
		expect(status).toBe(200);
		expect(await uploads()).toBe(before + 1);
		const calls: readonly { method: string; input: { image_urls?: string[] } | null }[] = await (
			await sim(`/calls?prompt=${encodeURIComponent(prompt)}&method=POST`)
		).json();
		expect(calls).toHaveLength(3);
		expect(new Set(calls.flatMap(({ input }) => input?.image_urls ?? [])).size).toBe(1);
	});

	it("gives each of them the same link, for a fal that can", async () => {
		const prompt = aPrompt(QUICK);
		const before = await uploads();
		const { status, job } = await edit(prompt, { model: "flux-2-pro", n: 2 });
		expect(status).toBe(200);
		expect(await uploads()).toBe(before);
		const calls: readonly { input: { image_urls?: string[] } | null }[] = await (
			await sim(`/calls?prompt=${encodeURIComponent(prompt)}&method=POST`)
		).json();
		const links = new Set(calls.flatMap(({ input }) => input?.image_urls ?? []));
		expect([...links]).toEqual([expect.stringContaining(`https://gateway.example/inputs/${job}/0?exp=`)]);
		expect(await queueCalls(prompt)).not.toEqual([]);
	});
});

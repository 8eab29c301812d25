/** gpt_image_playground's custom provider, as the gateway's own manifest describes it. */
import { decode } from "fast-png";
import { describe, expect, inject, it } from "vitest";
import { fetchBytes } from "../support/node/openai-client.ts";
import { type Manifest, poll, submit } from "../support/node/playground.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const PAUSE_MS = 50;
const PARAMS = {
	size: "1024x1024",
	quality: "low",
	output_format: "png",
	output_compression: null,
	moderation: "auto",
	n: 2,
};

const gateway = inject("gateway");

/** Imports the manifest, as the page does: without a key, which the user types in. */
async function imported(more: object = {}) {
	const response = await fetch(`${gateway.url}/integrations/gpt-image-playground.json`);
	const { customProviders, profiles } = (await response.json()) as Manifest;
	const [profile] = profiles;
	const provider = customProviders.find(({ id }) => id === profile?.provider);
	if (profile === undefined || provider === undefined) throw new Error("the manifest has no profile of its provider");
	return { provider, profile: { ...profile, apiKey: gateway.accessKey, ...more } };
}

describe.concurrent("the manifest for gpt_image_playground", () => {
	it("has the fields that the page cannot do without", async () => {
		const { provider, profile } = await imported();
		expect(profile).toMatchObject({ baseUrl: `${gateway.url}/v1`, model: "imagen4-preview", apiMode: "images" });
		// The page cuts `/v1/` and slashes off, and adds the base itself.
		for (const { path } of [provider.submit, provider.poll]) expect(path).toMatch(/^images\//);
		expect(provider.poll.intervalSeconds).toBeGreaterThanOrEqual(1);
	});

	it("draws: the page gets each picture once", async () => {
		const { provider, profile } = await imported();
		const prompt = aPrompt("sim:quick");
		const id = await submit(provider, profile, { prompt, params: PARAMS });
		const pictures = await poll(provider, profile, id, PAUSE_MS);
		expect(pictures).toHaveLength(2);
		for (const link of pictures) expect(decode(await fetchBytes(link))).toMatchObject({ width: 128 });
		const [sent, ...more] = await submitsOf(gateway, prompt);
		expect(more).toEqual([]);
		expect(sent?.input).toMatchObject({ prompt, num_images: 2, aspect_ratio: "1:1" });
	});

	it("draws in base64, if the user asks for that", async () => {
		const { provider, profile } = await imported({ responseFormatB64Json: true });
		const id = await submit(provider, profile, { prompt: aPrompt("sim:quick"), params: { ...PARAMS, n: 1 } });
		const [picture = "", ...more] = await poll(provider, profile, id, PAUSE_MS);
		expect(more).toEqual([]);
		expect(decode(Buffer.from(picture, "base64"))).toMatchObject({ width: 128 });
	});

	it("goes on with a task after the page was loaded again", async () => {
		const before = await imported();
		const id = await submit(before.provider, before.profile, { prompt: aPrompt("sim:quick"), params: PARAMS });
		const { provider, profile } = await imported();
		expect(await poll(provider, profile, id, PAUSE_MS)).toHaveLength(2);
	});

	it("says why a picture was not made", async () => {
		const { provider, profile } = await imported();
		const id = await submit(provider, profile, { prompt: aPrompt("sim:content-policy"), params: PARAMS });
		await expect(poll(provider, profile, id, PAUSE_MS)).rejects.toThrow(/content|policy|blocked/i);
	});

	it("refuses a request with pictures, and pays nothing", async () => {
		const { provider, profile } = await imported();
		const prompt = aPrompt("sim:quick");
		const drawn = { prompt, params: PARAMS, inputImages: ["data:image/png;base64,iVBORw0KGgo="] };
		await expect(submit(provider, profile, drawn)).rejects.toThrow(/picture/);
		expect(await submitsOf(gateway, prompt)).toEqual([]);
	});
});

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

	it("refuses a request with what is no picture, and pays nothing", async () => {
		const { provider, profile } = await imported();
		const prompt = aPrompt("sim:quick");
		const drawn = { prompt, params: PARAMS, inputImages: ["data:image/png;base64,iVBORw0KGgo="] };
		await expect(submit(provider, profile, drawn)).rejects.toThrow(/picture/);
		expect(await submitsOf(gateway, prompt)).toEqual([]);
	});
});

/** Calls the gateway as the page does in a mode without a provider (`src/lib/api.ts`, at 4e56f38). */
async function call(path: string, body: object) {
	const headers = { authorization: `Bearer ${gateway.accessKey}`, "content-type": "application/json" };
	const response = await fetch(`${gateway.url}/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
	expect(response.status).toBe(200);
	return response.json() as Promise<unknown>;
}

describe.concurrent("gpt_image_playground without the manifest", () => {
	/** The page takes a prompt that comes back otherwise, or not at all, for the sign of another server, and puts up a dialog. */
	it("draws in Images mode, and gets its prompt back as the user wrote it", async () => {
		const prompt = `${aPrompt("sim:quick")} 16:9`;
		const body = { model: "darkroom", prompt, size: "auto", output_format: "png", moderation: "auto", quality: "auto" };
		expect(await call("/images/generations", body)).toMatchObject({
			data: [{ b64_json: expect.stringMatching(/^iVBOR/), revised_prompt: prompt }],
			output_format: "png",
			size: expect.stringMatching(/^\d+x\d+$/),
		});
		const [sent, ...more] = await submitsOf(gateway, prompt.slice(0, -5));
		expect([sent?.input?.aspect_ratio, more]).toEqual(["16:9", []]);
	});

	it("draws in Responses mode beside a model that only talks, and gets its prompt back", async () => {
		const prompt = aPrompt("sim:quick");
		const answer = await call("/responses", {
			model: "gpt-5.5",
			input: `Use the following text as the complete prompt. Do not rewrite it:\n${prompt}`,
			tools: [
				{ type: "image_generation", action: "generate", size: "1024x1024", quality: "low", output_format: "png" },
			],
			tool_choice: "required",
		});
		expect(answer).toMatchObject({
			status: "completed",
			output: [
				{
					type: "image_generation_call",
					status: "completed",
					result: expect.stringMatching(/^iVBOR/),
					revised_prompt: prompt,
					output_format: "png",
				},
			],
		});
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});
});

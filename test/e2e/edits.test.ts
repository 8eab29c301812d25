/** Edits as clients send them: each request in the shape that the client's own source has, each drawn from the very pictures that were sent. */

import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateImage } from "ai";
import { decode } from "fast-png";
import { toFile } from "openai";
import { describe, expect, it } from "vitest";
import { type FormPart, formOf, maskOf, pngOf } from "../support/forms.ts";
import { useGateway } from "../support/node/openai-client.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const { gateway, client } = useGateway();
const MODEL = "gpt-image-1.5";
const QUICK = "sim:quick";

type Png = Uint8Array;

/** Fetches what fal was given for a prompt, as fal does, by the name of its fields. */
async function givenToFal(prompt: string): Promise<{ endpoint: string; images: readonly Png[]; mask: Png | null }> {
	const [submit, ...more] = await submitsOf(gateway, prompt);
	expect(more).toEqual([]);
	const { image_urls = [], mask_image_url: mask } = (submit?.input ?? {}) as {
		image_urls?: string[];
		mask_image_url?: string;
	};
	const read = async (url: string): Promise<Png> => {
		const response = await fetch(url);
		expect(response.status).toBe(200);
		return response.bytes();
	};
	return {
		endpoint: new URL(submit?.path ?? "", gateway.simUrl).pathname,
		images: await Promise.all(image_urls.map(read)),
		mask: mask === undefined ? null : await read(mask),
	};
}

async function expectGiven(prompt: string, images: readonly Png[], mask: Png | null = null): Promise<void> {
	const given = await givenToFal(prompt);
	expect(given.endpoint).toBe("/fal-ai/gpt-image-1.5/edit");
	expect(given.images.map((bytes) => Buffer.from(bytes).toString("base64"))).toEqual(
		images.map((bytes) => Buffer.from(bytes).toString("base64")),
	);
	expect(given.mask === null ? null : Buffer.from(given.mask)).toEqual(mask === null ? null : Buffer.from(mask));
}

function expectPicture(base64: string | null | undefined): void {
	expect(decode(Buffer.from(base64 ?? "", "base64")).width).toBeGreaterThan(0);
}

describe.concurrent("the openai package", () => {
	it("edits one file", async () => {
		const [prompt, png] = [aPrompt(QUICK), pngOf(64, 64, 5_000)];
		const image = await toFile(png, "cat.png", { type: "image/png" });
		const { data = [] } = await client.images.edit({ model: MODEL, image, prompt });
		expectPicture(data[0]?.b64_json);
		await expectGiven(prompt, [png]);
	});

	it("edits a list of files with a mask, and is told of it by events", async () => {
		const [prompt, one, two, mask] = [aPrompt(QUICK), pngOf(64, 64), pngOf(32, 32, 6 * 1024 * 1024), maskOf(64, 64)];
		const stream = await client.images.edit({
			model: MODEL,
			image: [await toFile(one, "1.png", { type: "image/png" }), await toFile(two, "2.png", { type: "image/png" })],
			mask: await toFile(mask, "mask.png", { type: "image/png" }),
			prompt,
			n: 1,
			size: "1024x1024",
			quality: "high",
			background: "transparent",
			input_fidelity: "high",
			output_format: "png",
			user: "somebody",
			stream: true,
			partial_images: 2,
		});
		const events = [];
		for await (const event of stream) events.push(event);
		expect(events.map(({ type }) => type)).toEqual(["image_edit.completed"]);
		expectPicture(events[0]?.b64_json);
		expect(events[0]?.background).toBe("transparent");
		await expectGiven(prompt, [one, two], mask);
		const [submit] = await submitsOf(gateway, prompt);
		expect(submit?.input).toMatchObject({ input_fidelity: "high", background: "transparent", quality: "high" });
	});

	it("is told which field is wrong", async () => {
		const image = await toFile(Buffer.from("no picture"), "cat.png", { type: "image/png" });
		const refused = client.images.edit({ model: MODEL, image, prompt: aPrompt(QUICK) });
		await expect(refused).rejects.toMatchObject({ status: 400, param: "image", code: "invalid_value" });
	});
});

/** Sends a form as it stands in a client's source. */
async function sendForm(parts: readonly FormPart[], boundary: string) {
	const response = await fetch(`${gateway.url}/v1/images/edits`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${gateway.accessKey}`,
			"content-type": `multipart/form-data; boundary=${boundary}`,
		},
		body: formOf(parts, boundary),
	});
	const { data = [], error } = (await response.json()) as {
		data?: { url?: string; b64_json?: string }[];
		error?: object;
	};
	expect([response.status, error]).toEqual([200, undefined]);
	return data;
}

function file(name: string, body: Png, filename: string): FormPart {
	return { name, filename, type: "image/png", body };
}

function texts(fields: Readonly<Record<string, string>>): readonly FormPart[] {
	return Object.entries(fields).map(([name, body]) => ({ name, body }));
}

describe.concurrent("the form of", () => {
	it("Open WebUI, for a list even of one, has its texts first", async () => {
		const [prompt, png] = [aPrompt(QUICK), pngOf(64, 64)];
		const fields = texts({ model: MODEL, prompt, n: "1", size: "1024x1024" });
		// aiohttp's boundary. Its model's id matches `^gpt-image`, so it sends no response_format.
		const data = await sendForm([...fields, file("image[]", png, "image.png")], "f3a1c0de5b7e4c0f9d1e2a3b4c5d6e7f");
		expect(data).toHaveLength(1);
		expect(data[0]?.url).toBeUndefined();
		expectPicture(data[0]?.b64_json);
		await expectGiven(prompt, [png]);
	});

	it("LobeChat spreads all its parameters into it", async () => {
		const [prompt, png] = [aPrompt(QUICK), pngOf(64, 64)];
		const data = await sendForm(
			[
				...texts({
					cfg: "2.5",
					height: "1024",
					imageUrl: "null",
					model: MODEL,
					prompt,
					seed: "7",
					steps: "20",
					width: "1024",
				}),
				...texts({ aspectRatio: "1:1", input_fidelity: "high", n: "1" }),
				file("image", png, "image-1.png"),
			],
			"----formdata-undici-012345678901",
		);
		expectPicture(data[0]?.b64_json);
		await expectGiven(prompt, [png]);
	});

	it("gpt_image_playground has a file for each picture, and a mask", async () => {
		const [prompt, one, two, mask] = [aPrompt(QUICK), pngOf(64, 64), pngOf(32, 32), maskOf(64, 64)];
		const data = await sendForm(
			[
				...texts({ model: MODEL, prompt, size: "1024x1024", output_format: "png", moderation: "auto", quality: "low" }),
				file("image[]", one, "input-1.png"),
				file("image[]", two, "input-2.png"),
				file("mask", mask, "mask.png"),
			],
			"----WebKitFormBoundaryAbCdEfGhIjKlMnOp",
		);
		expectPicture(data[0]?.b64_json);
		await expectGiven(prompt, [one, two], mask);
	});
});

describe.concurrent("the AI SDK", () => {
	it.each(["openai", "openai-compatible"])("edits with its %s provider", async (name) => {
		const [prompt, png] = [aPrompt(QUICK), pngOf(64, 64)];
		const settings = { baseURL: `${gateway.url}/v1`, apiKey: gateway.accessKey };
		const provider = name === "openai" ? createOpenAI(settings) : createOpenAICompatible({ name, ...settings });
		const { image } = await generateImage({
			model: provider.imageModel(MODEL),
			prompt: { text: prompt, images: [png] },
		});
		expect(decode(image.uint8Array).width).toBeGreaterThan(0);
		await expectGiven(prompt, [png]);
	});
});

it("a body of JSON with addresses and data edits, too", async () => {
	const [prompt, png] = [aPrompt(QUICK), pngOf(64, 64, 100_000)];
	const made = await client.images.generate({ model: MODEL, prompt: aPrompt(QUICK), response_format: "url" });
	const own = made.data?.[0]?.url ?? "";
	const response = await fetch(`${gateway.url}/v1/images/edits`, {
		method: "POST",
		headers: { authorization: `Bearer ${gateway.accessKey}`, "content-type": "application/json" },
		body: JSON.stringify({
			model: MODEL,
			prompt,
			images: [{ image_url: own }, { image_url: `data:image/png;base64,${Buffer.from(png).toString("base64")}` }],
		}),
	});
	expect(response.status).toBe(200);
	await response.body?.cancel();
	await expectGiven(prompt, [await (await fetch(own)).bytes(), png]);
	const job = await (
		await fetch(`${gateway.url}/v1/jobs/${response.headers.get("x-job-id")}`, {
			headers: { authorization: `Bearer ${gateway.accessKey}` },
		})
	).json();
	expect(job).toMatchObject({ derived_from: { index: 0 }, inputs: [{ role: "image" }, { role: "image" }] });
});

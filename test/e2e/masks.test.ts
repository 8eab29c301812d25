/** A mask that a person painted: the same half of the picture is edited, whatever paints in the masks of the model. */
import { decode } from "fast-png";
import type OpenAI from "openai";
import { toFile } from "openai";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import { createClient, useGateway } from "../support/node/openai-client.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const { gateway, client } = useGateway();
/** fal cannot reach a gateway that has no address of its own: it is given uploads. */
let hidden: Gateway;
beforeAll(async () => {
	hidden = await startGateway(inject("gateway").simUrl, { PUBLIC_URL: "" });
});
afterAll(() => hidden.stop());

const SIDE = 256;

function pictureOf(background: string): Promise<Buffer> {
	return sharp({ create: { width: SIDE, height: SIDE, channels: 4, background } })
		.png()
		.toBuffer();
}

/** Rubs the right half out with a brush, whose edge is soft. */
async function paintedMask(): Promise<Buffer> {
	const stroke = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><rect x="${SIDE / 2}" width="${SIDE / 2}" height="${SIDE}"/></svg>`;
	const brush = await sharp(Buffer.from(stroke)).blur(3).png().toBuffer();
	return sharp(await pictureOf("#888"))
		.composite([{ input: brush, blend: "dest-out" }])
		.png({ adaptiveFiltering: true })
		.toBuffer();
}

/** Says for each quarter of a picture, from left to right, if all of it is as it was. */
function quartersOf(base64: string): readonly boolean[] {
	const { width, height, data, channels } = decode(Buffer.from(base64, "base64"));
	const quarters = [true, true, true, true];
	for (let pixel = 0; pixel < width * height; pixel += 1) {
		const [red = 0, green = 0, blue = 0] = data.subarray(pixel * channels, pixel * channels + 3);
		const isOld = red > 250 && green < 5 && blue > 250;
		if (!isOld) quarters[Math.floor(((pixel % width) * 4) / width)] = false;
	}
	return quarters;
}

async function edited(by: OpenAI, model: string, prompt: string): Promise<string> {
	const { data = [] } = await by.images.edit({
		model,
		image: await toFile(await pictureOf("#f0f"), "magenta.png", { type: "image/png" }),
		mask: await toFile(await paintedMask(), "mask.png", { type: "image/png" }),
		prompt,
		response_format: "b64_json",
	});
	return data[0]?.b64_json ?? "";
}

describe.concurrent.each<[paints: string, model: string, field: string]>([
	["transparency", "gpt-image-1.5", "mask_image_url"],
	["white", "flux-kontext", "mask_url"],
	["black", "ideogram-v3", "mask_url"],
])("a mask for a model that paints by %s", (_, model, field) => {
	it("edits the half that was rubbed out, by a link of the gateway", async () => {
		const prompt = aPrompt("sim:quick sim:max-side=128");
		// The soft edge reaches into the second quarter.
		expect(quartersOf(await edited(client, model, prompt))).toEqual([true, false, false, false]);
		const [submit] = await submitsOf(gateway, prompt);
		const input = new Map(Object.entries(Object(submit?.input)));
		expect(String(input.get(field))).toContain(`${gateway.url}/inputs/`);
	});

	it("edits the same half, by fal's storage", async () => {
		const prompt = aPrompt("sim:quick sim:max-side=128");
		expect(quartersOf(await edited(createClient(hidden).client, model, prompt))).toEqual([true, false, false, false]);
		const [submit] = await submitsOf(hidden, prompt);
		const input = new Map(Object.entries(Object(submit?.input)));
		expect(String(input.get(field))).toContain("/storage/files/");
	});
});

/** The simulator's edits: a picture shows what it was drawn from, and where it was painted anew. */
import { encode } from "fast-png";
import { describe, expect, inject, it } from "vitest";
import { createSimClient, createSimulatedFalClient, pictureOf } from "../support/node/sim-client.ts";

const { simUrl: origin } = inject("gateway");
const { imageOf } = createSimClient(origin);
const { storage } = createSimulatedFalClient(origin);

/** A picture of 8 × 8 pixels, of which `pixel` says the samples by its column. */
function upload(channels: 1 | 3 | 4, pixel: (x: number) => readonly number[]): Promise<string> {
	const data = Uint8Array.from(Array.from({ length: 64 }, (_, at) => pixel(at % 8)).flat());
	const png = encode({ width: 8, height: 8, channels, data });
	return storage.upload(new File([png], "a.png", { type: "image/png" }));
}

const magenta = () => upload(3, () => [255, 0, 255]);

/** Says of each half of a picture if it is as it was. */
async function halvesOf(url: string): Promise<readonly boolean[]> {
	const { width, height, data, channels } = await pictureOf(url);
	const isOld = (x: number, y: number) => {
		const at = (y * width + x) * channels;
		return data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 255;
	};
	const columns = (from: number, to: number) =>
		Array.from({ length: (to - from) * height }, (_, at) => isOld(from + Math.floor(at / height), at % height));
	const [left, right] = [columns(0, width / 2), columns(width / 2, width)];
	return [left, right].map((half) => half.every((one) => one));
}

describe("an edit", () => {
	it.each<[endpoint: string, mask: string, channels: 1 | 3 | 4, pixel: (x: number) => readonly number[]]>([
		["fal-ai/gpt-image-1.5/edit", "mask_image_url", 4, (x) => [0, 0, 0, x < 4 ? 255 : 0]],
		["fal-ai/flux-pro/v1/fill", "mask_url", 1, (x) => [x < 4 ? 0 : 255]],
		["fal-ai/ideogram/v3/edit", "mask_url", 1, (x) => [x < 4 ? 255 : 0]],
		["fal-ai/chrono-edit-lora-gallery/paintbrush", "mask_url", 3, (x) => (x < 4 ? [255, 255, 255] : [0, 0, 0])],
	])("of %s is painted where its mask says so", async (endpoint, field, channels, pixel) => {
		const isList = endpoint.includes("gpt-image");
		const image = await magenta();
		const picture = isList ? { image_urls: [image] } : { image_url: image };
		const mask = await upload(channels, pixel);
		const { url } = await imageOf("a boat sim:max-side=64", { endpoint, ...picture, [field]: mask });
		expect(await halvesOf(url)).toEqual([true, false]);
	});

	it("shows its picture through a veil if it has no mask", async () => {
		const image_urls = [await magenta()];
		const { url } = await imageOf("a boat sim:max-side=64", { endpoint: "fal-ai/nano-banana-2/edit", image_urls });
		const { data } = await pictureOf(url);
		const [red, green, blue] = [0, 1, 2].map((sample) => data.filter((_, at) => at % 3 === sample));
		expect(Math.min(...(red ?? []), ...(blue ?? []))).toBeGreaterThan(180);
		expect(Math.max(...(green ?? []))).toBeLessThan(70);
	});

	it("is a new picture if its picture cannot be had", async () => {
		const { url } = await imageOf("a boat sim:max-side=64", {
			endpoint: "fal-ai/nano-banana-2/edit",
			image_urls: ["https://cdn.example/cat.png"],
		});
		expect(await pictureOf(url)).toMatchObject({ width: 64, height: 64 });
	});
});

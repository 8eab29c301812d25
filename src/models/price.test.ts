import { describe, expect, it } from "vitest";
import { CATALOGUE } from "./catalogue/index.ts";
import type { Model } from "./catalogue/types.ts";
import { drawerOf } from "./drawer.ts";
import { toFalInput } from "./fal-input.ts";
import { resolveModel } from "./names.ts";
import { priceOf, priceRows } from "./price.ts";
import { withPublished } from "./published-price.ts";
import type { ImageRequest, InputPicture } from "./request.ts";
import { parseSize } from "./size.ts";

function picture(width: number | null): InputPicture {
	const source = {
		kind: "stored",
		key: "k",
		contentType: "image/png",
		bytes: 1,
		sha256: "",
		width,
		height: 1024,
	} as const;
	return { role: "image", source };
}

function resolveRow(name: string): Model {
	const model = resolveModel(name);
	if (model === null) throw new Error(`no model ${name}`);
	return model;
}

/** @param perMegapixel Published by fal, in USD. Absent: what the catalogue has counts */
function priceOfRequest(
	name: string,
	size: string,
	asked: Partial<ImageRequest> = {},
	perMegapixel?: number,
): number | null {
	const model = resolveRow(name);
	const request: ImageRequest = {
		prompt: "a cat",
		model: model.id,
		n: 1,
		size: parseSize(size) ?? { kind: "auto" },
		quality: "auto",
		outputFormat: null,
		seed: null,
		fal: {},
		...asked,
	};
	const drawer = drawerOf(model, request);
	const falInput = toFalInput(drawer, request);
	if (!falInput.ok) throw new Error(JSON.stringify(falInput.error));
	const published =
		perMegapixel === undefined ? [] : [[drawer.endpoint, { usd: perMegapixel, unit: "megapixels" }] as const];
	return priceOf(withPublished(drawer, new Map(published)), falInput.value.input, request.inputs);
}

describe("priceOf", () => {
	it.each<readonly [name: string, size: string, asked: Partial<ImageRequest>, usd: number | null]>([
		["nano-banana-2", "1:1", {}, 0.08],
		["nano-banana-2", "1:1", { fal: { enable_web_search: true } }, 0.095],
		["recraft-v3", "1:1", { fal: { style: "vector_illustration/bold_stroke" } }, 0.08],
		["recraft-v3", "1:1", { fal: { style: "vector_illustration" } }, 0.08],
		["recraft-v3", "1:1", { fal: { style: "digital_illustration" } }, 0.04],
		["recraft-v3", "1:1", { fal: { style: 5 } }, 0.04],
		["flux-1.1-pro", "1408x1408", {}, 0.08],
		["qwen-image", "2048x1024", {}, 0.04],
		["nano-banana-pro", "1:1", { fal: { enable_web_search: true, resolution: "4K" } }, 0.315],
		["nano-banana-2", "1:1", { fal: { enable_web_search: false, thinking_level: "minimal" } }, 0.08],
		["nano-banana-2", "1:1", { fal: { enable_web_search: true, thinking_level: "high", resolution: "4K" } }, 0.177],
		["nano-banana-2", "1:1", { fal: { resolution: "0.5K" } }, 0.06],
		["nano-banana-2", "1:1", { quality: "high" }, 0.12],
		["nano-banana-2", "1:1", { quality: "high", resolution: "4K" }, 0.16],
		["nano-banana-2", "1:1", { quality: "high", inputs: [picture(1024)] }, 0.12],
		["nano-banana-pro", "1:1", { quality: "high" }, 0.15],
		["gpt-image-2", "1024x1024", { quality: "low" }, 0.01],
		["gpt-image-2", "3840x2160", { quality: "low" }, 0.02],
		["gpt-image-2", "1024x1024", { quality: "high" }, 0.22],
		["gpt-image-2", "2560x1440", { quality: "high" }, 0.23],
		["gpt-image-2", "3840x2160", { quality: "high" }, 0.41],
		// The model chooses: it may take the dearest.
		["gpt-image-2", "auto", {}, 0.41],
		["flux-schnell", "1024x1024", {}, 0.003],
		["flux-schnell", "1040x1024", {}, 0.006],
		["flux-schnell", "auto", {}, 0.003],
		["flux-schnell", "2048x2048", {}, 0.012],
		["flux-2-pro", "2048x1024", {}, 0.045],
		["flux-2-pro", "1024x1024", { inputs: [picture(1024), picture(2048)] }, 0.075],
		["flux-2-pro", "auto", { inputs: [picture(null)] }, 0.135],
		["ideogram-v4", "1024x1024", {}, 0.09],
		["ideogram-v4", "2048x1024", { quality: "high" }, 0.23],
		["seedream-5.5", "1024x1024", {}, 0.03],
		["seedream-5.5", "2048x2048", {}, 0.0405],
		["gpt-image-1.5", "1024x1024", {}, null],
		["fal-ai/new/thing", "1:1", {}, null],
	])("of %s at %s with %j", (name, size, asked, usd) => {
		const price = priceOfRequest(name, size, asked);
		expect(price === null ? null : Math.round(price * 1e6) / 1e6).toBe(usd);
	});

	it.each<readonly [name: string, size: string, asked: Partial<ImageRequest>, megapixels: number]>([
		// fal's own default doubles each side.
		["upscale", "auto", { inputs: [picture(1024)] }, 4],
		["upscale", "auto", { inputs: [picture(3000)] }, 12],
		["upscale", "auto", { inputs: [picture(null)] }, 16],
		["upscale", "auto", { inputs: [picture(1024)], fal: { upscale_factor: 10 } }, 100],
		["upscale", "auto", { inputs: [picture(1024)], fal: { upscale_factor: 1.5 } }, 3],
		["upscale", "auto", { inputs: [picture(2048)], fal: { upscale_mode: "target", target_resolution: "2160p" } }, 9],
		["upscale", "auto", { inputs: [picture(2048)], fal: { upscale_mode: "factor", target_resolution: "2160p" } }, 8],
		["upscale-topaz", "auto", { inputs: [picture(1024)] }, 4],
		["flux-kontext", "auto", { inputs: [picture(1024)] }, 4],
		["gpt-image-1.5", "1536x1024", {}, 2],
		["flux-schnell", "1040x1024", {}, 2],
		["imagen4", "1:1", { quality: "high" }, 4],
	])("of %s at %s with %j, by the megapixel, is that of %i", (name, size, asked, megapixels) => {
		expect(priceOfRequest(name, size, asked, 1)).toBe(megapixels);
	});

	it.each([
		[{}, 16],
		[{ scale: 3 }, 9],
		[{ scale_factor: 0 }, 4],
	])("of an endpoint with a factor and %j is that of %i megapixels", (input, megapixels) => {
		const endpoint = { ...resolveRow("remove-background"), inputs: ["image_url", "upscale_factor"] };
		const price = { per: "megapixel", tiers: [{ usd: 1 }] } as const;
		expect(priceOf({ ...endpoint, price }, input, [picture(1024)])).toBe(megapixels);
	});

	it.each([["0p"], ["best"], [null]])("of a target of %s is that of the usual factor", (target) => {
		const drawer = drawerOf(resolveRow("upscale"), { inputs: [picture(2048)] });
		const price = { per: "megapixel", tiers: [{ usd: 1 }] } as const;
		const body = { upscale_mode: "target", target_resolution: target };
		expect(priceOf({ ...drawer, price }, body, [picture(2048)])).toBe(8);
	});

	it("holds what a field of the body adds, beside each price of megapixels", () => {
		const extras = [
			["search", true, 0.5] as const,
			["thinking", "high", 0.25] as const,
			["style", "vector*", 1] as const,
		];
		const price = { per: "megapixel", tiers: [{ usd: 1 }], plus: 2, extras } as const;
		const endpoint = { ...resolveRow("flux-schnell"), price };
		const size = { image_size: { width: 2048, height: 1024 } };
		expect(priceOf(endpoint, size)).toBe(4);
		expect(priceOf(endpoint, { ...size, search: true })).toBe(4.5);
		expect(priceOf(endpoint, { ...size, search: false, thinking: "high" })).toBe(4.25);
		expect(priceOf(endpoint, { ...size, thinking: "hig", style: "vector_engraving" })).toBe(5);
		expect(priceOf(endpoint, { ...size, thinking: "highest", style: "vintage" })).toBe(4);
	});

	it("is never nothing", () => {
		for (const row of CATALOGUE) {
			for (const { price } of [row, ...(row.edits ?? [])]) {
				for (const { usd, more = usd } of price?.tiers ?? [])
					expect([row.id, usd > 0 && more > 0]).toEqual([row.id, true]);
				// The last one fits any picture.
				const last = price?.tiers.at(-1);
				expect([row.id, last?.when, last?.upTo]).toEqual([row.id, undefined, undefined]);
			}
		}
	});
});

describe("priceRows", () => {
	it("lists each tier with what makes the difference", () => {
		const rows = (name: string) => {
			const model = resolveModel(name);
			return model && priceRows(model);
		};
		expect(rows("seedream-5.5")).toEqual([
			{ billable: "output_image", unit: "image", cost_usd: 0.03, variant: "up to 2610000 pixels" },
			{ billable: "output_image", unit: "image", cost_usd: 0.0405, variant: null },
		]);
		expect(rows("ideogram-v4")).toEqual([
			{ billable: "output_image", unit: "megapixel", cost_usd: 0.06, variant: "rendering_speed TURBO" },
			{ billable: "output_image", unit: "megapixel", cost_usd: 0.13, variant: "rendering_speed QUALITY" },
			{ billable: "output_image", unit: "megapixel", cost_usd: 0.09, variant: null },
		]);
		expect(rows("flux-schnell")).toEqual([
			{ billable: "output_image", unit: "megapixel", cost_usd: 0.003, variant: null },
		]);
		expect(rows("gpt-image-1.5")).toEqual([]);
	});
});

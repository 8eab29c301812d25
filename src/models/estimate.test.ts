import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeEdit, makeInput, makeRequest, makeTraits } from "../../test/support/make.ts";
import { CATALOGUE } from "./catalogue/index.ts";
import { endpointsToPrice, estimateOf, type Pricing, parsePrice, parsePrices, reserveOf } from "./estimate.ts";
import { resolveModel } from "./names.ts";
import { NOTHING_PUBLISHED, type Published } from "./published-price.ts";
import type { ImageRequest } from "./request.ts";

const SIZELESS = makeTraits({ dialect: { kind: "none" }, shape: "auto" });
const PRICING: Pricing = { own: new Map(), fallback: 0.1 };

function estimate(
	overrides: Partial<ImageRequest>,
	pricing = PRICING,
	mayReroute = true,
	published: Published = NOTHING_PUBLISHED,
) {
	return estimateOf(
		{ request: makeRequest({ size: { kind: "auto" }, ...overrides }), traits: null, mayReroute },
		pricing,
		published,
	);
}

function priced(prices: string): Pricing {
	return { own: parsePrices(prices) ?? new Map(), fallback: 0.1 };
}

describe("the estimate of a picture", () => {
	it.each<readonly [what: string, asked: Partial<ImageRequest>, micro: number]>([
		["has the catalogue's price", { model: "nano-banana-pro" }, 150_000],
		["has the price of its quality", { model: "nano-banana-pro", quality: "high", resolution: "4K" }, 300_000],
		[
			"has the price of its size",
			{ model: "flux-schnell", size: { kind: "pixels", width: 2048, height: 2048 } },
			12_000,
		],
		["is the dearest if the model chooses", { model: "gpt-image-2" }, 410_000],
		["has the price of a field of fal's", { model: "nano-banana-2", fal: { resolution: "0.5K" } }, 60_000],
		["has the edit endpoint's price", { ...makeEdit(), model: "seedream-5-lite" }, 35_000],
		[
			"has the price of the model that edits for it",
			{ ...makeEdit(), model: "imagen4-preview", size: { kind: "auto" } },
			80_000,
		],
		[
			"counts the pictures brought along",
			{
				model: "flux-2-pro",
				size: { kind: "pixels", width: 1024, height: 1024 },
				inputs: [makeInput({ width: 1024, height: 1024 }), makeInput({ width: 2048, height: 1024 })],
			},
			75_000,
		],
	])("%s", (_, asked, micro) => {
		expect(estimate(asked)).toMatchObject({ perPicture: micro, known: true });
	});

	it.each(["gpt-image-1.5", "fal-ai/new/thing"])("of %s, whose price nobody has told, is the default", (model) => {
		expect(estimate({ model })).toEqual({ perPicture: 100_000, known: false });
	});

	it("of a model by fal's schema is the default, or the operator's", () => {
		const asked = { request: makeRequest({ model: "fal-ai/new/thing" }), traits: SIZELESS, mayReroute: true };
		expect(estimateOf(asked, PRICING, NOTHING_PUBLISHED)).toEqual({ perPicture: 100_000, known: false });
		expect(estimateOf(asked, priced("fal-ai/new/thing=0.5"), NOTHING_PUBLISHED)).toEqual({
			perPicture: 500_000,
			known: true,
		});
	});

	it("is the default if the request cannot be asked any more", () => {
		expect(estimate({ model: "no model" })).toEqual({ perPicture: 100_000, known: false });
		expect(estimate({ ...makeEdit(), model: "no model" })).toEqual({ perPicture: 100_000, known: false });
		expect(estimate({ model: "nano-banana-pro", n: 0 })).toMatchObject({ perPicture: 100_000, known: false });
	});

	it("is never nothing, whatever the model, for a picture and for its unit", () => {
		const models = CATALOGUE.flatMap(({ id, endpoint }) => [id, endpoint]);
		const sides = fc.integer({ min: 1, max: 8192 });
		fc.assert(
			fc.property(fc.constantFrom(...models), sides, sides, fc.boolean(), (model, width, height, edits) => {
				const inputs = edits ? { inputs: [makeInput()] } : {};
				const {
					perPicture,
					successor = 1,
					unit = 1,
				} = estimate({
					model: resolveModel(model)?.id ?? model,
					size: { kind: "pixels", width, height },
					...inputs,
				});
				expect([perPicture, successor, unit].every((micro) => Number.isSafeInteger(micro) && micro > 0)).toBe(true);
			}),
		);
	});
});

describe("the operator's prices", () => {
	it("stand above the catalogue's, by any name, whatever is asked", () => {
		const pricing = priced("fal-ai/nano-banana-pro=0.2");
		expect(estimate({ model: "nano-banana-pro", quality: "high", resolution: "4K" }, pricing)).toMatchObject({
			perPicture: 200_000,
			known: true,
		});
	});

	it("may be the edits' own", () => {
		const pricing = priced("nano-banana-2=0.01 fal-ai/nano-banana-2/edit=0.02");
		expect(estimate({ model: "nano-banana-2" }, pricing).perPicture).toBe(10_000);
		expect(estimate({ ...makeEdit(), model: "nano-banana-2" }, pricing).perPicture).toBe(20_000);
	});

	it("may be of a model that takes over", () => {
		expect(estimate({ model: "imagen4-preview" }, priced("nano-banana-2=0.5")).successor).toBe(500_000);
	});

	it.each([
		["0", 0],
		["0.05", 0.05],
		["1000", 1_000],
		["1000.01", null],
		["-1", null],
		["1e3", null],
		[".5", null],
		["$1", null],
		["", null],
	])("read %j as %s", (text, usd) => {
		expect(parsePrice(text)).toBe(usd);
	});

	it.each(["flux-dev", "=1", "flux-dev=", "flux-dev=1=2", "no model!=1", "flux-dev=1,x y=2"])("are not %j", (text) => {
		expect(parsePrices(text)).toBeNull();
	});

	it("may be none", () => {
		expect(parsePrices(" , ")).toEqual(new Map());
	});
});

describe("a model that may take over", () => {
	it("has a price of its own", () => {
		expect(estimate({ model: "imagen4-preview" })).toEqual({ perPicture: 100_000, known: false, successor: 80_000 });
	});

	it("has none if it may not", () => {
		expect(estimate({ model: "imagen4-preview" }, PRICING, false)).toEqual({ perPicture: 100_000, known: false });
	});
});

describe("the price of a billable unit", () => {
	it.each([
		["of a picture", "nano-banana", 39_800],
		["of a megapixel", "flux-schnell", 3_000],
		["is not told of a price with tiers", "nano-banana-2", undefined],
		["is not told of a price whose first megapixel is dearer", "flux-2-pro", undefined],
		["is not told if nobody knows", "gpt-image-1.5", undefined],
	])("%s", (_, model, micro) => {
		expect(estimate({ model }).unit).toBe(micro);
	});

	it("is not told of the operator's own price", () => {
		expect(estimate({ model: "nano-banana" }, priced("nano-banana=0.04")).unit).toBeUndefined();
	});
});

describe("a price that fal publishes", () => {
	const published = (endpoint: string, unit: string, usd: number): Published => new Map([[endpoint, { usd, unit }]]);

	it.each<readonly [what: string, asked: Partial<ImageRequest>, published: Published, expected: object]>([
		[
			"fills in for a row without one",
			{ model: "gpt-image-1.5" },
			published("fal-ai/gpt-image-1.5", "images", 0.05),
			{ perPicture: 50_000, known: true, unit: 50_000 },
		],
		[
			"stands above a plain one of the catalogue",
			{ model: "nano-banana" },
			published("fal-ai/nano-banana", "image", 0.045),
			{ perPicture: 45_000, known: true, unit: 45_000 },
		],
		[
			"counts megapixels by the size that is asked for",
			{ model: "flux-schnell", size: { kind: "pixels", width: 2048, height: 1024 } },
			published("fal-ai/flux/schnell", "Megapixels ", 0.004),
			{ perPicture: 8_000, known: true, unit: 4_000 },
		],
		[
			"leaves a price with tiers",
			{ model: "nano-banana-pro", quality: "high", resolution: "4K" },
			published("fal-ai/nano-banana-pro", "images", 0.15),
			{ perPicture: 300_000, known: true },
		],
		[
			"of another unit is that of a unit only",
			{ model: "gpt-image-1.5" },
			published("fal-ai/gpt-image-1.5", "compute_second", 0.0011),
			{ perPicture: 100_000, known: false, unit: 1_100 },
		],
		[
			"is that of the endpoint which edits",
			{ ...makeEdit(), model: "seedream-5-lite" },
			published("bytedance/seedream/v5/lite/edit", "images", 0.05),
			{ perPicture: 50_000, known: true, unit: 50_000 },
		],
		[
			"is none of another endpoint",
			{ model: "gpt-image-1.5" },
			published("fal-ai/gpt-image-1.5/edit", "images", 0.05),
			{ perPicture: 100_000, known: false },
		],
	])("%s", (_, asked, prices, expected) => {
		expect(estimate(asked, PRICING, true, prices)).toEqual(expected);
	});

	it("of a megapixel goes by the size that fal's schema lets be sent", () => {
		const size = { kind: "pixels", width: 2048, height: 2048 } as const;
		const asked = { request: makeRequest({ model: "fal-ai/new/thing", size }), traits: null, mayReroute: true };
		const prices = published("fal-ai/new/thing", "megapixels", 0.01);
		expect(estimateOf(asked, PRICING, prices).perPicture).toBe(40_000);
		expect(estimateOf({ ...asked, traits: SIZELESS }, PRICING, prices).perPicture).toBe(10_000);
	});

	it("is that of a model which takes over, too", () => {
		const prices = published("fal-ai/imagen4/preview", "image", 0.04);
		expect(estimate({ model: "imagen4-preview" }, PRICING, true, prices)).toEqual({
			perPicture: 40_000,
			known: true,
			unit: 40_000,
			successor: 80_000,
		});
	});

	it("stands below the operator's", () => {
		const prices = published("fal-ai/nano-banana", "image", 0.045);
		expect(estimate({ model: "nano-banana" }, priced("nano-banana=0.05"), true, prices)).toEqual({
			perPicture: 50_000,
			known: true,
		});
	});

	it("is asked for the endpoints that may draw, but not for one that the operator has priced", () => {
		const ask = (pricing: Pricing, mayReroute: boolean) =>
			endpointsToPrice({ request: makeRequest({ model: "imagen4-preview" }), traits: null, mayReroute }, pricing);
		expect(ask(PRICING, true)).toEqual(["fal-ai/imagen4/preview", "fal-ai/nano-banana-2"]);
		expect(ask(PRICING, false)).toEqual(["fal-ai/imagen4/preview"]);
		expect(ask(priced("imagen4-preview=0.04"), true)).toEqual(["fal-ai/nano-banana-2"]);
	});
});

describe("a request's reservation", () => {
	it.each([
		[{ perPicture: 80_000, known: true }, 4, 320_000],
		[{ perPicture: 80_000, known: true, successor: 30_000 }, 4, 320_000],
		[{ perPicture: 30_000, known: true, successor: 80_000 }, 2, 160_000],
	])("of %j for %i pictures is %i", (picture, pictures, micro) => {
		expect(reserveOf(picture, pictures)).toBe(micro);
	});
});

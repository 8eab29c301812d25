/** Prices of fal, as far as the simulator knows them, written out by hand from fal's pages: data, and how fal counts units. */
import type { ImageInput } from "./input.ts";
import type { Fields } from "./json.ts";

/** `unitPrice` is as it stands in the answer: not always a price. */
export type Price = { unit: string; unitPrice: number | string; currency?: string };

/**
 * Unit prices of fal's pricing route, which knows no other model of the simulator. The first are as recorded in September 2026. The
 * others are none of fal's: each has something that a price may have.
 */
export const PRICES: Readonly<Record<string, Price>> = {
	"fal-ai/nano-banana": { unit: "image", unitPrice: 0.0398 },
	"fal-ai/nano-banana-2": { unit: "image", unitPrice: 0.08 },
	"fal-ai/nano-banana-pro": { unit: "image", unitPrice: 0.15 },
	"fal-ai/flux/schnell": { unit: "megapixel", unitPrice: 0.003 },
	"fal-ai/flux/dev": { unit: "megapixel", unitPrice: 0.025 },
	"fal-ai/lumina-image/v2": { unit: "images", unitPrice: 0.02 },
	"fal-ai/sana": { unit: "megapixels", unitPrice: 0.001 },
	"fal-ai/playground-v25": { unit: "requests", unitPrice: 0.03 },
	"fal-ai/fast-sdxl": { unit: "compute_second", unitPrice: 0.00111 },
	"fal-ai/kolors": { unit: "30 frames", unitPrice: 0.02 },
	"fal-ai/omnigen-v1": { unit: "images", unitPrice: 0 },
	"fal-ai/omnigen-v2": { unit: "images", unitPrice: -1 },
	"fal-ai/aura-flow": { unit: "images", unitPrice: "0.05" },
	"fal-ai/cogview4": { unit: "images", unitPrice: 0.1, currency: "EUR" },
};

/** The simulator's own charge for a unit, in millionths of a dollar. */
type Rate = {
	unit: Price["unit"];
	microUsd: number;
	by?: readonly [field: string, microUsd: Readonly<Record<string, number>>];
};

const BANANA_2: Rate = {
	unit: "image",
	microUsd: 80_000,
	by: ["resolution", { "0.5K": 60_000, "2K": 120_000, "4K": 160_000 }],
};

const RATES: Readonly<Record<string, Rate>> = {
	"fal-ai/imagen4/preview": { unit: "image", microUsd: 50_000 },
	"fal-ai/nano-banana": { unit: "image", microUsd: 39_800 },
	"fal-ai/nano-banana-2": BANANA_2,
	"fal-ai/nano-banana-2/edit": BANANA_2,
	"fal-ai/nano-banana-pro": { unit: "image", microUsd: 150_000, by: ["resolution", { "4K": 300_000 }] },
	"fal-ai/flux/schnell": { unit: "megapixel", microUsd: 3_000 },
	"fal-ai/flux/dev": { unit: "megapixel", microUsd: 25_000 },
	"fal-ai/bytedance/seedream/v4/text-to-image": { unit: "image", microUsd: 30_000 },
};

const MEGAPIXEL = 1024 * 1024;

/** Counts a megapixel that is begun as a whole one. */
export function unitsOf(
	endpoint: string,
	{ count, size: [width, height] }: Pick<ImageInput, "count" | "size">,
): number {
	const { unit = "image" } = RATES[endpoint] ?? PRICES[endpoint] ?? {};
	return unit.startsWith("megapixel") ? count * Math.ceil((width * height) / MEGAPIXEL) : count;
}

/** Returns null for an endpoint that the simulator has no rate for. @param body Of the submit */
export function rateOf(endpoint: string, body: Fields): number | null {
	const rate = RATES[endpoint];
	if (rate === undefined) return null;
	const [field, rates] = rate.by ?? ["", {}];
	return rates[String(body[field])] ?? rate.microUsd;
}

/** The charge for a unit of a model that has neither a rate nor a price here. */
const BILLED_USD = 0.05;

/** Returns what a unit is billed at, in dollars. @param body Of the submit */
export function billedUsd(endpoint: string, body: Fields): number {
	const rate = rateOf(endpoint, body);
	const price = PRICES[endpoint]?.unitPrice;
	if (rate !== null) return rate / 1e6;
	return typeof price === "number" && price > 0 ? price : BILLED_USD;
}

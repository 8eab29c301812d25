/** Says what a picture costs at fal, before it is drawn. */

import type { Json, JsonObject } from "../json-value.ts";
import type { Endpoint, Price, PriceTier } from "./catalogue/types.ts";
import { readSizeOf } from "./fal-input.ts";
import { type InputPicture, sizeOfFirst, sizeOfInput } from "./request.ts";
import { sideOfLevel } from "./resolution.ts";

const MEGAPIXEL = 1024 * 1024;
/** Of a picture that has the size of what was brought along, or of one that is drawn after it, if nobody tells that size. */
const MEGAPIXELS_OF_EDIT = 4;

/** The fields in which endpoints that enlarge a picture take a factor for its sides. */
const FACTOR_FIELDS = ["upscale_factor", "scale_factor", "scale"];
/** The largest factor that an endpoint of fal's has by itself: `fal-ai/aura-sr`. */
const UNKNOWN_FACTOR = 4;
/** The field in which they take the shorter side, as `2160p`, and the word that makes it count. */
const TARGET = { field: "target_resolution", mode: "upscale_mode", word: "target" } as const;

/**
 * Returns the most that one picture of a body can cost, in USD; null if nobody has told what its endpoint costs.
 * @param input The body for fal, as `toFalInput` returns it @param inputs The pictures brought along
 */
export function priceOf(endpoint: Endpoint, input: JsonObject, inputs: readonly InputPicture[] = []): number | null {
	const { price } = endpoint;
	if (price === undefined) return null;
	const pixels = pixelsAskedFor(endpoint, input);
	const tier = price.tiers.find((candidate) => fits(candidate, input, pixels));
	if (tier === undefined) return null;
	const extras = (price.extras ?? []).reduce(
		(sum, [field, value, usd]) => sum + (holds(input[field], value) ? usd : 0),
		0,
	);
	if (price.per === "image") return tier.usd + extras;
	const made = pixels === null ? megapixelsDrawnFrom(endpoint, input, inputs) : Math.ceil(pixels / MEGAPIXEL);
	const brought = price.countsInputs ? inputs.reduce((sum, picture) => sum + megapixelsOf(picture), 0) : 0;
	return tier.usd + (tier.more ?? tier.usd) * (made - 1 + brought) + (price.plus ?? 0) + extras;
}

function holds(value: Json | undefined, wanted: string | boolean): boolean {
	if (typeof wanted === "boolean" || !wanted.endsWith("*")) return value === wanted;
	return typeof value === "string" && value.startsWith(wanted.slice(0, -1));
}

/** Returns the pixels of the size or the resolution in a body; null if it has none. */
function pixelsAskedFor(endpoint: Endpoint, input: JsonObject): number | null {
	const size = readSizeOf(endpoint, input)?.size;
	if (size?.kind === "pixels") return size.width * size.height;
	const side = typeof input.resolution === "string" ? sideOfLevel(input.resolution) : null;
	return side === null ? null : side ** 2 * MEGAPIXEL;
}

/** Of a picture without a size: that of what was brought along, enlarged if that is what the endpoint does. */
function megapixelsDrawnFrom(endpoint: Endpoint, input: JsonObject, inputs: readonly InputPicture[]): number {
	if (endpoint.images === undefined) return 1;
	const first = sizeOfFirst({ inputs });
	const factor = factorOf(endpoint, input);
	if (first === null || factor === 1) return MEGAPIXELS_OF_EDIT * factor ** 2;
	const shortSide = Number.parseInt(String(input[TARGET.field]), 10);
	const isTarget = input[TARGET.mode] === TARGET.word && shortSide > 0;
	const times = isTarget ? shortSide / Math.min(first.width, first.height) : factor;
	return Math.ceil((first.width * first.height * times ** 2) / MEGAPIXEL);
}

function factorOf({ enlarges, inputs }: Endpoint, input: JsonObject): number {
	const asked = FACTOR_FIELDS.map((field) => input[field]).find((value) => typeof value === "number");
	if (asked !== undefined) return Math.max(1, asked);
	return enlarges ?? (inputs?.includes("upscale_factor") ? UNKNOWN_FACTOR : 1);
}

/** A size that is not known fits only where no size is asked about: at the dearest. */
function fits({ when, upTo }: PriceTier, input: JsonObject, pixels: number | null): boolean {
	return (
		(when === undefined || input[when[0]] === when[1]) && (upTo === undefined || (pixels !== null && pixels <= upTo))
	);
}

function megapixelsOf(input: InputPicture): number {
	const size = sizeOfInput(input);
	return size === null ? MEGAPIXELS_OF_EDIT : Math.ceil((size.width * size.height) / MEGAPIXEL);
}

/** A price as data for whoever compares models, in the words of OpenRouter's list of image models. */
export interface PriceRow {
	readonly billable: "output_image";
	readonly unit: Price["per"];
	readonly cost_usd: number;
	/** Names the condition of this price, such as `resolution 4K`; null for the usual picture. */
	readonly variant: string | null;
}

/** Returns a row for each tier of a price; none if nobody has told it. */
export function priceRows({ price }: Endpoint): readonly PriceRow[] {
	if (price === undefined) return [];
	const { per, tiers, plus = 0 } = price;
	return tiers.map(({ usd, when, upTo }) => ({
		billable: "output_image" as const,
		unit: per,
		cost_usd: Math.round((usd + plus) * 1e6) / 1e6,
		variant: [...(when ?? []), ...(upTo === undefined ? [] : [`up to ${upTo} pixels`])].join(" ") || null,
	}));
}

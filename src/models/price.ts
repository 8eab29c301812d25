/** Says what a picture costs at fal, before it is drawn. */

import type { JsonObject } from "../json-value.ts";
import type { Endpoint, Price, PriceTier } from "./catalogue/types.ts";
import { type InputPicture, sizeOfInput } from "./request.ts";
import { parseFalSize } from "./size.ts";

const MEGAPIXEL = 1024 * 1024;
/** Of a picture that has the size of what was brought along: no model draws a larger one by itself. */
const MEGAPIXELS_OF_EDIT = 4;

/**
 * Returns the most that one picture of a body can cost, in USD; null if nobody has told what its endpoint costs.
 * @param input The body for fal, as `toFalInput` returns it @param inputs The pictures brought along
 */
export function priceOf(
	{ price, images }: Endpoint,
	input: JsonObject,
	inputs: readonly InputPicture[] = [],
): number | null {
	if (price === undefined) return null;
	const size = parseFalSize(input.image_size);
	const pixels = size?.kind === "pixels" ? size.width * size.height : null;
	const tier = price.tiers.find((candidate) => fits(candidate, input, pixels));
	if (tier === undefined) return null;
	if (price.per === "image") return tier.usd;
	const made = pixels === null ? (images === undefined ? 1 : MEGAPIXELS_OF_EDIT) : Math.ceil(pixels / MEGAPIXEL);
	const brought = price.countsInputs ? inputs.reduce((sum, picture) => sum + megapixelsOf(picture), 0) : 0;
	return tier.usd + (tier.more ?? tier.usd) * (made - 1 + brought) + (price.plus ?? 0);
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

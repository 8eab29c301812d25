/** Estimates what the pictures of a request cost at most, before anything is sent to fal. */

import { type MicroUsd, toMicroUsd } from "../money.ts";
import type { Endpoint, Model, SchemaTraits } from "./catalogue/types.ts";
import { drawerOf } from "./drawer.ts";
import { toFalInput } from "./fal-input.ts";
import { resolveModel, successorOf } from "./names.ts";
import { priceOf } from "./price.ts";
import { isPlain, type Published, withPublished } from "./published-price.ts";
import type { ImageRequest } from "./request.ts";
import { toSchemaModel } from "./submission.ts";

/** The operator's settings PRICES and DEFAULT_PRICE, in USD a picture. */
export interface Pricing {
	/** By the ids of models and of endpoints that edit. They stand above the catalogue's prices. */
	readonly own: ReadonlyMap<string, number>;
	/** Of a picture whose price nobody has told. */
	readonly fallback: number;
}

/** The price of one picture, as it was estimated when the job was accepted. */
export interface PictureEstimate {
	/** At most. */
	readonly perPicture: MicroUsd;
	/** False: nobody has told what the model costs, and the operator's default stands for it. */
	readonly known: boolean;
	/** The same for a picture of the model that may take over. Absent: none may. */
	readonly successor?: MicroUsd;
	/** Of a unit of `billableUnits`. Absent: nobody has told. */
	readonly unit?: MicroUsd;
}

const MAX_USD = 1_000;
const PRICE = /^\d{1,5}(?:\.\d{1,9})?$/;

/** Reads a price in USD; null if it is none, or above 1000. */
export function parsePrice(text: string): number | null {
	const usd = PRICE.test(text) ? Number(text) : Number.NaN;
	return usd <= MAX_USD ? usd : null;
}

/** Reads PRICES: `name=usd` with commas or spaces between them. Null if one names no model, or has no price. */
export function parsePrices(text: string): ReadonlyMap<string, number> | null {
	const entries = text
		.split(/[\s,]+/)
		.filter((entry) => entry !== "")
		.map((entry) => {
			const [name = "", usd = "", ...rest] = entry.split("=");
			return { id: resolveModel(name)?.id ?? null, usd: rest.length === 0 ? parsePrice(usd) : null };
		});
	const prices = entries.flatMap(({ id, usd }) => (id === null || usd === null ? [] : [[id, usd] as const]));
	return prices.length === entries.length ? new Map(prices) : null;
}

export interface Estimated {
	readonly request: ImageRequest;
	/** As the request was accepted with. Null: the catalogue knows how its model is asked, or nobody. */
	readonly traits: SchemaTraits | null;
	/** False: no other model may take over. */
	readonly mayReroute: boolean;
}

/** Estimates one picture of a request. It is never more, as far as prices are known: at the dearest for its size, quality and inputs. */
export function estimateOf(estimated: Estimated, pricing: Pricing, published: Published): PictureEstimate {
	const { request } = estimated;
	const { model, successor } = drawersOf(estimated);
	const { usd, unit } = priceBy(model, request, pricing, published);
	const other = successor === null ? null : priceBy(successor, request, pricing, published);
	return {
		perPicture: toMicroUsd(usd ?? pricing.fallback),
		known: usd !== null,
		...(other === null ? {} : { successor: toMicroUsd(other.usd ?? pricing.fallback) }),
		...(unit === null ? {} : { unit: toMicroUsd(unit) }),
	};
}

/** Returns the endpoints whose published prices an estimate goes by: those that may draw, but for what the operator has priced. */
export function endpointsToPrice(estimated: Estimated, { own }: Pricing): readonly string[] {
	const { model, successor } = drawersOf(estimated);
	return [model, successor].flatMap((drawer) =>
		drawer === null || own.has(drawer.endpoint) || own.has(drawer.id) ? [] : [drawer.endpoint],
	);
}

/** @returns Of the successor null if none may take over */
function drawersOf({ request, traits, mayReroute }: Estimated) {
	const drawerBy = (model: Model | null) => (model === null ? null : drawerOf(model, request));
	const successor = mayReroute ? successorOf(request.model) : null;
	return {
		model: drawerBy(traits === null ? resolveModel(request.model) : toSchemaModel(request.model, traits)),
		successor: successor === null ? null : drawerBy(resolveModel(successor)),
	};
}

/** Returns what is reserved for a whole request: whichever of the models that may draw is the dearest. */
export function reserveOf({ perPicture, successor = 0 }: PictureEstimate, pictures: number): MicroUsd {
	return Math.max(perPicture, successor) * pictures;
}

interface KnownPrice {
	/** Of a picture. Null: nobody has told. */
	readonly usd: number | null;
	/** Of a billable unit. Null: nobody has told. */
	readonly unit: number | null;
}

const UNKNOWN: KnownPrice = { usd: null, unit: null };

function priceBy(drawer: Model | null, request: ImageRequest, { own }: Pricing, published: Published): KnownPrice {
	if (drawer === null) return UNKNOWN;
	const told = own.get(drawer.endpoint) ?? own.get(drawer.id);
	if (told !== undefined) return { usd: told, unit: null };
	const falInput = toFalInput(drawer, { ...request, n: Math.min(request.n, drawer.maxImages) });
	if (!falInput.ok) return UNKNOWN;
	return {
		usd: priceOf(withPublished(drawer, published), falInput.value.input, request.inputs),
		unit: unitPriceOf(drawer, published),
	};
}

/** Returns the price of a unit, if no price of the catalogue has tiers: fal does not say how it counts units then. */
function unitPriceOf({ endpoint, price }: Endpoint, published: Published): number | null {
	if (!isPlain(price)) return null;
	return published.get(endpoint)?.usd ?? price?.tiers[0]?.usd ?? null;
}

/** Takes the unit price that fal publishes of an endpoint for the price of its pictures, where it is one. */

import type { Endpoint, Price } from "./catalogue/types.ts";

/** The price that fal publishes of an endpoint. It charges units of it. */
export interface UnitPrice {
	/** Above 0. */
	readonly usd: number;
	/** In fal's words. */
	readonly unit: string;
}

/** What fal is known to publish, by endpoint. */
export type Published = ReadonlyMap<string, UnitPrice>;

export const NOTHING_PUBLISHED: Published = new Map();

/** fal's units that are those of a picture. A request makes a picture at least, so a picture costs no more. Of any other unit nobody knows how many a picture takes. */
const UNITS: ReadonlyMap<string, Price["per"]> = new Map([
	["image", "image"],
	["images", "image"],
	["megapixel", "megapixel"],
	["megapixels", "megapixel"],
	["request", "image"],
	["requests", "image"],
]);

/**
 * Returns an endpoint with fal's published price, which is newer than the catalogue's. A price of the catalogue that depends on something
 * stays: fal publishes the price of a unit, and not how many units such a picture takes.
 */
export function withPublished<E extends Endpoint>(endpoint: E, published: Published): E {
	const { price } = endpoint;
	const told = published.get(endpoint.endpoint);
	if (told === undefined) return endpoint;
	const per = UNITS.get(told.unit.trim().toLowerCase());
	if (per === undefined || !isPlain(price)) return endpoint;
	const inputs = price?.countsInputs === true && per === price.per ? { countsInputs: true } : {};
	return { ...endpoint, price: { per, tiers: [{ usd: told.usd }], ...inputs } };
}

/** True for a price that depends on nothing but the size, and for none. */
export function isPlain(price: Price | undefined): boolean {
	if (price === undefined) return true;
	const { tiers, plus, extras } = price;
	const isFlat = tiers.length === 1 && tiers.every(({ more }) => more === undefined);
	return isFlat && plus === undefined && extras === undefined;
}

/**
 * Reads the unit prices that fal publishes. Source: fal's page "Pricing" (fal.ai/docs/platform-apis/v1/models/pricing). It does not say
 * what its answer has of an endpoint without a price.
 */

import * as z from "zod/mini";
import type { Published, UnitPrice } from "../models/published-price.ts";
import { validate } from "../validate.ts";
import { parseJson } from "./json.ts";

/** An endpoint's price as it was read; null if fal published none, or none that can be. */
export interface PriceEntry {
	readonly price: UnitPrice | null;
	/** Milliseconds since 1970. */
	readonly readAt: number;
}

/** By endpoint. */
export type PriceTable = ReadonlyMap<string, PriceEntry>;

const MAX_USD = 1_000;
const MAX_CHARS = 200;
const MAX_ENTRIES = 1_000;

const ANY = z.array(z.unknown());
const Answer = z.object({ prices: ANY });
const Stated = z.object({
	endpoint_id: z.string().check(z.maxLength(MAX_CHARS)),
	unit_price: z.number().check(z.gt(0), z.lte(MAX_USD)),
	unit: z.string().check(z.maxLength(MAX_CHARS)),
	currency: z.literal("USD"),
});

/** Reads fal's answer. Leaves out what is no price in USD above 0. Null if it is no list of prices. */
export function readUnitPrices(text: string): Published | null {
	const answer = validate(Answer, parseJson(text));
	if (!answer.success) return null;
	const stated = answer.data.prices.map((entry) => validate(Stated, entry));
	return new Map(
		stated.flatMap(({ data }) =>
			data === undefined ? [] : [[data.endpoint_id, { usd: data.unit_price, unit: data.unit }] as const],
		),
	);
}

const Kept = z.tuple([
	z.string(),
	z.object({
		price: z.nullable(z.object({ usd: z.number().check(z.gt(0), z.lte(MAX_USD)), unit: z.string() })),
		readAt: z.number(),
	}),
]);

/** Reads a table that `toTableText` wrote. Leaves out what cannot be read. */
export function readTableText(text: string): PriceTable {
	const { data: rows } = validate(ANY, parseJson(text));
	if (rows === undefined) return new Map();
	return new Map(
		rows.flatMap((row) => {
			const { data } = validate(Kept, row);
			return data === undefined ? [] : [data];
		}),
	);
}

export function toTableText(table: PriceTable): string {
	return JSON.stringify([...table]);
}

/** Puts two tables together: of each endpoint what was read last. Of too many endpoints those go that have no price, and that were read first. */
export function mergeTables(a: PriceTable, b: PriceTable): PriceTable {
	const rows = [...a, ...b].toSorted(([, one], [, other]) => one.readAt - other.readAt);
	const isPriced = ([, { price }]: readonly [string, PriceEntry]) => price !== null;
	const kept = [...new Map(rows)].toSorted((x, y) => Number(isPriced(x)) - Number(isPriced(y)));
	return new Map(kept.slice(-MAX_ENTRIES));
}

/** Returns the prices of a table. */
export function publishedIn(table: PriceTable): Published {
	return new Map([...table].flatMap(([endpoint, { price }]) => (price === null ? [] : [[endpoint, price]])));
}

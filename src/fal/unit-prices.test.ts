import { describe, expect, it } from "vitest";
import {
	mergeTables,
	type PriceEntry,
	type PriceTable,
	publishedIn,
	readTableText,
	readUnitPrices,
	toTableText,
} from "./unit-prices.ts";

const PRICE = { endpoint_id: "fal-ai/flux/dev", unit_price: 0.025, unit: "megapixels", currency: "USD" };
const read = (entry: object) => readUnitPrices(JSON.stringify({ prices: [{ ...PRICE, ...entry }] }));

describe("readUnitPrices", () => {
	it("reads a price by its endpoint, whatever else the answer says", () => {
		const text = JSON.stringify({ prices: [{ ...PRICE, more: 1 }], next_cursor: null, has_more: false });
		expect(readUnitPrices(text)).toEqual(new Map([["fal-ai/flux/dev", { usd: 0.025, unit: "megapixels" }]]));
	});

	it.each<readonly [what: string, entry: object]>([
		["free", { unit_price: 0 }],
		["below nothing", { unit_price: -0.01 }],
		["no number", { unit_price: "0.01" }],
		["missing", { unit_price: null }],
		["above what can be", { unit_price: 1_001 }],
		["in another currency", { currency: "EUR" }],
		["without a currency", { currency: undefined }],
		["without a unit", { unit: undefined }],
		["of a unit with no end", { unit: "x".repeat(201) }],
		["of nothing", { endpoint_id: 7 }],
	])("leaves out a price that is %s, and keeps the others", (_, entry) => {
		expect(read(entry)).toEqual(new Map());
		const beside = JSON.stringify({ prices: [{ ...PRICE, ...entry }, null, "x", { ...PRICE, endpoint_id: "other" }] });
		expect(readUnitPrices(beside)).toEqual(new Map([["other", { usd: 0.025, unit: "megapixels" }]]));
	});

	it("takes a price up to its bound", () => {
		expect(read({ unit_price: 1_000 })?.get("fal-ai/flux/dev")).toEqual({ usd: 1_000, unit: "megapixels" });
	});

	it.each(["", "<html>", "null", "[]", "{}", '{"prices":{}}', '{"prices":null}'])("takes %j for no list", (text) => {
		expect(readUnitPrices(text)).toBeNull();
	});
});

const PRICED: PriceEntry = { price: { usd: 0.1, unit: "images" }, readAt: 5 };
const UNPRICED: PriceEntry = { price: null, readAt: 6 };

describe("a table of prices", () => {
	it("is the same after it was written and read", () => {
		const table: PriceTable = new Map([
			["a", PRICED],
			["b", UNPRICED],
		]);
		expect(readTableText(toTableText(table))).toEqual(table);
	});

	it.each(["", "{}", '[["a"]]', '[["a",{"price":{"usd":0,"unit":"images"},"readAt":5}]]', '[["a",{"readAt":5}]]'])(
		"that reads %j is empty",
		(text) => {
			expect(readTableText(text)).toEqual(new Map());
		},
	);

	it("has of each endpoint what was read last", () => {
		const older: PriceTable = new Map([
			["a", PRICED],
			["b", UNPRICED],
		]);
		const newer: PriceTable = new Map([["a", { price: { usd: 0.2, unit: "images" }, readAt: 9 }]]);
		const merged = new Map([...older, ...newer]);
		expect(mergeTables(older, newer)).toEqual(merged);
		expect(mergeTables(newer, older)).toEqual(merged);
	});

	it("has a thousand endpoints at most, those with a price and those read last before others", () => {
		const rows = Array.from({ length: 1_000 }, (_, at) => [`n${at}`, { price: null, readAt: at + 10 }] as const);
		const merged = mergeTables(new Map([["a", PRICED]]), new Map(rows));
		expect(merged.size).toBe(1_000);
		expect([merged.has("a"), merged.has("n0"), merged.has("n1")]).toEqual([true, false, true]);
	});

	it("publishes what has a price", () => {
		const table: PriceTable = new Map([
			["a", PRICED],
			["b", UNPRICED],
		]);
		expect(publishedIn(table)).toEqual(new Map([["a", { usd: 0.1, unit: "images" }]]));
	});
});

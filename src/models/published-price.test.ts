import { describe, expect, it } from "vitest";
import type { Price } from "./catalogue/types.ts";
import { resolveModel } from "./names.ts";
import { withPublished } from "./published-price.ts";

/** An endpoint with this price, after fal published one of its own. */
function priceWith(price: Price | undefined, unit: string, usd = 0.07): Price | undefined {
	const model = resolveModel("fal-ai/new/thing");
	if (model === null) throw new Error("any id of fal's is a model");
	const endpoint = { ...model, ...(price === undefined ? {} : { price }) };
	return withPublished(endpoint, new Map([["fal-ai/new/thing", { usd, unit }]])).price;
}

const IMAGE: Price = { per: "image", tiers: [{ usd: 0.07 }] };
const MEGAPIXEL: Price = { per: "megapixel", tiers: [{ usd: 0.07 }] };

describe("a published price", () => {
	it.each([
		["image", IMAGE],
		["images", IMAGE],
		[" Images", IMAGE],
		["request", IMAGE],
		["requests", IMAGE],
		["megapixel", MEGAPIXEL],
		["megapixels", MEGAPIXEL],
		["processed megapixels", undefined],
		["compute_second", undefined],
		["second", undefined],
		["30 frames", undefined],
		["", undefined],
	])("of a unit named %j", (unit, price) => {
		expect(priceWith(undefined, unit)).toEqual(price);
	});

	it.each<readonly [what: string, before: Price, after: Price]>([
		["takes the place of one for any picture", { per: "image", tiers: [{ usd: 0.05 }] }, IMAGE],
		["takes the place of one of another unit", { per: "megapixel", tiers: [{ usd: 0.05 }] }, IMAGE],
	])("%s", (_, before, after) => {
		expect(priceWith(before, "images")).toEqual(after);
	});

	it("of a megapixel goes on to count the pictures brought along", () => {
		const before: Price = { per: "megapixel", tiers: [{ usd: 0.05 }], countsInputs: true };
		expect(priceWith(before, "megapixels")).toEqual({ ...MEGAPIXEL, countsInputs: true });
		expect(priceWith(before, "images")).toEqual(IMAGE);
	});

	it.each<readonly [what: string, before: Price]>([
		["tiers", { per: "image", tiers: [{ usd: 0.3, when: ["resolution", "4K"] }, { usd: 0.15 }] }],
		["another price behind the first megapixel", { per: "megapixel", tiers: [{ usd: 0.05, more: 0.01 }] }],
		["something added", { per: "megapixel", tiers: [{ usd: 0.05 }], plus: 0.01 }],
		["something added for a field", { per: "image", tiers: [{ usd: 0.05 }], extras: [["search", true, 0.01]] }],
	])("leaves one with %s", (_, before) => {
		expect(priceWith(before, "images")).toEqual(before);
	});
});

import { describe, expect, it } from "vitest";
import { makeModel, makeOperation } from "../../../test/support/console-models.ts";
import { choosable, firstChoice, isRetired, mayBeFalId, priceRange, recentFirst, searched } from "./models.ts";

const NOW = new Date("2026-11-29T12:00:00Z");
const ids = (models: readonly { readonly id: string }[]) => models.map(({ id }) => id);

describe("isRetired", () => {
	it.each([
		[null, false],
		["2026-11-30", false],
		["2026-11-29", true],
		["2026-08-02", true],
	])("of a model that ends on %s is %s", (shutdown_date, isGone) => {
		expect(isRetired({ shutdown_date }, NOW)).toBe(isGone);
	});
});

describe("choosable", () => {
	it("lists each model once, under its own name", () => {
		const rows = [
			makeModel({ id: "darkroom-banana", canonical_slug: "nano-banana-2" }),
			makeModel({ id: "flux-schnell" }),
			makeModel({ id: "nano-banana-2" }),
			makeModel({ id: "darkroom-schnell", canonical_slug: "flux-schnell" }),
		];
		expect(ids(choosable(rows, NOW))).toEqual(["nano-banana-2", "flux-schnell"]);
	});

	it("lists a model under another name if its own is not offered", () => {
		expect(ids(choosable([makeModel({ id: "darkroom", canonical_slug: "imagen4-preview" })], NOW))).toEqual([
			"darkroom",
		]);
	});

	it("lists what is retired last", () => {
		const rows = [makeModel({ id: "old", shutdown_date: "2026-08-02" }), makeModel({ id: "new" })];
		expect(ids(choosable(rows, NOW))).toEqual(["new", "old"]);
	});
});

describe("firstChoice", () => {
	const tool = makeModel({ id: "tool", operations: { generation: null, edit: makeOperation(), masked_edit: null } });
	const old = makeModel({ id: "old", shutdown_date: "2026-08-02" });

	it("is the first that draws from words and is not retired", () => {
		expect(firstChoice([tool, old, makeModel({ id: "new" })], NOW)?.id).toBe("new");
	});

	it("is the first of all if there is none", () => {
		expect(firstChoice([tool, old], NOW)?.id).toBe("tool");
		expect(firstChoice([], NOW)).toBeNull();
	});
});

describe("recentFirst", () => {
	it("puts those that were chosen last before the others, and leaves out what is gone", () => {
		const models = ["a", "b", "c"].map((id) => makeModel({ id }));
		expect(ids(recentFirst(models, ["c", "gone", "b"]))).toEqual(["c", "b", "a"]);
		expect(ids(recentFirst(models, []))).toEqual(["a", "b", "c"]);
	});
});

describe("searched", () => {
	const models = ["gpt-image-2", "nano-banana-2", "fal-ai/flux/krea"].map((id) => makeModel({ id }));
	it.each([
		["", ["gpt-image-2", "nano-banana-2", "fal-ai/flux/krea"]],
		["2 IMAGE", ["gpt-image-2"]],
		["flux/krea", ["fal-ai/flux/krea"]],
		["nothing", []],
	])("finds for %j %j", (search, found) => {
		expect(ids(searched(models, search))).toEqual(found);
	});
});

describe("mayBeFalId", () => {
	it.each([
		["fal-ai/flux/krea", true],
		[" owner/app ", true],
		["flux", false],
		["fal-ai//x", false],
		["https://fal.ai/x", false],
	])("of %j is %s", (text, is) => {
		expect(mayBeFalId(text)).toBe(is);
	});
});

describe("priceRange", () => {
	it("spans all that makes a difference", () => {
		const price = { billable: "output_image", unit: "image" } as const;
		const prices = [
			{ ...price, cost_usd: 0.12, variant: "resolution 2K" },
			{ ...price, cost_usd: 0.06, variant: null },
		];
		expect(priceRange({ prices })).toEqual({ least: 0.06, most: 0.12, per: "image" });
		expect(priceRange({ prices: [] })).toBeNull();
	});
});

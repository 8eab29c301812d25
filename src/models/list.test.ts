import { describe, expect, it } from "vitest";
import { err } from "../result.ts";
import { CATALOGUE } from "./catalogue/index.ts";
import { findRow, listRows } from "./list.ts";
import { type OfferedModels, parseOffered } from "./names.ts";

const ALL: OfferedModels = { kind: "all" };

describe("listRows", () => {
	it("lists the catalogue's ids first and then its chat aliases, in OpenAI's fields", () => {
		const rows = listRows(ALL);
		expect(rows.map(({ id }) => id)).toEqual([
			...CATALOGUE.map(({ id }) => id),
			...CATALOGUE.map(({ chatAlias }) => chatAlias),
		]);
		expect(rows[0]).toEqual({
			id: "imagen4-preview",
			object: "model",
			created: 1747699200,
			owned_by: "fal-ai",
			permission: [],
			root: "imagen4-preview",
			parent: null,
		});
		for (const { created } of rows) expect(Number.isSafeInteger(created)).toBe(true);
	});

	it("lists exactly the names of MODELS", () => {
		const offered = parseOffered("flux-schnell fal-ai/flux/krea darkroom");
		expect(offered && listRows(offered).map(({ id }) => id)).toEqual(["flux-schnell", "fal-ai/flux/krea", "darkroom"]);
	});
});

describe("findRow", () => {
	it.each(["darkroom", "dall-e-3", "gpt-image-7", "fal-ai/imagen4/preview", "fal-ai/flux/krea"])(
		"returns a row for %s, under that name",
		(id) => {
			expect(findRow(id, ALL)).toMatchObject({ ok: true, value: { id, root: id } });
		},
	);

	it("writes a name of the catalogue in lower case", () => {
		expect(findRow(" Darkroom ", ALL)).toMatchObject({ value: { id: "darkroom" } });
	});

	it("dates a chat alias as its model, and a raw id as 0", () => {
		expect(findRow("darkroom", ALL)).toMatchObject({ value: { created: 1747699200 } });
		expect(findRow("fal-ai/flux/krea", ALL)).toMatchObject({ value: { created: 0 } });
	});

	const few: OfferedModels = { kind: "list", names: ["imagen4-preview", "darkroom-banana", "fal-ai/flux/krea"] };

	it.each(["imagen4-fast", "gpt-image-1", "fal-ai/flux/schnell", "fal-ai/anything/else"])(
		"has no row for %s, which is not offered",
		(name) => {
			expect(findRow(name, few).ok).toBe(false);
		},
	);

	it("returns the error of a model that is not found", () => {
		const near = ["imagen4-preview", "imagen4"];
		expect(findRow("imagen4-previw", ALL)).toEqual(
			err({ kind: "model_not_found", model: "imagen4-previw", near, talks: false }),
		);
	});
});

import { describe, expect, it } from "vitest";
import { err } from "../result.ts";
import { CATALOGUE } from "./catalogue/index.ts";
import { endpointsOf, findRow, listRows, type ModelRow } from "./list.ts";
import { type OfferedModels, parseOffered } from "./names.ts";
import { NOTHING_PUBLISHED } from "./published-price.ts";

const ALL: OfferedModels = { kind: "all" };

describe("listRows", () => {
	it("lists the catalogue's ids first and then its chat aliases, in OpenAI's fields", () => {
		const rows = listRows(ALL, NOTHING_PUBLISHED);
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
			canonical_slug: "imagen4-preview",
			shutdown_date: "2026-08-02",
			successor: "nano-banana-2",
			architecture: { input_modalities: ["text", "image"], output_modalities: ["image"] },
			supported_parameters: ["prompt", "image", "n", "size", "quality", "output_format", "moderation", "seed"],
			edit_model: "nano-banana-2",
			max_input_images: 14,
			max_n: 10,
			operations: {
				generation: {
					supported_parameters: ["prompt", "n", "size", "quality", "output_format", "moderation", "seed"],
					required_parameters: ["prompt"],
					max_images: 0,
					max_prompt_chars: null,
					sizes: { kind: "list", sizes: ["1:1", "16:9", "9:16", "4:3", "3:4"] },
					resolutions: ["1K", "2K"],
					qualities: [],
					output_formats: ["png", "jpeg", "webp"],
					backgrounds: [],
				},
				edit: {
					supported_parameters: ["prompt", "image", "n", "size", "quality", "output_format", "moderation", "seed"],
					required_parameters: ["prompt"],
					max_images: 14,
					max_prompt_chars: null,
					sizes: {
						kind: "list",
						sizes: [
							...["1:1", "21:9", "16:9", "3:2", "4:3", "5:4", "4:5", "3:4", "2:3", "9:16"],
							...["4:1", "1:4", "8:1", "1:8"],
						],
					},
					resolutions: ["1K", "2K", "4K"],
					qualities: [],
					output_formats: ["png", "jpeg", "webp"],
					backgrounds: [],
				},
				masked_edit: null,
			},
			prices: [],
		});
		for (const { created } of rows) expect(Number.isSafeInteger(created)).toBe(true);
	});

	it("lists exactly the names of MODELS", () => {
		const offered = parseOffered("flux-schnell fal-ai/flux/krea darkroom");
		expect(offered && listRows(offered, NOTHING_PUBLISHED).map(({ id }) => id)).toEqual([
			"flux-schnell",
			"fal-ai/flux/krea",
			"darkroom",
		]);
	});
});

describe("listRows with what fal publishes", () => {
	it("has the prices of the endpoints that it asks for, each once", () => {
		const offered = parseOffered("qwen-image-2 darkroom-qwen sana");
		if (offered === null) throw new Error("these are models");
		const endpoints = endpointsOf(offered);
		expect(endpoints).toEqual(["fal-ai/qwen-image-2/text-to-image", "fal-ai/sana"]);
		const published = new Map([["fal-ai/sana", { usd: 0.001, unit: "megapixels" }]]);
		expect(listRows(offered, published).map(({ prices }) => prices.map(({ cost_usd }) => cost_usd))).toEqual([
			[],
			[],
			[0.001],
		]);
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

	it.each(["imagen4-preview", "darkroom", "dall-e-3", "fal-ai/imagen4/preview"])(
		"says which model is behind %s",
		(id) => {
			expect(findRow(id, ALL)).toMatchObject({ value: { canonical_slug: "imagen4-preview" } });
		},
	);

	it("dates a chat alias as its model, and a raw id as 0", () => {
		expect(findRow("darkroom", ALL)).toMatchObject({ value: { created: 1747699200 } });
		expect(findRow("fal-ai/flux/krea", ALL)).toMatchObject({ value: { created: 0 } });
	});

	it.each<readonly [name: string, row: Partial<ModelRow>]>([
		[
			"gpt-image-1.5",
			{
				supported_parameters: [
					"prompt",
					"image",
					"mask",
					"n",
					"size",
					"quality",
					"output_format",
					"background",
					"input_fidelity",
				],
				edit_model: "gpt-image-1.5",
				max_input_images: 16,
				shutdown_date: null,
				successor: null,
			},
		],
		[
			"upscale",
			{
				architecture: { input_modalities: ["image"], output_modalities: ["image"] },
				supported_parameters: ["image", "n", "output_format", "seed"],
				edit_model: "upscale",
				max_input_images: 1,
			},
		],
		[
			"krea-2-large",
			{
				architecture: { input_modalities: ["text"], output_modalities: ["image"] },
				supported_parameters: ["prompt", "n", "size", "seed"],
				edit_model: null,
				max_input_images: 0,
			},
		],
		[
			"nano-banana-2",
			{
				prices: [
					{ billable: "output_image", unit: "image", cost_usd: 0.06, variant: "resolution 0.5K" },
					{ billable: "output_image", unit: "image", cost_usd: 0.12, variant: "resolution 2K" },
					{ billable: "output_image", unit: "image", cost_usd: 0.16, variant: "resolution 4K" },
					{ billable: "output_image", unit: "image", cost_usd: 0.08, variant: null },
				],
			},
		],
		["fal-ai/qwen-image-2/edit", { edit_model: "fal-ai/qwen-image-2/edit", max_input_images: 3 }],
	])("says of %s what it takes, who edits for it and what it costs", (name, row) => {
		expect(findRow(name, ALL)).toMatchObject({ value: row });
	});

	it("names no other model that is not offered", () => {
		expect(findRow("imagen4-preview", { kind: "list", names: ["imagen4-preview"] })).toMatchObject({
			value: { successor: null, edit_model: null, max_input_images: 0, shutdown_date: "2026-08-02" },
		});
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

describe("a row", () => {
	const rowOf = (name: string) => {
		const row = findRow(name, ALL);
		if (!row.ok) throw new Error(name);
		return row.value;
	};

	it("has the traits that fal's schema tells, if they are given", () => {
		const traits = {
			dialect: { kind: "none" },
			quality: null,
			maxImages: 1,
			outputFormats: [],
			seed: true,
			shape: "auto",
			inputs: ["prompt"],
		} as const;
		const row = findRow("fal-ai/new/thing", ALL, { traits: { ...traits, negativePrompt: true } });
		expect(row.ok && row.value.supported_parameters).toEqual(["prompt", "n", "seed", "negative_prompt"]);
	});

	it("has the id of a raw model without the prefix that a gateway puts before it", () => {
		expect(rowOf("fal:fal-ai/flux/krea").id).toBe("fal-ai/flux/krea");
	});

	it("takes a mask if one of the endpoints that edit for it does", () => {
		expect(rowOf("flux-1.1-pro").supported_parameters).toContain("mask");
		expect(rowOf("flux-1.1-pro").supported_parameters).toContain("image");
	});

	it("has no field that only the other model has that edits for it, but pictures and masks", () => {
		const editors = CATALOGUE.filter(({ editedBy }) => editedBy !== undefined);
		expect(editors.length).toBeGreaterThan(0);
		expect(rowOf("nano-banana-2").supported_parameters).toContain("quality");
		expect(rowOf("imagen4-fast").supported_parameters).not.toContain("quality");
		expect(rowOf("flux-schnell").supported_parameters).toEqual([
			"prompt",
			"image",
			"n",
			"size",
			"output_format",
			"seed",
		]);
	});
});

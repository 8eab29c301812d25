/** Holds each row of the catalogue against the data of fal's endpoints: names, words, formats and defaults. */

import { describe, expect, it } from "vitest";
import { compare, type Inputs } from "../../scripts/models-check/compare.ts";
import { readData } from "../../scripts/models-check/data.ts";
import { CATALOGUE } from "../../src/models/catalogue/index.ts";
import type { Endpoint } from "../../src/models/catalogue/types.ts";

const data = readData();
const endpoints: readonly Endpoint[] = CATALOGUE.flatMap((row) => [row, ...(row.edits ?? [])]);
const known = endpoints.filter(({ endpoint }) => data.has(endpoint));
const others = endpoints.filter(({ endpoint }) => !data.has(endpoint));

describe("the catalogue", () => {
	it.each(known)("asks $endpoint as fal's client types it", (endpoint) => {
		expect(compare(endpoint, data.get(endpoint.endpoint) ?? {})).toEqual([]);
	});

	it("lists the inputs of the endpoints that the data does not have, and of no other", () => {
		expect(others.map(({ endpoint }) => endpoint).toSorted()).toEqual([
			"bytedance/seedream/v5.5/text-to-image",
			"fal-ai/imagen4/preview",
			"fal-ai/imagen4/preview/fast",
			"fal-ai/imagen4/preview/ultra",
			"google/nano-banana-2.1",
			"google/nano-banana-2.1/edit",
		]);
		for (const { inputs } of others) expect(inputs?.length).toBeGreaterThan(3);
		for (const { inputs } of known) expect(inputs).toBeUndefined();
	});

	it("sends the others only inputs that they list", () => {
		for (const endpoint of others) {
			const inputs = Object.fromEntries((endpoint.inputs ?? []).map((name) => [name, {}]));
			const faults = compare(endpoint, Object.fromEntries(Object.keys(inputs).map((name) => [name, UNTOLD])));
			expect([endpoint.endpoint, faults.filter((fault) => fault.includes("no such input"))]).toEqual([
				endpoint.endpoint,
				[],
			]);
		}
	});
});

const UNTOLD = { words: [], isList: false, takesObject: false, required: false };

describe("the comparison", () => {
	const right = known.find(({ endpoint }) => endpoint === "fal-ai/gpt-image-1.5/edit");
	const inputs: Inputs = data.get("fal-ai/gpt-image-1.5/edit") ?? {};

	it.each<readonly [changes: Partial<Endpoint>, fault: string]>([
		[{ prompt: "instruction" }, "instruction: fal has no such input"],
		[{ prompt: null }, "prompt: required at fal, and not sent"],
		[{ seed: true }, "seed: fal has no such input"],
		[{ maxImages: 1 }, "num_images: fal has it, and the row does not"],
		[{ outputFormats: ["png"] }, "output_format: fal has the word jpeg, too"],
		[{ inputFidelity: false }, "input_fidelity: fal has it, and the row does not"],
		[{ dialect: { kind: "text", sizes: ["512x512"] } }, "image_size: fal has no word 512x512"],
		[{ dialect: { kind: "none" } }, "image_size: fal has it, and the row does not"],
		[{ shape: "1:1" }, "image_size: auto is drawn without a size, and not 1:1"],
		[{ dialect: { kind: "pixels", min: 1, max: 2, multiple: 1 } }, "image_size: takes no width and height"],
		[{ quality: { field: "quality", words: { low: "poor" } } }, "quality: fal has no word poor"],
		[{ lenient: { quality: "low" } }, 'quality: "low" is not the last of low medium high'],
		[{ images: { field: "image_urls", isList: false, max: 1, required: true } }, "image_urls: is a list at fal"],
		[
			{ mask: { field: "mask_image_url", polarity: "alpha", required: true } },
			"mask_image_url: is not required at fal",
		],
	])("tells what is wrong with a row: %j", (changes, fault) => {
		if (right === undefined) throw new Error("no such row");
		expect(compare(right, inputs)).toEqual([]);
		expect(compare({ ...right, ...changes }, inputs)).toContain(fault);
	});
});

import { describe, expect, it } from "vitest";
import { makeRequest as makeAnyRequest } from "../../test/support/make.ts";
import { CATALOGUE, FAMILIES } from "./catalogue/index.ts";
import type { Model } from "./catalogue/types.ts";
import { toFalInput } from "./fal-input.ts";
import { resolveModel } from "./names.ts";
import type { ImageRequest } from "./request.ts";
import { parseSize, type Size } from "./size.ts";
import { toSubmission } from "./submission.ts";

function makeRequest(overrides: Partial<ImageRequest> = {}): ImageRequest {
	return makeAnyRequest({ prompt: "a cat", size: { kind: "auto" }, ...overrides });
}

function modelNamed(name: string): Model {
	const model = resolveModel(name);
	if (model === null) throw new Error(`no model ${name}`);
	return model;
}

function sized(text: string): Size {
	return parseSize(text) ?? { kind: "auto" };
}

describe("toSubmission", () => {
	it("returns null for an unknown model, and for a count above the model's maximum", () => {
		expect(toSubmission("imagen9", makeRequest())).toBeNull();
		expect(toSubmission("imagen4-preview", makeRequest({ n: 9 }))).toBeNull();
	});

	it("puts a request into the words of a successor", () => {
		const request = makeRequest({ size: sized("21:9"), quality: "high", n: 2 });
		expect(toSubmission("imagen4-preview", request)?.input.aspect_ratio).toBe("16:9");
		expect(toSubmission("nano-banana-2", request)).toMatchObject({
			endpoint: "fal-ai/nano-banana-2",
			input: { aspect_ratio: "21:9", resolution: "2K", num_images: 2 },
		});
	});

	const names = [
		...CATALOGUE.map(({ id }) => id),
		...FAMILIES.map(([prefix]) => `${prefix}${prefix.endsWith("/") || prefix.endsWith("-") ? "x" : ""}`),
		"fal-ai/new/thing",
	];

	it.each(names)("submits a stored request to %s with the body of toFalInput", (name) => {
		const model = modelNamed(name);
		const request = makeRequest({ model: model.id, size: sized("16:9") });
		const falInput = toFalInput(model, request);
		if (!falInput.ok) throw new Error(falInput.error.message);
		expect(toSubmission(model.id, request)).toEqual({ endpoint: model.endpoint, ...falInput.value });
	});
});

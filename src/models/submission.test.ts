import { describe, expect, it } from "vitest";
import { makeRequest as makeAnyRequest, makeInput, makeTraits } from "../../test/support/make.ts";
import { CATALOGUE, FAMILIES } from "./catalogue/index.ts";
import type { Model } from "./catalogue/types.ts";
import { toFalInput } from "./fal-input.ts";
import { resolveModel } from "./names.ts";
import type { ImageRequest } from "./request.ts";
import { parseSize, type Size } from "./size.ts";
import { otherDrawerOf, toKeptTraits, toOwnSeed, toSubmission } from "./submission.ts";

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

const ONE = { first: 0, count: 1 };
const TWO = { first: 0, count: 2 };

describe("toSubmission", () => {
	it("returns null for an unknown model", () => {
		expect(toSubmission("imagen9", makeRequest(), null, ONE)).toBeNull();
	});

	it.each<readonly [model: string, wanted: number, count: number, sent: object]>([
		["imagen4-preview", 3, 3, { num_images: 3 }],
		["imagen4-preview", 9, 4, { num_images: 4 }],
		["imagen4-preview", 1, 1, { num_images: 1 }],
		["fal-ai/flux-2-pro", 9, 1, {}],
	])("asks %s, of which %i are wanted, for %i", (model, wanted, count, sent) => {
		const submission = toSubmission(model, makeRequest({ model, n: 10 }), null, { first: 0, count: wanted });
		expect(submission?.count).toBe(count);
		expect(submission?.input.num_images).toBe("num_images" in sent ? sent.num_images : undefined);
	});

	it("puts a request into the words of a successor", () => {
		const request = makeRequest({ size: sized("21:9"), quality: "high", n: 2 });
		expect(toSubmission("imagen4-preview", request, null, TWO)?.input.aspect_ratio).toBe("16:9");
		expect(toSubmission("nano-banana-2", request, null, TWO)).toMatchObject({
			endpoint: "fal-ai/nano-banana-2",
			input: { aspect_ratio: "21:9", resolution: "2K", num_images: 2 },
		});
	});

	describe("with the traits that a job was accepted with", () => {
		const traits = makeTraits({
			prompt: "text_prompt",
			dialect: { kind: "ratio", ratios: ["1:1", "16:9"] },
			maxImages: 2,
			inputs: ["mood", "steps"],
		});
		const request = makeRequest({ model: "a/b", size: sized("16:9"), n: 3, seed: 7, fal: { mood: "calm" } });

		it("asks by them, whatever is known of the id", () => {
			expect(toSubmission("a/b", request, 9, { ...TWO, traits })).toMatchObject({
				endpoint: "a/b",
				input: { text_prompt: "a cat", aspect_ratio: "16:9", num_images: 2, mood: "calm" },
				count: 2,
				ownSeed: null,
			});
		});

		it("sends the same by what of them is kept", () => {
			const kept = toKeptTraits(traits, request);
			expect(kept).toEqual({ ...traits, inputs: ["mood"] });
			expect(toSubmission("a/b", request, 9, { ...TWO, traits: kept })).toEqual(
				toSubmission("a/b", request, 9, { ...TWO, traits }),
			);
		});

		it("asks a successor as the catalogue says", () => {
			const { input, endpoint } = toSubmission("nano-banana-2", request, null, { ...TWO, traits }) ?? {};
			expect([endpoint, input]).toEqual([undefined, undefined]);
			const plain = toSubmission("nano-banana-2", { ...request, fal: {} }, null, { ...TWO, traits });
			expect(plain?.input).toMatchObject({ prompt: "a cat", aspect_ratio: "16:9" });
		});
	});

	const names = [
		...CATALOGUE.map(({ id }) => id),
		...FAMILIES.map(([prefix]) => `${prefix}${prefix.endsWith("/") || prefix.endsWith("-") ? "x" : "-x"}`),
		"fal-ai/new/thing",
	];

	it.each(names)("submits a stored request to %s with the body of toFalInput", (name) => {
		const model = modelNamed(name);
		const source = { kind: "link", url: "https://pictures.test/a.png" } as const;
		const inputs = model.images?.required ? { inputs: [{ role: "image", source }] as const } : {};
		const request = makeRequest({ model: model.id, size: sized("16:9"), ...inputs });
		const falInput = toFalInput(model, request);
		if (!falInput.ok) throw new Error(JSON.stringify(falInput.error));
		expect(toSubmission(model.id, request, null, ONE)).toEqual({
			endpoint: model.endpoint,
			...falInput.value,
			count: 1,
			ownSeed: null,
		});
	});
});

describe("the job's own seed", () => {
	const OWN = 1_234_567;
	const seedOf = (model: string, overrides: Partial<ImageRequest> = {}) => {
		const submission = toSubmission(model, makeRequest({ model, ...overrides }), OWN, ONE);
		return [submission?.ownSeed, submission?.input.seed];
	};

	it.each(["imagen4-preview", "nano-banana-2", "flux-schnell", "fal-ai/flux-2-pro", "fal-ai/qwen-image"])(
		"is sent to %s, which takes one",
		(model) => {
			expect(seedOf(model)).toEqual([OWN, OWN]);
		},
	);

	it.each([
		"gpt-image-1.5",
		"fal-ai/recraft/v3/text-to-image",
		// Nobody knows whether it takes one: it may refuse a field that it does not have.
		"fal-ai/some/thing",
	])("is not sent to %s", (model) => {
		expect(seedOf(model)).toEqual([null, undefined]);
	});

	it.each<readonly [where: string, overrides: Partial<ImageRequest>, seed: number | null]>([
		["as `seed`", { seed: 5 }, 5],
		["as `seed`, 0", { seed: 0 }, 0],
		["in `fal`", { fal: { seed: 5 } }, 5],
		["in `fal`, as none", { fal: { seed: null } }, null],
	])("gives way to the client's %s", (_, overrides, seed) => {
		expect(seedOf("imagen4-preview", overrides)).toEqual([null, seed]);
	});

	it("changes nothing but the seed", () => {
		const request = makeRequest({ size: sized("16:9"), n: 2, outputFormat: "webp", fal: { safety_tolerance: "2" } });
		const plain = toSubmission("imagen4-preview", request, null, TWO);
		const marked = toSubmission("imagen4-preview", request, OWN, TWO);
		expect(plain?.ownSeed).toBeNull();
		expect(marked).toEqual({ ...plain, input: { ...plain?.input, seed: OWN }, ownSeed: OWN });
	});

	it.each([
		[0, 1],
		[0.5, 2 ** 30],
		[1 - Number.EPSILON / 2, 2 ** 31 - 1],
	])("is a whole number of 31 bits, and never 0: %d", (random, seed) => {
		expect(toOwnSeed(random)).toBe(seed);
	});
});

describe("the model that draws for another one", () => {
	const inputs = [makeInput()];

	it.each([
		["imagen4-preview", { inputs }, "nano-banana-2"],
		["nano-banana-2", { inputs }, null],
		["imagen4-preview", {}, null],
		["imagen9", { inputs }, null],
	])("of a request to %s with %j is %s", (model, more, expected) => {
		expect(otherDrawerOf(makeRequest({ model, ...more }))).toBe(expected);
	});
});

describe("the seed of a request for further pictures", () => {
	const LARGEST = 2 ** 31 - 1;
	const seedOf = (overrides: Partial<ImageRequest>, ownSeed: number | null, first: number) =>
		toSubmission("fal-ai/flux-2-pro", makeRequest({ n: 10, ...overrides }), ownSeed, { first, count: 1 })?.input.seed;

	it.each<readonly [what: string, overrides: Partial<ImageRequest>, own: number | null, first: number, seed: unknown]>([
		["is the client's for the first", { seed: 5 }, 9, 0, 5],
		["is the client's, moved by the pictures before", { seed: 5 }, 9, 3, 8],
		["is moved if it stands in `fal`, too", { fal: { seed: 5 } }, 9, 3, 8],
		["stays within 31 bits", { seed: LARGEST }, 9, 3, 2],
		["is left as it is for the first, however large", { fal: { seed: 2 ** 31 } }, 9, 0, 2 ** 31],
		["is moved from 0, too", { seed: 0 }, 9, 3, 3],
		["is left to chance by a negative one", { fal: { seed: -1 } }, 9, 3, -1],
		["is left out if `fal` leaves it out", { fal: { seed: null } }, 9, 3, null],
		["is the job's own, moved by the pictures before", {}, 9, 3, 12],
		["is never 0", {}, LARGEST, 1, 1],
		["is none if the job has none", {}, null, 3, undefined],
	])("%s", (_, overrides, own, first, seed) => {
		expect(seedOf(overrides, own, first)).toBe(seed);
	});
});

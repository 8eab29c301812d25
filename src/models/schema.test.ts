import fc from "fast-check";
import { describe, expect, it } from "vitest";
import data from "../../data/fal-image-endpoints.json" with { type: "json" };
import { endpointOf } from "../../sim/endpoints.ts";
import { hostileSchemaOf } from "../../sim/hostile-schemas.ts";
import { readInput } from "../../sim/input.ts";
import { below, randomOf } from "../../sim/random.ts";
import { schemaOf } from "../../sim/schema.ts";
import {
	LABELS,
	LATER_LABELS,
	LATER_SEED,
	type Label,
	PICTURE,
	SAMPLE_SEED,
	USUAL_VALUES,
} from "../../test/support/labelled-endpoints.ts";
import { makeRequest } from "../../test/support/make.ts";
import type { JsonObject } from "../json-value.ts";
import type { Model } from "./catalogue/types.ts";
import { type InvalidValue, toFalInput } from "./fal-input.ts";
import type { ImageRequest } from "./request.ts";
import { readSchema } from "./schema.ts";

const SHELF = Object.keys(data.endpoints);

function describedOf(id: string) {
	const endpoint = endpointOf(id);
	if (!endpoint) throw new Error(`the simulator has no ${id}`);
	const described = readSchema(JSON.parse(JSON.stringify(schemaOf(endpoint))), id);
	if (!described.ok) throw new Error(`${id} is ${described.error}`);
	return described.value;
}

function modelOf(id: string): Model {
	const { traits, givesPictures } = describedOf(id);
	if (!givesPictures) throw new Error(`${id} makes no pictures`);
	return { id, endpoint: id, ...traits };
}

const REQUEST: Partial<ImageRequest> = {
	prompt: "a red fox",
	n: 2,
	size: { kind: "ratio", width: 16, height: 9 },
	seed: 7,
	outputFormat: "png",
	quality: "high",
	negativePrompt: "rain",
};

/** Returns fal's body with the addresses of its pictures, or the names of the fields that are missing. */
function answerOf(
	model: Model,
	changes: Partial<ImageRequest> = {},
): JsonObject | { readonly missing: readonly string[] } {
	const takesPicture = model.images !== undefined;
	const request = makeRequest({
		...REQUEST,
		model: model.id,
		n: Math.min(2, model.maxImages),
		...(takesPicture ? { inputs: [{ role: "image", source: { kind: "link", url: PICTURE } }] } : {}),
		...changes,
	});
	const made = toFalInput(model, request);
	if (!made.ok) return { missing: missingOf(model, made.error) };
	const urls = made.value.attachments.map(({ field, isList }) => [field, isList ? [PICTURE] : PICTURE]);
	return { ...made.value.input, ...Object.fromEntries(urls) };
}

function missingOf(model: Model, { fault }: InvalidValue): readonly string[] {
	switch (fault.is) {
		case "needs_inputs":
			return [...fault.settable, ...fault.others];
		case "needs_picture":
			return [(fault.of === "mask" ? model.mask?.field : model.images?.field) ?? "?"];
		default:
			return [fault.is];
	}
}

/** Reads a label as the same. */
function expectedOf(label: Label): unknown {
	if ("missing" in label) return { missing: label.missing.split(" ") };
	const fields = label.body.split(" ").map((word) => {
		const [name = "", value] = word.split("=");
		return [name, value ?? USUAL_VALUES[name]];
	});
	return Object.fromEntries(fields);
}

function sorted(answer: unknown): string {
	return JSON.stringify(Object.entries(Object(answer)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function drawn(seed: string, count: number): readonly string[] {
	const left = SHELF.toSorted();
	const random = randomOf(seed);
	return Array.from({ length: count }, () => left.splice(below(left.length, random), 1)[0] ?? "").toSorted();
}

describe.each([
	["sixty endpoints", SAMPLE_SEED, LABELS, 57],
	["thirty more", LATER_SEED, LATER_LABELS, 28],
] as const)("the labelled sample of %s", (_, seed, labels, least) => {
	it("is drawn by its seed", () => {
		expect(labels.map(([id]) => id)).toEqual(drawn(seed, labels.length));
	});

	it("has labels that the simulator takes", () => {
		for (const [id, label] of labels) {
			const endpoint = endpointOf(id);
			if (!endpoint || "missing" in label) continue;
			expect([id, readInput(endpoint, expectedOf(label), 1)]).toEqual([id, expect.objectContaining({ ok: true })]);
		}
	});

	it("is right by rule but for a few, and those are refused before any submit", () => {
		const wrong = labels.flatMap(([id, label]) => {
			const [got, wanted] = [answerOf(modelOf(id)), expectedOf(label)];
			return sorted(got) === sorted(wanted) ? [] : [{ id, got, wanted }];
		});
		expect(wrong.filter(({ got }) => !("missing" in got))).toEqual([]);
		expect(labels.length - wrong.length, JSON.stringify(wrong)).toBeGreaterThanOrEqual(least);
	});
});

/** An input that takes a file. */
const NAMES_A_FILE = /urls?$|^image$|_image$|image_source|image_prompt/;
/** The endpoints of the data whose inputs name no picture, no film and no sound. */
const FROM_WORDS = SHELF.filter(
	(id) => ![...(endpointOf(id)?.fields.keys() ?? [])].some((name) => NAMES_A_FILE.test(name)),
);

describe("the whole shelf", () => {
	const MASK = { role: "mask", source: { kind: "link", url: PICTURE } } as const;

	/** Returns the ids whose body the simulator takes, those that name what is missing, and those whose body is wrong. */
	function tryAll(ids: readonly string[], changes: (model: Model) => Partial<ImageRequest>) {
		const found = { taken: 0, named: [] as string[], wrong: [] as string[] };
		for (const id of ids) {
			const model = modelOf(id);
			const endpoint = endpointOf(id);
			const answer = answerOf(model, changes(model));
			if ("missing" in answer) found.named.push(id);
			else if (endpoint && readInput(endpoint, answer, 1).ok) found.taken += 1;
			else found.wrong.push(id);
		}
		return found;
	}

	it("is drawn or refused with a name, and never asked wrongly", () => {
		const found = tryAll(SHELF, () => ({}));
		expect(found.wrong).toEqual([]);
		expect(found.taken).toBe(498);
		expect(found.named).toHaveLength(81);
	});

	it("is drawn from words alone but where an endpoint wants more than words", () => {
		expect(tryAll(FROM_WORDS, () => ({}))).toEqual({
			taken: FROM_WORDS.length - 2,
			named: ["fal-ai/ideogram/custom-models/generate", "fal-ai/pulid"],
			wrong: [],
		});
	});

	it("is drawn with a mask where an endpoint must have one", () => {
		const inputs = [{ role: "image", source: { kind: "link", url: PICTURE } } as const, MASK];
		const masked = tryAll(SHELF, ({ mask, images }) => (mask?.required && images ? { inputs } : {}));
		expect(masked.wrong).toEqual([]);
		expect(masked.taken).toBeGreaterThanOrEqual(518);
	});

	it.each([
		["no size, and 1 picture", { n: 1, size: { kind: "auto" } }],
		["a size in pixels", { size: { kind: "pixels", width: 1024, height: 1024 } }],
		["a wide size", { size: { kind: "ratio", width: 21, height: 9 } }],
		["the largest resolution", { resolution: "4K" }],
		["a lenient check, and a background", { moderation: "low", background: "transparent", inputFidelity: "high" }],
		["webp, at a low quality", { outputFormat: "webp", quality: "low" }],
	] as const)("takes %s", (_, changes) => {
		expect(tryAll(SHELF, () => changes).wrong.filter((id) => !SIZED_BY_AREA.test(id))).toEqual([]);
	});

	/** Their pages bound the area of a picture, which no schema does. */
	const SIZED_BY_AREA = /seedream|wan-25/;
});

describe("readSchema", () => {
	it.each([
		["fal-ai/veo3"],
		["fal-ai/kling-video/v3/pro/image-to-video"],
		["fal-ai/any-llm"],
		["fal-ai/elevenlabs/tts/turbo-v2.5"],
		["fal-ai/flux-lora-fast-training"],
		["fal-ai/imageutils/nsfw"],
	])("finds that %s makes no picture", (id) => {
		expect(describedOf(id).givesPictures).toBe(false);
	});

	it("reads a model that nobody has heard of", () => {
		expect(modelOf("atelier-nord/lumen/v3/text-to-image")).toEqual({
			id: "atelier-nord/lumen/v3/text-to-image",
			endpoint: "atelier-nord/lumen/v3/text-to-image",
			dialect: { kind: "ratio", ratios: ["1:1", "16:9", "9:16"] },
			quality: null,
			maxImages: 4,
			outputFormats: ["png", "jpeg"],
			seed: true,
			negativePrompt: true,
			shape: "1:1",
			inputs: [
				"prompt",
				"aspect_ratio",
				"num_images",
				"output_format",
				"seed",
				"negative_prompt",
				"mood",
				"enable_safety_checker",
			],
		});
	});

	it("lets `fal` set what an endpoint needs", () => {
		const model = modelOf("bria/fibo-edit/relight");
		const fal = { light_direction: "front", light_type: "midday" };
		expect(answerOf(model, { fal })).toEqual({ image_url: PICTURE, ...fal });
		expect(answerOf(model, { fal: { light_direction: "front" } })).toEqual({ missing: ["light_type"] });
		expect(answerOf(model, { fal: { ...fal, light: "on" } })).toEqual({ missing: ["forbidden"] });
	});

	it("asks for a size where an endpoint must have one", () => {
		const model = modelOf("fal-ai/luma-photon/reframe");
		const made = toFalInput(model, makeRequest({ ...REQUEST, n: 1, size: { kind: "auto" }, inputs: PICTURES }));
		expect(made).toEqual({ ok: false, error: { kind: "invalid_value", param: "size", fault: { is: "missing" } } });
	});

	it("reads the bounds of a prompt, and of a list of pictures", () => {
		const properties = {
			prompt: { type: "string", maxLength: 2500 },
			image_urls: { type: "array", items: { type: "string" }, maxItems: 4 },
		};
		expect(traitsOf({ properties })).toMatchObject({ maxPromptChars: 2500, images: { max: 4 } });
	});

	it.each([
		[
			"the app's path",
			{ paths: { "/a/requests/{request_id}": { get: { responses: { "200": { content: JSON_OUTPUT } } } } } },
			true,
		],
		["its category", { info: { "x-fal-metadata": { category: "text-to-image" } } }, true],
		["its category", { info: { "x-fal-metadata": { category: "text-to-video" } } }, false],
		["nothing", {}, false],
	])("finds out by %s whether an endpoint makes pictures", (_, more, givesPictures) => {
		const schemas = {
			AbInput: { properties: {} },
			Result: { properties: { images: { type: "array", items: { type: "string" } } } },
		};
		expect(readSchema({ components: { schemas }, ...more }, "a/b")).toMatchObject({
			ok: true,
			value: { givesPictures },
		});
	});

	it.each([
		...["image", "images", "output_image", "output_images", "edited_image", "edited_images", "generated_image"],
		...["generated_images", "image_url", "image_urls", "svg", "vector"],
	])("finds pictures in the output %s, and in none of a longer name", (name) => {
		const givesPictures = (output: string) => {
			const schemas = {
				AbInput: { properties: {} },
				AbOutput: { properties: { [output]: { type: "string" } } },
			};
			const read = readSchema({ components: { schemas } }, "a/b");
			return read.ok && read.value.givesPictures;
		};
		expect([name, `${name}_of`, `my_${name}`].map(givesPictures)).toEqual([true, false, false]);
	});

	it("reads the words of a quality", () => {
		const properties = { quality: { type: "string", enum: ["auto", "low", "medium", "high", "ultra"] } };
		const words = { auto: "auto", low: "low", medium: "medium", high: "high" };
		expect(traitsOf({ properties })).toMatchObject({ quality: { field: "quality", words } });
	});

	it("reads lines of a resolution as a quality, and nothing else with such numbers", () => {
		const properties = { resolution: { type: "string", enum: ["x480p", "480px", "1080p", "720p", "2160p"] } };
		const words = { low: "720p", high: "1080p" };
		expect(traitsOf({ properties })).toMatchObject({ quality: { field: "resolution", words } });
	});

	it.each([
		...["image_url", "image_urls", "input_image_url", "input_image_urls", "images", "image", "init_image_url"],
		...["reference_image_urls", "reference_image_url"],
	])("draws from %s rather than from a photo of a name of its own", (name) => {
		const properties = { face_photo: { type: "string" }, [name]: { type: "string" } };
		expect(traitsOf({ properties })).toMatchObject({ images: { field: name } });
	});

	it("reads the other forms of a property that OpenAPI allows", () => {
		const properties = {
			prompt: { type: ["string", "null"] },
			aspect_ratio: { oneOf: [{ const: "1:1" }, { const: "16:9" }, { type: "null" }] },
			seed: { anyOf: [{ type: "integer" }, { type: "null" }] },
			num_images: { allOf: [{ type: "integer", maximum: 6 }] },
			image_url: { type: "string", format: "uri", nullable: true },
		};
		expect(traitsOf({ type: "object", properties })).toMatchObject({
			dialect: { kind: "ratio", ratios: ["1:1", "16:9"] },
			maxImages: 6,
			seed: true,
			images: { field: "image_url", isList: false, max: 1, required: false },
		});
	});
});

const JSON_OUTPUT = { "application/json": { schema: { $ref: "#/components/schemas/Result" } } };
const PICTURES = [{ role: "image", source: { kind: "link", url: PICTURE } }] as const;

/** A document of `a/b` with this input, in the fewest words. */
function documentOf(input: unknown, schemas: object = {}): unknown {
	const output = { type: "object", properties: { images: { type: "array", items: { type: "object" } } } };
	return { components: { schemas: { AbInput: input, AbOutput: output, ...schemas } } };
}

function traitsOf(input: unknown, schemas: object = {}) {
	const read = readSchema(documentOf(input, schemas), "a/b");
	return read.ok ? read.value.traits : read.error;
}

describe("a hostile document", () => {
	async function hostileOf(id: string) {
		const text = await (await hostileSchemaOf(id))?.text();
		return readSchema(JSON.parse(text ?? ""), id);
	}

	it.each(["hostile/cycle", "hostile/doubling", "hostile/deep", "hostile/proto"])(
		"is read, but for its traps: %s",
		async (id) => {
			expect(await hostileOf(id)).toMatchObject({
				ok: true,
				value: { traits: { dialect: { kind: "none" }, seed: false }, givesPictures: true },
			});
		},
	);

	it.each([
		["hostile/remote-ref", "broken"],
		["hostile/no-input", "broken"],
		["hostile/many-properties", "too_much"],
	])("is refused: %s is %s", async (id, error) => {
		expect(await hostileOf(id)).toEqual({ ok: false, error });
	});

	it("is read up to the bound of words", async () => {
		const words = ["1:1", ...Array.from({ length: 5_000 }, (_, index) => `${index + 2}:1`)];
		const input = { properties: { aspect_ratio: { type: "string", enum: words } } };
		expect(traitsOf(input)).toMatchObject({ dialect: { kind: "ratio" } });
		expect(JSON.stringify(traitsOf(input)).length).toBeLessThan(4_000);
	});

	it("is read up to the bound of properties", () => {
		const properties = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, {}]));
		expect(traitsOf({ properties: properties(200) })).toMatchObject({ seed: false });
		expect(traitsOf({ properties: properties(201) })).toBe("too_much");
	});

	it("is read up to the bound of depth", () => {
		const chained = (links: number) => {
			const schemas = Object.fromEntries(
				Array.from({ length: links }, (_, i) => [
					`S${i}`,
					i + 1 < links ? { $ref: `#/components/schemas/S${i + 1}` } : { type: "integer" },
				]),
			);
			const properties = { seed: { $ref: "#/components/schemas/S0" } };
			return traitsOf({ properties }, schemas);
		};
		expect(chained(7)).toMatchObject({ seed: true });
		expect(chained(8)).toMatchObject({ seed: false });
	});

	it("never throws, and never takes long, whatever it is", () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
				readSchema(value, "a/b");
				readSchema(documentOf(value), "a/b");
				readSchema(documentOf({ properties: { image_size: value, prompt: value } }), "a/b");
			}),
		);
	});
});

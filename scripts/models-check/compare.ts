/** Compares a row of the catalogue with what fal says of its endpoint, and names each difference. */

import type { Endpoint } from "../../src/models/catalogue/types.ts";
import { parseFalSize, toRatioText } from "../../src/models/size.ts";

/** An input of an endpoint, whoever describes it. */
export interface Input {
	/** The words that it takes; empty if it takes any text, or none. */
	readonly words: readonly string[];
	readonly isList: boolean;
	/** Takes an object, such as `{width, height}`. */
	readonly takesObject: boolean;
	readonly required: boolean;
	readonly default?: string;
	/** The largest number, or the most items of a list. Absent: nobody tells. */
	readonly max?: number;
}

export type Inputs = Readonly<Record<string, Input>>;

/** Inputs that a request may be about. An endpoint that has one has to be asked with it. */
const TOLD: Readonly<Record<string, (endpoint: Endpoint) => boolean>> = {
	seed: ({ seed }) => seed,
	negative_prompt: ({ negativePrompt }) => negativePrompt === true,
	input_fidelity: ({ inputFidelity }) => inputFidelity === true,
	num_images: ({ maxImages, countField = "num_images" }) => maxImages > 1 && countField === "num_images",
	output_format: ({ outputFormats }) => outputFormats.length > 0,
	quality: ({ quality }) => quality?.field === "quality",
	rendering_speed: ({ quality }) => quality?.field === "rendering_speed",
	resolution: ({ resolutions }) => resolutions !== undefined,
	max_images: ({ fixed = {} }) => "max_images" in fixed,
	safety_tolerance: ({ lenient = {} }) => "safety_tolerance" in lenient,
};

/** Returns a sentence for each difference; none if the endpoint takes all that a row may send, and the row knows all that matters. */
export function compare(endpoint: Endpoint, inputs: Inputs): readonly string[] {
	return [
		...namesOf(endpoint)
			.filter((name) => !(name in inputs))
			.map((name) => `${name}: fal has no such input`),
		...Object.entries(inputs)
			.filter(([name, { required }]) => required && !namesOf(endpoint).includes(name))
			.map(([name]) => `${name}: required at fal, and not sent`),
		...Object.entries(TOLD)
			.filter(([name, isTold]) => name in inputs && !isTold(endpoint))
			.map(([name]) => `${name}: fal has it, and the row does not`),
		...wordsOf(endpoint, inputs),
		...sizeOf(endpoint, inputs),
		...picturesOf(endpoint, inputs),
		...countsOf(endpoint, inputs),
	];
}

/** The names of all fields that a row may send. */
function namesOf(endpoint: Endpoint): readonly string[] {
	const {
		prompt = "prompt",
		countField = "num_images",
		formatField = "output_format",
		quality,
		images,
		mask,
	} = endpoint;
	return [
		...(prompt === null ? [] : [prompt]),
		...sizeFieldsOf(endpoint),
		...(endpoint.maxImages > 1 ? [countField] : []),
		...(endpoint.outputFormats.length > 0 ? [formatField] : []),
		...(quality === null ? [] : [quality.field]),
		...(endpoint.resolutions === undefined ? [] : ["resolution"]),
		...(endpoint.seed ? ["seed"] : []),
		...(endpoint.negativePrompt ? ["negative_prompt"] : []),
		...(endpoint.background ? ["background"] : []),
		...(endpoint.inputFidelity ? ["input_fidelity"] : []),
		...Object.keys(endpoint.lenient ?? {}),
		...Object.keys(endpoint.fixed ?? {}),
		...(images === undefined ? [] : [images.field]),
		...(mask === undefined ? [] : [mask.field]),
	];
}

function sizeFieldsOf({ dialect }: Endpoint): readonly string[] {
	switch (dialect.kind) {
		case "ratio":
			return [dialect.field ?? "aspect_ratio"];
		case "pixels":
		case "text":
			return [dialect.field ?? "image_size"];
		case "sides":
			return ["width", "height"];
		default:
			return [];
	}
}

/** Formats that nobody can ask for by name. */
const OTHER_FORMATS = ["gif"];

function wordsOf(endpoint: Endpoint, inputs: Inputs): readonly string[] {
	const { formatField = "output_format", quality, lenient = {} } = endpoint;
	const formats = inputs[formatField]?.words.filter((word) => !OTHER_FORMATS.includes(word)) ?? [];
	const qualities = quality === null ? [] : wordsToSay(inputs[quality.field]);
	return [
		...unequal(formatField, endpoint.outputFormats, formats),
		...unequal("resolution", endpoint.resolutions ?? [], inputs.resolution?.words ?? []),
		...(quality === null ? [] : unequal(quality.field, Object.values(quality.words), qualities)),
		...(endpoint.background ? missing("background", ["transparent", "opaque"], inputs.background?.words ?? []) : []),
		...(endpoint.inputFidelity ? missing("input_fidelity", ["low", "high"], inputs.input_fidelity?.words ?? []) : []),
		...Object.entries(lenient)
			.filter(([name, word]) => inputs[name]?.words.at(-1) !== word)
			.map(([name, word]) => `${name}: ${JSON.stringify(word)} is not the last of ${inputs[name]?.words.join(" ")}`),
	];
}

/** `auto` need not be said if it is what nobody's word means. */
function wordsToSay(input: Input | undefined): readonly string[] {
	return input?.words.filter((word) => word !== "auto" || input.default !== word) ?? [];
}

function sizeOf(endpoint: Endpoint, inputs: Inputs): readonly string[] {
	const { dialect, shape } = endpoint;
	const [field] = sizeFieldsOf(endpoint);
	if (field === undefined) {
		const has = ["aspect_ratio", "image_size"].filter((name) => name in inputs && dialect.kind === "none");
		return has.map((name) => `${name}: fal has it, and the row does not`);
	}
	const input = inputs[field];
	if (input === undefined || dialect.kind === "sides") return [];
	const auto = "auto" in dialect && dialect.auto !== undefined ? [dialect.auto] : [];
	const drawn = shapeOf(auto[0] ?? input.default);
	const faults = [
		...missing(field, auto, input.words),
		...(shape === drawn ? [] : [`${field}: ${drawn} is drawn without a size, and not ${shape}`]),
	];
	if (dialect.kind === "pixels") return input.takesObject ? faults : [...faults, `${field}: takes no width and height`];
	const own = dialect.kind === "ratio" ? dialect.ratios : dialect.kind === "text" ? dialect.sizes : [];
	return [
		...faults,
		...unequal(
			field,
			own,
			input.words.filter((word) => word !== "auto"),
		),
	];
}

/** Returns the shape of a size's word; `auto` for none, and for a word that names no shape. */
function shapeOf(word: string | undefined): string {
	const size = parseFalSize(word);
	return size === null || size.kind === "auto" ? "auto" : toRatioText(size.width, size.height);
}

function picturesOf({ images, mask }: Endpoint, inputs: Inputs): readonly string[] {
	return [images, mask].flatMap((taken) => {
		const input = taken === undefined ? undefined : inputs[taken.field];
		if (taken === undefined || input === undefined) return [];
		const isList = "isList" in taken && taken.isList;
		return [
			...(isList === input.isList ? [] : [`${taken.field}: is ${input.isList ? "a" : "no"} list at fal`]),
			...(taken.required === input.required
				? []
				: [`${taken.field}: is ${input.required ? "" : "not "}required at fal`]),
			...("max" in taken && input.max !== undefined && taken.max !== input.max && isList
				? [`${taken.field}: at most ${input.max} at fal, and not ${taken.max}`]
				: []),
		];
	});
}

function countsOf({ maxImages, countField = "num_images" }: Endpoint, inputs: Inputs): readonly string[] {
	const max = inputs[countField]?.max;
	return max === undefined || maxImages <= max ? [] : [`${countField}: at most ${max} at fal, and not ${maxImages}`];
}

function missing(field: string, own: readonly string[], words: readonly string[]): readonly string[] {
	return own.filter((word) => !words.includes(word)).map((word) => `${field}: fal has no word ${word}`);
}

function unequal(field: string, own: readonly string[], words: readonly string[]): readonly string[] {
	return [
		...missing(field, own, words),
		...words.filter((word) => !own.includes(word)).map((word) => `${field}: fal has the word ${word}, too`),
	];
}

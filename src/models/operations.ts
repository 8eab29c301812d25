/** Says what a request may ask of a model, as a person chooses it: the sizes, words and counts that it really takes. */

import type { Endpoint, Model, PixelBounds } from "./catalogue/types.ts";
import { drawerOf } from "./drawer.ts";
import { sizeFieldOf } from "./fit-size.ts";
import { furtherInputsOf } from "./further-inputs.ts";
import { levelFor } from "./resolution.ts";
import { FAL_PRESETS, parseSize, type Size, toRatioText, toSizeText } from "./size.ts";

/** The sizes that a model takes as they are. Another size is fitted to them. */
export type Sizes =
	/** One of these, as `16:9` or `1024x1024`. */
	| { readonly kind: "list"; readonly sizes: readonly string[] }
	/** Any width and height in pixels within the bounds. A ratio is drawn with about a megapixel. */
	| {
			readonly kind: "pixels";
			readonly min: number;
			readonly max: number;
			/** Each side is a multiple of it. */
			readonly multiple: number;
			/** Of the whole picture. Null: the sides alone are bounded. */
			readonly min_area: number | null;
			readonly max_area: number | null;
			/** The longer side by the shorter one. Null: the sides alone are bounded. */
			readonly max_elongation: number | null;
	  }
	/** None: the picture has the size of its input, or always the same. */
	| { readonly kind: "none" }
	/** Nobody has told. */
	| { readonly kind: "unknown" };

/** What a request may ask of the endpoint that draws it. */
export interface Operation {
	/** The fields that it heeds. */
	readonly supported_parameters: readonly string[];
	/** The fields without which it is refused, beside its pictures. */
	readonly required_parameters: readonly string[];
	/** The most pictures that it may bring along. */
	readonly max_images: number;
	/** Null: fal tells no bound. */
	readonly max_prompt_chars: number | null;
	readonly sizes: Sizes;
	readonly resolutions: readonly string[];
	/** Beside `auto`, which any request may say. */
	readonly qualities: readonly string[];
	readonly output_formats: readonly string[];
	readonly backgrounds: readonly string[];
	/** The inputs at fal that only the field `fal` can set. Absent in the list, and if nobody knows them. */
	readonly fal_inputs?: readonly string[];
}

/** What a request may ask, by what it brings along: nothing, pictures, or pictures and a mask. Null: it is refused. */
export interface Operations {
	readonly generation: Operation | null;
	readonly edit: Operation | null;
	readonly masked_edit: Operation | null;
}

const IMAGE = { role: "image" } as const;
const MASK = { role: "mask" } as const;

/** @param editor The model whose endpoints draw a request with pictures. Null: none is offered @param isWhole with the inputs at fal */
export function operationsOf(model: Model, editor: Model | null, isWhole = false): Operations {
	const toOperation = isWhole ? toWholeOperation : toListedOperation;
	const takingPictures = (drawer: Endpoint, candidates: readonly Endpoint[]) => {
		const max = Math.max(0, ...candidates.map(({ images }) => images?.max ?? 0));
		return max === 0 ? null : toOperation(drawer, max);
	};
	const generation = model.images?.required || model.mask?.required ? null : toOperation(model, 0);
	if (editor === null) return { generation, edit: null, masked_edit: null };
	const edits = editor.edits ?? [editor];
	const unmasked = edits.filter(({ mask }) => mask?.required !== true);
	const masked = edits.filter(({ mask }) => mask !== undefined);
	return {
		generation,
		edit: takingPictures(drawerOf(editor, { inputs: [IMAGE] }), unmasked),
		masked_edit: takingPictures(drawerOf(editor, { inputs: [IMAGE, MASK] }), masked),
	};
}

function toWholeOperation(endpoint: Endpoint, maxImages: number): Operation {
	const inputs = furtherInputsOf(endpoint);
	return { ...toListedOperation(endpoint, maxImages), ...(inputs !== null && { fal_inputs: inputs }) };
}

function toListedOperation(endpoint: Endpoint, maxImages: number): Operation {
	const { quality, outputFormats, background, maxPromptChars = null } = endpoint;
	const { auto: _, ...words } = quality?.words ?? {};
	return {
		supported_parameters: parametersOf([endpoint]),
		required_parameters: requiredBy(endpoint),
		max_images: maxImages,
		max_prompt_chars: maxPromptChars,
		sizes: toSizes(endpoint),
		resolutions: resolutionsOf(endpoint),
		qualities: Object.keys(words),
		output_formats: [...new Set(outputFormats.map((format) => (format === "jpg" ? "jpeg" : format)))],
		backgrounds: background === true ? ["transparent", "opaque"] : [],
	};
}

/** Returns the fields of OpenAI's requests for pictures that one of the endpoints can be told. */
export function parametersOf(endpoints: readonly Endpoint[]): readonly string[] {
	return PARAMETERS.flatMap(([parameter, isTaken]) => (endpoints.some(isTaken) ? [parameter] : []));
}

const PARAMETERS: readonly (readonly [parameter: string, isTaken: (endpoint: Endpoint) => boolean])[] = [
	["prompt", ({ prompt }) => prompt !== null],
	["image", ({ images }) => images !== undefined],
	["mask", ({ mask }) => mask !== undefined],
	["n", () => true],
	["size", ({ dialect }) => dialect.kind !== "none"],
	["quality", ({ quality, resolutions }) => quality !== null || resolutions !== undefined],
	["output_format", ({ outputFormats }) => outputFormats.length > 0],
	["background", ({ background }) => background === true],
	["input_fidelity", ({ inputFidelity }) => inputFidelity === true],
	["moderation", ({ lenient }) => lenient !== undefined],
	["seed", ({ seed }) => seed],
	["negative_prompt", ({ negativePrompt }) => negativePrompt === true],
];

function requiredBy({ prompt, dialect, needs = [] }: Endpoint): readonly string[] {
	const ofSize = dialect.kind === "sides" ? ["width", "height"] : [sizeFieldOf(dialect)];
	const fields = needs.map((name) => (ofSize.includes(name) ? "size" : `fal.${name}`));
	return [...new Set([...(prompt === null ? [] : ["prompt"]), ...fields])];
}

function toSizes({ dialect }: Endpoint): Sizes {
	switch (dialect.kind) {
		case "ratio":
			return toList(dialect.ratios);
		case "text":
			return toList(dialect.sizes);
		case "pixels":
		case "sides":
			return { kind: "pixels", ...toBounds(dialect) };
		case "none":
		case "unknown":
			return { kind: dialect.kind };
	}
}

function toBounds({ min, max, multiple, area, maxElongation }: PixelBounds) {
	return {
		...{ min, max, multiple },
		min_area: area?.min ?? null,
		max_area: area?.max ?? null,
		max_elongation: maxElongation ?? null,
	};
}

/** Writes each size as numbers, whatever the model calls it. Of two names for one size the first is sent. */
function toList(words: readonly string[]): Sizes {
	const sizes = words.flatMap((word) => {
		const size = FAL_PRESETS.get(word) ?? parseSize(word);
		return size === null || size.kind === "auto" ? [] : [toNumbers(word, size)];
	});
	return { kind: "list", sizes: [...new Set(sizes)] };
}

function toNumbers(word: string, size: Exclude<Size, { kind: "auto" }>): string {
	if (size.kind === "pixels") return toSizeText(size);
	// A model's own ratio may be a decimal one, such as 19.5:9.
	return word.includes(":") ? word : toRatioText(size.width, size.height);
}

/** The levels that a request can ask for. Beside words of its own for a quality, a model gets those instead. */
function resolutionsOf({ quality, resolutions }: Endpoint): readonly string[] {
	return quality === null ? LEVELS.filter((level) => levelFor(resolutions, Number.parseInt(level, 10))) : [];
}

const LEVELS = ["1K", "2K", "4K"];

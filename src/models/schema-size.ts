/** Reads from a schema in which field an endpoint takes a size, and in which words. */

import type { SizeDialect } from "./catalogue/types.ts";
import type { EndpointDocument, Property, Shape } from "./schema-document.ts";
import { COMMON_RATIOS, FAL_PRESETS, parseFalSize, parseSize, toRatioText } from "./size.ts";

type Inputs = EndpointDocument["inputs"];

export interface SizeField {
	readonly dialect: SizeDialect;
	/** The shape of a picture whose size is not asked for. */
	readonly shape: string;
}

const RATIO_FIELDS = ["aspect_ratio", "resolution_mode", "ratio"];
const SIZE_FIELDS = ["image_size", "size"];
/** Sizes in pixels as text that models with such a field are trained on. */
const TRAINED_SIZES = ["1024x1024", "1152x896", "896x1152", "1216x832", "832x1216", "1344x768", "768x1344"];
/** Bounds the price of a picture. fal's schemas allow 14,142 pixels, whatever the model draws. */
const SIDES = { min: 256, max: 4_096, multiple: 16 } as const;

/** Reads how an endpoint takes a size. */
export function readSizeField(inputs: Inputs): SizeField {
	for (const field of [...SIZE_FIELDS, ...RATIO_FIELDS]) {
		const property = inputs.get(field);
		const dialect = property === undefined ? null : readDialect(field, property);
		if (property !== undefined && dialect !== null) return { dialect, shape: shapeOf(property.shape.default) };
	}
	const [width, height] = [inputs.get("width")?.shape, inputs.get("height")?.shape];
	if (width?.number && height?.number) return { dialect: { kind: "sides", ...boundsOf(width, height) }, shape: "auto" };
	return { dialect: { kind: "none" }, shape: "auto" };
}

function readDialect(field: string, { shape }: Property): SizeDialect | null {
	const { words, fields, text, default: usual } = shape;
	const [width, height] = [fields?.get("width"), fields?.get("height")];
	const sizes = words.filter((word) => isSize(word));
	const name = field === "image_size" || field === "aspect_ratio" ? {} : { field };
	if (width?.number && height?.number) {
		const presets = sizes.filter((word) => FAL_PRESETS.has(word));
		return { kind: "pixels", ...boundsOf(width, height), ...name, ...(presets.length > 0 ? { presets } : {}) };
	}
	const ratios = sizes.filter((word) => parseSize(word)?.kind === "ratio");
	if (RATIO_FIELDS.includes(field)) {
		if (ratios.length > 0) return { kind: "ratio", ratios, ...name };
		if (!text) return null;
		return typeof usual === "string" && parseSize(usual)?.kind === "pixels"
			? { kind: "text", sizes: TRAINED_SIZES, field }
			: { kind: "ratio", ratios: COMMON_RATIOS, ...name };
	}
	return sizes.length > 0 ? { kind: "text", sizes, ...name } : null;
}

function isSize(word: string): boolean {
	const size = parseSize(word);
	return size !== null && size.kind !== "auto";
}

function boundsOf(width: Shape, height: Shape) {
	const min = Math.max(SIDES.min, width.min ?? 0, height.min ?? 0);
	const max = Math.min(SIDES.max, width.max ?? SIDES.max, height.max ?? SIDES.max);
	return min <= max ? { ...SIDES, min: Math.ceil(min), max: Math.floor(max) } : SIDES;
}

function shapeOf(usual: Shape["default"]): string {
	const size = parseFalSize(usual);
	return size === null || size.kind === "auto" ? "auto" : toRatioText(size.width, size.height);
}

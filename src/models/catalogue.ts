import type { OutputFormat } from "./request.ts";

/**
 * The models and what each takes, as data. Sources: fal's model pages and the input types of its official client
 * (`@fal-ai/client` 1.10.1, `endpoints.d.ts`); bounds that fal does not tell are ours and say so.
 */

/** How a model takes the picture's size. */
export type SizeDialect =
	/** `aspect_ratio`: one of these. */
	| { readonly kind: "ratio"; readonly ratios: readonly string[] }
	/** `image_size`: `{width, height}`; each side from `min` to `max` in steps of `multiple`, all in pixels. */
	| ({ readonly kind: "pixels" } & PixelBounds)
	/** `image_size`: a text, one of these. */
	| { readonly kind: "text"; readonly sizes: readonly string[] }
	/** Nothing is known of it: both fields are sent, and fal's models ignore the one that they do not have. */
	| { readonly kind: "unknown" };

export interface PixelBounds {
	readonly min: number;
	readonly max: number;
	readonly multiple: number;
}

export interface Traits {
	readonly dialect: SizeDialect;
	/** The largest `num_images`; 1 where there is no such field. */
	readonly maxImages: number;
	/** What `output_format` takes; empty where there is no such field. */
	readonly outputFormats: readonly OutputFormat[];
	/** What a request for quality becomes: `resolution: "2K"`, the word itself, or nothing. */
	readonly quality: "resolution" | "words" | null;
	readonly seed: boolean;
	/** The shape that is drawn when no size is sent; `auto` where the model decides or nobody knows. */
	readonly shape: string;
}

export interface Model extends Traits {
	/** As listed, or the raw fal id. */
	readonly id: string;
	/** The path under fal's queue. */
	readonly endpoint: string;
}

export interface CatalogueModel extends Model {
	/** For chat clients, some of which hide ids with an image model's name in them. */
	readonly chatAlias: string;
	/** Other names that clients send; a `*` at the end stands for the rest of a name. */
	readonly aliases: readonly string[];
	/** Where a job goes when fal no longer has the model. */
	readonly successor: string | null;
	/** When it came out, in seconds since 1970. */
	readonly createdSeconds: number;
}

const ANY_FORMAT: readonly OutputFormat[] = ["png", "jpeg", "webp"];
const PNG_JPEG: readonly OutputFormat[] = ["png", "jpeg"];

/** fal publishes no bounds for most: these are what such models were trained on, and they bound the price of a picture. */
const MEGAPIXELS: SizeDialect = { kind: "pixels", min: 256, max: 2048, multiple: 16 };
const SEEDREAM_PIXELS: SizeDialect = { kind: "pixels", min: 960, max: 4096, multiple: 16 };

const IMAGEN_RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4"];
const BANANA_RATIOS = ["1:1", "21:9", "16:9", "3:2", "4:3", "5:4", "4:5", "3:4", "2:3", "9:16"];
const BANANA_2_RATIOS = [...BANANA_RATIOS, "4:1", "1:4", "8:1", "1:8"];
const FLUX_RATIOS = ["1:1", "21:9", "16:9", "3:2", "4:3", "3:4", "2:3", "9:16", "9:21"];
const GPT_SIZES = ["1024x1024", "1536x1024", "1024x1536"];

const IMAGEN: Traits = {
	dialect: { kind: "ratio", ratios: IMAGEN_RATIOS },
	maxImages: 4,
	outputFormats: ANY_FORMAT,
	quality: "resolution",
	seed: true,
	shape: "1:1",
};
const IMAGEN_FAST: Traits = { ...IMAGEN, quality: null };
const BANANA_2: Traits = { ...IMAGEN, dialect: { kind: "ratio", ratios: BANANA_2_RATIOS }, shape: "auto" };
const BANANA_PRO: Traits = { ...BANANA_2, dialect: { kind: "ratio", ratios: BANANA_RATIOS } };
const BANANA: Traits = { ...BANANA_PRO, quality: null };
const FLUX: Traits = {
	dialect: MEGAPIXELS,
	maxImages: 4,
	outputFormats: PNG_JPEG,
	quality: null,
	seed: true,
	shape: "4:3",
};
const FLUX_RATIO: Traits = { ...FLUX, dialect: { kind: "ratio", ratios: FLUX_RATIOS }, shape: "auto" };
const GPT: Traits = {
	dialect: { kind: "text", sizes: GPT_SIZES },
	maxImages: 4,
	outputFormats: ANY_FORMAT,
	quality: "words",
	seed: false,
	shape: "1:1",
};

function day(date: string): number {
	return Date.parse(date) / 1000;
}

export const CATALOGUE: readonly CatalogueModel[] = [
	{
		id: "imagen4-preview",
		endpoint: "fal-ai/imagen4/preview",
		...IMAGEN,
		chatAlias: "darkroom",
		aliases: ["imagen4", "imagen-4", "dall-e-2", "dall-e-3"],
		successor: "nano-banana-2",
		createdSeconds: day("2025-05-20"),
	},
	{
		id: "imagen4-fast",
		endpoint: "fal-ai/imagen4/preview/fast",
		...IMAGEN_FAST,
		chatAlias: "darkroom-fast",
		aliases: ["imagen4-preview-fast", "imagen-4-fast"],
		successor: "nano-banana-2",
		createdSeconds: day("2025-08-14"),
	},
	{
		id: "imagen4-ultra",
		endpoint: "fal-ai/imagen4/preview/ultra",
		...IMAGEN,
		chatAlias: "darkroom-ultra",
		aliases: ["imagen4-preview-ultra", "imagen-4-ultra"],
		successor: "nano-banana-2",
		createdSeconds: day("2025-06-24"),
	},
	{
		id: "nano-banana-2",
		endpoint: "fal-ai/nano-banana-2",
		...BANANA_2,
		chatAlias: "darkroom-banana",
		aliases: [],
		successor: null,
		createdSeconds: day("2026-02-26"),
	},
	{
		id: "flux-schnell",
		endpoint: "fal-ai/flux/schnell",
		...FLUX,
		chatAlias: "darkroom-schnell",
		aliases: ["flux-1-schnell"],
		successor: null,
		createdSeconds: day("2024-08-01"),
	},
	{
		id: "gpt-image-1.5",
		endpoint: "fal-ai/gpt-image-1.5",
		...GPT,
		chatAlias: "darkroom-gpt",
		aliases: ["gpt-image-1", "gpt-image-1-mini", "gpt-image-2", "chatgpt-image-latest", "gpt-image-*"],
		successor: null,
		createdSeconds: day("2025-12-16"),
	},
];

/** What raw fal ids take, by how they begin; the first that fits. Ids of no known family are passed on as UNKNOWN. */
export const FAMILIES: readonly (readonly [prefix: string, traits: Traits])[] = [
	["fal-ai/imagen4/preview/fast", IMAGEN_FAST],
	["fal-ai/imagen4/fast", IMAGEN_FAST],
	["fal-ai/imagen4", IMAGEN],
	["fal-ai/nano-banana-2", BANANA_2],
	["fal-ai/nano-banana-pro", BANANA_PRO],
	["fal-ai/nano-banana", BANANA],
	["fal-ai/flux-pro/v1.1-ultra", FLUX_RATIO],
	["fal-ai/flux-pro/kontext", FLUX_RATIO],
	["fal-ai/flux-pro", FLUX],
	["fal-ai/flux-2-", { ...FLUX, maxImages: 1 }],
	["fal-ai/flux-2", FLUX],
	["fal-ai/flux/", FLUX],
	["fal-ai/gpt-image-1", GPT],
	["fal-ai/bytedance/seedream/", { ...FLUX, dialect: SEEDREAM_PIXELS, maxImages: 6, outputFormats: [] }],
	["fal-ai/qwen-image", FLUX],
	["fal-ai/recraft/v3/", { ...FLUX, maxImages: 1, outputFormats: [], seed: false }],
	["fal-ai/ideogram/v3", { ...FLUX, maxImages: 8, outputFormats: [] }],
];

export const UNKNOWN: Traits = {
	dialect: { kind: "unknown" },
	/** OpenAI's own bound. */
	maxImages: 10,
	outputFormats: ANY_FORMAT,
	quality: null,
	seed: true,
	shape: "auto",
};

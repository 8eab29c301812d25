/** The models of fal that the simulator knows: data only. */

/** The form of a model's size: a ratio, a preset or `{width,height}`, or a text such as `1024x1024`. */
export type SizeDialect =
	| { kind: "aspect_ratio"; ratios: Readonly<Record<string, Size>>; resolutions: readonly string[]; auto: boolean }
	| { kind: "image_size"; min: number; max: number; fallback: string; auto?: true }
	| { kind: "text"; sizes: readonly string[] };

export type Size = readonly [width: number, height: number];

export type Model = {
	size: SizeDialect;
	/** The largest `num_images`; 0 if the model has no such field. */
	maxImages: number;
	/** The field that must hold a picture, on an edit endpoint. */
	input?: "image_url" | "image_urls";
	/** Fields of the answer beside `images`. */
	extra: "description" | "seed" | "safety" | "nothing";
	/** File fields of the answer: all null but the content type, with a size, or without size fields. */
	files: "null" | "sized" | "unsized";
	formats: readonly string[];
};

/** Sizes of Imagen 4, of about one megapixel. */
const IMAGEN_RATIOS = {
	"1:1": [1024, 1024],
	"16:9": [1408, 768],
	"9:16": [768, 1408],
	"4:3": [1280, 896],
	"3:4": [896, 1280],
} as const;

/** Sizes of Gemini's models, of about one megapixel. */
const BANANA_RATIOS = {
	"21:9": [1536, 672],
	"16:9": [1344, 768],
	"3:2": [1248, 832],
	"4:3": [1184, 864],
	"5:4": [1152, 896],
	"1:1": [1024, 1024],
	"4:5": [896, 1152],
	"3:4": [864, 1184],
	"2:3": [832, 1248],
	"9:16": [768, 1344],
} as const;

const WIDE_BANANA_RATIOS = {
	...BANANA_RATIOS,
	"4:1": [2048, 512],
	"1:4": [512, 2048],
	"8:1": [2880, 360],
	"1:8": [360, 2880],
} as const;

const FLUX_RATIOS = {
	"21:9": [1568, 672],
	"16:9": [1392, 752],
	"4:3": [1184, 880],
	"3:2": [1248, 832],
	"1:1": [1024, 1024],
	"2:3": [832, 1248],
	"3:4": [880, 1184],
	"9:16": [752, 1392],
	"9:21": [672, 1568],
} as const;

/** Sizes of the presets of `image_size`. */
export const IMAGE_SIZE_PRESETS: Readonly<Record<string, Size>> = {
	square_hd: [1024, 1024],
	square: [512, 512],
	portrait_4_3: [768, 1024],
	portrait_16_9: [576, 1024],
	landscape_4_3: [1024, 768],
	landscape_16_9: [1024, 576],
};

const PNG_JPEG = ["jpeg", "png"] as const;
const PNG_JPEG_WEBP = ["png", "jpeg", "webp"] as const;

function imagen(resolutions: readonly string[]): Model {
	return {
		size: { kind: "aspect_ratio", ratios: IMAGEN_RATIOS, resolutions, auto: false },
		maxImages: 4,
		extra: "description",
		files: "null",
		formats: PNG_JPEG_WEBP,
	};
}

function banana(ratios: Readonly<Record<string, Size>>, resolutions: readonly string[], edit: boolean): Model {
	return {
		size: { kind: "aspect_ratio", ratios, resolutions, auto: edit || resolutions.length > 0 },
		maxImages: 4,
		...(edit ? { input: "image_urls" } : {}),
		extra: "description",
		files: "null",
		formats: PNG_JPEG_WEBP,
	};
}

function preset(fallback: string, change: Partial<Model> & { min?: number; max?: number; auto?: true } = {}): Model {
	const { min = 64, max = 2048, auto, ...rest } = change;
	return {
		size: { kind: "image_size", min, max, fallback, ...(auto ? { auto } : {}) },
		maxImages: 4,
		extra: "safety",
		files: "sized",
		formats: PNG_JPEG,
		...rest,
	};
}

function fluxRatio(input?: "image_url" | "image_urls"): Model {
	return {
		size: { kind: "aspect_ratio", ratios: FLUX_RATIOS, resolutions: [], auto: input !== undefined },
		maxImages: 4,
		...(input ? { input } : {}),
		extra: "safety",
		files: "sized",
		formats: PNG_JPEG,
	};
}

function gptImage({ auto = false, edit = false } = {}): Model {
	return {
		size: { kind: "text", sizes: ["1024x1024", "1536x1024", "1024x1536", ...(auto ? ["auto"] : [])] },
		maxImages: 4,
		...(edit ? { input: "image_urls" } : {}),
		extra: "nothing",
		files: "sized",
		formats: PNG_JPEG_WEBP,
	};
}

const gptImage2 = preset("landscape_4_3", {
	min: 480,
	max: 3840,
	auto: true,
	extra: "nothing",
	formats: PNG_JPEG_WEBP,
});

function seedream(edit: boolean): Model {
	return preset("square_hd", {
		min: 960,
		max: 4096,
		maxImages: 6,
		extra: "seed",
		formats: PNG_JPEG,
		...(edit ? { input: "image_urls" } : {}),
	});
}

/** The endpoints that the simulator has. Any other is answered with `Application "…" not found`. */
export const MODELS: Readonly<Record<string, Model>> = {
	"fal-ai/imagen4/preview": imagen(["1K", "2K"]),
	"fal-ai/imagen4/preview/ultra": imagen(["1K", "2K"]),
	"fal-ai/imagen4/preview/fast": imagen([]),
	"fal-ai/imagen4/ultra": imagen(["1K", "2K"]),
	"fal-ai/imagen4/fast": imagen([]),
	"fal-ai/nano-banana": banana(BANANA_RATIOS, [], false),
	"fal-ai/nano-banana/edit": banana(BANANA_RATIOS, [], true),
	"fal-ai/nano-banana-2": banana(WIDE_BANANA_RATIOS, ["0.5K", "1K", "2K", "4K"], false),
	"fal-ai/nano-banana-2/edit": banana(WIDE_BANANA_RATIOS, ["0.5K", "1K", "2K", "4K"], true),
	"fal-ai/nano-banana-pro": banana(BANANA_RATIOS, ["1K", "2K", "4K"], false),
	"fal-ai/nano-banana-pro/edit": banana(BANANA_RATIOS, ["1K", "2K", "4K"], true),
	"fal-ai/flux/dev": preset("landscape_4_3"),
	"fal-ai/flux/dev/image-to-image": preset("landscape_4_3", { input: "image_url" }),
	"fal-ai/flux/schnell": preset("landscape_4_3"),
	"fal-ai/flux-pro/v1.1": preset("landscape_4_3"),
	"fal-ai/flux-pro/v1.1-ultra": fluxRatio(),
	"fal-ai/flux-pro/kontext": fluxRatio("image_url"),
	"fal-ai/flux-pro/kontext/text-to-image": fluxRatio(),
	"fal-ai/flux-pro/kontext/multi": fluxRatio("image_urls"),
	"fal-ai/flux-2-pro": preset("landscape_4_3", { maxImages: 0, extra: "seed" }),
	"fal-ai/flux-2-pro/edit": preset("landscape_4_3", { maxImages: 0, extra: "seed", input: "image_urls" }),
	"openai/gpt-image-2": gptImage2,
	"fal-ai/gpt-image-1-mini": gptImage({ auto: true }),
	"fal-ai/gpt-image-1.5": gptImage(),
	"fal-ai/gpt-image-1.5/edit": gptImage({ auto: true, edit: true }),
	"fal-ai/bytedance/seedream/v4/text-to-image": seedream(false),
	"fal-ai/bytedance/seedream/v4/edit": seedream(true),
	"fal-ai/qwen-image": preset("landscape_4_3"),
	"fal-ai/qwen-image-edit": preset("square_hd", { input: "image_url" }),
	"fal-ai/recraft/v3/text-to-image": preset("square_hd", { maxImages: 0, extra: "nothing", files: "unsized" }),
	"fal-ai/ideogram/v3": preset("square_hd", { maxImages: 8, extra: "seed", files: "unsized" }),
	"fal-ai/ideogram/v3/edit": preset("square_hd", { maxImages: 8, extra: "seed", files: "unsized", input: "image_url" }),
};

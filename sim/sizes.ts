/** Pixels of the pictures that models draw: data, and the size that a body asks for. */
import { firstRow } from "./bounds.ts";
import type { Endpoint } from "./endpoints.ts";
import { type Fields, isRecord } from "./json.ts";

export type Size = readonly [width: number, height: number];

const SQUARE: Size = [1024, 1024];

/** Sizes of the presets of `image_size`. */
const PRESETS: Readonly<Record<string, Size>> = {
	square_hd: SQUARE,
	square: [512, 512],
	portrait_4_3: [768, 1024],
	portrait_16_9: [576, 1024],
	landscape_4_3: [1024, 768],
	landscape_16_9: [1024, 576],
	portrait_3_2: [683, 1024],
	landscape_3_2: [1024, 683],
	portrait_hd: [896, 1152],
	landscape_hd: [1152, 896],
	auto: SQUARE,
	auto_1K: SQUARE,
	auto_2K: [2048, 2048],
	auto_3K: [3072, 3072],
	auto_4K: [4096, 4096],
};

/** Sizes of about one megapixel by ratio, of the models that publish them. */
const RATIOS: readonly (readonly [start: string, sizes: Readonly<Record<string, Size>>])[] = [
	["fal-ai/imagen4", { "16:9": [1408, 768], "9:16": [768, 1408], "4:3": [1280, 896], "3:4": [896, 1280] }],
	[
		"fal-ai/nano-banana",
		{
			"21:9": [1536, 672],
			"16:9": [1344, 768],
			"3:2": [1248, 832],
			"4:3": [1184, 864],
			"5:4": [1152, 896],
			"4:5": [896, 1152],
			"3:4": [864, 1184],
			"2:3": [832, 1248],
			"9:16": [768, 1344],
			"4:1": [2048, 512],
			"1:4": [512, 2048],
			"8:1": [2880, 360],
			"1:8": [360, 2880],
		},
	],
	[
		"fal-ai/flux-pro",
		{
			"21:9": [1568, 672],
			"16:9": [1392, 752],
			"4:3": [1184, 880],
			"3:2": [1248, 832],
			"2:3": [832, 1248],
			"3:4": [880, 1184],
			"9:16": [752, 1392],
			"9:21": [672, 1568],
		},
	],
];

/** Factor of each resolution for the sides of a picture of one megapixel. */
const RESOLUTION_SCALE: Readonly<Record<string, number>> = { "0.5K": 0.5, "2K": 2, "2k": 2, "4MP": 2, "4K": 4 };

/** Returns the size that a valid body asks for, or the model's own. */
export function sizeOf({ id, fields }: Endpoint, body: Fields): Size {
	const settingOf = (name: string) => (fields.has(name) ? (body[name] ?? fields.get(name)?.default) : undefined);
	const imageSize = readImageSize(settingOf("image_size"));
	if (imageSize) return imageSize;
	const [width, height] = [settingOf("width"), settingOf("height")].map((side) =>
		typeof side === "number" ? side : 0,
	);
	if (width && height) return [width, height];
	const scale = RESOLUTION_SCALE[String(settingOf("resolution"))] ?? 1;
	const [wide, high] = readRatio(id, settingOf("aspect_ratio"));
	return [Math.round(wide * scale), Math.round(high * scale)];
}

function readImageSize(value: unknown): Size | undefined {
	if (isRecord(value)) {
		const { width, height } = value;
		return typeof width === "number" && typeof height === "number" ? [width, height] : undefined;
	}
	const text = String(value);
	const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(text) ?? [];
	if (width && height) return [Number(width), Number(height)];
	return Object.hasOwn(PRESETS, text) ? PRESETS[text] : undefined;
}

function readRatio(id: string, value: unknown): Size {
	const text = String(value);
	const sizes = firstRow(RATIOS, id) ?? {};
	const [, x, y] = /^(\d{1,3}(?:\.\d)?):(\d{1,3}(?:\.\d)?)$/.exec(text) ?? [];
	const ratio = Number(x) / Number(y);
	if (!(ratio >= 1 / 64 && ratio <= 64)) return SQUARE;
	const [width, height] = Object.hasOwn(sizes, text) ? (sizes[text] ?? SQUARE) : [0, 0];
	if (width > 0) return [width, height];
	const side = Math.sqrt(SQUARE[0] * SQUARE[1]);
	return [Math.round(side * Math.sqrt(ratio)), Math.round(side / Math.sqrt(ratio))];
}

/**
 * Bounds that fal's client does not know, from the texts of fal's model pages (read in November 2026): data only. The first row
 * whose beginning fits an endpoint counts, for each bound by itself.
 */

/** Sides in pixels, the area of the whole picture in pixels, and the longer side by the shorter one. */
export type SizeBounds = {
	side?: readonly [min: number, max: number];
	area?: readonly [min: number, max: number];
	multiple?: number;
	maxElongation?: number;
};

/** The sides that other models take. */
export const USUAL_SIDE: readonly [min: number, max: number] = [64, 2048];

export const SIZE_BOUNDS: readonly (readonly [start: string, bounds: SizeBounds])[] = [
	["openai/gpt-image-2", { side: [16, 3840], area: [655_360, 8_294_400], multiple: 16, maxElongation: 3 }],
	["fal-ai/flux-2-", {}],
	["fal-ai/flux-2/klein", {}],
	["fal-ai/flux-2", { side: [512, 2048] }],
	["fal-ai/bytedance/seedream/v4/", { side: [64, 4096], area: [960 * 960, 4096 * 4096] }],
	["fal-ai/bytedance/seedream/v4.5/", { side: [64, 4096], area: [1920 * 1920, 4096 * 4096] }],
	["bytedance/seedream/v5/lite/", { side: [64, 4096], area: [2560 * 1440, 4096 * 4096] }],
	["bytedance/seedream/v5/pro/", { side: [64, 4096], area: [1024 * 1024, 2048 * 2048] }],
	["bytedance/seedream/v5.5/", { side: [64, 4096], area: [1024 * 1024, 2048 * 2048], maxElongation: 16 }],
	["fal-ai/qwen-image-2/", { side: [64, 4096], area: [512 * 512, 2048 * 2048] }],
	["fal-ai/qwen-image-max/", { side: [64, 4096], area: [512 * 512, 2048 * 2048] }],
	["fal-ai/wan-25-preview/", { side: [64, 4096], area: [768 * 768, 1440 * 1440], maxElongation: 4 }],
];

/** The most pictures of one request. */
export const USUAL_COUNT = 4;

export const COUNTS: readonly (readonly [start: string, max: number])[] = [
	["fal-ai/bytedance/seedream/v4", 6],
	["bytedance/seedream/v5/lite/", 6],
	["fal-ai/ideogram/v3", 8],
	["fal-ai/kling-image/", 9],
	["fal-ai/minimax/image-01", 9],
];

/** Returns the value of the first row whose beginning fits. */
export function firstRow<T>(rows: readonly (readonly [start: string, value: T])[], endpoint: string): T | undefined {
	return rows.find(([start]) => endpoint.startsWith(start))?.[1];
}

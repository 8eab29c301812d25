/** Unit prices of fal's pricing route, as recorded in September 2026: data only. The route knows no other model of the simulator. */

export type Price = { unit: "image" | "megapixel"; unitPrice: number };

export const PRICES: Readonly<Record<string, Price>> = {
	"fal-ai/nano-banana": { unit: "image", unitPrice: 0.0398 },
	"fal-ai/nano-banana-2": { unit: "image", unitPrice: 0.08 },
	"fal-ai/nano-banana-pro": { unit: "image", unitPrice: 0.15 },
	"fal-ai/flux/schnell": { unit: "megapixel", unitPrice: 0.003 },
	"fal-ai/flux/dev": { unit: "megapixel", unitPrice: 0.025 },
};

import { describe, expect, it } from "vitest";
import { findForbiddenField } from "./forbidden-fields.ts";
import type { JsonObject } from "./request.ts";

function nested(depth: number): JsonObject {
	return depth === 0 ? {} : { inner: nested(depth - 1) };
}

describe("findForbiddenField", () => {
	it.each<[JsonObject, string | null]>([
		[{}, null],
		[{ negative_prompt: "blur", num_inference_steps: 4, loras: [{ path: "a/b", scale: 1 }] }, null],
		[{ image_size: "square", image_prompt_strength: 0.5, raw: true, colors: [{ r: 1, g: 2, b: 3 }] }, null],
		[{ prompt: "x" }, "prompt"],
		[{ Prompt: "x" }, "Prompt"],
		[{ raw: true, num_images: 2 }, "num_images"],
		[{ n: 2 }, "n"],
		[{ max_images: 6 }, "max_images"],
		[{ batch_size: 6 }, "batch_size"],
		[{ sync_mode: true }, "sync_mode"],
		[{ image_url: "https://example.com" }, "image_url"],
		[{ image_urls: [] }, "image_urls"],
		[{ mask_url: "" }, "mask_url"],
		[{ mask_image_url: "" }, "mask_image_url"],
		[{ control_image_url: "" }, "control_image_url"],
		[{ image: "" }, "image"],
		[{ images: [] }, "images"],
		[{ controlnets: [{ control_image_url: "" }] }, "controlnets"],
		[nested(6), null],
		[nested(7), "inner"],
		[{ style: "x".repeat(16 * 1024 - 7) }, null],
		[{ style: "x".repeat(16 * 1024 - 6) }, "style"],
		[Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`f${index}`, 1])), null],
		[Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`f${index}`, 1])), "f64"],
	])("names the forbidden field of %.60j: %j", (fal, field) => {
		expect(findForbiddenField(fal)).toBe(field);
	});
});

import { describe, expect, it } from "vitest";
import type { Endpoint, Model, Traits } from "./catalogue/types.ts";
import { drawerOf } from "./drawer.ts";
import { resolveModel } from "./names.ts";
import type { InputRole } from "./request.ts";

function drawerNamed(name: string, ...roles: readonly InputRole[]) {
	const model = resolveModel(name);
	if (model === null) throw new Error(`no model ${name}`);
	const { id, endpoint, images } = drawerOf(model, { inputs: roles.map((role) => ({ role })) });
	return [id, endpoint, images?.field];
}

describe("drawerOf", () => {
	it.each<
		readonly [name: string, roles: readonly InputRole[], id: string, endpoint: string, field: string | undefined]
	>([
		["nano-banana-2", [], "nano-banana-2", "fal-ai/nano-banana-2", undefined],
		["nano-banana-2", ["image"], "nano-banana-2", "fal-ai/nano-banana-2/edit", "image_urls"],
		["gpt-image-2", ["image", "mask"], "gpt-image-2", "openai/gpt-image-2/edit", "image_urls"],
		["flux-kontext", ["image"], "flux-kontext", "fal-ai/flux-pro/kontext", "image_url"],
		["flux-kontext", ["image", "image"], "flux-kontext", "fal-ai/flux-pro/kontext/multi", "image_urls"],
		// Another model edits for it.
		["imagen4-ultra", ["image"], "nano-banana-2", "fal-ai/nano-banana-2/edit", "image_urls"],
		["flux-schnell", ["image", "image"], "flux-2-klein-4b", "fal-ai/flux-2/klein/4b/edit", "image_urls"],
		["flux-1.1-pro", ["image", "mask"], "flux-1.1-pro", "fal-ai/flux-pro/v1/fill", "image_url"],
		["qwen-image-edit", ["image", "image"], "qwen-image-edit", "fal-ai/qwen-image-edit-2511", "image_urls"],
		["upscale", ["image"], "upscale", "fal-ai/seedvr/upscale/image", "image_url"],
		// A raw id is asked as it stands.
		["openai/gpt-image-2/edit", ["image"], "openai/gpt-image-2/edit", "openai/gpt-image-2/edit", "image_urls"],
		["fal-ai/new/thing", ["image"], "fal-ai/new/thing", "fal-ai/new/thing", undefined],
	])("lets %s with %j be drawn by %s", (name, roles, id, endpoint, field) => {
		expect(drawerNamed(name, ...roles)).toEqual([id, endpoint, field]);
	});

	const traits: Traits = {
		dialect: { kind: "none" },
		maxImages: 1,
		outputFormats: [],
		quality: null,
		seed: false,
		shape: "auto",
	};
	const edit = (endpoint: string, max: number, mask?: boolean): Endpoint => ({
		...traits,
		endpoint,
		images: { field: "image_urls", isList: true, max, required: true },
		...(mask === undefined ? {} : { mask: { field: "mask_url", polarity: "white", required: mask } }),
	});
	const edits = [edit("fill", 1, true), edit("one", 1), edit("four", 4), edit("two", 2, false)];
	const model: Model = { ...traits, id: "m", endpoint: "m", edits };

	it.each<readonly [roles: readonly InputRole[], endpoint: string]>([
		[["image"], "one"],
		[["image", "image", "image"], "four"],
		// Too many for any: the one that takes most of them says so.
		[Array.from({ length: 9 }, () => "image" as const), "four"],
		[["image", "mask"], "fill"],
		[["image", "image", "mask"], "two"],
		[["image", "image", "image", "mask"], "two"],
	])("chooses for %j the first endpoint that takes the pictures: %s", (roles, endpoint) => {
		expect(drawerOf(model, { inputs: roles.map((role) => ({ role })) }).endpoint).toBe(endpoint);
	});
});

import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { makeConfig } from "../../../test/support/workerd/make-config.ts";
import { makeContext } from "../../../test/support/workerd/make-context.ts";
import { getModel, listModels } from "./routes.ts";
import { Model, ModelList } from "./schema.ts";

const request = new Request("https://gateway.test/v1/models");
const named = (id: string, MODELS = "*") =>
	makeContext({ params: { id }, config: makeConfig({ MODELS, DEFAULT_MODEL: "" }) });

describe("listModels", () => {
	it("lists what is offered, as its schema says", async () => {
		const all = await (await listModels(request, named(""))).json();
		expect(z.safeParse(ModelList, all).error).toBeUndefined();
		expect(all).toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ id: "imagen4-preview" })]) });
		const two = await (await listModels(request, named("", "flux-schnell,fal-ai/flux/krea"))).json();
		expect(two).toMatchObject({ data: [{ id: "flux-schnell" }, { id: "fal-ai/flux/krea" }] });
	});
});

describe("getModel", () => {
	it.each(["imagen4-preview", "darkroom", "dall-e-3", "fal-ai/flux/krea"])("shows %s under that name", async (id) => {
		const model = await (await getModel(request, named(id))).json();
		expect(z.safeParse(Model, model)).toMatchObject({ success: true, data: { id } });
	});

	it("names the inputs that only `fal` can set, which the list does not", async () => {
		const model = await (await getModel(request, named("nano-banana-2"))).json();
		const operations = { edit: { fal_inputs: expect.arrayContaining(["system_prompt", "thinking_level"]) } };
		expect(model).toMatchObject({ operations });
		const list = await (await listModels(request, named("", "nano-banana-2"))).text();
		expect(list).not.toContain("fal_inputs");
	});

	it.each<readonly [id: string, models: string, near: readonly string[]]>([
		["imagen4-previw", "*", ["imagen4-preview"]],
		["", "*", []],
		["?", "*", []],
	])("refuses %j, which does not exist, with names that are near", async (id, models, near) => {
		await expect(getModel(request, named(id, models))).rejects.toThrow(
			expect.objectContaining({
				reason: {
					kind: "model_not_found",
					model: id,
					near: near.length === 0 ? [] : expect.arrayContaining([...near]),
					talks: false,
					instead: "darkroom",
				},
			}),
		);
	});

	it("refuses a model that is not offered here", async () => {
		await expect(getModel(request, named("imagen4-preview", "flux-schnell"))).rejects.toThrow(
			expect.objectContaining({ reason: expect.objectContaining({ kind: "model_not_found" }) }),
		);
	});
});

import { describe, expect, it } from "vitest";
import { err, ok } from "../../result.ts";
import { blamingModel, readModelName } from "./model-name.ts";

const TOOL = { type: "image_generation" };

describe("readModelName", () => {
	it.each([
		[{ extra_body: { model: "a" } }, "extra_body.model"],
		[{ parameters: { model: " a " } }, "parameters.model"],
		[{ model: null, model_name: "a" }, "model_name"],
		[{ model: "", modelId: "a" }, "modelId"],
		[{ image_model: "a" }, "image_model"],
		[{ imageGenerationModel: "a" }, "imageGenerationModel"],
		[{ img_gen_model_id: "a" }, "img_gen_model_id"],
		[{ picture_model_slug: "a" }, "picture_model_slug"],
		[{ "model-key": "a" }, "model-key"],
		[{ engine: "a" }, "engine"],
		[{ models: ["a"] }, "models"],
		[{ models: "a" }, "models"],
		[{ model_name: "a", extra_body: { model: "a" } }, "model_name"],
		[{ model_name: "", modelId: [], engine: {}, image_model: "a" }, "image_model"],
		[{ tools: [{ ...TOOL, model_name: "a" }] }, "tools[0].model_name"],
		[{ draw_model: "a" }, "draw_model"],
		[{ text_to_image_model: "a", t2i_model: "a", selected_model: "a" }, "text_to_image_model"],
		[{ override_settings: { sd_model_checkpoint: "a" } }, "override_settings.sd_model_checkpoint"],
		[{ parameters: { ckpt: "a", ckpt_name: "a" } }, "parameters.ckpt"],
		[{ model: "gpt-5", ckpt: "a" }, "ckpt"],
		[{ req_key: "a" }, "req_key"],
		[{ deployment: "a" }, "deployment"],
		[{ deployment_id: "a", deployment: "a", checkpoint: "a" }, "deployment_id"],
		[{ tools: [{ ...TOOL, model: " a " }] }, "tools[0].model"],
		[{ model: "b", model_name: "c", tools: [7, { ...TOOL, model: "a", model_id: "d" }] }, "tools[1].model"],
		[{ model: "gpt-5", image_model: "b", tools: [{ ...TOOL, model: "a" }] }, "tools[0].model"],
		[{ model: "b", tools: [{ type: "openrouter:image_generation", model: "a" }] }, "tools[0].model"],
		[{ model: "gpt-5", image_model: "a", models: ["gpt-5", "b"], tools: [TOOL] }, "image_model"],
	])("reads the model of %j in %s", (sent, param) => {
		expect(readModelName(sent)).toEqual(ok({ sent: { ...sent, model: "a" }, param }));
	});

	it.each([
		{},
		{ model: "b", model_name: "a", extra_body: { model: 7 } },
		{ model: 7, model_name: "a" },
		{ model: "gpt-5", model_name: "a", extra_body: { model: "a" } },
		{ model: "b", tools: [{ ...TOOL, model: "", image_model: "a" }] },
		{ model: "gpt-5", deployment: "a", tools: [{ type: "function", model: "b" }] },
		{ model_version: "a", base_model: "a", remodel: "a", modeling: "a", metadata: { model: "a" } },
		{ messages: [{ model: "a" }] },
		{ deployment_region: "a", my_deployment: "a", my_req_key: "a", req_key_id: "a" },
	])("leaves %j as it is", (sent) => {
		expect(readModelName(sent)).toEqual(ok({ sent, param: "model" }));
	});

	it.each(["image_generation", "openrouter:image_generation"])(
		"leaves the drawing to %s beside a model that talks",
		(type) => {
			const sent = { model: "openai/gpt-5", tools: [{ type, size: "16:9" }] };
			expect(readModelName(sent)).toEqual(ok({ sent: { ...sent, model: null }, param: "model" }));
		},
	);

	it.each([
		[{ tools: [{ ...TOOL, model: 7 }] }, "tools[0].model", { is: "type", expected: ["string"], got: "integer" }],
		[{ model_name: "a", extra_body: { model: "b" } }, "extra_body.model", { is: "contradiction", other: "model_name" }],
		[{ models: ["a", "b"] }, "models", { is: "too_long", max: 1, of: "items" }],
		[{ models: [["a", "b"]] }, "models", { is: "too_long", max: 1, of: "items" }],
		[{ model_id: 7 }, "model_id", { is: "type", expected: ["string"], got: "integer" }],
		[{ engine: { id: "a" } }, "engine", { is: "type", expected: ["string"], got: "object" }],
	])("refuses %j at %s", (sent, param, fault) => {
		expect(readModelName(sent)).toEqual(err({ kind: "invalid_value", param, fault }));
	});
});

describe("blamingModel", () => {
	const notFound = { kind: "model_not_found", model: "a", near: [], talks: false } as const;
	const noPictures = { is: "no_picture_model", model: "a" } as const;

	it.each([
		[notFound, { ...notFound, param: "engine" }],
		[
			{ kind: "invalid_value", param: "model", fault: noPictures } as const,
			{ kind: "invalid_value", param: "engine", fault: noPictures },
		],
		[
			{ kind: "invalid_value", param: "size", fault: noPictures } as const,
			{ kind: "invalid_value", param: "size", fault: noPictures },
		],
		[{ kind: "not_found", what: "job", param: "model" } as const, { kind: "not_found", what: "job", param: "model" }],
	])("says of %j %j", (error, blamed) => {
		expect(blamingModel(err(error), "engine")).toEqual(err(blamed));
	});

	it("leaves what is right", () => {
		expect(blamingModel(ok(1), "engine")).toEqual(ok(1));
	});
});

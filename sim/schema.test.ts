import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { MODELS } from "./models.ts";
import { schemaOf } from "./schema.ts";

function inputOf(endpoint: string) {
	const model = MODELS[endpoint];
	if (!model) throw new Error(`the simulator has no ${endpoint}`);
	const { schemas } = schemaOf(endpoint, model).components;
	const [name = "", schema] = Object.entries(schemas).find(([name]) => name.endsWith("Input")) ?? [];
	return { name, schema };
}

describe("schemaOf", () => {
	it.each(Object.entries(MODELS))("gives a valid OpenAPI document for %s", async (endpoint, model) => {
		const { valid, errors } = await new Validator().validate(structuredClone(schemaOf(endpoint, model)));
		expect({ valid, errors }).toMatchObject({ valid: true });
	});

	it("names the input as fal does, and lists its fields", () => {
		expect(inputOf("fal-ai/flux/schnell")).toMatchObject({
			name: "FluxSchnellInput",
			schema: {
				required: ["prompt"],
				properties: {
					prompt: { type: "string" },
					image_size: { anyOf: [{ $ref: "#/components/schemas/ImageSize" }, { type: "string" }] },
					num_images: { type: "integer", maximum: 4 },
					seed: { type: "integer" },
					output_format: { enum: ["jpeg", "png"] },
				},
			},
		});
	});

	it("requires the pictures of an edit endpoint, and lists only fields that the model has", () => {
		const { schema } = inputOf("fal-ai/nano-banana-2/edit");
		expect(schema).toMatchObject({
			required: ["prompt", "image_urls"],
			properties: { resolution: { type: "string" } },
		});
		expect(Object.keys(Object(inputOf("fal-ai/recraft/v3/text-to-image").schema).properties)).toEqual([
			"prompt",
			"image_size",
			"output_format",
		]);
	});
});

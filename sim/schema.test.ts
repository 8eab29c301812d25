import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { ENDPOINT_IDS, endpointOf } from "./endpoints.ts";
import { schemaOf } from "./schema.ts";

function documentOf(id: string) {
	const endpoint = endpointOf(id);
	if (!endpoint) throw new Error(`the simulator has no ${id}`);
	return schemaOf(endpoint);
}

function inputOf(id: string) {
	const { schemas } = documentOf(id).components;
	const [name = "", schema] = Object.entries(schemas).find(([name]) => name.endsWith("Input")) ?? [];
	return { name, schema };
}

describe("schemaOf", () => {
	it("gives a valid OpenAPI document", async () => {
		const validator = new Validator();
		for (const id of ENDPOINT_IDS.filter((_, index) => index % 10 === 0)) {
			const { valid, errors } = await validator.validate(structuredClone(documentOf(id)));
			expect({ id, valid, errors }).toMatchObject({ valid: true });
		}
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
		const { schema } = inputOf("fal-ai/nano-banana-pro/edit");
		expect(schema).toMatchObject({
			required: ["image_urls", "prompt"],
			properties: { resolution: { type: "string" }, image_urls: { type: "array", items: { type: "string" } } },
		});
		expect(Object.keys(Object(inputOf("fal-ai/recraft/v3/text-to-image").schema).properties)).toEqual([
			"colors",
			"enable_safety_checker",
			"image_size",
			"prompt",
			"style",
			"style_id",
		]);
	});
});

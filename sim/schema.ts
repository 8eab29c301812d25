/** Builds the OpenAPI document that fal publishes for an endpoint, as far as it describes inputs and outputs. */
import type { Fields } from "./input.ts";
import { IMAGE_SIZE_PRESETS, type Model } from "./models.ts";

/** Names a schema as fal does: `fal-ai/flux/dev` has `FluxDevInput`. */
function schemaName(endpoint: string, end: "Input" | "Output"): string {
	const words = endpoint.split(/[/.-]/).slice(endpoint.startsWith("fal-ai/") ? 2 : 0);
	return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("") + end;
}

function ref(name: string): Fields {
	return { $ref: `#/components/schemas/${name}` };
}

function sizeProperties({ size }: Model): Fields {
	switch (size.kind) {
		case "aspect_ratio":
			return {
				aspect_ratio: { type: "string", enum: [...(size.auto ? ["auto"] : []), ...Object.keys(size.ratios)] },
				...(size.resolutions.length > 0 ? { resolution: { type: "string", enum: size.resolutions } } : {}),
			};
		case "image_size": {
			const preset = { type: "string", enum: Object.keys(IMAGE_SIZE_PRESETS) };
			return { image_size: { anyOf: [ref("ImageSize"), preset], default: size.fallback } };
		}
		case "text":
			return { image_size: { type: "string", enum: size.sizes } };
	}
}

function inputSchema(model: Model): Fields {
	const { maxImages, input, extra, formats } = model;
	const url = { type: "string" };
	return {
		type: "object",
		required: ["prompt", ...(input ? [input] : [])],
		properties: {
			prompt: { type: "string" },
			...sizeProperties(model),
			...(maxImages > 0 ? { num_images: { type: "integer", minimum: 1, maximum: maxImages, default: 1 } } : {}),
			...(extra === "nothing" ? {} : { seed: { type: "integer" } }),
			...(input === "image_url" ? { image_url: url } : {}),
			...(input === "image_urls" ? { image_urls: { type: "array", items: url } } : {}),
			output_format: { type: "string", enum: formats },
		},
	};
}

const EXTRA_OUTPUTS: Readonly<Record<Model["extra"], Fields>> = {
	description: { description: { type: "string" } },
	seed: { seed: { type: "integer" } },
	safety: {
		timings: { type: "object", additionalProperties: { type: "number" } },
		seed: { type: "integer" },
		has_nsfw_concepts: { type: "array", items: { type: "boolean" } },
		prompt: { type: "string" },
	},
	nothing: {},
};

function outputSchema({ extra }: Model): Fields {
	return {
		type: "object",
		required: ["images"],
		properties: { images: { type: "array", items: ref("Image") }, ...EXTRA_OUTPUTS[extra] },
	};
}

const INTEGER = { type: "integer" };
const TEXT = { type: "string" };
const COMMON_SCHEMAS: Fields = {
	ImageSize: { type: "object", properties: { width: INTEGER, height: INTEGER } },
	Image: {
		type: "object",
		required: ["url"],
		properties: { url: TEXT, content_type: TEXT, file_name: TEXT, file_size: INTEGER, width: INTEGER, height: INTEGER },
	},
	QueueStatus: {
		type: "object",
		required: ["status", "request_id"],
		properties: {
			status: { type: "string", enum: ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"] },
			request_id: TEXT,
			response_url: TEXT,
			status_url: TEXT,
			cancel_url: TEXT,
			logs: { type: "object", additionalProperties: true },
			metrics: { type: "object", additionalProperties: true },
			queue_position: INTEGER,
		},
	},
};

function jsonOf(name: string): Fields {
	return { "application/json": { schema: ref(name) } };
}

export function schemaOf(endpoint: string, model: Model) {
	const [input, output] = [schemaName(endpoint, "Input"), schemaName(endpoint, "Output")];
	return {
		openapi: "3.0.4",
		info: {
			title: `Queue OpenAPI for ${endpoint}`,
			version: "1.0.0",
			"x-fal-metadata": { endpointId: endpoint, category: model.input ? "image-to-image" : "text-to-image" },
		},
		components: {
			securitySchemes: { apiKeyAuth: { type: "apiKey", in: "header", name: "Authorization" } },
			schemas: { ...COMMON_SCHEMAS, [input]: inputSchema(model), [output]: outputSchema(model) },
		},
		paths: {
			[`/${endpoint}/requests/{request_id}/status`]: {
				get: { responses: { "200": { description: "The status", content: jsonOf("QueueStatus") } } },
			},
			[`/${endpoint}`]: {
				post: {
					requestBody: { required: true, content: jsonOf(input) },
					responses: { "200": { description: "The status", content: jsonOf("QueueStatus") } },
				},
			},
			[`/${endpoint}/requests/{request_id}`]: {
				get: { responses: { "200": { description: "The result", content: jsonOf(output) } } },
			},
		},
		servers: [{ url: "https://queue.fal.run" }],
		security: [{ apiKeyAuth: [] }],
	};
}

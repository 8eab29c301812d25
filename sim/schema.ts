/** Builds the OpenAPI document that fal publishes for an endpoint, as far as it describes inputs and outputs. */
import type { Endpoint, Field } from "./endpoints.ts";
import type { FieldType } from "./field-type.ts";
import type { Fields } from "./json.ts";

/** Names a schema as fal does: `fal-ai/flux/dev` has `FluxDevInput`. */
function schemaName(endpoint: string, end: "Input" | "Output"): string {
	const words = endpoint.split(/[/._-]/).slice(endpoint.startsWith("fal-ai/") ? 2 : 0);
	return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("") + end;
}

function ref(name: string): Fields {
	return { $ref: `#/components/schemas/${name}` };
}

function schemaOfType(type: FieldType): Fields {
	switch (type.kind) {
		case "integer": {
			const { min, max } = type;
			return {
				type: "integer",
				...(min === undefined ? {} : { minimum: min }),
				...(max === undefined ? {} : { maximum: max }),
			};
		}
		case "number":
		case "boolean":
			return { type: type.kind };
		case "text":
			return { type: "string" };
		case "words":
			return { type: typeof type.words[0] === "number" ? "integer" : "string", enum: type.words };
		case "list":
			return { type: "array", items: schemaOfType(type.of) };
		case "object":
			return ref(type.name);
		case "union":
			return { anyOf: type.of.map(schemaOfType) };
		case "anything":
			return {};
	}
}

/** `image_url` has the title `Image Url`, as Pydantic gives it. */
function titleOf(name: string): string {
	return name
		.split("_")
		.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
		.join(" ");
}

function propertyOf(name: string, field: Field): Fields {
	const schema = { ...schemaOfType(field.type), title: titleOf(name) };
	// Beside a `$ref` nothing else counts in OpenAPI 3.0, so fal wraps it.
	const whole = "$ref" in schema ? { title: schema.title, allOf: [schemaOfType(field.type)] } : schema;
	return field.default === undefined ? whole : { ...whole, default: field.default };
}

function inputSchema({ fields }: Endpoint, title: string): Fields {
	const required = [...fields].flatMap(([name, field]) => (field.required ? [name] : []));
	return {
		title,
		type: "object",
		...(required.length > 0 ? { required } : {}),
		properties: Object.fromEntries([...fields].map(([name, field]) => [name, propertyOf(name, field)])),
		"x-fal-order-properties": [...fields.keys()],
	};
}

const INTEGER = { type: "integer" };
const TEXT = { type: "string" };
const FILES: Readonly<Record<string, string>> = { video: "File", audio: "File", config_file: "File", file: "File" };
const TEXT_LIKE = new Set(["prompt", "description", "revised_prompt", "actual_prompt", "generated_text", "output"]);

function outputProperty(name: string): Fields {
	if (name === "images") return { type: "array", items: ref("Image") };
	if (/^(?:image|mask|mask_image|transparent_overlay)$/.test(name)) return ref("Image");
	if (Object.hasOwn(FILES, name) || name.endsWith("_file")) return ref("File");
	if (name === "has_nsfw_concepts") return { type: "array", items: { type: "boolean" } };
	if (name === "seeds") return { type: "array", items: INTEGER };
	if (name === "seed" || name === "used_seed") return INTEGER;
	return TEXT_LIKE.has(name) ? TEXT : {};
}

function outputSchema({ outputs }: Endpoint, title: string): Fields {
	return {
		title,
		type: "object",
		required: outputs.slice(0, 1),
		properties: Object.fromEntries(outputs.map((name) => [name, outputProperty(name)])),
	};
}

/** As pages of fal's show it; the true bounds of a model stand in its prose. */
const SIDE = { type: "integer", exclusiveMinimum: true, minimum: 0, maximum: 14_142, default: 512 };
const FILE = {
	type: "object",
	required: ["url"],
	properties: { url: TEXT, content_type: TEXT, file_name: TEXT, file_size: INTEGER },
};
const COMMON_SCHEMAS: Fields = {
	ImageSize: { title: "ImageSize", type: "object", properties: { width: SIDE, height: SIDE } },
	File: FILE,
	Image: { ...FILE, properties: { ...FILE.properties, width: INTEGER, height: INTEGER } },
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

/** Objects of which only the name is known. */
function namedSchemas(fields: Endpoint["fields"]): Fields {
	const names = [...fields.values()].flatMap(({ type }) => namesIn(type));
	return Object.fromEntries(names.map((name) => [name, { title: name, type: "object", properties: {} }]));
}

function namesIn(type: FieldType): readonly string[] {
	switch (type.kind) {
		case "object":
			return [type.name];
		case "list":
			return namesIn(type.of);
		case "union":
			return type.of.flatMap(namesIn);
		default:
			return [];
	}
}

function jsonOf(name: string): Fields {
	return { "application/json": { schema: ref(name) } };
}

export function schemaOf(endpoint: Endpoint) {
	const { id, fields, outputs } = endpoint;
	const [input, output] = [schemaName(id, "Input"), schemaName(id, "Output")];
	const takes = [...fields.keys()].some((name) => /image_urls?$/.test(name)) ? "image" : "text";
	const gives = outputs.some((name) => name === "image" || name === "images") ? "image" : (outputs[0] ?? "json");
	return {
		openapi: "3.0.4",
		info: {
			title: `Queue OpenAPI for ${id}`,
			version: "1.0.0",
			"x-fal-metadata": { endpointId: id, category: `${takes}-to-${gives}` },
		},
		components: {
			securitySchemes: { apiKeyAuth: { type: "apiKey", in: "header", name: "Authorization" } },
			schemas: {
				...namedSchemas(fields),
				...COMMON_SCHEMAS,
				[input]: inputSchema(endpoint, input),
				[output]: outputSchema(endpoint, output),
			},
		},
		paths: {
			[`/${id}/requests/{request_id}/status`]: {
				get: { responses: { "200": { description: "The status", content: jsonOf("QueueStatus") } } },
			},
			[`/${id}`]: {
				post: {
					requestBody: { required: true, content: jsonOf(input) },
					responses: { "200": { description: "The status", content: jsonOf("QueueStatus") } },
				},
			},
			[`/${id}/requests/{request_id}`]: {
				get: { responses: { "200": { description: "The result", content: jsonOf(output) } } },
			},
		},
		servers: [{ url: "https://queue.fal.run" }],
		security: [{ apiKeyAuth: [] }],
	};
}

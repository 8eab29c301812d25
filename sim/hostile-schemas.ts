/** Documents that no honest endpoint publishes, one an endpoint of `hostile/…`. */

import type { EndpointData } from "./endpoints.ts";
import { HANG_MS } from "./fault-times.ts";
import type { Fields } from "./json.ts";

/** Above every bound of a reader. */
const HUGE_CHARS = 1_500_000;
const MANY = 5_000;
const DEEP = 2_000;

const ROOT = "#/components/schemas/";
const PROMPT = { type: "string" };
const IMAGES = { images: { type: "array", items: { $ref: `${ROOT}Image` } } };
const IMAGE = { type: "object", properties: { url: { type: "string" }, content_type: { type: "string" } } };

/** A document with these schemas beside an ordinary output. */
function documentOf(id: string, input: Fields, schemas: Fields = {}): Fields {
	return {
		openapi: "3.0.4",
		info: { title: id, version: "1.0.0" },
		components: {
			schemas: { Image: IMAGE, HostileOutput: { type: "object", properties: IMAGES }, HostileInput: input, ...schemas },
		},
		paths: {
			[`/${id}`]: {
				post: { requestBody: { content: { "application/json": { schema: { $ref: `${ROOT}HostileInput` } } } } },
			},
			[`/${id}/requests/{request_id}`]: {
				get: {
					responses: { "200": { content: { "application/json": { schema: { $ref: `${ROOT}HostileOutput` } } } } },
				},
			},
		},
	};
}

function inputOf(properties: Fields): Fields {
	return { type: "object", required: ["prompt"], properties: { prompt: PROMPT, ...properties } };
}

/** Wraps a schema in so many lists. */
function nested(levels: number): Fields {
	let schema: Fields = { type: "string" };
	for (let level = 0; level < levels; level += 1) schema = { type: "array", items: schema };
	return schema;
}

function many(count: number): Fields {
	return Object.fromEntries(Array.from({ length: count }, (_, index) => [`field_${index}`, { type: "string" }]));
}

function json(body: unknown): () => Response {
	return () => Response.json(body);
}

const A_CYCLE = { CycleA: { anyOf: [{ $ref: `${ROOT}CycleB` }] }, CycleB: { anyOf: [{ $ref: `${ROOT}CycleA` }] } };
/** Each names the next twice: a reader that follows all of them never ends. */
const DOUBLING = Object.fromEntries(
	Array.from({ length: 64 }, (_, index) => {
		const next = { $ref: `${ROOT}Doubling${index + 1}` };
		return [`Doubling${index}`, { anyOf: [next, next] }];
	}),
);

/** The answer of fal's schema address for an endpoint. */
type Answer = (id: string) => Response | Promise<Response>;

const ANSWERS: Readonly<Record<string, Answer>> = {
	"hostile/huge": (id) => json({ ...documentOf(id, inputOf({})), padding: "x".repeat(HUGE_CHARS) })(),
	"hostile/endless": () => new Response(endless(), { headers: { "content-type": "application/json" } }),
	"hostile/cycle": (id) => json(documentOf(id, inputOf({ image_size: { $ref: `${ROOT}CycleA` } }), A_CYCLE))(),
	"hostile/doubling": (id) => json(documentOf(id, inputOf({ image_size: { $ref: `${ROOT}Doubling0` } }), DOUBLING))(),
	"hostile/deep": (id) => json(documentOf(id, inputOf({ image_size: nested(DEEP) })))(),
	"hostile/remote-ref": (id) => json(documentOf(id, { $ref: "https://example.com/schema.json#/Input" }))(),
	"hostile/many-properties": (id) => json(documentOf(id, inputOf(many(MANY))))(),
	"hostile/many-words": (id) => {
		const words = Array.from({ length: MANY }, (_, index) => `word_${index}`);
		return json(documentOf(id, inputOf({ aspect_ratio: { type: "string", enum: words } })))();
	},
	"hostile/no-input": (id) => json({ ...documentOf(id, {}), components: { schemas: { Image: IMAGE } } })(),
	"hostile/proto": (id) =>
		new Response(
			JSON.stringify(documentOf(id, inputOf({ constructor: { type: "string" } }))).replace(
				'"constructor"',
				'"__proto__":{"type":"integer"},"constructor"',
			),
		),
	"hostile/not-json": () =>
		new Response("<!doctype html><title>fal</title>", { headers: { "content-type": "text/html" } }),
	"hostile/redirect": () =>
		new Response(null, { status: 302, headers: { location: "https://example.com/schema.json" } }),
	"hostile/missing": () => Response.json({ detail: "Not Found" }, { status: 404 }),
	"hostile/failing": () => Response.json({ detail: "Internal Server Error" }, { status: 500 }),
	"hostile/slow": async (id) => {
		await scheduler.wait(HANG_MS);
		return json(documentOf(id, inputOf({})))();
	},
};

/** Sends spaces until nobody reads on. */
function endless(): ReadableStream<Uint8Array> {
	const spaces = new TextEncoder().encode(" ".repeat(64 * 1024));
	return new ReadableStream({ pull: (controller) => controller.enqueue(spaces) });
}

/** Returns undefined for an endpoint whose document is honest. */
export function hostileSchemaOf(id: string): Response | Promise<Response> | undefined {
	return Object.hasOwn(ANSWERS, id) ? ANSWERS[id]?.(id) : undefined;
}

/** They can draw, so that a gateway that submits to one is seen. */
export const HOSTILE_ENDPOINTS: Readonly<Record<string, EndpointData>> = Object.fromEntries(
	Object.keys(ANSWERS).map((id) => [id, { in: { prompt: { type: "string", required: true } }, out: ["images"] }]),
);

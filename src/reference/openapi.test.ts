import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { JOB_ERRORS } from "../errors.ts";
import { DESCRIBED_ROUTES } from "./described-routes.ts";
import type { DescribedRoute } from "./description.ts";
import { toOpenApi } from "./openapi.ts";

const handler = () => new Response();

const THING: DescribedRoute = {
	method: "POST",
	path: "/v1/things/:id/parts",
	access: "key",
	scope: "make",
	summary: "Make a part",
	query: z.object({ fast: z.optional(z.string()) }),
	headers: z.object({ Prefer: z.optional(z.string()) }),
	body: z.object({ name: z.string() }),
	answers: [
		{ status: 200, when: "The part", json: z.object({ id: z.string() }) },
		{ status: 200, when: "With `stream: true`", events: z.object({ step: z.int() }) },
		{ status: 204, when: "Nothing is to be done" },
	],
	refusals: ["invalid_json", "invalid_value", "not_found"],
	handler,
};
const PICTURE: DescribedRoute = {
	method: "GET",
	path: "/pictures/:name+",
	access: "open",
	summary: "Get a picture",
	answers: [{ status: 200, when: "The picture", picture: true }],
	refusals: [],
	handler,
};

const document = toOpenApi([THING, { ...PICTURE, method: "HEAD", answers: [] }, PICTURE], "1.2.3");
const operation = document.paths?.["/v1/things/{id}/parts"]?.post;

function codesOf(response: unknown): unknown {
	const Codes = z.object({
		content: z.object({
			"application/json": z.object({
				schema: z.object({
					properties: z.object({
						error: z.object({ properties: z.object({ code: z.object({ enum: z.array(z.string()) }) }) }),
					}),
				}),
			}),
		}),
	});
	return z.parse(Codes, response).content["application/json"].schema.properties.error.properties.code.enum;
}

describe("toOpenApi", () => {
	it("says the version of the project, and that a key is wanted", () => {
		expect(document).toMatchObject({
			openapi: "3.1.0",
			info: { title: "Darkroom", version: "1.2.3" },
			security: [{ accessKey: [] }],
			components: { securitySchemes: { accessKey: { type: "http", scheme: "bearer" } } },
		});
	});

	it("writes the parts of a path as parameters, and puts the methods of one path together", () => {
		expect(Object.keys(document.paths ?? {})).toEqual(["/v1/things/{id}/parts", "/pictures/{name}"]);
		expect(Object.keys(document.paths?.["/pictures/{name}"] ?? {})).toEqual(["head", "get"]);
	});

	it("describes parameters and body", () => {
		expect(operation).toMatchObject({
			operationId: "postThingsParts",
			summary: "Make a part",
			tags: ["things"],
			parameters: expect.arrayContaining([
				expect.objectContaining({ in: "path", name: "id", required: true }),
				expect.objectContaining({ in: "query", name: "fast" }),
				expect.objectContaining({ in: "header", name: "Prefer" }),
			]),
			requestBody: { required: true, content: { "application/json": {} } },
		});
	});

	it("tells answers of one status apart by their media type", () => {
		const { 200: made, 204: nothing } = operation?.responses ?? {};
		expect(made).toMatchObject({
			description: "The part. With `stream: true`",
			content: { "application/json": {}, "text/event-stream": {} },
		});
		expect(nothing).toEqual({ description: "Nothing is to be done" });
		expect(document.paths?.["/pictures/{name}"]?.get?.responses?.["200"]).toEqual({
			description: "The picture",
			content: { "image/*": { schema: { type: "string", format: "binary" } } },
		});
	});

	it("lists the codes of each error status, with those that every route has", () => {
		const { responses } = operation ?? {};
		expect(Object.keys(responses ?? {})).toEqual(["200", "204", "400", "401", "404", "500"]);
		expect(codesOf(responses?.["400"])).toEqual(["invalid_json", "invalid_value"]);
		expect(codesOf(responses?.["401"])).toEqual(["invalid_api_key"]);
		expect(codesOf(responses?.["404"])).toEqual(["not_found"]);
		expect(codesOf(responses?.["500"])).toEqual(["configuration_error", "internal_error"]);
	});

	it("needs no key for an open route, which has no 401", () => {
		const get = document.paths?.["/pictures/{name}"]?.get;
		expect(get).toMatchObject({ operationId: "getPicturesById", security: [] });
		expect(get?.responses).not.toHaveProperty("401");
		expect(operation).not.toHaveProperty("security");
	});

	it("lists the failures of a job for a route that waits for one", () => {
		const { responses } = toOpenApi([{ ...THING, awaitsJob: true }], "1").paths?.["/v1/things/{id}/parts"]?.post ?? {};
		const codes = Object.entries(responses ?? {})
			.filter(([status]) => status >= "400")
			.flatMap(([, response]) => codesOf(response));
		expect(codes).toEqual(expect.arrayContaining(Object.keys(JOB_ERRORS)));
	});

	it("gives each route of the table an operation of its own name", () => {
		const { paths = {} } = toOpenApi(DESCRIBED_ROUTES, "1");
		const ids = Object.values(paths).flatMap(({ get, head, post, put, patch, delete: remove }) =>
			[get, head, post, put, patch, remove].flatMap((found) => (found === undefined ? [] : [found.operationId])),
		);
		expect(ids).toHaveLength(DESCRIBED_ROUTES.length);
		expect(new Set(ids).size).toBe(DESCRIBED_ROUTES.length);
	});
});

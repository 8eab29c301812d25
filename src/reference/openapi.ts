/** Describes the table of routes as an OpenAPI document. It runs when the Worker is built, and is no part of it. */

import * as z from "zod/mini";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from "zod-openapi";
import { ErrorFields } from "../api/answer/schema.ts";
import { JOB_ERRORS, REQUEST_ERRORS } from "../errors.ts";
import type { Answer, DescribedRoute } from "./description.ts";

const DESCRIPTION = `OpenAI-compatible requests for pictures in front of fal's queue.

Send the access key as \`Authorization: Bearer <WORKER_ACCESS_KEY>\`. In bodies null and empty text mean absent, and unknown fields are ignored; a body may be sent with \`Content-Encoding: gzip\` or \`deflate\`. \`HEAD\` is answered wherever \`GET\` is. Every answer has an \`x-request-id\`, every answer of a job an \`x-job-id\`. Each of them, of a request that made or joined a job, finds the job.`;

/** @param version Of the project, as package.json says it */
export function toOpenApi(routes: readonly DescribedRoute[], version: string) {
	const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
	for (const route of routes) {
		const path = route.path.replace(/:(\w+)\+?/g, "{$1}");
		paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(route) };
	}
	return createDocument({
		openapi: "3.1.0",
		info: { title: "Darkroom", version, description: DESCRIPTION, license: { name: "MIT", identifier: "MIT" } },
		servers: [{ url: "/" }],
		security: [{ accessKey: [] }],
		paths,
		components: { securitySchemes: { accessKey: { type: "http", scheme: "bearer" } } },
	});
}

function toOperation(route: DescribedRoute): ZodOpenApiOperationObject {
	const { method, path, access, summary, query, headers, body, form, picture } = route;
	const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
	return {
		operationId: toOperationId(method, path),
		summary,
		tags: [tagOf(path)],
		...(access === "open" ? { security: [] } : {}),
		requestParams: {
			...(names.length === 0 ? {} : { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
			...(query === undefined ? {} : { query }),
			...(headers === undefined ? {} : { header: headers }),
		},
		...(body === undefined ? {} : { requestBody: { required: true, content: toBody(body, form) } }),
		...(picture === undefined ? {} : { requestBody: { required: true, content: PICTURE } }),
		responses: { ...toResponses(route.answers), ...toErrors(route) },
	};
}

const PICTURE = { "image/*": { schema: { type: "string", format: "binary" } } } as const;

/** A form has the fields of the JSON body; its files are in the description of the pictures' fields. */
function toBody(schema: z.ZodMiniType, form = false) {
	return { "application/json": { schema }, ...(form ? { "multipart/form-data": { schema } } : {}) };
}

/** `GET /v1/jobs/:id/events` is `getJobsEvents`, `GET /v1/jobs/:id` is `getJobsById`, `GET /a/:b/:c/:d` is `getAByIdAndC`. */
function toOperationId(method: string, path: string): string {
	const words = path
		.split(/[/._-]/)
		.filter((word) => word !== "" && word !== "v1" && !word.startsWith(":"))
		.map(capitalized);
	const between = [...path.matchAll(/:(\w+)/g)].slice(1, -1).map(([, name = ""]) => `And${capitalized(name)}`);
	return `${method.toLowerCase()}${words.join("")}${/:\w+\+?$/.test(path) ? `ById${between.join("")}` : ""}`;
}

function capitalized(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

function tagOf(path: string): string {
	return path.split("/").find((word) => word !== "" && word !== "v1") ?? "";
}

/** Answers of one status are told apart by their media type, as a whole answer and a stream are. */
function toResponses(answers: readonly Answer[]): ZodOpenApiResponsesObject {
	const responses: ZodOpenApiResponsesObject = {};
	for (const [status, same] of Map.groupBy(answers, (answer) => answer.status)) {
		const content = Object.assign({}, ...same.map(toContent));
		responses[`${status}` as "200"] = {
			description: same.map(({ when }) => when).join(". "),
			...(Object.keys(content).length === 0 ? {} : { content }),
		};
	}
	return responses;
}

function toContent({ json, events, picture, csv, metrics }: Answer): object {
	return {
		...(json === undefined ? {} : { "application/json": { schema: json } }),
		...(events === undefined ? {} : { "text/event-stream": { schema: events } }),
		...(picture === undefined ? {} : PICTURE),
		...(metrics === undefined ? {} : { "text/plain": { schema: { type: "string" } } }),
		...(csv === undefined ? {} : { "text/csv": { schema: { type: "string" } } }),
	};
}

function toErrors({ access, refusals, awaitsJob }: DescribedRoute): ZodOpenApiResponsesObject {
	const always = [...(access === "key" ? (["unauthorized"] as const) : []), "misconfigured", "unexpected"] as const;
	const codes = [
		...[...refusals, ...always].map((kind) => {
			const [status, , code] = REQUEST_ERRORS[kind];
			return { status, code };
		}),
		...(awaitsJob ? Object.entries(JOB_ERRORS).map(([code, [status]]) => ({ status, code })) : []),
	];
	const responses: ZodOpenApiResponsesObject = {};
	for (const [status, same] of Map.groupBy(codes, (row) => row.status)) {
		const names = [...new Set(same.map(({ code }) => code))];
		const error = z.extend(ErrorFields, { code: z.enum(names) });
		responses[`${status}` as "400"] = {
			description: names.map((name) => `\`${name}\``).join(", "),
			content: { "application/json": { schema: z.object({ error }) } },
		};
	}
	return responses;
}

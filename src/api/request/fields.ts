/** Parses bodies and queries as OpenAI's clients and gateways really send them: null and empty text mean absent in a body. */

import * as z from "zod/mini";
import english from "zod/v4/locales/en.js";
import type { RequestError } from "../../errors.ts";
import type { JsonObject } from "../../models/request.ts";
import { holdsPlaceholder } from "../../placeholder.ts";
import { err, ok, type Result } from "../../result.ts";
import { echo } from "../../text.ts";

z.config(english());

function presence(value: unknown): unknown {
	return value === null || value === "" ? undefined : value;
}

/** A field of a body that may be absent, null or empty. */
export function optional<T extends z.ZodMiniType>(schema: T) {
	return z.optional(z.pipe(z.transform(presence), z.optional(schema)));
}

const NO_DATA = "This field takes words only, and no long data such as a picture's data: address.";

/** A text of at most so many code points, as zod counts. Half a surrogate pair is replaced, since it breaks clients that read it back. */
export function text(maxChars: number) {
	return z.string().check(
		z.maxLength(maxChars),
		z.refine((value) => !holdsPlaceholder(value), NO_DATA),
		z.overwrite((value) => value.toWellFormed()),
	);
}
export function integer(min: number, max: number) {
	return z.int().check(z.minimum(min), z.maximum(max));
}

/** A query's parameter that is a whole number from 0 to `max`. */
export function count(name: string, max: number) {
	const isCount = (value: string) => /^\d{1,16}$/.test(value) && Number(value) <= max;
	const schema = z.pipe(
		z.string().check(z.refine(isCount, `${name} must be a number up to ${max}.`)),
		z.transform(Number),
	);
	// The reference shows the number that the text stands for.
	z.globalRegistry.add(schema, { override: { type: "integer", minimum: 0, maximum: max } });
	return schema;
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object of any fields, as it is: a record would look at each field and copy it, however many there are. */
export function anyObject() {
	const schema = z.custom<JsonObject>(isObject, {
		error: ({ input }) => `Invalid input: expected object, received ${Array.isArray(input) ? "array" : typeof input}`,
	});
	z.globalRegistry.add(schema, { override: { type: "object", additionalProperties: {} } });
	return schema;
}

/** Returns what was read as JSON, if it is an object. */
export function readObject(body: unknown): Result<JsonObject, RequestError> {
	return isObject(body) ? ok(body) : err({ kind: "invalid_json", message: "The body must be a JSON object." });
}

/** Parses a body. The error names the field of the first fault, as in `messages[1].content[0].text`. */
export function parseBody<T extends z.ZodMiniType>(schema: T, body: unknown): Result<z.output<T>, RequestError> {
	const object = readObject(body);
	return object.ok ? parse(schema, object.value) : object;
}

/** Parses an address's query. Of a parameter that is given twice the first value counts. */
export function parseQuery<T extends z.ZodMiniObject>(schema: T, url: string): Result<z.output<T>, RequestError> {
	const query = new URL(url).searchParams;
	const names = Object.keys(schema.shape).filter((name) => query.has(name));
	return parse(schema, Object.fromEntries(names.map((name) => [name, query.get(name)])));
}

/** A body may have as many faults as it has values, and only the first is told. */
const STOP_AT_FIRST_FAULT: z.core.ParseContextInternal<z.core.$ZodIssue> = { abortEarly: true };

function parse<T extends z.ZodMiniType>(schema: T, value: object): Result<z.output<T>, RequestError> {
	const parsed = z.safeParse(schema, value, STOP_AT_FIRST_FAULT);
	if (parsed.success) return ok(parsed.data);
	const issue = deepest(parsed.error.issues[0]);
	return err({ kind: "invalid_value", param: toParam(issue.path), message: issue.message });
}

interface Issue {
	readonly path: readonly PropertyKey[];
	readonly message: string;
}

/** Of a union, takes the fault of the branch that came furthest; of branches that came as far, the last one's, which takes most. */
function deepest(issue: z.core.$ZodIssue | undefined): Issue {
	if (issue === undefined) return { path: [], message: "Invalid body." };
	if (issue.code !== "invalid_union") return issue;
	const inner = issue.errors
		.flatMap((branch) => branch.slice(0, 1))
		.map((first) => deepest(first))
		.toReversed()
		.toSorted((a, b) => b.path.length - a.path.length)[0];
	if (inner === undefined || inner.path.length === 0) return issue;
	return { path: [...issue.path, ...inner.path], message: inner.message };
}

function toParam(path: readonly PropertyKey[]): string | null {
	if (path.length === 0) return null;
	return path
		.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${echo(String(part))}`))
		.join("");
}

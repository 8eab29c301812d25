/** Parses bodies and queries as OpenAI's clients and gateways really send them: null and empty text mean absent in a body. */

import * as z from "zod/mini";
import type { RequestError } from "../../errors.ts";
import { type Fault, typeOf } from "../../faults.ts";
import { isJsonObject, type JsonObject } from "../../json-value.ts";
import { holdsPlaceholder } from "../../placeholder.ts";
import { err, ok, type Result } from "../../result.ts";
import { echo } from "../../text.ts";
import { validate } from "../../validate.ts";
import { toFound } from "./issues.ts";
import { toUsualForm } from "./usual-form.ts";

function presence(value: unknown): unknown {
	return value === null || value === "" ? undefined : value;
}

/** A field of a body that may be absent, null or empty. */
export function optional<T extends z.ZodMiniType>(schema: T) {
	return z.optional(z.pipe(z.transform(presence), z.optional(schema)));
}

/** A check that says what is wrong as data. @param inner The field of the value that is to blame, if it is not the value itself */
export function faulty<T>(faultOf: (value: T) => Fault | null, inner?: string) {
	return z.check<T>((payload) => {
		const fault = faultOf(payload.value);
		if (fault === null) return;
		const path = inner === undefined ? [] : [inner];
		payload.issues.push({ code: "custom", input: payload.value, path, params: { fault } });
	});
}

/** A text of at most so many code points, as zod counts. Half a surrogate pair is replaced, since it breaks clients that read it back. */
export function text(maxChars: number) {
	return z.string().check(
		z.maxLength(maxChars),
		faulty((value) => (holdsPlaceholder(value) ? { is: "long_data" } : null)),
		z.overwrite((value) => value.toWellFormed()),
	);
}

/** A whole number. `z.int()` would name its own bound for one that is beyond a double's. */
export function integer(min: number, max: number) {
	const faultOf = (got: number): Fault | null => {
		if (!Number.isInteger(got)) return { is: "type", expected: ["integer"], got: "decimal" };
		if (got > max) return { is: "too_large", max, got };
		return got < min ? { is: "too_small", min, got } : null;
	};
	const schema = z.number().check(faulty(faultOf));
	z.globalRegistry.add(schema, { override: { type: "integer", minimum: min, maximum: max } });
	return schema;
}

const WHOLE_NUMBER = /^(?:-[1-9]|\d)\d{0,15}$/;

/** A query's parameter that is a whole number. */
export function wholeNumber(min: number, max: number) {
	const faultOf = (value: string): Fault | null => {
		if (!WHOLE_NUMBER.test(value)) return { is: "type", expected: ["integer"], got: "string" };
		const number = Number(value);
		if (number > max) return { is: "too_large", max, got: number };
		return number < min ? { is: "too_small", min, got: number } : null;
	};
	const schema = z.pipe(z.string().check(faulty(faultOf)), z.transform(Number));
	// The reference shows the number that the text stands for.
	z.globalRegistry.add(schema, { override: { type: "integer", minimum: min, maximum: max } });
	return schema;
}

/** A limit of output tokens, which bounds nothing here: any other value than a number counts as none, and so does a negative one. */
export const tokenLimit = z.optional(z.pipe(z.unknown(), z.transform(toTokens)));
z.globalRegistry.add(tokenLimit, {
	override: { type: "integer" },
	description: "A limit that leaves room for a word or two marks a client's test, which is answered with text.",
});

/** LM Studio, llama.cpp and Ollama write -1 or -2 for no limit. */
function toTokens(value: unknown): number | undefined {
	return typeof value === "number" && value >= 0 ? value : undefined;
}

/** An object of any fields, as it is: a record would look at each field and copy it, however many there are. */
export function anyObject() {
	const schema = z
		.custom<JsonObject>()
		.check(faulty((value) => (isJsonObject(value) ? null : { is: "type", expected: ["object"], got: typeOf(value) })));
	z.globalRegistry.add(schema, { override: { type: "object", additionalProperties: {} } });
	return schema;
}

/** Returns what was read as JSON, if it is an object. */
export function readObject(body: unknown): Result<JsonObject, RequestError> {
	if (isJsonObject(body)) return ok(body);
	return err({ kind: "invalid_json", body: Array.isArray(body) ? "array" : "value" });
}

/** Parses a body. The error names the field of the first fault, as in `messages[1].content[0].text`. */
export function parseBody<T extends z.ZodMiniType>(schema: T, body: unknown): Result<z.output<T>, RequestError> {
	const object = readObject(body);
	return object.ok ? parse(schema, toUsualForm(object.value)) : object;
}

/** Parses an address's query. Of a parameter that is given twice the first value counts. */
export function parseQuery<T extends z.ZodMiniObject>(schema: T, url: string): Result<z.output<T>, RequestError> {
	const query = new URL(url).searchParams;
	const names = Object.keys(schema.shape).filter((name) => query.has(name));
	return parse(schema, Object.fromEntries(names.map((name) => [name, query.get(name)])));
}

function parse<T extends z.ZodMiniType>(schema: T, value: object): Result<z.output<T>, RequestError> {
	const parsed = validate(schema, value);
	if (parsed.success) return ok(parsed.data);
	const { path, fault } = toFound(parsed.error.issues[0], value);
	return err({ kind: "invalid_value", param: toParam(path), fault });
}

function toParam(path: readonly PropertyKey[]): string | null {
	if (path.length === 0) return null;
	return path
		.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${echo(String(part))}`))
		.join("");
}

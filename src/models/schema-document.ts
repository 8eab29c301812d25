/**
 * Reads the OpenAPI document of an endpoint of fal's: its inputs and outputs as plain shapes. A document is hostile until it is read, so
 * the work is bounded: only references inside of the document are followed, no circle of them, and none too deep.
 */

import { isJsonObject, type JsonObject } from "../json-value.ts";
import { err, ok, type Result } from "../result.ts";

/** The values that a property takes. An alternative that cannot be read is left out. */
export interface Shape {
	/** Any text. */
	readonly text: boolean;
	/** Texts that are listed. */
	readonly words: readonly string[];
	readonly number: boolean;
	readonly min: number | null;
	readonly max: number | null;
	/** Of a text. */
	readonly maxChars: number | null;
	/** Of a list. */
	readonly maxItems: number | null;
	/** A list, and what its entries are. */
	readonly items: Shape | null;
	/** An object, and its properties. */
	readonly fields: ReadonlyMap<string, Shape> | null;
	/** Null: it has none. */
	readonly default: string | number | boolean | null;
}

export interface Property {
	readonly shape: Shape;
	/** It must be sent. */
	readonly required: boolean;
}

/** An endpoint as its document describes it. */
export interface EndpointDocument {
	readonly inputs: ReadonlyMap<string, Property>;
	/** Null: the document does not describe them. */
	readonly outputs: ReadonlyMap<string, Shape> | null;
	/** fal's name for such endpoints, as in `text-to-image`. Null: it does not say. */
	readonly category: string | null;
}

/** `broken`: it has no inputs that can be read. `too_much`: it passes a bound. */
export type DocumentFault = "broken" | "too_much";

export const SCHEMA_BOUNDS = {
	/** Of an input, and of an output. */
	properties: 200,
	/** Of schemas inside of each other, references among them. */
	depth: 8,
	/** Schemas that are read in a whole document. */
	steps: 5_000,
	/** Texts that are listed for one property. More are left out. */
	words: 200,
	/** Of a word or a name. Longer ones are left out. */
	chars: 64,
} as const;

function own(value: unknown, name: string): unknown {
	return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Follows names into objects. */
function at(value: unknown, ...path: readonly string[]): unknown {
	return path.reduce(own, value);
}

/** The rest of the bounds, and the references that led here. */
interface Reading {
	readonly schemas: unknown;
	readonly budget: { steps: number };
	readonly depth: number;
	readonly seen: readonly string[];
}

export function readDocument(document: unknown, endpoint: string): Result<EndpointDocument, DocumentFault> {
	const schemas = at(document, "components", "schemas");
	const reading: Reading = { schemas, budget: { steps: SCHEMA_BOUNDS.steps }, depth: 0, seen: [] };
	const paths = at(document, "paths");
	const input = jsonSchemaOf(at(paths, `/${endpoint}`, "post", "requestBody")) ?? named(schemas, "Input");
	const inputs = readProperties(input, reading);
	if (!inputs.ok) return inputs;
	const answer = at(paths, resultPathOf(paths), "get", "responses", "200");
	const output = jsonSchemaOf(answer) ?? named(schemas, "Output");
	const outputs = readProperties(output, reading);
	if (!outputs.ok && outputs.error === "too_much") return outputs;
	if (reading.budget.steps < 0) return err("too_much");
	const category = at(document, "info", "x-fal-metadata", "category");
	return ok({
		inputs: inputs.value,
		outputs: outputs.ok ? new Map([...outputs.value].map(([name, { shape }]) => [name, shape])) : null,
		category: isWord(category) ? category : null,
	});
}

/** Returns the path of a result. fal's queue has it under the app, which may be only the beginning of the endpoint's id. */
function resultPathOf(paths: unknown): string {
	return (
		(isJsonObject(paths) ? Object.keys(paths).find((path) => path.endsWith("/requests/{request_id}")) : undefined) ?? ""
	);
}

function jsonSchemaOf(body: unknown): unknown {
	return at(body, "content", "application/json", "schema");
}

/** Returns the only schema whose name ends so. */
function named(schemas: unknown, end: string): unknown {
	const names = isJsonObject(schemas) ? Object.keys(schemas).filter((name) => name.endsWith(end)) : [];
	return names.length === 1 ? own(schemas, names[0] ?? "") : undefined;
}

function readProperties(schema: unknown, reading: Reading): Result<ReadonlyMap<string, Property>, DocumentFault> {
	const found = follow(schema, reading);
	const properties = own(found?.schema, "properties");
	if (found === null || !isJsonObject(properties)) return err("broken");
	const names = Object.keys(properties);
	if (names.length > SCHEMA_BOUNDS.properties) return err("too_much");
	const required = own(found.schema, "required");
	const needed: ReadonlySet<unknown> = new Set(Array.isArray(required) ? required : []);
	return ok(
		new Map(
			names
				.filter((name) => name.length <= SCHEMA_BOUNDS.chars)
				.map((name) => [
					name,
					{ shape: readShape(properties[name], deeper(found.reading)), required: needed.has(name) },
				]),
		),
	);
}

function deeper(reading: Reading): Reading {
	return { ...reading, depth: reading.depth + 1 };
}

const REFERENCE = "#/components/schemas/";

/** Follows a reference to what it stands for. Null for one that leads nowhere, out of the document, back, or too deep. */
function follow(schema: unknown, reading: Reading): { readonly schema: JsonObject; readonly reading: Reading } | null {
	reading.budget.steps -= 1;
	if (!isJsonObject(schema) || reading.depth > SCHEMA_BOUNDS.depth || reading.budget.steps < 0) return null;
	const reference = own(schema, "$ref");
	if (reference === undefined) return { schema, reading };
	if (typeof reference !== "string" || !reference.startsWith(REFERENCE) || reading.seen.includes(reference))
		return null;
	const target = own(reading.schemas, reference.slice(REFERENCE.length));
	return follow(target, { ...deeper(reading), seen: [...reading.seen, reference] });
}

const NOTHING: Shape = {
	text: false,
	words: [],
	number: false,
	min: null,
	max: null,
	maxChars: null,
	maxItems: null,
	items: null,
	fields: null,
	default: null,
};

function readShape(schema: unknown, reading: Reading): Shape {
	const found = follow(schema, reading);
	if (found === null) return NOTHING;
	const alternatives = ["anyOf", "oneOf", "allOf"].flatMap((kind) => {
		const list = own(found.schema, kind);
		return Array.isArray(list) ? list.slice(0, SCHEMA_BOUNDS.words) : [];
	});
	const plain = readPlain(found.schema, found.reading);
	const whole = alternatives.map((alternative) => readShape(alternative, deeper(found.reading))).reduce(joined, plain);
	const value = own(found.schema, "default");
	return isWord(value) || typeof value === "number" || typeof value === "boolean"
		? { ...whole, default: value }
		: whole;
}

/** Reads a schema without its alternatives. */
function readPlain(schema: JsonObject, reading: Reading): Shape {
	const type = own(schema, "type");
	const types: ReadonlySet<unknown> = new Set(Array.isArray(type) ? type : [type]);
	const listed = own(schema, "enum") ?? (own(schema, "const") === undefined ? undefined : [own(schema, "const")]);
	const words = Array.isArray(listed) ? listed.slice(0, SCHEMA_BOUNDS.words).filter(isWord) : [];
	return {
		...NOTHING,
		text: types.has("string") && listed === undefined,
		words,
		number: (types.has("integer") || types.has("number")) && listed === undefined,
		min: numberIn(schema, "minimum"),
		max: numberIn(schema, "maximum"),
		maxChars: countIn(schema, "maxLength"),
		maxItems: numberIn(schema, "maxItems"),
		items: types.has("array") ? readShape(own(schema, "items"), deeper(reading)) : null,
		fields: readFields(schema, reading),
	};
}

/** Reads the properties of an object inside of a property. Of many, the first count. */
function readFields(schema: JsonObject, reading: Reading): Shape["fields"] {
	const properties = own(schema, "properties");
	if (!isJsonObject(properties)) return own(schema, "type") === "object" ? new Map() : null;
	const names = Object.keys(properties).slice(0, SCHEMA_BOUNDS.properties);
	return new Map(names.map((name) => [name, readShape(properties[name], deeper(reading))]));
}

function joined(a: Shape, b: Shape): Shape {
	return {
		text: a.text || b.text,
		words: [...a.words, ...b.words].slice(0, SCHEMA_BOUNDS.words),
		number: a.number || b.number,
		min: a.min ?? b.min,
		max: a.max ?? b.max,
		maxChars: a.maxChars ?? b.maxChars,
		maxItems: a.maxItems ?? b.maxItems,
		items: a.items ?? b.items,
		fields: a.fields ?? b.fields,
		default: a.default ?? b.default,
	};
}

function isWord(value: unknown): value is string {
	return typeof value === "string" && value.length <= SCHEMA_BOUNDS.chars;
}

/** A bound that nothing could keep is none. */
function countIn(schema: JsonObject, name: string): number | null {
	const count = numberIn(schema, name);
	return count !== null && count >= 1 ? count : null;
}

function numberIn(schema: JsonObject, name: string): number | null {
	const value = own(schema, name);
	return typeof value === "number" ? value : null;
}

import { describe, expect, it } from "vitest";
import { readDocument, SCHEMA_BOUNDS, type Shape } from "./schema-document.ts";

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
const TEXT: Shape = { ...NOTHING, text: true };
const NUMBER: Shape = { ...NOTHING, number: true };

/** A document of `a/b` with these properties of its input. */
function read(properties: object, schemas: object = {}) {
	return readDocument({ components: { schemas: { AbInput: { properties }, ...schemas } } }, "a/b");
}

function shapeOf(schema: unknown, schemas: object = {}): Shape | undefined {
	const document = read({ x: schema }, schemas);
	return document.ok ? document.value.inputs.get("x")?.shape : undefined;
}

function times<T>(count: number, make: (index: number) => T): readonly T[] {
	return Array.from({ length: count }, (_, index) => make(index));
}

describe("a property", () => {
	it.each<readonly [schema: unknown, shape: Shape]>([
		[{}, NOTHING],
		[7, NOTHING],
		[{ type: "string" }, TEXT],
		[{ type: ["string", "null"] }, TEXT],
		[
			{ type: "string", maxLength: 9 },
			{ ...TEXT, maxChars: 9 },
		],
		[
			{ type: "string", maxLength: 1 },
			{ ...TEXT, maxChars: 1 },
		],
		[{ type: "string", maxLength: "9" }, TEXT],
		[{ type: "string", maxLength: 0 }, TEXT],
		[{ type: "string", maxLength: -1 }, TEXT],
		[
			{ type: "string", default: "a" },
			{ ...TEXT, default: "a" },
		],
		[{ type: "string", default: ["a"] }, TEXT],
		[{ type: "string", default: null }, TEXT],
		[{ type: "integer" }, NUMBER],
		[{ type: "number" }, NUMBER],
		[{ type: ["null", "integer"] }, NUMBER],
		[
			{ type: "integer", minimum: 1, maximum: 8 },
			{ ...NUMBER, min: 1, max: 8 },
		],
		[
			{ type: "integer", default: 4 },
			{ ...NUMBER, default: 4 },
		],
		[{ type: "boolean" }, NOTHING],
		[
			{ type: "boolean", default: false },
			{ ...NOTHING, default: false },
		],
		// Listed words are not any text, and listed numbers not any number.
		[
			{ type: "string", enum: ["a", "b"] },
			{ ...NOTHING, words: ["a", "b"] },
		],
		[{ enum: ["a", 7, null, "b"] }, { ...NOTHING, words: ["a", "b"] }],
		[
			{ type: "string", const: "a" },
			{ ...NOTHING, words: ["a"] },
		],
		[{ type: "string", enum: "a" }, NOTHING],
		[{ type: "integer", enum: [1, 2] }, NOTHING],
		[{ type: "integer", const: 1 }, NOTHING],
		[{ type: "array" }, { ...NOTHING, items: NOTHING }],
		[
			{ type: "array", items: { type: "string" }, maxItems: 3 },
			{ ...NOTHING, items: TEXT, maxItems: 3 },
		],
		[{ items: { type: "string" } }, NOTHING],
		[{ type: "object" }, { ...NOTHING, fields: new Map() }],
		[
			{ type: "object", properties: 7 },
			{ ...NOTHING, fields: new Map() },
		],
		[{ properties: { width: { type: "integer" } } }, { ...NOTHING, fields: new Map([["width", NUMBER]]) }],
	])("is read from %j", (schema, shape) => {
		expect(shapeOf(schema)).toEqual(shape);
	});

	it.each<readonly [schema: unknown, shape: Shape]>([
		[{ anyOf: [{ type: "string" }, { type: "null" }] }, TEXT],
		[{ oneOf: [{ type: "null" }, { type: "integer" }] }, NUMBER],
		[{ allOf: [{ type: "integer", minimum: 0 }, { maximum: 8 }] }, { ...NUMBER, min: 0, max: 8 }],
		[{ anyOf: { type: "string" } }, NOTHING],
		[{ anyOf: [{ enum: ["a"] }, { type: "string" }, { enum: ["b"] }] }, { ...NOTHING, text: true, words: ["a", "b"] }],
		[
			{ type: "string", maxLength: 5, anyOf: [{ type: "number", minimum: 1, maximum: 3 }], default: "a" },
			{ ...NOTHING, text: true, number: true, min: 1, max: 3, maxChars: 5, default: "a" },
		],
		[
			{ type: "integer", minimum: 1, maximum: 3, anyOf: [{ type: "string", maxLength: 5 }] },
			{ ...NOTHING, text: true, number: true, min: 1, max: 3, maxChars: 5 },
		],
		[
			{ anyOf: [{ type: "array", items: { type: "string" }, maxItems: 2 }, { type: "string" }] },
			{ ...NOTHING, text: true, items: TEXT, maxItems: 2 },
		],
		[
			{ anyOf: [{ type: "string" }, { type: "array", items: { type: "string" }, maxItems: 2 }] },
			{ ...NOTHING, text: true, items: TEXT, maxItems: 2 },
		],
		[
			{ anyOf: [{ properties: { width: { type: "integer" } } }, { enum: ["square"] }] },
			{ ...NOTHING, words: ["square"], fields: new Map([["width", NUMBER]]) },
		],
		[
			{ anyOf: [{ enum: ["square"] }, { properties: { width: { type: "integer" } } }] },
			{ ...NOTHING, words: ["square"], fields: new Map([["width", NUMBER]]) },
		],
		// Of two values the first counts; the schema's own default comes before those of its alternatives.
		[
			{
				anyOf: [
					{ type: "integer", minimum: 1, maximum: 4 },
					{ type: "integer", minimum: 2, maximum: 8 },
				],
			},
			{ ...NUMBER, min: 1, max: 4 },
		],
		[{ anyOf: [{ default: "a" }, { default: "b" }] }, { ...NOTHING, default: "a" }],
		[{ anyOf: [{}, { default: "b" }] }, { ...NOTHING, default: "b" }],
		[
			{ anyOf: [{ default: "a" }], default: "c" },
			{ ...NOTHING, default: "c" },
		],
	])("joins its alternatives: %j", (schema, shape) => {
		expect(shapeOf(schema)).toEqual(shape);
	});

	it("must be sent if its schema lists it", () => {
		const input = (required: unknown) => ({ properties: { a: {}, b: {} }, required });
		const needed = (required: unknown) => {
			const document = readDocument({ components: { schemas: { AbInput: input(required) } } }, "a/b");
			return document.ok ? [...document.value.inputs].map(([name, property]) => [name, property.required]) : null;
		};
		expect(needed(["b", 7])).toEqual([
			["a", false],
			["b", true],
		]);
		for (const none of [undefined, "b", {}]) {
			expect(needed(none)).toEqual([
				["a", false],
				["b", false],
			]);
		}
	});
});

describe("a reference", () => {
	const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

	it.each<readonly [what: string, schema: unknown, schemas: object, shape: Shape]>([
		["to a schema", ref("S"), { S: { type: "string" } }, TEXT],
		["to another reference", ref("S"), { S: ref("T"), T: { type: "string" } }, TEXT],
		[
			"twice to the same schema",
			{ anyOf: [ref("S"), ref("S")] },
			{ S: { enum: ["a"] } },
			{ ...NOTHING, words: ["a", "a"] },
		],
		["of an entry", { type: "array", items: ref("S") }, { S: { type: "string" } }, { ...NOTHING, items: TEXT }],
	])("is followed %s", (_, schema, schemas, shape) => {
		expect(shapeOf(schema, schemas)).toEqual(shape);
	});

	it.each<readonly [what: string, schema: unknown, schemas: object]>([
		["no text", { $ref: 7, type: "string" }, {}],
		["an address", { $ref: "https://evil.test/x.json#/components/schemas/S" }, { S: { type: "string" } }],
		["another part of the document", { $ref: "#/definitions/sssssssS" }, { S: { type: "string" } }],
		["a schema that is not there", ref("S"), {}],
		["a name that every object has", ref("toString"), {}],
		["itself", ref("S"), { S: ref("S") }],
	])("leads nowhere if it is %s", (_, schema, schemas) => {
		expect(shapeOf(schema, schemas)).toEqual(NOTHING);
	});

	it("to itself from inside is followed once", () => {
		const schemas = { S: { type: "array", items: ref("S") } };
		expect(shapeOf(ref("S"), schemas)).toEqual({ ...NOTHING, items: NOTHING });
	});
});

describe("the bounds of a document", () => {
	it("lets 200 words of a property stand, and words and names of 64 characters", () => {
		const words = times(201, (index) => `w${index}`);
		expect(shapeOf({ enum: words })?.words).toEqual(words.slice(0, 200));
		expect(shapeOf({ anyOf: [{ enum: words.slice(0, 150) }, { enum: words.slice(150) }] })?.words).toEqual(
			words.slice(0, 200),
		);
		const alternatives = times(201, (index) => ({ const: `w${index}` }));
		expect(shapeOf({ anyOf: alternatives })?.words).toEqual(words.slice(0, 200));
		const [just, over] = ["w".repeat(64), "w".repeat(65)];
		expect(shapeOf({ enum: [just, over], default: just })).toEqual({ ...NOTHING, words: [just], default: just });
		expect(shapeOf({ enum: [just], default: over })?.default).toBeNull();
		const named = read({ [just]: {}, [over]: {} });
		expect(named.ok && [...named.value.inputs.keys()]).toEqual([just]);
	});

	it("reads the first 200 fields of an object inside of a property", () => {
		const properties = Object.fromEntries(times(201, (index) => [`f${index}`, {}]));
		expect([...(shapeOf({ properties })?.fields?.keys() ?? [])]).toEqual(times(200, (index) => `f${index}`));
	});

	it("reads eight levels of lists", () => {
		const nested = (levels: number): object =>
			times(levels, () => 0).reduce<object>((items) => ({ type: "array", items }), { type: "string" });
		const depthOf = (shape: Shape | null | undefined): number => (shape?.items ? 1 + depthOf(shape.items) : 0);
		const innermost = (shape: Shape): Shape => (shape.items === null ? shape : innermost(shape.items));
		const seven = shapeOf(nested(7));
		expect(depthOf(seven)).toBe(7);
		expect(seven && innermost(seven)).toEqual(TEXT);
		expect(depthOf(shapeOf(nested(8)))).toBe(8);
		expect(depthOf(shapeOf(nested(9)))).toBe(8);
		const eight = shapeOf(nested(8));
		expect(eight && innermost(eight)).toEqual(NOTHING);
	});

	it("refuses a document of more than 5,000 schemas", () => {
		// One step for the input, one for the output that is not there, and one for each property and each of its fields.
		const withFields = (count: number) => {
			const fields = Object.fromEntries(times(199, (index) => [`f${index}`, {}]));
			const full = Math.floor(count / 200);
			const rest = Object.fromEntries(times((count % 200) - 1, (index) => [`f${index}`, {}]));
			return read({
				...Object.fromEntries(times(full, (index) => [`p${index}`, { properties: fields }])),
				last: { properties: rest },
			});
		};
		expect(withFields(SCHEMA_BOUNDS.steps - 2)).toMatchObject({ ok: true });
		expect(withFields(SCHEMA_BOUNDS.steps - 1)).toEqual({ ok: false, error: "too_much" });
	});

	it("refuses an output of more than 200 properties", () => {
		const output = (count: number) => ({ properties: Object.fromEntries(times(count, (index) => [`p${index}`, {}])) });
		expect(read({ x: {} }, { AbOutput: output(200) })).toMatchObject({ ok: true });
		expect(read({ x: {} }, { AbOutput: output(201) })).toEqual({ ok: false, error: "too_much" });
	});
});

describe("the inputs and outputs of an endpoint", () => {
	const json = (name: string) => ({
		content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
	});
	const one = { properties: { one: { type: "string" } } };
	const two = { properties: { two: { type: "integer" } } };
	const paths = (path: string) => ({
		"/a/b": { post: { requestBody: json("First") } },
		[path]: { get: { responses: { "200": json("Second") } } },
	});

	it.each<readonly [what: string, document: unknown, inputs: readonly string[], outputs: readonly string[] | null]>([
		[
			"their paths",
			{
				paths: paths("/a/requests/{request_id}"),
				components: { schemas: { First: one, Second: two, OtherInput: two } },
			},
			["one"],
			["two"],
		],
		["the ends of their names", { components: { schemas: { AbInput: one, AbOutput: two } } }, ["one"], ["two"]],
		[
			"neither, if two outputs end so",
			{ components: { schemas: { AbInput: one, AbOutput: two, CdOutput: two } } },
			["one"],
			null,
		],
		[
			"a path that is no result's",
			{ paths: paths("/a/requests/{request_id}/status"), components: { schemas: { First: one, Second: two } } },
			["one"],
			null,
		],
		[
			"nothing for outputs that are no schema",
			{ components: { schemas: { AbInput: one, AbOutput: 7 } } },
			["one"],
			null,
		],
	])("are found by %s", (_, document, inputs, outputs) => {
		const found = readDocument(document, "a/b");
		expect(found.ok && [...found.value.inputs.keys()]).toEqual(inputs);
		expect(found.ok && (found.value.outputs === null ? null : [...found.value.outputs.keys()])).toEqual(outputs);
	});

	it.each<readonly [document: unknown]>([
		[null],
		[{}],
		[{ components: { schemas: [] } }],
		[{ components: { schemas: { AbInput: one, CdInput: one } } }],
		[{ components: { schemas: { AbInput: {} } } }],
		[{ components: { schemas: { AbInput: { properties: [] } } } }],
	])("are broken in %j", (document) => {
		expect(readDocument(document, "a/b")).toEqual({ ok: false, error: "broken" });
	});

	it("have fal's category if it is a short text", () => {
		const category = (value: unknown) => {
			const info = { "x-fal-metadata": { category: value } };
			const found = readDocument({ info, components: { schemas: { AbInput: one } } }, "a/b");
			return found.ok && found.value.category;
		};
		expect([category("text-to-image"), category(7), category("c".repeat(65)), category(undefined)]).toEqual([
			"text-to-image",
			null,
			null,
			null,
		]);
	});
});

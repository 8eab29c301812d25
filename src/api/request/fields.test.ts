import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { blamed } from "../../../test/support/blamed.ts";
import type { Fault } from "../../faults.ts";
import {
	anyObject,
	faulty,
	integer,
	optional,
	parseBody,
	parseQuery,
	text,
	tokenLimit,
	wholeNumber,
} from "./fields.ts";

describe("parseBody", () => {
	const Word = z.object({ word: z.string() });

	it("returns the value, without the fields that the schema does not name", () => {
		expect(parseBody(Word, { word: "fox", other: 1 })).toEqual({ ok: true, value: { word: "fox" } });
	});

	it.each([null, undefined, "", "{}", 7, true])("refuses %j, which is no object", (body) => {
		expect(parseBody(Word, body)).toEqual({ ok: false, error: { kind: "invalid_json", body: "value" } });
	});

	it.each([[[]], [[{ word: "fox" }]]])("refuses %j, which is an array", (body) => {
		expect(parseBody(Word, body)).toEqual({ ok: false, error: { kind: "invalid_json", body: "array" } });
	});

	it.each<readonly [body: object, param: string]>([
		[{}, "a"],
		[{ a: [1] }, "a[0]"],
		[{ a: [{ b: "x" }, { b: 1 }] }, "a[1].b"],
		[{ a: [{ b: [1] }] }, "a[0].b[0]"],
		[{ a: [{ b: ["x"] }] }, "ok"],
		[{ a: [{ b: "x" }] }, "ok"],
	])("blames in %j the first fault of the branch that came furthest: %s", (body, param) => {
		const Deep = z.object({ a: z.array(z.object({ b: z.union([z.string(), z.array(z.string())]) })) });
		expect(blamed(parseBody(Deep, body))).toBe(param);
	});

	it("blames no field if the whole body is at fault", () => {
		const Whole = z.object({}).check(faulty(() => ({ is: "empty" })));
		expect(parseBody(Whole, {})).toEqual({
			ok: false,
			error: { kind: "invalid_value", param: null, fault: { is: "empty" } },
		});
	});
});

describe("parseQuery", () => {
	const Page = z.object({ limit: z.optional(wholeNumber(0, 40)), word: z.optional(z.string()) });
	const read = (query: string) => parseQuery(Page, `https://gateway.test/v1/jobs${query}`);

	it.each<readonly [query: string, value: object]>([
		["", {}],
		["?", {}],
		["?other=1&__proto__=2&constructor=3", {}],
		["?limit=40", { limit: 40 }],
		["?limit=007", { limit: 7 }],
		["?limit=1&limit=99", { limit: 1 }],
		["?word=", { word: "" }],
		["?word=a%20fox%26&word=b", { word: "a fox&" }],
		["?word=%E7%8B%90+%zz", { word: "狐 %zz" }],
		["?WORD=a", {}],
	])("reads %j as %j", (query, value) => {
		expect(read(query)).toEqual({ ok: true, value });
	});

	const NO_NUMBER: Fault = { is: "type", expected: ["integer"], got: "string" };

	it.each<readonly [limit: string, fault: Fault]>([
		["", NO_NUMBER],
		["1.5", NO_NUMBER],
		["1e1", NO_NUMBER],
		["0x1", NO_NUMBER],
		["+1", NO_NUMBER],
		["-0", NO_NUMBER],
		[" 1", NO_NUMBER],
		["one", NO_NUMBER],
		["NaN", NO_NUMBER],
		["99999999999999999", NO_NUMBER],
		["41", { is: "too_large", max: 40, got: 41 }],
		["-1", { is: "too_small", min: 0, got: -1 }],
	])("refuses limit=%j and blames it", (limit, fault) => {
		expect(read(`?limit=${encodeURIComponent(limit)}`)).toEqual({
			ok: false,
			error: { kind: "invalid_value", param: "limit", fault },
		});
	});

	it("refuses the first of two values, though the second is right", () => {
		expect(blamed(read("?limit=&limit=1"))).toBe("limit");
	});

	it("never throws, whatever the query", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (query) => {
				expect(typeof read(`?limit=${query}`).ok).toBe("boolean");
			}),
		);
	});
});

describe("a field", () => {
	const fieldsOf = (schema: z.ZodMiniType) => z.object({ it: schema });

	it.each([null, "", undefined])("that is optional is absent if it is %j", (value) => {
		expect(parseBody(fieldsOf(optional(z.string())), { it: value })).toEqual({ ok: true, value: { it: undefined } });
	});

	it.each([0, false, [], " "])("that is optional keeps %j", (value) => {
		expect(parseBody(fieldsOf(optional(z.unknown())), { it: value })).toEqual({ ok: true, value: { it: value } });
	});

	it.each([
		[9, 9],
		[1.5, 1.5],
		[0, 0],
		[-1, undefined],
		[-2, undefined],
		["9", undefined],
		[null, undefined],
		[{}, undefined],
	])("that limits tokens reads %j as %j", (value, read) => {
		expect(parseBody(fieldsOf(tokenLimit), { it: value })).toEqual({ ok: true, value: { it: read } });
	});

	it.each<readonly [value: unknown, read: string]>([
		["狐🦊", "狐🦊"],
		["a \ud83e", "a \ufffd"],
		["\udd8a fox", "\ufffd fox"],
	])("of text reads %j as %j", (value, read) => {
		expect(parseBody(fieldsOf(text(9)), { it: value })).toEqual({ ok: true, value: { it: read } });
	});

	it.each<readonly [schema: z.ZodMiniType, value: unknown, param: string]>([
		[text(3), "abc", "ok"],
		[text(3), "abcd", "it"],
		[text(3), "🦊🦊🦊", "ok"],
		[text(3), "🦊🦊🦊a", "it"],
		[integer(1, 10), 1, "ok"],
		[integer(1, 10), 10, "ok"],
		[integer(1, 10), 0, "it"],
		[integer(1, 10), 11, "it"],
		[integer(1, 10), 1e20, "it"],
		[integer(1, 10), 1.5, "it"],
		[integer(1, 10), "1", "it"],
		[wholeNumber(0, 9), "0", "ok"],
		[wholeNumber(0, Number.MAX_SAFE_INTEGER), String(Number.MAX_SAFE_INTEGER), "ok"],
		[wholeNumber(0, Number.MAX_SAFE_INTEGER), "9007199254740992", "it"],
		[anyObject(), { a: [1, { b: null }] }, "ok"],
		[anyObject(), [], "it"],
		[anyObject(), null, "it"],
	])("at its bound (%#) of %o: %s", (schema, value, param) => {
		expect(blamed(parseBody(fieldsOf(schema), { it: value }))).toBe(param);
	});
});

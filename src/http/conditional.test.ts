import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isConditional, type Selection, select } from "./conditional.ts";

const ETAG = '"abc"';
const BYTES = 1000;
const WHOLE: Selection = { kind: "whole" };
const NOT_MODIFIED: Selection = { kind: "not_modified" };
const UNSATISFIABLE: Selection = { kind: "unsatisfiable" };

function part(offset: number, length: number): Selection {
	return { kind: "part", offset, length };
}

function selectBy(headers: Record<string, string>, bytes = BYTES): Selection {
	return select(new Headers(headers), ETAG, bytes);
}

describe("isConditional", () => {
	it.each<[string, Record<string, string>, boolean]>([
		["no header", {}, false],
		["If-None-Match", { "if-none-match": ETAG }, true],
		["Range", { range: "bytes=0-1" }, true],
		["an empty Range", { range: "" }, true],
		["If-Range alone, which means nothing", { "if-range": ETAG }, false],
		["other conditions, which are not offered", { "if-match": ETAG, "if-modified-since": "today" }, false],
	])("with %s is %j %s", (_, headers, expected) => {
		expect(isConditional(new Headers(headers))).toBe(expected);
	});
});

describe("If-None-Match (RFC 9110, 13.1.2)", () => {
	it.each([
		['"abc"', NOT_MODIFIED],
		['W/"abc"', NOT_MODIFIED],
		["*", NOT_MODIFIED],
		[' "abc" ', NOT_MODIFIED],
		['"x", "abc"', NOT_MODIFIED],
		['"x","abc","y"', NOT_MODIFIED],
		['"x", W/"abc"', NOT_MODIFIED],
		[', "abc",', NOT_MODIFIED],
		['"x", *', NOT_MODIFIED],
		['"x"', WHOLE],
		['W/"x"', WHOLE],
		["abc", WHOLE],
		['"ABC"', WHOLE],
		['w/"abc"', WHOLE],
		['W/W/"abc"', WHOLE],
		['"ab"', WHOLE],
		['"abc', WHOLE],
		["", WHOLE],
		[",", WHOLE],
	])("of %s", (value, selection) => {
		expect(selectBy({ "if-none-match": value })).toEqual(selection);
	});

	it("is decided before any range", () => {
		expect(selectBy({ "if-none-match": ETAG, range: "bytes=0-9" })).toEqual(NOT_MODIFIED);
		expect(selectBy({ "if-none-match": ETAG, range: "bytes=5000-" })).toEqual(NOT_MODIFIED);
		expect(selectBy({ "if-none-match": '"x"', range: "bytes=0-9" })).toEqual(part(0, 10));
	});
});

describe("Range (RFC 9110, 14.1.2)", () => {
	it.each([
		["bytes=0-0", part(0, 1)],
		["bytes=0-499", part(0, 500)],
		["bytes=500-999", part(500, 500)],
		["bytes=500-1000", part(500, 500)],
		["bytes=500-999999999999999", part(500, 500)],
		["bytes=0-", part(0, 1000)],
		["bytes=999-", part(999, 1)],
		["bytes=-1", part(999, 1)],
		["bytes=-999", part(1, 999)],
		["bytes=-1000", part(0, 1000)],
		["bytes=-1001", part(0, 1000)],
		["BYTES=0-9", part(0, 10)],
		["bytes= 0-9 ", part(0, 10)],
	])("%s gives its bytes", (range, selection) => {
		expect(selectBy({ range })).toEqual(selection);
	});

	it.each(["bytes=1000-", "bytes=1000-1000", "bytes=1000-2000", "bytes=999999999999999-", "bytes=-0"])(
		"%s lies outside",
		(range) => {
			expect(selectBy({ range })).toEqual(UNSATISFIABLE);
		},
	);

	it.each([
		["bytes=0-", UNSATISFIABLE],
		["bytes=0-0", UNSATISFIABLE],
		["bytes=-1", UNSATISFIABLE],
		["bytes=-0", UNSATISFIABLE],
		["bytes=5-3", WHOLE],
	])("%s of nothing", (range, selection) => {
		expect(selectBy({ range }, 0)).toEqual(selection);
	});

	it.each([
		"",
		"bytes",
		"bytes=",
		"bytes=-",
		"bytes=a-b",
		"bytes=0x1-2",
		"bytes=9-1",
		"bytes=2000-1000",
		"bytes=0-1,5-9",
		"bytes=0-1, -1",
		"bytes=+1-2",
		"bytes=1.5-2",
		"bytes=--1",
		"bytes 0-9",
		"lines=1-2",
		"xbytes=0-9",
		"bytes=0-9x",
		"bytes=9999999999999999-",
		"bytes=0-9999999999999999",
		"bytes=-9999999999999999",
	])("%j is ignored", (range) => {
		expect(selectBy({ range })).toEqual(WHOLE);
	});

	it("never gives a byte that is not there", () => {
		const anyNumber = fc.oneof(fc.nat(30), fc.maxSafeNat());
		const anyRange = fc.oneof(
			fc.tuple(anyNumber, anyNumber).map(([from, to]) => `bytes=${from}-${to}`),
			anyNumber.map((from) => `bytes=${from}-`),
			anyNumber.map((last) => `bytes=-${last}`),
			fc.string({ unit: "grapheme-ascii" }).map((text) => `bytes=${text}`),
		);
		fc.assert(
			fc.property(anyRange, fc.nat(30), (range, bytes) => {
				const selection = selectBy({ range }, bytes);
				if (selection.kind !== "part") return;
				expect(selection.offset).toBeGreaterThanOrEqual(0);
				expect(selection.length).toBeGreaterThan(0);
				expect(selection.offset + selection.length).toBeLessThanOrEqual(bytes);
			}),
		);
	});
});

describe("If-Range (RFC 9110, 13.1.5)", () => {
	it.each([
		['"abc"', part(0, 10)],
		[' "abc" ', part(0, 10)],
		['W/"abc"', WHOLE],
		['"x"', WHOLE],
		["*", WHOLE],
		['"x", "abc"', WHOLE],
		["Wed, 21 Oct 2026 07:28:00 GMT", WHOLE],
		["", WHOLE],
	])("of %s", (ifRange, selection) => {
		expect(selectBy({ range: "bytes=0-9", "if-range": ifRange })).toEqual(selection);
	});

	it("spares a client with another version the 416", () => {
		expect(selectBy({ range: "bytes=5000-", "if-range": '"x"' })).toEqual(WHOLE);
		expect(selectBy({ range: "bytes=5000-", "if-range": ETAG })).toEqual(UNSATISFIABLE);
	});

	it("means nothing without a range", () => {
		expect(selectBy({ "if-range": ETAG })).toEqual(WHOLE);
		expect(selectBy({ "if-range": '"x"' })).toEqual(WHOLE);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closeCutJson, endOfValues, MAX_VALUES, parseJson } from "./json.ts";

describe("JSON that was cut off", () => {
	const cut = (text: string, keepText = true) => parseJson(closeCutJson(text, { keepText }));

	it.each<readonly [text: string, value: unknown]>([
		[
			'{"detail":[{"msg":"flagged","type":"x","input":"aaaa',
			{ detail: [{ msg: "flagged", type: "x", input: "aaaa" }] },
		],
		['{"detail":[{"msg":"flagged","type":"content_pol', { detail: [{ msg: "flagged", type: "content_pol" }] }],
		['{"detail":[{"msg":"flagged"},{"ms', { detail: [{ msg: "flagged" }, {}] }],
		['{"detail":[{"msg":"flagged"},{"msg"', { detail: [{ msg: "flagged" }, {}] }],
		['{"detail":[{"msg":"flagged"},{"msg":', { detail: [{ msg: "flagged" }, {}] }],
		['{"detail":[0,0,0,0', { detail: [0, 0, 0] }],
		['{"detail":"say \\"no', { detail: 'say "no' }],
		['{"detail":"say \\', { detail: "say " }],
		['{"detail":"say \\u4e', { detail: "say " }],
		['{"a":true,"b":fal', { a: true }],
		['{"a":{"b":[1,2],"c":nul', { a: { b: [1, 2] } }],
		["{", {}],
		["[", []],
		['{"whole":1}', { whole: 1 }],
		["", undefined],
		["<html>", undefined],
	])("is read up to its last whole part: %s", (text, value) => {
		expect(cut(text)).toEqual(value);
	});

	it("leaves out a text that was cut, where half of it would be another", () => {
		expect(cut('{"status":"IN_QUEUE","request_id":"r-', false)).toEqual({ status: "IN_QUEUE" });
	});

	it("reads a part of any JSON, wherever it was cut", () => {
		fc.assert(
			fc.property(fc.object({ maxDepth: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (value, share) => {
				const text = JSON.stringify(value);
				const part = text.slice(0, Math.max(1, Math.floor(text.length * share)));
				expect(cut(part)).toBeTypeOf("object");
			}),
		);
	});

	it.each(["[", '{"a":', "0,", '"a",', '"\\"', "\\"])("is quick on %s again and again", (piece) => {
		const text = `[${piece.repeat(64 * 1024)}`;
		const started = performance.now();
		closeCutJson(text, { keepText: true });
		expect(performance.now() - started).toBeLessThan(500);
	});
});

it("reads only the beginning of a text that is all values", () => {
	const zeros = `{"detail":"no","values":[${"0,".repeat(12 * 1024 * 1024)}0]}`;
	const nesting = "[".repeat(24 * 1024 * 1024);
	const started = performance.now();
	// A brace, a bracket and a comma are counted as values, too; the last one may go on, and is left out.
	expect(parseJson(zeros)).toMatchObject({ detail: "no", values: { length: MAX_VALUES - 4 } });
	expect(parseJson(nesting)).toBeTypeOf("object");
	expect(performance.now() - started).toBeLessThan(1_000);
});

describe("where a JSON text passes a bound of values", () => {
	it.each<readonly [text: string, values: number]>([
		["[]", 2],
		["[0,0,0]", 4],
		['{"a":[1,2],"b":{}}', 6],
		['["[[[,,,{{{"]', 2],
		['["\\"[[[,,,"]', 2],
	])("is counted of %s: %i", (text, values) => {
		expect(endOfValues(text, values)).toBe(text.length);
		expect(endOfValues(text, values - 1)).toBeLessThan(text.length);
	});

	it("leaves a beginning that can be read", () => {
		const text = '{"images":["a"],"embedding":[0,0,0,0,0]}';
		const beginning = closeCutJson(text.slice(0, endOfValues(text, 7)), { keepText: false });
		expect(parseJson(beginning)).toEqual({ images: ["a"], embedding: [0, 0] });
	});

	it("is counted quickly in long texts", () => {
		const started = performance.now();
		const picture = `{"images":[{"url":"data:image/png;base64,${"A".repeat(32 * 1024 * 1024)}"}]}`;
		expect(endOfValues(picture, 100)).toBe(picture.length);
		expect(endOfValues(`{"detail":[${"0,".repeat(16 * 1024 * 1024)}0]}`, 100_000)).toBeLessThan(250_000);
		expect(performance.now() - started).toBeLessThan(500);
	});
});

import { describe, expect, it } from "vitest";
import { err, ok } from "../../src/result.ts";
import type { Reduction, Sample } from "./question.ts";
import { casesOf, clip, factsOf, isBelow, kindOf, shapeOf } from "./shape.ts";

const SHAPE: Reduction = { body: "shape" };
const same = (text: string) => text;

function sampleOf(name: string, body: string, facts = {}): Sample {
	return { case: name, answer: ok({ status: 200, headers: {}, body }), facts };
}

describe("kindOf", () => {
	it.each([
		[null, "null"],
		[[], "list"],
		[{}, "object"],
		[1.5, "number"],
		[false, "boolean"],
		["IN_QUEUE", "text"],
		["", "text"],
		["https://v3.fal.media/files/a.png", "address"],
		["data:image/png;base64,AA", "address"],
		["2026-11-28T10:00:00Z", "time"],
		["2026-11-28T10:00:00.123456+00:00", "time"],
		["2026-11-28", "text"],
	])("calls %j %s", (value, kind) => {
		expect(kindOf(value)).toBe(kind);
	});
});

describe("isBelow", () => {
	it.each([
		["detail", true],
		["detail[]", true],
		["detail[].msg", true],
		["detail.msg", true],
		["details", false],
		["error.detail", false],
	])("takes %s below detail: %s", (path, below) => {
		expect(isBelow(path, ["status", "detail"])).toBe(below);
	});
});

describe("shapeOf", () => {
	it("lists each field by its path and its kind, and joins the entries of a list", () => {
		const value = { images: [{ url: "https://a/b", width: 1 }, { url: null }], seed: 7, logs: [] };
		expect(shapeOf(value, {}, same)).toEqual({
			body: "object",
			"body.images": "list",
			"body.images[]": "object",
			"body.images[].url": "address | null",
			"body.images[].width": "number",
			"body.seed": "number",
			"body.logs": "list",
		});
	});

	it("shows the text of literal fields, and leaves ignored ones out with all below them", () => {
		const value = { status: "IN_QUEUE", metrics: { inference_time: 1 }, count: 2, detail: [{ type: "missing" }] };
		const reduce = { literal: ["status", "count", "detail[].type"], ignore: ["metrics"] };
		expect(shapeOf(value, reduce, same)).toEqual({
			body: "object",
			"body.status": '"IN_QUEUE"',
			"body.count": "2",
			"body.detail": "list",
			"body.detail[]": "object",
			"body.detail[].type": '"missing"',
		});
	});

	it("scrubs a literal text before it is quoted or cut, and names of fields too", () => {
		const secret = `a"b\\${"c".repeat(200)}`;
		const scrub = (text: string) => text.replaceAll(secret, "<secret>");
		expect(shapeOf({ detail: `x ${secret}`, [secret]: 1 }, { literal: ["detail"] }, scrub)).toEqual({
			body: "object",
			"body.detail": '"x <secret>"',
			"body.<secret>": "number",
		});
	});

	it("reads 200 fields, 8 levels and 20 entries at most", () => {
		const wide = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, 1]));
		expect(Object.keys(shapeOf(wide, {}, same))).toHaveLength(200);
		const deep = JSON.parse(`${"[".repeat(30)}${"]".repeat(30)}`);
		expect(Object.keys(shapeOf(deep, {}, same)).at(-1)).toBe(`body.${"[]".repeat(8)}`);
		const long = [...Array.from({ length: 20 }, () => 1), "late"];
		expect(shapeOf(long, {}, same)).toEqual({ body: "list", "body.[]": "number" });
	});
});

describe("factsOf", () => {
	it("gives the status, the form of the body and the facts of the sample", () => {
		expect(factsOf(sampleOf("a", '{"a":1}', { reads: "accepted" }), SHAPE, same)).toEqual({
			status: "200",
			body: "object",
			"body.a": "number",
			reads: "accepted",
		});
	});

	it("leaves the body out if nothing of it is compared, and names one that is no JSON", () => {
		expect(factsOf(sampleOf("a", '{"a":1}'), { body: "nothing" }, same)).toEqual({ status: "200" });
		expect(factsOf(sampleOf("a", "<html>"), SHAPE, same)).toEqual({ status: "200", body: "no JSON" });
	});

	it("has no facts of an answer that did not come", () => {
		expect(factsOf({ case: "a", answer: err("no answer") }, SHAPE, same)).toEqual({});
	});
});

describe("casesOf", () => {
	it("joins the samples of a case, and marks what only some of them have", () => {
		const samples = [
			sampleOf("q", '{"p":1}'),
			sampleOf("done", "{}"),
			sampleOf("q", '{"p":null}'),
			sampleOf("q", "{}"),
		];
		expect(casesOf(samples, SHAPE, same)).toEqual([
			{ name: "q", facts: { status: "200", body: "object", "body.p": "missing | null | number" } },
			{ name: "done", facts: { status: "200", body: "object" } },
		]);
	});
});

it("clips at the bound", () => {
	expect([clip("abcd", 4), clip("abcde", 4)]).toEqual(["abcd", "abc…"]);
});

import { expect, it } from "vitest";
import { MAX_DEPTH, MAX_TEXT_BYTES, MAX_VALUES } from "./json-scan.ts";
import { boundPassedBy } from "./scan-json-text.ts";

const PIECE_CHARS = 64 * 1024;

it.each<readonly [what: string, text: string, bound: "values" | "depth" | null]>([
	["nothing", "", null],
	["what is no JSON", "a fox", null],
	["as many values as may be", `[${"0,".repeat(MAX_VALUES - 2)}0]`, null],
	["one value more", `[${"0,".repeat(MAX_VALUES - 1)}0]`, "values"],
	["as many levels as may be", "[".repeat(MAX_DEPTH), null],
	["one level more", "[".repeat(MAX_DEPTH + 1), "depth"],
	["levels behind the first piece", " ".repeat(PIECE_CHARS).concat("[".repeat(MAX_DEPTH + 1)), "depth"],
	["levels in two pieces", "[".repeat(33).padEnd(PIECE_CHARS).concat("[".repeat(32)), "depth"],
	["levels in the first of two pieces", "[".repeat(MAX_DEPTH).padEnd(PIECE_CHARS).concat(" "), null],
	["brackets in a string", `"${"[".repeat(MAX_DEPTH + 1)}"`, null],
	// Their codes end as those of brackets do.
	["letters that are not ASCII", "śŻ".repeat(MAX_DEPTH + 1), null],
	["more text than a body may have", `"${"a ".repeat(MAX_TEXT_BYTES)}"`, null],
])("a text has %s", (_, text, bound) => {
	expect(boundPassedBy(text)).toBe(bound);
});

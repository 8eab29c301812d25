import { expect, it } from "vitest";
import { ESCAPED_BACKSLASH, ESCAPED_QUOTE } from "./data-runs.ts";
import { escapedCode } from "./json-escapes.ts";

/** Ends all data. */
const OTHER = 0x20;

it.each<readonly [sent: string, code: number]>([
	["\\n", 0x0a],
	["\\r", 0x0d],
	["\\/", 0x2f],
	["\\\\", ESCAPED_BACKSLASH],
	['\\"', ESCAPED_QUOTE],
	["\\t", OTHER],
	["\\b", OTHER],
	["\\q", OTHER],
	["\\é", OTHER],
	["\\u0041", 0x41],
	["\\u0030", 0x30],
	["\\u0039", 0x39],
	["\\u000a", 0x0a],
	["\\u000A", 0x0a],
	["\\u004f", 0x4f],
	["\\u004F", 0x4f],
	["\\u007f", 0x7f],
	["\\u0000", 0],
	["\\u002f", 0x2f],
	["\\u005c", ESCAPED_BACKSLASH],
	["\\u0022", ESCAPED_QUOTE],
	// The codes that stand for escapes are no data themselves.
	["\\u001c", OTHER],
	["\\u001d", OTHER],
	["\\u0080", OTHER],
	["\\u4e00", OTHER],
	["\\uffff", OTHER],
	// No digits. The signs beside them in ASCII, too.
	["\\u001/", OTHER],
	["\\u000:", OTHER],
	["\\u000@", OTHER],
	["\\u000`", OTHER],
	["\\u000g", OTHER],
	["\\u000G", OTHER],
	["\\u00 1", OTHER],
	['\\u00"1', OTHER],
])("the escape %s stands for the code %i", (sent, code) => {
	const bytes = new TextEncoder().encode(`ab${sent}41`);
	const length = sent.startsWith("\\u") ? 6 : 2;
	expect(escapedCode(bytes, 2, length)).toBe(code);
});

import { expect, it } from "vitest";
import * as z from "zod/mini";
import type { Fault } from "../../faults.ts";
import { parseBody } from "./fields.ts";
import { type Part, partOf, TEXT_TYPES, wordsOf } from "./parts.ts";

it.each<readonly [content: string | readonly Part[], words: string]>([
	["a fox", "a fox"],
	["a fox \ud83e", "a fox \ufffd"],
	[[], ""],
	[
		[
			{ type: "text", text: "a" },
			{ type: "input_text", text: "b" },
			{ type: "output_text", text: "c" },
		],
		"a\nb\nc",
	],
	[
		[
			{ type: "reasoning", text: "a" },
			{ type: "text", text: 7 },
			{ type: "text", text: "b \ud83e" },
		],
		"b \ufffd",
	],
])("the words of %j are %j", (content, words) => {
	expect(wordsOf(content, TEXT_TYPES)).toBe(words);
});

const Body = z.object({ part: partOf(["text"]) });

it.each<readonly [part: object]>([
	[{ type: "text", text: "a" }],
	[{ type: "text", text: "" }],
	[{ type: "image", text: 7 }],
	[{ type: "image" }],
])("the part %j is taken", (part) => {
	expect(parseBody(Body, { part })).toEqual({ ok: true, value: { part } });
});

it.each<readonly [part: object, fault: Fault]>([
	[{ type: "text" }, { is: "missing" }],
	[
		{ type: "text", text: null },
		{ is: "type", expected: ["string"], got: "null" },
	],
	[
		{ type: "text", text: 7 },
		{ is: "type", expected: ["string"], got: "integer" },
	],
])("the part %j is refused", (part, fault) => {
	expect(parseBody(Body, { part })).toEqual({
		ok: false,
		error: { kind: "invalid_value", param: "part.text", fault },
	});
});

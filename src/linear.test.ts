/** Holds all that reads text from outside to work that grows as the text does: twice the length, at most three times the time. */

import { describe, expect, it } from "vitest";
import { growthOf, MAX_GROWTH, msOf } from "../test/support/linear.ts";
import { readFailure } from "./fal/failure.ts";
import { findAddresses, findOutputs } from "./fal/outputs.ts";
import { readWebhook } from "./fal/wire.ts";
import { toJson } from "./http/json.ts";
import { jsonBeginningOf } from "./http/json-beginning.ts";
import { findForbiddenField } from "./models/forbidden-fields.ts";
import { parseOffered } from "./models/names.ts";
import { toHalfWidth } from "./models/size.ts";
import * as clauseWords from "./prompt/clause-words.ts";
import { answerHiddenRequest } from "./prompt/hidden-requests.ts";
import { extractSize } from "./prompt/size-in-prose.ts";
import * as words from "./prompt/size-words.ts";
import { unwrapQuery, withoutGuard } from "./prompt/wrappers.ts";
import { echo } from "./text.ts";

const LENGTH = 8_000;
/** A quadratic search takes much longer for twice the length. */
const QUICK_MS = 50;

/** Fills a text with a unit, behind a beginning and before an end. */
function filled(unit: string, start = "", end = ""): (length: number) => string {
	return (length) => `${start}${unit.repeat(Math.ceil(length / unit.length))}${end}`;
}

const WRAPPED = "### Task:\nRespond to the user query using the provided context\n";
const GUARD = "Use the following text as the complete prompt. Do not rewrite it:";

function user(text: string) {
	return [{ role: "user", text }];
}

describe("twice the text takes at most three times the time", () => {
	it.each<readonly [what: string, run: (text: string) => unknown, inputOf: (length: number) => string]>([
		["openings of a query without an end", unwrapQuery, filled("<user_query>", WRAPPED)],
		["ends of a query before its opening", unwrapQuery, filled("</user_query>", WRAPPED, "<user_query>")],
		["openings of a query, and one end", unwrapQuery, filled("<user_query>", WRAPPED, "</user_query>")],
		["ends of a context", unwrapQuery, filled("</context", WRAPPED)],
		["blanks in a wrapper", unwrapQuery, filled(" ", "### Task:")],
		["blanks before a guard", withoutGuard, filled(" \n", "", "Use the following")],
		["blanks behind a guard", withoutGuard, filled(" \n", GUARD)],
		["guards", withoutGuard, filled(GUARD)],
		["tasks", (text) => answerHiddenRequest(user(text)), filled("### Task:")],
		["half a task's answer", (text) => answerHiddenRequest(user(text)), filled('"titl', "### Task:")],
		["blanks before a message", (text) => answerHiddenRequest(user(text)), filled("\n ")],
		["blanks in a topic", (text) => answerHiddenRequest([...user(text), ...user("### Task:")]), filled(" ", "a", "b")],
		["titles of nothing", (text) => answerHiddenRequest([{ role: "system", text }]), filled("concise title for ")],
		[
			"blanks of a summary",
			(text) => answerHiddenRequest([{ role: "system", text }]),
			filled("\n", "Analyze this conversation and provide:"),
		],
		[
			"digits of a summary",
			(text) => answerHiddenRequest(user(text)),
			filled("1", "Summarize the discussion briefly in "),
		],
		["words of a message", (text) => answerHiddenRequest(user(text)), filled("a ")],
		["a list of models", parseOffered, filled(" ,", "a", "b")],
		["names of models", parseOffered, filled("a-")],
		["segments of a model", parseOffered, filled("a/")],
		["wide characters", toHalfWidth, filled("１×∶")],
		["astral characters that are clipped", echo, filled("🦊")],
		["separators in JSON", toJson, filled("\u2028")],
		["addresses in a failure", (text) => readFailure({ detail: text }), filled("http://")],
		["schemes in a failure", (text) => readFailure({ detail: text }), filled("https:/")],
		["a failure's details", (text) => readFailure({ detail: text }), filled("a ")],
		[
			"digits in a webhook's error",
			(text) => readWebhook(JSON.stringify({ request_id: "1", status: "ERROR", payload: {}, error: text })),
			filled("1234 12"),
		],
		["JSON in texts of a result", (text) => findOutputs({ images: [text, text] }), filled('["a",', "", '"b"]')],
		["nesting in a text of a result", (text) => findAddresses({ output: text }), filled('{"output":')],
		[
			"JSON that was cut",
			(text) => jsonBeginningOf(text, { maxBytes: 4 * LENGTH, keepText: true }),
			filled('{"a":"\\\\",', "["),
		],
		["the name of a field", (text) => findForbiddenField({ [text]: 1 }, null), filled("image_")],
		["the name of an inner field", (text) => findForbiddenField({ a: { [text]: 1 } }, null), filled("_url")],
	])("%s", (_, run, inputOf) => {
		expect(growthOf(run, inputOf, LENGTH)).toBeLessThanOrEqual(MAX_GROWTH);
	});
});

/** All words around a size. A word or two and their signs are what its patterns repeat. */
const WORDS = wordsOf(words);
const CLAUSE_WORDS = wordsOf(clauseWords);

function wordsOf(module: object): readonly string[] {
	const values = (value: unknown): readonly string[] =>
		typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(values);
	return [...new Set(values(module))];
}

describe("a size in prose", () => {
	it.each<readonly [what: string, inputOf: (length: number) => string]>([
		["digits", filled("1")],
		["ratios that go on", filled("16:9:")],
		["sizes that go on", filled("1024x")],
		["sizes", filled("1024x1024 ")],
		["ratios", filled("16:9 ")],
		["directives", filled("size:16:9 ")],
		["directives without a size", filled("size: ")],
		["options", filled("--ar ")],
		["dashes", filled("--")],
		["blanks behind a directive", filled(" ", "size:16:9", "16:9")],
		["blanks between directives", filled(`${" ".repeat(500)}size:16:9`)],
		["brackets around a directive", filled("(size:16:9)")],
		["schemes", filled("http:/")],
		["addresses", filled("http://a ")],
		["data addresses", filled("data:image/")],
		["letters before an address", filled("a", "", "://")],
		["lines", filled("\r\n", "size:16:9")],
		["sides", filled("width: 1024, ")],
		["sides without the other one", filled("尺寸:宽1024")],
		["sizes that are replaced", filled("从1:1改成")],
		["items of a list", filled("1. 16:9 ")],
		["what a clause says before a ratio", filled("score ", "", " 3:2")],
	])("is looked for in time that grows as the text: %s", (_, inputOf) => {
		expect(growthOf(extractSize, inputOf, LENGTH)).toBeLessThanOrEqual(MAX_GROWTH);
	});

	it("is looked for so among all words around sizes", () => {
		expect(WORDS.length).toBeGreaterThan(150);
		expect(CLAUSE_WORDS.length).toBeGreaterThan(300);
		const units = [
			...WORDS.flatMap((word) => [word, `${word} `, `${word}:16:9 `, `16:9${word} 的`]),
			...CLAUSE_WORDS.flatMap((word) => [`${word} `, `${word} 16:9 `]),
		];
		for (const unit of new Set(units)) {
			const inputOf = filled(unit);
			if (msOf(extractSize, inputOf(4 * LENGTH)) < QUICK_MS) continue;
			expect(growthOf(extractSize, inputOf, LENGTH), unit).toBeLessThanOrEqual(MAX_GROWTH);
		}
	}, 60_000);
});

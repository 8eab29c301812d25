/** Opens objects of options that a client wrote as JSON in a text: forms have no objects, and some clients keep options as text. */

import { boundPassedBy } from "../../http/scan-json-text.ts";
import { isJsonObject, type Json, type JsonObject, parseJsonText } from "../../json-value.ts";
import type { InvalidValue } from "../../models/fal-input.ts";
import { err, ok, type Result } from "../../result.ts";
import { toPlainName } from "../../text.ts";
import { MAX_NAME_CHARS, MAX_NEST_DEPTH } from "./body-fields.ts";
import { isNestName } from "./option-names.ts";

/** An input that is a text is a prompt, and a prompt may be JSON. */
const PROMPTS: ReadonlySet<string> = new Set(["input", "inputs"]);

/** Returns a body with its nests opened. Options that look like an object and are none, or one beyond the bounds of a body, are refused. */
export function openNests(body: JsonObject): Result<JsonObject, InvalidValue> {
	return openWithin(body, "", null, 0);
}

function openWithin(
	object: JsonObject,
	path: string,
	parent: string | null,
	depth: number,
): Result<JsonObject, InvalidValue> {
	const opened: [name: string, value: Json][] = [];
	for (const [name, value] of Object.entries(object)) {
		if (depth >= MAX_NEST_DEPTH || name.length > MAX_NAME_CHARS) continue;
		const plain = toPlainName(name);
		if (!isNestName(plain, parent)) continue;
		const nest = typeof value === "string" && !PROMPTS.has(plain) ? parse(value) : value;
		const param = `${path}${name}`;
		if (nest === null && value !== null)
			return err({ kind: "invalid_value", param, fault: { is: "type", expected: ["object"], got: "string" } });
		if (!isJsonObject(nest)) continue;
		const within = openWithin(nest, `${param}.`, plain, depth + 1);
		if (!within.ok) return within;
		if (within.value !== value) opened.push([name, within.value]);
	}
	return ok(opened.length === 0 ? object : { ...object, ...Object.fromEntries(opened) });
}

/** Returns a text without a brace as it is, and null for broken JSON. */
function parse(text: string): Json {
	if (!/^\s*\{/.test(text)) return text;
	if (boundPassedBy(text) !== null) return null;
	const value = parseJsonText(text);
	return isJsonObject(value) ? value : null;
}

/** Decides which fields the `fal` object of a request may set: the endpoint's own inputs, but for those that Darkroom answers for. */

import type { ForbiddenWhy } from "../faults.ts";
import type { Json, JsonObject } from "../json-value.ts";
import { holdsPlaceholder } from "../placeholder.ts";
import { clip, toPlainName } from "../text.ts";

/** The bounds of a `fal` object. */
export const FAL_BOUNDS = { fields: 64, chars: 16 * 1024, depth: 6 } as const;
/** No input of fal's has a longer name. */
const MAX_NAME_CHARS = 64;

export interface ForbiddenField {
	/** Its name, cut if no input has one of that length. */
	readonly field: string;
	readonly why: Objection;
}

/** The reason that a field cannot be set. */
export type Objection = ForbiddenWhy | "too_much";

/**
 * Returns the first field of a request's `fal` object that may not be set; null if there is none.
 * @param inputs The names of the endpoint's inputs; null if they are not known: then any name is taken that is not reserved
 */
export function findForbiddenField(fal: JsonObject, inputs: ReadonlySet<string> | null): ForbiddenField | null {
	const budget = { chars: FAL_BOUNDS.chars };
	for (const [index, name] of Object.keys(fal).entries()) {
		const why = index >= FAL_BOUNDS.fields ? "too_much" : objectionTo(name, fal[name] ?? null, 1, budget);
		if (why !== null) return { field: clip(name, MAX_NAME_CHARS), why };
		if (inputs?.has(name) === false) return { field: name, why: "unknown" };
	}
	return null;
}

/** Counts down to a bound. */
interface Budget {
	chars: number;
}

/** Says why a field may not be set; null if it may, as far as its name and value tell. @param depth 1 for a field of `fal` itself */
function objectionTo(name: string, value: Json, depth: number, budget: Budget): Objection | null {
	budget.chars -= name.length;
	if (depth > FAL_BOUNDS.depth || name.length > MAX_NAME_CHARS) return "too_much";
	return objectionToName(name, value) ?? objectionToValue(value, depth, budget);
}

function objectionToValue(value: Json, depth: number, budget: Budget): Objection | null {
	if (typeof value === "string") {
		budget.chars -= value.length + 2;
		if (budget.chars < 0) return "too_much";
		return holdsFile(value) ? "value" : null;
	}
	budget.chars -= typeof value === "number" ? String(value).length : SHORT_VALUE_CHARS;
	if (budget.chars < 0) return "too_much";
	if (value === null || typeof value !== "object") return null;
	for (const [key, inner] of Object.entries(value)) {
		const why = objectionTo(Array.isArray(value) ? "" : key, inner, depth + 1, budget);
		if (why !== null) return why;
	}
	return null;
}

/** About what `true`, `null` or a pair of brackets takes in JSON. */
const SHORT_VALUE_CHARS = 4;

/** Joins patterns as alternatives. */
function oneOf(...patterns: readonly string[]): string {
	return `(?:${patterns.join("|")})`;
}

const PICTURES = "(?:images?|imgs?|pictures?|pics?|photos?|frames?|layers?|masks?|versions?)";
const RESULTS = "(?:outputs?|samples?|generations?|results?|variations?|candidates?|copies|returnsequences?)";
const MANY = "(?:n|nr|no|num|number|max|maximum|min|minimum|total|limit|howmany)";
/** A field that says how many pictures come, by any name: `num_images`, `imageCount`, `limit_generations`, `batch`. */
const COUNT_NAME = new RegExp(
	`^${oneOf(
		`${MANY}(?:of)?${oneOf(PICTURES, RESULTS, "variants?")}(?:per[a-z]+)?`,
		`[a-z]*(?:images?|pictures?|samples?|outputs?)per[a-z]+`,
		`${oneOf(PICTURES, RESULTS)}(?:num|number|amount|n)`,
		`[a-z]*count`,
		`(?:num|number|n|max)?(?:of)?batch(?:es)?(?:size|n|num|number)?`,
		`series(?:amount)?`,
		RESULTS,
		`n|niter|num|number|quantity|amount|repeats?|resulttype|targetsizes`,
	)}\\d*$`,
);
const PROMPT_NAME = /^(?:text|positive|main|user|input|full)?prompts?(?:text)?\d*$/;
/** A field that makes fal fetch or read a file, weights among them, or that calls an address. */
const FILE_NAME =
	/url|webhook|callback|base64|b64|^https?$|(?:uris?|links?|hrefs?|address|addresses|paths?|files?|filename|archives?|zips?|repos?|repository|subfolder|images?|imgs?|pictures?|photos?|masks?|videos?|audios?|modelname|unetname|weightname)\d*$|(?:image|img|mask|file|video)s?(?:source|src|data|bytes|input)s?\d*$/;
const ANSWER_NAME = /^(?:sync|syncmode|requestid|outputtype|stream)$/;

function objectionToName(name: string, value: Json): Objection | null {
	const plain = toPlainName(name);
	if (PROMPT_NAME.test(plain)) return "prompt";
	if (COUNT_NAME.test(plain)) return "count";
	if (ANSWER_NAME.test(plain)) return "answer";
	// A switch or a number is no file, whatever its name: `apply_mask`, `mask_expansion`.
	return typeof value !== "boolean" && typeof value !== "number" && FILE_NAME.test(plain) ? "file" : null;
}

/** An address with a scheme, or without one as in `//host`. */
const ADDRESS = /[a-z0-9+.-]:[\\/]{2}|^\s*[\\/]{2}|\b(?:https?|ftp|file|blob):\S/i;
const DATA_ADDRESS = /\bdata:[^\s,;]{0,100}[,;]/i;
/** Begins as png, gif, webp, jpeg, bmp, avif, heic, svg, xml and pdf do in base64, in that order. */
const PICTURE_BASE64 =
	/iVBORw0KGg|R0lGOD[dl]h|UklGR[\w+/-]{6}XRUJQ|(?:^|[^\w+/])(?:\/9j\/[24]|_9j_[24]|Qk[0-3][\w+/-]{5}AAAA|AAAA[\w+/-]{2}Z0eX|PHN2Zy|PD94bW|JVBERi0)/;
/** Nobody writes a word of this length. */
const LONG_BASE64 = /[\w+/-]{128}/;

/** True for a text that holds an address or a file in base64, anywhere. */
function holdsFile(text: string): boolean {
	// Readers of addresses and of base64 skip these characters.
	const whole = text.replace(/[\t\r\n]/g, "");
	return (
		holdsPlaceholder(whole) ||
		ADDRESS.test(whole) ||
		DATA_ADDRESS.test(whole) ||
		PICTURE_BASE64.test(whole) ||
		LONG_BASE64.test(whole)
	);
}

/** Tries every regular expression of the sources on text that makes a bad one quadratic: runs of its own parts, without an end. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as clausePatterns from "../../src/prompt/clause-patterns.ts";
import { ANY_CLIENT } from "../../src/prompt/clients/any-client.ts";
import { HIDDEN_PROMPTS } from "../../src/prompt/hidden-prompts.ts";
import * as refersPatterns from "../../src/prompt/refers-patterns.ts";
import * as refersPatternsChinese from "../../src/prompt/refers-patterns-chinese.ts";
import * as sizePatterns from "../../src/prompt/size-patterns.ts";
import * as whichPicture from "../../src/prompt/which-picture.ts";
import { growthOf, MAX_GROWTH, msOf } from "../support/linear.ts";

const SOURCE = "src";
const LENGTH = 4_000;
/** A quadratic pattern takes much longer for twice the length, and a linear one a small part of this. */
const QUICK_MS = 10;
/** Ends that no pattern matches. Some repeat all but the second one. */
const ENDS = ["\u0001", ",\n\u0001"];

const LITERAL =
	/(?<=(?:^|[(,=:[!&|?{;]|=>|return)\s*)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)(?=[\s.,;)\]}])/gm;
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

interface Pattern {
	readonly name: string;
	readonly pattern: RegExp;
}

const literals = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
	.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$/.test(file))
	.flatMap((file): Pattern[] => {
		const code = readFileSync(join(SOURCE, file), "utf8").replace(COMMENT, "");
		return [...code.matchAll(LITERAL)].map(([, source = "", flags = ""]) => ({
			name: `${file}: /${source}/${flags}`,
			pattern: new RegExp(source, flags),
		}));
	});
const built = Object.entries({
	...sizePatterns,
	...clausePatterns,
	...refersPatterns,
	...refersPatternsChinese,
	...whichPicture,
	anyClient: ANY_CLIENT.map(({ pattern }) => pattern),
}).flatMap(([name, exported]): Pattern[] =>
	[exported]
		.flat()
		.flatMap((pattern, place) => (pattern instanceof RegExp ? [{ name: `${name} ${place}`, pattern }] : [])),
);
const patterns: readonly Pattern[] = [...literals, ...built];

/** Characters that patterns repeat. */
const CHARS = [" ", "\t", "\n", "a", "A", "0", "1", ".", ",", ":", "/", "-", "_", "=", "x", "<", "的", "🦊"];

/** Returns the words of a pattern, and its common characters. */
function unitsOf({ source }: RegExp): readonly string[] {
	const plain = source.replace(/\\[nt]/g, " ").replace(/\(\?[:=!<]+|\\[wdsbpPuSWD]|\{[^}]*\}/g, "|");
	const words = plain.split(/[\\^$.*+?()[\]{}|]+/).filter((word) => word.length > 1 && word.length < 40);
	return [...new Set([...CHARS, ...words.slice(0, MAX_WORDS)])];
}

const MAX_WORDS = 20;

function search(pattern: RegExp): (text: string) => void {
	const global = new RegExp(pattern, pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`);
	// As `replace` and `matchAll` do, from every place of the text.
	return (text) => text.replace(global, "");
}

it("finds the patterns", () => {
	expect(literals.length).toBeGreaterThan(45);
	expect(patterns.map(({ pattern }) => pattern.source)).toEqual(
		expect.arrayContaining(HIDDEN_PROMPTS.map(({ pattern }) => pattern.source)),
	);
});

describe.each(patterns)("$name", ({ pattern }) => {
	it("takes time as its text grows", () => {
		const run = search(pattern);
		const units = unitsOf(pattern);
		for (const unit of units) {
			for (const [start, end] of ENDS.flatMap((end) => [["", end] as const, [units.at(-1) ?? "", end] as const])) {
				const inputOf = (length: number) => `${start}${unit.repeat(Math.ceil(length / unit.length))}${end}`;
				if (msOf(run, inputOf(4 * LENGTH)) < QUICK_MS) continue;
				expect(growthOf(run, inputOf, LENGTH), `${start} and ${unit}`).toBeLessThanOrEqual(MAX_GROWTH);
			}
		}
	});
});

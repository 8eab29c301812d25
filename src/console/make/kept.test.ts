import { expect, it } from "vitest";
import { type Kept, type KeptWords, readKept, readKeptWords } from "./kept.ts";

const NOTHING: Kept = {
	recent: [],
	choices: {
		...{ size: null, resolution: null, n: 1, quality: null, outputFormat: null, background: null, seed: null },
		inputFidelity: null,
	},
};
const WHOLE: Kept = {
	recent: ["nano-banana-2", "flux-schnell"],
	choices: {
		...{ size: "16:9", resolution: "2K", n: 4, quality: "low", outputFormat: "png", background: "opaque", seed: 7 },
		inputFidelity: "high",
	},
};
const NO_WORDS: KeptWords = { negativePrompt: null, fal: null, ofEdit: null };

it.each<readonly [text: string | null, kept: Kept]>([
	[null, NOTHING],
	["", NOTHING],
	["{", NOTHING],
	["[]", NOTHING],
	["null", NOTHING],
	[JSON.stringify(WHOLE), WHOLE],
	['{"recent":7,"choices":{"n":"4","seed":1.5,"size":"","quality":{}}}', NOTHING],
	['{"choices":{"n":-3}}', NOTHING],
	['{"recent":["a",7,"","b","c","d","e"]}', { ...NOTHING, recent: ["a", "b", "c", "d"] }],
])("reads %s", (text, kept) => {
	expect(readKept(text)).toEqual(kept);
});

it.each<readonly [text: string | null, kept: KeptWords]>([
	[null, NO_WORDS],
	["{", NO_WORDS],
	['{"negativePrompt":"","fal":{},"ofEdit":7}', NO_WORDS],
	[
		'{"negativePrompt":"blur","fal":"{","ofEdit":{"size":"9:16"}}',
		{ negativePrompt: "blur", fal: "{", ofEdit: { size: "9:16" } },
	],
	['{"ofEdit":{"size":null}}', { ...NO_WORDS, ofEdit: { size: null } }],
])("reads what the tab kept: %s", (text, kept) => {
	expect(readKeptWords(text)).toEqual(kept);
});

import { expect, it } from "vitest";
import { NO_CHOICES } from "./draft.ts";
import { type Kept, readKept } from "./kept.ts";

const NOTHING: Kept = { recent: [], choices: NO_CHOICES };
const WHOLE: Kept = {
	recent: ["nano-banana-2", "flux-schnell"],
	choices: { size: "16:9", resolution: "2K", n: 4, quality: "low", outputFormat: "png", background: "opaque", seed: 7 },
};

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

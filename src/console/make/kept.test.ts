import { expect, it } from "vitest";
import { NO_CHOICES } from "./draft.ts";
import { type Kept, readKept } from "./kept.ts";

const NOTHING: Kept = { model: null, choices: NO_CHOICES };
const WHOLE: Kept = {
	model: "nano-banana-2",
	choices: { size: "16:9", resolution: "2K", n: 4, quality: "low", outputFormat: "png", background: "opaque", seed: 7 },
};

it.each<readonly [text: string | null, kept: Kept]>([
	[null, NOTHING],
	["", NOTHING],
	["{", NOTHING],
	["[]", NOTHING],
	["null", NOTHING],
	[JSON.stringify(WHOLE), WHOLE],
	['{"model":7,"choices":{"n":"4","seed":1.5,"size":"","quality":{}}}', NOTHING],
	['{"choices":{"n":-3}}', NOTHING],
	['{"model":"flux-2"}', { ...NOTHING, model: "flux-2" }],
])("reads %s", (text, kept) => {
	expect(readKept(text)).toEqual(kept);
});

import { expect, it } from "vitest";
import { costOf } from "./cost.ts";

it.each([
	[[], /^It costs nothing\.$/],
	[["picture"], /^It costs one small picture of fal-ai\/flux\/schnell, about \$0\.003\.$/],
	[["picture", "cancelled picture"], /one small picture.*; a second one .* only if the cancel comes too late\.$/],
	[["cancelled picture"], /^It submits a picture .* only if the cancel comes too late\.$/],
] as const)("says what %j costs, once", (costs, sentence) => {
	expect(costOf([{ costs: [] }, { costs }, { costs }])).toMatch(sentence);
});

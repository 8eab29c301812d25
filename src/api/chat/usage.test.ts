import { describe, expect, it } from "vitest";
import { estimateUsage } from "./usage.ts";

describe("estimateUsage", () => {
	it.each([
		["a red fox in snow", 1, "", 5, 1_056],
		["a red fox in snow", 3, "", 5, 3_168],
		["一只红色的狐狸", 1, "", 6, 1_056],
		["é", 1, "", 1, 1_056],
		["🦊🦊", 1, "", 2, 1_056],
		["", 0, "Tell me what to draw.", 1, 6],
		["hi", 0, "", 1, 1],
	])("counts for %j, %i pictures and %j", (said, pictures, answered, prompt_tokens, completion_tokens) => {
		const total_tokens = prompt_tokens + completion_tokens;
		expect(estimateUsage(said, { pictures, answered })).toEqual({ prompt_tokens, completion_tokens, total_tokens });
	});
});

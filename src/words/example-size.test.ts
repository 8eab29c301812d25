import { expect, it } from "vitest";
import { exampleOf } from "./example-size.ts";

it.each([
	[256, 2_048, "1024x768"],
	[768, 1_024, "1024x768"],
	[769, 4_096, "1538x1538"],
	[1_024, 4_096, "2048x2048"],
	[64, 1_023, "128x128"],
	[960, 1_500, "1500x1500"],
])("the example of a size with sides of %i to %i pixels is %s", (min, max, example) => {
	expect(exampleOf({ min, max })).toBe(example);
});

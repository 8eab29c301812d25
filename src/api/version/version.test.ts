import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { VERSION } from "./version.ts";

it("is that of package.json", () => {
	expect(VERSION).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
});

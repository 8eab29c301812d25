/** Holds docs/configuration.md to the settings that the code reads. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SETTING = /readonly ([A-Z_]+)\?: string/g;
const ROW = /^\| `([A-Z_]+)` \|/gm;

function namesOf(file: string, pattern: RegExp): readonly string[] {
	return [...readFileSync(file, "utf8").matchAll(pattern)].map(([, name = ""]) => name).toSorted();
}

it("docs/configuration.md explains every setting, and no other", () => {
	expect(namesOf("docs/configuration.md", ROW)).toEqual(namesOf("src/env.ts", SETTING));
	expect(namesOf("src/env.ts", SETTING).length).toBeGreaterThan(10);
});

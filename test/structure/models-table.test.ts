/** Holds the table of models in the docs to the catalogue. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { withTable } from "../../scripts/build-models-table.ts";

it("is what the script writes", () => {
	const page = readFileSync("docs/models.md", "utf8");
	expect(withTable(page)).toBe(page);
	expect(page).toContain("| `nano-banana-2` | `darkroom-banana` |");
});

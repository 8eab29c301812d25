import { expect, it } from "vitest";
import { holdsPlaceholder, placeholderOf } from "./placeholder.ts";

it("is an address that names the piece of data, and is found in a longer text", () => {
	expect([placeholderOf(0), placeholderOf(12)]).toEqual([
		"data:image/x-removed;run=0,",
		"data:image/x-removed;run=12,",
	]);
	expect(holdsPlaceholder(`![fox](${placeholderOf(3)})`)).toBe(true);
	expect(holdsPlaceholder("data:image/png;base64,AAAA")).toBe(false);
});

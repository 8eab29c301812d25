import { expect, it } from "vitest";
import { holdsPlaceholder, placeholderOf, runOfPlaceholder } from "./placeholder.ts";

it("is an address that names the piece of data, and is found in a longer text", () => {
	expect([placeholderOf(0), placeholderOf(12)]).toEqual([
		"data:image/x-removed;run=0,",
		"data:image/x-removed;run=12,",
	]);
	expect(holdsPlaceholder(`![fox](${placeholderOf(3)})`)).toBe(true);
	expect(holdsPlaceholder("data:image/png;base64,AAAA")).toBe(false);
});

it.each<readonly [text: string, run: number | null]>([
	["data:image/x-removed;run=0,", 0],
	["data:image/x-removed;run=12,", 12],
	["data:image/x-removed;run=1234567,", 1_234_567],
	["data:image/x-removed;run=12345678,", null],
	["data:image/x-removed;run=,", null],
	["data:image/x-removed;run=x1,", null],
	["data:image/x-removed;run=12", null],
	["data:image/x-removed;run=12,AAAA", null],
	["see data:image/x-removed;run=12,", null],
	["12,", null],
	["", null],
])("the text %j stands for the piece of data of number %j", (text, run) => {
	expect(runOfPlaceholder(text)).toBe(run);
});

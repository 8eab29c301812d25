import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TRADITIONAL_FORMS } from "../../test/support/traditional-forms.ts";
import { toSimplified } from "./traditional.ts";

const FOLDER = "src/prompt";
/** Their words are a client's own, in the script in which that client writes them. */
const VERBATIM = ["hidden-prompts.ts", "hidden-requests.ts", "said.ts", "wrappers.ts"];
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** The Chinese characters of the word lists and the patterns. */
const characters = new Set(
	[...readdirSync(FOLDER), "clients/any-client.ts"]
		.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !VERBATIM.includes(file))
		.filter((file) => file !== "traditional.ts")
		.flatMap((file) =>
			readFileSync(join(FOLDER, file), "utf8")
				.replace(COMMENT, "")
				.match(/\p{Script=Han}/gu),
		),
);

describe("toSimplified", () => {
	it("knows all usual traditional forms of the characters of the word lists", () => {
		expect(characters.size).toBeGreaterThan(500);
		const unknown = [...characters].flatMap((simplified) =>
			[...(TRADITIONAL_FORMS.get(simplified ?? "") ?? "")]
				.filter((form) => toSimplified(form) !== simplified)
				.map((form) => `${simplified}${form}`),
		);
		expect(unknown, "to be added to traditional.ts").toEqual([]);
	});

	it.each([
		["幫我把背景換成雪山", "帮我把背景换成雪山"],
		["麻煩將她們的頭髮變長", "麻烦将她们的头发变长"],
		["裡面, 裏面, 里面", "里面, 里面, 里面"],
		["🦊 a fox 和 狐狸", "🦊 a fox 和 狐狸"],
	])("reads %s", (traditional, simplified) => {
		expect(toSimplified(traditional)).toBe(simplified);
	});

	it("leaves each character at its place", () => {
		const han = fc.string({ unit: fc.constantFrom("換", "换", "𠀀", "\ud840", "🦊", "a"), maxLength: 20 });
		fc.assert(
			fc.property(han, (text) => {
				expect(toSimplified(text)).toHaveLength(text.length);
			}),
		);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DelimiterSearch } from "./delimiter-search.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Looks at each place. */
function naiveFind(text: string, delimiter: string, from: number): number {
	for (let at = from; at < text.length; at += 1)
		if (delimiter.startsWith(text.slice(at, at + delimiter.length))) return at;
	return text.length;
}

describe("the search for a delimiter", () => {
	it("finds what a look at each place finds", () => {
		const delimiter = fc.stringMatching(/^[-ab]{0,6}$/).map((boundary) => `\r\n--${boundary}`);
		const near = fc.constantFrom("\r", "\n", "-", "a", "b", "x", "\r\n", "\r\n--", "\r\n--a", "\r\n--ab");
		fc.assert(
			fc.property(delimiter, fc.array(near, { maxLength: 60 }), fc.nat(20), (wanted, parts, from) => {
				const text = parts.join("");
				const start = Math.min(from, text.length);
				const found = new DelimiterSearch(utf8(wanted)).find(utf8(text), start, text.length);
				expect(found).toBe(naiveFind(text, wanted, start));
			}),
			{ numRuns: 5_000 },
		);
	});

	it.each<readonly [what: string, text: string, boundary: string, looksPerByte: number]>([
		["a picture's", "x".repeat(10_000), "b".repeat(60), 0.1],
		["the delimiter's beginning", "\r\n--a".repeat(2_000), "a".repeat(60), 1],
		// Twice by the delimiter's end, and once by its beginning.
		["those of the boundary", "a".repeat(10_000), "a".repeat(60), 3.1],
		["the delimiter but for its first one", "\n--a".repeat(2_500), "a", 3.1],
	])("looks at few bytes if they are %s", (_, text, boundary, looksPerByte) => {
		let looks = 0;
		const bytes = new Proxy(utf8(text), {
			get(target, key) {
				looks += 1;
				return Reflect.get(target, key);
			},
		});
		const search = new DelimiterSearch(utf8(`\r\n--${boundary}`));
		for (const from of [0, 5_000]) {
			looks = 0;
			expect(search.find(bytes, from, text.length)).toBeGreaterThan(9_900);
			expect(looks).toBeLessThan(looksPerByte * (text.length - from));
		}
	});

	it("looks no further than to the end", () => {
		const bytes = utf8("abc\r\n--b\r\n--b");
		const search = new DelimiterSearch(utf8("\r\n--b"));
		expect([search.find(bytes, 0, 3), search.find(bytes, 0, 5), search.find(bytes, 4, 13)]).toEqual([3, 3, 8]);
	});
});

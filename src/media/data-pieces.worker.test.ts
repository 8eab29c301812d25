import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { joined } from "../../test/support/forms.ts";
import { Refusal } from "../http/refusal.ts";
import { decodeData } from "./data-pieces.ts";

/** Cuts a text into pieces of these lengths, in turn. */
function cut(text: string, lengths: readonly number[]): readonly Uint8Array[] {
	const pieces: Uint8Array[] = [];
	for (let at = 0, turn = 0; at < text.length; turn += 1) {
		const length = lengths[turn % lengths.length] ?? 1;
		pieces.push(new TextEncoder().encode(text.slice(at, at + length)));
		at += length;
	}
	return pieces;
}

function decoded(text: string, { isJson = false, lengths = [text.length || 1] } = {}): string {
	const pieces: Uint8Array[] = [];
	for (const piece of decodeData(cut(text, lengths), "image", isJson)) pieces.push(piece.slice());
	return Buffer.from(joined(pieces)).toString("base64");
}

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));

describe("decodeData", () => {
	it("gives the bytes back, however they are written and cut", () => {
		const header = fc.constantFrom(
			"",
			"data:image/png;base64,",
			"data:;base64,",
			"DATA:image/jpeg;name=a.jpg;BASE64,",
			"data:image/png;base64,Data:image/jpeg;base64,",
		);
		const spelling = fc.constantFrom<(text: string) => string>(
			(text) => text,
			(text) => text.replaceAll("+", "-").replaceAll("/", "_"),
			(text) => text.replaceAll("=", ""),
			(text) => text.replaceAll("+", "%2B").replaceAll("=", "%3d"),
			(text) => text.replace(/.{20}/g, "$&\n"),
		);
		const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(bytes, header, spelling, lengths, fc.boolean(), (buffer, before, spell, sizes, isJson) => {
				const text = before + spell(buffer.toString("base64"));
				const written = isJson
					? JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/").replaceAll("+", "\\u002b")
					: text;
				expect(decoded(written, { isJson, lengths: sizes })).toBe(buffer.toString("base64"));
			}),
			{ numRuns: 300 },
		);
	});

	it("holds a piece of long data at a time", () => {
		const buffer = Buffer.alloc(1_000_000, "a fox");
		const text = `data:image/png;base64,${buffer.toString("base64")}`;
		const sizes: number[] = [];
		for (const piece of decodeData([new TextEncoder().encode(text)], "image", false)) sizes.push(piece.length);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_000_000);
	});

	it.each([
		["escaped ones of JSON", "A\\r"],
		["escaped ones of an address", "A%0d"],
		["plain ones", "A\n"],
	])("reads blanks behind a begun group once: %s", (_, unit) => {
		const text = `data:image/png;base64,AAAA${unit[0]}${unit.slice(1).repeat(400_000)}AAA`;
		const decode = vi.spyOn(Uint8Array.prototype, "setFromBase64");
		expect(decoded(text, { isJson: true })).toBe("AAAAAAAA");
		const read = decode.mock.calls.reduce((sum, [piece]) => sum + piece.length, 0);
		decode.mockRestore();
		expect(read).toBeLessThan(1.1 * text.length);
	});

	it.each([
		["no base64", "data:image/png;base64,a!b"],
		["padding in the middle", "data:image/png;base64,AA==AAAA"],
		["one character too few", "data:image/png;base64,AAAAA"],
		["a text", "data:text/plain,a%20fox"],
		["a header without an end", `data:image/png;${"a".repeat(2_000)}`],
		["a header alone", "data:image/png;base64"],
	])("refuses %s", (_, text) => {
		expect(() => decoded(text, { lengths: [7] })).toThrow(Refusal);
	});
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { toCsvLine } from "./csv-line.ts";

it.each<readonly [cells: readonly (string | number | null)[], line: string]>([
	[["a", 1, null, "b"], "a,1,,b\r\n"],
	[["a,b", 'say "no"', "two\nlines", "cr\rlf"], '"a,b","say ""no""","two\nlines","cr\rlf"\r\n'],
	[["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "a=b", -1], "'=1+1,'+1,'-1,'@SUM(A1),'\tx,a=b,-1\r\n"],
	[['=HYPERLINK("a","b")'], '"\'=HYPERLINK(""a"",""b"")"\r\n'],
	[["\r="], '"\'\r="\r\n'],
	[[], "\r\n"],
])("writes %j", (cells, line) => expect(toCsvLine(cells)).toBe(line));

it("is read back as it was written, but for the apostrophe before a formula", () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: fc.constantFrom(..."ab,\"'\r\n=+-@\t ") }), { minLength: 1 }), (cells) => {
			const marked = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
			expect(readLine(toCsvLine(cells))).toEqual(marked);
		}),
	);
});

/** Reads one line as RFC 4180 has it, letter by letter. */
function readLine(line: string): readonly string[] {
	const cells = [""];
	let isQuoted = false;
	for (let at = 0; at < line.length; at += 1) {
		const letter = line.charAt(at);
		const add = (text: string) => cells.push(`${cells.pop() ?? ""}${text}`);
		if (isQuoted && letter === '"' && line.charAt(at + 1) === '"') {
			add('"');
			at += 1;
		} else if (letter === '"') isQuoted = !isQuoted;
		else if (isQuoted) add(letter);
		else if (letter === ",") cells.push("");
		else if (line.slice(at) === "\r\n") return cells;
		else add(letter);
	}
	throw new Error("the line has no end");
}

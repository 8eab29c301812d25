import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut } from "./cut.ts";

/** Cuts the part between two `^` out of the text. */
function cutMarked(marked: string): string {
	const [head = "", part = "", tail = ""] = marked.split("^");
	return cut(head + part + tail, head.length, head.length + part.length);
}

describe("cut", () => {
	it.each([
		["a cat ^16:9^", "a cat"],
		["^16:9^ a cat", "a cat"],
		["^16:9^", ""],
		["a cat ^16:9^ in oil", "a cat in oil"],
		["a cat^16:9^in oil", "a catin oil"],
		["a cat^16:9^ in oil", "a cat in oil"],
		["a cat\t^16:9^\tin oil", "a cat\tin oil"],
		["一只猫\u3000^16:9^\u3000油画", "一只猫\u3000油画"],
		["  ^16:9^ a cat", "a cat"],
	])("leaves one space, and none at the ends: %j", (marked, rest) => {
		expect(cutMarked(marked)).toBe(rest);
	});

	it.each([
		["a cat, ^16:9^ in oil", "a cat, in oil"],
		["a cat ^16:9^, in oil", "a cat, in oil"],
		["a cat, ^16:9^. In oil", "a cat. In oil"],
		["a cat. ^16:9^, in oil", "a cat. in oil"],
		["一只猫，^16:9^。油画", "一只猫。油画"],
		["a cat. ^16:9^! In oil", "a cat. In oil"],
		["a cat, ^16:9^ in oil\nand big", "a cat, in oil\nand big"],
		["Note: a cat ^16:9^, in oil", "Note: a cat, in oil"],
	])("keeps the stronger of two separators: %j", (marked, rest) => {
		expect(cutMarked(marked)).toBe(rest);
	});

	it.each([
		["a cat ^16:9^- in oil", "a cat- in oil"],
		["a cat ^16:9^ - in oil", "a cat - in oil"],
		["a cat, ^16:9^ -in oil", "a cat, -in oil"],
		["a cat / ^16:9^ / in oil", "a cat / in oil"],
		["a cat-^16:9^ in oil", "a cat- in oil"],
		["a-^16:9^ cat", "a- cat"],
		["- ^16:9^ a cat", "a cat"],
		["a cat\n- ^16:9^ in oil", "a cat\nin oil"],
	])("takes a dash for a separator if it stands alone: %j", (marked, rest) => {
		expect(cutMarked(marked)).toBe(rest);
	});

	it.each([
		["a cat, ^16:9^.", "a cat."],
		["a cat. ^16:9^", "a cat."],
		["a cat, ^16:9^", "a cat"],
		["a cat, ^16:9^\nin oil", "a cat\nin oil"],
	])("keeps a stop at the end, and drops a comma: %j", (marked, rest) => {
		expect(cutMarked(marked)).toBe(rest);
	});

	it.each([
		["a cat (^16:9^) in oil", "a cat in oil"],
		["一只猫（^16:9^）在跑", "一只猫在跑"],
		["一只猫（ ^16:9^\t）在跑", "一只猫在跑"],
		["a cat (  ^16:9^ big)", "a cat (big)"],
		["a cat (^16:9^, big)", "a cat (big)"],
		["a cat (big, ^16:9^)", "a cat (big)"],
		["a cat (big, ^16:9^) in oil", "a cat (big) in oil"],
		["a cat (^16:9^] in oil", "a cat (] in oil"],
	])("removes brackets that hold nothing else: %j", (marked, rest) => {
		expect(cutMarked(marked)).toBe(rest);
	});

	it.each([
		["^16:9^的猫", "猫"],
		["^16:9^ 的猫", "猫"],
		["a ^16:9^,的猫", "a,的猫"],
		["^16:9^的士", "的士"],
		["^16:9^的确", "的确"],
	])("removes the 的 that ties it to a noun, but not a word that begins so: %j", (marked, rest) => {
		expect(cutMarked(marked)).toBe(rest);
	});

	it.each([
		["a cat\n^16:9^\nin oil", "a cat\nin oil"],
		["a cat\r\n^16:9^\r\nin oil", "a cat\r\nin oil"],
		["^16:9^\n\na cat", "\na cat"],
		["a cat\n^16:9^", "a cat"],
	])("removes a line that holds nothing else: %j", (marked, rest) => {
		expect(cutMarked(marked)).toBe(rest);
	});

	it("only removes characters", () => {
		const text = fc
			.array(fc.constantFrom("a", "猫", " ", ",", "。", "(", ")", "\n", "的", "："))
			.map((list) => list.join(""));
		fc.assert(
			fc.property(text, text, (head, tail) => {
				const rest = cut(`${head}16:9${tail}`, head.length, head.length + 4);
				expect(rest).not.toContain("16:9");
				expect(isSubsequence(rest, head + tail)).toBe(true);
			}),
		);
	});
});

function isSubsequence(part: string, whole: string): boolean {
	let next = 0;
	for (let index = 0; index < whole.length && next < part.length; index++) if (whole[index] === part[next]) next++;
	return next === part.length;
}

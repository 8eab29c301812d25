import { describe, expect, it } from "vitest";
import {
	AT_START,
	ESCAPED_BACKSLASH,
	ESCAPED_QUOTE,
	endsScheme,
	IN_NAME,
	isBare,
	isInData,
	isInDoubt,
	isInScheme,
	isSchemeStart,
	MIN_ADDRESS_CHARS,
	MIN_BASE64_CHARS,
	nextStates,
} from "./data-runs.ts";

const TABLE = nextStates();
const STOP = 255;

function next(state: number, code: number): number {
	return TABLE[(state << 8) | code] ?? STOP;
}

/** A backslash stands for an escaped one, and `'` for an escaped quote, as they come inside of a string of JSON. */
function codeOf(letter: string): number {
	if (letter === "\\") return ESCAPED_BACKSLASH;
	return letter === "'" ? ESCAPED_QUOTE : letter.charCodeAt(0);
}

function statesOf(text: string): number[] {
	let state = AT_START;
	return Array.from(text, (letter) => {
		state = next(state, codeOf(letter));
		return state;
	});
}

/** Marks each character: `b` bare, `s` a part of `data:` in a text, `d` data, `?` data or words, `.` words. */
function marksOf(text: string): string {
	return statesOf(text).map(markOf).join("");
}

function markOf(state: number): string {
	if (isInDoubt(state)) return "?";
	if (isBare(state)) return "b";
	if (isInData(state)) return "d";
	return isInScheme(state) ? "s" : ".";
}

/** Of a line, as many as make it one, and one less. */
const LINE = "A".repeat(24);
const WORD = "A".repeat(23);
const [LINE_MARKS, WORD_MARKS] = [`${"?".repeat(23)}d`, "?".repeat(23)];

describe("each character is", () => {
	it.each<readonly [what: string, text: string, marks: string]>([
		["bare at the beginning", "aZ09+/_-", "bbbbbbbb"],
		["bare over the ends of lines", "a\r\n\\a", "bbbbb"],
		["words behind what no base64 has", "ab ce", "bb..."],
		["words behind a percent sign, with which no bare run may begin", "a%b", "b.."],
		["words behind an equals sign, for short base64 is no data", "ab=", "bb."],
		["words behind a letter of several bytes", "ab\u00e9ce", "bb..."],
		["words behind a quote", "ab'c", "bb.."],
		["a part of the address in a text", "a data:b", "b.ssssdd"],
		["a part of it only while it goes on", "a datum d dat: da", "b.sss...s.sss..ss"],
		["a new beginning of it", "a ddadata:b", "b.sssssssdd"],
		["an address in any case", "a DaTa:b", "b.ssssdd"],
		["an address at the beginning", "data:b", "bbbbdd"],
		["an address behind what was bare", "xdata:b", "bbbbbdd"],
		["words behind a colon alone", "dat:a:", "bbb..."],
		["data up to its padding", "data:a/b;base64,Aa0+/_-%==", `bbbb${"d".repeat(22)}`],
		["data up to the first sign behind it", "data:,a)b", "bbbb" + "ddd" + ".."],
		["data with the parentheses that it opened", "data:,(a(b))c)e", `bbbb${"d".repeat(9)}..`],
		["data with three parentheses at most", "data:,((((a))))b", `bbbb${"d".repeat(10)}..`],
		["data of any sign that an address may have", "data:,._~:/?#[]@!$&*+,;=%-", `bbbb${"d".repeat(22)}`],
		["words behind a sign that an address has not", "data:,a{b", "bbbb" + "ddd" + ".."],
		["words behind a space in the header", "data:image png", "bbbb" + "dddddd" + "...."],
		["data behind an escaped sign of the header", "data:image\\/png;base64,A", `bbbb${"d".repeat(20)}`],
		["words behind one that stands in what is not base64", "data:,a\\b", "bbbb" + "ddd" + ".."],
		["words behind padding", "data:;base64,A=b", `bbbb${"d".repeat(11)}.`],
		["a new address right behind padding", "data:;base64,A=data:,b", `bbbb${"d".repeat(11)}ssssddd`],
		["base64 only behind the whole mark", "data:;bas64,A\n", `bbbb${"d".repeat(9)}.`],
		["base64 behind a mark that begins anew", "data:;base;base64,A\n", `bbbb${"d".repeat(15)}?`],
		["base64 behind a mark that is the last thing of the header", "data:;base64;a,A\n", `bbbb${"d".repeat(12)}.`],
		["base64 behind a mark that has an escape", "data:;ba\\se64,A\n", `bbbb${"d".repeat(11)}?`],
		["base64 behind a second beginning", "data:;base64,data:;base64,A\n", `bbbb${"d".repeat(23)}?`],
		["base64 that begins like a second beginning", "data:;base64,dat:", `bbbb${"d".repeat(12)}.`],
		["base64 of its letters", "data:;base64,dataA\n", `bbbb${"d".repeat(14)}?`],
		["base64 behind blanks", "data:; base64, A\n", `bbbb${"d".repeat(12)}?`],
		["words behind a blank in the midst of a header", "data:;b ase64,", `bbbb${"d".repeat(3)}.......`],
		["words behind a blank in the midst of a second beginning", "data:;base64,d A", `bbbb${"d".repeat(10)}..`],
		["no base64 behind half a mark", "data:xbase64,A\n", `bbbb${"d".repeat(10)}.`],
		["base64 behind a mark in any case", "data:;BASE64,A\n", `bbbb${"d".repeat(10)}?`],
	])("%s", (_, text, marks) => {
		expect(marksOf(text)).toBe(marks);
	});

	const begun = "data:;base64,A";
	const marks = `bbbb${"d".repeat(10)}`;

	it.each<readonly [what: string, text: string, marks: string]>([
		["data on a second line", `\n${LINE}A`, `?${LINE_MARKS}d`],
		["words on a line that is as short as a word", `\n${WORD} a`, `?${WORD_MARKS}..`],
		["words behind a space", " a", ".."],
		["words on a line that has a space", "\na b", "??.."],
		["words behind an empty line", "\n\na", "?.."],
		["data behind the end of a line of two signs", `\r\n${LINE}`, `??${LINE_MARKS}`],
		["words behind a return alone", "\ra", "?."],
		["words behind a return and a space", "\r a", "?.."],
		["data behind a slash that is escaped", "\\/A", "?dd"],
		["data behind an escape by number", "\\u002b", "?ddddd"],
		["data behind the end of a line that is escaped", `\\n${LINE}`, `??${LINE_MARKS}`],
		["data behind two signs that are escaped", `\\r\\n${LINE}`, `????${LINE_MARKS}`],
		["data behind backslashes that are escaped again", `\\\\\\n${LINE}`, `????${LINE_MARKS}`],
		["words behind another escape", "\\ta", "?.."],
		["words behind a return that is escaped, and a letter", "\\ra", "??."],
		["a slash that is escaped on a second line", `\nA\\/${LINE}`, `????${"?".repeat(21)}ddd`],
		["words behind a backslash with which a second line begins", "\n\\/A", "?..."],
		["a third line of any length", `\n${LINE}\nA`, `?${LINE_MARKS}?d`],
		["words behind an empty third line", `\n${LINE}\n\n`, `?${LINE_MARKS}?.`],
		["a third line behind two signs", `\n${LINE}\r\nA`, `?${LINE_MARKS}d?d`],
		["a third line behind signs that are escaped", `\n${LINE}\\r\\nA`, `?${LINE_MARKS}?d??d`],
		["an address on the second line", "\ndata:,b c", "?????ddd.."],
		["an address on the third line", `\n${LINE}\ndata:,b c`, `?${LINE_MARKS}?????ddd..`],
		["an address on a third line whose end is escaped", `\n${LINE}\\ndata:,b`, `?${LINE_MARKS}??????ddd`],
		["data on a second line that begins like an address", `\ndat${LINE}`, `????${"?".repeat(20)}dddd`],
		["data on a third line that begins like an address", `\n${LINE}\ndatB`, `?${LINE_MARKS}????d`],
		["words on a second line that begins like an address", "\ndat: b", "????..."],
		["words on a third line that begins like an address", `\n${LINE}\ndat: b`, `?${LINE_MARKS}????...`],
		["words on a second line that begins like another address", "\nddata:", "??????."],
		["data on a second line, behind an escaped slash", `\nda\\/${LINE}`, `?????${"?".repeat(20)}dddd`],
		["a slash that is escaped on a third line", `\n${LINE}\\/A`, `?${LINE_MARKS}?dd`],
		["an escape by number on a third line", `\n${LINE}\\\\u002b`, `?${LINE_MARKS}??ddddd`],
		["words behind another escape on a third line", `\n${LINE}\\ta`, `?${LINE_MARKS}?..`],
		["padding of several lines", `\n${LINE}== a`, `?${LINE_MARKS}dd..`],
		["words behind a space on several lines", `\n${LINE} a`, `?${LINE_MARKS}..`],
		["words behind a space on the third line", `\n${LINE}\n a`, `?${LINE_MARKS}?..`],
	])("in base64: %s", (_, text, expected) => {
		expect(marksOf(begun + text)).toBe(marks + expected);
	});
});

it("a name is never looked at", () => {
	for (let code = 0; code < 256; code += 1) {
		const isStop = code === 0x22 || code === 0x5c;
		expect(next(IN_NAME, code)).toBe(isStop ? STOP : IN_NAME);
	}
	expect(markOf(IN_NAME)).toBe(".");
	expect(isSchemeStart(IN_NAME)).toBe(false);
});

it("a quote and a backslash stop each state, and nothing else does", () => {
	for (let state = 0; state < TABLE.length >> 8; state += 1)
		for (let code = 0; code < 256; code += 1)
			expect(next(state, code) === STOP, `${code} in ${state}`).toBe(code === 0x22 || code === 0x5c);
});

it("the beginning and the end of `data:` are told", () => {
	for (const [text, starts, ends] of [
		["a data:,d", "..s......", "......e.."],
		["data:,d", "s......", "....e.."],
		["dd d", "ss.s", "...."],
		["data:ab;c,d", "s..........", "....e......"],
		["data:;base64,A\ndata:", "s..............s....", "....e..............e"],
		["data:;base64,data:", "s.................", "....e............."],
	] as const) {
		const states = [AT_START, ...statesOf(text)];
		const told = states.slice(1);
		expect(told.map((state) => (isSchemeStart(state) ? "s" : ".")).join("")).toBe(starts);
		expect(told.map((state, at) => (endsScheme(states[at] ?? 0, state) ? "e" : ".")).join("")).toBe(ends);
	}
});

it("a state is of one kind alone", () => {
	expect(isInData(AT_START)).toBe(true);
	expect(isInScheme(AT_START)).toBe(false);
	for (const state of statesOf("data:;base64,A")) expect(isInScheme(state)).toBe(false);
});

it("data is longer than words are", () => {
	expect([MIN_ADDRESS_CHARS, MIN_BASE64_CHARS]).toEqual([1_024, 32_768]);
});

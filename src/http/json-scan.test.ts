import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdsPlaceholder, placeholderOf } from "../placeholder.ts";
import { type JsonBound, JsonScan, MAX_DEPTH, MAX_TEXT_BYTES, MAX_VALUES } from "./json-scan.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** An address is data from one character more on, with its `data:`. */
const MAX_ADDRESS_CHARS = 1024;
const MAX_BASE64_CHARS = 32 * 1024;

/** Scans a body in chunks of these sizes, over and over. */
function scan(body: string | Uint8Array, chunkSizes: readonly number[] = [65_536], options = {}) {
	const bytes = typeof body === "string" ? encoder.encode(body) : body;
	const json = new JsonScan(options);
	for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
		const to = from + (chunkSizes[turn % chunkSizes.length] ?? 1);
		// A copy, which is gone when the next one comes.
		const chunk = bytes.slice(from, to);
		const passed = json.push(chunk);
		chunk.fill(0);
		if (passed !== null) return { ok: false, error: passed } as const;
		from = to;
	}
	return json.end();
}

function textOf(body: string | Uint8Array, chunkSizes?: readonly number[]): string {
	const scanned = scan(body, chunkSizes);
	return scanned.ok ? decoder.decode(scanned.value.text) : `passes ${scanned.error}`;
}

function address(chars: number): string {
	return "data:image/png;base64,".padEnd(chars, "A");
}

describe("depth", () => {
	it.each([
		["[", "]"],
		['{"a":', "}"],
	])("is counted: %s", (open, close) => {
		const nested = (depth: number) => `${open.repeat(depth)}${open === "[" ? "" : "0"}${close.repeat(depth)}`;
		expect(textOf(nested(MAX_DEPTH))).toBe(nested(MAX_DEPTH));
		expect(scan(nested(MAX_DEPTH + 1))).toEqual({ ok: false, error: "depth" });
	});

	it("is that of the deepest value, and not the number of brackets", () => {
		const wide = `[${"[[]],".repeat(1_000)}0]`;
		expect(textOf(wide)).toBe(wide);
		const inText = `["${"[".repeat(1_000)}"]`;
		expect(textOf(inText)).toBe(inText);
	});

	it("does not fall below zero in text that is not JSON", () => {
		expect(scan(`${"]".repeat(1_000)}${"[".repeat(MAX_DEPTH + 1)}`)).toEqual({ ok: false, error: "depth" });
	});
});

describe("data in a string", () => {
	it.each<readonly [where: string, body: (data: string) => string]>([
		["is the whole string", (data) => `{"url":"${data}"}`],
		["stands in Markdown", (data) => `["a ![picture](${data}) b"]`],
		["stands between words", (data) => `["see ${data}, make it blue"]`],
		["follows other words at once", (data) => `["src=${data}"]`],
		["follows the beginning of a scheme", (data) => `["dadat${data}"]`],
		["is quoted inside the string", (data) => `["{\\"url\\":\\"${data}\\"}"]`],
		["ends before an escape", (data) => `["${data}\\nblue"]`],
		["ends before a character that is not ASCII", (data) => `["${data}一只猫"]`],
		["comes twice", (data) => `["${data} ${data}"]`],
		["stands in several strings", (data) => `{"a":["${data}"],"b":"${data}"}`],
	])("%s", (_, body) => {
		for (const [chars, isData] of [
			[MAX_ADDRESS_CHARS, false],
			[MAX_ADDRESS_CHARS + 1, true],
			[100_000, true],
		] as const) {
			const given = body(address(chars));
			const expected = numbered(body(isData ? PLACEHOLDER : address(chars)));
			expect(textOf(given)).toBe(expected);
			expect(JSON.parse(expected)).toBeDefined();
		}
	});

	it.each<readonly [form: string, data: string, rest: string]>([
		["of a type", "data:image/svg+xml;base64,", ""],
		["of no type", "data:;base64,", ""],
		["with parameters", "data:text/plain;charset=utf-8;name=a.png;base64,", ""],
		["in capitals", "DATA:Image/PNG;BASE64,", ""],
		["without base64", "data:image/svg+xml,%3Csvg%20", ""],
		["without base64, but named after it", "data:image/svg+xml;base64x,", ""],
		["with an escaped slash", "data:image\\/png;base64,\\/\\/", ""],
		["with other escapes", "\\u0064at\\u0061:image\\u002Fpng;base64\\u002c\\u002B", ""],
		["with url-safe base64", "data:image/png;base64,-_-_", ""],
		["with percent-encoded base64", "data:image/png;base64,%2B%2F", ""],
		["with padding", "data:image/png;base64,", "=="],
		["with blanks in its beginning", "data:image/png; base64, ", ""],
		["with its beginning twice", "data:image/png;base64,Data:image/jpeg;base64,", ""],
		["that begins like a second one", "data:image/png;base64,dataA", ""],
	])("%s is taken out whole", (_, start, end) => {
		const data = `${start}${"A".repeat(2_000)}${end}`;
		expect(textOf(`["${data}"]`)).toBe(numbered(`["${PLACEHOLDER}"]`));
		expect(textOf(`["(${data}) b"]`)).toBe(numbered(`["(${PLACEHOLDER}) b"]`));
	});

	it("keeps the parentheses that an address opens, and ends at one that it does not", () => {
		const svg = `data:image/svg+xml,${"rotate(45)".repeat(200)}`;
		expect(textOf(`"![x](${svg})."`)).toBe(numbered(`"![x](${PLACEHOLDER})."`));
	});

	it("ends behind its padding, where another one may begin", () => {
		const data = `${address(2_000)}==`;
		expect(textOf(`"${data}${data}"`)).toBe(numbered(`"${PLACEHOLDER}${PLACEHOLDER}"`));
	});

	it.each<readonly [before: string, first: string, lineEnd: string]>([
		["an address", address(2_000), "\\n"],
		["an address, as Windows ends lines", address(2_000), "\\r\\n"],
		["an address with padding", `${address(2_000)}==`, "\\n"],
		["an address of several lines", `data:image/png;base64,${"A".repeat(76).concat("\\n").repeat(20)}AAAA`, "\\n"],
		["base64 without an address", "A".repeat(40_000), "\\n"],
		["an address, in JSON in a text", `{\\"a\\":\\"${address(2_000)}`, "\\\\n"],
		["an address of several lines, in JSON in a text", `{\\"a\\":\\"${address(2_000)}\\\\n${"A".repeat(76)}`, "\\\\n"],
	])("is told from the next, whose line follows that of %s", (_, first, lineEnd) => {
		for (const sizes of [[65_536], [1], [7, 3]]) {
			const before = first.startsWith("{") ? '{\\"a\\":\\"' : "";
			const lines = [first, address(3_000), "\\u0064ATA:image/png,".concat("A".repeat(2_000)), address(4_000)];
			expect(textOf(`"${lines.join(lineEnd)} b"`, sizes)).toBe(
				numbered(`"${before}${lines.map(() => PLACEHOLDER).join(lineEnd)} b"`),
			);
		}
	});

	it("may be short before long data on the next line", () => {
		for (const sizes of [[65_536], [1], [5]])
			expect(textOf(`"${address(900)}\\n${address(2_000)}"`, sizes)).toBe(
				numbered(`"${address(900)}\\n${PLACEHOLDER}"`),
			);
	});

	it("goes on in a line that begins like an address", () => {
		for (const start of ["d", "data", "dat+", "data/", "dadata"]) {
			const line = start.padEnd(76, "A");
			const data = `data:image/png;base64,${"A".repeat(2_000)}\\n${line}\\n${line}\\nAAAA`;
			for (const sizes of [[65_536], [1]]) expect(textOf(`"${data}"`, sizes)).toBe(numbered(`"${PLACEHOLDER}"`));
			expect(textOf(`"${address(2_000)}\\n${start} is blue"`)).toBe(numbered(`"${PLACEHOLDER}\\n${start} is blue"`));
		}
	});

	it("may be base64 without an address, at the beginning of a string", () => {
		for (const [chars, isData] of [
			[MAX_BASE64_CHARS, false],
			[MAX_BASE64_CHARS + 1, true],
			[1_000_000, true],
		] as const) {
			const base64 = "dataD+/-".repeat(chars).slice(0, chars);
			expect(textOf(`{"result":"${base64}"}`)).toBe(numbered(`{"result":"${isData ? PLACEHOLDER : base64}"}`));
			expect(textOf(`["a ${base64}"]`)).toBe(`["a ${base64}"]`);
		}
		expect(textOf(`"${"A".repeat(40_000)}="`)).toBe(numbered(`"${PLACEHOLDER}"`));
		expect(textOf(`"${"A".repeat(40_000)} b"`)).toBe(numbered(`"${PLACEHOLDER} b"`));
	});

	it.each<readonly [what: string, before: string, data: string, behind: string]>([
		["lines", "", `data:image/png;base64,${"A".repeat(76).concat("\\n").repeat(20)}AA==`, ""],
		["lines as Windows ends them", "", `data:image/png;base64,${"A".repeat(76).concat("\\r\\n").repeat(20)}AA==`, ""],
		["lines without an address", "", "A".repeat(76).concat("\\n").repeat(500).concat("AAAA"), ""],
		["JSON in a text", '{\\"url\\":\\"', address(2_000), '\\"}'],
		[
			"JSON in a text, with escapes of its own",
			'{\\"url\\":\\"',
			`data:image\\\\/png;base64,${"A\\\\/\\\\u002b".repeat(200)}`,
			'\\"}',
		],
		[
			"JSON in a text, in lines",
			'{\\"url\\":\\"',
			`data:image/png;base64,${"A".repeat(76).concat("\\\\n").repeat(20)}AA==`,
			'\\"}',
		],
		["JSON in a text, without an address", '{\\"b64_json\\":\\"', "Ab+/".repeat(10_000), '\\"}'],
		["JSON in a text, whose quotes are digits", "{\\u0022b64_json\\u0022:\\u0022", "Ab+/".repeat(10_000), "\\u0022}"],
		["JSON in JSON in a text", '{\\\\\\"b64_json\\\\\\":\\\\\\"', "Ab+\\\\\\\\/".repeat(10_000), '\\\\\\"}'],
	])("may be written in %s", (_, before, data, behind) => {
		const body = `{"a":"${before}${data}${behind}","b":"words"}`;
		for (const sizes of [[65_536], [1], [7, 3]])
			expect(textOf(body, sizes)).toBe(numbered(`{"a":"${before}${PLACEHOLDER}${behind}","b":"words"}`));
	});

	it.each([
		"\\nmake it blue",
		"\\r\\nblue\\nand red",
		"\\n",
		"\\n\\n",
		'\\\\nblue\\"',
		"\\n= 3",
		"\\nincomprehensibilities are many",
	])("ends before words on a line of their own: %s", (words) => {
		for (const sizes of [[65_536], [1], [5]]) {
			expect(textOf(`"${address(2_000)}${words}"`, sizes)).toBe(numbered(`"${PLACEHOLDER}${words}"`));
			expect(textOf(`"${address(1_000)}${words}"`, sizes)).toBe(`"${address(1_000)}${words}"`);
		}
	});

	it("ends at an empty line", () => {
		expect(textOf(`"${address(2_000)}\\n\\nmake it blue"`)).toBe(numbered(`"${PLACEHOLDER}\\n\\nmake it blue"`));
	});

	it("is left in names", () => {
		const body = `{"${address(5_000)}":1,"${"A".repeat(50_000)}":{"${address(5_000)}":[]}}`;
		expect(textOf(body)).toBe(body);
	});

	it("is told by where it was in the body", () => {
		const body = `{"猫":"see ${address(3_000)}!","b":"${"A".repeat(40_000)}","c":"\\u0064ata:${"A".repeat(2_000)}\\n"}`;
		const scanned = scan(body, [7]);
		const bytes = encoder.encode(body);
		const found = scanned.ok ? scanned.value.runs.map(({ from, to }) => decoder.decode(bytes.subarray(from, to))) : [];
		expect(found).toEqual([address(3_000), "A".repeat(40_000), `\\u0064ata:${"A".repeat(2_000)}`]);
	});

	it("leaves a placeholder that is known, and that no digit behind it can change", () => {
		expect(holdsPlaceholder(textOf(`"${address(2_000)}"`))).toBe(true);
		expect(holdsPlaceholder(address(2_000))).toBe(false);
		expect(textOf(`"${address(2_000)}==5"`)).toBe(`"${placeholderOf(0)}5"`);
	});
});

const PLACEHOLDER = "<data>";

/** Puts in the placeholders, in their order. */
function numbered(text: string): string {
	let run = 0;
	return text.replaceAll(PLACEHOLDER, () => {
		run += 1;
		return placeholderOf(run - 1);
	});
}

describe("chunks", () => {
	const anyChunks = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 });

	it("do not change the text of a JSON value", () => {
		fc.assert(
			fc.property(fc.json({ stringUnit: "grapheme" }), anyChunks, (json, sizes) => {
				expect(JSON.parse(textOf(json, sizes))).toEqual(JSON.parse(json));
			}),
		);
	});

	/** Pieces that make up strings with data in them, and some that only look like it. */
	const anyPiece = fc.oneof(
		fc.constantFrom(
			"data:",
			"d",
			"da",
			"\\u0064",
			"ata:",
			";base64,",
			",",
			"=",
			"(",
			")",
			"\\/",
			"\\n",
			'\\"',
			"\\\\",
			" ",
			"猫",
			"\\ud83e\\udd8a",
		),
		fc.constantFrom("A", "%2B", "\\u002b", "/", "dad").map((unit) => unit.repeat(700)),
		fc.constant("A".repeat(MAX_BASE64_CHARS)),
	);
	const anyString = fc.array(anyPiece, { maxLength: 8 }).map((pieces) => `"${pieces.join("")}"`);

	it("do not change what is taken out, which is long data and nothing else", () => {
		fc.assert(
			fc.property(fc.array(anyString, { maxLength: 4 }), anyChunks, (strings, sizes) => {
				const body = `{"a":[${strings.join(",")}]}`;
				const scanned = scan(body, sizes);
				if (!scanned.ok) throw new Error(scanned.error);
				const { text, runs } = scanned.value;
				expect(decoder.decode(text) === textOf(body)).toBe(true);
				const bytes = encoder.encode(body);
				const kept = [0, ...runs.map(({ to }) => to)].map((from, index) => [from, runs[index]?.from] as const);
				const parts = kept.map(([from, to]) => decoder.decode(bytes.subarray(from, to)));
				const spliced = parts.reduce((before, after, index) => `${before}${placeholderOf(index - 1)}${after}`);
				expect(decoder.decode(text) === spliced).toBe(true);
				expect(() => JSON.parse(spliced)).not.toThrow();
				// Letters before it are no words: base64 ran into it.
				expect(spliced).not.toMatch(
					/(?<![a-z0-9/+%])data:((?!;base64,)[a-z0-9/;,+%]){0,200}(;base64,)?[a-z0-9/+%]{1020,}/i,
				);
				for (const { from, to } of runs) {
					const data: string = JSON.parse(`"${decoder.decode(bytes.subarray(from, to))}"`);
					expect(data).toMatch(to - from > MAX_BASE64_CHARS ? DATA : ADDRESS);
					expect(to - from).toBeGreaterThan(MAX_ADDRESS_CHARS);
				}
			}),
			{ numRuns: 200 },
		);
	});

	const ADDRESS = /^data:[!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~\\\n\r-]*$/i;
	const DATA = /^(data:[!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~\\\n\r-]*|[A-Za-z0-9+/_%\\\n\r-]*=*)$/i;

	it("may end inside of any character", () => {
		const text = '["é🦊一", "\\ud83e\\udd8a"]';
		expect(textOf(text, [1])).toBe(text);
	});

	it("may hold a byte order mark, and bytes that are no text", () => {
		expect(textOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x5b, 0x5d))).toBe("[]");
		expect(scan(`\ufeff[${"0,".repeat(MAX_VALUES - 2)}0]`)).toMatchObject({ ok: true });
		expect(textOf(Uint8Array.of(0x22, 0xff, 0x22))).toBe('"\ufffd"');
	});
});

it("keeps no text if only the shape matters", () => {
	const counted = scan(`["${"a b ".repeat(MAX_TEXT_BYTES)}", "${address(5_000)}"]`, [65_536], { keepsText: false });
	expect(counted).toEqual({ ok: true, value: { text: new Uint8Array(), runs: [] } });
	const passed: readonly JsonBound[] = ["depth", "values"];
	for (const [index, body] of ["[".repeat(MAX_DEPTH + 1), "0,".repeat(MAX_VALUES + 1)].entries())
		expect(scan(body, [1_000], { keepsText: false })).toEqual({ ok: false, error: passed[index] });
});

describe("text", () => {
	const quoted = (chars: number) => `"${"a b ".repeat(chars / 4)}"`;

	it("is bounded", () => {
		const whole = quoted(MAX_TEXT_BYTES - 4).replace('"', '"xx');
		expect(whole.length).toBe(MAX_TEXT_BYTES);
		expect(textOf(whole)).toBe(whole);
		expect(scan(whole.replace('"', '" '))).toEqual({ ok: false, error: "text" });
		expect(scan(quoted(MAX_TEXT_BYTES * 4))).toEqual({ ok: false, error: "text" });
	});

	it.each<readonly [what: string, body: string]>([
		["names", `{${quoted(MAX_TEXT_BYTES + 4)}:1}`],
		["a name of base64, for a name is no picture", `{"${"x".repeat(MAX_TEXT_BYTES)}":1}`],
		["numbers", `[${"1".repeat(MAX_TEXT_BYTES)}]`],
		["characters of several bytes", `"${"猫".repeat(MAX_TEXT_BYTES / 3 + 1)}"`],
		["escapes", `"${"\\u732b".repeat(MAX_TEXT_BYTES / 6 + 1)}"`],
		["what is not JSON", "}".repeat(MAX_TEXT_BYTES + 1)],
		["short addresses", `"${`${address(MAX_ADDRESS_CHARS)} `.repeat(2_100)}"`],
	])("is bounded: %s", (_, body) => {
		expect(textOf(body) === "passes text").toBe(true);
	});

	it("has one blank for many outside of strings", () => {
		expect(textOf('\n[ 1 ,\r\n\t"a  b"  ,  {  }  ]\n\n')).toBe(' [ 1 , "a  b" , { } ] ');
		expect(textOf(`[${" ".repeat(MAX_TEXT_BYTES)}1]`)).toBe("[ 1]");
		// Without any it would be JSON.
		expect(textOf("[1 2]")).toBe("[1 2]");
	});
});

it.each([1_000, 8 * 1024 * 1024])("the first bound that is passed counts, in chunks of %i bytes", (size) => {
	const text = "1".repeat(MAX_TEXT_BYTES + 65_536);
	const [values, depth] = [",1".repeat(MAX_VALUES), "[".repeat(MAX_DEPTH + 1)];
	expect(scan(`[${text}${values}${depth}`, [size])).toEqual({ ok: false, error: "text" });
	expect(scan(`[1${values}${text}${depth}`, [size])).toEqual({ ok: false, error: "values" });
	expect(scan(`[1${depth}${values}${text}`, [size])).toEqual({ ok: false, error: "depth" });
});

describe("values", () => {
	it.each<readonly [shape: string, body: (count: number) => string]>([
		["numbers", (count) => `[${"0,".repeat(count - 2)}0]`],
		["words", (count) => `[${"null,".repeat(count - 2)}true]`],
		["strings", (count) => `[${'"",'.repeat(count - 2)}""]`],
		["objects", (count) => `[${"{},".repeat(count - 2)}{}]`],
		["members, not their names", (count) => `{${'"a":1,'.repeat(count - 2)}"a":1}`],
		["strings as members", (count) => `{${'"a":"b",'.repeat(count - 2)}"a":"b"}`],
		["at several depths", (count) => `{"a":{"b":{}},"c":[${"0,".repeat(count - 5)}0]}`],
		["with blanks between", (count) => `[ ${"0 ,\n".repeat(count - 2)}\t0 ]`],
	])("are counted: %s", (_, body) => {
		expect(scan(body(MAX_VALUES))).toMatchObject({ ok: true });
		expect(scan(body(MAX_VALUES + 1))).toEqual({ ok: false, error: "values" });
	});

	it("are counted in text that is not JSON, too", () => {
		expect(scan('""'.repeat(MAX_VALUES + 1))).toEqual({ ok: false, error: "values" });
		expect(scan("1 ".repeat(MAX_VALUES + 1))).toEqual({ ok: false, error: "values" });
		expect(scan("]0[".repeat(MAX_VALUES))).toEqual({ ok: false, error: "values" });
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonBeginningOf, readJsonBeginning } from "./json-beginning.ts";
import { MAX_VALUES } from "./json-scan.ts";

const MIB = 1024 * 1024;
const encoder = new TextEncoder();

function bodyOf(...chunks: readonly (Uint8Array | Error)[]): ReadableStream<Uint8Array> {
	const left = [...chunks];
	return new ReadableStream({
		pull(controller) {
			const chunk = left.shift();
			if (chunk === undefined) controller.close();
			else if (chunk instanceof Error) controller.error(chunk);
			else controller.enqueue(chunk);
		},
	});
}

/** Cuts a text behind its last byte, and parses what is left of it. */
function parseCut(text: string, keepText: boolean): unknown {
	const beginning = jsonBeginningOf(`${text}x`, { maxBytes: encoder.encode(text).length, keepText });
	expect(beginning.cut).toBe(true);
	try {
		return JSON.parse(beginning.text);
	} catch {
		return undefined;
	}
}

describe("JSON that was cut off", () => {
	it.each<readonly [text: string, value: unknown]>([
		[
			'{"detail":[{"msg":"flagged","type":"x","input":"aaaa',
			{ detail: [{ msg: "flagged", type: "x", input: "aaaa" }] },
		],
		['{"detail":[{"msg":"flagged","type":"content_pol', { detail: [{ msg: "flagged", type: "content_pol" }] }],
		['{"detail":[{"msg":"flagged"},{"ms', { detail: [{ msg: "flagged" }, {}] }],
		['{"detail":[{"msg":"flagged"},{"msg"', { detail: [{ msg: "flagged" }, {}] }],
		['{"detail":[{"msg":"flagged"},{"msg":', { detail: [{ msg: "flagged" }, {}] }],
		['{"detail":[0,0,0,0', { detail: [0, 0, 0] }],
		['{"detail":[0,0,0 ', { detail: [0, 0, 0] }],
		['{"detail":"say \\"no', { detail: 'say "no' }],
		['{"detail":"say \\', { detail: "say " }],
		['{"detail":"say \\\\', { detail: "say \\" }],
		['{"detail":"say \\u4e', { detail: "say " }],
		['{"detail":"狐', { detail: "狐" }],
		['{"a":true,"b":fal', { a: true }],
		['{"a":{"b":[1,2],"c":nul', { a: { b: [1, 2] } }],
		["{", {}],
		["[", []],
		['{"whole":1}', { whole: 1 }],
		['{"whole":1}  ', { whole: 1 }],
		["<html>", undefined],
		["]]]", undefined],
	])("is read up to its last whole part: %s", (text, value) => {
		expect(parseCut(text, true)).toEqual(value);
	});

	it.each([
		['{"status":"IN_QUEUE","request_id":"r-', { status: "IN_QUEUE" }],
		['["a","b', ["a"]],
	])("leaves out a text that was cut, where half of it would be another: %s", (text, value) => {
		expect(parseCut(text, false)).toEqual(value);
	});

	it("leaves out what a cut left of a last character", () => {
		const text = '["a狐';
		const { text: beginning } = jsonBeginningOf(`${text}"]`, { maxBytes: 5, keepText: true });
		expect(beginning).toBe('["a"]');
	});

	it("is a beginning of what it was, wherever it was cut", () => {
		fc.assert(
			fc.property(
				fc.object({ maxDepth: 4 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.boolean(),
				(value, share, keepText) => {
					const text = JSON.stringify(value);
					const bytes = Math.floor(encoder.encode(text).length * share);
					const beginning = jsonBeginningOf(text, { maxBytes: Math.max(1, bytes), keepText });
					const parsed: unknown = JSON.parse(beginning.text);
					expect(isBeginningOf(parsed, JSON.parse(text), keepText)).toBe(true);
				},
			),
			{ numRuns: 500 },
		);
	});

	it("is its own beginning if it is not JSON", () => {
		const page = "Service-Unavailable".repeat(100);
		expect(jsonBeginningOf(page, { maxBytes: 19 })).toEqual({ text: "Service-Unavailable", cut: true });
	});
});

/** True if lists and objects of one have the first parts of the other's, and texts if they may be cut. */
function isBeginningOf(part: unknown, whole: unknown, keepText: boolean): boolean {
	if (typeof part === "string" && typeof whole === "string") return keepText ? whole.startsWith(part) : part === whole;
	if (typeof part !== "object" || part === null || typeof whole !== "object" || whole === null) return part === whole;
	const names = Object.keys(whole);
	return Object.entries(part).every(
		([name, value], index) => name === names[index] && isBeginningOf(value, Reflect.get(whole, name), keepText),
	);
}

describe("the bounds", () => {
	it.each<readonly [what: string, text: string, beginning: unknown]>([
		[
			"values",
			`{"detail":"no","values":[${"0,".repeat(200_000)}0]}`,
			{ detail: "no", values: Array(MAX_VALUES - 3).fill(0) },
		],
		["values that are objects", `[${"{},".repeat(200_000)}{}]`, Array(MAX_VALUES - 1).fill({})],
		["levels", `{"a":1,"b":${"[".repeat(100)}`, { a: 1, b: nested(63) }],
	])("cut text that passes %s", (_, text, beginning) => {
		const read = jsonBeginningOf(text, { maxBytes: 2 * MIB });
		expect(read.cut).toBe(true);
		expect(JSON.parse(read.text)).toEqual(beginning);
	});

	it.each([" ", "[", '{"a":', "0,", '"a",', '"\\"', "\\"])("are quick with %s again and again", (unit) => {
		const text = `[${unit.repeat((32 * MIB) / unit.length)}`;
		// Other work on the machine makes some runs longer, but none shorter.
		let bestMs = Number.POSITIVE_INFINITY;
		for (let run = 0; run < 5 && bestMs >= 800; run += 1) {
			const started = process.cpuUsage();
			jsonBeginningOf(text, { maxBytes: 32 * MIB, keepText: true });
			const { user, system } = process.cpuUsage(started);
			bestMs = Math.min(bestMs, (user + system) / 1000);
		}
		expect(bestMs).toBeLessThan(800);
	});
});

function nested(levels: number): unknown {
	return Array.from({ length: levels }).reduce((inner) => (inner === undefined ? [] : [inner]), undefined);
}

describe("a body", () => {
	const text = (words: string) => encoder.encode(words);

	it.each<[what: string, chunks: Uint8Array[], read: { text: string; cut: boolean }]>([
		["nothing", [], { text: "", cut: false }],
		["less than the bound", [text('"a'), text('b"')], { text: '"ab"', cut: false }],
		["just the bound", [text('"ab'), text('c"')], { text: '"abc"', cut: false }],
		["more than the bound", [text("[1,"), text("2,3]")], { text: "[1,2]", cut: true }],
		["a chunk far beyond the bound", [text("[1,2,3,4,5,6]")], { text: "[1,2]", cut: true }],
		["a letter that comes in parts", [text("狐").subarray(0, 1), text("狐").subarray(1)], { text: "狐", cut: false }],
	])("is read: %s", async (_, chunks, read) => {
		expect(await readJsonBeginning(bodyOf(...chunks), { maxBytes: 5 })).toEqual(read);
	});

	it("may be missing", async () => {
		expect(await readJsonBeginning(null, { maxBytes: 5 })).toEqual({ text: "", cut: false });
	});

	it.each(["[0,0,0,0,0,", "[[[[[[[[[["])("is cancelled behind a bound: %s", async (unit) => {
		const state = { read: 0, cancelled: false };
		const body = new ReadableStream<Uint8Array>({
			pull(controller) {
				state.read += 1;
				controller.enqueue(text(unit.repeat(1_000)));
			},
			cancel() {
				state.cancelled = true;
			},
		});
		expect((await readJsonBeginning(body, { maxBytes: 32 * MIB })).cut).toBe(true);
		expect(state.read).toBeLessThan(60);
		expect(state.cancelled).toBe(true);
	});

	it("rejects if it breaks off", async () => {
		await expect(readJsonBeginning(bodyOf(text("["), new Error("reset")), { maxBytes: 5 })).rejects.toThrow("reset");
	});
});

import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { placeholderOf } from "../placeholder.ts";
import { drop, MAX_DROPPED_BYTES, MAX_JSON_BYTES, scanBody, toEncodingError } from "./scan-body.ts";

const MIB = 1024 * 1024;
const encoder = new TextEncoder();

/** Yields these pieces, and tells how many bytes were asked for, and whether the rest was let go. */
function bodyOf(pieces: Iterable<Uint8Array>) {
	const told = { bytes: 0, isLetGo: false };
	const left = pieces[Symbol.iterator]();
	const iterator: AsyncIterator<Uint8Array> = {
		async next() {
			const step = left.next();
			if (step.done !== true) told.bytes += step.value.length;
			return step;
		},
		async return() {
			told.isLetGo = true;
			return { done: true, value: undefined };
		},
	};
	return { iterator, told };
}

/** Yields so many pieces of a MiB each, which begin a string of data: what is dropped is read quickly. All but the first are one buffer. */
function* mebibytes(count: number): Generator<Uint8Array> {
	yield encoder.encode(`"${"A".repeat(MIB - 1)}`);
	const piece = encoder.encode("A".repeat(MIB));
	for (let sent = 1; sent < count; sent += 1) yield piece;
}

function* then(first: Iterable<Uint8Array>, ...last: readonly string[]): Generator<Uint8Array> {
	yield* first;
	for (const text of last) yield encoder.encode(text);
}

async function scanned(pieces: Iterable<Uint8Array>, coding: "gzip" | "deflate" | null = null, options = {}) {
	const { iterator, told } = bodyOf(pieces);
	const result = await scanBody(iterator, coding, options);
	return { left: result.ok ? new TextDecoder().decode(result.value) : result.error, ...told };
}

describe("a body", () => {
	it("is read as it comes", async () => {
		expect(await scanned(then([], '{"prompt":', '"a fox"}'))).toEqual({
			left: '{"prompt":"a fox"}',
			bytes: 18,
			isLetGo: false,
		});
		expect((await scanned([])).left).toBe("");
	});

	it("is decoded", async () => {
		expect((await scanned([gzipSync('{"prompt":"a fox"}')], "gzip")).left).toBe('{"prompt":"a fox"}');
	});

	it("may have just so many bytes", async () => {
		expect((await scanned(then(mebibytes(31), `${"A".repeat(MIB - 1)}"`))).left).toBe(`"${placeholderOf(0)}"`);
	});

	it("is refused with one more, and read to its end", async () => {
		expect(await scanned(then(mebibytes(32), '"', "the rest"))).toEqual({
			left: { kind: "body_too_large", maxBytes: MAX_JSON_BYTES },
			bytes: MAX_JSON_BYTES + 9,
			isLetGo: false,
		});
	});

	it("is let go beyond what a client may still send", async () => {
		expect(await scanned(mebibytes(80))).toEqual({
			left: { kind: "body_too_large", maxBytes: MAX_JSON_BYTES },
			bytes: MAX_DROPPED_BYTES,
			isLetGo: true,
		});
	});

	it.each<readonly [what: string, text: string, bound: string, max: number]>([
		["values", `[${"0,".repeat(100_001)}0]`, "values", 100_000],
		["levels", "[".repeat(65), "depth", 64],
		["words", `"${"x ".repeat(1_100_000)}"`, "text", 2 * MIB],
	])("with too many %s is refused, and read to its end", async (_, text, bound, max) => {
		expect(await scanned(then([], text, "the rest"))).toEqual({
			left: { kind: "body_too_complex", bound, max },
			bytes: text.length + 8,
			isLetGo: false,
		});
	});

	it("may decode to just so many bytes, and no more", async () => {
		const data = (bytes: number) => [gzipSync(`"${"A".repeat(bytes - 2)}"`)];
		const options = { maxBytes: MIB };
		expect((await scanned(data(MIB), "gzip", options)).left).toBe(`"${placeholderOf(0)}"`);
		expect((await scanned(data(MIB + 1), "gzip", options)).left).toEqual({
			kind: "body_too_large",
			maxBytes: MIB,
			decoded: true,
		});
	});

	it("is refused for what stands first in it", async () => {
		const bytes = gzipSync("[".repeat(65)).subarray(0, -1);
		expect((await scanned([bytes], "gzip")).left).toEqual({ kind: "body_too_complex", bound: "depth", max: 64 });
	});

	it.each<readonly [what: string, bytes: Uint8Array, cut: boolean]>([
		["broken", encoder.encode("no gzip at all"), false],
		["cut off", gzipSync('{"prompt":"a fox"}').subarray(0, 20), true],
	])("whose encoding is %s is refused", async (_, bytes, cut) => {
		expect((await scanned([bytes], "gzip")).left).toEqual({ kind: "body_undecodable", encoding: "gzip", cut });
	});
});

it.each<readonly [fault: Parameters<typeof toEncodingError>[0], coding: "gzip" | "deflate" | null, error: object]>([
	["blocks", "gzip", { kind: "body_too_complex", bound: "blocks", max: 20_000 }],
	["corrupt", "gzip", { kind: "body_undecodable", encoding: "gzip", cut: false }],
	["cut", "deflate", { kind: "body_undecodable", encoding: "deflate", cut: true }],
	["cut", null, { kind: "body_undecodable", encoding: "", cut: true }],
])("the fault %s of %s is told as %j", (fault, coding, error) => {
	expect(toEncodingError(fault, coding)).toEqual(error);
});

it.each<readonly [maxBytes: number, bytes: number, isLetGo: boolean]>([
	[0, 0, true],
	[1, 4, true],
	[4, 4, true],
	[5, 8, true],
	[12, 12, true],
	[13, 12, false],
])("with a bound of %i bytes, drop() reads %i of 12, and lets the rest go: %s", async (maxBytes, bytes, isLetGo) => {
	const { iterator, told } = bodyOf(["aaaa", "bbbb", "cccc"].map((text) => encoder.encode(text)));
	await drop(iterator, maxBytes);
	expect(told).toEqual({ bytes, isLetGo });
});

it("drop() needs nothing that lets the rest go", async () => {
	const { iterator, told } = bodyOf([encoder.encode("aaaa"), encoder.encode("bbbb")]);
	await drop({ next: () => iterator.next() }, 4);
	expect(told.bytes).toBe(4);
});

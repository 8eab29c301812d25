import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { inPieces } from "../../../test/support/forms.ts";
import { ByteSource } from "../../http/encoding/byte-source.ts";
import { dataOf, openPng } from "./open.ts";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

function chunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
	const bytes = Buffer.alloc(12 + data.length);
	bytes.writeUInt32BE(data.length, 0);
	bytes.write(type, 4, "latin1");
	bytes.set(data, 8);
	bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
	return bytes;
}

/** The last byte of the chunk is another. */
function broken(bytes: Buffer): Buffer {
	return Buffer.from(bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1));
}

/** A header of 3 × 2 pixels. @param rest Depth, colour, compression, filter, interlace */
function header(rest: readonly number[], width = 3, height = 2): Buffer {
	const data = Buffer.alloc(8 + rest.length);
	data.writeUInt32BE(width, 0);
	data.writeUInt32BE(height, 4);
	data.set(rest, 8);
	return data;
}

const RGBA = [8, 6, 0, 0, 0] as const;
const IHDR = chunk("IHDR", header(RGBA));
const IDAT = chunk("IDAT", Uint8Array.of(1, 2, 3));
const IEND = chunk("IEND");

function sourceOf(parts: readonly Uint8Array[], pieceBytes = 1_000): ByteSource {
	return new ByteSource(inPieces(Buffer.concat(parts), [pieceBytes]));
}

/** Opens it in one piece, and byte by byte. */
async function opened(...parts: readonly Uint8Array[]) {
	const whole = await openPng(sourceOf(parts));
	expect(await openPng(sourceOf(parts, 1))).toEqual(whole);
	return whole;
}

const BROKEN = { ok: false, error: "broken" };

describe("a PNG", () => {
	it("is opened up to its data", async () => {
		const source = sourceOf([SIGNATURE, IHDR, chunk("tEXt", Buffer.from("IDAT")), IDAT, IEND]);
		const value = { header: { width: 3, height: 2, bitDepth: 8, colour: "rgb_alpha", isInterlaced: false } };
		expect(await openPng(source)).toEqual({ ok: true, value: { ...value, transparency: null } });
		expect([...source.bytes.subarray(source.at + 8, source.at + 11)]).toEqual([1, 2, 3]);
	});

	it.each<readonly [what: string, parts: readonly Uint8Array[], fault: string]>([
		["empty", [], "no_png"],
		["cut in its signature", [SIGNATURE.subarray(0, 7)], "no_png"],
		["of another signature", [SIGNATURE.with(7, 0x0b), IHDR, IDAT], "no_png"],
		["a signature alone", [SIGNATURE], "broken"],
		["without a header", [SIGNATURE, chunk("iCCP", header(RGBA)), IDAT], "broken"],
		["of a broken header", [SIGNATURE, broken(IHDR), IDAT], "broken"],
		["cut in its header", [SIGNATURE, IHDR.subarray(0, 20)], "broken"],
		["cut in its header's checksum", [SIGNATURE, IHDR.subarray(0, -1)], "broken"],
		["of a header that is too short", [SIGNATURE, chunk("IHDR", header([8, 6, 0, 0])), IDAT], "broken"],
		["of a header that is too long", [SIGNATURE, chunk("IHDR", header([...RGBA, 0])), IDAT], "broken"],
		["of another compression", [SIGNATURE, chunk("IHDR", header([8, 6, 1, 0, 0])), IDAT], "broken"],
		["of other filters", [SIGNATURE, chunk("IHDR", header([8, 6, 0, 1, 0])), IDAT], "broken"],
		["of another order", [SIGNATURE, chunk("IHDR", header([8, 6, 0, 0, 2])), IDAT], "broken"],
		["without width", [SIGNATURE, chunk("IHDR", header(RGBA, 0, 2)), IDAT], "broken"],
		["without height", [SIGNATURE, chunk("IHDR", header(RGBA, 3, 0)), IDAT], "broken"],
		["without data", [SIGNATURE, IHDR], "broken"],
		["cut in the head of its data", [SIGNATURE, IHDR, IDAT.subarray(0, 7)], "broken"],
		["of a chunk that is longer than any may be", [SIGNATURE, IHDR, Buffer.from("80000000", "hex"), IDAT], "broken"],
	])("is refused: %s", async (_, parts, fault) => {
		expect(await opened(...parts)).toEqual({ ok: false, error: fault });
	});

	it("may be interlaced", async () => {
		const parts = [SIGNATURE, chunk("IHDR", header([8, 6, 0, 0, 1])), IDAT];
		expect(await opened(...parts)).toMatchObject({ ok: true, value: { header: { isInterlaced: true } } });
	});

	it.each<readonly [number: number, colour: string | null, depths: readonly number[]]>([
		[0, "grey", [1, 2, 4, 8, 16]],
		[1, null, []],
		[2, "rgb", [8, 16]],
		[3, "palette", [1, 2, 4, 8]],
		[4, "grey_alpha", [8, 16]],
		[5, null, []],
		[6, "rgb_alpha", [8, 16]],
		[7, null, []],
	])("of the colour %i is %s, and has some depths alone", async (number, colour, depths) => {
		for (const bitDepth of [0, 1, 2, 3, 4, 8, 16, 32]) {
			const parts = [SIGNATURE, chunk("IHDR", header([bitDepth, number, 0, 0, 0])), IDAT];
			const value = { header: { width: 3, height: 2, bitDepth, colour, isInterlaced: false }, transparency: null };
			expect(await opened(...parts), `${bitDepth} bits`).toEqual(
				depths.includes(bitDepth) ? { ok: true, value } : BROKEN,
			);
		}
	});
});

describe("the transparency of a PNG", () => {
	const all = Uint8Array.from({ length: 256 }, (_, at) => at);

	it("is that of all colours of a palette at most", async () => {
		const parts = [SIGNATURE, IHDR, chunk("tRNS", all), IDAT];
		expect(await opened(...parts)).toMatchObject({ ok: true, value: { transparency: all } });
		expect(await opened(SIGNATURE, IHDR, chunk("tRNS", Buffer.concat([all, all])), IDAT)).toEqual(BROKEN);
		expect(await opened(SIGNATURE, IHDR, chunk("tRNS", Buffer.concat([all, all.slice(0, 1)])), IDAT)).toEqual(BROKEN);
	});

	it.each<readonly [how: string, part: Uint8Array]>([
		["of another checksum", broken(chunk("tRNS", all))],
		["cut", chunk("tRNS", all).subarray(0, -5)],
		["cut in its checksum", chunk("tRNS", all).subarray(0, -1)],
	])("is refused: %s", async (_, part) => {
		expect(await opened(SIGNATURE, IHDR, part, IDAT)).toEqual(BROKEN);
	});
});

describe("the data of a PNG", () => {
	async function read(parts: readonly Uint8Array[], pieceBytes: number) {
		const data = dataOf(sourceOf(parts, pieceBytes));
		const bytes: number[] = [];
		let step = await data.next();
		for (; step.done !== true; step = await data.next()) bytes.push(...step.value);
		return { bytes, isWhole: step.value };
	}

	const [first, empty, second] = [IDAT, chunk("IDAT"), chunk("IDAT", Uint8Array.of(4, 5))];

	it.each<readonly [what: string, parts: readonly Uint8Array[], bytes: readonly number[], isWhole: boolean]>([
		["of one chunk", [first, IEND], [1, 2, 3], true],
		["of several chunks", [first, empty, second, IEND], [1, 2, 3, 4, 5], true],
		["up to a chunk of another type", [first, chunk("tEXt"), second], [1, 2, 3], true],
		["without an end", [first], [1, 2, 3], false],
		["whose end is cut", [first, IEND.subarray(0, 7)], [1, 2, 3], false],
		["of another checksum", [broken(first), second, IEND], [1, 2, 3], false],
		["of a second one with another checksum", [first, broken(second), IEND], [1, 2, 3, 4, 5], false],
		["whose checksum is cut", [first.subarray(0, -1)], [1, 2, 3], false],
		["that is cut", [first.subarray(0, -5)], [1, 2], false],
		["with a chunk that is longer than any may be", [first, Buffer.from("80000000", "hex"), IDAT], [1, 2, 3], false],
	])("%s is told", async (_, parts, bytes, isWhole) => {
		for (const pieceBytes of [1, 5, 1_000]) expect(await read(parts, pieceBytes)).toEqual({ bytes, isWhole });
	});

	it("may have so many chunks, and no more", async () => {
		const chunks = (count: number) => [Buffer.alloc(12 * count, empty), IEND];
		expect((await read(chunks(99_999), 4_096)).isWhole).toBe(true);
		expect((await read(chunks(100_000), 4_096)).isWhole).toBe(false);
	});
});

import { constants, deflateRawSync, deflateSync, gzipSync, type ZlibOptions } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BLOCKS, smallBlocks } from "../../../test/support/small-blocks.ts";
import { CODING_NAMES, type Coding, decode, readCoding } from "./decode.ts";
import { MAX_BLOCKS } from "./inflate.ts";

const encoder = new TextEncoder();
const MIB = 1024 * 1024;

/** Yields pieces through one buffer, as a body's are: each is gone when the next one is asked for. */
async function* piecesOf(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
	const buffer = new Uint8Array(pieceBytes);
	for (let at = 0; at < bytes.length; at += pieceBytes) {
		const piece = bytes.subarray(at, at + pieceBytes);
		buffer.set(piece);
		yield buffer.subarray(0, piece.length);
		buffer.fill(0xee);
	}
}

/** Returns the decoded bytes, and why they end early. */
async function read(coding: Coding, bytes: Uint8Array, pieceBytes = 64 * 1024) {
	const decoded: Uint8Array[] = [];
	const pieces = decode(piecesOf(bytes, pieceBytes), coding);
	let step = await pieces.next();
	for (; step.done !== true; step = await pieces.next()) decoded.push(step.value.slice());
	return { bytes: Buffer.concat(decoded), fault: step.value };
}

async function textOf(coding: Coding, bytes: Uint8Array): Promise<string> {
	const decoded = await read(coding, bytes);
	return decoded.fault ?? decoded.bytes.toString();
}

const FOX = encoder.encode("a fox, a fox, a red fox");

describe("a stream of zlib", () => {
	const encoders: readonly (readonly [Coding, (bytes: Uint8Array, options: ZlibOptions) => Uint8Array])[] = [
		["gzip", gzipSync],
		["deflate", deflateSync],
		["deflate", deflateRawSync],
	];
	const strategies = [
		constants.Z_DEFAULT_STRATEGY,
		constants.Z_FILTERED,
		constants.Z_HUFFMAN_ONLY,
		constants.Z_RLE,
		constants.Z_FIXED,
	];
	/** Texts of few letters and of many, with repetitions near and far. */
	const texts = fc.oneof(
		fc.uint8Array({ maxLength: 2_000 }),
		fc
			.tuple(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 5 }), fc.array(fc.nat(4), { maxLength: 400 }))
			.map(([parts, order]) => Uint8Array.from(Buffer.concat(order.map((index) => parts[index] ?? new Uint8Array())))),
	);

	it("is read as it was, however it was made and however it comes", async () => {
		await fc.assert(
			fc.asyncProperty(
				texts,
				fc.constantFrom(...encoders),
				fc.record({
					level: fc.integer({ min: 0, max: 9 }),
					memLevel: fc.integer({ min: 1, max: 9 }),
					windowBits: fc.integer({ min: 9, max: 15 }),
					strategy: fc.constantFrom(...strategies),
				}),
				fc.integer({ min: 1, max: 5_000 }),
				async (text, [coding, encode], options, pieceBytes) => {
					const { bytes, fault } = await read(coding, encode(text, options), pieceBytes);
					expect(fault).toBeNull();
					expect(bytes.equals(text)).toBe(true);
				},
			),
			{ numRuns: 300 },
		);
	});

	it("is read if it fills what it is written into just as a piece ends", async () => {
		// Runs of the longest kind: a piece ends within each of them, sooner or later at the very place.
		const text = Buffer.concat(Array.from({ length: 40 }, (_, at) => Buffer.alloc(20_000 + at, 97 + (at % 26))));
		const encoded = deflateSync(text);
		for (const pieceBytes of [1, 2, 3, 7, 16, 61]) {
			const { bytes, fault } = await read("deflate", encoded, pieceBytes);
			expect(fault, `pieces of ${pieceBytes}`).toBeNull();
			expect(bytes.equals(text), `pieces of ${pieceBytes}`).toBe(true);
		}
	});

	it("is read if it is long", async () => {
		const words = ["fox", "red ", "data:", "🦊", "{", '"b":[1,2]'];
		const text = Buffer.from(
			Array.from({ length: MIB / 8 }, (_, index) => words[(index * index) % 7] ?? index).join(""),
		);
		for (const [coding, encode] of encoders)
			expect((await read(coding, encode(text, {}))).bytes.equals(text)).toBe(true);
	});
});

describe("a frame", () => {
	const header = [0x1f, 0x8b, 8];
	const rest = [0, 0, 0, 0, 0, 255];
	const body = gzipSync(FOX).subarray(10);

	it.each<readonly [what: string, bytes: Uint8Array]>([
		["an extra field", Buffer.from([...header, 4, ...rest, 3, 0, 1, 2, 3, ...body])],
		["a name", Buffer.from([...header, 8, ...rest, 65, 66, 0, ...body])],
		["a comment", Buffer.from([...header, 16, ...rest, 65, 0, ...body])],
		["a checksum of its header", Buffer.from([...header, 2, ...rest, 1, 2, ...body])],
		["all of them", Buffer.from([...header, 31, ...rest, 1, 0, 9, 65, 0, 66, 0, 1, 2, ...body])],
	])("of gzip may have %s", async (_, bytes) => {
		expect(await textOf("gzip", bytes)).toBe("a fox, a fox, a red fox");
		expect((await read("gzip", bytes, 1)).fault).toBeNull();
	});

	it("of gzip may be followed by another one", async () => {
		const two = Buffer.concat([gzipSync("a red "), gzipSync(""), gzipSync("fox")]);
		expect(await textOf("gzip", two)).toBe("a red fox");
	});

	it("may be left out of deflate", async () => {
		expect(await textOf("deflate", deflateRawSync(FOX))).toBe("a fox, a fox, a red fox");
	});
});

describe("a body that is not what it says", () => {
	it.each<readonly [what: string, coding: Coding, bytes: Uint8Array]>([
		["plain text", "gzip", encoder.encode('{"prompt":"a fox"}')],
		["plain text", "deflate", encoder.encode('{"prompt":"a fox"}')],
		["deflate as gzip", "gzip", deflateSync(FOX)],
		["gzip as deflate", "deflate", gzipSync(FOX)],
		["a method that nobody has", "gzip", Uint8Array.of(0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0)],
		["unknown flags", "gzip", Uint8Array.of(0x1f, 0x8b, 8, 0x20, 0, 0, 0, 0, 0, 0)],
		["a block of a kind that there is not", "deflate", Uint8Array.of(0x07)],
		["a stored block of two lengths", "deflate", Uint8Array.of(0x01, 1, 0, 1, 0, 65)],
		["a match before the beginning", "deflate", Uint8Array.of(0x03, 0x02, 0x00, 0x00)],
		["a wanted dictionary", "deflate", deflateSync(FOX, { dictionary: Buffer.from("fox") })],
		["bytes behind gzip", "gzip", Buffer.concat([gzipSync(FOX), Buffer.from("xx")])],
		["bytes behind deflate", "deflate", Buffer.concat([deflateSync(FOX), Buffer.from("x")])],
		["a wrong checksum of gzip", "gzip", changed(gzipSync(FOX), -8)],
		["a wrong length in gzip", "gzip", changed(gzipSync(FOX), -1)],
		["a wrong checksum of zlib", "deflate", changed(deflateSync(FOX), -1)],
	])("is corrupt: %s", async (_, coding, bytes) => {
		expect((await read(coding, bytes)).fault).toBe("corrupt");
		expect((await read(coding, bytes, 1)).fault).toBe("corrupt");
	});

	it("is cut, wherever that was", async () => {
		const text = Buffer.from("a fox and a red fox ".repeat(40) + "0123456789".repeat(3));
		for (const [coding, whole] of [
			["gzip", gzipSync(text)],
			["deflate", deflateSync(text)],
			["deflate", deflateRawSync(text, { strategy: constants.Z_FIXED })],
			["gzip", gzipSync(text, { level: 0 })],
		] as const) {
			for (let end = 0; end < whole.length; end += 1)
				expect((await read(coding, whole.subarray(0, end), 7)).fault, `${coding} at ${end}`).toBe("cut");
		}
	});

	it("never breaks the reader", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom<Coding>("gzip", "deflate"),
				fc.uint8Array({ minLength: 1, maxLength: 300 }),
				fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
				async (coding, text, changes) => {
					const bytes = coding === "gzip" ? gzipSync(text) : deflateSync(text);
					// Another header makes it bare DEFLATE, which has no checksum.
					const header = coding === "deflate" ? 2 : 0;
					for (const [place, byte] of changes) bytes[header + (place % (bytes.length - header))] = byte;
					const decoded = await read(coding, bytes, 50);
					// A change may also lie where nothing depends on it, as the time does.
					if (decoded.fault === null) expect(decoded.bytes.equals(text)).toBe(true);
				},
			),
			{ numRuns: 300 },
		);
	});
});

function changed(bytes: Buffer, from: number): Buffer {
	const at = bytes.length + from;
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	return bytes;
}

describe("the bounds", () => {
	it("make nothing before it is asked for", async () => {
		const bomb = deflateRawSync(new Uint8Array(64 * MIB), { level: 9 });
		const pieces = decode(piecesOf(bomb, 64 * 1024), "deflate");
		let bytes = 0;
		for (let step = await pieces.next(); step.done !== true && bytes < MIB; step = await pieces.next()) {
			expect(step.value.length).toBeLessThan(65 * 1024);
			bytes += step.value.length;
		}
		expect(bytes).toBeLessThan(MIB + 65 * 1024);
	});

	it("allow so many blocks, and no more", async () => {
		const unit = smallBlocks();
		const many = Buffer.alloc((MAX_BLOCKS / BLOCKS - 1) * unit.length, unit);
		const empty = [0, 0, 0, 255, 255];
		const last = [3, 0];
		const rest = Array.from({ length: BLOCKS - 1 }, () => empty).flat();
		const full = await read("deflate", Buffer.concat([many, Buffer.from([...rest, ...last])]));
		expect([full.fault, full.bytes.length]).toEqual([null, MAX_BLOCKS - BLOCKS]);
		const more = await read("deflate", Buffer.concat([many, Buffer.from([...rest, ...empty, ...last])]));
		expect(more.fault).toBe("blocks");
	});

	it("count the blocks of all frames together", async () => {
		const empty = gzipSync("");
		const frames = (count: number) => Buffer.alloc(empty.length * count, empty);
		expect((await read("gzip", frames(MAX_BLOCKS))).fault).toBeNull();
		expect((await read("gzip", frames(MAX_BLOCKS + 1))).fault).toBe("blocks");
	});
});

describe("a content-encoding", () => {
	it.each<readonly [header: string | null, coding: Coding | null | undefined]>([
		[null, null],
		["", null],
		["identity", null],
		[" Identity , identity", null],
		["gzip", "gzip"],
		["GZIP", "gzip"],
		["x-gzip", "gzip"],
		["deflate", "deflate"],
		["identity, gzip", "gzip"],
		["gzip, gzip", undefined],
		["deflate, gzip", undefined],
		["br", undefined],
		["zstd", undefined],
		["constructor", undefined],
	])("%j is read as %j", (header, coding) => {
		expect(readCoding(header)).toBe(coding);
	});

	it("reads the codings that a refusal names", () => {
		expect(CODING_NAMES.map(readCoding)).toEqual(["gzip", "deflate"]);
	});
});

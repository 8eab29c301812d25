import { crc32 as crc32OfNode, deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adler32, crc32 } from "./checksums.ts";

/** The stream of zlib ends with it. */
function adler32OfNode(bytes: Uint8Array): number {
	return deflateSync(bytes).subarray(-4).readUInt32BE();
}

const encoder = new TextEncoder();

describe.each<
	readonly [name: string, checksum: typeof crc32, ofDigits: number, ofNothing: number, known: typeof adler32OfNode]
>([
	["CRC-32", crc32, 0xcbf43926, 0, (bytes) => crc32OfNode(bytes)],
	["Adler-32", adler32, 0x091e01de, 1, adler32OfNode],
])("%s", (_, checksum, ofDigits, ofNothing, known) => {
	it("of the digits is the one that is known", () => {
		expect(checksum(encoder.encode("123456789"))).toBe(ofDigits);
		expect(checksum(new Uint8Array())).toBe(ofNothing);
	});

	it("is that of any bytes, in whatever pieces they come", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, at) => {
				expect(checksum(bytes)).toBe(known(bytes));
				expect(checksum(bytes.subarray(at), checksum(bytes.subarray(0, at)))).toBe(known(bytes));
			}),
		);
	});

	it.each([5_551, 5_552, 5_553, 20_000])("is that of %d bytes as large as they can be", (length) => {
		const bytes = new Uint8Array(length).fill(0xff);
		expect(checksum(bytes)).toBe(known(bytes));
		// Continue from a checksum of bytes that are as large.
		expect(checksum(bytes, checksum(bytes))).toBe(known(new Uint8Array(2 * length).fill(0xff)));
	});
});

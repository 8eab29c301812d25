import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JpegEnd } from "./jpeg-end.ts";

/**
 * Returns the place behind the end, or null if it is missing: goes from mark to mark in the whole file, as ITU T.81, B.1, writes them. A
 * marker is one byte or more of 0xff and another one; those that have no length are 0xd0 to 0xd8.
 */
function endOf(bytes: Uint8Array): number | null {
	let at = 0;
	while (at < bytes.length) {
		if (bytes[at] !== 0xff) {
			at += 1;
			continue;
		}
		while (bytes[at] === 0xff) at += 1;
		const marker = bytes[at] ?? 0;
		at += 1;
		if (marker === 0xd9) return at;
		if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) continue;
		if (at + 2 > bytes.length) return null;
		at += Math.max(2, (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0));
	}
	return null;
}

/** Marks, the markers next to each bound, short lengths, and bytes without a meaning. */
const byte = fc.constantFrom(
	0xff,
	0xff,
	0xff,
	0,
	0,
	2,
	3,
	7,
	0xbf,
	0xc0,
	0xc1,
	0xcf,
	0xd0,
	0xd8,
	0xd9,
	0xda,
	0xe1,
	0xfe,
);
const plain = fc.nat(40).map((length) => Array.from({ length }, () => 0x55));
const bytes = fc
	.array(fc.oneof({ weight: 5, arbitrary: byte.map((one) => [one]) }, plain), { maxLength: 60 })
	.map((parts) => Uint8Array.from(parts.flat()));

describe("the end of a JPEG", () => {
	it("is where its marks and lengths lead to, in whatever pieces it comes", () => {
		fc.assert(
			fc.property(bytes, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }), (file, lengths) => {
				const expected = endOf(file);
				const end = new JpegEnd();
				for (let at = 0, piece = 0; at < file.length; piece += 1) {
					const to = at + (lengths[piece % lengths.length] ?? 1);
					end.push(file.subarray(at, to));
					at = to;
					expect(end.isOver).toBe(expected !== null && at >= expected);
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each([0xc0, 0xcf, 0xd9 + 1, 0xfe])("is not the one inside of a segment that the marker %i begins", (marker) => {
		const end = new JpegEnd();
		end.push(Uint8Array.of(0xff, 0xd8, 0xff, marker, 0, 4, 0xff, 0xd9));
		expect(end.isOver).toBe(false);
		end.push(Uint8Array.of(0xff, 0xd9));
		expect(end.isOver).toBe(true);
	});
});

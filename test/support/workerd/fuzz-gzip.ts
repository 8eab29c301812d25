/** Wraps bytes into gzip without compressing them (RFC 1952, RFC 1951 section 3.2.4), which needs no stream. */
import { crc32 } from "../../../sim/crc32.ts";

const HEAD = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
const BLOCK_BYTES = 65_535;
const LAST = 1;

export function gzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const blocks = Array.from({ length: Math.max(1, Math.ceil(bytes.length / BLOCK_BYTES)) }, (_, index) => {
		const block = bytes.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES);
		const isLast = (index + 1) * BLOCK_BYTES >= bytes.length;
		return [isLast ? LAST : 0, ...littleEndian(block.length, 2), ...littleEndian(~block.length & 0xffff, 2), ...block];
	});
	return new Uint8Array([
		...HEAD,
		...blocks.flat(),
		...littleEndian(crc32(bytes), 4),
		...littleEndian(bytes.length, 4),
	]);
}

function littleEndian(value: number, bytes: number): readonly number[] {
	return Array.from({ length: bytes }, (_, index) => (value >>> (8 * index)) & 0xff);
}

/** The checksums of gzip (CRC-32, RFC 1952) and of zlib (Adler-32, RFC 1950), continued from piece to piece. */

const POLYNOMIAL = 0xedb88320;

let table: Uint32Array | null = null;

/** Makes the table for the first checksum, and not when the isolate starts. */
function crcTable(): Uint32Array {
	table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
		let crc = byte;
		for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
		return crc;
	});
	return table;
}

/** @param before Of the pieces before; 0 at first */
export function crc32(bytes: Uint8Array, before = 0): number {
	const steps = crcTable();
	let crc = ~before;
	for (let at = 0; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (steps[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
	return ~crc >>> 0;
}

const ADLER_BASE = 65_521;
/** So many bytes are added up before a sum may pass 32 bits. */
const ADLER_BYTES = 5_552;

/** @param before Of the pieces before; 1 at first */
export function adler32(bytes: Uint8Array, before = 1): number {
	let low = before & 0xffff;
	let high = before >>> 16;
	for (let at = 0; at < bytes.length; ) {
		for (const end = Math.min(at + ADLER_BYTES, bytes.length); at < end; at += 1) {
			low += bytes[at] ?? 0;
			high += low;
		}
		low %= ADLER_BASE;
		high %= ADLER_BASE;
	}
	return ((high << 16) | low) >>> 0;
}

/** The checksum of a PNG chunk. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let sum = byte;
	for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
	return sum;
});

/** Computes the checksum. `previous` is the checksum of the bytes before these. */
export function crc32(bytes: Uint8Array, previous = 0): number {
	let sum = ~previous;
	for (const byte of bytes) sum = (TABLE[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8);
	return ~sum >>> 0;
}

/** Reads a ZIP whose files are stored as they are, and checks each one's sum. */

import { crc32 } from "node:zlib";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** Returns the bytes by name. @throws if a sum or a mark is wrong */
export function readZip(zip: Buffer): ReadonlyMap<string, Buffer> {
	const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
	check(zip.readUInt32LE(end), END);
	const files = new Map<string, Buffer>();
	let at = zip.readUInt32LE(end + 16);
	for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
		check(zip.readUInt32LE(at), ENTRY);
		const [sum, size] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20)];
		const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
		const local = zip.readUInt32LE(at + 42);
		check(zip.readUInt32LE(local), LOCAL);
		const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
		const bytes = zip.subarray(begin, begin + size);
		check(crc32(bytes), sum);
		files.set(zip.toString("utf8", at + 46, at + 46 + name), bytes);
		at += 46 + name + extra + comment;
	}
	return files;
}

function check(actual: number, expected: number): void {
	if (actual !== expected) throw new Error(`the ZIP has ${actual} in the place of ${expected}`);
}

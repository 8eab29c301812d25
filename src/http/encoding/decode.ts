/** Decodes the content codings of HTTP that are made of DEFLATE: gzip (RFC 1952) and deflate (RFC 1950, and without its frame). */

import { ByteSource } from "./byte-source.ts";
import { adler32, crc32 } from "./checksums.ts";
import { type InflateFault, inflate } from "./inflate.ts";
import { Inflation } from "./inflation.ts";

export type Coding = "gzip" | "deflate";

/** The codings that are read, by their names in a `content-encoding`. */
const CODINGS: ReadonlyMap<string, Coding> = new Map([
	["gzip", "gzip"],
	["x-gzip", "gzip"],
	["deflate", "deflate"],
]);

export const CODING_NAMES: readonly Coding[] = ["gzip", "deflate"];

/** Reads a `content-encoding`. Null for a body that is not encoded, undefined for one that is in a way which is not read. */
export function readCoding(header: string | null): Coding | null | undefined {
	const names = (header ?? "")
		.split(",")
		.map((name) => name.trim().toLowerCase())
		.filter((name) => name !== "" && name !== "identity");
	const [name, ...others] = names;
	if (name === undefined) return null;
	return others.length > 0 ? undefined : CODINGS.get(name);
}

/** Yields a body decoded, in pieces that are gone when the next one is asked for. Returns why it cannot be; null for a good one. */
export async function* decode(
	pieces: AsyncIterator<Uint8Array>,
	coding: Coding,
): AsyncGenerator<Uint8Array, InflateFault | null> {
	const source = new ByteSource(pieces);
	const stream = new Inflation(source);
	const read = coding === "gzip" ? gunzip : unzlib;
	let fault: InflateFault | null;
	do {
		fault = yield* read(source, stream);
		await source.fill(1);
		// gzip may be followed by more of it, and both are one text.
	} while (coding === "gzip" && fault === null && source.left > 0);
	return fault ?? (source.left > 0 ? "corrupt" : null);
}

const GZIP_MAGIC = 0x8b1f;
const METHOD = 8;
/** Flags of gzip. */
const [HAS_CHECKSUM, HAS_EXTRA, HAS_NAME, HAS_COMMENT, UNKNOWN] = [0x02, 0x04, 0x08, 0x10, 0xe0] as const;
/** When it was made, and by what. */
const ORIGIN_BYTES = 6;
const SIZE_MODULUS = 2 ** 32;

async function* gunzip(source: ByteSource, stream: Inflation): AsyncGenerator<Uint8Array, InflateFault | null> {
	const headerFault = await readGzipHeader(source);
	if (headerFault !== null) return headerFault;
	let checksum = 0;
	let size = 0;
	const body = inflate(source, stream);
	let step = await body.next();
	for (; step.done !== true; step = await body.next()) {
		checksum = crc32(step.value, checksum);
		size += step.value.length;
		yield step.value;
	}
	return (
		step.value ??
		differs(await source.takeNumber(4), checksum) ??
		differs(await source.takeNumber(4), size % SIZE_MODULUS)
	);
}

async function readGzipHeader(source: ByteSource): Promise<InflateFault | null> {
	const magic = await source.takeNumber(2);
	const method = await source.takeNumber(1);
	const flags = (await source.takeNumber(1)) ?? 0;
	await source.skip(ORIGIN_BYTES);
	// If the header is cut, so is the body behind it.
	if ((magic ?? GZIP_MAGIC) !== GZIP_MAGIC || (method ?? METHOD) !== METHOD) return "corrupt";
	if ((flags & UNKNOWN) !== 0) return "corrupt";
	if ((flags & HAS_EXTRA) !== 0) await source.skip((await source.takeNumber(2)) ?? 0);
	if ((flags & HAS_NAME) !== 0) await source.skipText();
	if ((flags & HAS_COMMENT) !== 0) await source.skipText();
	if ((flags & HAS_CHECKSUM) !== 0) await source.skip(2);
	return null;
}

/** Set if the text was made with a dictionary, which nobody has here. */
const HAS_DICTIONARY = 0x20;
const ZLIB_CHECK = 31;

async function* unzlib(source: ByteSource, stream: Inflation): AsyncGenerator<Uint8Array, InflateFault | null> {
	await source.fill(2);
	const [method = 0, flags = 0] = source.bytes.subarray(source.at);
	const hasFrame = (method & 0x0f) === METHOD && ((method << 8) | flags) % ZLIB_CHECK === 0;
	// Some senders leave the frame out.
	if (!hasFrame) return yield* inflate(source, stream);
	if ((flags & HAS_DICTIONARY) !== 0) return "corrupt";
	source.at += 2;
	let checksum = 1;
	const body = inflate(source, stream);
	let step = await body.next();
	for (; step.done !== true; step = await body.next()) {
		checksum = adler32(step.value, checksum);
		yield step.value;
	}
	return step.value ?? differs(swapped(await source.takeNumber(4)), checksum);
}

/** Turns a number of four bytes around: zlib sends its checksum with the highest byte first. */
function swapped(number: number | null): number | null {
	if (number === null) return null;
	return ((number << 24) | ((number & 0xff00) << 8) | ((number >>> 8) & 0xff00) | (number >>> 24)) >>> 0;
}

function differs(told: number | null, real: number): InflateFault | null {
	if (told === null) return "cut";
	return told === real ? null : "corrupt";
}

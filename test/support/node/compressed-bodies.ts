/** Compressed bodies that are made to take memory or time. */

import { randomBytes } from "node:crypto";
import { constants, deflateRawSync, deflateSync, gzipSync, type ZlibOptions } from "node:zlib";
import type { Coding } from "../../../src/http/encoding/decode.ts";
import { MAX_JSON_BYTES } from "../../../src/http/scan-body.ts";
import type { HostileBody } from "../hostile-bodies.ts";
import { smallBlocks } from "../small-blocks.ts";

/** More than may be decoded. */
const BOMB_BYTES = MAX_JSON_BYTES + 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** A body that begins and ends well, filled with one letter. */
function filled(start: string, letter: string, end: string, bytes = BOMB_BYTES): Buffer {
	return Buffer.concat([Buffer.from(start), Buffer.alloc(bytes, letter), Buffer.from(end)]);
}

function repeated(unit: Uint8Array, bytes: number): Buffer {
	return Buffer.alloc(Math.floor(bytes / unit.length) * unit.length, unit);
}

const PICTURE = [
	'{"messages":[{"role":"user","content":"a fox sim:quick"}],"x":"data:image/png;base64,',
	'"}',
] as const;

/** Random base64, which DEFLATE makes shorter by a quarter, letter by letter. */
function picture(bytes: number, options: ZlibOptions): Buffer {
	const letters = randomBytes(48 * 1024).toString("base64");
	return deflateSync(
		Buffer.concat([Buffer.from(PICTURE[0]), Buffer.alloc(bytes, letters), Buffer.from(PICTURE[1])]),
		options,
	);
}

/** The header of gzip, saying that a name follows. */
const NAMED = Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 255);

const COMPRESSED: readonly (readonly [
	name: string,
	Coding,
	make: (bytes: number) => Uint8Array,
	decodedBytes?: number,
])[] = [
	["zeros in a bomb", "gzip", () => gzipSync(new Uint8Array(BOMB_BYTES))],
	["blanks in a bomb", "gzip", () => gzipSync(filled("{", " ", "}")), MAX_JSON_BYTES],
	["numbers in a bomb", "gzip", () => gzipSync(filled('{"a":[', "0,", "0]}"))],
	["words in a bomb", "deflate", () => deflateRawSync(filled('{"prompt":"', "a red fox ", '"}'))],
	["a picture in a bomb", "deflate", () => deflateSync(filled(PICTURE[0], "A", PICTURE[1])), MAX_JSON_BYTES],
	["a picture of letters", "deflate", (bytes) => picture(bytes - 1_000, { strategy: constants.Z_HUFFMAN_ONLY })],
	["a picture as it is", "deflate", (bytes) => picture(bytes - 10_000, { level: 0 })],
	["blocks of a letter", "deflate", (bytes) => repeated(smallBlocks(), bytes)],
	["blocks of nothing", "deflate", (bytes) => repeated(Uint8Array.of(0, 0, 0, 255, 255), bytes)],
	["blocks of a stored letter", "deflate", (bytes) => repeated(Uint8Array.of(0, 1, 0, 254, 255, 32), bytes)],
	["frames of nothing", "gzip", (bytes) => repeated(gzipSync(""), bytes)],
	["a name without an end", "gzip", (bytes) => Buffer.concat([NAMED, Buffer.alloc(bytes - NAMED.length, "a")])],
	["bytes behind the end", "deflate", (bytes) => Buffer.concat([deflateSync("{}"), Buffer.alloc(bytes - 100)])],
];

export const HOSTILE_COMPRESSED_BODIES: readonly HostileBody[] = COMPRESSED.map(
	([name, encoding, make, decodedBytes]) => ({
		name,
		encoding,
		...(decodedBytes === undefined ? {} : { decodedBytes }),
		apis: ["chat"],
		*pieces(_, bytes) {
			const body = make(bytes);
			for (let at = 0; at < body.length; at += PIECE_BYTES) yield body.subarray(at, at + PIECE_BYTES);
		},
	}),
);

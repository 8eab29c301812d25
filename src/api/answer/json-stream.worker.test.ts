import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { PictureBytes, toJsonPieces } from "./frames.ts";
import { hasAllPictures, jsonLength, writeJson, writePieces } from "./json-stream.ts";

const bucket = env.IMAGES;
const prefix = `json-stream/${crypto.randomUUID()}`;
/** Of each remainder by 3, which base64 pads differently, and one longer than a piece. */
const SIZES = [0, 1, 2, 3, 1_000, 400_000];

function pictureOf(bytes: number): PictureBytes {
	return new PictureBytes({ key: `${prefix}/${bytes}.png`, bytes });
}

function bytesOf(length: number): Uint8Array {
	return Uint8Array.from({ length }, (_, index) => (index * 7) % 256);
}

beforeAll(async () => {
	await Promise.all(SIZES.map((bytes) => bucket.put(pictureOf(bytes).key, bytesOf(bytes))));
});

const missing = new PictureBytes({ key: `${prefix}/none.png`, bytes: 3 });
const cut = new PictureBytes({ key: `${prefix}/1000.png`, bytes: 999 });

async function write(value: unknown): Promise<readonly Uint8Array[]> {
	const chunks: Uint8Array[] = [];
	await writeJson(value, bucket, async (chunk) => {
		chunks.push(chunk.slice());
	});
	return chunks;
}

function textOf(chunks: readonly Uint8Array[]): string {
	return new TextDecoder().decode(Uint8Array.from(chunks.flatMap((chunk) => [...chunk])));
}

/** Puts the base64 itself in the place of each picture. */
function expected(value: unknown): string {
	return [...toJsonPieces(value)]
		.map((piece) => (typeof piece === "string" ? piece : bytesOf(piece.bytes).toBase64()))
		.join("");
}

describe("writeJson", () => {
	it("writes each picture's base64 into its place, and jsonLength tells the bytes before", async () => {
		const anyPicture = fc.constantFrom(...SIZES.slice(0, -1)).map(pictureOf);
		const anyBody = fc.record({
			created: fc.nat(),
			data: fc.array(fc.record({ b64_json: anyPicture, url: fc.string({ unit: "grapheme" }) }), { maxLength: 4 }),
			rest: fc.jsonValue(),
		});
		await fc.assert(
			fc.asyncProperty(anyBody, async (body) => {
				const chunks = await write(body);
				expect(textOf(chunks)).toBe(expected(body));
				expect(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(jsonLength(body));
			}),
			{ numRuns: 50 },
		);
	});

	it("writes a long picture in pieces that join", async () => {
		const body = { b64_json: pictureOf(400_000) };
		const chunks = await write(body);
		expect(chunks.length).toBeGreaterThan(3);
		expect(textOf(chunks)).toBe(expected(body));
		expect(jsonLength(body)).toBe(textOf(chunks).length);
	});

	it("rejects if a picture is missing", async () => {
		await expect(write({ data: [{ b64_json: missing }] })).rejects.toThrow("is missing");
	});
});

describe("writePieces", () => {
	it("joins short texts into one chunk, and writes once 64 Ki characters have come", async () => {
		const lengths: number[] = [];
		const texts = [...Array<string>(130).fill("x".repeat(1_024)), "end"];
		await writePieces(texts, bucket, async ({ byteLength }) => {
			lengths.push(byteLength);
		});
		expect(lengths).toEqual([65_536, 65_536, 2_051]);
	});

	it("writes nothing for nothing", async () => {
		const write = () => Promise.reject(new Error("nothing is to be written"));
		await writePieces([], bucket, write);
		await writePieces([""], bucket, write);
	});

	it("awaits each write, and stops at the first that fails", async () => {
		let writes = 0;
		const write = async () => {
			writes += 1;
			throw new Error("the client left");
		};
		await expect(writePieces(["a", pictureOf(3), "b"], bucket, write)).rejects.toThrow("the client left");
		expect(writes).toBe(1);
	});
});

describe("hasAllPictures", () => {
	it.each<readonly [case_: string, value: unknown, all: boolean]>([
		["a value without pictures", { a: [1, null] }, true],
		["pictures that are stored", { data: SIZES.map(pictureOf) }, true],
		["a picture that is not stored", { data: [pictureOf(1), missing] }, false],
		["a picture of another size than the log's", { data: [cut] }, false],
	])("tells of %s: %j", async (_, value, all) => {
		expect(await hasAllPictures(value, bucket)).toBe(all);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inPieces, joined } from "../../test/support/forms.ts";
import { BodyData } from "./body-data.ts";
import { scanBody } from "./scan-body.ts";

/** Scans a body, and returns what is left of it and the data. */
async function read(body: object, lengths: readonly number[]) {
	const data = new BodyData();
	const bytes = new TextEncoder().encode(JSON.stringify(body));
	const scanned = await scanBody(inPieces(bytes, lengths), null, { data });
	if (!scanned.ok) throw new Error(scanned.error.kind);
	const left: unknown = JSON.parse(new TextDecoder().decode(scanned.value));
	return { left, data };
}

function textOf(data: BodyData, placeholder: string): string | null {
	const pieces = data.piecesOf(placeholder);
	return pieces === null ? null : new TextDecoder().decode(joined(pieces));
}

const base64 = fc
	.integer({ min: 1_100, max: 9_000 })
	.map((length) => "iVBORw0KGgo".repeat(length / 11 + 1).slice(0, length));
const address = base64.map((text) => `data:image/png;base64,${text}`);
const words = fc.oneof(
	fc.string({ maxLength: 50 }),
	fc.constantFrom("d", "da", "data:", "a fox, data:image/png;base64,AAAA", 'a "quoted" \\ d'),
);

/** Adds up the pieces of a body that hold any byte of a long address. */
function bytesOfPiecesWithData(body: string, lengths: readonly number[]): number {
	const bytes = new TextEncoder().encode(body);
	const isData = new Uint8Array(bytes.length);
	for (const { 0: found, index } of body.matchAll(/data:image\/png;base64,[A-Za-z0-9]{1000,}/g)) {
		const from = new TextEncoder().encode(body.slice(0, index)).length;
		isData.fill(1, from, from + found.length);
	}
	let kept = 0;
	for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
		const end = Math.min(bytes.length, at + (lengths[piece % lengths.length] ?? 1));
		if (isData.subarray(at, end).includes(1)) kept += end - at;
		at = end;
	}
	return kept;
}

describe("the data of a body", () => {
	it("is what its strings held, in whatever pieces the body came", async () => {
		const lengths = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 4 });
		const items = fc.array(fc.oneof(words, address), { maxLength: 8 });
		await fc.assert(
			fc.asyncProperty(items, lengths, async (texts, sizes) => {
				const { left, data } = await read(texts, sizes);
				expect(Array.isArray(left)).toBe(true);
				for (const [index, text] of texts.entries()) {
					const remaining: unknown = Array.isArray(left) ? left[index] : null;
					if (remaining === text) continue;
					expect(textOf(data, String(remaining))).toBe(text);
				}
				expect(data.keptBytes).toBe(bytesOfPiecesWithData(JSON.stringify(texts), sizes));
			}),
			{ numRuns: 200 },
		);
	});

	it("is kept alone: the words between it are let go", async () => {
		const picture = `data:image/png;base64,${"A".repeat(4_000)}`;
		const { left, data } = await read({ a: "a fox ".repeat(20_000), picture, c: "a cat ".repeat(20_000) }, [1_000]);
		const placeholder = typeof left === "object" && left !== null && "picture" in left ? String(left.picture) : "";
		expect(textOf(data, placeholder)).toBe(picture);
		expect(data.keptBytes).toBeLessThan(picture.length + 3_000);
	});

	it.each<readonly [what: string, texts: (picture: string) => readonly string[]]>([
		["another string's", (picture) => ["a red", picture]],
		["the same string's", (picture) => [`a red${picture}`]],
	])("is kept without a piece that ends as if data began, before data in %s", async (_, texts) => {
		const picture = `data:image/png;base64,${"A".repeat(4_000)}`;
		const body = texts(picture);
		const { data } = await read(body, ['["a red'.length, 10_000]);
		expect(data.keptBytes).toBe(JSON.stringify(body).length - '["a red'.length);
	});

	it("is given in no empty pieces", async () => {
		const { data } = await read(
			["A", "B"].map((letter) => `data:image/png;base64,${letter.repeat(4_000)}`),
			[1_000],
		);
		const pieces = data.piecesOf("data:image/x-removed;run=1,") ?? [];
		expect(pieces.map(({ length }) => length)).not.toContain(0);
		expect(joined(pieces).length).toBe(4_022);
	});

	it("is null for any other text, and when it was let go", async () => {
		const picture = `data:image/png;base64,${"A".repeat(4_000)}`;
		const { data } = await read({ picture, other: picture }, [1_000]);
		expect(data.piecesOf("data:image/x-removed;run=0,")).not.toBeNull();
		expect(new BodyData().piecesOf("data:image/x-removed;run=0,")).toBeNull();
		for (const text of [
			"",
			"a fox",
			"data:image/x-removed;run=2,",
			"data:image/x-removed;run=,",
			"data:image/x-removed;run=0",
		])
			expect(data.piecesOf(text)).toBeNull();
		data.drop();
		expect(data.piecesOf("data:image/x-removed;run=0,")).toBeNull();
		expect(data.keptBytes).toBe(0);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FormPart, formOf, inPieces, joined } from "../../../test/support/forms.ts";
import { Refusal } from "../refusal.ts";
import { MultipartReader } from "./multipart.ts";

interface ReadPart {
	readonly name: string;
	readonly isFile: boolean;
	readonly bytes: Uint8Array;
}

async function readAll(bytes: Uint8Array, boundary: string, lengths: readonly number[]): Promise<readonly ReadPart[]> {
	const reader = new MultipartReader(inPieces(bytes, lengths), boundary);
	const parts: ReadPart[] = [];
	for (let head = await reader.next(); head !== null; head = await reader.next()) {
		const pieces: Uint8Array[] = [];
		for (let piece = await reader.read(); piece !== null; piece = await reader.read()) pieces.push(piece.slice());
		parts.push({ name: head.name, isFile: head.isFile, bytes: joined(pieces) });
	}
	return parts;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Bytes that look like delimiters, and any others. */
const body = fc
	.array(
		fc.oneof(
			fc
				.constantFrom("\r", "\n", "\r\n", "\r\n-", "\r\n--", "\r\n--b", "\r\n--bo", "--bo--", "\r\r\n--b", "\r\n\r\n")
				.map(utf8),
			fc.uint8Array({ maxLength: 40 }),
		),
		{ maxLength: 12 },
	)
	.map(joined);
const part = fc.record({
	name: fc.constantFrom("image", "image[]", "mask", "prompt", "狐"),
	body,
	filename: fc.option(fc.constantFrom("a.png", "", "C:\\a;b=c.png"), { nil: undefined }),
	type: fc.option(fc.constantFrom("image/png", "text/plain"), { nil: undefined }),
});
const lengths = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });
const BOUNDARY = "bound'()+_,-./:=? ary";

describe("a form", () => {
	it("is read as it was written, in whatever pieces it comes", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(part, { maxLength: 6 }), lengths, async (written, sizes) => {
				const parts: readonly FormPart[] = written.map(({ name, body: bytes, filename, type }) => ({
					name,
					body: bytes,
					...(filename === undefined ? {} : { filename }),
					...(type === undefined ? {} : { type }),
				}));
				const read = await readAll(formOf(parts, BOUNDARY), BOUNDARY, sizes);
				const expected = written.map(({ name, body: bytes, filename, type }) => ({
					name,
					isFile: filename !== undefined || type === "image/png",
					bytes,
				}));
				expect(read).toEqual(expected);
			}),
			{ numRuns: 300 },
		);
	});

	it("is read or refused, whatever is broken in it", async () => {
		const edit = fc.record({
			at: fc.nat({ max: 400 }),
			cut: fc.nat({ max: 20 }),
			put: fc.uint8Array({ maxLength: 10 }),
		});
		const form = formOf(
			[
				{ name: "image", filename: "a.png", body: "\r\n--bo" },
				{ name: "prompt", body: "a fox" },
			],
			"bo",
		);
		await fc.assert(
			fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), lengths, async (edits, sizes) => {
				const bytes = edits.reduce(
					(whole, { at, cut, put }) => joined([whole.subarray(0, at), put, whole.subarray(at + cut)]),
					form,
				);
				const outcome = await readAll(bytes, "bo", sizes).catch((error: unknown) => error);
				expect(Array.isArray(outcome) || outcome instanceof Refusal).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	it.each<readonly [what: string, bytes: string, reason: object]>([
		["is empty", "", { kind: "invalid_form", fault: "cut" }],
		[
			"has another boundary",
			'--other\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--other--',
			{ fault: "cut" },
		],
		["has no last boundary", '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nthe value', { fault: "cut" }],
		["ends behind a boundary", "--b", { fault: "cut" }],
		["ends in a head", '--b\r\nContent-Disposition: form-data; name="a"\r\n', { fault: "cut" }],
		["has a part without a name", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", { fault: "part" }],
		["has a part without a head", "--b\r\n\r\nx\r\n--b--", { fault: "part" }],
		[
			"has something behind a boundary",
			'--bx\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--',
			{ fault: "part" },
		],
		[
			"has a head without an end",
			`--b\r\nX: ${"x".repeat(20_000)}`,
			{ kind: "body_too_complex", bound: "part_head", max: 16_384 },
		],
		[
			"has too many parts",
			`--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n`.repeat(257),
			{ bound: "parts", max: 256 },
		],
	])("that %s is refused", async (_, text, reason) => {
		await expect(readAll(utf8(text), "b", [7, 1_000])).rejects.toMatchObject({ reason });
	});

	it("has heads of 16 KiB at most, whatever pieces it comes in", async () => {
		const start = '\r\nContent-Disposition: form-data; name="a"\r\nX: ';
		const form = (bytes: number) => utf8(`--b${start}${"x".repeat(bytes - start.length)}\r\n\r\nv\r\n--b--`);
		for (const pieces of [[100], [65_536]]) {
			expect(await readAll(form(16_384), "b", pieces)).toMatchObject([{ name: "a" }]);
			await expect(readAll(form(16_385), "b", pieces)).rejects.toMatchObject({ reason: { bound: "part_head" } });
		}
	});

	it("may have words before its first boundary, blanks behind each, and anything behind the last", async () => {
		const head = 'Content-Disposition: form-data; name="a"';
		const text = `preamble\r\n--b \t\r\n${head}\r\n\r\nx\r\n--b-- \r\nepilogue\r\n--b`;
		expect(await readAll(utf8(text), "b", [5])).toEqual([{ name: "a", isFile: false, bytes: utf8("x") }]);
	});

	it("lets a reader leave a part", async () => {
		const form = formOf(
			[
				{ name: "a", body: "x".repeat(1_000) },
				{ name: "b", body: "y" },
			],
			"bo",
		);
		const reader = new MultipartReader(inPieces(form, [100]), "bo");
		expect(await reader.next()).toMatchObject({ name: "a" });
		await reader.read();
		expect(await reader.next()).toMatchObject({ name: "b" });
		expect(new TextDecoder().decode((await reader.read()) ?? undefined)).toBe("y");
		expect(await reader.read()).toBeNull();
		expect(await reader.next()).toBeNull();
	});
});

describe("reading a form of a megabyte", () => {
	/** About the time of a usual one, ten times over: the machine may be busy. */
	const MAX_MS = 400;
	it.each<readonly [of: string, unit: string]>([
		["returns", "\r"],
		["line breaks", "\r\n"],
		["nearly boundaries", `\r\n--${"b".repeat(69)}`],
		["words", "a fox "],
	])("takes no longer if it is made of %s", async (_, unit) => {
		const boundary = "b".repeat(70);
		const body = unit.repeat(2 ** 20 / unit.length);
		const form = formOf([{ name: "image", filename: "a.png", body }], boundary);
		const begun = performance.now();
		const [read] = await readAll(form, boundary, [65_536]);
		expect(performance.now() - begun).toBeLessThan(MAX_MS);
		expect(read?.bytes.length).toBe(body.length);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FileSpec, fileUrl, isCounted, readFileUrl } from "./file-url.ts";
import { planSchema } from "./plan.ts";

const SPEC: FileSpec = {
	id: "r-1",
	index: 0,
	width: 640,
	height: 480,
	prompt: "a red fox",
	seed: 7,
	black: false,
	edit: false,
	fault: "ok",
	faults: 2,
	bytes: 0,
	fuzz: 0,
};

const anySpec: fc.Arbitrary<FileSpec> = fc
	.record({
		id: fc.uuid(),
		index: fc.nat(20),
		width: fc.integer({ min: 1, max: 8192 }),
		height: fc.integer({ min: 1, max: 8192 }),
		prompt: fc.string({ unit: "grapheme", maxLength: 60 }),
		seed: fc.nat(),
		black: fc.boolean(),
		edit: fc.boolean(),
		fault: fc.constantFrom(...planSchema.shape.file.def.innerType.options),
		faults: fc.nat(1000),
		bytes: fc.nat(2_000_000_000),
		fuzz: fc.nat(2 ** 31 - 1),
	})
	// An address has the number of faults only if they are counted.
	.map((spec) => (isCounted(spec.fault) ? spec : { ...spec, faults: 2 }));

function parse(path: string) {
	return readFileUrl(new URL(path, "https://cdn.test"));
}

describe("a picture's address", () => {
	it("describes the whole picture", () => {
		fc.assert(
			fc.property(anySpec, (spec) => {
				const url = fileUrl("https://cdn.test", spec);
				const prompt = [...spec.prompt].slice(0, 240).join("");
				expect(readFileUrl(new URL(url))).toEqual({ ...spec, prompt });
			}),
		);
	});

	it("has no more than 240 characters of the prompt, and cuts none of them", () => {
		const url = fileUrl("https://cdn.test", { ...SPEC, prompt: "🦊".repeat(300) });
		expect(readFileUrl(new URL(url))?.prompt).toBe("🦊".repeat(240));
	});

	it.each([
		"/files/r-1/0.jpg?size=640x480&seed=7&prompt=a",
		"/files/r-1/x.png?size=640x480&seed=7&prompt=a",
		"/files/r-1/0.png?size=0x480&seed=7&prompt=a",
		"/files/r-1/0.png?size=640x9000&seed=7&prompt=a",
		"/files/r-1/0.png?size=640&seed=7&prompt=a",
		"/files/r-1/0.png?size=640x480&seed=seven&prompt=a",
		"/files/r-1/0.png?size=640x480&seed=7",
		"/files/r-1/0.png?size=640x480&seed=7&prompt=a&fault=unheard-of",
		"/files/r-1/0.png?size=640x480&seed=7&prompt=a&bytes=-1",
	])("is not %s", (path) => {
		expect(parse(path)).toBeUndefined();
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAddresses, findOutputs } from "./outputs.ts";

const A = "https://v3.fal.media/a.png";

function nested(depth: number, value: unknown): unknown {
	return depth === 0 ? value : { output: nested(depth - 1, value) };
}

describe("the pictures of a result", () => {
	it("are at most 16", () => {
		const images = Array.from({ length: 17 }, (_, index) => ({ url: `${A}?${index}` }));
		expect(findOutputs({ images }).outputs).toHaveLength(16);
		expect(findOutputs({ images: images.map(({ url }) => [url]) }).outputs).toHaveLength(16);
	});

	it("are looked for in the first 64 entries of a list", () => {
		const found = (count: number) => findOutputs({ images: [...Array(count).fill(null), A] }).outputs.length;
		expect([found(63), found(64)]).toEqual([1, 0]);
	});

	it("are looked for in five levels", () => {
		expect(findOutputs(nested(6, A)).outputs).toHaveLength(1);
		expect(findOutputs(nested(7, A)).outputs).toHaveLength(0);
	});

	it("have addresses of at most 8,192 characters", () => {
		const of = (length: number) => findOutputs({ image: A.padEnd(length, "x") }).outputs.length;
		expect([of(8_192), of(8_193)]).toEqual([1, 0]);
	});

	it.each(["constructor", "__proto__", "toString"])("are not taken from %s", (name) => {
		expect(findOutputs(JSON.parse(`{"${name}":{"image":"${A}"}}`)).outputs).toEqual([]);
	});
});

describe("the addresses of a result", () => {
	it("are at most 16, each once", () => {
		const urls = Array.from({ length: 30 }, (_, index) => `${A}?${index % 20}`);
		expect(findAddresses({ urls })).toEqual(urls.slice(0, 16));
	});

	it("are not taken from the echo of the input, nor from fal's words", () => {
		expect(findAddresses({ input: A, detail: [{ url: A }], prompt: A, text: `see ${A}` })).toEqual([]);
	});
});

describe("for all results", () => {
	it("nothing throws, and what is found is an address", () => {
		const word = fc.constantFrom(A, "data:,x", "none", "//x.test/a", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB");
		const name = fc.constantFrom("images", "image", "output", "url", "data", "0", "nsfw", "has_nsfw_concepts", "x");
		const { any } = fc.letrec<{ any: unknown }>((tie) => ({
			any: fc.oneof(
				{ maxDepth: 6 },
				word,
				fc.jsonValue({ maxDepth: 2 }),
				fc.array(tie("any"), { maxLength: 4 }),
				fc.dictionary(name, tie("any"), { maxKeys: 5 }),
			),
		}));
		fc.assert(
			fc.property(any, (body) => {
				for (const { url } of findOutputs(body).outputs) expect(url).toMatch(/^(?:https?:\/\/|data:)/);
				for (const url of findAddresses(body)) expect(url).toMatch(/^https?:\/\//);
			}),
			{ numRuns: 1_000 },
		);
	});

	it("the work is bounded", () => {
		const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`image_${index}`, [[[index]]]]));
		let deep: unknown = A;
		for (let level = 0; level < 50_000; level += 1) deep = [deep];
		const started = performance.now();
		for (const body of [wide, deep, { images: deep }, { images: Array(100_000).fill([0]) }]) {
			findOutputs(body);
			findAddresses(body);
		}
		expect(performance.now() - started).toBeLessThan(500);
	});
});

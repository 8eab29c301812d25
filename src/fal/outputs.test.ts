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

	const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB";
	const RAW = "AAECAwQFBgcICQoLDA0ODw==";
	it.each<readonly [where: string, body: unknown, urls: readonly string[]]>([
		["a text alone", A, [A]],
		["JSON in a text", { output: JSON.stringify({ images: [{ url: A }] }) }, [A]],
		["JSON in a text, as a list", { output: ` ${JSON.stringify([A, { url: `${A}?1` }])}` }, [A, `${A}?1`]],
		["JSON in JSON in a text", { data: JSON.stringify({ output: JSON.stringify({ image: A }) }) }, [A]],
		["JSON in a text of many letters", { output: JSON.stringify({ prompt: "狐∢".repeat(9), image: A }) }, [A]],
		["JSON in a text with too many values", { output: JSON.stringify({ x: Array(100_000).fill(0), image: A }) }, []],
		["a text that only begins as JSON", { output: `{"image":"${A}"` }, []],
		["a field that is no text, and one that is", { image: { url: 7, src: A } }, [A]],
		["a list alone", [A, { url: `${A}?1` }], [A, `${A}?1`]],
		["nothing at all", null, []],
		["another name, as `edited_image`", { edited_image: { url: A } }, [A]],
		["a name that says nothing", { cover: { url: A } }, []],
		["a name of an input", { original_image: { url: A }, mask_image_url: A }, []],
		["fal's name of an input, beside an empty place", { images: [], image_urls: [A] }, []],
		["fal's name of an input, beside a place without a value", { image: null, image_url: A }, []],
		["fal's names of an input, in other letters", { images: [], imageUrl: A, imageUrls: [A] }, []],
		["fal's name of an input, alone", { image_url: A }, [A]],
		["another name beside an empty place", { images: [], output: A }, [A]],
		["the sure name, whatever others hold", { image_url: `${A}?echo`, images: [A] }, [A]],
		["another name if the sure one holds nothing readable", { images: [7], picture: A }, [A]],
		["places by number", { images: { "0": A, "12": `${A}?12` } }, [A, `${A}?12`]],
		["places by number in a list of lists", { images: [[{ "0": [A] }]] }, [A]],
		["places by number, among which there is nothing", { images: { "0": "none", "1000": A } }, [A]],
		["places by name", { images: { front: { url: A }, back: { url: `${A}?1` } } }, [A, `${A}?1`]],
		["places by name, with addresses alone", { images: { front: A, back: `${A}?1` } }, [A, `${A}?1`]],
		["places by name and by number", { images: { "0": A, x: `${A}?1` } }, [A, `${A}?1`]],
		["places by name among words", { output: { front: { url: A }, by: "https://a.test/", of: "a fox" } }, [A]],
		["places by name, of which some are echoes", { images: { input: { url: A }, prompt: A, ctx: [A] } }, []],
		["a place among words with a number in front", { images: { "0x": "none", x: A } }, []],
		["a place among words with a number behind", { images: { x0: "none", x: A } }, []],
		["another answer's result", { status: "COMPLETED", response: { images: [A] } }, [A]],
		["a payload", { payload: { image: A } }, [A]],
		["no places", { images: {} }, []],
		["a field of bytes", { images: [{ b64_json: RAW }] }, [`data:;base64,${RAW}`]],
		["the bytes of fal's own files", { images: [{ url: null, file_data: RAW }] }, [`data:;base64,${RAW}`]],
		["a field of bytes that is a short text", { images: [{ b64_json: "AAECAwQFBgcICQ" }] }, []],
		["a field of bytes behind words", { images: [{ b64_json: `see ${RAW}` }] }, []],
		["a field of bytes that is prose", { images: [{ b64_json: "not bytes at all, but words of a model" }] }, []],
		["a field of bytes behind a space", { images: [{ base64: ` ${RAW}` }] }, [`data:;base64,${RAW}`]],
		["the address of an object, whatever else it names", { images: [{ url: A, image_url: `${A}?echo` }] }, [A]],
		["an address by a rarer name, among words", { images: [{ src: A, alt: "a fox" }] }, [A]],
		[
			"a field of bytes that is an address",
			{ data: [{ b64_json: "data:image/png;base64,AAAA" }] },
			["data:image/png;base64,AAAA"],
		],
		["`content` that is an address", { images: [{ content: " DATA:,x", kind: "picture" }] }, ["data:,x"]],
		[
			"an address in an address",
			{ image: "data:image/png;base64,data:image/webp;base64,AAAA" },
			["data:image/webp;base64,AAAA"],
		],
		[
			"an address in capitals in another",
			{ image: "Data:;base64,DATA:image/webp;base64,AAAA" },
			["data:image/webp;base64,AAAA"],
		],
		["an address that only names one", { image: "data:text/plain,see data:x" }, ["data:text/plain,see data:x"]],
		["`content`, if it is surely a picture", { images: [{ content: PNG }] }, [`data:;base64,${PNG}`]],
		["`content` that may be words", { images: [{ content: RAW }] }, []],
		["bytes of a known form, in place of an address", { image: PNG }, [`data:;base64,${PNG}`]],
		["bytes of a known form that are too short", { image: PNG.slice(0, 31) }, []],
		["bytes of a known form behind others", { image: `xx${PNG}` }, []],
		[
			"bytes of AVIF",
			{ image: `AAAAIGZ0eXBhdmlm${"A".repeat(16)}` },
			[`data:;base64,AAAAIGZ0eXBhdmlm${"A".repeat(16)}`],
		],
		[
			"bytes of AVIF, of another length",
			{ image: `AAAAAAZ0eXBhdmlm${"A".repeat(16)}` },
			[`data:;base64,AAAAAAZ0eXBhdmlm${"A".repeat(16)}`],
		],
		["bytes that look like AVIF", { image: `AAAA!!Z0eXBhdmlm${"A".repeat(16)}` }, []],
		["an address in capitals", { image: "DATA:image/png;base64,AAAA" }, ["data:image/png;base64,AAAA"]],
		["an address that stands behind words", { image: "see data:image/png;base64,AAAA" }, []],
		["plain http", { image: "http://a.test/a.png" }, ["http://a.test/a.png"]],
		["an address behind words", { image: `see ${A}` }, []],
		["an address without a scheme", { image: "//a.test/a.png" }, ["https://a.test/a.png"]],
		["an address without a scheme, behind words", { image: "see //a.test/a.png" }, []],
		["a film by its name", { image: "https://a.test/a.mp4" }, []],
		["a film by its name, with a query", { image: "https://a.test/a.MP4?x=1#y" }, []],
		["a picture whose query ends as a film does", { image: `${A}?of=a.mp4` }, [`${A}?of=a.mp4`]],
		["a picture whose name has a film's inside", { image: "https://a.test/a.mp4.png" }, ["https://a.test/a.mp4.png"]],
		["a film by its type", { image: { url: A, content_type: "video/mp4" } }, []],
		["a text by its type, in capitals", { image: { url: A, content_type: "TEXT/html" } }, []],
		["a picture by its type", { image: { url: A, content_type: "image/png" } }, [A]],
		["a type that only ends so", { image: { url: A, content_type: "x-text/html" } }, [A]],
		["a type that is no text", { image: { url: A, content_type: 7 } }, [A]],
	])("are found in %s", (_, body, urls) => {
		expect(findOutputs(body).outputs.map(({ url }) => url)).toEqual(urls);
	});

	it("have a name among the first 64 of a body", () => {
		const found = (count: number) => {
			const others = Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, index]));
			return findOutputs({ ...others, edited_image: A }).outputs.length;
		};
		expect([found(63), found(64)]).toEqual([1, 0]);
	});

	it("have a place among the first 64, if they have numbers", () => {
		const places = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [index, null]));
		expect(findOutputs({ images: { ...places(63), 100: A } }).outputs).toHaveLength(1);
		expect(findOutputs({ images: { ...places(64), 100: A } }).outputs).toHaveLength(0);
	});

	it.each<readonly [flags: unknown, nsfw: readonly boolean[]]>([
		[undefined, [false, false]],
		[false, [false, false]],
		[[], [false, false]],
		[
			[false, true],
			[false, true],
		],
		[
			[1, "true"],
			[false, false],
		],
		[true, [true, true]],
	])("are flagged by %j", (nsfw, flagged) => {
		expect(findOutputs({ images: [A, `${A}?1`], nsfw }).outputs.map(({ nsfw }) => nsfw)).toEqual(flagged);
	});

	it("are flagged by the first flag that says something, and by their own", () => {
		expect(findOutputs({ images: [A], has_nsfw_concepts: null, nsfw: true }).outputs).toMatchObject([{ nsfw: true }]);
		expect(findOutputs({ images: [{ url: A, nsfw: true }, A] }).outputs).toMatchObject([
			{ nsfw: true },
			{ nsfw: false },
		]);
	});

	it("are flagged where the flags stand, in whatever they lie", () => {
		const flags = (body: unknown) => findOutputs(body).outputs.map(({ nsfw }) => nsfw);
		const [one, two] = [{ url: A }, { url: `${A}?1` }];
		expect(flags({ output: { images: [one, two], has_nsfw_concepts: [true, false] } })).toEqual([true, false]);
		expect(flags({ output: { images: [one, two], nsfw: true } })).toEqual([true, true]);
		expect(flags({ output: { images: [one, two] }, nsfw: [false, true] })).toEqual([false, true]);
		expect(flags({ output: { images: [one], nsfw: [false] }, nsfw: true })).toEqual([false]);
		expect(flags({ images: [{ image: one }, { image: two }], nsfw: [false, true] })).toEqual([false, true]);
		expect(flags({ images: [[A], [A]], nsfw: [false, true] })).toEqual([false, true]);
		expect(flags({ images: [[A, A]], nsfw: [false, true] })).toEqual([false, true]);
		expect(flags({ outputs: [{ image: one, nsfw: true }, { image: two }] })).toEqual([true, false]);
		expect(flags({ images: { front: one, back: two }, nsfw: [false, true] })).toEqual([false, true]);
	});

	it.each<readonly [body: unknown, flagged: boolean]>([
		[{ output: { images: [], has_nsfw_concepts: [true] } }, true],
		[{ data: [{ images: [] }, { nsfw: true }] }, true],
		[[{ nsfw: true }], true],
		[{ output: { images: [], has_nsfw_concepts: [false] } }, false],
		[{ input: { nsfw: true } }, false],
		[null, false],
		[nested(5, { nsfw: true }), true],
		[nested(6, { nsfw: true }), false],
	])("of %j are withheld: %s", (body, flagged) => {
		expect(findOutputs(body)).toMatchObject({ outputs: [], flagged });
	});

	it("are no echo beside an empty list and a flag, deeper as well", () => {
		expect(findOutputs({ output: { images: [], nsfw: true, picture: A } }).outputs).toEqual([]);
		expect(findOutputs({ output: { images: [], picture: A }, nsfw: true }).outputs).toEqual([]);
	});

	it("are no echo that stands beside an empty list and a flag", () => {
		expect(findOutputs({ images: [], nsfw: true, url: A })).toEqual({ outputs: [], flagged: true, named: false });
		expect(findOutputs({ nsfw: true, url: A }).outputs).toHaveLength(1);
		expect(findOutputs({ images: [], nsfw: false, url: A }).outputs).toHaveLength(1);
	});

	it.each<readonly [body: unknown, named: boolean]>([
		[{ images: [7] }, true],
		[{ image: {} }, true],
		[{ images: [] }, false],
		[{ images: null, image: null }, false],
		[{ url: A }, false],
		[A, false],
	])("are named by %j: %s", (body, named) => {
		expect(findOutputs(body).named).toBe(named);
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

	it("are found in JSON that is a text", () => {
		expect(findAddresses({ text: JSON.stringify({ where: A, prompt: `${A}?echo` }) })).toEqual([A]);
	});

	it("are not taken from the echo of the input, nor from fal's words", () => {
		expect(findAddresses({ input: A, detail: [{ url: A }], prompt: A, text: `see ${A}` })).toEqual([]);
		expect(findAddresses({ original_image: A, mask_image_url: A })).toEqual([]);
		expect(findAddresses({ cover_image: A, source: `${A}?1` })).toEqual([A, `${A}?1`]);
		expect(findAddresses({ inputs: [A], request: { url: A }, ctx: { url: A } })).toEqual([]);
	});

	it("are found in lists, in objects and alone, with either scheme", () => {
		expect(findAddresses({ a: [{ b: A }], c: "http://a.test/", d: null, e: 7 })).toEqual(["http://a.test/", A]);
		expect(findAddresses(A)).toEqual([A]);
		expect(findAddresses(null)).toEqual([]);
	});

	it.each(["ftp://a.test/", "https://", "https://a.test/a b", `see ${A}`, `${A} is it`])("are not %j", (text) => {
		expect(findAddresses({ text })).toEqual([]);
	});

	it("have at most 8,192 characters, as those of pictures", () => {
		const of = (length: number) => findAddresses(`https://${"x".repeat(length - 8)}`).length;
		expect([of(8_192), of(8_193)]).toEqual([1, 0]);
	});

	it("are looked for in 16 levels", () => {
		expect([findAddresses(nested(16, A)).length, findAddresses(nested(17, A)).length]).toEqual([1, 0]);
	});

	it("are looked for among 10,000 values", () => {
		const found = (count: number) => findAddresses([...Array(count).fill(0), A]).length;
		// The list itself is one of them.
		expect([found(9_998), found(9_999)]).toEqual([1, 0]);
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
		expect(performance.now() - started).toBeLessThan(3_000);
	});
});

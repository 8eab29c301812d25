import { crc32 } from "node:zlib";
import fc from "fast-check";
import { decode } from "fast-png";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { makePng, type PngPlan } from "../../test/support/node/make-png.ts";
import { checkMask, type Dimensions, MAX_MASK_SIDE, type MaskFault, turnMask } from "./mask.ts";

async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += pieceBytes) {
		const piece = bytes.slice(at, at + pieceBytes);
		yield piece;
		// A piece is gone when the next one is asked for.
		piece.fill(0xaa);
	}
}

interface Turned {
	readonly bytes: Uint8Array;
	readonly fault: MaskFault | null;
}

async function turn(
	png: Uint8Array,
	{ colour = "white", wanted = null, pieceBytes = 4_096 }: TurnOptions = {},
): Promise<Turned> {
	const turning = turnMask(inPieces(png, pieceBytes), colour, wanted);
	const parts: Uint8Array[] = [];
	let step = await turning.next();
	for (; step.done !== true; step = await turning.next()) parts.push(step.value.slice());
	return { bytes: Buffer.concat(parts), fault: step.value };
}

interface TurnOptions {
	readonly colour?: "white" | "black";
	readonly wanted?: Dimensions | null;
	readonly pieceBytes?: number;
}

function faultOf(png: Uint8Array, wanted: Dimensions | null = null): Promise<MaskFault | null> {
	return checkMask(inPieces(png, 1_000), wanted);
}

/** An RGBA mask of 3 × 2 pixels: opaque, half and wholly transparent, and the other way round. */
const SMALL: PngPlan = {
	width: 3,
	height: 2,
	colour: 6,
	bitDepth: 8,
	samples: [9, 9, 9, 255, 9, 9, 9, 100, 9, 9, 9, 0, 9, 9, 9, 0, 9, 9, 9, 100, 9, 9, 9, 255],
};

describe("a mask that is turned", () => {
	it("is white where it was transparent", async () => {
		const { bytes, fault } = await turn(makePng(SMALL));
		expect(fault).toBeNull();
		expect(decode(bytes)).toMatchObject({ width: 3, height: 2, depth: 8, channels: 1 });
		expect([...decode(bytes).data]).toEqual([0, 155, 255, 255, 155, 0]);
	});

	it("is black there for a model of that colour", async () => {
		const { bytes } = await turn(makePng(SMALL), { colour: "black" });
		expect([...decode(bytes).data]).toEqual([255, 100, 0, 0, 100, 255]);
	});

	it("opens in a reader of another make, to its end", async () => {
		const { bytes } = await turn(makePng(SMALL));
		const { data, info } = await sharp(bytes, { failOn: "warning" }).raw().toBuffer({ resolveWithObject: true });
		expect(info).toMatchObject({ width: 3, height: 2 });
		expect([...data].filter((_, at) => at % info.channels === 0)).toEqual([0, 155, 255, 255, 155, 0]);
	});

	it("reads the transparency of a palette, of which the last colours are opaque", async () => {
		const plan = {
			width: 4,
			height: 1,
			colour: 3,
			samples: [0, 1, 2, 3],
			palette: [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4],
		};
		for (const bitDepth of [2, 4, 8]) {
			const { bytes } = await turn(makePng({ ...plan, bitDepth, transparency: [0, 128, 255] }));
			expect([...decode(bytes).data], `${bitDepth} bits`).toEqual([255, 127, 0, 0]);
		}
	});

	it.each([
		["grey of 1 bit", { colour: 0, bitDepth: 1, samples: [0, 1, 0], transparency: [0, 1] }, [0, 255, 0]],
		["grey of 4 bits", { colour: 0, bitDepth: 4, samples: [9, 15, 0], transparency: [0, 15] }, [0, 255, 0]],
		["grey of 8 bits", { colour: 0, bitDepth: 8, samples: [9, 200, 0], transparency: [0, 200] }, [0, 255, 0]],
		[
			"grey of 16 bits, in both bytes",
			{ colour: 0, bitDepth: 16, samples: [0x01ff, 0x0102, 0x0002], transparency: [1, 2] },
			[0, 255, 0],
		],
		[
			"RGB",
			{ colour: 2, bitDepth: 8, samples: [1, 2, 3, 1, 2, 4, 0, 2, 3], transparency: [0, 1, 0, 2, 0, 4] },
			[0, 255, 0],
		],
		[
			"RGB of 16 bits",
			{ colour: 2, bitDepth: 16, samples: [1, 2, 3, 257, 2, 3, 1, 2, 259], transparency: [1, 1, 0, 2, 0, 3] },
			[0, 255, 0],
		],
	] satisfies [string, Omit<PngPlan, "width" | "height">, number[]][])(
		"reads the one transparent colour of %s",
		async (_, plan, greys) => {
			const { bytes, fault } = await turn(makePng({ width: 3, height: 1, ...plan }));
			expect(fault).toBeNull();
			expect([...decode(bytes).data]).toEqual(greys);
		},
	);

	it("has the pixels of any picture, whatever its depth, filters and pieces", async () => {
		const side = fc.integer({ min: 1, max: 40 });
		const picture = fc
			.record({
				width: side,
				height: side,
				colour: fc.constantFrom(4, 6),
				bitDepth: fc.constantFrom(8, 16),
				filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 }),
				chunkBytes: fc.constantFrom(1, 7, 100, 100_000),
				level: fc.constantFrom(0, 1, 9),
				pieceBytes: fc.constantFrom(1, 13, 4_096),
				// Flat, and noise: the two ends of what a mask can be.
				values: fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 2, maxLength: 60 }),
				runs: fc.array(fc.constantFrom(1, 2, 3, 4, 257, 258, 259, 600), { minLength: 1, maxLength: 20 }),
				wantsBlack: fc.boolean(),
			})
			.filter(({ values }) => values.some((value) => value < 0xff00));
		await fc.assert(
			fc.asyncProperty(picture, async ({ values, runs, wantsBlack, pieceBytes, ...plan }) => {
				const perPixel = plan.colour === 6 ? 4 : 2;
				const pixels = plan.width * plan.height;
				const opacities = runsOf(values, runs, pixels).map((value) => (plan.bitDepth === 8 ? value >> 8 : value));
				const samples = opacities.flatMap((opacity, at) => [
					...Array.from({ length: perPixel - 1 }, (_, sample) => (at * 31 + sample * 7) % 200),
					opacity,
				]);
				const { bytes, fault } = await turn(makePng({ ...plan, samples }), {
					colour: wantsBlack ? "black" : "white",
					pieceBytes,
				});
				const of8Bits = opacities.map((opacity) => (plan.bitDepth === 8 ? opacity : opacity >> 8));
				const isOpaque = of8Bits.every((opacity) => opacity === 255);
				expect(fault).toEqual(isOpaque ? { is: "mask", why: "opaque" } : null);
				if (isOpaque) return;
				expect([...decode(bytes).data]).toEqual(wantsBlack ? of8Bits : of8Bits.map((opacity) => 255 - opacity));
			}),
			{ numRuns: 300 },
		);
	});

	it.each([
		["grey", { colour: 0, bitDepth: 8, transparency: [0, 7] }, 1],
		["grey of 16 bits", { colour: 0, bitDepth: 16, transparency: [0, 7] }, 1],
		["a palette", { colour: 3, bitDepth: 8, transparency: [1, 1, 1, 1, 1, 1, 1, 0, 1] }, 1],
		["a palette of 4 bits", { colour: 3, bitDepth: 4, transparency: [1, 1, 1, 1, 1, 1, 1, 0, 1] }, 1],
		["RGB", { colour: 2, bitDepth: 8, transparency: [0, 7, 0, 7, 0, 7] }, 3],
	])("reads %s with each of the filters", async (_, plan, perPixel) => {
		const [width, height] = [9, 10];
		const values = Array.from({ length: width * height }, (_, at) => (at % 4 === 1 ? 7 : (at * at) % 6));
		const samples = values.flatMap((value) => Array.from({ length: perPixel }, () => value));
		const { bytes, fault } = await turn(
			makePng({ width, height, samples, filters: [0, 1, 2, 3, 4, 4, 3, 2, 1, 0], ...plan }),
		);
		expect(fault).toBeNull();
		const other = plan.colour === 3 ? 254 : 0;
		expect([...decode(bytes).data]).toEqual(values.map((value) => (value === 7 ? 255 : other)));
	});

	it("comes in chunks, and not all at once", async () => {
		const [width, height] = [400, 300];
		const opacities = Array.from({ length: width * height }, (_, at) => (at * at * 7 + (at >> 3)) % 251);
		const samples = opacities.flatMap((opacity) => [0, opacity]);
		const turning = turnMask(
			inPieces(makePng({ width, height, colour: 4, bitDepth: 8, samples }), 4_096),
			"black",
			null,
		);
		const parts: Uint8Array[] = [];
		for (let step = await turning.next(); step.done !== true; step = await turning.next())
			parts.push(step.value.slice());
		const bytes = Buffer.concat(parts);
		expect([...decode(bytes).data]).toEqual(opacities);
		expect(parts.length).toBeGreaterThan(3);
		// The last part may be small, and the first is the header.
		for (const part of parts.slice(1, -1)) {
			expect(part.length).toBeGreaterThanOrEqual(32 * 1024 + 12);
			expect(part.length).toBeLessThan(34 * 1024);
		}
	});

	it("is the same each time", async () => {
		const [once, again] = [
			await turn(makePng(SMALL), { pieceBytes: 1 }),
			await turn(makePng({ ...SMALL, filters: [4], chunkBytes: 3 })),
		];
		expect(again).toEqual(once);
	});
});

/** Repeats each value as often as the runs say, over and over, up to `count`. */
function runsOf(values: readonly number[], runs: readonly number[], count: number): number[] {
	const made: number[] = [];
	for (let at = 0; made.length < count; at += 1) {
		const run = runs[at % runs.length] ?? 1;
		for (let again = 0; again < run && made.length < count; again += 1) made.push(values[at % values.length] ?? 0);
	}
	return made;
}

describe("a mask that cannot be used", () => {
	const good = makePng(SMALL);
	const opaque = [9, 9, 9, 255, 9, 9, 9, 255];
	const two = { width: 2, height: 1, bitDepth: 8 };

	it.each<[string, Uint8Array, MaskFault]>([
		["nothing", new Uint8Array(), { is: "mask", why: "no_png" }],
		["a JPEG", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70), { is: "mask", why: "no_png" }],
		["without transparency", makePng({ ...two, colour: 2, samples: [0, 0, 0, 255, 255, 255] }), opaqueFault()],
		[
			"black and white, with a palette",
			makePng({ ...two, colour: 3, samples: [0, 1], palette: [0, 0, 0, 255, 255, 255] }),
			opaqueFault(),
		],
		["opaque everywhere", makePng({ ...two, colour: 6, samples: opaque }), opaqueFault()],
		[
			"of a transparent colour that no pixel has",
			makePng({ ...two, colour: 0, samples: [1, 2], transparency: [0, 3] }),
			opaqueFault(),
		],
		...[[], [0]].map((transparency): [string, Uint8Array, MaskFault] => [
			`of a transparent grey that is not told whole: ${transparency}`,
			makePng({ width: 2, height: 1, colour: 0, bitDepth: 1, samples: [0, 1], transparency }),
			opaqueFault(),
		]),
		["interlaced", makePng({ ...SMALL, interlaced: true }), { is: "mask", why: "interlaced" }],
		[
			"too wide",
			makePng({ width: MAX_MASK_SIDE + 1, height: 1, colour: 6, bitDepth: 8, samples: [] }),
			{ is: "mask", why: "too_large" },
		],
		["of a filter that there is not", makePng({ ...SMALL, filters: [5] }), { is: "mask", why: "broken" }],
		["of fewer rows than it says", makePng({ ...SMALL, height: 1 }).with(23, 2), { is: "mask", why: "broken" }],
		["of a depth that its colour does not have", makePng({ ...SMALL, bitDepth: 4 }), { is: "mask", why: "broken" }],
	])("is refused: %s", async (_, bytes, fault) => {
		expect(await faultOf(bytes)).toEqual(fault);
		expect((await turn(bytes)).fault).toEqual(fault);
	});

	function opaqueFault(): MaskFault {
		return { is: "mask", why: "opaque" };
	}

	it("is refused if it is not as large as the picture", async () => {
		expect(await faultOf(good, { width: 3, height: 2 })).toBeNull();
		for (const [width, height] of [
			[2, 3],
			[3, 3],
			[2, 2],
		] as const)
			expect(await faultOf(good, { width, height })).toEqual({ is: "size_of_picture", width, height });
	});

	it("may be as large as that, on either side", async () => {
		const samples = Array.from({ length: 2 * MAX_MASK_SIDE }, (_, at) => at % 2);
		const plan = { colour: 4, bitDepth: 8, samples };
		expect(await faultOf(makePng({ ...plan, width: MAX_MASK_SIDE, height: 1 }))).toBeNull();
		expect(await faultOf(makePng({ ...plan, width: 1, height: MAX_MASK_SIDE }))).toBeNull();
		expect(await faultOf(makePng({ ...plan, width: 1, height: MAX_MASK_SIDE + 1 }))).toEqual({
			is: "mask",
			why: "too_large",
		});
	});

	it.each<readonly [what: string, method: number, flags: number]>([
		["another method", 0x77, 0x09],
		["a wrong check", 0x78, 0x02],
		["a dictionary", 0x78, 0x20],
	])("is refused if its compression begins with %s", async (_, method, flags) => {
		const at = 8 + 25 + 8;
		expect([...good.subarray(at, at + 2)]).toEqual([0x78, 0x9c]);
		const altered = Buffer.from(good.with(at, method).with(at + 1, flags));
		const end = at + altered.readUInt32BE(at - 8);
		altered.writeUInt32BE(crc32(altered.subarray(at - 4, end)), end);
		expect(await faultOf(altered)).toEqual({ is: "mask", why: "broken" });
	});

	it("is refused if it is cut anywhere before the end of its data", async () => {
		for (let at = 0; at < good.length - 12; at += 1)
			expect(await faultOf(good.subarray(0, at)), `cut at ${at}`).toEqual({
				is: "mask",
				why: at < 8 ? "no_png" : "broken",
			});
	});

	it("is refused if any byte up to the end of its data is altered", async () => {
		for (let at = 0; at < good.length - 12; at += 1) {
			const fault = await faultOf(good.with(at, (good[at] ?? 0) ^ 0x10));
			expect(fault, `altered at ${at}`).toEqual({ is: "mask", why: at < 8 ? "no_png" : "broken" });
		}
	});

	it("never throws, whatever its bytes are", async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 40 }), async (at, bytes) => {
				const altered = Buffer.concat([good.subarray(0, at), bytes, good.subarray(at + bytes.length)]);
				const { fault } = await turn(altered, { pieceBytes: 16 });
				expect(fault === null || fault.is === "mask").toBe(true);
			}),
			{ numRuns: 500 },
		);
	});
});

it("passes over chunks that it does not know, and gives up among too many", async () => {
	const others = [
		["tEXt", 100_000],
		["eXIf", 0],
	] as const;
	expect(await faultOf(makePng({ ...SMALL, others }))).toBeNull();
	const many = Array.from({ length: 100_000 }, () => ["tEXt", 0] as const);
	expect(await faultOf(makePng({ ...SMALL, others: many }))).toEqual({ is: "mask", why: "broken" });
});

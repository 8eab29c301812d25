import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { drawPng, type PictureSpec } from "./picture.ts";

/** A picture without letters, which need the font and so the runtime that unpacks it. */
const SPEC: PictureSpec = { width: 40, height: 30, prompt: "a red fox", seed: 7, index: 0, black: false };

async function draw(overrides: Partial<PictureSpec> = {}) {
	return Buffer.from(await drawPng({ ...SPEC, ...overrides })).toString("base64");
}

describe("drawPng", () => {
	it("draws the same picture for an equal spec", async () => {
		expect(await draw()).toBe(await draw());
	});

	it.each([{ prompt: "a blue fox" }, { seed: 8 }, { index: 1 }, { width: 41 }])(
		"draws another one for %j",
		async (change) => {
			expect(await draw(change)).not.toBe(await draw());
		},
	);

	it("draws the requested size, in many colours", async () => {
		const { width, height, data } = decode(await drawPng(SPEC), { checkCrc: true });
		expect([width, height]).toEqual([40, 30]);
		expect(new Set(data).size).toBeGreaterThan(20);
	});

	it("draws nothing but black if the spec says so", async () => {
		const { data, palette } = decode(await drawPng({ ...SPEC, black: true }));
		expect([new Set(data), palette]).toEqual([new Set([0]), [[0, 0, 0]]]);
	});
});

import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { checkMask } from "../../media/mask.ts";
import { encodeMask } from "./png.ts";
import { createRows } from "./raster.ts";
import type { Step } from "./steps.ts";

const DOT: Step = { kind: "stroke", tool: "brush", radius: 1.1, points: [{ x: 2.5, y: 1.5 }] };

async function encoded(width: number, height: number, ...steps: readonly Step[]) {
	return await encodeMask({ width, height }, createRows(null, steps));
}

async function bytesOf(blob: Blob | null): Promise<Uint8Array> {
	return new Uint8Array((await blob?.arrayBuffer()) ?? []);
}

describe("the PNG of a mask", () => {
	it("is transparent where it is painted, and black elsewhere", async () => {
		const png = decode(await bytesOf(await encoded(5, 3, DOT)));
		expect(png).toMatchObject({ width: 5, height: 3, channels: 4, depth: 8 });
		const alphas = Array.from({ length: 15 }, (_, at) => png.data[at * 4 + 3]);
		expect(alphas).toEqual([255, 255, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255, 0, 255, 255]);
		expect([...png.data].filter((_, at) => at % 4 !== 3)).toEqual(Array.from({ length: 45 }, () => 0));
	});

	it("is one that the gateway takes", async () => {
		const blob = await encoded(5, 3, DOT);
		expect(blob?.type).toBe("image/png");
		const pieces = [await bytesOf(blob)].values();
		const source = { next: async () => pieces.next() };
		expect(await checkMask(source, { width: 5, height: 3 })).toBeNull();
	});

	it("is none if nothing is painted", async () => {
		expect(await encoded(5, 3)).toBeNull();
		expect(await encoded(5, 3, DOT, { kind: "clear" })).toBeNull();
	});

	it("is none if it is given up", async () => {
		const controller = new AbortController();
		const draw = createRows(null, [DOT]);
		const given = encodeMask(
			{ width: 4000, height: 4000 },
			(y, row) => {
				if (y === 1000) controller.abort();
				if (y > 1200) throw new Error("goes on");
				draw(y, row);
			},
			controller.signal,
		);
		expect(await given).toBeNull();
	});

	it("is small, however large the picture is", async () => {
		const half: Step = { kind: "stroke", tool: "brush", radius: 500, points: [{ x: 1024, y: 1024 }] };
		const blob = await encoded(2048, 2048, half);
		expect(blob?.size).toBeLessThan(60_000);
		const { data } = decode(await bytesOf(blob));
		let painted = 0;
		for (let at = 3; at < data.length; at += 4) if (data[at] === 0) painted += 1;
		expect(painted / (Math.PI * 500 ** 2)).toBeCloseTo(1, 3);
	});
});

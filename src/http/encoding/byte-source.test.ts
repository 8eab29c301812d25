import { describe, expect, it } from "vitest";
import { ByteSource } from "./byte-source.ts";

/** Makes a source of these pieces, and counts those that were asked for. */
function sourceOf(...pieces: readonly (readonly number[])[]) {
	const told = { asked: 0 };
	async function* yielded(): AsyncGenerator<Uint8Array> {
		for (const piece of pieces) {
			told.asked += 1;
			yield Uint8Array.from(piece);
		}
	}
	return { source: new ByteSource(yielded()), told };
}

describe("a source of bytes", () => {
	it.each<readonly [count: number, asked: number, left: number]>([
		[0, 0, 0],
		[1, 1, 3],
		[3, 1, 3],
		[4, 2, 5],
		[5, 2, 5],
		[6, 3, 6],
		[9, 3, 6],
	])("reads no more than it needs for %i bytes: %i pieces", async (count, asked, left) => {
		const { source, told } = sourceOf([1, 2, 3], [4, 5], [6]);
		await source.fill(count);
		expect([told.asked, source.left]).toEqual([asked, left]);
	});

	it("takes numbers whose lowest byte comes first, over the ends of pieces", async () => {
		const { source } = sourceOf([1, 2], [3], [4, 5]);
		expect([await source.takeNumber(1), await source.takeNumber(3), await source.takeNumber(2)]).toEqual([
			1,
			0x040302,
			null,
		]);
	});

	it("passes over bytes and texts, or over all", async () => {
		const { source } = sourceOf([0, 65], [66, 0, 67], [68], [69]);
		await source.skipText();
		expect(await source.takeNumber(1)).toBe(65);
		await source.skipText();
		await source.skip(2);
		expect(await source.takeNumber(1)).toBe(69);
		await source.skip(5);
		await source.skipText();
		expect(source.left).toBe(0);
	});
});

import { describe, expect, it } from "vitest";
import { streamOf } from "../../test/support/workerd/serving.ts";
import { readJsonText } from "./read-json-text.ts";

function bytes(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** A body without end that counts what is taken of it. */
function endless(chunkBytes: number) {
	const state = { produced: 0, cancelled: false };
	const body = new ReadableStream<Uint8Array>(
		{
			pull(controller) {
				state.produced += chunkBytes;
				controller.enqueue(new Uint8Array(chunkBytes).fill(97));
			},
			cancel() {
				state.cancelled = true;
			},
		},
		{ highWaterMark: 0 },
	);
	return { body, state };
}

describe("a body", () => {
	it("is read as text", async () => {
		expect(await readJsonText(streamOf(bytes("a red "), bytes("fox")), 100)).toBe("a red fox");
	});

	it("is empty if there is none", async () => {
		expect(await readJsonText(null, 100)).toBe("");
		expect(await readJsonText(streamOf(), 100)).toBe("");
		expect(await readJsonText(streamOf(), 0)).toBe("");
	});

	it("is joined if a chunk ends inside a character", async () => {
		const text = "é🦊一";
		const chunks = [...bytes(text)].map((byte) => Uint8Array.of(byte));
		expect(await readJsonText(streamOf(...chunks), 100)).toBe(text);
	});

	it("has a replacement for each byte that is no text, at its end too", async () => {
		expect(await readJsonText(streamOf(Uint8Array.of(0x61, 0xff, 0x62)), 100)).toBe("a\ufffdb");
		expect(await readJsonText(streamOf(bytes("🦊").subarray(0, 2)), 100)).toBe("\ufffd");
	});

	it("rejects if it breaks off", async () => {
		await expect(readJsonText(streamOf(bytes("a"), new Error("reset")), 100)).rejects.toThrow("reset");
	});
});

describe("the bound", () => {
	it("counts bytes, not characters", async () => {
		expect(await readJsonText(streamOf(bytes("éé")), 4)).toBe("éé");
		expect(await readJsonText(streamOf(bytes("éé")), 3)).toBeNull();
	});

	it("holds for all chunks together", async () => {
		expect(await readJsonText(streamOf(bytes("abc"), bytes("def")), 6)).toBe("abcdef");
		expect(await readJsonText(streamOf(bytes("abc"), bytes("defg")), 6)).toBeNull();
	});

	it("stops a longer body, and cancels its rest", async () => {
		const { body, state } = endless(100);
		expect(await readJsonText(body, 1000)).toBeNull();
		expect(state.cancelled).toBe(true);
		expect(state.produced).toBeLessThanOrEqual(1200);
	});
});

describe("a body of JSON", () => {
	it("is returned unchanged, with its data: addresses", async () => {
		const text = `{"url":"data:image/png;base64,${"A".repeat(3_000_000)}","a":"é"}`;
		expect(await readJsonText(streamOf(bytes(text)), 4_000_000)).toBe(text);
		expect(await readJsonText(streamOf(bytes(text)), 3_000_000)).toBeNull();
		expect(await readJsonText(null, 100)).toBe("");
	});

	it.each([
		["values", "[".concat("0,".repeat(100_000), "0]")],
		["levels", "[".repeat(65)],
	])("is null if it has too many %s", async (_, text) => {
		const half = text.length / 2;
		const chunks = [bytes(text.slice(0, half)), bytes(text.slice(half))];
		expect(await readJsonText(streamOf(...chunks), 1_000_000)).toBeNull();
	});
});

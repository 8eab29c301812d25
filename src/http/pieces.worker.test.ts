import { describe, expect, it } from "vitest";
import { streamOf } from "../../test/support/workerd/serving.ts";
import { piecesOf, sentPiecesOf } from "./pieces.ts";
import { Refusal } from "./refusal.ts";

function bytesOf(length: number, from = 0): Uint8Array {
	return Uint8Array.from({ length }, (_, index) => (from + index) % 251);
}

function chunksOf(bytes: Uint8Array, chunkBytes: number): Uint8Array[] {
	const count = Math.ceil(bytes.byteLength / chunkBytes);
	return Array.from({ length: count }, (_, index) => bytes.slice(index * chunkBytes, (index + 1) * chunkBytes));
}

/** Copies each piece, since it is gone when the next one comes. */
async function collect(body: ReadableStream<Uint8Array>, pieceBytes: number): Promise<number[][]> {
	const pieces: number[][] = [];
	for await (const piece of piecesOf(body, pieceBytes)) pieces.push([...piece]);
	return pieces;
}

/** A body without end that says whether it was cancelled. */
function endless() {
	const state = { cancelled: false };
	const body = new ReadableStream({
		type: "bytes",
		pull: (controller) => controller.enqueue(new Uint8Array(10)),
		cancel() {
			state.cancelled = true;
		},
	});
	return { body, state };
}

describe("the pieces of a body", () => {
	it.each([
		[0, []],
		[1, [1]],
		[9, [9]],
		[10, [10]],
		[11, [10, 1]],
		[20, [10, 10]],
		[35, [10, 10, 10, 5]],
	])("of %i bytes have the lengths %j", async (length, lengths) => {
		const pieces = await collect(streamOf(...chunksOf(bytesOf(length), 1000)), 10);
		expect(pieces.map((piece) => piece.length)).toEqual(lengths);
		expect(pieces.flat()).toEqual([...bytesOf(length)]);
	});

	it.each([1, 3, 7, 10, 11, 64])("do not depend on its chunks, here of %i bytes", async (chunkBytes) => {
		const pieces = await collect(streamOf(...chunksOf(bytesOf(64), chunkBytes)), 10);
		expect(pieces.map((piece) => piece.length)).toEqual([10, 10, 10, 10, 10, 10, 4]);
		expect(pieces.flat()).toEqual([...bytesOf(64)]);
	});

	it("share one buffer", async () => {
		const buffers = new Set<number>();
		let pieces = 0;
		for await (const piece of piecesOf(streamOf(...chunksOf(bytesOf(100), 30)), 10)) {
			buffers.add(piece.buffer.byteLength);
			pieces += 1;
		}
		expect(pieces).toBe(10);
		expect([...buffers]).toEqual([10]);
	});

	it("come from a response of the platform's", async () => {
		const { body } = new Response(bytesOf(35));
		if (body === null) throw new Error("no body");
		expect((await collect(body, 10)).flat()).toEqual([...bytesOf(35)]);
	});
});

describe("leaving a body", () => {
	it("early cancels it", async () => {
		const { body, state } = endless();
		for await (const piece of piecesOf(body, 25)) {
			expect(piece.byteLength).toBe(25);
			break;
		}
		expect(state.cancelled).toBe(true);
	});

	it("by an error cancels it, and passes the error on", async () => {
		const { body, state } = endless();
		const failing = async () => {
			for await (const _ of piecesOf(body, 25)) throw new Error("no more");
		};
		await expect(failing()).rejects.toThrow("no more");
		expect(state.cancelled).toBe(true);
	});
});

it("rejects if the body breaks off", async () => {
	await expect(collect(streamOf(bytesOf(15), new Error("reset")), 10)).rejects.toThrow("reset");
});

describe("the pieces of a request's body", () => {
	it("are those of any body", async () => {
		const pieces: number[] = [];
		for await (const piece of sentPiecesOf(streamOf(bytesOf(25)), 10)) pieces.push(piece.length);
		expect(pieces).toEqual([10, 10, 5]);
	});

	it("end with a refusal if the client leaves", async () => {
		const body = new ReadableStream({
			type: "bytes",
			pull: (controller) => controller.error(new TypeError("client disconnected")),
		});
		const refusal = await sentPiecesOf(body, 10)
			.next()
			.catch((error) => error);
		expect(refusal).toBeInstanceOf(Refusal);
		expect(refusal).toMatchObject({ reason: { kind: "client_left" } });
	});

	it("cancel a body that is left early", async () => {
		const { body, state } = endless();
		const pieces = sentPiecesOf(body, 10);
		await pieces.next();
		await pieces.return(undefined);
		expect(state.cancelled).toBe(true);
	});
});

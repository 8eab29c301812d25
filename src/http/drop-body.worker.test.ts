import { describe, expect, it } from "vitest";
import { dropBody } from "./drop-body.ts";

const MIB = 1024 * 1024;

/** A body of so many pieces of a MiB, which counts those that are taken; without an end, it waits for ever behind them. */
function body(pieces: number, { ends = true } = {}) {
	const state = { taken: 0, cancelled: false };
	const stream = new ReadableStream({
		type: "bytes",
		async pull(controller) {
			if (state.taken < pieces) {
				state.taken += 1;
				controller.enqueue(new Uint8Array(MIB));
			} else if (ends) {
				controller.close();
			} else {
				await new Promise(() => {});
			}
		},
		cancel() {
			state.cancelled = true;
		},
	});
	return { state, stream };
}

function requestOf(stream: ReadableStream | null, headers: Readonly<Record<string, string>> = {}) {
	return { body: stream, bodyUsed: false, headers: new Headers(headers) };
}

describe("a body that nobody wants", () => {
	it("is read to its end", async () => {
		const { state, stream } = body(8);
		await dropBody(requestOf(stream));
		expect(state).toEqual({ taken: 8, cancelled: false });
	});

	it("is read up to 64 MiB, and cancelled", async () => {
		const { state, stream } = body(1_000);
		await dropBody(requestOf(stream));
		expect(state.taken).toBeGreaterThanOrEqual(64);
		expect(state.taken).toBeLessThan(68);
		expect(state.cancelled).toBe(true);
	});

	it.each([{ "content-length": String(64 * MIB + 1) }, { expect: "100-continue" }])(
		"is left with %j",
		async (headers) => {
			const { state, stream } = body(8);
			await dropBody(requestOf(stream, headers));
			expect(state.taken).toBeLessThanOrEqual(1);
		},
	);

	it("is waited for no longer than the bound, and cancelled", async () => {
		const { state, stream } = body(2, { ends: false });
		await dropBody(requestOf(stream), { maxMs: 20 });
		expect(state).toEqual({ taken: 2, cancelled: true });
	});

	it("may break off, be read already, or be missing", async () => {
		const broken = new ReadableStream({
			type: "bytes",
			pull(controller) {
				controller.error(new Error("the client left"));
			},
		});
		await dropBody(requestOf(broken));
		const { state, stream } = body(8);
		await dropBody({ ...requestOf(stream), bodyUsed: true });
		expect(state.taken).toBeLessThanOrEqual(1);
		await dropBody(requestOf(null));
	});
});

import { expect, it } from "vitest";
import { base64Length, writeBase64 } from "./base64.ts";

function bytesOf(length: number): Uint8Array {
	return Uint8Array.from({ length }, (_, index) => (index * 7 + 3) % 256);
}

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
	return new ReadableStream({
		type: "bytes",
		start(controller) {
			for (const chunk of chunks) if (chunk.byteLength > 0) controller.enqueue(chunk.slice());
			controller.close();
		},
	});
}

async function collect(body: ReadableStream<Uint8Array>): Promise<{ text: string; longest: number }> {
	const decoder = new TextDecoder();
	let text = "";
	let longest = 0;
	await writeBase64(body, async (chunk) => {
		text += decoder.decode(chunk);
		longest = Math.max(longest, chunk.byteLength);
	});
	return { text, longest };
}

it.each([0, 1, 2, 3, 4, 196_607, 196_608, 196_609, 800_001])(
	"encodes %d bytes, in the length that base64Length gives",
	async (length) => {
		const bytes = bytesOf(length);
		const { text, longest } = await collect(streamOf([bytes]));
		expect(text).toBe(bytes.toBase64());
		expect(text.length).toBe(base64Length(length));
		expect(longest).toBeLessThanOrEqual(262_144);
	},
);

it.each([1, 2, 5, 1000, 196_607, 196_609, 400_000])(
	"joins chunks of %d bytes without padding between them",
	async (size) => {
		const bytes = bytesOf(size < 10 ? 100 : 600_000);
		const chunks: Uint8Array[] = [];
		for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
		expect((await collect(streamOf(chunks))).text).toBe(bytes.toBase64());
	},
);

it("cancels the body if the output is no longer taken", async () => {
	let cancelled = false;
	const body = new ReadableStream({
		type: "bytes",
		pull: (controller) => controller.enqueue(new Uint8Array(50_000)),
		cancel() {
			cancelled = true;
		},
	});
	await expect(writeBase64(body, () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
	expect(cancelled).toBe(true);
});

it("rejects if the body breaks off, so that cut base64 never looks whole", async () => {
	const body = new ReadableStream({
		type: "bytes",
		pull(controller) {
			controller.error(new Error("cut"));
		},
	});
	await expect(collect(body)).rejects.toThrow("cut");
});

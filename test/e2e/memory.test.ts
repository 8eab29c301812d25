/** Measures a gateway's process from outside while large pictures pass through it. */
import type { ImagesResponse } from "openai/resources/images";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import { fetchBytes } from "../support/node/openai-client.ts";
import { peakDuring, residentBytes, workerdProcesses } from "../support/node/processes.ts";

const PICTURES = 4;
const PICTURE_BYTES = 10_000_000;
const MB = 1024 * 1024;
/** Less than one of the two answers. The growth that remains is garbage that the runtime has not yet collected. */
const MAX_GROWTH_BYTES = 50 * MB;

let gateway: Gateway;
/** The first large answer, read before the measurement, because the runtime takes most of its memory with it. */
let first: {
	readonly length: number;
	readonly announced: number;
	readonly images: NonNullable<ImagesResponse["data"]>;
};

beforeAll(async () => {
	gateway = await startGateway(inject("gateway").simUrl);
	const response = await generate({});
	const body = await response.arrayBuffer();
	const { data = [] }: ImagesResponse = JSON.parse(Buffer.from(body).toString());
	first = { length: body.byteLength, announced: Number(response.headers.get("content-length")), images: data };
});
afterAll(() => gateway.stop());

it("delivers pictures of 10 MB whole, by link and in base64, with a content-length", async () => {
	expect(first.images).toHaveLength(PICTURES);
	for (const { b64_json = "", url = "" } of first.images) {
		const bytes = Buffer.from(b64_json, "base64");
		expect(bytes.length).toBe(PICTURE_BYTES);
		expect(bytes.equals(await fetchBytes(url))).toBe(true);
	}
	expect(first.announced).toBe(first.length);
});

it("keeps its memory flat while it stores pictures and one reader of 53 MB of base64 waits for another", async () => {
	const before = memoryOf(gateway);
	const { peak, result: lengths } = await peakDuring(
		() => memoryOf(gateway),
		async () => {
			const [slow, fast] = await Promise.all([
				generate({ response_format: "b64_json" }),
				generate({ response_format: "b64_json" }),
			]);
			const slowReader = (slow.body ?? new ReadableStream<Uint8Array>()).getReader();
			const begun = (await slowReader.read()).value?.length ?? 0;
			const lengthOfFast = await drain(fast.body?.getReader());
			return [lengthOfFast, begun + (await drain(slowReader))];
		},
	);
	const base64Bytes = PICTURES * Math.ceil(PICTURE_BYTES / 3) * 4;
	for (const length of lengths) expect(length).toBeGreaterThan(base64Bytes);
	expect(peak - before).toBeLessThan(MAX_GROWTH_BYTES);
});

/** Reads to the end, and returns the number of bytes. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<number> {
	let length = 0;
	for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) length += read.value.length;
	return length;
}

async function generate(more: object): Promise<Response> {
	const response = await fetch(`${gateway.url}/v1/images/generations`, {
		method: "POST",
		// With another encoding the local runtime would compress the answer.
		headers: { authorization: `Bearer ${gateway.accessKey}`, "accept-encoding": "identity" },
		body: JSON.stringify({
			model: "imagen4-preview",
			prompt: `large sim:quick sim:max-side=128 sim:bytes=${PICTURE_BYTES}`,
			n: PICTURES,
			...more,
		}),
	});
	expect(response.status).toBe(200);
	return response;
}

/** Returns the bytes that all workerd processes of the gateway's wrangler hold. */
function memoryOf({ pid }: Gateway): number {
	const workerds = workerdProcesses().filter(({ group }) => group === pid);
	const bytes = workerds.reduce((sum, workerd) => sum + residentBytes(workerd.pid), 0);
	expect(bytes).toBeGreaterThan(0);
	return bytes;
}

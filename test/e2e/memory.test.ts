import type { ImagesResponse } from "openai/resources/images";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Running, startGateway } from "../support/node/gateway.ts";
import { residentBytes, workerdProcesses } from "../support/node/processes.ts";
import { fetchBytes } from "../support/node/watched.ts";

/** Pictures pass through the gateway and do not pile up in it: its process is watched from outside. */

const PICTURES = 4;
const PICTURE_BYTES = 10_000_000;
const MB = 1024 * 1024;
/** Less than one of the two answers. What does grow is garbage that the runtime has not yet collected. */
const MAX_GROWTH_BYTES = 50 * MB;

let gateway: Running;
/** The runtime takes most of its memory with the first large answer, so that one is read before anything is measured. */
let first: {
	readonly length: number;
	readonly announced: number;
	readonly images: NonNullable<ImagesResponse["data"]>;
};

beforeAll(async () => {
	gateway = await startGateway();
	const response = await ask({});
	const body = await response.arrayBuffer();
	const { data = [] }: ImagesResponse = JSON.parse(Buffer.from(body).toString());
	first = { length: body.byteLength, announced: Number(response.headers.get("content-length")), images: data };
});
afterAll(() => gateway.stop());

it("pictures of 10 MB arrive whole, by link and in base64, and the answer's length is known beforehand", async () => {
	expect(first.images).toHaveLength(PICTURES);
	for (const { b64_json = "", url = "" } of first.images) {
		const bytes = Buffer.from(b64_json, "base64");
		expect(bytes.length).toBe(PICTURE_BYTES);
		expect(bytes.equals(await fetchBytes(url))).toBe(true);
	}
	expect(first.announced).toBe(first.length);
});

it("memory stays flat while pictures are stored, and while a reader of 53 MB of base64 waits for another", async () => {
	const before = memoryOf(gateway);
	let peak = before;
	const watching = setInterval(() => {
		peak = Math.max(peak, memoryOf(gateway));
	}, 20);
	const [slow, fast] = await Promise.all([ask({ response_format: "b64_json" }), ask({ response_format: "b64_json" })]);
	const reader = (slow.body ?? new ReadableStream<Uint8Array>()).getReader();
	const begun = (await reader.read()).value?.length ?? 0;
	const lengthOfFast = await drain(fast.body?.getReader());
	const lengthOfSlow = begun + (await drain(reader));
	clearInterval(watching);

	const base64Bytes = PICTURES * Math.ceil(PICTURE_BYTES / 3) * 4;
	for (const length of [lengthOfFast, lengthOfSlow]) expect(length).toBeGreaterThan(base64Bytes);
	expect(peak - before).toBeLessThan(MAX_GROWTH_BYTES);
});

async function drain(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<number> {
	let length = 0;
	for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) length += read.value.length;
	return length;
}

async function ask(wish: object): Promise<Response> {
	const response = await fetch(`${gateway.url}/v1/images/generations`, {
		method: "POST",
		// With another encoding the local runtime would compress the answer.
		headers: { authorization: `Bearer ${gateway.accessKey}`, "accept-encoding": "identity" },
		body: JSON.stringify({
			model: "imagen4-preview",
			prompt: `large sim:quick sim:max-side=128 sim:bytes=${PICTURE_BYTES}`,
			n: PICTURES,
			...wish,
		}),
	});
	expect(response.status).toBe(200);
	return response;
}

/** What the gateway's runtime holds: all workerd processes in the group of its wrangler, in bytes. */
function memoryOf({ pid }: Running): number {
	const workerds = workerdProcesses().filter(({ group }) => group === pid);
	const bytes = workerds.reduce((sum, workerd) => sum + residentBytes(workerd.pid), 0);
	expect(bytes).toBeGreaterThan(0);
	return bytes;
}

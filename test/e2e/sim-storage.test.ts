/** The simulator's storage, before fal's own client and by hand. */
import { describe, expect, inject, it } from "vitest";
import { createSimulatedFalClient, json, KEY } from "../support/node/sim-client.ts";

const { simUrl: origin } = inject("gateway");
const BYTES = Uint8Array.from({ length: 3_000_000 }, (_, at) => at * 7);

function initiate(headers: Record<string, string> = {}): Promise<Response> {
	return fetch(`${origin}/storage/upload/initiate?storage_type=fal-cdn-v3`, {
		method: "POST",
		headers: { ...KEY, ...headers },
		body: JSON.stringify({ content_type: "image/png", file_name: "a.png" }),
	});
}

async function place(headers: Record<string, string> = {}): Promise<{ upload_url: string; file_url: string }> {
	return json(await initiate(headers));
}

describe("fal's storage", () => {
	it("takes the upload of fal's own client, and serves it", async () => {
		const url = await createSimulatedFalClient(origin).storage.upload(
			new File([BYTES], "a boat.png", { type: "image/png" }),
		);
		const file = await fetch(url);
		expect(file.headers.get("content-type")).toBe("image/png");
		expect(Buffer.from(await file.arrayBuffer()).equals(BYTES)).toBe(true);
	});

	it("forgets a file when its lifetime is over", async () => {
		const { upload_url, file_url } = await place({
			"x-fal-object-lifecycle": JSON.stringify({ expiration_duration_seconds: 0.001 }),
		});
		const put = { method: "PUT", headers: { "content-type": "image/png" }, body: "bytes" };
		expect((await fetch(upload_url, put)).status).toBe(200);
		await expect.poll(async () => (await fetch(file_url)).status).toBe(404);
	});

	it("refuses a key where a bucket is, another type, and an upload that it does not know", async () => {
		const { upload_url } = await place();
		const statusOf = async (url: string, headers: Record<string, string>) =>
			(await fetch(url, { method: "PUT", headers, body: "bytes" })).status;
		expect(await statusOf(upload_url, { "content-type": "image/png", ...KEY })).toBe(403);
		expect(await statusOf(upload_url, { "content-type": "image/jpeg" })).toBe(403);
		expect(await statusOf(`${origin}/storage/uploads/none`, { "content-type": "image/png" })).toBe(404);
	});

	it.each([
		["Key bad-key:secret", 401],
		["Key locked-key:secret", 403],
		["Key no-storage-key:secret", 404],
		["Key busy-storage-key:secret", 503],
	])("is not for every key: %s", async (authorization, status) => {
		expect((await initiate({ authorization })).status).toBe(status);
	});
});

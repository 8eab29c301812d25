/** Files of the simulator's CDN, whole and broken. */
import { decode } from "fast-png";
import { describe, expect, inject, it } from "vitest";
import { createSimClient } from "../support/node/sim-client.ts";

const { simUrl: origin } = inject("gateway");
const { outputOf, imageOf } = createSimClient(origin);

async function bytesOf(url: string): Promise<string> {
	return Buffer.from(await (await fetch(url)).arrayBuffer()).toString("base64");
}

describe("a file of the simulator's CDN", () => {
	it("is the same each time, and another one for another prompt, seed or index", async () => {
		const { images } = await outputOf("many sim:max-side=128", { num_images: 4, seed: 1 });
		const other = await imageOf("many sim:max-side=128", { seed: 2 });
		const another = await imageOf("others sim:max-side=128", { seed: 1 });
		const urls: string[] = [...images, other, another].map(({ url }) => url);
		expect(new Set(await Promise.all(urls.map(bytesOf))).size).toBe(6);
		expect(await bytesOf(other.url)).toBe(await bytesOf(other.url));
	});

	it("shows Chinese characters, and boxes for characters that its font does not have", async () => {
		const [one, other, box] = await Promise.all(
			["猫猫", "猫狗", "\u{20000}\u{20001}"].map(async (prompt) => {
				const url = `${origin}/files/x/0.png?size=256x256&seed=1&prompt=${encodeURIComponent(prompt)}`;
				return bytesOf(url);
			}),
		);
		expect(new Set([one, other, box]).size).toBe(3);
	});

	it("has any requested length, and is still a picture", async () => {
		const { url } = await imageOf("big sim:instant sim:bytes=10000000");
		const head = await fetch(url, { method: "HEAD" });
		expect(head.headers.get("content-length")).toBe("10000000");
		const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
		expect(bytes.length).toBe(10_000_000);
		expect(decode(bytes, { checkCrc: true })).toMatchObject({ width: 1024 });
		const huge = await fetch((await imageOf("sim:huge-image")).url);
		expect(Number(huge.headers.get("content-length"))).toBeGreaterThan(64 * 1024 * 1024);
		await huge.body?.cancel();
	});

	it.each([
		["truncated-image", ["cut", "cut", "image/png"]],
		["cdn-500", [500, 500, "image/png"]],
		["image-gone", [404, 404]],
		["svg-image", ["image/svg+xml"]],
		["html-image", ["image/png"]],
		["wrong-type", ["image/jpeg"]],
		["chunked-image", ["image/png"]],
	])("of sim:%s is answered with %j", async (name, expected) => {
		const { url } = await imageOf(`files sim:${name}`);
		const answers: (string | number | null)[] = [];
		for (const _ of expected) {
			const response = await fetch(url);
			const whole = await response.arrayBuffer().then(
				() => true,
				() => false,
			);
			answers.push(!whole ? "cut" : response.ok ? response.headers.get("content-type") : response.status);
			if (name === "chunked-image") expect(response.headers.has("content-length")).toBe(false);
		}
		expect(answers).toEqual(expected);
	});

	it("of sim:cdn-hangs stops half-way, and never continues", async () => {
		const { url } = await imageOf("files sim:cdn-hangs sim:file-faults=1");
		const stuck = await fetch(url, { signal: AbortSignal.timeout(300) });
		const announced = Number(stuck.headers.get("content-length"));
		let received = 0;
		const reading = async () => {
			for await (const chunk of stuck.body ?? []) received += chunk.length;
		};
		await expect(reading()).rejects.toMatchObject({ name: "TimeoutError" });
		expect(received).toBe(announced >> 1);
		expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(announced);
	});
});

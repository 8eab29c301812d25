import { env } from "cloudflare:workers";
import { decode, encode } from "fast-png";
import { expect, it } from "vitest";
import { newJob } from "../../test/support/workerd/make-config.ts";
import { checkStoredMask, storeTurned } from "./stored-mask.ts";

/** A mask of noise, which does not compress: turned, it has more bytes than are held. */
const SIDE = 1_200;
const opacities = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => (Math.imul(at + 1, 2_654_435_761) >>> 13) & 0xff);
const NOISE = encode(
	{
		width: SIDE,
		height: SIDE,
		channels: 2,
		data: Uint8Array.from({ length: SIDE * SIDE * 2 }, (_, at) => (at % 2 === 0 ? 0 : (opacities[at >> 1] ?? 0))),
	},
	{ zlib: { level: 1 } },
);

async function keep(bytes: Uint8Array): Promise<string> {
	const key = `inputs/${newJob()}/16`;
	await env.IMAGES.put(key, bytes);
	return key;
}

it("stores a turned mask of any size, with the length that R2 has to know before", async () => {
	const key = await keep(NOISE);
	const turned = await storeTurned(env.IMAGES, key, "black", { width: SIDE, height: SIDE });
	const object = await env.IMAGES.get(`${key}-black`);
	expect(turned).toEqual({ ok: true, value: { key: `${key}-black`, contentType: "image/png", bytes: object?.size } });
	expect(object?.size).toBeGreaterThan(1024 * 1024);
	const { data, width, height } = decode((await object?.bytes()) ?? new Uint8Array());
	expect([width, height]).toEqual([SIDE, SIDE]);
	expect(data.every((grey, at) => grey === opacities[at])).toBe(true);
});

it("checks a mask to its end", async () => {
	const size = { width: SIDE, height: SIDE };
	expect(await checkStoredMask(env.IMAGES, await keep(NOISE), size)).toBeNull();
	const cut = await keep(NOISE.subarray(0, NOISE.length >> 1));
	expect(await checkStoredMask(env.IMAGES, cut, size)).toEqual({ is: "mask", why: "broken" });
	expect(await storeTurned(env.IMAGES, cut, "white", size)).toEqual({
		ok: false,
		error: { is: "mask", why: "broken" },
	});
	expect(await env.IMAGES.head(`${cut}-white`)).toBeNull();
});

it("says that a mask is gone", async () => {
	const key = `inputs/${newJob()}/16`;
	expect(await checkStoredMask(env.IMAGES, key, null)).toBe("gone");
	expect(await storeTurned(env.IMAGES, key, "white", null)).toEqual({ ok: false, error: "gone" });
});

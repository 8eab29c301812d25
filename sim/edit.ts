/**
 * Draws an edit: the picture that the request brings along, painted anew where its mask says so, or veiled all over if it has none. So
 * somebody who looks at it sees which picture was edited, and where.
 */
import { convertIndexedToRgb, type DecodedPng, decode, encode } from "fast-png";
import type { Env } from "./env.ts";
import { isRecord, readJson } from "./json.ts";
import { drawPng, type PictureSpec } from "./picture.ts";
import { requestObjectOf } from "./request-objects.ts";
import { storedFile } from "./storage.ts";

/** Marks the part to paint in an endpoint's mask. fal's own types say white for most, Ideogram's documents say black. */
const PAINTS: readonly (readonly [endpoint: RegExp, paints: "alpha" | "black"])[] = [
	[/\bgpt-image-/, "alpha"],
	[/\/paintbrush$|^fal-ai\/ideogram\/v3\/edit$/, "black"],
];

const PICTURE_FIELD = /^(?:input_|reference_)?image_urls?$/;
const MASK_FIELD = /^mask_(?:image_)?url$/;
/** Without a mask the new picture covers the old one by this share. */
const VEIL = 0.25;
const TIMEOUT_MS = 10_000;

/** Returns true for an input that brings a picture along. */
export function isEdit(input: unknown): boolean {
	return addressIn(input, PICTURE_FIELD) !== null;
}

/** Draws as `drawPng` if the picture cannot be had here, or is no PNG. */
export async function drawEdit(
	spec: PictureSpec & { id: string },
	origin: string,
	env: Env,
): Promise<Uint8Array<ArrayBuffer>> {
	const plain = await drawPng(spec);
	const request = await requestObjectOf(env, spec.id).submitted(spec.id);
	const input = readJson(request?.body ?? "");
	const base = await pictureAt(addressIn(input, PICTURE_FIELD), origin, env);
	if (!base || !request || spec.black) return plain;
	const mask = await pictureAt(addressIn(input, MASK_FIELD), origin, env);
	const paints = PAINTS.find(([endpoint]) => endpoint.test(request.endpoint))?.[1] ?? "white";
	const { width, height } = spec;
	const [old, fresh] = [toRgb(base), toRgb(decode(plain))];
	const painted = mask && toPainted(mask, paints);
	const data = new Uint8Array(width * height * 3);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const place = { u: (x + 0.5) / width, v: (y + 0.5) / height };
			const part = painted && mask ? (painted[pixelAt(mask, place)] ?? 0) / 255 : VEIL;
			const [at, from] = [(y * width + x) * 3, pixelAt(base, place) * 3];
			for (let sample = 0; sample < 3; sample++) {
				data[at + sample] = Math.round((old[from + sample] ?? 0) * (1 - part) + (fresh[at + sample] ?? 0) * part);
			}
		}
	}
	return new Uint8Array(encode({ width, height, channels: 3, data }, { zlib: { level: 1 } }));
}

function addressIn(input: unknown, field: RegExp): string | null {
	for (const [name, value] of Object.entries(isRecord(input) ? input : {})) {
		const address: unknown = Array.isArray(value) ? value[0] : value;
		if (field.test(name) && typeof address === "string") return address;
	}
	return null;
}

/** Reads a picture from the address that a submit carries. Only what lies here or at the gateway is fetched. */
async function pictureAt(address: string | null, origin: string, env: Env): Promise<DecodedPng | null> {
	try {
		const bytes = address === null ? null : await bytesAt(address, origin, env);
		return bytes && decode(bytes);
	} catch {
		return null;
	}
}

async function bytesAt(address: string, origin: string, env: Env): Promise<Uint8Array | null> {
	const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(address) ?? [];
	if (base64 !== undefined) return Uint8Array.fromBase64(base64);
	const url = new URL(address);
	const [, id] = /^\/storage\/files\/([^/]+)\//.exec(url.pathname) ?? [];
	if (id !== undefined) return storedFile(id, env);
	const isOurs = url.origin === origin && url.pathname.startsWith("/files/");
	const isOfGateway = /^\/(?:inputs|images)\//.test(url.pathname) && (env.GATEWAY || isLoopback(url));
	if (!isOurs && !isOfGateway) return null;
	const send = isOurs || !env.GATEWAY ? fetch : env.GATEWAY.fetch.bind(env.GATEWAY);
	const response = await send(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
	return response.ok ? response.bytes() : null;
}

function isLoopback({ hostname }: URL): boolean {
	return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Returns the index of the pixel at a place; both are 0 to 1 across the picture. */
function pixelAt({ width, height }: DecodedPng, { u, v }: { u: number; v: number }): number {
	return Math.floor(v * height) * width + Math.floor(u * width);
}

function toRgb(png: DecodedPng): Uint8Array {
	const { width, height, depth } = png;
	const samples: ArrayLike<number> = png.palette ? convertIndexedToRgb(png) : png.data;
	const channels = samples.length / (width * height);
	const shift = depth === 16 ? 8 : 0;
	const rgb = new Uint8Array(width * height * 3);
	for (let at = 0; at < rgb.length; at++) {
		const pixel = Math.floor(at / 3) * channels;
		rgb[at] = (samples[channels < 3 ? pixel : pixel + (at % 3)] ?? 0) >> shift;
	}
	return rgb;
}

/** Returns how much of each pixel is painted, from 0 to 255. */
function toPainted(mask: DecodedPng, paints: "alpha" | "white" | "black"): Uint8Array {
	const { width, height, channels, data, depth } = mask;
	const shift = depth === 16 ? 8 : 0;
	return Uint8Array.from({ length: width * height }, (_, pixel) => {
		const first = (data[pixel * channels] ?? 0) >> shift;
		if (paints !== "alpha") return paints === "white" ? first : 255 - first;
		return channels % 2 === 0 ? 255 - ((data[pixel * channels + channels - 1] ?? 255) >> shift) : 0;
	});
}

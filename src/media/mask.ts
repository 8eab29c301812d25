/**
 * Reads a mask as OpenAI has it, transparent where the picture is painted anew, and turns it into one that paints by colour. Row by row: it
 * holds a few rows, whatever the size.
 */

import type { Fault } from "../faults.ts";
import { ByteSource } from "../http/encoding/byte-source.ts";
import type { MaskColour } from "./keys.ts";
import { GreyPng } from "./png/grey.ts";
import { hasOpacity, opacityOf } from "./png/opacity.ts";
import { type OpenPng, openPng } from "./png/open.ts";

export interface Dimensions {
	readonly width: number;
	readonly height: number;
}

export type MaskFault = Fault<"mask" | "size_of_picture">;

/** Of either side, in pixels. */
export const MAX_MASK_SIDE = 8_192;
const OPAQUE = 255;

interface MaskRow {
	readonly size: Dimensions;
	/** 0 to 255 a pixel. */
	readonly opacities: Uint8Array;
}

/**
 * Yields the rows of a mask, each gone when the next one is asked for. Returns what is wrong with it; null for a good one.
 * @param wanted The size that it must have. Null if that is not known
 */
async function* rowsOf(
	pieces: AsyncIterator<Uint8Array>,
	wanted: Dimensions | null,
): AsyncGenerator<MaskRow, MaskFault | null> {
	const source = new ByteSource(pieces);
	const opened = await openPng(source);
	if (!opened.ok) return { is: "mask", why: opened.error };
	const fault = faultOf(opened.value, wanted);
	if (fault !== null) return fault;
	const { width, height } = opened.value.header;
	const rows = opacityOf(source, opened.value);
	let paints = false;
	let step = await rows.next();
	for (; step.done !== true; step = await rows.next()) {
		paints ||= step.value.some(isTransparent);
		yield { size: { width, height }, opacities: step.value };
	}
	if (step.value !== null) return { is: "mask", why: step.value };
	return paints ? null : { is: "mask", why: "opaque" };
}

function isTransparent(opacity: number): boolean {
	return opacity < OPAQUE;
}

function faultOf(png: OpenPng, wanted: Dimensions | null): MaskFault | null {
	const { width, height, isInterlaced } = png.header;
	if (Math.max(width, height) > MAX_MASK_SIDE) return { is: "mask", why: "too_large" };
	if (wanted !== null && (width !== wanted.width || height !== wanted.height))
		return { is: "size_of_picture", width: wanted.width, height: wanted.height };
	if (!hasOpacity(png)) return { is: "mask", why: "opaque" };
	// Its rows come in seven turns, so that all of it would have to be held.
	return isInterlaced ? { is: "mask", why: "interlaced" } : null;
}

/** Reads a mask to its end. Returns what is wrong with it; null for a good one. */
export async function checkMask(
	pieces: AsyncIterator<Uint8Array>,
	wanted: Dimensions | null,
): Promise<MaskFault | null> {
	const rows = rowsOf(pieces, wanted);
	let step = await rows.next();
	while (step.done !== true) step = await rows.next();
	return step.value;
}

/**
 * Yields a PNG of greys in which `colour` paints as much as the mask is transparent, and the other keeps. The same mask gives the same
 * bytes. Returns what is wrong with the mask; what was yielded is then of no use.
 */
export async function* turnMask(
	pieces: AsyncIterator<Uint8Array>,
	colour: MaskColour,
	wanted: Dimensions | null,
): AsyncGenerator<Uint8Array, MaskFault | null> {
	const rows = rowsOf(pieces, wanted);
	let step = await rows.next();
	if (step.done === true) return step.value;
	const { width, height } = step.value.size;
	const png = new GreyPng(width);
	const greys = new Uint8Array(width);
	yield png.begin(height);
	for (; step.done !== true; step = await rows.next()) {
		const { opacities } = step.value;
		if (colour === "white") for (let x = 0; x < width; x += 1) greys[x] = OPAQUE - (opacities[x] ?? OPAQUE);
		const ready = png.row(colour === "white" ? greys : opacities);
		if (ready.length > 0) yield ready;
	}
	if (step.value === null) yield png.end();
	return step.value;
}

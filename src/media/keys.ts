/** Builds and reads every R2 key: pictures lie under `images/<job>/<index>.<ext>`, each with its thumbnail, what they are drawn from under `inputs/<job>/<index>`. */
import { MAX_OUTPUTS } from "../core/fal-answers.ts";
import type { InputRole } from "../models/request.ts";
import { EXTENSIONS } from "./sniff.ts";

const FILE_NAME = /^\d{1,2}\.[a-z0-9]{1,5}$/;
const INPUT_NAME = /^\d{1,2}(?:-(?:white|black))?$/;

/** Names one picture of one job. */
export interface PictureSlot {
	readonly job: string;
	/** From 0, in fal's order. */
	readonly index: number;
}

/** @param file `<index>.<ext>`, as in a link. */
export function keyOf(job: string, file: string): string {
	return `images/${job}/${file}`;
}

/** Returns `<index>.<ext>`, as links name a picture. */
export function fileOf(key: string): string {
	return key.slice(key.lastIndexOf("/") + 1);
}

/** True for the form of the file names that `fileOf` returns. */
export function isFileName(text: string): boolean {
	return FILE_NAME.test(text);
}

/** @param extension Without a dot. */
export function keyOfSlot({ job, index }: PictureSlot, extension: string): string {
	return keyOf(job, `${index}.${extension}`);
}

/** Returns what every key of this slot begins with, whatever its extension. */
export function prefixOfSlot(slot: PictureSlot): string {
	return keyOfSlot(slot, "");
}

/** The extension of a thumbnail, whatever its format. No picture has it. */
const THUMBNAIL = "thumb";

export function keyOfThumbnail(slot: PictureSlot): string {
	return keyOfSlot(slot, THUMBNAIL);
}

/** True for the key of a picture, and false for that of its thumbnail. */
export function isPictureKey(key: string): boolean {
	return !key.endsWith(`.${THUMBNAIL}`);
}

/** The colour of a mask that paints, for a model that does not read its transparency. */
export type MaskColour = "white" | "black";

/**
 * Bounds the pictures that one job is drawn from, mask and markup among them. Never lower it: a job's inputs are deleted by their index.
 */
export const MAX_INPUTS = 20;

/** The most images that a request brings along, as OpenAI has it. */
export const MAX_INPUT_IMAGES = 16;

/**
 * Returns the index of an input. Equal requests have equal indices: whoever starts the job of another one finds its pictures by them.
 * @param nth Of the images, from 0; 0 for the others, of which there is one
 */
export function inputIndexOf(role: InputRole, nth: number): number {
	return { image: 0, mask: MAX_INPUT_IMAGES, markup: MAX_INPUT_IMAGES + 1 }[role] + nth;
}

/** @param file As `fileOf` returns it */
export function keyOfInputFile(job: string, file: string): string {
	return `inputs/${job}/${file}`;
}

/** @param index As `inputIndexOf` returns it */
export function keyOfInput(job: string, index: number): string {
	return keyOfInputFile(job, String(index));
}

/** Returns where the turned form of a mask lies, beside the mask. */
export function keyOfTurned(maskKey: string, colour: MaskColour): string {
	return `${maskKey}-${colour}`;
}

/** True for the form of the names of inputs. */
export function isInputName(text: string): boolean {
	return INPUT_NAME.test(text);
}

/** Returns every key that a picture of this job, a thumbnail or an input of it can have. */
export function allKeysOf(job: string): string[] {
	const slots = Array.from({ length: MAX_OUTPUTS }, (_, index) => ({ job, index }));
	const inputs = Array.from({ length: MAX_INPUTS }, (_, index) => keyOfInput(job, index));
	return [
		...slots.flatMap((slot) => EXTENSIONS.map((extension) => keyOfSlot(slot, extension))),
		...slots.map(keyOfThumbnail),
		...inputs.flatMap((key) => [key, keyOfTurned(key, "white"), keyOfTurned(key, "black")]),
	];
}

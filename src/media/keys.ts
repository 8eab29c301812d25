/** Builds and reads every R2 key: pictures lie under `images/<job>/<index>.<ext>`. */
import { MAX_OUTPUTS } from "../core/fal-answers.ts";
import { EXTENSIONS } from "./sniff.ts";

const FILE_NAME = /^\d{1,2}\.[a-z0-9]{1,5}$/;

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

/** Returns every key that a picture of this job can have. */
export function allKeysOf(job: string): string[] {
	const slots = Array.from({ length: MAX_OUTPUTS }, (_, index) => ({ job, index }));
	return slots.flatMap((slot) => EXTENSIONS.map((extension) => keyOfSlot(slot, extension)));
}

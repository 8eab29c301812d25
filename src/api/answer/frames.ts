/** Makes frames: plain JSON, in which a reference stands for a picture's bytes. */

import type { StoredImage } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { toJson } from "../../http/json.ts";

/** Stands for the base64 of a stored picture. Only the writer reads the bytes, as it streams them. */
export class PictureBytes {
	readonly key: string;
	readonly bytes: number;
	constructor({ key, bytes }: Pick<StoredImage, "key" | "bytes">) {
		this.key = key;
		this.bytes = bytes;
	}
}

/** One event of a stream. `[DONE]` is OpenAI's end of a stream, and has no number. */
export interface Frame {
	/** Set on Darkroom's own event streams only: an `id:` line breaks clients of OpenAI's. */
	readonly id?: number;
	readonly retry?: number;
	readonly event?: string;
	readonly data: object | "[DONE]";
}

/** Renders each event as frames. It remembers what earlier events said: the same log gives the same frames. */
export type Renderer = (event: LinkedEvent) => readonly Frame[];

/** Yields a value as JSON text, cut at each picture's base64. A part without a picture is one piece. */
export function* toJsonPieces(value: unknown): Generator<string | PictureBytes> {
	if (value instanceof PictureBytes) {
		yield '"';
		yield value;
		yield '"';
	} else if (!holdsPicture(value)) {
		yield toJson(value);
	} else if (Array.isArray(value)) {
		yield "[";
		for (const [index, item] of value.entries()) {
			if (index > 0) yield ",";
			yield* toJsonPieces(item);
		}
		yield "]";
	} else {
		yield "{";
		let first = true;
		for (const [name, item] of Object.entries(value)) {
			if (item === undefined) continue;
			yield `${first ? "" : ","}${toJson(name)}:`;
			first = false;
			yield* toJsonPieces(item);
		}
		yield "}";
	}
}

function holdsPicture(value: unknown): value is object {
	return (
		typeof value === "object" &&
		value !== null &&
		(value instanceof PictureBytes || Object.values(value).some(holdsPicture))
	);
}

/** Returns another frame under the number of the one that it replaces. */
export function inPlaceOf({ data }: Frame, other: Frame): Frame {
	if (data === "[DONE]" || other.data === "[DONE]" || !("sequence_number" in data)) return other;
	return { ...other, data: { ...other.data, sequence_number: data.sequence_number } };
}

/** Numbers the frames from 0, and drops those up to `startingAfter`: a client that resumes names the last number that it has. */
export function numbered(renderer: Renderer, startingAfter = -1): Renderer {
	let next = 0;
	return (event) =>
		renderer(event).flatMap(({ data, ...frame }): Frame[] => {
			if (data === "[DONE]") return [{ ...frame, data }];
			const sequence_number = next;
			next += 1;
			return sequence_number > startingAfter ? [{ ...frame, data: { ...data, sequence_number } }] : [];
		});
}

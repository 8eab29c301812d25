import type { StoredImage } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";

/** What renderings are made of: plain JSON, in which a picture's bytes are only referred to. */

/** Stands for the base64 of a stored picture. Only the writer resolves it, streaming. */
export class PictureBytes {
	readonly key: string;
	readonly bytes: number;
	constructor({ key, bytes }: Pick<StoredImage, "key" | "bytes">) {
		this.key = key;
		this.bytes = bytes;
	}
}

/** One event of a stream. `[DONE]` is OpenAI's own end, and has no number. */
export interface Frame {
	/** Only on Darkroom's own event streams: on OpenAI's, an `id:` line breaks clients. */
	readonly id?: number;
	readonly retry?: number;
	readonly event?: string;
	readonly data: object | "[DONE]";
}

/** Turns each event into the frames that it yields. Holds what earlier events said; the same log gives the same frames. */
export type Renderer = (event: LinkedEvent) => readonly Frame[];

/** `value` as JSON text, cut where a picture's base64 belongs. What holds no picture is one piece. */
export function* toJsonPieces(value: unknown): Generator<string | PictureBytes> {
	if (value instanceof PictureBytes) {
		yield '"';
		yield value;
		yield '"';
	} else if (!holdsPicture(value)) {
		// As in a list, what cannot be written is null.
		yield JSON.stringify(value) ?? "null";
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
			yield `${first ? "" : ","}${JSON.stringify(name)}:`;
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

/** `other` in the place of a frame, under its number. */
export function inPlaceOf({ data }: Frame, other: Frame): Frame {
	if (data === "[DONE]" || other.data === "[DONE]" || !("sequence_number" in data)) return other;
	return { ...other, data: { ...other.data, sequence_number: data.sequence_number } };
}

/** Frames from `startingAfter` on: a client that resumes names the last number that it has. */
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

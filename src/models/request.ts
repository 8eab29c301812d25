/** A client's request in the one form that every API's body is parsed into and that a job keeps. */

import type { JsonObject } from "../json-value.ts";
import type { Dimensions, Size } from "./size.ts";

export type OutputFormat = "png" | "jpeg" | "webp";

export interface ImageRequest {
	/** The text to draw, without its size directives. */
	readonly prompt: string;
	/** A catalogue id, as `/v1/models` lists it, or a raw fal id (`fal-ai/flux/dev`): never an alias. */
	readonly model: string;
	/** The number of pictures, within the model's limit. */
	readonly n: number;
	readonly size: Size;
	/** `high` asks a model for its higher resolution, if it has one; the other words go to the models that take words. */
	readonly quality: "auto" | "low" | "medium" | "high";
	/** The resolution that was asked for, if the model has it. Absent: the model's own, or 2K beside `high`. */
	readonly resolution?: "1K" | "4K";
	readonly outputFormat: OutputFormat | null;
	readonly seed: number | null;
	/** Extra fal inputs, passed on unchanged. */
	readonly fal: JsonObject;
	/** The pictures that the request brings along, in the order in which fal gets them. Absent: none, and the model draws from words alone. */
	readonly inputs?: readonly InputPicture[];
	/** The picture of ours that the first input is. Absent: it is none of ours. */
	readonly derivedFrom?: MadePicture;
	/** Names things that must not be drawn, for a model that takes such words. Absent: nothing. */
	readonly negativePrompt?: string;
	/** Absent: the model's own choice. */
	readonly background?: "transparent" | "opaque";
	/** Keeps an edit more or less close to its inputs, for a model that can be told. Absent: the model's own choice. */
	readonly inputFidelity?: "low" | "high";
	/** `low`: the least strict check of the picture that the model lets its users choose. Absent: the model's own choice. */
	readonly moderation?: "low";
}

/** A picture that a request brings along. */
export interface InputPicture {
	readonly role: InputRole;
	readonly source: StoredPicture | PictureLink;
}

/** `mask` says where the first image is painted anew; `markup` is a drawing laid over it. */
export type InputRole = "image" | "mask" | "markup";

/** Bytes in R2 that live and die with the job. */
export interface StoredPicture {
	readonly kind: "stored";
	/** The R2 key, `inputs/<job>/<index>`. */
	readonly key: string;
	/** The media type, as sniffed from the bytes. */
	readonly contentType: string;
	readonly bytes: number;
	/** In lower-case hex. Equal requests have equal hashes, wherever their bytes lie. */
	readonly sha256: string;
	/** Of the picture as it is seen, its EXIF orientation applied. Null if the bytes do not tell. */
	readonly width: number | null;
	readonly height: number | null;
}

/** An https address of the client's, which fal fetches and we do not. */
export interface PictureLink {
	readonly kind: "link";
	readonly url: string;
}

/** Returns the size of a picture that a request brings along; null if it is not known, as that of a link. */
export function sizeOfInput(input: InputPicture | undefined): Dimensions | null {
	if (input?.source.kind !== "stored") return null;
	const { width, height } = input.source;
	return width === null || height === null ? null : { width, height };
}

/** Returns the size of the first picture that a request edits; null if it has none, or its size is not known. */
export function sizeOfFirst({ inputs = [] }: Pick<ImageRequest, "inputs">): Dimensions | null {
	return sizeOfInput(inputs.find(({ role }) => role === "image"));
}

/** A picture that a job made. */
export interface MadePicture {
	readonly job: string;
	/** From 0. */
	readonly index: number;
}

/** The settings that were really sent to fal, in the words of the OpenAI APIs. */
export interface Used {
	/** `1024x1024` for a model that takes pixels, `16:9` for one that takes ratios, `auto` if the model chose. */
	readonly size: string;
	/** The picture's shape, such as `16:9`; `auto` if the model chose. */
	readonly aspectRatio: string;
	readonly quality: string;
	readonly outputFormat: OutputFormat;
}

/** A client's request in the one form that every API's body is parsed into and that a job keeps. */

import type { Size } from "./size.ts";

export type OutputFormat = "png" | "jpeg" | "webp";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

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
	/** The resolution that was asked for beside `high`, if the model has it. Absent: 2K. */
	readonly resolution?: "4K";
	readonly outputFormat: OutputFormat | null;
	readonly seed: number | null;
	/** Extra fal inputs, passed on unchanged. */
	readonly fal: JsonObject;
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

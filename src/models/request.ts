/** What a client asked for, understood: the one form that every API's body is parsed into and that a job keeps. */

/** A size as asked for, before any model has its say. */
export type Size =
	| { readonly kind: "auto" }
	| { readonly kind: "ratio"; readonly width: number; readonly height: number }
	| { readonly kind: "pixels"; readonly width: number; readonly height: number };

export type OutputFormat = "png" | "jpeg" | "webp";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export interface ImageRequest {
	/** What is drawn; size directives are already cut out. */
	readonly prompt: string;
	/** A catalogue id, as listed by `/v1/models`, or a raw fal id (`fal-ai/flux/dev`): never an alias. */
	readonly model: string;
	/** How many pictures, within the model's limit. */
	readonly n: number;
	readonly size: Size;
	/** `high` asks for the model's higher resolution, where it has one; the other words go to the models that take them. */
	readonly quality: "auto" | "low" | "medium" | "high";
	readonly outputFormat: OutputFormat | null;
	readonly seed: number | null;
	/** Extra fal inputs, passed through as they are. */
	readonly fal: JsonObject;
}

/** What was really asked of fal, in the words of the OpenAI APIs. */
export interface Used {
	/** `1024x1024` where the model takes pixels, `16:9` where it takes ratios, `auto` where it was left to the model. */
	readonly size: string;
	/** The picture's shape, such as `16:9`; `auto` where it was left to the model. */
	readonly aspectRatio: string;
	readonly quality: string;
	readonly outputFormat: OutputFormat;
}

/**
 * The form of the catalogue's rows. The rows themselves follow fal's model pages and the input types of its official client
 * (`@fal-ai/client` 1.10.1, `endpoints.d.ts`). Bounds that fal does not publish are Darkroom's own, and say so.
 */

import type { OutputFormat } from "../request.ts";

/** The form in which a model takes the picture's size. */
export type SizeDialect =
	/** `aspect_ratio`: one of these. */
	| { readonly kind: "ratio"; readonly ratios: readonly string[] }
	/** `image_size`: `{width, height}`, within the bounds. */
	| ({ readonly kind: "pixels" } & PixelBounds)
	/** `image_size`: a text, one of these. */
	| { readonly kind: "text"; readonly sizes: readonly string[] }
	/** Not known: both fields are sent, and fal's models ignore the one that they do not have. */
	| { readonly kind: "unknown" };

/** The sizes that a model takes: each side from `min` to `max` in steps of `multiple`, all in pixels. */
export interface PixelBounds {
	readonly min: number;
	readonly max: number;
	readonly multiple: number;
	/** Of the whole picture. Absent: the sides alone are bounded. */
	readonly area?: { readonly min: number; readonly max: number };
	/** The longer side by the shorter one. Absent: the sides alone are bounded. */
	readonly maxElongation?: number;
}

export interface Traits {
	readonly dialect: SizeDialect;
	/** The largest `num_images`; 1 if the model has no such field. */
	readonly maxImages: number;
	/** The values of `output_format`; empty if the model has no such field. */
	readonly outputFormats: readonly OutputFormat[];
	/** The field that a quality becomes: `resolution: "2K"`, `quality` with the word itself, or none. */
	readonly quality: "resolution" | "words" | null;
	/** True if the model has the resolution `4K`, too. It is dearer, so only who asks for it gets it. */
	readonly takes4K?: boolean;
	/** True if the model has a `seed` field. */
	readonly seed: boolean;
	/** The model takes the word `auto` for a size and a quality, and draws something else if it gets none. */
	readonly takesAuto?: true;
	/** The shape that is drawn if no size is sent; `auto` if the model decides or nobody knows. */
	readonly shape: string;
	/** Absent: the endpoint takes no pictures. */
	readonly images?: PictureField;
	/** Absent: the endpoint takes no mask. */
	readonly mask?: MaskField;
}

/** The field of an endpoint that takes pictures to draw from. */
export interface PictureField {
	readonly field: string;
	/** The field is a list of addresses. False: it is one address. */
	readonly isList: boolean;
	/** The most pictures; 1 for a field with one address. More are refused: fal drops the first or the last without a word. */
	readonly max: number;
	/** The endpoint draws nothing without one. */
	readonly required: boolean;
}

/** The field of an endpoint that takes a mask. */
export interface MaskField {
	readonly field: string;
	/** What paints: `alpha` where the mask is transparent, as OpenAI has it; `white` or `black` where it has that colour. */
	readonly polarity: "alpha" | "white" | "black";
	readonly required: boolean;
}

export interface Model extends Traits {
	/** A catalogue id or a raw fal id. */
	readonly id: string;
	/** The path under fal's queue. */
	readonly endpoint: string;
	/** The names of its inputs at fal, if the data of endpoints has no such endpoint. */
	readonly inputs?: readonly string[];
}

export interface CatalogueModel extends Model {
	/** A name for chat clients: some of them hide ids that contain an image model's name. */
	readonly chatAlias: string;
	/** Other names that clients send; a `*` at the end stands for the rest of a name. */
	readonly aliases: readonly string[];
	/** The model that takes over a job after fal has removed this one. */
	readonly successor: string | null;
	/** The day of its release, as `2025-05-20`. */
	readonly releasedOn: string;
}

/** The traits of raw fal ids that begin with the prefix. */
export type Family = readonly [prefix: string, traits: Traits];

/**
 * The form of the catalogue's rows. The rows themselves follow fal's model pages and the input types of its official client
 * (`@fal-ai/client` 1.10.1, `endpoints.d.ts`). Bounds that fal does not publish are Darkroom's own, and say so.
 */

import type { JsonObject } from "../../json-value.ts";
import type { ImageRequest, OutputFormat } from "../request.ts";

/** The form in which a model takes the picture's size. */
export type SizeDialect =
	/** `aspect_ratio`: one of these. */
	| ({ readonly kind: "ratio"; readonly ratios: readonly string[] } & SizeField)
	/** `image_size`: `{width, height}`, within the bounds. One of fal's presets is sent for a size that is just that: any model takes it. */
	| ({ readonly kind: "pixels"; readonly presets?: readonly string[] } & PixelBounds & SizeField)
	/** `image_size`: a text, one of these. They are pixels, or names of fal's presets. */
	| ({ readonly kind: "text"; readonly sizes: readonly string[] } & SizeField)
	/** `width` and `height`, within the bounds. */
	| ({ readonly kind: "sides" } & PixelBounds)
	/** No field. The picture has the size of its input, or always the same. */
	| { readonly kind: "none" }
	/** Not known: both fields are sent, and fal's models ignore the one that they do not have. */
	| { readonly kind: "unknown" };

interface SizeField {
	/** The name of the field. Absent: the usual one. */
	readonly field?: string;
	/** The word that is sent if no size is asked for. Absent: nothing is sent. */
	readonly auto?: string;
}

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

/** Describes how to ask one endpoint of fal. It is plain data: a job keeps that of a raw id in its log. A field that the model does not have is not sent. */
export interface Traits {
	/** The field of the words; null for a tool that takes none. Absent: `prompt`. */
	readonly prompt?: string | null;
	/** A longer prompt is refused. Absent: fal tells no bound. */
	readonly maxPromptChars?: number;
	readonly dialect: SizeDialect;
	/** The levels of the field `resolution` in the model's own spelling, the smallest first. Absent: it has no such field. */
	readonly resolutions?: readonly string[];
	/** The most pictures of one request to fal; 1 if the model has no field for a count. */
	readonly maxImages: number;
	/** The field that takes a count above 1. Absent: `num_images`. */
	readonly countField?: string;
	/** The formats that can be asked for; empty if the model has no field for them. */
	readonly outputFormats: readonly (OutputFormat | "jpg")[];
	/** Absent: `output_format`. */
	readonly formatField?: string;
	/** The field that a quality's word goes to. Null: none, and then `high` asks for a larger resolution, if there is one. */
	readonly quality: QualityField | null;
	/** True if the model has a `seed` field. */
	readonly seed: boolean;
	/** True if the model has a `negative_prompt` field. */
	readonly negativePrompt?: boolean;
	/** True if the model has a `background` field, with the words `transparent` and `opaque`. */
	readonly background?: boolean;
	/** True if the model has an `input_fidelity` field, with the words `low` and `high`. */
	readonly inputFidelity?: boolean;
	/** The fields of the least strict check that the model lets its users choose. A check is never switched off by them. */
	readonly lenient?: JsonObject;
	/** Fields that every request carries, such as those that keep a model from making more pictures than were asked for. */
	readonly fixed?: JsonObject;
	/** Other inputs without which the endpoint draws nothing: a size, or what only `fal` can set. Absent: none. */
	readonly needs?: readonly string[];
	/** The shape that is drawn if no size is sent; `auto` if the model decides or nobody knows. */
	readonly shape: string;
	/** Absent: the endpoint takes no pictures. */
	readonly images?: PictureField;
	/** Absent: the endpoint takes no mask. */
	readonly mask?: MaskField;
	/** Without a factor in its body, each side of the picture becomes so many times as long. Absent: it stays as it is. */
	readonly enlarges?: number;
}

/** Traits that come from a schema of fal's, with the names of the inputs that `fal` may set. */
export type SchemaTraits = Traits & { readonly inputs: readonly string[] };

/** A field for the quality, and its words. A quality without a word is not sent. */
export interface QualityField {
	readonly field: string;
	readonly words: Readonly<Partial<Record<ImageRequest["quality"], string>>>;
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
	/** Marks the part to paint: `alpha` is transparent there, as OpenAI has it; `white` and `black` have that colour there. */
	readonly polarity: "alpha" | "white" | "black";
	readonly required: boolean;
}

/** An endpoint, and how it is asked. */
export interface Endpoint extends Traits {
	/** The path under fal's queue. */
	readonly endpoint: string;
	/** The names of its inputs at fal, if the data of endpoints has no such endpoint. */
	readonly inputs?: readonly string[];
	/** Absent: nobody has told. It is never free. */
	readonly price?: Price;
}

/** The price of an endpoint's picture, in USD. */
export interface Price {
	/** A megapixel is begun: 1.2 of them cost as 2. */
	readonly per: "image" | "megapixel";
	/** The first that fits counts; the last one, which has no condition, is the dearest that a picture without a word can be. */
	readonly tiers: readonly PriceTier[];
	/** True if each megapixel of the pictures brought along is paid as one of the picture that is made. */
	readonly countsInputs?: boolean;
	/** Added for each picture, beside its megapixels. */
	readonly plus?: number;
	/** Added for each picture if the field of fal's body holds this value; a `*` at its end stands for any rest. */
	readonly extras?: readonly (readonly [field: string, value: string | boolean, usd: number])[];
}

export interface PriceTier {
	/** Of a picture, or of its first megapixel. */
	readonly usd: number;
	/** Of each megapixel behind the first. Absent: the same. */
	readonly more?: number;
	/** The field of fal's body, and the word in it. */
	readonly when?: readonly [field: string, word: string];
	/** The most pixels of such a picture. */
	readonly upTo?: number;
}

export interface Model extends Endpoint {
	/** A catalogue id or a raw fal id. */
	readonly id: string;
	/** The endpoints that edit pictures for it: the first that takes the request's pictures and mask does. Absent: its own does, or none. */
	readonly edits?: readonly Endpoint[];
	/** The id of the model that edits pictures in its place. */
	readonly editedBy?: string;
}

export interface CatalogueModel extends Model {
	/** A name for chat clients: some of them hide ids that contain an image model's name. */
	readonly chatAlias: string;
	/** Other names that clients send; a `*` at the end stands for the rest of a name. */
	readonly aliases: readonly string[];
	/** The model that takes over a job after fal has removed this one. */
	readonly successor: string | null;
	/** The day of its release, as `2025-05-20`. Null if fal and its maker do not tell. */
	readonly releasedOn: string | null;
	/** The day since which fal has it no longer. Absent: it has no end yet. */
	readonly shutdownOn?: string;
}

/** The traits of raw fal ids that begin with the prefix. */
export type Family = readonly [prefix: string, traits: Traits];

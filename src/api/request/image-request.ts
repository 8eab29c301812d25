/** Reads the fields about pictures into the one form that a job keeps. */

import type { RequestError } from "../../errors.ts";
import type { JsonObject } from "../../json-value.ts";
import type { Model, SchemaTraits } from "../../models/catalogue/types.ts";
import { drawerOf } from "../../models/drawer.ts";
import { type InvalidValue, invalid, SEED_COUNT, toFalInput } from "../../models/fal-input.ts";
import { findModel, modelNotFound, type OfferedModels, standingOf } from "../../models/names.ts";
import type { ImageRequest, InputRole, OutputFormat, PictureLink } from "../../models/request.ts";
import { levelFor } from "../../models/resolution.ts";
import { parseSize, type Size } from "../../models/size.ts";
import { toSchemaModel } from "../../models/submission.ts";
import { err, ok, type Result } from "../../result.ts";

/** Carries what the bodies of all APIs say about pictures, before the model is known. */
export interface ImageFields {
	readonly prompt: string;
	readonly model?: string | undefined;
	readonly n?: number | undefined;
	readonly size?: string | Size | undefined;
	readonly quality?: string | undefined;
	readonly outputFormat?: string | undefined;
	readonly seed?: number | undefined;
	readonly fal?: JsonObject | undefined;
	readonly background?: string | undefined;
	readonly inputFidelity?: string | undefined;
	readonly moderation?: string | undefined;
	readonly negativePrompt?: string | undefined;
	/** `2k` beside a size, from a field that means nothing else; without a field of its own in `params` from the prompt. */
	readonly resolution?: string | undefined;
	/** The fields that the values come from, if they have other names there. */
	readonly params?:
		| Readonly<
				Partial<
					Record<
						| "prompt"
						| "size"
						| "resolution"
						| "quality"
						| "outputFormat"
						| "background"
						| "inputFidelity"
						| "moderation",
						string
					>
				>
		  >
		| undefined;
}

export interface Catalogue {
	readonly offered: OfferedModels;
	readonly defaultModel: string;
	/** The model's traits as fal's schema has them. Absent or null: the catalogue has them, or nobody. */
	readonly traits?: SchemaTraits | null;
}

/** Maps a resolution to the quality that a model draws it with. */
const RESOLUTIONS: ReadonlyMap<string, ImageRequest["quality"]> = new Map([
	["1k", "auto"],
	["2k", "high"],
	["4k", "high"],
]);

/** Maps the words that OpenAI used over the years, and those of other gateways. */
const QUALITIES: ReadonlyMap<string, ImageRequest["quality"]> = new Map([
	["auto", "auto"],
	["standard", "auto"],
	["low", "low"],
	["medium", "medium"],
	["high", "high"],
	["hd", "high"],
	["xhigh", "high"],
	["max", "high"],
	...RESOLUTIONS,
]);

const OUTPUT_FORMATS: ReadonlyMap<string, OutputFormat> = new Map([
	["png", "png"],
	["jpeg", "jpeg"],
	["jpg", "jpeg"],
	["webp", "webp"],
]);

/** Imagen's field has a media type. */
function toFormat(written: string): string {
	return written.toLowerCase().replace(/^image\//, "");
}

/** A picture that a request brings along, and the field that it stands in. */
interface BroughtPicture {
	readonly role: InputRole;
	readonly param?: string;
}

/** @param wanted The pictures that the request brings along. They are checked against the model, and come into the request when they are stored */
export function toImageRequest(
	fields: ImageFields,
	{ offered, defaultModel, traits = null }: Catalogue,
	wanted: readonly BroughtPicture[] = [],
): Result<ImageRequest, RequestError> {
	const name = fields.model ?? defaultModel;
	const found = findModel(name, offered, defaultModel);
	if (!found.ok) return found;
	if (traits === null && standingOf(found.value, offered) === "unheard")
		return modelNotFound(name, offered, defaultModel);
	const model = traits === null ? found.value : toSchemaModel(found.value.id, traits);
	const inputs = wanted.map(({ role }) => ({ role, source: NOT_STORED_YET }));
	const drawer = drawerOf(model, { inputs });
	// Another model edits for this one, and the operator does not offer it.
	if (drawer.id !== model.id && !findModel(drawer.id, offered).ok)
		return invalid(paramOfPicture("image", 0, wanted), { is: "pictures_of_model", model: model.id, max: 0 });

	const { params = {} } = fields;
	const size = typeof fields.size === "string" ? parseSize(fields.size) : (fields.size ?? { kind: "auto" });
	if (size === null) {
		const takes = drawer.dialect;
		return invalid(params.size ?? "size", { is: "size_of_model", got: String(fields.size), model: drawer.id, takes });
	}
	const quality = readQuality(fields, drawer);
	if (!quality.ok) return quality;
	const outputFormat = fields.outputFormat === undefined ? null : OUTPUT_FORMATS.get(toFormat(fields.outputFormat));
	if (outputFormat === undefined) {
		const got = fields.outputFormat ?? null;
		return invalid(params.outputFormat ?? "output_format", { is: "not_one_of", allowed: ["png", "jpeg", "webp"], got });
	}

	const wishes = readWishes(fields);
	if (!wishes.ok) return wishes;
	const request: ImageRequest = {
		prompt: fields.prompt,
		model: model.id,
		n: fields.n ?? 1,
		size,
		quality: quality.value,
		...resolutionOf(fields.resolution, quality.value, drawer),
		outputFormat,
		seed: fields.seed === undefined ? null : foldSeed(fields.seed),
		fal: fields.fal ?? {},
		...wishes.value,
	};
	if (fields.prompt === "" && drawer.prompt !== null) return invalid("prompt", { is: "missing" });
	const falInput = toFalInput(drawer, { ...request, inputs });
	if (falInput.ok) return ok(request);
	return err(toClientsFields(falInput.error, params, wanted));
}

/** Returns a resolution that the quality alone does not tell, if the model has it. */
function resolutionOf(
	resolution: string | undefined,
	quality: ImageRequest["quality"],
	{ resolutions }: Model,
): Pick<ImageRequest, "resolution"> {
	if (resolution === "4k" && quality === "high" && levelFor(resolutions, 4)) return { resolution: "4K" };
	if (resolution === "1k" && quality === "auto" && levelFor(resolutions, 1)) return { resolution: "1K" };
	return {};
}

/** Blames the field as the client wrote it. */
function toClientsFields(
	error: InvalidValue,
	params: ImageFields["params"] = {},
	wanted: readonly BroughtPicture[],
): InvalidValue {
	const { param, fault } = error;
	switch (param) {
		case "prompt":
			// Not the whole conversation is too long, but the message that is drawn.
			return params.prompt !== undefined && fault.is === "too_long"
				? { ...error, param: params.prompt, fault: { is: "message_too_long", max: fault.max } }
				: error;
		case "image":
		case "mask":
		case "markup":
			return { ...error, param: paramOfPicture(param, fault.is === "pictures_of_model" ? fault.max : 0, wanted) };
		default:
			return error;
	}
}

/** @param nth The first picture of its role that is too many, from 0 */
function paramOfPicture(role: InputRole, nth: number, wanted: readonly BroughtPicture[]): string {
	return wanted.filter((picture) => picture.role === role)[nth]?.param ?? role;
}

type Wishes = Pick<ImageRequest, "background" | "inputFidelity" | "moderation" | "negativePrompt">;

const BACKGROUNDS = ["transparent", "opaque", "auto"] as const;
const FIDELITIES = ["low", "high", "auto"] as const;
const MODERATIONS = ["low", "auto"] as const;

/** Reads what only some models can be told. The others are not. */
function readWishes({ params = {}, ...fields }: ImageFields): Result<Wishes, RequestError> {
	const background = readWord(fields.background, BACKGROUNDS, params.background ?? "background");
	if (!background.ok) return background;
	const inputFidelity = readWord(fields.inputFidelity, FIDELITIES, params.inputFidelity ?? "input_fidelity");
	if (!inputFidelity.ok) return inputFidelity;
	const moderation = readWord(fields.moderation, MODERATIONS, params.moderation ?? "moderation");
	if (!moderation.ok) return moderation;
	return ok({
		...(background.value !== "auto" && { background: background.value }),
		...(inputFidelity.value !== "auto" && { inputFidelity: inputFidelity.value }),
		...(moderation.value !== "auto" && { moderation: moderation.value }),
		...(fields.negativePrompt !== undefined && { negativePrompt: fields.negativePrompt }),
	});
}

function readWord<Word extends string>(
	word: string | undefined,
	allowed: readonly (Word | "auto")[],
	param: string,
): Result<Word | "auto", RequestError> {
	const plain = word?.trim().toLowerCase() ?? "auto";
	const found = allowed.find((one) => one === plain);
	return found === undefined ? invalid(param, { is: "not_one_of", allowed, got: word ?? null }) : ok(found);
}

const NOT_STORED_YET: PictureLink = { kind: "link", url: "" };

/** A resolution counts for the models that have one. Of a quality's word for it only these take notice, so it is fine with any model. */
function readQuality(
	{ quality: word, resolution, params = {} }: ImageFields,
	model: Model,
): Result<ImageRequest["quality"], RequestError> {
	const quality = QUALITIES.get(word?.trim().toLowerCase() ?? "auto");
	if (quality === undefined) {
		return invalid(params.quality ?? "quality", {
			is: "not_one_of",
			allowed: [...QUALITIES.keys()],
			got: word ?? null,
		});
	}
	if (resolution === undefined) return ok(quality);
	const resolutionParam = params.resolution;
	const level = RESOLUTIONS.get(resolution);
	if (resolutionParam === undefined) {
		// Words are no demand: what the model does not have, or what a field says otherwise, is let go.
		const isUnsaid = word === undefined || word.trim().toLowerCase() === "auto";
		return ok(model.resolutions !== undefined && isUnsaid ? (level ?? quality) : quality);
	}
	if (level === undefined) {
		return invalid(resolutionParam, { is: "not_one_of", allowed: ["1K", "2K", "4K"], got: resolution });
	}
	if (model.resolutions !== undefined) return ok(level);
	if (level === "auto") return ok(quality);
	const got = resolution.toUpperCase();
	return invalid(resolutionParam, { is: "resolution_of_model", got, model: model.id, takes: model.dialect });
}

const SEEDS_OF_32_BITS = 2 ** 32;

/** Folds a seed of more than 32 bits as all are folded for fal, so that a job shows a number that JSON keeps. */
function foldSeed(seed: number): number {
	return seed < SEEDS_OF_32_BITS ? seed : seed % SEED_COUNT;
}

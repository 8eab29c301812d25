/** Reads the fields about pictures into the one form that a job keeps. */

import type { RequestError } from "../../errors.ts";
import { describeSizes, toFalInput } from "../../models/fal-input.ts";
import { findModel, type OfferedModels } from "../../models/names.ts";
import type { ImageRequest, JsonObject, OutputFormat } from "../../models/request.ts";
import { parseSize, type Size } from "../../models/size.ts";
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
}

export interface Catalogue {
	readonly offered: OfferedModels;
	readonly defaultModel: string;
}

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
	["2k", "high"],
	["4k", "high"],
]);

const OUTPUT_FORMATS: ReadonlyMap<string, OutputFormat> = new Map([
	["png", "png"],
	["jpeg", "jpeg"],
	["jpg", "jpeg"],
	["webp", "webp"],
]);

export function toImageRequest(
	fields: ImageFields,
	{ offered, defaultModel }: Catalogue,
): Result<ImageRequest, RequestError> {
	const name = fields.model ?? defaultModel;
	const found = findModel(name, offered, defaultModel);
	if (!found.ok) return found;
	const model = found.value;

	const size = typeof fields.size === "string" ? parseSize(fields.size) : (fields.size ?? { kind: "auto" });
	if (size === null)
		return invalid("size", `'${fields.size}' is not a size. '${model.id}' takes ${describeSizes(model)}.`);
	const quality = QUALITIES.get(fields.quality?.toLowerCase() ?? "auto");
	if (quality === undefined) return invalid("quality", `quality is one of ${[...QUALITIES.keys()].join(", ")}.`);
	const outputFormat = fields.outputFormat === undefined ? null : OUTPUT_FORMATS.get(fields.outputFormat.toLowerCase());
	if (outputFormat === undefined) return invalid("output_format", "output_format is one of png, jpeg, webp.");

	const request = {
		prompt: fields.prompt,
		model: model.id,
		n: fields.n ?? 1,
		size,
		quality,
		outputFormat,
		seed: fields.seed ?? null,
		fal: fields.fal ?? {},
	};
	const falInput = toFalInput(model, request);
	return falInput.ok ? ok(request) : falInput;
}

function invalid(param: string | null, message: string) {
	return err({ kind: "invalid_value", param, message } as const);
}

import type { RequestError } from "../../errors.ts";
import { checkExtras, describeSizes, findModel, type Offered, toFalInput } from "../../models/names.ts";
import type { ImageRequest, JsonObject, OutputFormat, Size } from "../../models/request.ts";
import { parseSize } from "../../prompt/size-in-prose.ts";
import type { Parsed } from "./fields.ts";

/** What the image-making bodies of all APIs have in common, before the model has its say. */
export interface Wish {
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
	readonly offered: Offered;
	readonly defaultModel: string;
}

/** OpenAI's words of several years, and the ecosystem's. */
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

/** What gpt_image_playground and its like tell a language model before the prompt: here it would be drawn. */
const GUARD = /^\s*Use the following text as the complete prompt\. Do not rewrite it:\s*/;

export function withoutGuard(prompt: string): string {
	return prompt.replace(GUARD, "");
}

export function toImageRequest(wish: Wish, { offered, defaultModel }: Catalogue): Parsed<ImageRequest> {
	const name = wish.model ?? defaultModel;
	const found = findModel(name, offered);
	if (!found.ok) return refuse({ kind: "model_not_found", model: name, near: found.near });
	const { model } = found;

	const n = wish.n ?? 1;
	if (n > model.maxImages) {
		return invalid(
			"n",
			`'${model.id}' makes at most ${model.maxImages} picture${model.maxImages === 1 ? "" : "s"} in one request.`,
		);
	}
	const size = typeof wish.size === "string" ? parseSize(wish.size) : (wish.size ?? { kind: "auto" });
	if (size === null)
		return invalid("size", `'${wish.size}' is not a size. '${model.id}' takes ${describeSizes(model)}.`);
	const quality = QUALITIES.get(wish.quality?.toLowerCase() ?? "auto");
	if (quality === undefined) return invalid("quality", `quality is one of ${[...QUALITIES.keys()].join(", ")}.`);
	const outputFormat = wish.outputFormat === undefined ? null : OUTPUT_FORMATS.get(wish.outputFormat.toLowerCase());
	if (outputFormat === undefined) return invalid("output_format", "output_format is one of png, jpeg, webp.");
	const fal = wish.fal ?? {};
	const refused = checkExtras(fal);
	if (refused !== null) return invalid(`fal.${refused}`, `fal.${refused} cannot be set here.`);

	const request = {
		prompt: wish.prompt,
		model: model.id,
		n,
		size,
		quality,
		outputFormat,
		seed: wish.seed ?? null,
		fal,
	};
	const legal = toFalInput(model, request);
	return legal.ok ? { ok: true, value: request } : invalid(legal.param, legal.message);
}

function refuse(error: RequestError): Parsed<never> {
	return { ok: false, error };
}
function invalid(param: string | null, message: string) {
	return refuse({ kind: "invalid_value", param, message });
}

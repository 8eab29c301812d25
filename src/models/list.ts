/** The rows of `/v1/models`. */

import { ok, type Result } from "../result.ts";
import { rowOf } from "./catalogue/index.ts";
import type { CatalogueModel, Endpoint, Model, SchemaTraits } from "./catalogue/types.ts";
import { findModel, hasUnofferedSuccessor, listedNames, type ModelNotFound, type OfferedModels } from "./names.ts";
import { type PriceRow, priceRows } from "./price.ts";
import { NOTHING_PUBLISHED, type Published, withPublished } from "./published-price.ts";
import { toSchemaModel } from "./submission.ts";

/**
 * A model in OpenAI's fields (platform.openai.com/docs/api-reference/models), with the older ones that gateways read, and with those of
 * OpenRouter's list that say what a model takes.
 */
export interface ModelRow {
	readonly id: string;
	readonly object: "model";
	/** Seconds since 1970. */
	readonly created: number;
	readonly owned_by: "fal-ai";
	readonly permission: readonly never[];
	readonly root: string;
	readonly parent: null;
	/** The day since which fal has it no longer. Null: it has no end yet. */
	readonly shutdown_date: string | null;
	/** The model that takes over its jobs then. Null: none does, or it is not offered here. */
	readonly successor: string | null;
	readonly architecture: {
		readonly input_modalities: readonly ("text" | "image")[];
		readonly output_modalities: readonly ["image"];
	};
	/** The fields of a request that it heeds. */
	readonly supported_parameters: readonly string[];
	/** The model that draws a request with pictures: itself or another one. Null: none does. */
	readonly edit_model: string | null;
	/** The most pictures that a request may bring along. */
	readonly max_input_images: number;
	/** Empty if nobody has told what it costs. */
	readonly prices: readonly PriceRow[];
}

/** Lists the offered models, the best known first. */
export function listRows(offered: OfferedModels, published: Published): readonly ModelRow[] {
	return listedNames(offered).flatMap((name) => {
		const row = findRow(name, offered, { published });
		return row.ok ? [row.value] : [];
	});
}

/** Returns the endpoints whose prices the list shows. */
export function endpointsOf(offered: OfferedModels): readonly string[] {
	const found = listedNames(offered).map((name) => findModel(name, offered));
	return [...new Set(found.flatMap((model) => (model.ok ? [model.value.endpoint] : [])))];
}

/** Knowledge of a model beside the catalogue. */
interface Known {
	readonly defaultModel?: string;
	/** The model's traits as fal's schema has them; null or absent if the catalogue has them, or nobody. */
	readonly traits?: SchemaTraits | null;
	/** Absent: nothing. */
	readonly published?: Published;
}

/** Returns the row of any name that `findModel` finds, under that name. */
export function findRow(
	name: string,
	offered: OfferedModels,
	{ defaultModel, traits = null, published = NOTHING_PUBLISHED }: Known = {},
): Result<ModelRow, ModelNotFound> {
	const found = findModel(name, offered, defaultModel);
	if (!found.ok) return found;
	const model = traits === null ? found.value : toSchemaModel(found.value.id, traits);
	return ok(toRow(name, withPublished(model, published), offered));
}

function toRow(name: string, model: Model, offered: OfferedModels): ModelRow {
	const isRaw = model.endpoint === model.id;
	const id = isRaw ? model.id : name.trim().toLowerCase();
	const own = rowOf(model.id);
	const editor = editorOf(model, offered);
	const edits = editor === null ? [] : (editor.edits ?? [editor]);
	const endpoints = model.editedBy === undefined ? [model, ...edits] : [model];
	const max = Math.max(0, ...edits.map(({ images }) => images?.max ?? 0));
	return {
		id,
		object: "model",
		created: secondsOf(own),
		owned_by: "fal-ai",
		permission: [],
		root: id,
		parent: null,
		shutdown_date: own?.shutdownOn ?? null,
		successor: own && !hasUnofferedSuccessor(own.id, offered) ? own.successor : null,
		architecture: {
			input_modalities: model.prompt === null ? ["image"] : max > 0 ? ["text", "image"] : ["text"],
			output_modalities: ["image"],
		},
		supported_parameters: PARAMETERS.flatMap(([parameter, isTaken]) =>
			endpoints.some(isTaken) || (isAboutPictures(parameter) && edits.some(isTaken)) ? [parameter] : [],
		),
		edit_model: max > 0 ? (editor?.id ?? null) : null,
		max_input_images: max,
		prices: priceRows(model),
	};
}

/** fal does not publish the release of a raw model. The field takes only numbers, so 0 stands for unknown. */
function secondsOf(own: CatalogueModel | undefined): number {
	return own === undefined || own.releasedOn === null ? 0 : Date.parse(own.releasedOn) / 1000;
}

/** Returns the model whose endpoints edit for it; null if the operator does not offer that one. */
function editorOf(model: Model, offered: OfferedModels): Model | null {
	if (model.editedBy === undefined) return model;
	const found = findModel(model.editedBy, offered);
	return found.ok ? found.value : null;
}

function isAboutPictures(parameter: string): boolean {
	return parameter === "image" || parameter === "mask";
}

/** The fields of OpenAI's requests for pictures, and whether an endpoint can be told them. */
const PARAMETERS: readonly (readonly [parameter: string, isTaken: (endpoint: Endpoint) => boolean])[] = [
	["prompt", ({ prompt }) => prompt !== null],
	["image", ({ images }) => images !== undefined],
	["mask", ({ mask }) => mask !== undefined],
	["n", () => true],
	["size", ({ dialect }) => dialect.kind !== "none"],
	["quality", ({ quality, resolutions }) => quality !== null || resolutions !== undefined],
	["output_format", ({ outputFormats }) => outputFormats.length > 0],
	["background", ({ background }) => background === true],
	["input_fidelity", ({ inputFidelity }) => inputFidelity === true],
	["moderation", ({ lenient }) => lenient !== undefined],
	["seed", ({ seed }) => seed],
	["negative_prompt", ({ negativePrompt }) => negativePrompt === true],
];

/** The rows of `/v1/models`. */

import { ok, type Result } from "../result.ts";
import { rowOf } from "./catalogue/index.ts";
import type { CatalogueModel, Model, SchemaTraits } from "./catalogue/types.ts";
import { MAX_COUNT } from "./fal-input.ts";
import { findModel, hasUnofferedSuccessor, listedNames, type ModelNotFound, type OfferedModels } from "./names.ts";
import { type Operations, operationsOf, parametersOf } from "./operations.ts";
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
	/** The model behind the name: equal for all its names. */
	readonly canonical_slug: string;
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
	/** The most pictures that a request may ask for. */
	readonly max_n: number;
	readonly operations: Operations;
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
	/** The row tells the inputs at fal, too. Absent: it is one of a list. */
	readonly isWhole?: true;
}

/** Returns the row of any name that `findModel` finds, under that name. */
export function findRow(
	name: string,
	offered: OfferedModels,
	{ defaultModel, traits = null, published = NOTHING_PUBLISHED, isWhole }: Known = {},
): Result<ModelRow, ModelNotFound> {
	const found = findModel(name, offered, defaultModel);
	if (!found.ok) return found;
	const model = traits === null ? found.value : toSchemaModel(found.value.id, traits);
	return ok(toRow(name, withPublished(model, published), offered, isWhole));
}

const ABOUT_PICTURES = ["image", "mask"];

function toRow(name: string, model: Model, offered: OfferedModels, isWhole?: true): ModelRow {
	const isRaw = model.endpoint === model.id;
	const id = isRaw ? model.id : name.trim().toLowerCase();
	const row = rowOf(model.id);
	const editor = editorOf(model, offered);
	const edits = editor === null ? [] : (editor.edits ?? [editor]);
	const endpoints = model.editedBy === undefined ? [model, ...edits] : [model];
	const own = parametersOf(endpoints);
	const max = Math.max(0, ...edits.map(({ images }) => images?.max ?? 0));
	return {
		id,
		object: "model",
		created: secondsOf(row),
		owned_by: "fal-ai",
		permission: [],
		root: id,
		parent: null,
		canonical_slug: model.id,
		shutdown_date: row?.shutdownOn ?? null,
		successor: row && !hasUnofferedSuccessor(row.id, offered) ? row.successor : null,
		architecture: {
			input_modalities: model.prompt === null ? ["image"] : max > 0 ? ["text", "image"] : ["text"],
			output_modalities: ["image"],
		},
		// Of another model that edits for it, only the pictures count.
		supported_parameters: parametersOf([...endpoints, ...edits]).filter(
			(parameter) => ABOUT_PICTURES.includes(parameter) || own.includes(parameter),
		),
		edit_model: max > 0 ? (editor?.id ?? null) : null,
		max_input_images: max,
		max_n: MAX_COUNT,
		operations: operationsOf(model, editor, isWhole),
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

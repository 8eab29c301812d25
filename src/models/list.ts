/** The rows of `/v1/models`. */

import { ok, type Result } from "../result.ts";
import type { Model } from "./catalogue/types.ts";
import { findModel, listedNames, type ModelNotFound, type OfferedModels, releaseOf } from "./names.ts";

/** A model in OpenAI's fields (platform.openai.com/docs/api-reference/models), with the older ones that gateways read. */
export interface ModelRow {
	readonly id: string;
	readonly object: "model";
	/** Seconds since 1970. */
	readonly created: number;
	readonly owned_by: "fal-ai";
	readonly permission: readonly never[];
	readonly root: string;
	readonly parent: null;
}

/** Lists the offered models, the best known first. */
export function listRows(offered: OfferedModels): readonly ModelRow[] {
	return listedNames(offered).flatMap((name) => {
		const row = findRow(name, offered);
		return row.ok ? [row.value] : [];
	});
}

/** Returns the row of any name that `findModel` finds, under that name. */
export function findRow(name: string, offered: OfferedModels, defaultModel?: string): Result<ModelRow, ModelNotFound> {
	const found = findModel(name, offered, defaultModel);
	return found.ok ? ok(toRow(name, found.value)) : found;
}

function toRow(name: string, model: Model): ModelRow {
	const isRaw = model.endpoint === model.id;
	const id = isRaw ? model.id : name.trim().toLowerCase();
	const release = releaseOf(model.id);
	return {
		id,
		object: "model",
		// fal does not publish the release of a raw model. The field takes only numbers, so 0 stands for unknown.
		created: release === null ? 0 : Date.parse(release) / 1000,
		owned_by: "fal-ai",
		permission: [],
		root: id,
		parent: null,
	};
}

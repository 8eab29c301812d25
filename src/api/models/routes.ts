/** The routes of the model list. */

import type { Context } from "../../context.ts";
import { Refusal } from "../../http/refusal.ts";
import { findModel, findRow, listModels as listRows } from "../../models/names.ts";

export function listModels(_request: Request, { config }: Context): Response {
	return Response.json({ object: "list", data: listRows(config.offered) });
}

/** Answers with one model, by any of its names. A slash in the name may come as `%2F`. */
export function getModel(_request: Request, { config, params }: Context): Response {
	const id = params.id ?? "";
	const row = findRow(id, config.offered);
	if (row !== null) return Response.json(row);
	const found = findModel(id, config.offered);
	throw new Refusal({ kind: "model_not_found", model: id, near: found.ok ? [] : found.near });
}

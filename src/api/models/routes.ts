import { Refusal } from "../../http/http.ts";
import { listModels as catalogue, findModel, findRow } from "../../models/names.ts";
import type { Context } from "../context.ts";

/** `GET /v1/models` */
export function listModels(_request: Request, { config }: Context): Response {
	return Response.json({ object: "list", data: catalogue(config.offered) });
}

/** `GET /v1/models/{id}`: a slash in the id may come as `%2F`. */
export function getModel(_request: Request, { config, params }: Context): Response {
	const id = params.id ?? "";
	const row = findRow(id, config.offered);
	if (row !== null) return Response.json(row);
	const found = findModel(id, config.offered);
	throw new Refusal({ kind: "model_not_found", model: id, near: found.ok ? [] : found.near });
}

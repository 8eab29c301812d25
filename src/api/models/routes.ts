/** The routes of the model list. */

import type { Context } from "../../context.ts";
import { orRefuse } from "../../http/refusal.ts";
import { findRow, listRows } from "../../models/list.ts";

export function listModels(_request: Request, { config }: Context): Response {
	return Response.json({ object: "list", data: listRows(config.offered) });
}

/** Answers with one model, by any of its names. A slash in the name may come as `%2F`. */
export function getModel(_request: Request, { config, params }: Context): Response {
	return Response.json(orRefuse(findRow(params.id ?? "", config.offered)));
}

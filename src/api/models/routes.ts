/** The routes of the model list. */

import type { Context } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse } from "../../http/refusal.ts";
import { findRow, listRows } from "../../models/list.ts";

export function listModels(_request: Request, { config }: Context): Response {
	return jsonResponse({ object: "list", data: listRows(config.offered) });
}

/** Answers with one model, by any of its names. A slash in the name may come as `%2F`. */
export function getModel(_request: Request, { config, params }: Context): Response {
	return jsonResponse(orRefuse(findRow(params.id ?? "", config.offered, config.defaultModel)));
}

/** The routes of the model list. */

import type { Context } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse } from "../../http/refusal.ts";
import { findRow, listRows } from "../../models/list.ts";
import { findTraits } from "../request/find-traits.ts";

export function listModels(_request: Request, { config }: Context): Response {
	return jsonResponse({ object: "list", data: listRows(config.offered) });
}

/** Answers with one model, by any of its names, or as fal's schema describes it. A slash in the name may come as `%2F`. */
export async function getModel(_request: Request, context: Context): Promise<Response> {
	const { config, params } = context;
	const id = params.id ?? "";
	const traits = orRefuse(await findTraits(id, context));
	return jsonResponse(orRefuse(findRow(id, config.offered, config.defaultModel, traits)));
}

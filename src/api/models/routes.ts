/** The routes of the model list. */

import { checkKey } from "../../account/key-check.ts";
import type { Context } from "../../context.ts";
import { pricesOf } from "../../fal/prices.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse } from "../../http/refusal.ts";
import { endpointsOf, findRow, listRows } from "../../models/list.ts";
import { offeredTo } from "../../models/names.ts";
import { findTraits } from "../request/find-traits.ts";

/** Lists the models that the key may use. */
export async function listModels(_request: Request, asker: Context): Promise<Response> {
	const context = await withinKey(asker);
	const { offered } = context.config;
	const prices = pricesOf(context);
	await prices.learn(endpointsOf(offered));
	return jsonResponse({ object: "list", data: listRows(offered, prices.published()) });
}

/** Answers with one model, by any of its names, or as fal's schema describes it. A slash in the name may come as `%2F`. */
export async function getModel(_request: Request, asker: Context): Promise<Response> {
	const context = await withinKey(asker);
	const { config, params } = context;
	const id = params.id ?? "";
	const traits = orRefuse(await findTraits(id, context));
	const { offered, defaultModel } = config;
	const prices = pricesOf(context);
	await prices.learn(endpointsOf({ kind: "list", names: [id] }));
	const known = { defaultModel, traits, published: prices.published(), isWhole: true } as const;
	return jsonResponse(orRefuse(findRow(id, offered, known)));
}

/** Returns the context in which only the models of the key are offered. The key was just checked, so nobody is asked. */
async function withinKey(context: Context): Promise<Context> {
	const { env, config, caller } = context;
	const { models } = orRefuse(await checkKey(env, caller));
	return { ...context, config: { ...config, offered: offeredTo(models, config.offered) } };
}

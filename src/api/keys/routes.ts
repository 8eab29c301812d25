/** The route that tells an access key what it is. */

import type { Context } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { webhookSecretOf } from "../../webhooks/signature.ts";

/** Answers with the account of the key that asks, and with what that account needs to check its webhooks. */
export async function getKey(_request: Request, { config, caller }: Context): Promise<Response> {
	const { account, scopes } = caller;
	const key = { object: "key", account, scopes, webhook_secret: await webhookSecretOf(config, account) };
	return jsonResponse(key, { headers: { "cache-control": "no-store" } });
}

/** The address that fal sends webhooks to. */

import type { OpenContext } from "../../context.ts";
import { isRequestId } from "../../fal/fal-request-id.ts";
import { MAX_WEBHOOK_BYTES, readWebhookBody, verifyWebhook } from "../../fal/webhook.ts";
import { readWebhook } from "../../fal/wire.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { Refusal } from "../../http/refusal.ts";
import { isJobId } from "../../job-id.ts";
import { createLinks } from "../../media/links.ts";
import { secretsOf } from "../../scrub.ts";
import { callJob } from "../../stub.ts";

/**
 * Takes a webhook. Our own MAC says that the address is one we gave out, fal's signature that fal speaks, and the request's id
 * that it speaks of this job: any customer of fal can have a body signed and sent here.
 */
export async function takeFalWebhook(request: Request, { env, config, params }: OpenContext): Promise<Response> {
	const { job = "", slot: named, mac = "" } = params;
	const slot = named === undefined ? 0 : readSlot(named);
	if (!isJobId(job) || slot === null || !(await createLinks(config).verifyWebhookMac(job, slot, mac)))
		throw new Refusal({ kind: "forged_webhook" });

	const body = await readWebhookBody(request).catch(() => null);
	if (body === null) throw new Refusal({ kind: "body_too_large", maxBytes: MAX_WEBHOOK_BYTES });
	const trust = { jwksUrl: config.falJwksUrl, nowMs: Date.now() };
	if (!(await verifyWebhook(request.headers, body.sha256, trust))) throw new Refusal({ kind: "forged_webhook" });

	// A body too large to parse still says, in its signed headers, which request is done.
	const requestId = request.headers.get("x-fal-webhook-request-id") ?? "";
	const whole = body.text === null ? null : readWebhook(body.text, secretsOf(config.falAccounts));
	const message = body.text === null && isRequestId(requestId) ? { requestId, result: null } : whole;
	if (message === null) throw new Refusal({ kind: "invalid_json", body: "no_webhook" });

	switch (await callJob(env, job, (stub) => stub.webhook(message.requestId, message.result, slot))) {
		case "taken":
			return jsonResponse({ ok: true });
		case "not_yet":
			throw new Refusal({ kind: "result_unavailable" });
		case "no_job":
			throw new Refusal({ kind: "not_found", what: "job" });
		case "other_request":
			throw new Refusal({ kind: "forged_webhook" });
	}
}

/** Reads the number of a further slot. Null for any other text: slot 0 has an address without a number. */
function readSlot(text: string): number | null {
	return /^[1-9]$/.test(text) ? Number(text) : null;
}

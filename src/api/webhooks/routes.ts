import { MAX_WEBHOOK_BYTES, readWebhookBody, verifyWebhook } from "../../fal/webhook.ts";
import { readWebhook } from "../../fal/wire.ts";
import { Refusal, refuse } from "../../http/http.ts";
import { createLinks } from "../../media/links.ts";
import type { Context } from "../context.ts";

const JOB = /^[0-9a-f]{64}$/;

/**
 * `POST /webhooks/fal/{job}/{mac}`. Our own MAC says that the address is one we gave out, fal's signature that fal speaks, and
 * the request's id that it speaks of this job: any customer of fal can have a body signed and sent here.
 */
export async function falWebhook(request: Request, { env, config, params }: Context): Promise<Response> {
	const { job = "", mac = "" } = params;
	if (!JOB.test(job) || !(await createLinks(config).verifyWebhookMac(job, mac)))
		return refuse({ kind: "forged_webhook" });

	const body = await readWebhookBody(request).catch(() => null);
	if (body === null) throw new Refusal({ kind: "body_too_large", maxBytes: MAX_WEBHOOK_BYTES });
	const trust = { jwksUrl: config.falJwksUrl, nowMs: Date.now() };
	if (!(await verifyWebhook(request.headers, body.sha256, trust))) return refuse({ kind: "forged_webhook" });

	// A body too large to parse still says, in its signed headers, which request is done.
	const requestId = request.headers.get("x-fal-webhook-request-id") ?? "";
	const news = body.text === null ? { requestId, result: null } : readWebhook(body.text);
	if (news === null) throw new Refusal({ kind: "invalid_json", message: "This is not a webhook of fal's." });

	switch (await env.JOB.get(env.JOB.idFromString(job)).webhook(news.requestId, news.result)) {
		case "taken":
			return Response.json({ ok: true });
		case "no_job":
			return refuse({ kind: "not_found", what: "job" });
		case "other_request":
			return refuse({ kind: "forged_webhook" });
	}
}

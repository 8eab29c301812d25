/** Builds, delivers and repeats webhooks as fal does. */
import type { Fields } from "./json.ts";
import { signWebhook } from "./keys.ts";
import type { QueueResult } from "./output.ts";
import type { Plan } from "./plan.ts";

/** One try to deliver a webhook. */
export type Delivery = {
	at: number;
	/** Null if no answer came. */
	status: number | null;
	error?: string;
	forged: boolean;
	ms: number;
	/** True if the control route sent it. */
	ordered?: boolean;
};

/** A webhook to send. The signature covers the exact bytes of `body`. */
export type Message = {
	url: string;
	body: string;
	requestId: string;
	forged: boolean;
	timestamp?: number;
	/** Take the place of those of the signature. */
	headers?: Record<string, string>;
};

const USER_ID = "simulator";
const TIMEOUT_MS = 15_000;
const TWICE_AFTER_MS = 100;
/** Times between deliveries. fal waits longer: it tries ten times or more over up to two hours. */
const BACKOFF_MS = [200, 500, 1000, 2000, 5000, 5000, 10_000, 10_000, 30_000];

/** Builds the body that fal sends: the output, or the error of the result. */
export function webhookBody(requestId: string, gatewayRequestId: string, result: QueueResult, plan: Plan): Fields {
	const ids = { request_id: requestId, gateway_request_id: gatewayRequestId };
	if (plan.webhook === "null-payload") {
		const payload_error =
			"Response payload is not JSON serializable. Either return a JSON serializable object or use the queue endpoint to retrieve the response.";
		return { ...ids, status: "OK", payload: null, payload_error };
	}
	if (plan.webhook === "unexplained") {
		return { ...ids, status: "ERROR", error: "Invalid status code: 500", payload: null, payload_error: "not readable" };
	}
	if (result.status === 200) return { ...ids, status: "OK", payload: result.body };
	return { ...ids, status: "ERROR", error: `Invalid status code: ${result.status}`, payload: result.body };
}

/** Returns the time of the next delivery, in epoch milliseconds; null if there is none. */
export function nextDelivery(plan: Plan, completedAt: number, deliveries: readonly Delivery[]): number | null {
	if (plan.webhook === "never") return null;
	const tries = deliveries.filter(({ ordered }) => !ordered);
	const last = tries.at(-1);
	if (!last) return completedAt + plan.webhookDelayMs;
	if (last.forged || isRedirect(last)) return null;
	const accepted = tries.filter(isAccepted).length;
	if (accepted >= (plan.webhook === "twice" ? 2 : 1)) return null;
	if (isAccepted(last)) return last.at + last.ms + TWICE_AFTER_MS;
	const wait = BACKOFF_MS[tries.length - 1 - accepted];
	return wait === undefined ? null : last.at + last.ms + wait;
}

function isAccepted({ status }: Delivery): boolean {
	return status !== null && status >= 200 && status < 300;
}
function isRedirect({ status }: Delivery): boolean {
	return status !== null && status >= 300 && status < 400;
}

/** Delivers once. It never throws, because the record of the delivery holds the error. */
export async function deliver(message: Message, send: typeof fetch, now: () => number): Promise<Delivery> {
	const at = now();
	const { forged } = message;
	try {
		const signature = await signWebhook({
			...message,
			userId: USER_ID,
			timestamp: message.timestamp ?? Math.floor(at / 1000),
		});
		const response = await send(message.url, {
			method: "POST",
			redirect: "manual",
			headers: { "content-type": "application/json", "user-agent": "fal-simulator", ...signature, ...message.headers },
			body: message.body,
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		await response.body?.cancel();
		return { at, status: response.status, forged, ms: now() - at };
	} catch (error) {
		return { at, status: null, error: String(error), forged, ms: now() - at };
	}
}

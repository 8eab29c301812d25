/** Sends a notice to a client's webhook. */

import type { Config } from "../config.ts";
import type { NoticeAnswer } from "../core/inputs.ts";
import { NOTICE_TIMEOUT_MS } from "../core/schedule.ts";
import { withTimeout } from "../http/timeout.ts";
import { signNotice } from "./signature.ts";
import { toWebhookUrl } from "./target.ts";

export interface Notice {
	readonly address: string;
	readonly account: string;
	/** The same for each try: receivers know a repeated one by it. */
	readonly id: string;
	readonly body: string;
}

export interface SendOptions {
	/** Stops the call. */
	readonly signal: AbortSignal;
	readonly fetch?: typeof fetch;
	readonly timeoutMs?: number;
}

/** Standard Webhooks: this receiver wants no more. */
const GONE = 410;

/** Sends it once. Never throws, so that no log gets to see the address. The answer's body is not read, and redirects are not followed. */
export async function sendNotice(
	config: Pick<Config, "signingSecrets" | "falQueueUrl">,
	{ address, account, id, body }: Notice,
	{ signal, fetch: call = fetch, timeoutMs = NOTICE_TIMEOUT_MS }: SendOptions,
): Promise<NoticeAnswer> {
	// Checked again: the settings may be others than when the job was made.
	const url = toWebhookUrl(address, config);
	if (url === null) return { kind: "refused", status: null };
	try {
		const headers = {
			"content-type": "application/json",
			"user-agent": "darkroom",
			...(await signNotice(config, account, { id, body, now: Date.now() })),
		};
		return await withTimeout(timeoutMs, async (timeout) => {
			const both = AbortSignal.any([signal, timeout]);
			const answer = await call(url, { method: "POST", redirect: "manual", headers, body, signal: both });
			// It may never end.
			answer.body?.cancel().catch(() => {});
			return toAnswer(answer.status);
		});
	} catch {
		return { kind: "failed", status: null };
	}
}

function toAnswer(status: number): NoticeAnswer {
	if (status >= 200 && status < 300) return { kind: "taken", status };
	return { kind: status === GONE ? "refused" : "failed", status };
}

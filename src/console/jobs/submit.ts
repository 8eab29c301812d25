/** Sends a request until it is answered: a lost answer is asked for again under the same key, over a reload of the page too. */

import { effect } from "@preact/signals";
import type { Api } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import { setClock } from "./clock.ts";
import type { Entries } from "./entries.ts";
import { retryDelay } from "./follow-policy.ts";
import { isOnline, reportAnswer, reportEnd, reportFailure } from "./network.ts";
import { toRequest } from "./request.ts";
import { isSentAgain, MAX_TRIES } from "./sending-policy.ts";
import { sleep } from "./sleep.ts";

/**
 * Sends the request of an entry. Its card then goes on as that of the job, or says why there is none.
 * @param stop ends it, such as when somebody else signs in
 */
export async function send(api: Api, entries: Entries, local: string, stop: AbortSignal): Promise<void> {
	for (let tries = 1; ; tries += 1) {
		await untilOnline(stop);
		const sending = entries.get(local)?.sending ?? null;
		if (sending === null || stop.aborted) return;
		const { draft, idempotencyKey } = sending;
		const { path, body } = await toRequest(draft, location.origin);
		const headers = { "idempotency-key": idempotencyKey };
		const sent = await api.open(path, { method: "POST", body, headers, signal: stop });
		if (stop.aborted) return;
		const id = sent.ok ? sent.value.headers.get("x-job-id") : null;
		if (sent.ok && id !== null) {
			setClock(sent.value.headers);
			reportAnswer();
			entries.adopt(local, `job_${id}`);
			return;
		}
		// An answer of a job without a job is something between here and the gateway.
		const failure: Failure = sent.ok ? { kind: "unreachable" } : sent.error;
		if (failure.kind === "unreachable") reportFailure(local);
		else reportAnswer();
		if (!isSentAgain(failure) || tries >= MAX_TRIES) {
			reportEnd(local);
			entries.update(local, (entry) => ({ ...entry, sending: { ...sending, failure } }));
			return;
		}
		await sleep(retryDelay(tries, Math.random()), stop);
	}
}

function untilOnline(stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			stop.removeEventListener("abort", end);
			queueMicrotask(() => dispose());
			resolve();
		};
		const dispose = effect(() => {
			if (isOnline.value || stop.aborted) end();
		});
		stop.addEventListener("abort", end);
	});
}

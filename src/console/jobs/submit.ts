/** Sends a request until it is answered: a lost answer is asked for again under the same key, over a reload of the page too. */

import { effect, type ReadonlySignal } from "@preact/signals";
import type { Api } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import { setClock } from "./clock.ts";
import { deleteJob } from "./deletion.ts";
import type { Entries } from "./entries.ts";
import { retryDelay } from "./follow-policy.ts";
import { toRequest } from "./request.ts";
import { isSentAgain, MAX_TRIES } from "./sending-policy.ts";
import { sleep } from "./sleep.ts";

/** Knows how the page stands with the gateway, and is told. */
export interface Network {
	/** False if the browser has no network. */
	readonly isOnline: ReadonlySignal<boolean>;
	readonly reportAnswer: () => void;
	readonly reportFailure: (who: string) => void;
	readonly reportEnd: (who: string) => void;
}

export interface Sender {
	readonly api: Api;
	readonly entries: Entries;
	readonly network: Network;
	/** The page's. */
	readonly origin: string;
	/** Ends it, such as when somebody else signs in. */
	readonly stop: AbortSignal;
}

/** Sends the request of an entry. Its card then goes on as that of the job, or says why there is none. If the card was deleted meanwhile, the job is, too. */
export async function send(sender: Sender, local: string): Promise<void> {
	try {
		await sendOn(sender, local);
	} finally {
		sender.network.reportEnd(local);
	}
}

async function sendOn({ api, entries, network, origin, stop }: Sender, local: string): Promise<void> {
	for (let tries = 1; ; tries += 1) {
		await untilOnline(network.isOnline, stop);
		const sending = entries.get(local)?.sending ?? null;
		if (sending === null || stop.aborted) return;
		const { draft, idempotencyKey } = sending;
		const { path, body } = await toRequest(draft, origin);
		const headers = { "idempotency-key": idempotencyKey };
		const sent = await api.open(path, { method: "POST", body, headers, signal: stop });
		if (stop.aborted) return;
		const isDeleted = entries.get(local) === undefined;
		const id = sent.ok ? sent.value.headers.get("x-job-id") : null;
		if (sent.ok && id !== null) {
			setClock(sent.value.headers);
			network.reportAnswer();
			if (isDeleted) await deleteJob(api, entries, `job_${id}`);
			else entries.adopt(local, `job_${id}`);
			return;
		}
		if (isDeleted) return;
		// An answer of a job without a job is something between here and the gateway.
		const failure: Failure = sent.ok ? { kind: "unreachable" } : sent.error;
		if (failure.kind === "unreachable") network.reportFailure(local);
		else network.reportAnswer();
		if (!isSentAgain(failure) || tries >= MAX_TRIES) {
			entries.update(local, (entry) => ({ ...entry, sending: { ...sending, failure } }));
			return;
		}
		await sleep(retryDelay(tries, Math.random()), stop);
	}
}

function untilOnline(isOnline: Network["isOnline"], stop: AbortSignal): Promise<void> {
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

/** Runs the effects of one instance. Gives each of them its part of the platform: fal's queue and list, R2, links, the client's webhook. */

import type { Config } from "../../config.ts";
import type { JobEvent, OfFalAccount } from "../../core/events.ts";
import type { SubmitAnswer } from "../../core/fal-answers.ts";
import { type Effect, type Input, ofSlot } from "../../core/inputs.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { detailsOf, type State } from "../../core/state.ts";
import { askBill } from "../../fal/billing.ts";
import { createQueue } from "../../fal/queue.ts";
import { rememberRefusal } from "../../fal/refused-accounts.ts";
import { createRequests } from "../../fal/requests.ts";
import { createLinks } from "../../media/links.ts";
import { logWarning } from "../../telemetry/log.ts";
import { attach, toAttachDeps, type Uploaded } from "./attach.ts";
import { type EffectDeps, runEffect } from "./effects.ts";
import { notify } from "./notify.ts";
import type { SlotMemory } from "./slot-memory.ts";

/** One instance of a job's object. */
export interface Instance {
	readonly jobId: string;
	readonly config: () => Config;
	readonly bucket: () => R2Bucket;
	readonly state: () => State;
	readonly readLog: () => readonly JobEvent[];
	/** Renders the job as its clients see it. */
	readonly show: (log: readonly LinkedEvent[]) => object;
	readonly memory: SlotMemory;
	readonly erase: () => Promise<void>;
	/** Tells the account what the job came to. */
	readonly settle: () => Promise<void>;
	/** Stops whatever is on its way: the job is being erased. */
	readonly erasing: AbortSignal;
}

/** Returns a function that runs an effect, and returns its outcome for the effect's slot; null if there is nothing to tell the job. */
export function createRunner(instance: Instance): (effect: Effect) => Promise<Input | null> {
	const { jobId, state, readLog, show, memory, erase, settle, erasing } = instance;
	// The submits of all slots bring the same pictures along.
	const uploaded: Uploaded = new Map();
	const depsOf = (slot: number): EffectDeps => {
		const [config, bucket] = [instance.config(), instance.bucket()];
		return {
			jobId,
			queue: createQueue(config),
			requests: createRequests(config),
			bucket,
			queueOrigin: new URL(config.falQueueUrl).origin,
			attach: async (attachments, account) => {
				const job = detailsOf(state());
				if (job === null || attachments.length === 0) return { kind: "ready", fields: {} };
				const signal = AbortSignal.any([erasing, memory.givenUp(slot)]);
				return attach(attachments, uploaded, toAttachDeps(job, { jobId, bucket, config, account, signal }));
			},
			outputs: () => memory.outputs(slot),
			webhookPath: (of) => createLinks(config).webhookPath(jobId, of),
			erase,
			settle,
			notify: (address) => notify(address, { config, jobId, log: readLog(), show, signal: erasing }),
			askBill: ({ requestIds, since }) => askBill(config, requestIds, since),
			countUnreadable: () => memory.countUnreadable(slot),
			submitSettled: memory.settled(slot),
			givenUp: memory.givenUp(slot),
			erasing,
		};
	};
	return async (effect) => {
		const { slot = 0 } = effect;
		const outcome = await runEffect(effect, depsOf(slot));
		if (effect.type === "submit" && outcome?.type === "submit_answered") noteRefusal(effect, outcome.answer, jobId);
		if (outcome?.type === "store_failed")
			logWarning("A picture could not be stored yet.", { job: jobId, why: outcome.why });
		return outcome === null ? null : { ...outcome, ...ofSlot(slot) };
	};
}

/** Says in the log which account fal refuses: once a minute, since the next jobs ask another one first. */
function noteRefusal({ falAccount }: OfFalAccount, answer: SubmitAnswer, job: string): void {
	if (falAccount === undefined || !rememberRefusal(falAccount, answer, Date.now())) return;
	if (answer.kind === "account_refused")
		logWarning("fal refuses an account of FAL_API_KEY.", { job, account: falAccount, code: answer.error.code });
}

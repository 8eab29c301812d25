/** Runs one effect, and says what came of it. One case an effect; none of them decides anything. */
import type { Billed, OfFalAccount } from "../../core/events.ts";
import type { FalOutput, SubmitAnswer } from "../../core/fal-answers.ts";
import type { Effect, Input, NoticeAnswer } from "../../core/inputs.ts";
import { STORE_TIMEOUT_MS } from "../../core/schedule.ts";
import type { Queue } from "../../fal/queue.ts";
import type { Requests } from "../../fal/requests.ts";
import { withTimeout } from "../../http/timeout.ts";
import { deletePictures, storePicture } from "../../media/store.ts";
import { putThumbnail } from "../../media/thumbnails.ts";
import type { Attachment } from "../../models/attachments.ts";
import type { Attached } from "./attach.ts";
import { webhookBaseOf } from "./webhook-base.ts";

export interface EffectDeps {
	readonly jobId: string;
	readonly queue: Queue;
	readonly requests: Requests;
	readonly bucket: R2Bucket;
	/** Pictures are fetched from public hosts, and from where the queue is: a simulator's may be of the inside. */
	readonly queueOrigin: string;
	/** Turns the pictures of a submit into addresses. */
	readonly attach: (attachments: readonly Attachment[], account: OfFalAccount) => Promise<Attached>;
	/** fal's outputs as this instance got them, with their `data:` URIs; null if it got none. */
	readonly outputs: () => readonly FalOutput[] | null;
	readonly erase: () => Promise<void>;
	/** Tells the account what the job came to. */
	readonly settle: () => Promise<void>;
	/** Tells the client's webhook how the job ended. */
	readonly notify: (address: string) => Promise<NoticeAnswer>;
	/** Asks fal what it charges for requests that came since then. */
	readonly askBill: (asked: Pick<Effect & { type: "bill" }, "requestIds" | "since">) => Promise<readonly Billed[]>;
	/** Counts a status that cannot be read. Returns how many came in a row. */
	readonly countUnreadable: () => number;
	/** Returns the path of the address that fal calls for a slot. */
	readonly webhookPath: (slot: number) => Promise<string>;
	/** Stops a submit: fal is known to have the request. */
	readonly submitSettled: AbortSignal;
	/** Keeps a submit from leaving: nobody wants its picture any more. */
	readonly givenUp: AbortSignal;
	/** Stops a picture on its way: the job is being erased. */
	readonly erasing: AbortSignal;
}

/** Null if there is nothing to tell the job. */
export async function runEffect(effect: Effect, deps: EffectDeps): Promise<Input | null> {
	const { queue } = deps;
	switch (effect.type) {
		case "submit":
			return { type: "submit_answered", answer: await submit(effect, deps) };
		case "look_up":
			return { type: "looked_up", answer: await deps.requests.find(effect) };
		case "poll": {
			const status = await queue.status(effect);
			return status === null
				? { type: "status_unreadable", inARow: deps.countUnreadable() }
				: { type: "status", status };
		}
		case "fetch_result":
			return {
				type: "result",
				requestId: effect.upstream.requestId,
				result: await queue.result(effect),
				probed: effect.probe === true,
			};
		case "cancel":
			return { type: "cancel_answered", answer: await queue.cancel(effect) };
		case "store":
			return store(effect, deps);
		case "keep_thumbnail":
			return { type: "thumbnail_kept", thumbnail: await putThumbnail(deps.bucket, deps.jobId, effect.thumbnail) };
		case "notify":
			return { type: "notice_answered", answer: await deps.notify(effect.address) };
		case "bill":
			return { type: "bill_answered", costs: await deps.askBill(effect) };
		case "settle":
			await deps.settle();
			return null;
		case "drop_pictures":
			await deletePictures(deps.bucket, deps.jobId);
			return null;
		case "erase":
			await deps.erase();
			return null;
	}
}

/** The submit leaves with the addresses of its pictures, or not at all. */
async function submit(
	effect: Effect & { type: "submit" },
	{ queue, attach, webhookPath, submitSettled, givenUp }: EffectDeps,
): Promise<SubmitAnswer> {
	const { slot = 0, attachments = [], input, webhook } = effect;
	const startBy = Date.now() + effect.startTimeoutSeconds * 1000;
	const attached = await attach(attachments, effect);
	if (attached.kind !== "ready") return attached;
	const own = slot === 0 || webhook === null ? webhook : `${webhookBaseOf(webhook)}${await webhookPath(slot)}`;
	if (givenUp.aborted) return GIVEN_UP;
	const startTimeoutSeconds = Math.ceil((startBy - Date.now()) / 1000);
	if (startTimeoutSeconds < 1) return TOO_LATE;
	const call = { ...effect, input: { ...input, ...attached.fields }, webhook: own, startTimeoutSeconds };
	return queue.submit(call, submitSettled);
}

/** Ends the cancellation that waits for a submit's answer. */
const GIVEN_UP: SubmitAnswer = { kind: "refused", error: { code: "cancelled", message: "The job was cancelled." } };
/** Handing over the pictures took until the deadline. */
const TOO_LATE: SubmitAnswer = {
	kind: "refused",
	error: { code: "deadline_exceeded", message: "The pictures of this request did not reach fal in time." },
};

async function store(
	effect: Effect & { type: "store" },
	{ jobId, queue, bucket, queueOrigin, outputs, erasing }: EffectDeps,
): Promise<Input> {
	const { index } = effect;
	const url = effect.url ?? (await dataUriOf(effect, queue, outputs()));
	if (url === null) return { type: "store_failed", index, why: "fal's result cannot be fetched", retryFor: "a_day" };
	const source = url.startsWith("data:") ? { dataUri: url } : { url };
	const outcome = await withTimeout(STORE_TIMEOUT_MS, (timeout) =>
		storePicture(bucket, { job: jobId, index }, source, {
			signal: AbortSignal.any([timeout, erasing]),
			// An erasing waits for R2: a picture that it takes after the others were deleted would stay for ever.
			giveUp: timeout,
			queueOrigin,
		}),
	);
	if (outcome.ok) return { type: "stored", image: { index, ...outcome.value } };
	return { type: "store_failed", index, ...outcome.error };
}

/** Reads a picture that lies in fal's result: as it came, or else from fal again. */
async function dataUriOf(
	{ index, place = index, ...request }: Effect & { type: "store" },
	queue: Queue,
	outputs: readonly FalOutput[] | null,
): Promise<string | null> {
	if (outputs !== null) return outputs[place]?.url ?? null;
	const result = await queue.result(request);
	return result.kind === "outputs" ? (result.outputs[place]?.url ?? null) : null;
}

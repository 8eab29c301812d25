import type { FalOutput } from "../../core/fal-answers.ts";
import type { Effect, Input } from "../../core/inputs.ts";
import { STORE_TIMEOUT_MS } from "../../core/schedule.ts";
import type { Queue } from "../../fal/queue.ts";
import { withTimeout } from "../../http/timeout.ts";
import { storePicture } from "../../media/store.ts";

/** What an effect needs of the world. */
export interface Surroundings {
	readonly jobId: string;
	readonly queue: Queue;
	readonly bucket: R2Bucket;
	/** Pictures are fetched by https, or from the queue's own origin: a simulator's may be plain http. */
	readonly queueOrigin: string;
	/** fal's outputs as they came last, for pictures that lie in the result itself. Null in a new instance. */
	readonly outputs: () => readonly FalOutput[] | null;
	readonly erase: () => Promise<void>;
	/** Stops a submit: fal has told more than its answer could. */
	readonly settled: AbortSignal;
	/** Stops a picture on its way: the job is being deleted. */
	readonly stopped: AbortSignal;
}

/** Does what a step asked for, and says what came of it. One case an effect; none of them decides anything. */
export async function run(
	effect: Effect,
	{ jobId, queue, bucket, queueOrigin, outputs, erase, settled, stopped }: Surroundings,
): Promise<Input | null> {
	switch (effect.type) {
		case "submit":
			return { type: "submit_answered", answer: await queue.submit(effect, settled) };
		case "poll": {
			const status = await queue.status(effect);
			return status === null ? null : { type: "status", status };
		}
		case "fetch_result":
			return { type: "result", requestId: effect.upstream.requestId, result: await queue.result(effect) };
		case "cancel":
			return { type: "cancel_answered", answer: await queue.cancel(effect) };
		case "store": {
			const { index } = effect;
			const url = effect.url ?? (await inlineUrl(effect, queue, outputs()));
			if (url === null)
				return { type: "store_failed", index, why: "fal's result cannot be fetched", retryFor: "a_day" };
			const source = url.startsWith("data:") ? { dataUri: url } : { url };
			const outcome = await withTimeout(STORE_TIMEOUT_MS, (signal) =>
				storePicture(bucket, { job: jobId, index }, source, {
					signal: AbortSignal.any([signal, stopped]),
					plainHttpOrigin: queueOrigin,
				}),
			);
			if (outcome.ok) return { type: "stored", image: { index, ...outcome.value } };
			return { type: "store_failed", index, ...outcome.error };
		}
		case "erase":
			await erase();
			return null;
	}
}

/** The `data:` URI of a picture that lies in the result: as it came, or from fal again. */
async function inlineUrl(
	{ index, upstream, endpoint }: Effect & { type: "store" },
	queue: Queue,
	outputs: readonly FalOutput[] | null,
): Promise<string | null> {
	if (outputs !== null) return outputs[index]?.url ?? null;
	const result = await queue.result({ upstream, endpoint });
	return result.kind === "outputs" ? (result.outputs[index]?.url ?? null) : null;
}

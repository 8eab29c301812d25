/** Tells the client's webhook how a job ended. */

import type { Config } from "../../config.ts";
import { isTerminal, type JobEvent } from "../../core/events.ts";
import type { NoticeAnswer } from "../../core/inputs.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { toJson } from "../../http/json.ts";
import { sendNotice } from "../../webhooks/send.ts";
import { linkLog } from "../log.ts";

export interface NoticeSource {
	readonly config: Config;
	readonly jobId: string;
	/** Of a job that has ended. */
	readonly log: readonly JobEvent[];
	/** Renders the job as its clients see it. */
	readonly show: (log: readonly LinkedEvent[]) => object;
	readonly signal: AbortSignal;
}

/** Sends `{type, timestamp, data}`, and says what came of it. `data` is the job as it stands now. */
export async function notify(
	address: string,
	{ config, jobId, log, show, signal }: NoticeSource,
): Promise<NoticeAnswer> {
	const [accepted] = log;
	const end = log.find(isTerminal);
	if (accepted?.type !== "accepted" || end === undefined) throw new Error("the job has not ended");
	// Nobody reads here, so links have the origin of the request that made the job.
	const origin = config.publicUrl ?? accepted.rendering.origin;
	const body = toJson({
		type: `job.${end.type}`,
		timestamp: new Date(end.at).toISOString(),
		data: show(await linkLog({ config, origin }, jobId, log)),
	});
	return sendNotice(config, { address, account: accepted.account, id: `msg_${jobId}`, body }, { signal });
}

/** Sends commands to jobs. */

import type { Context } from "../context.ts";
import type { Thumbnail } from "../core/events.ts";
import type { BroughtThumbnail } from "../core/inputs.ts";
import { callJob } from "../stub.ts";

/** Cancels a job. Too late is no error: its log says how it ended. False if this account has no such job. */
export function cancelJob({ env, caller }: Context, id: string): Promise<boolean> {
	return callJob(env, id, (job) => job.cancel(caller.account));
}

/** Deletes a job with its pictures, and takes it off the list. False if this account has no such job. */
export function deleteJob({ env, caller }: Context, id: string): Promise<boolean> {
	return callJob(env, id, (job) => job.remove(caller.account, true));
}

/** Keeps a picture's thumbnail, unless it has one: that is returned then. Null if this account has no such picture. */
export function keepThumbnail(
	{ env, caller }: Context,
	id: string,
	thumbnail: BroughtThumbnail,
): Promise<Thumbnail | null> {
	return callJob(env, id, (job) => job.keepThumbnail(caller.account, thumbnail));
}

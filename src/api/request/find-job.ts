/** Finds the job that a request's path names. */

import type { Context } from "../../context.ts";
import type { Rendering } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import type { Thing } from "../../errors.ts";
import { Refusal } from "../../http/refusal.ts";
import { readLog } from "../../job/log.ts";
import { isJobId } from "../../job-id.ts";
import { jobOfRequestId } from "../../request-id.ts";

/** Any API's id names the job: `job_<id>`, `resp_<id>`, `chatcmpl-<id>`, `imgtask_<id>`, the bare id, or the id of a request that made or joined it. */
const PREFIX = /^(?:job_|resp_|chatcmpl-|imgtask_)/;

/** Returns the job's id, 64 hex digits. @throws Refusal if it cannot be one */
export function jobIdOf({ env, params }: Context): string {
	const name = params.id ?? "";
	const id = jobOfRequestId(name) ?? name.replace(PREFIX, "");
	if (!isOurJobId(id, env)) throw new Refusal({ kind: "not_found", what: "job" });
	return id;
}

/** True for an id that an object of ours can have. */
export function isOurJobId(id: string, { JOB }: Pick<Context["env"], "JOB">): boolean {
	return isJobId(id) && isIdOf(JOB, id);
}

/** The runtime refuses an id that no object of ours has. */
function isIdOf(namespace: DurableObjectNamespace, id: string): boolean {
	try {
		return namespace.idFromString(id).toString() === id;
	} catch {
		return false;
	}
}

export interface FoundJob {
	readonly id: string;
	readonly log: readonly LinkedEvent[];
}

/** Reads the job's log as it stands. @throws Refusal if this account has no such job */
export async function findJob(context: Context): Promise<FoundJob> {
	const id = jobIdOf(context);
	return { id, log: await logOf(id, context) };
}

/** As `findJob`, for an id that is known. @throws Refusal if this account has no such job */
export async function logOf(id: string, context: Context): Promise<readonly LinkedEvent[]> {
	const log = await readLog(context, id);
	if (log === null) throw new Refusal({ kind: "not_found", what: "job" });
	return log;
}

/** Reads the log of a job that one API made. @param what The API's word for it @throws Refusal if another API made it */
export async function findJobOf(api: Rendering["api"], what: Thing, context: Context): Promise<FoundJob> {
	const job = await findJob(context);
	const [accepted] = job.log;
	if (accepted?.type !== "accepted" || accepted.rendering.api !== api) throw new Refusal({ kind: "not_found", what });
	return job;
}

/** The job's object as it is deployed: it tells webhooks of the job in the words of the API. */

import type { LinkedEvent } from "../../core/linked.ts";
import { Job as JobObject } from "../../job/object/job.ts";
import { toJob } from "./render.ts";

export class Job extends JobObject {
	protected override show(log: readonly LinkedEvent[]): object {
		return toJob(this.ctx.id.toString(), log);
	}
}

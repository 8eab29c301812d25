/** The job's object as it is deployed: it tells webhooks of the job in the words of the API. */

import type { Shown } from "../../account/ledger-store.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { Job as JobObject } from "../../job/object/job.ts";
import { toEntry } from "./entry.ts";
import { toJob } from "./render.ts";

export class Job extends JobObject {
	protected override show(log: readonly LinkedEvent[]): object {
		return toJob(this.ctx.id.toString(), log);
	}

	protected override list(log: readonly LinkedEvent[]): Shown | null {
		const entry = toEntry(toJob(this.ctx.id.toString(), log));
		if (entry.images_pending > 0) return null;
		return { prompt: entry.request.prompt, entry: JSON.stringify(entry) };
	}
}

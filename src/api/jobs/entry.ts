/** Renders a job as the account's list shows it: what a row of it can keep. */

import type { ListFilter } from "../../account/list-store.ts";
import { mayHaveText } from "../../account/list-text.ts";
import { resolveModel } from "../../models/names.ts";
import { clip } from "../../text.ts";
import type { toJob } from "./render.ts";

/** As much of a prompt as the list shows. */
const PROMPT_CHARS = 200;

export type Entry = ReturnType<typeof toEntry>;

/** Leaves out what is long, has links that are no picture's, or changes after the end. */
export function toEntry(job: ReturnType<typeof toJob>) {
	const { prompt, model, n, seed, size, quality, output_format } = job.request;
	return {
		id: job.id,
		object: job.object,
		status: job.status,
		api: job.api,
		model: job.model,
		created_at: job.created_at,
		submitted_at: job.submitted_at,
		started_at: job.started_at,
		ended_at: job.ended_at,
		deadline_at: job.deadline_at,
		expires_at: job.expires_at,
		request: { prompt: clip(prompt, PROMPT_CHARS), model, n, seed, size, quality, output_format },
		asked: job.asked,
		expected_size: job.expected_size,
		derived_from: job.derived_from,
		images: job.images,
		images_pending: job.images_pending,
		images_missing: job.images_missing,
		cost: job.cost,
		error: job.error,
	};
}

/** True if the filter names a job of which its account's row could not tell. */
export function isNamed({ status, model, created_at, request }: Entry, filter: ListFilter): boolean {
	const at = created_at * 1000;
	return (
		(filter.statuses === null || filter.statuses.includes(status)) &&
		(filter.model === null || filter.model === (resolveModel(model)?.id ?? request.model)) &&
		(filter.since === null || at >= filter.since) &&
		(filter.before === null || at < filter.before) &&
		mayHaveText(request.prompt, filter.text)
	);
}

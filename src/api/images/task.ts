/** Renders a job of the Images API as a task: the shape in which clients of many gateways ask for pictures until they are there. */

import { isTerminal } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { type JobError, toJobAnswer } from "../../errors.ts";
import { summarize } from "../answer/summary.ts";
import { toSeconds } from "../jobs/render.ts";
import { toImagesResponse } from "./render.ts";

function toTaskId(job: string): string {
	return `imgtask_${job}`;
}

/**
 * Renders the task that answers a request. It is `processing` even if the request joined a job that has ended: clients look for pictures in
 * the answers to their questions, and not in this one.
 */
export function toNewTask(job: string, log: readonly LinkedEvent[]) {
	const id = toTaskId(job);
	const { accepted, createdSeconds } = summarize(log);
	return {
		id,
		task_id: id,
		object: "image.generation.task",
		status: "processing",
		created_at: createdSeconds,
		expires_at: toSeconds(accepted.expiresAt),
		poll_url: `/v1/images/tasks/${id}`,
	} as const;
}

/** Renders the task as it stands. @param fault Stands in for the success of a job whose pictures cannot be had any more */
export function toTask(job: string, log: readonly LinkedEvent[], fault: JobError | null = null) {
	const task = toNewTask(job, log);
	const { outcome, images, error } = summarize(log);
	if (outcome === "running") return task;
	const ended = { ...task, completed_at: toSeconds(log.find(isTerminal)?.at ?? null) };
	const failure = error ?? fault;
	if (failure !== null) {
		const { status, body } = toJobAnswer(failure);
		return { ...ended, status: "failed", http_status: status, error: body.error } as const;
	}
	const first = images.toSorted((a, b) => a.index - b.index)[0];
	return {
		...ended,
		status: "completed",
		http_status: 200,
		image_url: first?.url ?? null,
		result: toImagesResponse(log),
	} as const;
}

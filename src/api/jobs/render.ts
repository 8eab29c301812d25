import { toErrorBody } from "../../errors.ts";
import type { Frame, Linked, LinkedImage } from "../answer/frames.ts";
import { addToSummary, type Summary } from "../answer/summary.ts";

/** Darkroom's own view of a job: what its log comes to, and the log itself without fal's addresses. */

export function toJobId(job: string): string {
	return `job_${job}`;
}

type Status = "queued" | "in_progress" | "storing" | "cancelling" | "succeeded" | "failed" | "cancelled";

interface View {
	readonly summary: Summary;
	readonly status: Status;
	readonly position: number | null;
	readonly logs: readonly string[];
	readonly submittedAt: number | null;
	readonly startedAt: number | null;
	readonly endedAt: number | null;
	/** Requests that were made to fal: more than one only where fal had surely refused those before. */
	readonly submits: readonly { readonly endpoint: string; readonly request_id: string | null }[];
	readonly lateImages: readonly LinkedImage[];
}

function addToView(view: View | null, event: Linked): View | null {
	const summary = addToSummary(view?.summary ?? null, event);
	if (summary === null) return null;
	const known = view ?? {
		status: "queued" as const,
		position: null,
		logs: [],
		submittedAt: null,
		startedAt: null,
		endedAt: null,
		submits: [],
		lateImages: [],
	};
	return { ...known, ...changesOf(event, known), summary };
}

function changesOf(event: Linked, { submits, startedAt, lateImages, status }: Omit<View, "summary">): Partial<View> {
	switch (event.type) {
		case "submitting":
			return { submits: [...submits, { endpoint: event.endpoint, request_id: null }] };
		case "submitted": {
			const last = submits.at(-1);
			const known = last === undefined ? [] : [{ ...last, request_id: event.requestId }];
			return { submits: [...submits.slice(0, -1), ...known], position: event.position, submittedAt: event.at };
		}
		case "queued":
			return { status: status === "cancelling" ? status : "queued", position: event.position };
		case "running":
			return {
				status: status === "cancelling" ? status : "in_progress",
				position: null,
				logs: event.logs,
				startedAt: startedAt ?? event.at,
			};
		case "generated":
			return { position: null, ...(isOver(status) ? {} : { status: "storing" as const }) };
		case "cancelling":
			return { status: "cancelling" };
		case "late_image":
			return { lateImages: [...lateImages, event] };
		case "succeeded":
		case "failed":
		case "cancelled":
			return { status: event.type, position: null, endedAt: event.at };
		default:
			return {};
	}
}

function isOver(status: Status): boolean {
	return status === "succeeded" || status === "failed" || status === "cancelled";
}

function toSeconds(at: number | null): number | null {
	return at === null ? null : Math.floor(at / 1000);
}

function toImage({ index, url, contentType, bytes, width, height, nsfw, type }: LinkedImage) {
	return {
		index,
		url,
		content_type: contentType,
		bytes,
		width,
		height,
		nsfw,
		late: type === "late_image",
	};
}

/** `GET /v1/jobs/{id}`: the job as it stands. Times are seconds since 1970. */
export function toJob(job: string, log: readonly Linked[]) {
	const view = log.reduce(addToView, null);
	if (view === null) throw new Error("a log begins with `accepted`");
	const { summary } = view;
	const { accepted, used, error } = summary;
	const { prompt, model, n, seed, fal } = accepted.request;
	return {
		id: toJobId(job),
		object: "job",
		status: view.status,
		api: accepted.rendering.api,
		model: summary.model,
		created_at: summary.createdSeconds,
		submitted_at: toSeconds(view.submittedAt),
		started_at: toSeconds(view.startedAt),
		ended_at: toSeconds(view.endedAt),
		deadline_at: toSeconds(accepted.deadlineAt),
		expires_at: toSeconds(accepted.expiresAt),
		progress: { queue_position: view.position, logs: view.logs },
		request: { prompt, model, n, seed, fal, size: used.size, quality: used.quality, output_format: used.outputFormat },
		images: [...summary.images, ...view.lateImages].toSorted((a, b) => a.index - b.index).map(toImage),
		error: error === null ? null : toErrorBody(error).error,
		fal_requests: view.submits,
	};
}

/** One event of the log as `/events` shows it: its number and time, and what it says in public. */
export function toJobFrame(event: Linked): Frame & { readonly id: number } {
	return {
		id: event.seq,
		event: event.type,
		data: { sequence_number: event.seq, at: event.at / 1000, type: event.type, ...publicPartOf(event) },
	};
}

function publicPartOf(event: Linked): object {
	switch (event.type) {
		case "accepted": {
			const { prompt, model, n, seed } = event.request;
			return {
				request: { prompt, model, n, seed },
				deadline_at: toSeconds(event.deadlineAt),
				expires_at: toSeconds(event.expiresAt),
			};
		}
		case "submitting":
			return { endpoint: event.endpoint };
		case "refused":
			return { status: event.status, retry_at: toSeconds(event.retryAt) };
		case "answer_lost":
			return { settle_by: toSeconds(event.settleBy) };
		case "submitted":
			return { request_id: event.requestId, queue_position: event.position };
		case "queued":
			return { queue_position: event.position };
		case "running":
			return { logs: event.logs };
		case "generated":
			return { images: event.outputs.length };
		case "image":
		case "late_image":
			return { image: toImage(event) };
		case "image_lost":
			return { index: event.index, message: event.why };
		case "rerouted":
			return { from: event.from, to: event.to, why: event.why };
		case "cancelling":
			return { why: event.why };
		case "succeeded":
			return { seconds: event.seconds };
		case "failed":
			return { error: toErrorBody(event.error).error };
		case "completed":
		case "cancelled":
		case "deleting":
		case "client_left":
		case "delivered":
			return {};
	}
}

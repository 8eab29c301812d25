/** Renders a job in Darkroom's own words: the state that its log comes to. */

import type { LinkedAccepted, LinkedEvent, LinkedImage } from "../../core/linked.ts";
import { toErrorBody } from "../../errors.ts";
import { type ImageRequest, sizeOfFirst } from "../../models/request.ts";
import { toSizeText } from "../../models/size.ts";
import { type Submission, toSubmission } from "../../models/submission.ts";
import { costOf } from "../answer/cost.ts";
import { addToSummary, type Summary, toMissing } from "../answer/summary.ts";
import { addToViews, positionOf, type SlotViews, statusOf } from "./slot-views.ts";

export function toJobId(job: string): string {
	return `job_${job}`;
}

export const JOB_STATUSES = [
	"queued",
	"in_progress",
	"storing",
	"cancelling",
	"succeeded",
	"failed",
	"cancelled",
] as const;

interface JobState {
	readonly summary: Summary;
	readonly slots: SlotViews;
	/** Null until the job has ended. */
	readonly ended: Ended | null;
	readonly logs: readonly string[];
	readonly submittedAt: number | null;
	readonly startedAt: number | null;
	/** The requests made to fal: more than one only if fal surely refused those before. */
	readonly submits: readonly FalRequest[];
	readonly lateImages: readonly LinkedImage[];
	readonly resultUrls: readonly string[];
	readonly webhook: WebhookState;
}

interface Ended {
	readonly status: "succeeded" | "failed" | "cancelled";
	readonly at: number;
}

interface FalRequest {
	/** Absent in a job that makes one at a time. */
	readonly slot?: number;
	readonly endpoint: string;
	readonly request_id: string | null;
}

/** Tells a client about the notice to its webhook. */
interface WebhookState {
	readonly status: "pending" | "delivered" | "failed";
	readonly attempts: number;
	readonly last_status: number | null;
	readonly next_attempt_at: number | null;
}

function addToState(state: JobState | null, event: LinkedEvent): JobState | null {
	const summary = addToSummary(state?.summary ?? null, event);
	if (summary === null) return null;
	const before = state ?? NEW;
	return { ...before, ...changesOf(event, before), summary };
}

const NEW: Omit<JobState, "summary"> = {
	slots: new Map(),
	ended: null,
	logs: [],
	submittedAt: null,
	startedAt: null,
	submits: [],
	lateImages: [],
	resultUrls: [],
	webhook: { status: "pending", attempts: 0, last_status: null, next_attempt_at: null },
};

function changesOf(event: LinkedEvent, before: Omit<JobState, "summary">): Partial<JobState> {
	const { submits, startedAt, submittedAt, lateImages, webhook, resultUrls } = before;
	const slots = addToViews(before.slots, event);
	switch (event.type) {
		case "submitting": {
			const { slot = 0, endpoint } = event;
			const of = event.count === undefined ? {} : { slot };
			return { slots, submits: [...submits, { ...of, endpoint, request_id: null }] };
		}
		case "submitted":
			return { slots, submits: answeredBy(event, submits), submittedAt: submittedAt ?? event.at };
		case "running":
			return { slots, logs: event.logs, startedAt: startedAt ?? event.at };
		case "generated":
			// The first word of fal's id, if its webhook comes before the submit's answer.
			return { slots, submits: answeredBy(event, submits) };
		case "addresses_kept":
			return { resultUrls: [...resultUrls, ...event.addresses] };
		case "late_image":
			return { lateImages: [...lateImages, event] };
		case "notified": {
			const attempts = webhook.attempts + 1;
			return { webhook: { status: "delivered", attempts, last_status: event.status, next_attempt_at: null } };
		}
		case "notice_failed": {
			const [attempts, again] = [webhook.attempts + 1, toSeconds(event.retryAt)];
			const next = again === null ? "failed" : "pending";
			return { webhook: { status: next, attempts, last_status: event.status, next_attempt_at: again } };
		}
		case "succeeded":
		case "failed":
		case "cancelled":
			return { ended: { status: event.type, at: event.at } };
		default:
			return { slots };
	}
}

/** Gives the last submit of a slot fal's id. */
function answeredBy(
	{ requestId, slot = 0 }: { readonly requestId: string; readonly slot?: number },
	submits: JobState["submits"],
): JobState["submits"] {
	const last = submits.findLastIndex((submit) => (submit.slot ?? 0) === slot);
	return submits.map((submit, index) => (index === last ? { ...submit, request_id: requestId } : submit));
}

/** Returns whole seconds since 1970; null if it has not come to that. @param at Milliseconds */
export function toSeconds(at: number | null): number | null {
	return at === null ? null : Math.floor(at / 1000);
}

/** Describes a stored picture. */
export function toImage({ index, url, contentType, bytes, width, height, nsfw, type }: LinkedImage) {
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

/** Describes a stored picture as its job shows it. One that has a thumbnail comes with its link. */
function toShownImage(image: LinkedImage, log: readonly LinkedEvent[]) {
	const thumbnail = log.find((event) => event.type === "thumbnail" && event.index === image.index);
	return { ...toImage(image), ...(thumbnail?.type === "thumbnail" ? { thumbnail_url: thumbnail.url } : {}) };
}

/** Describes the pictures that a job is drawn from. Of a link nothing else is known. */
function toInputs({ request, inputUrls = [] }: LinkedAccepted) {
	return (request.inputs ?? []).map(({ role, source }, index) => {
		const { contentType = null, bytes = null, width = null, height = null } = source.kind === "stored" ? source : {};
		return { role, url: inputUrls[index] ?? null, content_type: contentType, bytes, width, height };
	});
}

function toOrigin({ derivedFrom }: ImageRequest) {
	return derivedFrom === undefined ? null : { job: toJobId(derivedFrom.job), index: derivedFrom.index };
}

/** Returns what fal gets for the first picture; null if the model has changed since. */
function firstSubmissionOf({ request, ownSeed, traits }: LinkedAccepted): Submission | null {
	const wanted = { first: 0, count: request.n, ...(traits === undefined ? {} : { traits }) };
	return toSubmission(request.model, request, ownSeed ?? null, wanted);
}

/** Returns the seed that fal gets: the client's, or the job's own. Null: the model takes none. */
function seedIn(submission: Submission | null): number | null {
	const seed = submission?.input.seed;
	return typeof seed === "number" ? seed : null;
}

/** Returns the size of the pictures before they come, in pixels or as a ratio: as fal is asked for it, else that of what is edited. Null: nobody can tell. */
function toExpectedSize({ size, aspectRatio }: Summary["used"], request: ImageRequest): string | null {
	if (size !== "auto") return size;
	if (aspectRatio !== "auto") return aspectRatio;
	const edited = sizeOfFirst(request);
	return edited === null ? null : `${edited.width}:${edited.height}`;
}

/** Renders the job as it stands. Times are seconds since 1970. */
export function toJob(job: string, log: readonly LinkedEvent[]) {
	const state = log.reduce(addToState, null);
	if (state === null) throw new Error("a log begins with `accepted`");
	const { summary, lateImages } = state;
	const images = [...summary.images, ...lateImages].toSorted((a, b) => a.index - b.index);
	const { accepted, used, error } = summary;
	const { prompt, model, n, seed, fal, size, quality, outputFormat, resolution, background } = accepted.request;
	const { negativePrompt, inputFidelity } = accepted.request;
	const first = firstSubmissionOf(accepted);
	const isAsked = state.submits.length > 0 || first === null;
	return {
		id: toJobId(job),
		object: "job",
		status: state.ended?.status ?? statusOf(state.slots),
		api: accepted.rendering.api,
		model: summary.model,
		created_at: summary.createdSeconds,
		submitted_at: toSeconds(state.submittedAt),
		started_at: toSeconds(state.startedAt),
		ended_at: toSeconds(state.ended?.at ?? null),
		deadline_at: toSeconds(accepted.deadlineAt),
		expires_at: toSeconds(accepted.expiresAt),
		progress: { queue_position: state.ended === null ? positionOf(state.slots) : null, logs: state.logs },
		request: {
			...{ prompt, model, n, seed, seed_sent: seedIn(first), fal },
			...{ size: used.size, quality: used.quality, output_format: used.outputFormat },
			...{ resolution: resolution ?? null, background: background ?? null },
			...{ negative_prompt: negativePrompt ?? null, input_fidelity: inputFidelity ?? null },
		},
		asked: { model: accepted.rendering.model, size: toSizeText(size), quality, output_format: outputFormat },
		expected_size: toExpectedSize(isAsked ? used : first.used, accepted.request),
		inputs: toInputs(accepted),
		derived_from: toOrigin(accepted.request),
		images: images.map((image) => toShownImage(image, log)),
		images_pending: summary.pending,
		images_missing: toMissing(summary),
		cost: costOf(log),
		error: error === null ? null : toErrorBody(error).error,
		result_urls: state.resultUrls,
		fal_requests: state.submits,
		webhook: accepted.clientWebhook === undefined ? null : { url: accepted.clientWebhook, ...state.webhook },
	};
}

/** Makes what the console knows of jobs: answers, events and requests, with plain values. */

import type { Job, JobEvent, ListedJob, Picture } from "../../src/console/api/types.ts";
import type { Entry } from "../../src/console/jobs/entry.ts";
import type { Draft } from "../../src/console/make/draft.ts";

/** When the jobs are accepted, in seconds since 1970. */
export const ACCEPTED_AT = 1_790_000_000;

export function makeDraft(over: Partial<Draft> = {}): Draft {
	return {
		prompt: "a fox",
		model: "flux-schnell",
		size: "1024x768",
		resolution: null,
		n: 1,
		quality: null,
		outputFormat: null,
		background: null,
		seed: null,
		negativePrompt: null,
		inputFidelity: null,
		fal: null,
		references: [],
		mask: null,
		...over,
	};
}

export function makePicture(over: Partial<Picture> = {}): Picture {
	return {
		index: 0,
		url: "https://gateway.example/images/aa/0.png?exp=1&sig=s",
		content_type: "image/png",
		bytes: 1000,
		width: 1024,
		height: 768,
		nsfw: false,
		late: false,
		...over,
	};
}

export function makeJob(over: Partial<Job> = {}): Job {
	return {
		id: "job_aa",
		object: "job",
		status: "queued",
		api: "images",
		model: "flux-schnell",
		created_at: ACCEPTED_AT,
		submitted_at: null,
		started_at: null,
		ended_at: null,
		deadline_at: ACCEPTED_AT + 900,
		expires_at: ACCEPTED_AT + 86_400,
		progress: { queue_position: null, logs: [] },
		request: {
			prompt: "a fox",
			model: "flux-schnell",
			n: 1,
			seed: null,
			seed_sent: null,
			resolution: null,
			background: null,
			negative_prompt: null,
			input_fidelity: null,
			fal: {},
			size: "1024x768",
			quality: "auto",
			output_format: "png",
		},
		asked: { model: "flux-schnell", size: "1024x768", quality: "auto", output_format: null },
		expected_size: "1024x768",
		inputs: [],
		derived_from: null,
		images: [],
		images_pending: 0,
		images_missing: [],
		cost: null,
		error: null,
		result_urls: [],
		fal_requests: [],
		webhook: null,
		...over,
	};
}

/** Makes a row of the list: it lacks fields that the job has. */
export function makeListedJob(over: Partial<Job> = {}): ListedJob {
	const { progress, request, inputs, result_urls, fal_requests, webhook, ...rest } = makeJob(over);
	const { fal, ...listed } = request;
	return { ...rest, request: listed, key: null };
}

/** The type of an event, and the fields that matter. */
export type MadeEvent = Partial<JobEvent> & Pick<JobEvent, "type">;

/** Makes the events of a job from their types and fields, a second apart, numbered from 1. */
export function makeEvents(...events: readonly MadeEvent[]): readonly JobEvent[] {
	return events.map((event, place) => ({ sequence_number: place + 1, at: ACCEPTED_AT + place, ...event }));
}

export const ACCEPTED = {
	type: "accepted",
	request: { prompt: "a fox", model: "flux-schnell", n: 1, seed: null },
} as const;

export function makeEntry(over: Partial<Entry> = {}): Entry {
	return {
		id: "job_aa",
		key: "job_aa",
		job: null,
		events: [],
		sending: null,
		shape: { width: 4, height: 3 },
		cuts: 0,
		repeated: 0,
		asked: null,
		...over,
	};
}

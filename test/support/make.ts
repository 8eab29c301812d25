/** Makes plain values for tests of the core. They are valid, and each test overrides what it needs. */
import type { Accepted } from "../../src/core/events.ts";
import type { Circumstances } from "../../src/core/schedule.ts";
import type { SchemaTraits } from "../../src/models/catalogue/types.ts";
import type { ImageRequest, InputPicture, StoredPicture } from "../../src/models/request.ts";

export const NOW = 1_800_000_000_000;

export function makeRequest(overrides: Partial<ImageRequest> = {}): ImageRequest {
	return {
		prompt: "a red fox",
		model: "imagen4-preview",
		n: 1,
		size: { kind: "ratio", width: 16, height: 9 },
		quality: "auto",
		outputFormat: null,
		seed: null,
		fal: {},
		...overrides,
	};
}

/** Of a model that is known by its schema only: one square picture, and nothing that is said of it. */
export function makeTraits(overrides: Partial<SchemaTraits> = {}): SchemaTraits {
	return {
		dialect: { kind: "ratio", ratios: ["1:1"] },
		maxImages: 1,
		outputFormats: [],
		quality: null,
		seed: false,
		shape: "1:1",
		inputs: [],
		...overrides,
	};
}

/** The id of a job whose picture is edited. */
export const EARLIER_JOB = "e".repeat(64);

export function makeInput(overrides: Partial<StoredPicture> = {}): InputPicture {
	const sha256 = "5".repeat(64);
	const stored = { key: "inputs/1/0", contentType: "image/png", bytes: 70, sha256, width: 8, height: 6 };
	return { role: "image", source: { kind: "stored", ...stored, ...overrides } };
}

/** A request that edits the first picture of an earlier job. */
export function makeEdit(overrides: Partial<ImageRequest> = {}): ImageRequest {
	const derivedFrom = { job: EARLIER_JOB, index: 0 };
	return makeRequest({ prompt: "make it blue", inputs: [makeInput()], derivedFrom, ...overrides });
}

export function makeAccepted(overrides: Partial<Omit<Accepted, "type">> = {}): Omit<Accepted, "type"> {
	return {
		account: "owner",
		listing: 1,
		request: makeRequest(),
		rendering: {
			api: "chat",
			model: "imagen4-preview",
			origin: "https://gateway.test",
			progress: "reasoning",
			includeUsage: false,
			responseFormat: "url",
		},
		deadlineAt: NOW + 900_000,
		expiresAt: NOW + 30 * 86_400_000,
		webhook: "https://gateway.test/webhooks/fal/1/2",
		...overrides,
	};
}

/** Only the alarm wakes the job, and nothing is under way. */
export const NOBODY: Circumstances = {
	watched: false,
	followed: [],
	effectsInFlight: [],
	alarmRetries: false,
	unsettled: false,
};

export const UPSTREAM = {
	requestId: "r-1",
	statusUrl: "https://queue.test/fal-ai/imagen4/requests/r-1/status",
	responseUrl: "https://queue.test/fal-ai/imagen4/requests/r-1",
	cancelUrl: "https://queue.test/fal-ai/imagen4/requests/r-1/cancel",
};

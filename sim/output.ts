/** Builds results as fal words them: pictures or errors. */

import { firstRow } from "./bounds.ts";
import { isEdit } from "./edit.ts";
import { type Endpoint, endpointOf } from "./endpoints.ts";
import { fileUrl } from "./file-url.ts";
import { type ImageInput, readInput } from "./input.ts";
import { type Fields, isRecord } from "./json.ts";
import { LEAKS } from "./odd.ts";
import type { Plan } from "./plan.ts";
import { unitsOf } from "./prices.ts";
import { type Problem, valueError } from "./problem.ts";
import { shaped } from "./shapes.ts";
import type { Ending } from "./timeline.ts";

/** The answer at the result's address. A webhook carries its body. */
export type QueueResult = {
	status: number;
	headers: Record<string, string>;
	body: Fields;
	error?: QueueError;
	/** Replaces a body that is no JSON, or too long for memory. */
	stream?: () => ReadableStream<Uint8Array>;
};
export type QueueError = { message: string; type: string };

/** A submit that was accepted. */
export type Submission = { id: string; endpoint: string; origin: string; body: unknown; plan: Plan };

const DOCS = "https://docs.fal.ai/errors";

function failed(status: number, problems: Problem[], retryable: boolean): QueueResult {
	return {
		status,
		headers: { "x-fal-error-type": problems[0]?.type ?? "unknown", "x-fal-retryable": String(retryable) },
		body: { detail: problems },
		error: { message: `Invalid status code: ${status}`, type: problems[0]?.type ?? "unknown" },
	};
}

/** Builds an error of the model's code. fal echoes the prompt in `input`. */
function modelError(
	status: number,
	type: string,
	msg: string,
	submission: Submission,
	loc: string[] = ["body"],
): QueueResult {
	const input = loc.includes("prompt") && isRecord(submission.body) ? submission.body.prompt : submission.body;
	return failed(status, [{ loc, msg, type, url: `${DOCS}#${type}`, input }], status >= 500);
}

function queueError(status: number, type: string, detail: string, headers: Record<string, string> = {}): QueueResult {
	return {
		status,
		headers: { "x-fal-error-type": type, ...headers },
		body: { detail, error_type: type },
		error: { message: detail, type },
	};
}

function plain(status: number, body: Fields, type: string): QueueResult {
	return { status, headers: {}, body, error: { message: `Invalid status code: ${status}`, type } };
}

/** Errors without a type, or with too many words. */
const ODD_FAILURES: Readonly<Partial<Record<Plan["outcome"], (submission: Submission) => QueueResult>>> = {
	flagged: () => plain(400, { detail: "Your prompt was flagged" }, "bad_request"),
	"flagged-list": () => plain(400, { detail: ["Your prompt was flagged"] }, "bad_request"),
	"plain-500": () => plain(500, { detail: "Internal Server Error" }, "internal_error"),
	"text-500": () => ({
		...plain(500, {}, "internal_error"),
		headers: { "content-type": "text/plain" },
		stream: () => new Blob(["Internal Server Error"]).stream(),
	}),
	"huge-422": () => ({ ...plain(422, { detail: [0] }, "value_error"), stream: () => zeros(HUGE_ZEROS) }),
	leaky: ({ body }) => {
		const prompt = isRecord(body) ? body.prompt : "";
		return plain(422, { detail: `The prompt '${prompt}' was refused: ${LEAKS}` }, "value_error");
	},
};

/** 24 MB of JSON. */
const HUGE_ZEROS = 12_000_000;
const ZEROS_AT_ONCE = 20_000;

/** Writes `{"detail":[0,0,…]}`, a piece at a time. */
function zeros(count: number): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let left = count;
	return new ReadableStream({
		start: (controller) => controller.enqueue(encoder.encode('{"detail":[')),
		pull: (controller) => {
			controller.enqueue(encoder.encode(left > 0 ? "0,".repeat(Math.min(left, ZEROS_AT_ONCE)) : "0]}"));
			if (left <= 0) controller.close();
			left -= ZEROS_AT_ONCE;
		},
	});
}

/** Errors by the name of the plan's outcome. */
const FAILURES: Readonly<Partial<Record<Plan["outcome"], (submission: Submission) => QueueResult>>> = {
	"content-policy": (submission) =>
		modelError(
			422,
			"content_policy_violation",
			"The content could not be processed because it contained material flagged by a content checker.",
			submission,
			["body", "prompt"],
		),
	"no-media": (submission) =>
		modelError(
			422,
			"no_media_generated",
			"The model did not generate the expected output for this prompt.",
			submission,
			["body", "prompt"],
		),
	"invalid-input": ({ body }) => {
		const input = isRecord(body) ? body.prompt : body;
		return failed(422, [valueError(["prompt"], "the prompt cannot be used with these settings", input)], false);
	},
	"server-error": (submission) => modelError(500, "internal_server_error", "Internal server error", submission),
	"downstream-400": (submission) => modelError(400, "downstream_service_error", "Downstream service error", submission),
	"downstream-500": (submission) => {
		const result = modelError(500, "downstream_service_error", "Downstream service error", submission);
		return { ...result, headers: { ...result.headers, "x-fal-needs-retry": "1" } };
	},
	...ODD_FAILURES,
};

/** Builds the result of a request that has ended. */
export function resultOf(submission: Submission, ending: Ending): QueueResult {
	if (ending === "cancelled") return queueError(499, "client_cancelled", "Request was cancelled by the client");
	if (ending === "start-timeout") {
		const headers = { "x-fal-request-timeout-type": "user" };
		return queueError(504, "request_timeout", "Request did not start within the time that was asked for", headers);
	}
	const failure = FAILURES[submission.plan.outcome];
	if (failure) return failure(submission);
	const endpoint = endpointOf(submission.endpoint);
	if (!endpoint) return queueError(500, "internal_error", "Internal error");
	const input = readInput(endpoint, submission.body, seedOf(submission.id));
	if (!input.ok) return failed(422, input.error, false);
	const body = bodyOf(submission, endpoint, input.value);
	return { status: 200, headers: { "x-fal-billable-units": String(unitsOf(endpoint.id, input.value)) }, body };
}

/** Derives a seed from the request's id, for a request without a seed. */
export function seedOf(id: string): number {
	return Number.parseInt(id.replaceAll("-", "").slice(0, 7), 16) || 1;
}

function bodyOf(submission: Submission, endpoint: Endpoint, input: ImageInput): Fields {
	const { plan, origin, id } = submission;
	const { outputs } = endpoint;
	if (outputs.includes("images") || outputs.includes("image")) {
		return placed(shaped(outputOf(submission, endpoint, input), plan), endpoint, plan);
	}
	return otherOutput(outputs, `${origin}/files/${id}/0`);
}

/** Puts the pictures into the field that the model has for them. */
function placed(body: Fields, { outputs }: Endpoint, { shape }: Plan): Fields {
	if (shape !== "model" || !Array.isArray(body.images) || !outputs.includes("image")) return body;
	const [image = null] = body.images;
	return outputs.includes("images") ? { ...body, image, images: [] } : { ...body, image, images: undefined };
}

function outputOf(submission: Submission, { outputs }: Endpoint, input: ImageInput): Fields {
	const { plan } = submission;
	const count = plan.outcome === "no-images" ? 0 : input.count;
	const images = Array.from({ length: count }, (_, index) => imageOf(submission, input, index));
	return { images, ...extrasOf(outputs, input, plan, count) };
}

/** Fields beside the pictures. */
function extrasOf(outputs: readonly string[], { prompt, seed }: ImageInput, plan: Plan, count: number): Fields {
	const each = <T>(value: T): readonly T[] => Array.from({ length: count }, () => value);
	const all: Fields = {
		description: "",
		seed,
		seeds: each(seed),
		used_seed: seed,
		prompt,
		revised_prompt: prompt,
		actual_prompt: prompt,
		generated_text: null,
		timings: { inference: plan.runMs / 1000 },
		has_nsfw_concepts: each(plan.outcome === "nsfw"),
	};
	return Object.fromEntries(Object.entries(all).filter(([name]) => outputs.includes(name)));
}

/** The result of a model that makes no picture. */
function otherOutput(outputs: readonly string[], url: string): Fields {
	const isFile = (name: string) => /video|audio|file/.test(name);
	return Object.fromEntries(outputs.map((name) => [name, isFile(name) ? { url } : "words"]));
}

function imageOf(submission: Submission, input: ImageInput, index: number): Fields {
	const { id, origin, plan } = submission;
	const [width, height] = plan.maxSide > 0 ? shrunk(input.size, plan.maxSide) : input.size;
	const { prompt, seed } = input;
	const black = plan.outcome === "nsfw";
	const isFaulty = plan.faultyFile === 0 || plan.faultyFile === index + 1;
	const url = fileUrl(origin, {
		id,
		index,
		width,
		height,
		prompt,
		seed,
		black,
		edit: isEdit(submission.body),
		fault: isFaulty ? plan.file : "ok",
		faults: plan.fileFaults,
		bytes: plan.bytes,
		fuzz: plan.fuzz,
	});
	const nothing = { content_type: null, file_name: null, file_size: null, width: null, height: null };
	const kind = plan.fields === "model" ? filesOf(submission.endpoint) : plan.fields;
	const type = { url, content_type: CONTENT_TYPES[plan.file] ?? "image/png" };
	switch (kind) {
		case "null":
			return plan.fields === "null" ? { url, ...nothing } : { ...nothing, ...type };
		case "sized":
			return { ...type, width, height };
		case "unsized":
			return { ...type, file_name: `${index}.png`, file_size: null };
		case "full":
			return { ...type, file_name: `${index}.png`, file_size: plan.bytes || null, width, height };
	}
}

/** File fields of the results: all null but the content type, with a size, or without size fields. */
const FILES: readonly (readonly [start: string, files: "null" | "sized" | "unsized"])[] = [
	["fal-ai/imagen4", "null"],
	["fal-ai/nano-banana", "null"],
	["fal-ai/recraft", "unsized"],
	["fal-ai/ideogram", "unsized"],
];

function filesOf(endpoint: string): "null" | "sized" | "unsized" {
	return firstRow(FILES, endpoint) ?? "sized";
}

/** Content types of the files that are no PNG. */
const CONTENT_TYPES: Readonly<Partial<Record<Plan["file"], string>>> = {
	svg: "image/svg+xml",
	"wrong-type": "image/jpeg",
};

function shrunk([width, height]: ImageInput["size"], side: number): ImageInput["size"] {
	const scale = Math.min(1, side / Math.max(width, height));
	return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

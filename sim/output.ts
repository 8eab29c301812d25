/** Builds results as fal words them: pictures or errors. */
import { fileUrl } from "./file-url.ts";
import { type Fields, type ImageInput, isRecord, type Problem, problem, readInput } from "./input.ts";
import { MODELS, type Model } from "./models.ts";
import { LEAKS } from "./odd.ts";
import type { Plan } from "./plan.ts";
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
		const msg = "Value error, the prompt cannot be used with these settings";
		return failed(422, [problem(["prompt"], "value_error", msg, { ctx: { error: {} }, input })], false);
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
	const model = MODELS[submission.endpoint];
	if (!model) return queueError(500, "internal_error", "Internal error");
	const input = readInput(model, submission.body, seedOf(submission.id));
	if (!input.ok) return failed(422, input.error, false);
	const body = shaped(outputOf(submission, model, input.value), submission.plan);
	return { status: 200, headers: { "x-fal-billable-units": String(input.value.count) }, body };
}

/** Derives a seed from the request's id, for a request without a seed. */
export function seedOf(id: string): number {
	return Number.parseInt(id.replaceAll("-", "").slice(0, 7), 16) || 1;
}

function outputOf(submission: Submission, model: Model, input: ImageInput): Fields {
	const { plan } = submission;
	const count = plan.outcome === "no-images" ? 0 : input.count;
	const black = plan.outcome === "nsfw";
	const images = Array.from({ length: count }, (_, index) => imageOf(submission, model, input, index));
	switch (model.extra) {
		case "description":
			return { images, description: "" };
		case "seed":
			return { images, seed: input.seed };
		case "safety": {
			const { prompt, seed } = input;
			const timings = { inference: plan.runMs / 1000 };
			return { images, timings, seed, has_nsfw_concepts: images.map(() => black), prompt };
		}
		case "nothing":
			return { images };
	}
}

function imageOf(submission: Submission, model: Model, input: ImageInput, index: number): Fields {
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
		fault: isFaulty ? plan.file : "ok",
		faults: plan.fileFaults,
		bytes: plan.bytes,
		fuzz: plan.fuzz,
	});
	const nothing = { content_type: null, file_name: null, file_size: null, width: null, height: null };
	const kind = plan.fields === "model" ? model.files : plan.fields;
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

/** Content types of the files that are no PNG. */
const CONTENT_TYPES: Readonly<Partial<Record<Plan["file"], string>>> = {
	svg: "image/svg+xml",
	"wrong-type": "image/jpeg",
};

function shrunk([width, height]: ImageInput["size"], side: number): ImageInput["size"] {
	const scale = Math.min(1, side / Math.max(width, height));
	return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

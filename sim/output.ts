import { fileUrl } from "./file-url.ts";
import { type Fields, isRecord, type Problem, problem, readInput, type Wanted } from "./input.ts";
import { MODELS, type Model } from "./models.ts";
import type { Plan } from "./plan.ts";
import type { Ending } from "./timeline.ts";

/** What the result's address answers, and what the webhook carries. */
export type Result = { status: number; headers: Record<string, string>; body: Fields; error?: QueueError };
export type QueueError = { message: string; type: string };

export type Asked = { id: string; endpoint: string; origin: string; body: unknown; plan: Plan };

const DOCS = "https://docs.fal.ai/errors";

function failed(status: number, problems: Problem[], retryable: boolean): Result {
	return {
		status,
		headers: { "x-fal-error-type": problems[0]?.type ?? "unknown", "x-fal-retryable": String(retryable) },
		body: { detail: problems },
		error: { message: `Invalid status code: ${status}`, type: problems[0]?.type ?? "unknown" },
	};
}

/** An error of the model's code. fal echoes the prompt in `input`. */
function modelError(status: number, type: string, msg: string, asked: Asked, loc: string[] = ["body"]): Result {
	const input = loc.includes("prompt") && isRecord(asked.body) ? asked.body.prompt : asked.body;
	return failed(status, [{ loc, msg, type, url: `${DOCS}#${type}`, input }], status >= 500);
}

function queueError(status: number, type: string, detail: string, headers: Record<string, string> = {}): Result {
	return {
		status,
		headers: { "x-fal-error-type": type, ...headers },
		body: { detail, error_type: type },
		error: { message: detail, type },
	};
}

/** The outcomes that are errors, by the plan's name for them. */
const FAILURES: Readonly<Partial<Record<Plan["outcome"], (asked: Asked) => Result>>> = {
	"content-policy": (asked) =>
		modelError(
			422,
			"content_policy_violation",
			"The content could not be processed because it contained material flagged by a content checker.",
			asked,
			["body", "prompt"],
		),
	"no-media": (asked) =>
		modelError(422, "no_media_generated", "The model did not generate the expected output for this prompt.", asked, [
			"body",
			"prompt",
		]),
	"invalid-input": ({ body }) => {
		const input = isRecord(body) ? body.prompt : body;
		const msg = "Value error, the prompt cannot be used with these settings";
		return failed(422, [problem(["prompt"], "value_error", msg, { ctx: { error: {} }, input })], false);
	},
	"server-error": (asked) => modelError(500, "internal_server_error", "Internal server error", asked),
	"downstream-400": (asked) => modelError(400, "downstream_service_error", "Downstream service error", asked),
	"downstream-500": (asked) => {
		const result = modelError(500, "downstream_service_error", "Downstream service error", asked);
		return { ...result, headers: { ...result.headers, "x-fal-needs-retry": "1" } };
	},
};

/** The result of a request that has come to its end. */
export function resultOf(asked: Asked, ending: Ending): Result {
	if (ending === "cancelled") return queueError(499, "client_cancelled", "Request was cancelled by the client");
	if (ending === "start-timeout") {
		const headers = { "x-fal-request-timeout-type": "user" };
		return queueError(504, "request_timeout", "Request did not start within the time that was asked for", headers);
	}
	const failure = FAILURES[asked.plan.outcome];
	if (failure) return failure(asked);
	const model = MODELS[asked.endpoint];
	if (!model) return queueError(500, "internal_error", "Internal error");
	const input = readInput(model, asked.body, seedOf(asked.id));
	if (!input.ok) return failed(422, input.problems, false);
	const body = outputOf(asked, model, input.wanted);
	return { status: 200, headers: { "x-fal-billable-units": String(input.wanted.count) }, body };
}

/** A seed for a request that names none: the same one each time it is asked. */
export function seedOf(id: string): number {
	return Number.parseInt(id.replaceAll("-", "").slice(0, 7), 16) || 1;
}

function outputOf(asked: Asked, model: Model, wanted: Wanted): Fields {
	const { plan } = asked;
	const count = plan.outcome === "no-images" ? 0 : wanted.count;
	const black = plan.outcome === "nsfw";
	const images = Array.from({ length: count }, (_, index) => imageOf(asked, model, wanted, index));
	switch (model.extra) {
		case "description":
			return { images, description: "" };
		case "seed":
			return { images, seed: wanted.seed };
		case "safety": {
			const { prompt, seed } = wanted;
			const timings = { inference: plan.runMs / 1000 };
			return { images, timings, seed, has_nsfw_concepts: images.map(() => black), prompt };
		}
		case "nothing":
			return { images };
	}
}

function imageOf(asked: Asked, model: Model, wanted: Wanted, index: number): Fields {
	const { id, origin, plan } = asked;
	const [width, height] = plan.maxSide > 0 ? shrunk(wanted.size, plan.maxSide) : wanted.size;
	const { prompt, seed } = wanted;
	const black = plan.outcome === "nsfw";
	const url = fileUrl(origin, {
		id,
		index,
		width,
		height,
		prompt,
		seed,
		black,
		fault: plan.file,
		faults: plan.fileFaults,
		bytes: plan.bytes,
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

/** What the result says of the file, where it is not a PNG. */
const CONTENT_TYPES: Readonly<Partial<Record<Plan["file"], string>>> = {
	svg: "image/svg+xml",
	"wrong-type": "image/jpeg",
};

function shrunk([width, height]: Wanted["size"], side: number): Wanted["size"] {
	const scale = Math.min(1, side / Math.max(width, height));
	return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/**
 * Everything that can go wrong for a client, as data, and the one table from there to the wire.
 * A job's failure is stored in its log; a request's failure is answered before there is a job.
 */

/** Why a job failed. `message` is safe to show: it never holds fal's `input` echo, a key or an address. */
export interface JobError {
	readonly code: JobErrorCode;
	readonly message: string;
	/** The request's field that is to blame, where fal says so. */
	readonly param?: string;
}

export type JobErrorCode =
	| "moderation_blocked"
	| "invalid_input"
	| "no_media_generated"
	| "upstream_key_refused"
	| "insufficient_quota"
	| "model_not_found"
	| "rate_limit_exceeded"
	| "upstream_unavailable"
	| "upstream_outcome_unknown"
	| "deadline_exceeded"
	| "upstream_failed"
	| "storing_failed"
	| "cancelled";

/** Why a request was not taken. */
export type RequestError =
	| { readonly kind: "invalid_json"; readonly message: string }
	| { readonly kind: "invalid_value"; readonly param: string | null; readonly message: string }
	| { readonly kind: "body_too_large"; readonly maxBytes: number }
	| { readonly kind: "model_not_found"; readonly model: string; readonly near: readonly string[] }
	| { readonly kind: "unauthorized"; readonly missing: boolean }
	| { readonly kind: "forbidden_link" }
	| { readonly kind: "forged_webhook" }
	| { readonly kind: "route_not_found"; readonly method: string; readonly path: string }
	| { readonly kind: "method_not_allowed"; readonly method: string; readonly allow: readonly string[] }
	| { readonly kind: "not_found"; readonly what: string }
	| { readonly kind: "range_not_satisfiable"; readonly bytes: number }
	| { readonly kind: "idempotency_conflict" }
	| { readonly kind: "misconfigured"; readonly problems: readonly string[] }
	| { readonly kind: "unexpected" };

/** The body of every error answer: OpenAI's four fields, always all of them. */
export interface ErrorBody {
	readonly error: {
		readonly message: string;
		readonly type: string;
		readonly param: string | null;
		readonly code: string | null;
	};
}

export interface ErrorAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: ErrorBody;
}

type Row = readonly [status: number, type: string];

/**
 * After a submit no failure is 409 or 5xx: the SDKs would send the request again, and pay again (docs/protocol.md). What fal
 * surely did not accept and what may work later keeps its 429, which is safe to retry.
 */
const JOB_ERRORS: Readonly<Record<JobErrorCode, Row>> = {
	moderation_blocked: [400, "image_generation_user_error"],
	invalid_input: [400, "invalid_request_error"],
	no_media_generated: [422, "image_generation_error"],
	upstream_key_refused: [403, "configuration_error"],
	insufficient_quota: [429, "insufficient_quota"],
	model_not_found: [404, "invalid_request_error"],
	rate_limit_exceeded: [429, "rate_limit_error"],
	upstream_unavailable: [429, "rate_limit_error"],
	upstream_outcome_unknown: [422, "image_generation_error"],
	deadline_exceeded: [422, "image_generation_error"],
	upstream_failed: [422, "image_generation_error"],
	storing_failed: [422, "image_generation_error"],
	cancelled: [400, "image_generation_user_error"],
};

const RETRY_AFTER_SECONDS = 20;

export function toErrorBody(error: JobError): ErrorBody {
	return {
		error: {
			message: error.message,
			type: JOB_ERRORS[error.code][1],
			param: error.param ?? (error.code === "model_not_found" ? "model" : null),
			code: error.code,
		},
	};
}

/** The answer for a job that failed before anything was sent to the client. */
export function toJobAnswer(error: JobError): ErrorAnswer {
	const [status] = JOB_ERRORS[error.code];
	const worthRetrying = error.code === "rate_limit_exceeded" || error.code === "upstream_unavailable";
	return {
		status,
		headers: worthRetrying ? { "retry-after": String(RETRY_AFTER_SECONDS) } : { "x-should-retry": "false" },
		body: toErrorBody(error),
	};
}

/** The answer for a request that made no job. */
export function toRequestAnswer(error: RequestError): ErrorAnswer {
	const answer = (
		status: number,
		message: string,
		code: string | null,
		{ param = null, type = "invalid_request_error", headers = {} }: Partial<ErrorParts> = {},
	): ErrorAnswer => ({ status, headers, body: { error: { message, type, param, code } } });

	switch (error.kind) {
		case "invalid_json":
			return answer(400, error.message, "invalid_json");
		case "invalid_value":
			return answer(400, error.message, "invalid_value", { param: error.param });
		case "body_too_large":
			return answer(413, `The body is larger than ${error.maxBytes} bytes.`, "request_too_large");
		case "model_not_found":
			return answer(
				404,
				`The model '${error.model}' does not exist.${error.near.length > 0 ? ` Did you mean ${error.near.map((id) => `'${id}'`).join(", ")}?` : ""} GET /v1/models lists what is offered; any fal id such as 'fal-ai/flux/dev' works too, where it is allowed.`,
				"model_not_found",
				{ param: "model" },
			);
		case "unauthorized":
			return answer(
				401,
				error.missing
					? "No access key was given. Send it as 'Authorization: Bearer <WORKER_ACCESS_KEY>'."
					: "The access key is not valid here. It is the WORKER_ACCESS_KEY of this Worker, not a key of OpenAI or fal.",
				"invalid_api_key",
				{ type: "authentication_error", headers: { "www-authenticate": "Bearer" } },
			);
		case "forbidden_link":
			return answer(403, "This link is not valid.", "forbidden", { type: "permission_error" });
		case "forged_webhook":
			return answer(401, "This webhook is not valid.", "unauthorized", { type: "authentication_error" });
		case "route_not_found":
			return answer(404, `There is nothing at ${error.method} ${error.path}.`, "route_not_found");
		case "method_not_allowed":
			return answer(405, `${error.method} is not allowed here; ${error.allow.join(", ")} is.`, "method_not_allowed", {
				headers: { allow: error.allow.join(", ") },
			});
		case "not_found":
			return answer(404, `This ${error.what} does not exist.`, "not_found");
		case "range_not_satisfiable":
			return answer(416, `The range lies outside of the picture's ${error.bytes} bytes.`, "range_not_satisfiable", {
				headers: { "content-range": `bytes */${error.bytes}` },
			});
		case "idempotency_conflict":
			return answer(422, "This Idempotency-Key was used for another request.", "idempotency_key_reused");
		case "misconfigured":
			return answer(500, `Darkroom is not configured: ${error.problems.join(" ")}`, "configuration_error", {
				type: "configuration_error",
				headers: { "x-should-retry": "false" },
			});
		case "unexpected":
			return answer(
				500,
				"Something went wrong here; the request id tells the operator where to look.",
				"internal_error",
				{
					type: "server_error",
				},
			);
	}
}

interface ErrorParts {
	readonly param: string | null;
	readonly type: string;
	readonly headers: Readonly<Record<string, string>>;
}

import { describe, expect, it } from "vitest";
import {
	FAL_SAYS,
	isJobErrorCode,
	JOB_ERRORS,
	type JobErrorCode,
	REQUEST_ERRORS,
	type RequestError,
	rateHeaders,
	toErrorBody,
	toJobAnswer,
	toRequestAnswer,
} from "./errors.ts";
import { MAX_ECHO_CHARS } from "./text.ts";

const INVALID = "invalid_request_error";
const FAILED = "image_generation_error";
const BLOCKED = "image_generation_user_error";
const NO_RETRY = { "x-should-retry": "false" };
const RETRY_LATER = { "retry-after": "20" };

const JOB_CASES: readonly (readonly [JobErrorCode, status: number, type: string, headers: Record<string, string>])[] = [
	["moderation_blocked", 400, BLOCKED, NO_RETRY],
	["invalid_input", 400, INVALID, NO_RETRY],
	["no_media_generated", 422, FAILED, NO_RETRY],
	["upstream_key_refused", 403, "configuration_error", NO_RETRY],
	["upstream_account_locked", 403, "configuration_error", NO_RETRY],
	["upstream_permission_missing", 403, "configuration_error", NO_RETRY],
	["insufficient_quota", 429, "insufficient_quota", NO_RETRY],
	["model_not_found", 404, INVALID, NO_RETRY],
	["rate_limit_exceeded", 429, "rate_limit_error", RETRY_LATER],
	["upstream_unavailable", 429, "rate_limit_error", RETRY_LATER],
	["upstream_outcome_unknown", 422, FAILED, NO_RETRY],
	["deadline_exceeded", 422, FAILED, NO_RETRY],
	["upstream_failed", 422, FAILED, NO_RETRY],
	["storing_failed", 422, FAILED, NO_RETRY],
	["cancelled", 400, BLOCKED, NO_RETRY],
];

describe("a job's failure", () => {
	it.each(JOB_CASES)("%s answers %i %s", (code, status, type, headers) => {
		const param = code === "model_not_found" ? "model" : null;
		const body = { error: { message: "the words", type, param, code } };
		expect(toJobAnswer({ code, message: "the words" })).toEqual({ status, headers, body });
		expect(toErrorBody({ code, message: "the words" })).toEqual(body);
	});

	it("has one of these codes, and no other", () => {
		for (const code of ["moderation_blocked", "cancelled"]) expect(isJobErrorCode(code)).toBe(true);
		for (const other of ["not_found", "", "toString", 7, null, undefined, ["cancelled"]])
			expect(isJobErrorCode(other)).toBe(false);
	});

	it("is tested for each code that there is", () => {
		expect(JOB_CASES.map(([code]) => code).toSorted()).toEqual(Object.keys(JOB_ERRORS).toSorted());
	});

	it("blames the field that it names", () => {
		const blamed = toErrorBody({ code: "invalid_input", message: "fal says: at most 4", param: "n" });
		expect(blamed.error).toEqual({ message: "fal says: at most 4", type: INVALID, param: "n", code: "invalid_input" });
		expect(toErrorBody({ code: "model_not_found", message: "gone", param: "fal.model" }).error.param).toBe("fal.model");
	});

	it("is never 409 or 5xx, which the SDKs send again by themselves", () => {
		for (const [status] of Object.values(JOB_ERRORS)) {
			expect(status).toBeGreaterThanOrEqual(400);
			expect(status).toBeLessThan(500);
			// 408 and 409 are retried by OpenAI's SDKs, too.
			expect([408, 409]).not.toContain(status);
		}
	});

	it("invites a retry only with a 429, which fal surely did not accept", () => {
		const retried = Object.values(JOB_ERRORS).filter(([, , retry]) => retry === "later");
		expect(retried.map(([status]) => status)).toEqual([429, 429]);
	});
});

/** The answers to limits, each with its headers. */
const ENDS_AT = Date.parse("2026-11-30T00:00:00Z");
const IN_A_DAY = { endsAt: ENDS_AT, endsInMs: 43_200_001 };
const IN_12_S = { endsAt: ENDS_AT, endsInMs: 11_500 };
const NEVER = { endsAt: null, endsInMs: null };
const ENDS = "The limit ends at 2026-11-30T00:00:00.000Z.";
const BEYOND =
	"and this request alone is more than that, so it can never pass. Ask for less at once, or ask the operator for more.";
const RATE = ["rate_limit_error", "rate_limit_exceeded"] as const;
const QUOTA = ["insufficient_quota", "insufficient_quota"] as const;

type Case = readonly [
	error: RequestError,
	status: number,
	type: string,
	code: string,
	message: string,
	param?: string | null,
	headers?: Record<string, string>,
];

const LIMIT_CASES: readonly Case[] = [
	[
		{ kind: "limit_reached", limit: "max_open_jobs", value: 100, of: "account", ...NEVER },
		429,
		...RATE,
		"This account may have 100 jobs that have not ended (MAX_OPEN_JOBS), and has them. Wait until one ends.",
		null,
		{ "retry-after": "20" },
	],
	[
		{ kind: "limit_reached", limit: "max_parallel_requests", value: 2, of: "key", ...NEVER },
		429,
		...RATE,
		"This access key may have 2 jobs that have not ended (max_parallel_requests), and has them. Wait until one ends.",
		null,
		{ "retry-after": "20" },
	],
	[
		{ kind: "limit_reached", limit: "rpm_limit", value: 10, of: "key", ...IN_12_S },
		429,
		...RATE,
		`This access key may make 10 requests a minute (rpm_limit), and made them. ${ENDS}`,
		null,
		{
			"retry-after": "12",
			"x-ratelimit-limit-requests": "10",
			"x-ratelimit-remaining-requests": "0",
			"x-ratelimit-reset-requests": "12s",
		},
	],
	[
		{ kind: "limit_reached", limit: "images_per_day", value: 50, of: "key", ...IN_A_DAY },
		429,
		...RATE,
		`This access key may ask for 50 pictures a day (images_per_day), and this request would pass that. ${ENDS}`,
		null,
		{ "retry-after": "43201", "x-should-retry": "false" },
	],
	[
		{ kind: "budget_spent", limit: "max_budget", value: 5_250_000, of: "key", ...NEVER },
		429,
		...QUOTA,
		"This access key may spend $5.25 (max_budget), and this request would pass that. Ask the operator for more.",
		null,
		{ "x-should-retry": "false" },
	],
	[
		{ kind: "budget_spent", limit: "budget_limits", value: 5_000_000, window: "7d", of: "key", ...IN_A_DAY },
		429,
		...QUOTA,
		`This access key may spend $5 in each window of 7d (budget_limits), and this request would pass that. ${ENDS}`,
		null,
		{ "retry-after": "43201", "x-should-retry": "false" },
	],
	[
		{ kind: "budget_spent", limit: "max_budget", value: 1, window: "1d", of: "key", ...IN_12_S },
		429,
		...QUOTA,
		`This access key may spend $0.000001 in each window of 1d (max_budget), and this request would pass that. ${ENDS}`,
		null,
		{ "retry-after": "12", "x-should-retry": "false" },
	],
	[
		{ kind: "limit_reached", limit: "images_per_day", value: 2, of: "key", ...NEVER, isBeyond: true },
		429,
		...RATE,
		`This access key may ask for 2 pictures a day (images_per_day), ${BEYOND}`,
		null,
		{ "x-should-retry": "false" },
	],
	[
		{ kind: "budget_spent", limit: "max_budget", value: 100_000, window: "1d", of: "key", ...NEVER, isBeyond: true },
		429,
		...QUOTA,
		`This access key may spend $0.1 in each window of 1d (max_budget), ${BEYOND}`,
		null,
		{ "x-should-retry": "false" },
	],
];

const MODELS_HINT =
	"GET /v1/models lists what is offered; the id of any model of fal's that makes pictures, such as 'fal-ai/flux/dev', works too, where it is allowed.";

const REQUEST_CASES: readonly Case[] = [
	[
		{ kind: "invalid_json", body: "broken" },
		400,
		INVALID,
		"invalid_json",
		"The body is not valid JSON. Send a JSON object.",
	],
	[
		{ kind: "invalid_json", body: "form", files: true },
		400,
		INVALID,
		"invalid_json",
		"The body is a form. Send a JSON object. Files are sent as multipart/form-data.",
	],
	[
		{ kind: "invalid_value", param: "n", fault: { is: "too_large", max: 10, got: 11 } },
		400,
		INVALID,
		"invalid_value",
		"Invalid value for 'n': 11, must be at most 10.",
		"n",
	],
	[
		{ kind: "invalid_value", param: null, fault: { is: "unusable" } },
		400,
		INVALID,
		"invalid_value",
		"Invalid value for the body: it means nothing here.",
	],
	[
		{ kind: "unauthorized", missing: true },
		401,
		"authentication_error",
		"invalid_api_key",
		"No access key was given. Send it as 'Authorization: Bearer <WORKER_ACCESS_KEY>'.",
		null,
		{ "www-authenticate": "Bearer" },
	],
	[
		{ kind: "unauthorized", missing: false },
		401,
		"authentication_error",
		"invalid_api_key",
		"The access key is not valid here. It is one of this Worker, from WORKER_ACCESS_KEY or issued by its operator, and none of OpenAI or fal.",
		null,
		{ "www-authenticate": "Bearer" },
	],
	[
		{ kind: "key_refused", why: "revoked" },
		401,
		"authentication_error",
		"invalid_api_key",
		"This access key was revoked, or another one took its place. Ask the operator for a new one.",
		null,
		{ "www-authenticate": "Bearer" },
	],
	[
		{ kind: "key_refused", why: "expired" },
		401,
		"authentication_error",
		"invalid_api_key",
		"This access key has expired. Ask the operator for a new one.",
		null,
		{ "www-authenticate": "Bearer" },
	],
	[
		{ kind: "key_refused", why: "blocked" },
		401,
		"authentication_error",
		"invalid_api_key",
		"This access key is blocked. Ask the operator why.",
		null,
		{ "www-authenticate": "Bearer" },
	],
	[
		{ kind: "model_not_allowed", model: "gpt-image-2" },
		403,
		"permission_error",
		"model_not_allowed",
		"This access key may not use the model 'gpt-image-2'. GET /v1/models lists those that it may.",
		"model",
	],
	...LIMIT_CASES,
	[
		{ kind: "scope_missing", scope: "admin" },
		403,
		"permission_error",
		"insufficient_permissions",
		"This access key may not do that: it lacks the scope 'admin'.",
	],
	[{ kind: "forged_webhook" }, 401, "authentication_error", "unauthorized", "This webhook is not valid."],
	[{ kind: "forbidden_link" }, 403, "permission_error", "forbidden", "This link is not valid."],
	[
		{ kind: "model_not_found", model: "dall-e", near: [], talks: false },
		404,
		INVALID,
		"model_not_found",
		`The model 'dall-e' does not exist. ${MODELS_HINT}`,
		"model",
	],
	[
		{ kind: "model_not_found", model: "flux", near: ["flux/dev", "flux/schnell"], talks: false },
		404,
		INVALID,
		"model_not_found",
		`The model 'flux' does not exist. Did you mean 'flux/dev', 'flux/schnell'? ${MODELS_HINT}`,
		"model",
	],
	[
		{ kind: "model_not_found", model: "flux", near: ["flux/dev"], talks: false, closed: true, instead: "darkroom" },
		404,
		INVALID,
		"model_not_found",
		"The model 'flux' is not offered here. Did you mean 'flux/dev'? 'darkroom' is the default. GET /v1/models lists those that are.",
		"model",
	],
	[
		{ kind: "model_not_found", model: "dall-e", near: [], talks: false, instead: "darkroom" },
		404,
		INVALID,
		"model_not_found",
		`The model 'dall-e' does not exist. 'darkroom' is the default. ${MODELS_HINT}`,
		"model",
	],
	[
		{ kind: "model_not_found", model: "gpt-5", near: ["darkroom-gpt"], talks: true, instead: "darkroom" },
		404,
		INVALID,
		"model_not_found",
		"'gpt-5' is a model for chats, and Darkroom only makes pictures. Use 'darkroom', or another name that GET /v1/models lists.",
		"model",
	],
	[
		{ kind: "model_not_found", model: "gpt-5", near: [], talks: true },
		404,
		INVALID,
		"model_not_found",
		"'gpt-5' is a model for chats, and Darkroom only makes pictures. Use a name that GET /v1/models lists.",
		"model",
	],
	[
		{ kind: "route_not_found", method: "GET", path: "/v1/audio" },
		404,
		INVALID,
		"route_not_found",
		"There is nothing at GET /v1/audio.",
	],
	[
		{
			kind: "route_not_found",
			method: "GET",
			path: "/v1/model",
			meant: { path: "/v1/models", baseUrl: "https://gateway.test/v1" },
		},
		404,
		INVALID,
		"route_not_found",
		"There is nothing at GET /v1/model. Did you mean /v1/models? The base URL for OpenAI clients is https://gateway.test/v1.",
	],
	[{ kind: "not_found", what: "picture" }, 404, INVALID, "not_found", "This picture does not exist."],
	[{ kind: "not_found", what: "key", param: "after" }, 404, INVALID, "not_found", "This key does not exist.", "after"],
	[
		{ kind: "previous_response_not_found" },
		404,
		INVALID,
		"previous_response_not_found",
		"The previous Response does not exist. It was deleted, has expired, or is another account's.",
		"previous_response_id",
	],
	[
		{ kind: "method_not_allowed", method: "PUT", allow: ["GET", "HEAD"] },
		405,
		INVALID,
		"method_not_allowed",
		"PUT is not allowed here; GET, HEAD are.",
		null,
		{ allow: "GET, HEAD" },
	],
	[
		{ kind: "method_not_allowed", method: "PUT", allow: ["POST"] },
		405,
		INVALID,
		"method_not_allowed",
		"PUT is not allowed here; POST is.",
		null,
		{ allow: "POST" },
	],
	[
		{ kind: "body_too_large", maxBytes: 1024 },
		413,
		INVALID,
		"request_too_large",
		"The body is larger than 1024 bytes.",
	],
	[
		{ kind: "body_too_complex", bound: "values", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"The body holds more than 7 values.",
	],
	[
		{ kind: "body_too_complex", bound: "depth", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"The body is nested deeper than 7 levels.",
	],
	[
		{ kind: "body_too_complex", bound: "text", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"The body holds more than 7 bytes of text. Pictures as data: addresses are not counted.",
	],
	[
		{ kind: "body_too_complex", bound: "blocks", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"The compressed body is made of more than 7 blocks.",
	],
	[
		{ kind: "body_too_complex", bound: "parts", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"The form has more than 7 parts.",
	],
	[
		{ kind: "body_too_complex", bound: "part_head", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"The headers of a part of the form have more than 7 bytes.",
	],
	[
		{ kind: "body_too_complex", bound: "field", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"A field of the form that is no file has more than 7 bytes.",
	],
	[
		{ kind: "body_too_complex", bound: "fields", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"The fields of the form that are no files have more than 7 bytes together.",
	],
	[
		{ kind: "body_too_complex", bound: "files", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"The request brings more than 7 pictures.",
	],
	[
		{ kind: "body_too_complex", bound: "file_bytes", max: 7 },
		413,
		INVALID,
		"request_too_large",
		"The request's pictures have more than 7 bytes together.",
	],
	[{ kind: "client_left" }, 400, INVALID, "client_left", "The body broke off before its end. Nothing was made."],
	[
		{ kind: "invalid_form", fault: "boundary" },
		400,
		INVALID,
		"invalid_form",
		"The content-type of a form must be 'multipart/form-data' with a 'boundary' of at most 70 characters. Most clients write it themselves: leave the header out.",
	],
	[
		{ kind: "invalid_form", fault: "cut" },
		400,
		INVALID,
		"invalid_form",
		"The form ends before its last boundary: the body was cut off, or its boundary is not the one of the content-type.",
	],
	[
		{ kind: "invalid_form", fault: "not_utf8", param: "prompt" },
		400,
		INVALID,
		"invalid_form",
		"A field of the form is not valid UTF-8. It is 'prompt'.",
		"prompt",
	],
	[
		{ kind: "invalid_json", body: "not_utf8" },
		400,
		INVALID,
		"invalid_json",
		"The body is not valid UTF-8. JSON is sent in UTF-8, whatever the content-type says.",
	],
	[
		{ kind: "invalid_form", fault: "not_utf8" },
		400,
		INVALID,
		"invalid_form",
		"A field of the form is not valid UTF-8.",
	],
	[
		{ kind: "invalid_form", fault: "part" },
		400,
		INVALID,
		"invalid_form",
		"A part of the form has no Content-Disposition with a name.",
	],
	[
		{ kind: "body_too_large", maxBytes: 7, decoded: true },
		413,
		INVALID,
		"request_too_large",
		"The body is larger than 7 bytes when it is decoded.",
	],
	[
		{ kind: "body_undecodable", encoding: "gzip", cut: false },
		400,
		INVALID,
		"invalid_encoding",
		"The body is not valid gzip, which its content-encoding names.",
	],
	[
		{ kind: "body_undecodable", encoding: "deflate", cut: true },
		400,
		INVALID,
		"invalid_encoding",
		"The body ends in the middle of its deflate, which its content-encoding names.",
	],
	[
		{ kind: "encoding_unsupported", encoding: "gzip, gzip", supported: ["gzip", "deflate"] },
		415,
		INVALID,
		"unsupported_encoding",
		"The content-encoding 'gzip, gzip' is not read here; gzip and deflate are, one at a time, and a body without one.",
		null,
		{ "accept-encoding": "gzip, deflate" },
	],
	[
		{ kind: "range_not_satisfiable", bytes: 1000 },
		416,
		INVALID,
		"range_not_satisfiable",
		"The range lies outside of the picture's 1000 bytes.",
		null,
		{ "content-range": "bytes */1000" },
	],
	[
		{ kind: "idempotency_conflict" },
		422,
		INVALID,
		"idempotency_key_reused",
		"This Idempotency-Key was used for another request.",
	],
	[
		{ kind: "misconfigured", problems: ["FAL_API_KEY is not set.", "MODELS is wrong."] },
		500,
		"configuration_error",
		"configuration_error",
		"Darkroom is not configured: FAL_API_KEY is not set. MODELS is wrong.",
		null,
		NO_RETRY,
	],
	[
		{ kind: "no_admin_key" },
		404,
		"configuration_error",
		"fal_admin_key_missing",
		"fal tells its balance to an admin key only, and none is set here. Set FAL_ADMIN_KEY to a key of fal's with the scope ADMIN.",
	],
	[
		{ kind: "unexpected" },
		500,
		"server_error",
		"internal_error",
		"Something went wrong here; the request id tells the operator where to look.",
	],
	[
		{ kind: "schema_unavailable", model: "a/b" },
		503,
		"server_error",
		"schema_unavailable",
		"fal does not say now how 'a/b' is asked. Nothing was sent to fal. Try again later.",
		"model",
	],
	[
		{ kind: "result_unavailable" },
		503,
		"server_error",
		"result_unavailable",
		"fal's result cannot be fetched now. Send this webhook again later.",
	],
];

describe("a request's failure", () => {
	it.each(REQUEST_CASES.map((row) => [row[0].kind, ...row] as const))(
		"%s answers its status, fields and headers",
		(_, error, status, type, code, message, param = null, headers = {}) => {
			const body = { error: { message, type, param, code } };
			expect(toRequestAnswer(error)).toEqual({ status, headers, body });
		},
	);

	it("is tested for each kind that there is", () => {
		const tested = new Set(REQUEST_CASES.map(([{ kind }]) => kind));
		expect([...tested].toSorted()).toEqual(Object.keys(REQUEST_ERRORS).toSorted());
	});

	it("names the field that brings too much, if it was one", () => {
		const tooMuch = { kind: "body_too_complex", bound: "files", max: 7 } as const;
		expect(toRequestAnswer({ ...tooMuch, param: "image" }).body.error.param).toBe("image");
		expect(toRequestAnswer(tooMuch).body.error.param).toBeNull();
	});

	it("has OpenAI's four fields, in their order", () => {
		for (const [error] of REQUEST_CASES) {
			expect(Object.keys(toRequestAnswer(error).body.error)).toEqual(["message", "type", "param", "code"]);
		}
		expect(Object.keys(toErrorBody({ code: "cancelled", message: "" }).error)).toEqual([
			"message",
			"type",
			"param",
			"code",
		]);
	});
});

describe("a value that an error repeats", () => {
	const huge = "🦊".repeat(4_000_000);
	const clipped = `${"🦊".repeat(MAX_ECHO_CHARS)}…`;

	it.each<readonly [RequestError, param: string | null]>([
		[{ kind: "model_not_found", model: huge, near: [], talks: false }, "model"],
		[{ kind: "route_not_found", method: "GET", path: huge }, null],
		[{ kind: "invalid_value", param: huge, fault: { is: "forbidden", why: "file" } }, clipped],
		[{ kind: "encoding_unsupported", encoding: huge, supported: ["gzip"] }, null],
		[{ kind: "invalid_form", fault: "not_utf8", param: huge }, clipped],
	])("is clipped in %.40j", (error, param) => {
		const { body } = toRequestAnswer(error);
		expect(body.error.param).toBe(param);
		expect(body.error.message).toContain(clipped);
		expect(JSON.stringify(body).length).toBeLessThan(2_000);
	});

	it("is clipped as a whole, too", () => {
		const error = { code: "invalid_input", message: huge, param: huge } as const;
		expect(toErrorBody(error).error).toMatchObject({ message: `${"🦊".repeat(2_000)}…`, param: clipped });
		const { message } = toRequestAnswer({ kind: "misconfigured", problems: [huge] }).body.error;
		expect(message).toMatch(/^Darkroom is not configured: (?:🦊)+…$/u);
		expect([...message]).toHaveLength(2_001);
	});
});

it("fal's words stand behind the text that they stand behind in stored logs", () => {
	expect(FAL_SAYS).toBe("fal says: ");
});

describe("the headers of a rate", () => {
	it.each([
		[0, "0ms"],
		[119.2, "120ms"],
		[999, "999ms"],
		[1_000, "1s"],
		[59_000, "59s"],
		[59_001, "1m0s"],
		[360_000, "6m0s"],
		[3_661_000, "61m1s"],
	])("say %i ms as OpenAI does: %s", (resetInMs, reset) => {
		expect(rateHeaders({ limit: 10, remaining: 3, resetInMs })).toEqual({
			"x-ratelimit-limit-requests": "10",
			"x-ratelimit-remaining-requests": "3",
			"x-ratelimit-reset-requests": reset,
		});
	});

	it.each([
		[60_000, undefined],
		[60_001, "false"],
	])("of a limit that ends in %i ms say that a retry helps: %s", (endsInMs, retry) => {
		const limit = { kind: "limit_reached", limit: "rpm_limit", value: 1, of: "key", endsAt: 1, endsInMs } as const;
		expect(toRequestAnswer(limit).headers).toMatchObject({ "retry-after": String(Math.ceil(endsInMs / 1_000)) });
		expect(Reflect.get(toRequestAnswer(limit).headers, "x-should-retry")).toBe(retry);
	});

	it("never ask to wait for no time", () => {
		const limit = { kind: "limit_reached", limit: "rpm_limit", value: 1, of: "key", endsAt: 1, endsInMs: 0 } as const;
		expect(toRequestAnswer(limit).headers).toMatchObject({ "retry-after": "1", "x-ratelimit-reset-requests": "0ms" });
	});
});

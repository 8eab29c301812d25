import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BALANCE, json, picture, summaryOf } from "../../test/support/fal-answers.ts";
import type { FalStatus } from "../core/fal-answers.ts";
import { readResult } from "./result.ts";
import { readCancelAnswer, readStatus, readSubmitAnswer, readWebhook } from "./wire.ts";

const ORIGIN = "https://queue.fal.run";
const REQUEST = `${ORIGIN}/fal-ai/imagen4/requests/r-1`;

const SUBMITTED = {
	status: "IN_QUEUE",
	request_id: "r-1",
	response_url: REQUEST,
	status_url: `${REQUEST}/status`,
	cancel_url: `${REQUEST}/cancel`,
	logs: null,
	metrics: {},
	queue_position: 3,
};
const UPSTREAM = {
	requestId: "r-1",
	statusUrl: `${REQUEST}/status`,
	responseUrl: REQUEST,
	cancelUrl: `${REQUEST}/cancel`,
};

describe("a submit's answer", () => {
	it.each<readonly [case_: string, status: number, text: string, proves: string]>([
		["an accepted request", 200, json(SUBMITTED), "accepted"],
		["an accepted request, with another 2xx", 201, json(SUBMITTED), "accepted"],
		["an empty answer", 200, "", "lost"],
		["cut JSON", 200, json(SUBMITTED).slice(0, 40), "lost"],
		["a proxy's page", 200, "<html>welcome to the hotel</html>", "lost"],
		["an answer without a request id", 200, json({ ...SUBMITTED, request_id: undefined }), "lost"],
		["an empty request id", 200, json({ ...SUBMITTED, request_id: "" }), "lost"],
		["a request id that is no text", 200, json({ ...SUBMITTED, request_id: 7 }), "lost"],
		["a request id that is too long", 200, json({ ...SUBMITTED, request_id: "r".repeat(201) }), "lost"],
		["a request id with half a letter", 200, json({ ...SUBMITTED, request_id: "\ud800abc" }), "lost"],
		["a bad key", 401, json({ detail: "invalid key credentials" }), "account_refused upstream_key_refused"],
		["an exhausted balance", 403, json(BALANCE), "account_refused insufficient_quota"],
		["a key without the right", 403, json({ detail: "Forbidden" }), "account_refused upstream_key_refused"],
		["a 403 without words", 403, "", "account_refused upstream_key_refused"],
		["an unknown app", 404, json({ detail: 'Application "x" not found' }), "gone model_not_found"],
		["a 404 without words", 404, "<html>", "busy upstream_unavailable"],
		["bad input", 400, json({ detail: "bad", error_type: "bad_request" }), "refused invalid_input"],
		["a wrong method", 405, "", "refused invalid_input"],
		["a body too large", 413, "", "refused invalid_input"],
		["a wrong media type", 415, "", "refused invalid_input"],
		["validation", 422, json({ detail: [{ loc: ["body", "seed"], msg: "no", type: "int" }] }), "refused invalid_input"],
		[
			"a blocked prompt",
			422,
			json({ detail: [{ loc: ["body", "prompt"], msg: "no", type: "content_policy_violation" }] }),
			"refused moderation_blocked",
		],
		["an error with an id and its status", 400, json({ request_id: "r-1", status: 400 }), "refused invalid_input"],
		["too many requests", 429, json({ detail: "slow down" }), "busy rate_limit_exceeded"],
		["a gateway without a runner", 503, json({ detail: "unavailable" }), "busy upstream_unavailable"],
		["an origin that refused", 521, "", "busy upstream_unavailable"],
		["an origin that cannot be reached", 523, "", "busy upstream_unavailable"],
		["no TLS", 525, "", "busy upstream_unavailable"],
		["no trusted TLS", 526, "", "busy upstream_unavailable"],
		["an error inside fal", 500, json({ detail: "oh", error_type: "internal_error" }), "lost"],
		["a gateway between", 502, "<html>Bad Gateway</html>", "lost"],
		["a time-out", 504, json({ detail: "timed out" }), "lost"],
		["Cloudflare's own unknown error", 520, "", "lost"],
		["Cloudflare's connection time-out", 522, "", "lost"],
		["Cloudflare's answer time-out", 524, "", "lost"],
		["a request time-out", 408, "", "lost"],
		["a conflict", 409, "", "lost"],
		["a client that disconnected", 499, json({ detail: "x", error_type: "client_disconnected" }), "lost"],
		["a redirect", 301, "", "lost"],
		["a temporary redirect", 307, json(SUBMITTED), "lost"],
		["not modified", 304, "", "lost"],
	])("reads %s (%i)", (_, status, text, proves) => {
		expect(summaryOf(readSubmitAnswer(status, text, ORIGIN))).toBe(proves);
	});

	it("says how long fal asks to wait, if it does", () => {
		const busy = (retryAfterMs?: number | null) =>
			readSubmitAnswer(429, json({ detail: "slow down" }), ORIGIN, retryAfterMs === undefined ? {} : { retryAfterMs });
		const error = { code: "rate_limit_exceeded", message: "fal says: slow down" };
		expect(busy(7_000)).toEqual({ kind: "busy", status: 429, error, retryAfterMs: 7_000 });
		expect(busy(0)).toEqual({ kind: "busy", status: 429, error, retryAfterMs: 0 });
		for (const none of [null, undefined]) expect(busy(none)).toEqual({ kind: "busy", status: 429, error });
	});

	it("keeps an address of at most 8,192 characters", () => {
		const kept = (length: number) => {
			const answer = readSubmitAnswer(200, json({ ...SUBMITTED, status_url: REQUEST.padEnd(length, "x") }), ORIGIN);
			return answer.kind === "accepted" ? (answer.upstream.statusUrl?.length ?? null) : answer.kind;
		};
		expect([kept(8_192), kept(8_193)]).toEqual([8_192, null]);
	});

	it.each([
		"exhausted  balance",
		"insufficient balance",
		"insufficient  funds",
		"Insufficient credit",
		"insufficient credits",
	])("knows an empty balance by fal's words: %s", (words) => {
		const answer = readSubmitAnswer(403, json({ detail: `It is so: ${words}!` }), ORIGIN);
		expect(summaryOf(answer)).toBe("account_refused insufficient_quota");
	});

	it.each([
		["User is locked. Reason: Admin lock.", "upstream_account_locked"],
		["Your account has been suspended", "upstream_account_locked"],
		["The team was  disabled", "upstream_account_locked"],
		["This organization is blocked", "upstream_account_locked"],
		["This organisation has been banned", "upstream_account_locked"],
		["User is locked. Reason: Exhausted balance.", "insufficient_quota"],
		['Cannot access application "x"', "upstream_permission_missing"],
		["Access denied", "upstream_permission_missing"],
		["This key lacks the permission to use it", "upstream_permission_missing"],
		["You are not authorized to use this endpoint", "upstream_permission_missing"],
		["The user is under review", "upstream_key_refused"],
		["The door is locked", "upstream_key_refused"],
	])("tells by fal's words why it refuses an account: %s", (words, code) => {
		expect(summaryOf(readSubmitAnswer(403, json({ detail: words }), ORIGIN))).toBe(`account_refused ${code}`);
		// Other statuses speak of the request.
		expect(summaryOf(readSubmitAnswer(400, json({ detail: words }), ORIGIN))).toBe("refused invalid_input");
	});

	it("keeps the addresses that fal returned, and the place in the queue", () => {
		expect(readSubmitAnswer(200, json(SUBMITTED), ORIGIN)).toEqual({
			kind: "accepted",
			upstream: UPSTREAM,
			position: 3,
		});
	});

	it.each<readonly [field: string, value: unknown]>([
		["queue_position", null],
		["queue_position", undefined],
		["queue_position", "3"],
		["status_url", null],
		["status_url", 7],
		["response_url", {}],
		["cancel_url", []],
		["status", "QUEUED"],
		["logs", "none"],
		["metrics", null],
	])("accepts any %s (%j) beside a request id", (field, value) => {
		const answer = readSubmitAnswer(200, json({ ...SUBMITTED, [field]: value }), ORIGIN);
		expect(answer).toMatchObject({ kind: "accepted", upstream: { requestId: "r-1" } });
	});

	it.each([
		"https://evil.test/fal-ai/imagen4/requests/r-1",
		"http://queue.fal.run/fal-ai/imagen4/requests/r-1",
		"https://queue.fal.run.evil.test/requests/r-1",
		"https://queue.fal.run@evil.test/requests/r-1",
		"https://queue.fal.run:8443/requests/r-1",
		"https://queue.fal.run",
		"//queue.fal.run/requests/r-1",
		"/requests/r-1",
		"HTTPS://QUEUE.FAL.RUN/requests/r-1",
		"javascript:alert(1)",
		"",
	])("drops an address of another origin: %s", (url) => {
		const body = { ...SUBMITTED, status_url: url, response_url: url, cancel_url: url };
		expect(readSubmitAnswer(200, json(body), ORIGIN)).toMatchObject({
			upstream: { requestId: "r-1", statusUrl: null, responseUrl: null, cancelUrl: null },
		});
	});
});

describe("a status", () => {
	const line = (message: unknown) => ({ message, level: "INFO", source: "USER", timestamp: "2026-11-01T00:00:00Z" });

	it.each<readonly [case_: string, body: unknown, status: FalStatus | null]>([
		["in the queue", { status: "IN_QUEUE", queue_position: 2 }, { kind: "queued", position: 2 }],
		["next in the queue", { status: "IN_QUEUE", queue_position: 0 }, { kind: "queued", position: 0 }],
		["without a position", { status: "IN_QUEUE" }, { kind: "queued", position: null }],
		["with a null position", { status: "IN_QUEUE", queue_position: null }, { kind: "queued", position: null }],
		["that is running, with null logs", { status: "IN_PROGRESS", logs: null }, { kind: "running", logs: [] }],
		["that is running, without logs", { status: "IN_PROGRESS" }, { kind: "running", logs: [] }],
		["that is running", { status: "IN_PROGRESS", logs: [line("a"), line("b")] }, { kind: "running", logs: ["a", "b"] }],
		[
			"that is running, with tabs and several lines in one",
			{ status: "IN_PROGRESS", logs: [line("a\tb\nc\u0007")] },
			{ kind: "running", logs: ["a\tb\nc"] },
		],
		[
			"that is running, with a null message",
			{ status: "IN_PROGRESS", logs: [line(null), line("b")] },
			{ kind: "running", logs: ["b"] },
		],
		[
			"that is running, with a null line",
			{ status: "IN_PROGRESS", logs: [null, line("b")] },
			{ kind: "running", logs: ["b"] },
		],
		[
			"that is running, with logs of another form",
			{ status: "IN_PROGRESS", logs: "a\nb" },
			{ kind: "running", logs: [] },
		],
		["that is completed", { status: "COMPLETED", logs: null, metrics: { inference_time: 1.2 } }, { kind: "completed" }],
		[
			"that is completed, with logs of another form",
			{ status: "COMPLETED", logs: [line(null)] },
			{ kind: "completed" },
		],
		["that is completed, with a strange position", { status: "COMPLETED", queue_position: "-" }, { kind: "completed" }],
		[
			"that is completed, with an error",
			{ status: "COMPLETED", error: "x", error_type: "y" },
			{ kind: "completed", error: { code: "upstream_failed", message: "fal says: x" } },
		],
		["that is completed, with no error", { status: "COMPLETED", error: null, error_type: null }, { kind: "completed" }],
		["that fal does not have, but means an end", { status: "FAILED" }, { kind: "completed" }],
		["that fal does not have", { status: "UNHEARD_OF" }, null],
		["in lower case", { status: "in_queue" }, { kind: "queued", position: null }],
		["without fields", {}, null],
		["that is a list", [{ status: "COMPLETED" }], null],
		["that is null", null, null],
	])("reads a status %s", (_, body, status) => {
		expect(readStatus(json(body))).toEqual(status);
	});

	it.each<readonly [said: object, error: object | undefined]>([
		[{ error: "it broke" }, { code: "upstream_failed", message: "fal says: it broke" }],
		[{ error: { message: "it broke" } }, { code: "upstream_failed", message: "fal says: it broke" }],
		[{ error: "422" }, { code: "invalid_input", message: "fal answered 422." }],
		[{ error_type: "some_error" }, { code: "upstream_failed", message: "fal answered 500." }],
		[
			{ error_type: "some_error", error: null },
			{ code: "upstream_failed", message: "fal answered 500." },
		],
		[{ error: true }, { code: "upstream_failed", message: "fal answered 500." }],
		[
			{ error: "Image width must be at least 512 pixels", error_type: "image_too_small" },
			{ code: "upstream_failed", message: "fal says: Image width must be at least 512 pixels" },
		],
		[{ error: "" }, undefined],
		[{ error: "None" }, undefined],
		[{ error: {}, error_type: "null" }, undefined],
		[{ error: [{ message: null }] }, undefined],
		[{ error: 0 }, undefined],
		[{ error: false }, undefined],
		[{ error: null, error_type: null }, undefined],
		[{ error_type: "" }, undefined],
		[{ error_type: 7 }, undefined],
		[{}, undefined],
	])("of a job that is done says that it failed by %j", (said, error) => {
		const status = readStatus(json({ status: "COMPLETED", ...said }));
		expect(status).toEqual(error === undefined ? { kind: "completed" } : { kind: "completed", error });
	});

	it.each(["", "not json", '{"status":"IN_QUE', ": comment"])("returns null for %j", (text) => {
		expect(readStatus(text)).toBeNull();
	});

	it("keeps the last 20 log lines, and 300 characters of each", () => {
		const logs = Array.from({ length: 50 }, (_, index) => line(`${index} ${"x".repeat(400)}`));
		const status = readStatus(json({ status: "IN_PROGRESS", logs }));
		expect(status).toEqual({
			kind: "running",
			logs: Array.from({ length: 20 }, (_, index) => `${index + 30} ${"x".repeat(297)}`),
		});
	});

	it("follows fal's moving window of log lines", () => {
		const window = (from: number) =>
			readStatus(json({ status: "IN_PROGRESS", logs: Array.from({ length: 20 }, (_, i) => line(`${from + i}`)) }));
		expect(window(0)).toMatchObject({ logs: expect.arrayContaining(["0", "19"]) });
		expect(window(5)).toMatchObject({ logs: expect.arrayContaining(["5", "24"]) });
	});

	it("never cuts a character in two", () => {
		const status = readStatus(json({ status: "IN_PROGRESS", logs: [line(`${"x".repeat(299)}🦊🦊`)] }));
		expect(status).toEqual({ kind: "running", logs: ["x".repeat(299)] });
	});
});

describe("a webhook", () => {
	const blocked = { detail: [{ loc: ["body", "prompt"], msg: "no", type: "content_policy_violation" }] };

	it.each<readonly [case_: string, body: object, says: string]>([
		["a picture", { status: "OK", payload: { images: [picture(0)] } }, "outputs"],
		["no picture", { status: "OK", payload: { images: [] } }, "failure no_media_generated"],
		["another payload", { status: "OK", payload: "hello" }, "to be fetched"],
		["the queue's own status", { status: "OK", payload: { status: "IN_QUEUE" } }, "to be fetched"],
		["words of the queue", { status: "OK", payload: { detail: "Request is still in progress" } }, "to be fetched"],
		["a list", { status: "OK", payload: [] }, "to be fetched"],
		[
			"a failure",
			{ status: "ERROR", error: "Invalid status code: 422", payload: blocked },
			"failure moderation_blocked",
		],
		[
			"validation",
			{ status: "ERROR", error: "Invalid status code: 422", payload: { detail: [{ msg: "no", type: "one_of" }] } },
			"failure invalid_input",
		],
		[
			"an error of fal's",
			{ status: "ERROR", error: "Invalid status code: 500", payload: {} },
			"failure upstream_failed",
		],
		["an error without a code", { status: "ERROR", error: null, payload: { detail: "oh" } }, "failure upstream_failed"],
		[
			"an error told as an object",
			{ status: "ERROR", error: { code: 422 }, payload: blocked },
			"failure moderation_blocked",
		],
		["an error of another form", { status: "ERROR", payload: "oh" }, "failure upstream_failed"],
		[
			"a payload that could not be written",
			{ status: "OK", payload: null, payload_error: "too large" },
			"to be fetched",
		],
		["no payload", { status: "OK" }, "to be fetched"],
		[
			"an error without a payload",
			{ status: "ERROR", error: "Invalid status code: 500", payload: null },
			"failure upstream_failed",
		],
	])("reads a webhook with %s", (_, body, says) => {
		const read = readWebhook(json({ request_id: "r-1", gateway_request_id: "g-1", ...body }));
		expect(read?.requestId).toBe("r-1");
		if (says === "to be fetched") expect(read?.result).toBeNull();
		else expect(read?.result && summaryOf(read.result)).toBe(says);
	});

	it.each<readonly [what: string, body: object, unexplained: boolean]>([
		["names its kind only", { payload: { detail: [{ type: "some_error" }] } }, false],
		["has words", { payload: { detail: "oh no" } }, false],
		["has words beside its payload", { error: "out of memory" }, false],
		["has its status alone", { error: "Invalid status code: 500" }, true],
		["has nothing", { payload: {} }, true],
	])("asks for the result of a failure only if it says nothing: one that %s", (_, body, unexplained) => {
		const read = readWebhook(json({ request_id: "r-1", status: "ERROR", ...body }));
		expect(read?.result?.kind).toBe("failure");
		expect(read?.result?.kind === "failure" && read.result.unexplained === true).toBe(unexplained);
	});

	it.each([
		["422", "invalid_input"],
		["Invalid status code: 422", "invalid_input"],
		["invalid status code 422", "invalid_input"],
		[" Invalid status code:\n422: message='Unprocessable Entity'", "invalid_input"],
		["422 Unprocessable Entity", "invalid_input"],
		["HTTP error 422: unprocessable content.", "invalid_input"],
		["422.", "invalid_input"],
		["4220", "upstream_failed"],
		["322", "upstream_failed"],
		["Invalid status code: 4220", "upstream_failed"],
		["Invalid status code: 322", "upstream_failed"],
		[422, "upstream_failed"],
		["Image width must be at least 422 pixels", "upstream_failed"],
		["422 pixels are too few", "upstream_failed"],
		["The image could not be fetched. Invalid status code: 422", "upstream_failed"],
	])("reads the status of a failure in %j", (error, code) => {
		const read = readWebhook(json({ request_id: "r-1", status: "ERROR", error, payload: { detail: "no" } }));
		expect(read?.result).toMatchObject({ kind: "failure", error: { code } });
	});

	it("names the field that fal names", () => {
		const payload = { detail: [{ loc: ["body", "num_images"], msg: "at most 4", type: "less_than_equal" }] };
		const read = readWebhook(json({ request_id: "r-1", status: "ERROR", error: "Invalid status code: 422", payload }));
		expect(read?.result).toEqual({
			kind: "failure",
			error: { code: "invalid_input", message: "fal says: at most 4", param: "n" },
		});
	});

	it.each<readonly [case_: string, text: string]>([
		["nothing", ""],
		["no JSON", "hello"],
		["cut JSON", '{"request_id":"r-1"'],
		["a list", "[]"],
		["null", "null"],
		["no request id", json({ status: "OK", payload: {} })],
		["an empty request id", json({ request_id: "", status: "OK", payload: {} })],
		["a request id that is too long", json({ request_id: "r".repeat(201), status: "OK", payload: {} })],
		["a request id with half a letter", json({ request_id: "\ud800abc", status: "OK", payload: {} })],
		["another status", json({ request_id: "r-1", status: "COMPLETED", payload: {} })],
		["no status", json({ request_id: "r-1", payload: {} })],
	])("returns null for %s", (_, text) => {
		expect(readWebhook(text)).toBeNull();
	});
});

describe("a cancellation's answer", () => {
	it.each<readonly [status: number, text: string, answer: string]>([
		[202, json({ status: "CANCELLATION_REQUESTED" }), "accepted"],
		[200, json({ status: "OK" }), "accepted"],
		[204, "", "accepted"],
		[400, json({ status: "ALREADY_COMPLETED" }), "already_completed"],
		[400, json({ status: "already_completed" }), "already_completed"],
		[409, json({ detail: "The request is Already Completed." }), "already_completed"],
		[400, json({ detail: "Request has already been completed" }), "already_completed"],
		[409, json({ detail: "Request already finished." }), "already_completed"],
		[200, json({ status: "ALREADY-COMPLETED" }), "already_completed"],
		[400, json({ detail: "bad" }), "unclear"],
		[404, json({ status: "NOT_FOUND" }), "not_found"],
		[404, "", "not_found"],
		[401, "", "unclear"],
		[405, "", "unclear"],
		[429, "", "unclear"],
		[500, json({ status: "ALREADY_COMPLETED" }), "unclear"],
		[502, "<html>", "unclear"],
		[302, "", "unclear"],
		[300, "", "unclear"],
		[299, "", "accepted"],
	])("reads %i %s as %s", (status, text, answer) => {
		expect(readCancelAnswer(status, text)).toBe(answer);
	});
});

describe("any answer of fal's", () => {
	const key = fc.constantFrom(
		"status",
		"request_id",
		"status_url",
		"response_url",
		"cancel_url",
		"queue_position",
		"logs",
		"message",
		"images",
		"image",
		"url",
		"has_nsfw_concepts",
		"detail",
		"loc",
		"msg",
		"type",
		"error_type",
		"payload",
		"error",
		"__proto__",
	);
	const word = fc.constantFrom(
		"OK",
		"ERROR",
		"IN_QUEUE",
		"IN_PROGRESS",
		"COMPLETED",
		"content_policy_violation",
		"constructor",
		"toString",
		`${REQUEST}/status`,
		"https://evil.test/",
		"Invalid status code: 422",
	);
	/** JSON with fal's own field names, put together at random. */
	const { alike } = fc.letrec<{ alike: unknown }>((tie) => ({
		alike: fc.oneof(
			{ maxDepth: 4 },
			word,
			fc.jsonValue(),
			fc.array(tie("alike"), { maxLength: 4 }),
			fc.dictionary(key, tie("alike"), { maxKeys: 6 }),
		),
	}));
	const anyText = fc.oneof(alike.map(json), fc.json(), fc.string());
	const anyStatus = fc.oneof(
		fc.constantFrom(200, 201, 302, 400, 401, 403, 404, 422, 429, 500, 502, 503, 504, 521),
		fc.integer({ min: 100, max: 599 }),
	);

	it("never throws, and reads plain data", () => {
		fc.assert(
			fc.property(anyStatus, anyText, fc.option(fc.string()), (status, text, falErrorType) => {
				for (const value of [
					readSubmitAnswer(status, text, ORIGIN),
					readStatus(text),
					readResult(status, text, falErrorType),
					readWebhook(text),
					readCancelAnswer(status, text),
				]) {
					expect(JSON.parse(json(value))).toEqual(value);
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	it("shows no echo of the prompt", () => {
		const echo = fc.string({ minLength: 8, maxLength: 40 }).map((text) => `echo-${text}-echo`);
		const anyDetail = fc.record(
			{
				loc: fc.array(fc.oneof(fc.constantFrom("body", "prompt", "seed"), fc.nat(3)), { maxLength: 3 }),
				msg: fc.constantFrom("no", "Input should be less than 4"),
				type: fc.constantFrom("value_error", "content_policy_violation", "no_media_generated", "unheard_of"),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(anyStatus, echo, fc.array(anyDetail, { minLength: 1, maxLength: 3 }), (status, secret, details) => {
				const detail = details.map((entry) => ({
					...entry,
					input: { prompt: secret },
					ctx: { given: secret, [secret]: 1 },
					url: `https://docs.fal.ai/${secret}`,
				}));
				const body = { detail, input: secret, prompt: secret };
				const webhook = { request_id: "r-1", status: "ERROR", error: `Invalid status code: ${status}`, payload: body };
				const answers = [
					readSubmitAnswer(status, json(body), ORIGIN),
					readResult(status, json(body), null),
					readWebhook(json(webhook)),
				];
				expect(json(answers)).not.toContain(json(secret).slice(1, -1));
			}),
		);
	});

	it("keeps only addresses on the queue's own origin", () => {
		const host = fc.oneof(
			fc.constantFrom("queue.fal.run", "queue.fal.run.evil.test", "queue.fal.run@evil.test", "evil.test"),
			fc.domain(),
		);
		const anyUrl = fc.oneof(
			fc.webUrl(),
			fc
				.tuple(
					fc.constantFrom("https://", "http://", "//", "https:\\\\"),
					host,
					fc.constantFrom("", ":443", ":8443"),
					fc.string(),
				)
				.map(([scheme, name, port, path]) => `${scheme}${name}${port}/${path}`),
			fc.string().map((rest) => `${ORIGIN}${rest}`),
		);
		fc.assert(
			fc.property(anyUrl, (url) => {
				const body = { ...SUBMITTED, status_url: url, response_url: url, cancel_url: url };
				const answer = readSubmitAnswer(200, json(body), ORIGIN);
				if (answer.kind !== "accepted") throw new Error("it has a request id");
				const { statusUrl, responseUrl, cancelUrl } = answer.upstream;
				for (const kept of [statusUrl, responseUrl, cancelUrl]) {
					if (kept !== null) expect(new URL(kept).origin).toBe(ORIGIN);
				}
			}),
			{ numRuns: 1_000 },
		);
	});
});

import { describe, expect, it } from "vitest";
import type { FalResult, FalStatus, SubmitAnswer } from "../core/fal-answers.ts";
import { readResult } from "./result.ts";
import { readStatus, readSubmitAnswer, readWebhook } from "./wire.ts";

/** Each answer of fal's with its meaning, a row each. Add whatever fal is seen to answer. */

const ORIGIN = "https://queue.fal.run";
const SECRETS = ["gateway-id:gateway-secret"];
const PAGE = "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>";
const KEY_REFUSED = "fal refused the key of this gateway. Its operator must set a valid FAL_API_KEY.";
const NO_BALANCE = "The fal balance of this gateway is exhausted. Its operator must top it up at fal.ai.";
const BLOCKED = "The picture was blocked by the model's content policy. Try another prompt.";
const UNREADABLE = "fal's result has no pictures that Darkroom can read.";
const KEPT = `${UNREADABLE} The addresses in it are kept with the job, as \`result_urls\`.`;

function toText(body: unknown): string {
	return typeof body === "string" ? body : JSON.stringify(body);
}

function submitSummary(answer: SubmitAnswer): string {
	if (answer.kind === "accepted") return `accepted ${answer.upstream.requestId}`;
	return answer.kind === "lost" ? "nothing is proved" : `${answer.kind} ${answer.error.code}: ${answer.error.message}`;
}

function statusSummary(status: FalStatus | null): string {
	if (status === null) return "unreadable";
	if (status.kind === "completed") return status.error === undefined ? "done" : `failed: ${status.error.message}`;
	return status.kind === "queued" ? `queued at ${status.position}` : `running: ${status.logs.join("|")}`;
}

function resultSummary(result: FalResult | null): string {
	if (result === null) return "to be fetched";
	switch (result.kind) {
		case "outputs":
			return result.outputs.map(({ url, nsfw }) => `${url}${nsfw ? " black" : ""}`).join(", ");
		case "failure": {
			const kept = result.addresses === undefined ? "" : ` [${result.addresses.join(" ")}]`;
			const asks = result.unexplained ? " (its result may say why)" : "";
			return `${result.error.code}: ${result.error.message}${kept}${asks}`;
		}
		case "too_early":
			return "asked again: it is not done";
		case "unavailable":
			return `asked again for ${result.retryFor}`;
	}
}

const detail = (msg: string, type = "value_error", loc: readonly unknown[] = ["body", "prompt"]) => ({
	detail: [{ loc, msg, type, url: "https://docs.fal.ai/errors", input: "a red fox" }],
});

describe("a submit's answer", () => {
	it.each<readonly [status: number, body: unknown, means: string]>([
		// Of the account and its key.
		[401, { detail: "invalid key credentials" }, `account_refused upstream_key_refused: ${KEY_REFUSED}`],
		[401, PAGE, "busy upstream_unavailable: fal answered 401."],
		[402, { detail: "Payment required" }, `account_refused insufficient_quota: ${NO_BALANCE}`],
		[402, "", `account_refused insufficient_quota: ${NO_BALANCE}`],
		[
			403,
			{ detail: "User is locked. Reason: Admin lock. Please contact support@fal.ai" },
			"account_refused upstream_account_locked: fal has locked the account of this gateway. Its operator must ask fal's support. fal says: User is locked. Reason: Admin lock. Please contact support@fal.ai",
		],
		[
			403,
			{ detail: "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing." },
			`account_refused insufficient_quota: ${NO_BALANCE}`,
		],
		[403, { message: "Insufficient credits" }, `account_refused insufficient_quota: ${NO_BALANCE}`],
		[
			403,
			{ detail: "The balance sheet of this user is under review" },
			"account_refused upstream_key_refused: fal says: The balance sheet of this user is under review",
		],
		[403, PAGE, "busy upstream_unavailable: fal answered 403."],
		[403, `\n${PAGE.toLowerCase()}`, "busy upstream_unavailable: fal answered 403."],
		[
			403,
			{ detail: 'Cannot access application "x"' },
			'account_refused upstream_permission_missing: The fal account of this gateway may not use this model. fal says: Cannot access application "x"',
		],
		[
			403,
			{ detail: "Prompt is not allowed by our policy" },
			"refused invalid_input: fal says: Prompt is not allowed by our policy",
		],
		[403, { detail: "Content policy violation" }, "refused invalid_input: fal says: Content policy violation"],
		[
			403,
			{ detail: "Account balance too low. Please add credits." },
			`account_refused insufficient_quota: ${NO_BALANCE}`,
		],
		[403, { detail: "Your balance is too low" }, `account_refused insufficient_quota: ${NO_BALANCE}`],
		[403, { detail: "Your balance too low" }, `account_refused insufficient_quota: ${NO_BALANCE}`],
		[403, { detail: "You are out of credit" }, `account_refused insufficient_quota: ${NO_BALANCE}`],
		[403, { detail: "You are out of credits." }, `account_refused insufficient_quota: ${NO_BALANCE}`],
		[403, detail("no", "content_policy_violation"), `refused moderation_blocked: ${BLOCKED}`],
		[403, { detail: "Forbidden" }, `account_refused upstream_key_refused: ${KEY_REFUSED}`],
		[403, "", `account_refused upstream_key_refused: ${KEY_REFUSED}`],
		// Of the endpoint.
		[404, { detail: 'Application "x" not found' }, "gone model_not_found: fal no longer offers this model."],
		[404, { message: "Path /quality not found" }, "gone model_not_found: fal says: Path /quality not found"],
		[410, { detail: "This model was retired" }, "gone model_not_found: fal says: This model was retired"],
		[410, "", "gone model_not_found: fal no longer offers this model."],
		// Of a server on the way to it.
		[404, PAGE, "busy upstream_unavailable: fal answered 404."],
		[404, "404 page not found", "busy upstream_unavailable: fal answered 404."],
		[404, { detail: "Not Found" }, "busy upstream_unavailable: fal answered 404."],
		[
			404,
			{ message: "no Route matched with those values" },
			"busy upstream_unavailable: fal says: no Route matched with those values",
		],
		[410, PAGE, "busy upstream_unavailable: fal answered 410."],
		// Of the input.
		[422, { detail: ["prompt is too long"] }, "refused invalid_input: fal says: prompt is too long"],
		[422, { detail: { message: "prompt is too long" } }, "refused invalid_input: fal says: prompt is too long"],
		[422, { detail: { msg: "no", type: "content_policy_violation" } }, `refused moderation_blocked: ${BLOCKED}`],
		[422, detail("no such size"), "refused invalid_input: fal says: no such size"],
		[422, { detail: [{ loc: ["body"] }, { msg: "no such size" }] }, "refused invalid_input: fal says: no such size"],
		[422, { detail: [null, "no such size"] }, "refused invalid_input: fal says: no such size"],
		[422, { errors: [{ message: "no such size" }] }, "refused invalid_input: fal says: no such size"],
		[400, { message: "prompt is too long" }, "refused invalid_input: fal says: prompt is too long"],
		[400, { error: "prompt is too long" }, "refused invalid_input: fal says: prompt is too long"],
		[400, { error: { message: "prompt is too long" } }, "refused invalid_input: fal says: prompt is too long"],
		[400, "prompt is too long", "refused invalid_input: fal says: prompt is too long"],
		[400, PAGE, "busy upstream_unavailable: fal answered 400."],
		[413, "<html><center>413 Request Entity Too Large</center></html>", "refused invalid_input: fal answered 413."],
		[418, { detail: "I am a teapot" }, "refused invalid_input: fal says: I am a teapot"],
		[431, "", "refused invalid_input: fal answered 431."],
		[
			451,
			{ detail: "Not available in your country" },
			"refused invalid_input: fal says: Not available in your country",
		],
		// Of the moment.
		[429, { detail: "Too many tries" }, "busy rate_limit_exceeded: fal says: Too many tries"],
		[429, PAGE, "busy rate_limit_exceeded: fal answered 429."],
		[503, { detail: "later", error_type: "runner_scheduling_failure" }, "busy upstream_unavailable: fal says: later"],
		// Of nothing that proves anything.
		[408, { detail: "Request Timeout" }, "nothing is proved"],
		[409, { detail: "conflict" }, "nothing is proved"],
		[425, "", "nothing is proved"],
		[499, { detail: "x", error_type: "client_disconnected" }, "nothing is proved"],
		[500, { detail: "Internal Server Error" }, "nothing is proved"],
		[502, PAGE, "nothing is proved"],
		[200, PAGE, "nothing is proved"],
		[200, { detail: "ok" }, "nothing is proved"],
		[200, { request_id: "r-1" }, "accepted r-1"],
		[503, { request_id: "r-1", status: "IN_QUEUE" }, "accepted r-1"],
		[429, { request_id: "r-1", status: "in_progress", detail: "slow down" }, "accepted r-1"],
		[404, { request_id: "r-1", status: "COMPLETED" }, "accepted r-1"],
		[502, { request_id: "r-1", status: "IN_QUEUE" }, "accepted r-1"],
		[302, { request_id: "r-1", status: "IN_QUEUE" }, "nothing is proved"],
		[503, { request_id: "r-1", status: "REJECTED" }, "busy upstream_unavailable: fal answered 503."],
		[429, { request_id: "r-1", detail: "slow down" }, "busy rate_limit_exceeded: fal says: slow down"],
		[503, { status: "IN_QUEUE" }, "busy upstream_unavailable: fal answered 503."],
		[401, { request_id: "r-1", status: "error" }, `account_refused upstream_key_refused: ${KEY_REFUSED}`],
		[
			422,
			{ request_id: "r-1", status: "FAILED", detail: "no such size" },
			"refused invalid_input: fal says: no such size",
		],
		[503, { request_id: "r-1", status: "CANCELLED" }, "busy upstream_unavailable: fal answered 503."],
		[503, { request_id: "r-1", status: 7 }, "busy upstream_unavailable: fal answered 503."],
		[202, { request_id: "r-1" }, "accepted r-1"],
		// Words that must not be shown.
		[400, { detail: "key gateway-id:gateway-secret is odd" }, "refused invalid_input: fal says: key … is odd"],
		[400, { detail: "see https://fal.media/a?sig=1" }, "refused invalid_input: fal says: see …"],
		[400, { detail: "a\u0000b\u001b[31mc\r\nd" }, "refused invalid_input: fal says: a bc d"],
	])("of %i %j is %j", (status, body, means) => {
		expect(submitSummary(readSubmitAnswer(status, toText(body), ORIGIN, { secrets: SECRETS }))).toBe(means);
	});
});

describe("a status", () => {
	const logs = (...messages: readonly unknown[]) => messages.map((message) => ({ message }));
	it.each<readonly [body: unknown, means: string]>([
		[{ status: "IN_QUEUE", queue_position: 3 }, "queued at 3"],
		[{ status: "in_queue" }, "queued at null"],
		[{ status: "In_Progress" }, "running: "],
		[{ status: "completed" }, "done"],
		[{ status: "FAILED" }, "done"],
		[{ status: "ERROR", error: "out of memory" }, "failed: fal says: out of memory"],
		[{ status: "CANCELLED" }, "done"],
		[{ status: "COMPLETED", error: "Invalid status code: 500", error_type: "x" }, "failed: fal answered 500."],
		[{ status: "COMPLETED", error: { message: "out of memory" } }, "failed: fal says: out of memory"],
		[{ status: "COMPLETED", error: null, error_type: "" }, "done"],
		[{ status: "COMPLETED", error: "see https://fal.media/a" }, "failed: fal says: see …"],
		[{ status: "WAITING" }, "unreadable"],
		[{ status: "NOT_FOUND" }, "unreadable"],
		[{ status: 3 }, "unreadable"],
		[{ detail: "invalid key credentials" }, "unreadable"],
		[PAGE, "unreadable"],
		["", "unreadable"],
		[[], "unreadable"],
		[{ status: "IN_PROGRESS", logs: logs("\u001b[32mgreen\u001b[0m", "\u001b]0;title\u0007a") }, "running: green|a"],
		[{ status: "IN_PROGRESS", logs: logs(" 10%|#   \r 20%|##  \r", "a\rb\r\nc\rd") }, "running: 20%|##|b\nd"],
		[{ status: "IN_PROGRESS", logs: logs("a\u0000b", "\u0000", "\u202eabc", "a\u2028b") }, "running: ab|abc|ab"],
		[{ status: "IN_PROGRESS", logs: logs("![x](http://evil.test/x.png)") }, "running: ! [x](…"],
		[{ status: "IN_PROGRESS", logs: logs("<img src=//evil.test/x> <b>a</b>") }, "running: ‹img src=…> ‹b>a‹/b>"],
		[{ status: "IN_PROGRESS", logs: logs("28/28 [00:01<00:00, 15.2it/s]") }, "running: 28/28 [00:01<00:00, 15.2it/s]"],
		[{ status: "IN_PROGRESS", logs: logs("using gateway-id:gateway-secret") }, "running: using …"],
	])("of %j is %j", (body, means) => {
		expect(statusSummary(readStatus(toText(body), SECRETS))).toBe(means);
	});
});

const A = "https://v3.fal.media/a.png";
const B = "https://v3.fal.media/b.png";
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk";

describe("a result", () => {
	it.each<readonly [status: number, body: unknown, means: string]>([
		// They speak of the asking.
		[200, PAGE, "asked again for minutes"],
		[200, "", "asked again for minutes"],
		[200, "null", "asked again for minutes"],
		[200, '"hello"', "asked again for minutes"],
		[200, "[]", "asked again for minutes"],
		[200, "Too many requests", "asked again for minutes"],
		[200, { detail: "Request is still in progress" }, "asked again: it is not done"],
		[200, { status: "IN_PROGRESS", request_id: "r-1" }, "asked again: it is not done"],
		[200, { status: "IN_QUEUE", queue_position: 0 }, "asked again: it is not done"],
		[200, { status: "COMPLETED", response_url: A }, "asked again: it is not done"],
		[200, { status: "in_progress" }, "asked again: it is not done"],
		[200, { status: " In queue" }, "asked again: it is not done"],
		[200, { status: "PROCESSING" }, "asked again: it is not done"],
		...["queued", "waiting", "scheduled", "starting", "started", "running"].map(
			(status) => [200, { status }, "asked again: it is not done"] as const,
		),
		[200, { status: "pending", error: null }, "asked again: it is not done"],
		[200, { status: "completed", error: "None" }, "asked again: it is not done"],
		[200, { status: "COMPLETED", error: "out of memory" }, "no_media_generated: fal says: out of memory"],
		[200, { status: "done" }, "no_media_generated: The model made no picture."],
		[200, { status: "COMPLETED", error_type: "internal_error" }, "no_media_generated: The model made no picture."],
		[200, { status: "COMPLETED", images: [] }, "no_media_generated: The model made no picture."],
		[200, { status: "completed", message: "I cannot draw that" }, "no_media_generated: fal says: I cannot draw that"],
		[200, { status: "COMPLETED", images: [], has_nsfw_concepts: [true] }, `moderation_blocked: ${BLOCKED}`],
		[200, { output: "I cannot draw this" }, "no_media_generated: fal says: I cannot draw this"],
		[200, { result: { text: "I cannot draw this" } }, "no_media_generated: fal says: I cannot draw this"],
		[200, { images: [], warnings: ["too dark"] }, "no_media_generated: fal says: too dark"],
		[
			200,
			{ images: [], description: "I cannot remove people", input_image: { url: A } },
			"no_media_generated: fal says: I cannot remove people",
		],
		[202, { status: "IN_PROGRESS" }, "asked again: it is not done"],
		[400, { detail: "Request is still in progress" }, "asked again: it is not done"],
		[400, { detail: "Request is still in progress", error_type: "bad_request" }, "asked again: it is not done"],
		[404, { detail: "Request is in queue" }, "asked again: it is not done"],
		[401, { detail: "invalid key credentials", error_type: "unauthorized" }, "asked again for an_hour"],
		[403, { detail: "User is locked. Reason: Exhausted balance." }, "asked again for an_hour"],
		[403, PAGE, "asked again for an_hour"],
		[402, { detail: "Top up your balance" }, "asked again for an_hour"],
		[408, { detail: "timed out" }, "asked again for an_hour"],
		[409, detail("conflict"), "asked again for an_hour"],
		[425, "", "asked again for an_hour"],
		[429, { detail: "slow down", error_type: "concurrent_requests_limit" }, "asked again for an_hour"],
		// They say nothing.
		[204, "", "asked again for minutes"],
		[302, "", "asked again for minutes"],
		[400, PAGE, "asked again for minutes"],
		[404, PAGE, "asked again for minutes"],
		[404, { detail: "Not Found" }, "asked again for minutes"],
		[404, "404 page not found", "asked again for minutes"],
		[404, { error: "not_found" }, "asked again for minutes"],
		[404, { message: "no Route matched with those values" }, "asked again for minutes"],
		[404, "error code: 1016", "asked again for minutes"],
		[404, { detail: "404 page not found" }, "asked again for minutes"],
		[405, { detail: "Use POST" }, "asked again for minutes"],
		[407, "The proxy wants a password", "asked again for minutes"],
		[421, "Misdirected Request", "asked again for minutes"],
		[431, "Your cookies are too large", "asked again for minutes"],
		[499, "The client closed the request", "asked again for minutes"],
		[400, { detail: "BAD_REQUEST" }, "asked again for minutes"],
		[500, { detail: [] }, "asked again for minutes"],
		[500, { detail: [{}], error_type: "None" }, "asked again for minutes"],
		[400, '{"detail":"Your prompt was fl', "asked again for minutes"],
		[500, "Internal Server Error", "asked again for minutes"],
		[500, { detail: "Internal Server Error" }, "asked again for minutes"],
		[500, { detail: "the words of some server" }, "asked again for minutes"],
		[502, PAGE, "asked again for minutes"],
		[503, { detail: "Service Unavailable" }, "asked again for minutes"],
		// They speak of the job.
		[400, { detail: "Your prompt was flagged" }, "upstream_failed: fal says: Your prompt was flagged"],
		[
			400,
			{ detail: "The request was not completed: it was flagged" },
			"upstream_failed: fal says: The request was not completed: it was flagged",
		],
		[499, { detail: "x", error_type: "client_cancelled" }, "upstream_failed: fal says: x"],
		[405, detail("no such size"), "upstream_failed: fal says: no such size"],
		[400, { errors: { prompt: ["too long"] } }, "upstream_failed: fal says: too long"],
		[400, { detail: ["Your prompt was flagged"] }, "upstream_failed: fal says: Your prompt was flagged"],
		[400, { message: "Your prompt was flagged" }, "upstream_failed: fal says: Your prompt was flagged"],
		[400, "Your prompt was flagged", "upstream_failed: fal says: Your prompt was flagged"],
		[404, { status: "NOT_FOUND" }, "upstream_failed: fal no longer knows this request."],
		[404, { detail: "Request abc not found" }, "upstream_failed: fal no longer knows this request."],
		[
			404,
			{ detail: "A file of your request was not found" },
			"upstream_failed: fal says: A file of your request was not found",
		],
		[410, { detail: "The result has expired" }, "upstream_failed: fal says: The result has expired"],
		[422, "", "invalid_input: fal answered 422."],
		[422, detail("no", "content_policy_violation"), `moderation_blocked: ${BLOCKED}`],
		[451, { detail: "Not in your country" }, "upstream_failed: fal says: Not in your country"],
		[500, detail("Internal server error", "internal_server_error"), "upstream_failed: fal answered 500."],
		[422, { detail: "half of it", images: [A, "data:,x"] }, `invalid_input: fal says: half of it [${A}]`],
		[422, { detail: "no", images: ["data:,x"] }, "invalid_input: fal says: no"],
		[422, { ...detail("no", "content_policy_violation"), images: [A] }, `moderation_blocked: ${BLOCKED}`],
		[500, { detail: ["CUDA out of memory"] }, "upstream_failed: fal says: CUDA out of memory"],
		[
			503,
			{ detail: "the runner died", error_type: "runner_disconnected" },
			"upstream_failed: fal says: the runner died",
		],
		[504, { detail: "x", error_type: "request_timeout" }, "deadline_exceeded: fal did not start this request in time."],
		// Words in place of pictures.
		[
			200,
			{ images: [], description: "I cannot create that because…" },
			"no_media_generated: fal says: I cannot create that because…",
		],
		[200, { images: [], description: "" }, "no_media_generated: The model made no picture."],
		[200, { detail: "Content flagged" }, "no_media_generated: fal says: Content flagged"],
		[200, { error: "the model is tired" }, "no_media_generated: fal says: the model is tired"],
		[200, { images: null, error: { message: "tired" } }, "no_media_generated: fal says: tired"],
		[200, { images: [], has_nsfw_concepts: [true] }, `moderation_blocked: ${BLOCKED}`],
		[200, { has_nsfw_concepts: true }, `moderation_blocked: ${BLOCKED}`],
		[200, { output: { images: [], has_nsfw_concepts: [true] } }, `moderation_blocked: ${BLOCKED}`],
		[200, { images: [], nsfw_content_detected: [true], image_url: A }, `moderation_blocked: ${BLOCKED}`],
		[
			200,
			{ images: [{ url: null, error: { message: "blocked by gateway-id:gateway-secret" } }] },
			"no_media_generated: fal says: blocked by …",
		],
		[200, { images: [{ url: "", error: null, reason: "no room" }] }, "no_media_generated: fal says: no room"],
		[200, { images: [{ url: null, description: "a fox" }] }, `upstream_failed: ${UNREADABLE}`],
		[200, { images: [null] }, `upstream_failed: ${UNREADABLE}`],
		[200, { images: { error: "no room" } }, `upstream_failed: ${UNREADABLE}`],
		[200, {}, "no_media_generated: The model made no picture."],
		// Shapes of pictures.
		[200, { images: [{ url: A }, { url: B }] }, `${A}, ${B}`],
		[200, `{"images":[{"url":"${A}"}],"timings":{"inference":NaN}}`, A],
		[200, { image: { url: A }, images: [] }, A],
		[200, { image: { url: A }, images: null }, A],
		[200, { images: [A, B] }, `${A}, ${B}`],
		[200, { images: { url: A } }, A],
		[200, { images: A }, A],
		[200, { images: { 0: { url: A }, 1: { url: B } } }, `${A}, ${B}`],
		[200, { images: [[{ url: A }], [{ url: B }]] }, `${A}, ${B}`],
		[200, { images: [{ image: { url: A } }] }, A],
		[200, { images: [{ image_url: A }] }, A],
		[200, { images: [{ image: A }] }, A],
		[200, { output: { data: { url: A } } }, A],
		[200, { image: A }, A],
		[200, { image: [{ url: A }] }, A],
		[200, { image_url: A }, A],
		[200, { image_urls: [A, B] }, `${A}, ${B}`],
		[200, { output: A }, A],
		[200, { output: [A, B] }, `${A}, ${B}`],
		[200, { output: { url: A } }, A],
		[200, { output: { images: [{ url: A }] } }, A],
		[200, { outputs: [{ uri: A }] }, A],
		[200, { data: [{ url: A }, { b64_json: PNG }] }, `${A}, data:;base64,${PNG}`],
		[200, { data: { image: { url: A } } }, A],
		[200, { result: { image_url: A } }, A],
		[200, { url: A }, A],
		[200, { edited_image: { url: A } }, A],
		[200, { image_1: A }, A],
		[200, { picture: { href: A } }, A],
		[200, [{ url: A }], A],
		[200, JSON.stringify(A), A],
		[200, { images: [{ url: "//v3.fal.media/a.png" }] }, A],
		[200, { images: [{ url: ` ${A}\n` }] }, A],
		[200, { images: [{ url: PNG }] }, `data:;base64,${PNG}`],
		[200, { image: PNG }, `data:;base64,${PNG}`],
		[200, { images: [{ base64: PNG }] }, `data:;base64,${PNG}`],
		[200, { images: [{ url: "DATA:image/png;base64,AAAA" }] }, "data:image/png;base64,AAAA"],
		[200, { images: [{ url: A }], nsfw_content_detected: [true] }, `${A} black`],
		[200, { images: [{ url: A }, { url: B }], has_nsfw_concepts: [false, true] }, `${A}, ${B} black`],
		[200, { images: [{ url: A, nsfw: true }, { url: B }] }, `${A} black, ${B}`],
		[200, { image: { url: A }, has_nsfw_concepts: true }, `${A} black`],
		[200, { output: [A], nsfw: [true] }, `${A} black`],
		[200, { images: [null, { url: null }, { url: B }], has_nsfw_concepts: [true, true, false] }, B],
		[200, { status: "COMPLETED", images: [{ url: A }] }, A],
		[201, { images: [{ url: A }] }, A],
		// Results that cannot be read, but are paid for.
		[200, { images: ["none"] }, `upstream_failed: ${UNREADABLE}`],
		[200, { images: [{ width: 1 }] }, `upstream_failed: ${UNREADABLE}`],
		[200, { video: { url: "https://v3.fal.media/a.mp4" } }, `upstream_failed: ${KEPT} [https://v3.fal.media/a.mp4]`],
		[200, { output: "https://v3.fal.media/a.mp4" }, `upstream_failed: ${KEPT} [https://v3.fal.media/a.mp4]`],
		[
			200,
			{ strange: { deep: [{ where: A }], text: `see ${B}` }, input: { image_url: B } },
			`upstream_failed: ${KEPT} [${A}]`,
		],
		[200, { strange: A, detail: "half of it failed" }, `upstream_failed: ${KEPT} fal says: half of it failed [${A}]`],
	])("of %i %j is %j", (status, body, means) => {
		expect(resultSummary(readResult(status, toText(body), null, SECRETS))).toBe(means);
	});

	it.each<readonly [status: number, falErrorType: string, means: string]>([
		[500, "internal_error", "upstream_failed: fal answered 500."],
		[500, "None", "asked again for minutes"],
		[500, "", "asked again for minutes"],
		[504, "request_timeout", "deadline_exceeded: fal did not start this request in time."],
		[401, "unauthorized", "asked again for an_hour"],
	])("of %i with the error type %s is %j", (status, falErrorType, means) => {
		expect(resultSummary(readResult(status, "", falErrorType))).toBe(means);
	});
});

describe("a webhook", () => {
	const ERROR = { status: "ERROR", error: "Invalid status code: 500" };
	it.each<readonly [body: object, means: string]>([
		[{ status: "OK", payload: { images: [{ url: A }] } }, A],
		[{ status: "OK", payload: { output: A } }, A],
		[{ status: "OK", payload: { images: [], description: "I cannot" } }, "no_media_generated: fal says: I cannot"],
		[{ status: "OK", payload: { strange: A } }, `upstream_failed: ${KEPT} [${A}]`],
		[{ status: "OK", payload: null, payload_error: "too large" }, "to be fetched"],
		[{ status: "OK" }, "to be fetched"],
		[{ status: "OK", payload: "hello" }, "to be fetched"],
		[{ status: "OK", payload: [] }, "to be fetched"],
		[{ status: "OK", payload: { status: "IN_PROGRESS" } }, "to be fetched"],
		[{ status: "OK", payload: { detail: "Request is still in progress" } }, "to be fetched"],
		[{ ...ERROR, payload: null, payload_error: "x" }, "upstream_failed: fal answered 500. (its result may say why)"],
		[{ ...ERROR, payload: {} }, "upstream_failed: fal answered 500. (its result may say why)"],
		[{ ...ERROR, payload: { images: [{ url: A }], detail: "half" } }, `upstream_failed: fal says: half [${A}]`],
		[{ ...ERROR, payload: "Internal Server Error" }, "upstream_failed: fal answered 500. (its result may say why)"],
		[{ ...ERROR, payload: { detail: "out of memory" } }, "upstream_failed: fal says: out of memory"],
		[{ ...ERROR, payload: "out of memory" }, "upstream_failed: fal says: out of memory"],
		[{ status: "ERROR", error: "out of memory", payload: null }, "upstream_failed: fal says: out of memory"],
		[{ status: "ERROR", error: { message: "out of memory" } }, "upstream_failed: fal says: out of memory"],
		[
			{ status: "ERROR", error: "Invalid status code: 422", payload: detail("no", "content_policy_violation") },
			`moderation_blocked: ${BLOCKED}`,
		],
		[
			{
				status: "ERROR",
				error: "Invalid status code: 422",
				payload: { detail: [{ type: "content_policy_violation" }] },
			},
			`moderation_blocked: ${BLOCKED}`,
		],
		[
			{ status: "ERROR", error: "the run has ended", payload: { detail: [{ type: "content_policy_violation" }] } },
			`moderation_blocked: ${BLOCKED}`,
		],
		[
			{
				status: "ERROR",
				error: "Invalid status code: 422",
				payload: { detail: { type: "content_policy_violation" } },
			},
			`moderation_blocked: ${BLOCKED} (its result may say why)`,
		],
		[
			{ status: "ERROR", error: "Invalid status code: 422", payload: { detail: ["prompt is too long"] } },
			"invalid_input: fal says: prompt is too long",
		],
	])("of %j is %j", (body, means) => {
		const text = JSON.stringify({ request_id: "r-1", gateway_request_id: "g-1", ...body });
		expect(resultSummary(readWebhook(text, SECRETS)?.result ?? null)).toBe(means);
	});
});

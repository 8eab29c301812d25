/** Answers that fal does not document, or that speak of something else than the request. */
import type { Plan } from "./plan.ts";

/** An answer with JSON or with text. */
export type OddAnswer = { status: number; headers?: Record<string, string>; body?: unknown; text?: string };

const PAGE =
	"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>";
const HTML = { "content-type": "text/html; charset=utf-8" };
/** A key, an address, a token and bytes, as errors of careless servers show them. */
export const LEAKS =
	"key 233296c2-1111-4222-8333-abcdef012345:0123456789abcdef0123456789abcdef, see https://v3.fal.media/files/secret.png?token=abc, Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln, iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ";

/** Refusals at submit by the name in the plan. `queue.ts` has those that fal documents. */
export const ODD_SUBMITS: Readonly<Partial<Record<Plan["submit"], OddAnswer>>> = {
	"402": { status: 402, body: { detail: "Payment required" } },
	"403-locked": {
		status: 403,
		body: { detail: "User is locked. Reason: Admin lock. Please contact support@fal.ai" },
	},
	"403-page": { status: 403, text: PAGE, headers: HTML },
	"403-app": { status: 403, body: { detail: 'Cannot access application "x"' } },
	"404-path": { status: 404, body: { message: "Path /quality not found" } },
	"410": { status: 410, body: { detail: "This model was retired" } },
	"451": { status: 451, body: { detail: "Not available in your country" } },
	"422-list": { status: 422, body: { detail: ["prompt is too long"] } },
	"422-object": { status: 422, body: { detail: { message: "prompt is too long" } } },
	"400-message": { status: 400, body: { message: "prompt is too long" } },
	"429-later": { status: 429, body: { detail: "Too many requests" }, headers: { "retry-after": "3" } },
};

/** Answers in place of the result. */
export const ODD_RESULTS: Readonly<Partial<Record<Plan["result"], OddAnswer>>> = {
	"500": { status: 500, body: { detail: "Internal Server Error" } },
	page: { status: 200, text: PAGE, headers: HTML },
	empty: { status: 200, text: "" },
	"in-progress": { status: 200, body: { detail: "Request is still in progress" } },
	"queue-status": { status: 200, body: { status: "IN_PROGRESS", logs: null } },
	"401": { status: 401, body: { detail: "invalid key credentials", error_type: "unauthorized" } },
	"429": { status: 429, body: { detail: "Too many requests", error_type: "concurrent_requests_limit" } },
	"502": { status: 502, text: PAGE, headers: HTML },
};

/** Answers in place of the status. */
export const ODD_STATUSES: Readonly<Partial<Record<Plan["status"], OddAnswer>>> = {
	"500": { status: 500, body: { detail: "Internal Server Error" } },
	"401": { status: 401, body: { detail: "invalid key credentials" } },
	"404": { status: 404, body: { status: "NOT_FOUND" } },
};

/** Answers of the CDN in place of the file. */
export const ODD_FILES: Readonly<Partial<Record<Plan["file"], OddAnswer>>> = {
	"500": { status: 500, text: "Internal Server Error" },
	"403": { status: 403, text: "Forbidden" },
	page: { status: 200, text: PAGE, headers: HTML },
	json: { status: 200, text: '{"error":"rate limited"}', headers: { "content-type": "image/png" } },
	words: { status: 200, text: "Not Found", headers: { "content-type": "image/png" } },
	"redirect-http": { status: 302, headers: { location: "http://elsewhere.example/secret" } },
	"redirect-inside": { status: 302, headers: { location: "https://169.254.169.254/latest/meta-data" } },
};

export function toResponse({ status, headers = {}, body, text }: OddAnswer): Response {
	if (body !== undefined) return Response.json(body, { status, headers });
	// A gateway needs the length of a file.
	const bytes = new TextEncoder().encode(text ?? "");
	return new Response(bytes, { status, headers: { "content-length": String(bytes.length), ...headers } });
}

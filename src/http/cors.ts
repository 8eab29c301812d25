/** Lets browsers on other origins call every route and read every answer, errors too. */

import { toHeaderValue } from "./header-value.ts";

const PREFLIGHT_SECONDS = 7_200;
const EXPOSED = [
	"x-request-id",
	"x-job-id",
	"x-darkroom-model",
	"x-darkroom-cost",
	"x-ratelimit-limit-requests",
	"x-ratelimit-remaining-requests",
	"x-ratelimit-reset-requests",
	"x-should-retry",
	"retry-after",
	"location",
	"content-disposition",
	"preference-applied",
].join(", ");

/** Answers a browser's `OPTIONS`, which carries no key. `*` does not cover Authorization, so the headers asked for are echoed. @param methods Of all routes */
export function preflight(request: Request, methods: readonly string[]): Response {
	return new Response(null, {
		status: 204,
		headers: {
			"access-control-allow-origin": "*",
			"access-control-allow-methods": [...methods, "OPTIONS"].join(", "),
			"access-control-allow-headers": toHeaderValue(
				request.headers.get("access-control-request-headers") ?? "authorization, content-type",
			),
			"access-control-max-age": String(PREFLIGHT_SECONDS),
			vary: "access-control-request-headers",
		},
	});
}

/** Sets what every answer has: the request's id, and leave for browsers to read it. @param response One made here, so its headers can be set */
export function finish(response: Response, requestId: string): Response {
	const { headers } = response;
	headers.set("x-request-id", requestId);
	if (!headers.has("access-control-allow-origin")) {
		headers.set("access-control-allow-origin", "*");
		headers.set("access-control-expose-headers", EXPOSED);
	}
	return response;
}

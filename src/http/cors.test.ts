import { describe, expect, it } from "vitest";
import { finish, preflight } from "./cors.ts";

function preflightOf(headers: Record<string, string> = {}): Response {
	return preflight(new Request("https://gateway.test/v1/responses", { method: "OPTIONS", headers }), ["GET", "PUT"]);
}

describe("preflight", () => {
	it("allows every method of the routes from any origin, for two hours", () => {
		const response = preflightOf();
		expect([response.status, response.body]).toEqual([204, null]);
		expect(Object.fromEntries(response.headers)).toEqual({
			"access-control-allow-origin": "*",
			"access-control-allow-methods": "GET, PUT, OPTIONS",
			"access-control-allow-headers": "authorization, content-type",
			"access-control-max-age": "7200",
			vary: "access-control-request-headers",
		});
	});

	it("echoes the headers that the browser asks for", () => {
		const headers = "authorization, x-stainless-lang, idempotency-key";
		const response = preflightOf({ "access-control-request-headers": headers });
		expect(response.headers.get("access-control-allow-headers")).toBe(headers);
	});
});

describe("finish", () => {
	it("sets the request's id, and lets browsers read the headers of every answer", () => {
		const response = finish(new Response("x", { status: 418, headers: { "retry-after": "20" } }), "req_1");
		expect(response.status).toBe(418);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			"x-request-id": "req_1",
			"retry-after": "20",
			"access-control-allow-origin": "*",
		});
		const exposed = response.headers.get("access-control-expose-headers")?.split(", ") ?? [];
		expect(exposed).toEqual([
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
		]);
	});

	it("keeps the CORS headers that a route sets itself", () => {
		const own = { "access-control-allow-origin": "*", "access-control-expose-headers": "etag" };
		const { headers } = finish(new Response(null, { headers: own }), "req_1");
		expect(headers.get("access-control-expose-headers")).toBe("etag");
		expect(headers.get("x-request-id")).toBe("req_1");
	});
});

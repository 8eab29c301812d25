/** CORS: requests and answers that a browser allows. */
import { describe, expect, inject, it } from "vitest";

const gateway = inject("gateway");

describe("a browser", () => {
	const ORIGIN = { origin: "https://app.test" };

	it("may send a preflight request without a key", async () => {
		const requestHeaders = "authorization,content-type,x-stainless-retry-count";
		for (const path of ["/v1/chat/completions", "/v1/models/fal-ai%2Fflux", "/nowhere"]) {
			const { status, headers } = await fetch(`${gateway.url}${path}`, {
				method: "OPTIONS",
				headers: {
					...ORIGIN,
					"access-control-request-method": "POST",
					"access-control-request-headers": requestHeaders,
				},
			});
			expect(status).toBe(204);
			expect(headers.get("access-control-allow-origin")).toBe("*");
			expect(headers.get("access-control-allow-headers")).toBe(requestHeaders);
			expect(headers.get("access-control-allow-methods")).toBe("GET, POST, DELETE, PUT, PATCH, HEAD, OPTIONS");
			expect(headers.get("access-control-max-age")).toBe("7200");
			expect(headers.get("x-request-id")).toMatch(/^req_/);
		}
	});

	it.each([
		["an answer", "GET", "/v1/models", 200],
		["a refused key", "GET", "/v1/models?", 401],
		["a wrong body", "POST", "/v1/images/generations", 400],
		["a wrong method", "DELETE", "/v1/images/generations", 405],
		["a wrong route", "GET", "/v2/models", 404],
		["a forbidden link", "GET", "/images/x/0.png", 403],
		["the health", "GET", "/healthz", 200],
	])("may read %s and its request id", async (_, method, path, status) => {
		const key = status === 401 ? "sk-wrong" : gateway.accessKey;
		const response = await fetch(`${gateway.url}${path}`, {
			method,
			headers: { ...ORIGIN, authorization: `Bearer ${key}` },
			...(method === "POST" ? { body: "{" } : {}),
		});
		expect(response.status).toBe(status);
		expect(response.headers.get("access-control-allow-origin")).toBe("*");
		expect(response.headers.get("access-control-expose-headers")).toContain("x-request-id");
		expect(response.headers.get("x-request-id")).toMatch(/^req_/);
		if (status >= 400) {
			const { error } = (await response.json()) as { error: object };
			expect(Object.keys(error)).toEqual(["message", "type", "param", "code"]);
		}
	});
});

import { describe, expect, it } from "vitest";
import { err, ok } from "../result.ts";
import { errorResponse, orRefuse, Refusal, refuse } from "./refusal.ts";

const reason = { kind: "not_found", what: "job" } as const;

describe("orRefuse", () => {
	it("returns the value of a result that is ok", () => {
		expect(orRefuse(ok(7))).toBe(7);
	});

	it("throws the error as a Refusal, with its reason", () => {
		expect(() => orRefuse(err(reason))).toThrow(Refusal);
		expect(() => orRefuse(err(reason))).toThrow(expect.objectContaining({ reason, message: "not_found" }));
	});
});

describe("refuse", () => {
	it("answers in OpenAI's shape, with the status of the reason", async () => {
		const response = refuse(reason, "en");
		expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/json"]);
		expect(await response.json()).toEqual({
			error: { message: "This job does not exist.", type: "invalid_request_error", param: null, code: "not_found" },
		});
	});

	it("sets the headers of the reason", () => {
		const response = refuse({ kind: "method_not_allowed", method: "PUT", allow: ["GET", "POST"] }, "en");
		expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST"]);
	});
});

it("errorResponse sends status, headers and body as they are", async () => {
	const body = { error: { message: "m", type: "t", param: "p", code: "c" } };
	const response = errorResponse({ status: 429, headers: { "retry-after": "20" }, body });
	expect([response.status, response.headers.get("retry-after")]).toEqual([429, "20"]);
	expect(await response.json()).toEqual(body);
});

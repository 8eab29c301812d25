import { expect, it } from "vitest";
import type { Failure } from "../api/failure.ts";
import { isSentAgain } from "./sending-policy.ts";

function refused(status: number, code = "x"): Failure {
	return { kind: "refused", status, code, message: "", param: null, retryAfterSeconds: null };
}

it.each<readonly [name: string, failure: Failure, again: boolean]>([
	["nobody answered", { kind: "unreachable" }, true],
	["the caller gave up", { kind: "aborted" }, false],
	["a proxy without a gateway", refused(502), true],
	["fal does not say how the model is asked", refused(503, "schema_unavailable"), true],
	["a wrong field", refused(400), false],
	["a wrong key", refused(401), false],
	["too many open jobs", refused(429, "rate_limit_exceeded"), false],
	["a wrong configuration", refused(500, "configuration_error"), false],
])("is sent again: %s", (_, failure, again) => {
	expect(isSentAgain(failure)).toBe(again);
});

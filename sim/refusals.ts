/** Answers of fal's own gateway. */
import { ODD_SUBMITS, toResponse } from "./odd.ts";
import type { Plan } from "./plan.ts";

export function detail(status: number, text: unknown, fields: Record<string, unknown> = {}): Response {
	return Response.json({ detail: text, ...fields }, { status });
}

/** Builds the answer of fal's own gateway to a submit that never reaches a model. `undefined` if the submit is accepted. */
export function refusalOf(kind: Plan["submit"], endpoint: string): Response | undefined {
	const odd = ODD_SUBMITS[kind];
	if (odd) return toResponse(odd);
	switch (kind) {
		case "401":
			return detail(401, "invalid key credentials");
		case "403":
			return detail(403, "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.");
		case "404":
			return detail(404, `Application "${endpoint.split("/")[1] ?? endpoint}" not found`);
		case "422":
			return detail(422, [{ loc: ["body", "prompt"], msg: "Value error, refused at submit", type: "value_error" }]);
		case "429":
			return detail(429, "Too many requests");
		case "503":
			return detail(503, "Service unavailable", { error_type: "runner_scheduling_failure" });
		case "502":
			return detail(502, "Bad gateway");
		case "504":
			return detail(504, "Gateway timeout");
		default:
			return undefined;
	}
}

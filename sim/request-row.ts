/** The stored form of a request. */
import { readJson } from "./json.ts";
import type { Submission } from "./output.ts";
import type { Plan } from "./plan.ts";
import type { Marks } from "./timeline.ts";

/** Everything about one request. Its state at any time follows from this and the clock (timeline.ts). */
export type RequestRow = {
	id: string;
	/** A second id, in the webhook only, so that a gateway that uses the wrong one is found out. */
	gatewayId: string;
	endpoint: string;
	origin: string;
	/** Body of the submit, unchanged. */
	body: string;
	webhook: string | null;
	submittedAt: number;
	startTimeoutMs: number | null;
	plan: Plan;
	/** Whose it is. For all others it does not exist. */
	account: string;
	marks: Marks;
};

export function submissionOf({ id, endpoint, origin, body, plan }: RequestRow): Submission {
	return {
		id,
		endpoint,
		origin,
		body: readJson(body),
		plan,
	};
}

import { readJson } from "./json.ts";
import type { Asked } from "./output.ts";
import type { Plan } from "./plan.ts";
import type { Marks } from "./timeline.ts";

/** Everything that is known of one request. Its life is this and the clock (timeline.ts). */
export type RequestRow = {
	id: string;
	/** Another id in the webhook, so that one who keys on the wrong one is found out. */
	gatewayId: string;
	endpoint: string;
	origin: string;
	/** The submit's body, as it came. */
	body: string;
	webhook: string | null;
	submittedAt: number;
	startTimeoutMs: number | null;
	plan: Plan;
	marks: Marks;
};

export function askedOf({ id, endpoint, origin, body, plan }: RequestRow): Asked {
	return {
		id,
		endpoint,
		origin,
		body: readJson(body),
		plan,
	};
}

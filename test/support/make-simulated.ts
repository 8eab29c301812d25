/** Makes plans and requests of the simulator for its tests: quick by default, changed by each test. */
import { type PlanChanges, planSchema } from "../../sim/plan.ts";
import type { RequestRow } from "../../sim/request-row.ts";
import { NOW } from "./make.ts";

export function makePlan(overrides: PlanChanges = {}) {
	return planSchema.parse(overrides);
}

/** A request at `NOW` with one position in the queue. */
export function makeRow({ plan = {}, ...overrides }: Partial<Omit<RequestRow, "plan">> & { plan?: PlanChanges } = {}) {
	const row: RequestRow = {
		id: "01234567-89ab-cdef-0123-456789abcdef",
		gatewayId: "fedcba98-7654-3210-fedc-ba9876543210",
		endpoint: "fal-ai/imagen4/preview",
		origin: "https://queue.test",
		body: JSON.stringify({ prompt: "a red fox" }),
		webhook: null,
		submittedAt: NOW,
		startTimeoutMs: null,
		plan: makePlan(plan),
		account: "test-id",
		marks: {},
		...overrides,
	};
	return row;
}

/** The simulator's own bill: what each request that really drew costs, by the simulator's own prices. */
import { endpointOf } from "./endpoints.ts";
import { promptOf, readInput } from "./input.ts";
import { isRecord, readJson } from "./json.ts";
import { resultOf, seedOf } from "./output.ts";
import { rateOf, unitsOf } from "./prices.ts";
import { type RequestRow, submissionOf } from "./request-row.ts";
import { momentOf } from "./timeline.ts";

/** One request that drew. */
export type Charge = { day: string; endpoint: string; pictures: number; microUsd: number | null };

/** The requests of one endpoint in one day, in UTC. `microUsd` is null if the simulator has no price for one of them. */
export type BillRow = Charge & { requests: number };

/** Outcomes with a picture. A result with none of them says so in its own way. */
const DRAWN = new Set(["ok", "nsfw"]);

/** Returns null for a request that drew nothing. It counts on the day of its submit. */
export function chargeOf(row: RequestRow, now: number): Charge | null {
	const moment = momentOf(row, now);
	const body = readJson(row.body);
	const endpoint = endpointOf(row.endpoint);
	if (moment.status !== "COMPLETED" || endpoint === undefined || !isRecord(body)) return null;
	const input = readInput(endpoint, body, seedOf(row.id));
	const isDrawn = DRAWN.has(row.plan.outcome) && resultOf(submissionOf(row), moment.ending).status === 200;
	if (!isDrawn || !input.ok) return null;
	const rate = rateOf(row.endpoint, body);
	return {
		day: new Date(row.submittedAt).toISOString().slice(0, 10),
		endpoint: row.endpoint,
		pictures: input.value.count,
		microUsd: rate === null ? null : Math.round(rate * unitsOf(row.endpoint, input.value)),
	};
}

/** True for a request whose prompt has this text. */
export function isAbout({ body }: RequestRow, text: string): boolean {
	return promptOf(readJson(body)).includes(text);
}

/** Sums up charges by day and endpoint, in their order. */
export function sumUp(charges: readonly Charge[]): readonly BillRow[] {
	const sums = new Map<string, BillRow>();
	for (const charge of charges) {
		const name = `${charge.day} ${charge.endpoint}`;
		const { requests, pictures, microUsd } = sums.get(name) ?? { requests: 0, pictures: 0, microUsd: 0 };
		const sum = microUsd === null || charge.microUsd === null ? null : microUsd + charge.microUsd;
		sums.set(name, { ...charge, requests: requests + 1, pictures: pictures + charge.pictures, microUsd: sum });
	}
	return [...sums.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

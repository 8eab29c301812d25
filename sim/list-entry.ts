import { outcomeOf } from "./answers.ts";
import { readJson } from "./json.ts";
import { mutateJson } from "./mutate.ts";
import type { Random } from "./random.ts";
import type { RequestRow } from "./request-row.ts";
import { momentOf } from "./timeline.ts";

export type ListQuery = { account: string; endpoint: string; from: number; to: number; payloads: boolean };

/** A request as the list of requests shows it, as JSON, and what the list is ordered by. */
export type ListEntry = { requestId: string; sentAt: number; endedAt: number | null; json: string };

/** Of each keeper: more than all pages that a gateway reads. */
export const MAX_LISTED = 1000;

export function isListed({ plan, submittedAt }: RequestRow, now: number): boolean {
	return plan.listed !== "never" && now >= submittedAt + plan.listedAfterMs;
}

/** @param random Mutates the entry; null if nothing does */
export async function listEntryOf(
	row: RequestRow,
	{ now, payloads, random }: { now: number; payloads: boolean; random: Random | null },
): Promise<ListEntry> {
	const moment = momentOf(row, now);
	const ended = moment.status === "COMPLETED" ? moment : null;
	const result = ended && (await outcomeOf(row, ended));
	const startedAt = moment.status === "IN_PROGRESS" ? moment.startedAt : ended && ended.completedAt - ended.ranMs;
	const endedAt = ended?.completedAt ?? null;
	const entry = {
		request_id: row.id,
		endpoint_id: row.endpoint,
		sent_at: textOf(row.submittedAt),
		started_at: textOf(startedAt),
		ended_at: textOf(endedAt),
		status_code: result?.status ?? null,
		duration: ended ? ended.ranMs / 1000 : null,
		...(payloads && {
			json_input: row.plan.listed === "without-input" ? null : readJson(row.body),
			json_output: result?.body ?? null,
		}),
	};
	const json = JSON.stringify(random ? mutateJson(entry, random) : entry);
	return { requestId: row.id, sentAt: row.submittedAt, endedAt, json };
}

function textOf(time: number | null): string | null {
	return time === null ? null : new Date(time).toISOString();
}

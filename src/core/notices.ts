/** Decides when the client's webhook is told of a job's end, and when that is given up. */

import type { Decision } from "./decision.ts";
import type { Effect, NoticeAnswer } from "./inputs.ts";
import { nextNotice } from "./schedule.ts";
import { detailsOf, type State } from "./state.ts";

/** Returns the effect that tells the webhook; none before it is due, or if there is nothing to tell. */
export function noticeIfDue(state: State, now: number): readonly Effect[] {
	const notice = state.end?.notice ?? null;
	if (notice === null || now < notice.dueAt) return [];
	const clientWebhook = detailsOf(state)?.clientWebhook;
	return clientWebhook === undefined ? [] : [{ type: "notify", address: clientWebhook }];
}

export function onNoticeAnswered({ end }: State, answer: NoticeAnswer, now: number): Decision {
	if (end === null || end.notice === null) return {};
	switch (answer.kind) {
		case "taken":
			return { events: [{ type: "notified", status: answer.status }] };
		case "failed": {
			const retryAt = nextNotice(end.notice.since, now);
			return { events: [{ type: "notice_failed", status: answer.status, retryAt }] };
		}
		case "refused":
			return { events: [{ type: "notice_failed", status: answer.status, retryAt: null }] };
	}
}

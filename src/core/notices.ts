/** Decides when the client's webhook is told of a job's end, and when that is given up. */

import type { Decision } from "./decision.ts";
import type { Effect, NoticeAnswer } from "./inputs.ts";
import { nextNotice } from "./schedule.ts";
import type { StartedState } from "./state.ts";

/** Returns the effect that tells the webhook; none before it is due, or if there is nothing to tell. */
export function noticeIfDue(state: StartedState, now: number): readonly Effect[] {
	if (state.phase !== "ended" || state.notice === null || now < state.notice.dueAt) return [];
	const { clientWebhook } = state.job;
	return clientWebhook === undefined ? [] : [{ type: "notify", address: clientWebhook }];
}

export function onNoticeAnswered(state: StartedState, answer: NoticeAnswer, now: number): Decision {
	if (state.phase !== "ended" || state.notice === null) return {};
	switch (answer.kind) {
		case "taken":
			return { events: [{ type: "notified", status: answer.status }] };
		case "failed": {
			const retryAt = nextNotice(state.notice.since, now);
			return { events: [{ type: "notice_failed", status: answer.status, retryAt }] };
		}
		case "refused":
			return { events: [{ type: "notice_failed", status: answer.status, retryAt: null }] };
	}
}

/** Renders a job's log as the events that clients read, without fal's addresses. */

import type { LinkedEvent } from "../../core/linked.ts";
import { PUBLIC_NAMES } from "../../core/public-events.ts";
import { toErrorBody } from "../../errors.ts";
import { toUsd } from "../../money.ts";
import type { Frame } from "../answer/frames.ts";
import { toImage, toSeconds } from "./render.ts";

/** Renders one event of the log: its number, its time and what it says in public. JSON leaves out what is undefined. */
export function toJobFrame(event: LinkedEvent): Frame & { readonly id: number } {
	const type = PUBLIC_NAMES[event.type];
	const data = { sequence_number: event.seq, at: event.at / 1000, type, slot: event.slot, ...publicPartOf(event) };
	return { id: event.seq, event: type, data };
}

function publicPartOf(event: LinkedEvent): object {
	switch (event.type) {
		case "accepted": {
			const { prompt, model, n, seed } = event.request;
			return {
				request: { prompt, model, n, seed },
				deadline_at: toSeconds(event.deadlineAt),
				expires_at: toSeconds(event.expiresAt),
			};
		}
		case "submitting":
			return { endpoint: event.endpoint, fal_account: event.falAccount, first: event.first, count: event.count };
		case "account_refused":
			return { fal_account: event.falAccount, error: toErrorBody(event.error).error };
		case "refused":
			return { status: event.status, retry_at: toSeconds(event.retryAt) };
		case "answer_lost":
			return { settle_by: toSeconds(event.settleBy) };
		case "submitted":
			return { request_id: event.requestId, queue_position: event.position };
		case "queued":
			return { queue_position: event.position };
		case "running":
			return { logs: event.logs };
		case "generated":
			return { outputs: event.outputs.length };
		case "image":
		case "late_image":
			return { output: { type: "image", ...toImage(event) } };
		case "image_lost":
			return { index: event.index, message: event.why };
		case "thumbnail":
			return { index: event.index };
		case "rerouted":
			return { from: event.from, to: event.to, why: event.why };
		case "cancelling":
			return { why: event.why };
		case "succeeded":
			return { seconds: event.seconds };
		case "failed":
			return { error: toErrorBody(event.error).error };
		case "looked_up":
			return { look_up_at: toSeconds(event.lookUpAt) };
		case "completed":
			return event.error === undefined ? {} : { error: toErrorBody(event.error).error };
		case "result_unavailable":
			return { status: event.status };
		case "late_failure":
			return { request_id: event.requestId, error: toErrorBody(event.error).error };
		case "addresses_kept":
			return { addresses: event.addresses.length };
		case "notified":
			return { status: event.status };
		case "notice_failed":
			return { status: event.status, retry_at: toSeconds(event.retryAt) };
		case "billed":
			return { usd: toUsd(event.costs.reduce((sum, { cost }) => sum + cost, 0)), retry_at: toSeconds(event.retryAt) };
		case "slot_ended":
			return {
				slot: event.slot,
				outcome: event.outcome,
				missing: event.missing,
				...(event.error === undefined ? {} : { error: toErrorBody(event.error).error }),
			};
		case "cancelled":
		case "deleting":
		case "client_left":
		case "delivered":
			return {};
	}
}

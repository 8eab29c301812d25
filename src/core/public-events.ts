/** Maps the words of the log to the names that clients read. The log's words are stored, so only the names here can ever change. */

import type { FlatEvent } from "./linked.ts";

/** A stored picture is an `output`, in time or late: what fal makes next may be something other than a picture. */
export const PUBLIC_NAMES = {
	accepted: "accepted",
	submitting: "submitting",
	refused: "refused",
	account_refused: "account_refused",
	answer_lost: "answer_lost",
	looked_up: "looked_up",
	submitted: "submitted",
	queued: "queued",
	running: "running",
	completed: "completed",
	result_unavailable: "result_unavailable",
	addresses_kept: "addresses_kept",
	generated: "generated",
	image: "output",
	late_image: "output",
	late_failure: "late_failure",
	image_lost: "output_lost",
	rerouted: "rerouted",
	cancelling: "cancelling",
	slot_ended: "request_ended",
	deleting: "deleting",
	client_left: "client_left",
	delivered: "delivered",
	thumbnail: "thumbnail",
	notified: "webhook_delivered",
	notice_failed: "webhook_failed",
	billed: "billed",
	succeeded: "succeeded",
	failed: "failed",
	cancelled: "cancelled",
} as const satisfies Readonly<Record<FlatEvent["type"], string>>;

/** Reads the ids of Responses that others go on from. */

import { isJobId } from "../../job-id.ts";
import { jobOfRequestId, toJobRequestId } from "../../request-id.ts";

export type EarlierId =
	| { readonly kind: "job"; readonly job: string }
	/** An answer that was only text. It belongs to no job, but says which one its conversation had before. */
	| { readonly kind: "text"; readonly job: null }
	| { readonly kind: "unknown"; readonly job: null };

const PREFIX = /^resp_/;
const TEXT_ID = /^req_[0-9a-f]{32}$/;

export function readEarlierId(id: string): EarlierId {
	const name = id.replace(PREFIX, "");
	const job = jobOfRequestId(name) ?? name;
	if (isJobId(job)) return { kind: "job", job };
	return { kind: TEXT_ID.test(name) ? "text" : "unknown", job: null };
}

/** Returns the id of an answer that is only text. It holds the job of the Response before it, so that the conversation goes on from that. */
export function toTextId(requestId: string, previous: string | undefined): string {
	const { job } = previous === undefined ? { job: null } : readEarlierId(previous);
	return job === null ? requestId : toJobRequestId(job, requestId);
}

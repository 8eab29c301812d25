/** Defines the form of a request's id: `req_` and 32 hex digits, or `req_<job>_` and 8 hex digits for one that made or joined a job. */

export function newRequestId(): string {
	return `req_${crypto.randomUUID().replaceAll("-", "")}`;
}

const OWN_DIGITS = 8;
const JOB_REQUEST_ID = /^req_([0-9a-f]{64})_[0-9a-f]{8}$/;

/** Returns the id of a request that made or joined a job. It keeps the beginning of the request's own digits. */
export function toJobRequestId(job: string, requestId: string): string {
	return `req_${job}_${requestId.slice("req_".length).slice(0, OWN_DIGITS)}`;
}

/** Returns the job that a request's id names; null if it names none. */
export function jobOfRequestId(id: string): string | null {
	return JOB_REQUEST_ID.exec(id)?.[1] ?? null;
}

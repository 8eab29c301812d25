/** Reads the addresses of the large view. A part that is no job's id never becomes part of a request's path. */

/** A picture of a job. */
export interface Place {
	/** `job_` and 64 hex digits. */
	readonly job: string;
	/** From 0. */
	readonly index: number;
}

const JOB = /^job_[0-9a-f]{64}$/;
const INDEX = /^\d{1,3}$/;

/** Reads `<job>/<index>`, with 0 for an index that is left out. Null if it names no picture. */
export function parsePlace(job = "", index = "0"): Place | null {
	return JOB.test(job) && INDEX.test(index) ? { job, index: Number(index) } : null;
}

/** Defines the form of a job's id, which is its object's id: 64 lower-case hex digits. */

const JOB_ID = /^[0-9a-f]{64}$/;

export function isJobId(text: string): boolean {
	return JOB_ID.test(text);
}

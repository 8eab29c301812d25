/**
 * Holds pictures that come before their job. The log stays unwritten: the alarm of an empty log erases them, later than any request may
 * start the job, and a start after that is refused. What an unfinished R2 upload is called is kept, since R2 cannot list those.
 */
import { deletePictures } from "../../media/store.ts";

/** Longer than the day in which a key may start the job, together with the time that its pictures take to come. */
export const HOLD_MS = 30 * 3_600_000;

/** An R2 upload in parts. */
export interface Upload {
	readonly key: string;
	readonly uploadId: string;
}

export interface Uploads {
	/** Holds what is stored from now on. Idempotent. False if it is too late: all is being erased. @param upload Begun, and without a part so far */
	hold(upload: Upload | null): Promise<boolean>;
	/** True from the first hold until the erasing begins. */
	isHeld(): Promise<boolean>;
	/** Deletes what is stored, aborts the uploads that are not finished, and forgets all. It may run again after a failure. */
	erase(): Promise<void>;
}

const PREFIX = "upload ";
const ERASINGS = "erasings";
/** R2 ends an upload by itself after a week. So one that it does not abort after so many tries is left to it. */
const MAX_ERASINGS = 10;
/** R2's number for an upload that is finished, or aborted. */
const NO_SUCH_UPLOAD = /\b10024\b/;

export function createUploads({ storage, id }: DurableObjectState, bucket: () => R2Bucket): Uploads {
	let erasing = false;
	const isHeld = async () => {
		const until = await storage.getAlarm();
		return !erasing && until !== null && until > Date.now();
	};
	const abortAll = async () => {
		const erasings = (storage.kv.get<number>(ERASINGS) ?? 0) + 1;
		storage.kv.put(ERASINGS, erasings);
		for (const [name, uploadId] of storage.kv.list<string>({ prefix: PREFIX })) {
			try {
				await bucket().resumeMultipartUpload(name.slice(PREFIX.length), uploadId).abort();
			} catch (error) {
				if (!NO_SUCH_UPLOAD.test(String(error)) && erasings < MAX_ERASINGS) throw error;
			}
		}
	};
	return {
		isHeld,
		hold: async (upload) => {
			const until = await storage.getAlarm();
			if (erasing || (until !== null && until <= Date.now())) return false;
			if (until === null) await storage.setAlarm(Date.now() + HOLD_MS);
			if (upload !== null) storage.kv.put(`${PREFIX}${upload.key}`, upload.uploadId);
			return true;
		},
		erase: async () => {
			erasing = true;
			try {
				await deletePictures(bucket(), id.toString());
				await abortAll();
				await storage.deleteAll();
			} finally {
				erasing = false;
			}
		},
	};
}

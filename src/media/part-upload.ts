/** Uploads an object to R2 in parts, one after the other. */

/** R2's smallest part; all but the last are of this size. */
export const PART_BYTES = 5 * 1024 * 1024;
/** For each call. R2's faults are rare and short. */
const MAX_TRIES = 3;
const RETRY_MS = 100;

/** Called before anything is stored, and before the first part of an upload in parts, with that. */
export type Hold = (upload: { readonly key: string; readonly uploadId: string } | null) => Promise<void>;

export class PartUpload {
	readonly #bucket: R2Bucket;
	readonly #key: string;
	readonly #hold: Hold;
	#upload: R2MultipartUpload | null = null;
	readonly #parts: R2UploadedPart[] = [];

	constructor(bucket: R2Bucket, key: string, hold: Hold) {
		this.#bucket = bucket;
		this.#key = key;
		this.#hold = hold;
	}

	get isBegun(): boolean {
		return this.#upload !== null;
	}

	/** Sends a part. Its bytes are free when this returns. */
	async send(bytes: Uint8Array, contentType: string): Promise<void> {
		this.#upload ??= await this.#begin(contentType);
		const upload = this.#upload;
		const number = this.#parts.length + 1;
		this.#parts.push(await withRetry(() => upload.uploadPart(number, bytes)));
	}

	async #begin(contentType: string): Promise<R2MultipartUpload> {
		const options = { httpMetadata: { contentType } };
		const upload = await withRetry(() => this.#bucket.createMultipartUpload(this.#key, options));
		await this.#hold({ key: this.#key, uploadId: upload.uploadId });
		return upload;
	}

	/** Sends the last part, of any size, and makes an object of all. */
	async complete(last: Uint8Array, contentType: string): Promise<void> {
		await this.send(last, contentType);
		await withRetry(async () => this.#upload?.complete(this.#parts));
		this.#upload = null;
	}

	/** Ends an upload that is not complete. The job's object ends what cannot be ended here. */
	async abort(): Promise<void> {
		await this.#upload?.abort().catch(() => {});
		this.#upload = null;
	}
}

/** Calls R2, and tries again. What is put is the same. */
export async function withRetry<T>(call: () => Promise<T>): Promise<T> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await call();
		} catch (error) {
			if (tries >= MAX_TRIES) throw error;
			await scheduler.wait(RETRY_MS * tries);
		}
	}
}

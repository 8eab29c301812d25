/** Streams the pictures that a request brings along into R2, hashing and measuring them, through buffers of one R2 part. */

import { Refusal } from "../http/refusal.ts";
import type { StoredPicture } from "../models/request.ts";
import { err, ok, type Result } from "../result.ts";
import { type Hold, PART_BYTES, PartUpload, withRetry } from "./part-upload.ts";
import { PictureEnd } from "./picture-end.ts";
import { INPUT_HEAD_BYTES, type InputFault, type SniffedInput, sniffInput } from "./sniff-input.ts";

/** Of one request. Cloudflare takes no larger bodies on most of its plans. */
export const MAX_INPUT_BYTES = 100 * 1024 * 1024;

/** Returns the next bytes of a picture, which may be gone at the next call; null at its end. */
export type ReadBytes = () => Promise<Uint8Array | null>;

export class InputStore {
	readonly #bucket: R2Bucket;
	readonly #hold: Hold;
	/** Of all pictures so far. */
	#bytes = 0;
	/** One for all pictures, which come one after the other. It is filled again when R2 has its part. */
	#buffer: Uint8Array | null = null;

	/** @param hold Has to make sure that what is stored from then on is erased if its job never starts */
	constructor(bucket: R2Bucket, hold: Hold) {
		this.#bucket = bucket;
		this.#hold = hold;
	}

	/**
	 * Stores one picture. Returns what is wrong with its bytes: then nothing of it is stored.
	 * @throws Refusal for too many bytes; and whatever `read` and R2 throw
	 */
	async store(key: string, read: ReadBytes): Promise<Result<StoredPicture, InputFault>> {
		const hash = new StreamedHash();
		const end = new PictureEnd();
		const upload = new PartUpload(this.#bucket, key, this.#hold);
		let sniffed: Result<SniffedInput, InputFault> | null = null;
		this.#buffer ??= new Uint8Array(PART_BYTES);
		const buffer = this.#buffer;
		let filled = 0;
		let bytes = 0;
		try {
			for (let piece = await read(); piece !== null; piece = await read()) {
				this.#count(piece.length);
				bytes += piece.length;
				end.push(piece);
				for (let at = 0; at < piece.length; ) {
					if (filled === PART_BYTES) {
						sniffed ??= sniffInput(buffer.subarray(0, INPUT_HEAD_BYTES));
						if (!sniffed.ok) return sniffed;
						await Promise.all([upload.send(buffer, sniffed.value.contentType), hash.add(buffer)]);
						filled = 0;
					}
					const step = Math.min(piece.length - at, PART_BYTES - filled);
					buffer.set(piece.subarray(at, at + step), filled);
					filled += step;
					at += step;
				}
			}
			const last = buffer.subarray(0, filled);
			sniffed ??= sniffInput(last.subarray(0, INPUT_HEAD_BYTES));
			if (!sniffed.ok) return sniffed;
			// A model refuses it at best, and draws half of it at worst.
			if (end.isMissing) return err({ is: "picture_cut" });
			const { contentType, width, height } = sniffed.value;
			await hash.add(last);
			const sha256 = await hash.end();
			if (upload.isBegun) await upload.complete(last, contentType);
			else await this.#put(key, last, contentType);
			return ok({ kind: "stored", key, contentType, bytes, sha256, width, height });
		} finally {
			await upload.abort();
			hash.drop();
		}
	}

	async #put(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
		await this.#hold(null);
		await withRetry(() => this.#bucket.put(key, bytes, { httpMetadata: { contentType } }));
	}

	#count(bytes: number): void {
		this.#bytes += bytes;
		if (this.#bytes <= MAX_INPUT_BYTES) return;
		throw new Refusal({ kind: "body_too_complex", bound: "file_bytes", max: MAX_INPUT_BYTES });
	}
}

/** The SHA-256 of bytes that come one after the other. */
class StreamedHash {
	readonly #stream = new crypto.DigestStream("SHA-256");
	readonly #writer = this.#stream.getWriter();

	constructor() {
		// It rejects when it is dropped.
		this.#stream.digest.catch(() => {});
	}

	/** The bytes are free when this returns. */
	async add(bytes: Uint8Array): Promise<void> {
		await this.#writer.write(bytes);
	}

	/** In lower-case hex. */
	async end(): Promise<string> {
		await this.#writer.close();
		return new Uint8Array(await this.#stream.digest).toHex();
	}

	drop(): void {
		this.#writer.abort().catch(() => {});
	}
}

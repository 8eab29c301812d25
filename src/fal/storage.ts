/** Uploads pictures to fal's storage, for a fal that cannot reach this gateway. Nothing here throws. */
import type { OfFalAccount } from "../core/events.ts";
import { CALL_TIMEOUT_MS } from "../core/schedule.ts";
import type { FalAccounts } from "../fal-accounts.ts";
import { toFetchable } from "../http/fetchable.ts";
import { readJsonBeginning } from "../http/json-beginning.ts";
import { withTimeout } from "../http/timeout.ts";
import { secretsOf } from "../scrub.ts";
import { authorizationOf, keyFor } from "./keys.ts";
import { type Place, readPlace, readStored, STORAGE_UNREACHABLE, type StorageFailure } from "./storage-answers.ts";

export interface FalStorage {
	/** Streams a file to fal, for the account that the submit goes to. Whoever has the address may read it. `signal` ends the work. */
	upload(file: StorageFile, account: OfFalAccount, signal: AbortSignal): Promise<StorageAnswer>;
}

export interface StorageFile {
	readonly name: string;
	readonly contentType: string;
	/** Its length, which `body` has. */
	readonly bytes: number;
	/** fal deletes it after so long. */
	readonly seconds: number;
	/** Opens it. Null if it is gone. */
	body(): Promise<ReadableStream<Uint8Array> | null>;
}

export type StorageAnswer = { readonly kind: "stored"; readonly url: string } | StorageFailure;

export interface StorageSettings {
	/** Without a slash at the end. The key goes nowhere else. */
	readonly falStorageUrl: string;
	readonly falAccounts: FalAccounts;
}

export interface StorageOptions {
	readonly fetch?: typeof fetch;
	readonly callTimeoutMs?: number;
}

/** The bucket of fal's CDN of today. */
const STORAGE_TYPE = "fal-cdn-v3";
const MAX_ANSWER_BYTES = 64 * 1024;
/** fal's shortest. It takes 0 for never. */
const MIN_SECONDS = 60;

export function createStorage(
	{ falStorageUrl, falAccounts }: StorageSettings,
	{ fetch: fetchStorage = fetch, callTimeoutMs = CALL_TIMEOUT_MS }: StorageOptions = {},
): FalStorage {
	const secrets = secretsOf(falAccounts);

	const initiate = ({ name, contentType, seconds }: StorageFile, falAccount: string | undefined, signal: AbortSignal) =>
		withTimeout(callTimeoutMs, async (timeout) => {
			const lifecycle = JSON.stringify({ expiration_duration_seconds: Math.max(MIN_SECONDS, Math.floor(seconds)) });
			const response = await fetchStorage(`${falStorageUrl}/storage/upload/initiate?storage_type=${STORAGE_TYPE}`, {
				method: "POST",
				// A redirect would carry the key away.
				redirect: "manual",
				headers: {
					...authorizationOf(keyFor(falAccounts, falAccount)),
					"content-type": "application/json",
					// fal's clients differ in which of them they send.
					"x-fal-object-lifecycle": lifecycle,
					"x-fal-object-lifecycle-preference": lifecycle,
				},
				body: JSON.stringify({ content_type: contentType, file_name: name }),
				signal: AbortSignal.any([signal, timeout]),
			});
			const { text } = await readJsonBeginning(response.body, { maxBytes: MAX_ANSWER_BYTES, keepText: true });
			return readPlace(response.status, text, secrets);
		});

	const send = async (
		file: StorageFile,
		{ uploadUrl, fileUrl }: Place,
		signal: AbortSignal,
	): Promise<StorageAnswer> => {
		const origin = new URL(falStorageUrl).origin;
		const [target, address] = [toFetchable(uploadUrl, origin), toFetchable(fileUrl, origin)];
		const body = target === null || address === null ? null : await file.body();
		if (target === null || address === null || body === null) return { kind: "unusable" };
		const { readable, writable } = new FixedLengthStream(file.bytes);
		// Its failures reach the request.
		body.pipeTo(writable, { signal }).catch(() => {});
		const response = await fetchStorage(target.href, {
			method: "PUT",
			redirect: "manual",
			headers: { "content-type": file.contentType },
			body: readable,
			signal,
		});
		await response.body?.cancel();
		return readStored(response.status) ?? { kind: "stored", url: address.href };
	};

	return {
		upload: async (file, { falAccount }, signal) => {
			try {
				const place = await initiate(file, falAccount, signal);
				return "kind" in place ? place : await send(file, place, signal);
			} catch {
				return STORAGE_UNREACHABLE;
			}
		},
	};
}

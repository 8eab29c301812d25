import * as z from "zod/mini";
import { piecesOf } from "../http/pieces.ts";
import { readText } from "../http/read-text.ts";

/** How far fal's clock and ours may differ, both ways, and so how long a copied webhook could be sent again. */
const TIMESTAMP_TOLERANCE_MS = 300_000;
const KEYS_KEPT_MS = 24 * 3_600_000;
const KEYS_ASKED_AT_MOST_EVERY_MS = 60_000;
const KEYS_TIMEOUT_MS = 5_000;
const MAX_KEYS_BYTES = 64 * 1024;
const MAX_KEYS = 16;
/** Larger payloads are not parsed: fal has the same result at its address. */
export const MAX_PAYLOAD_BYTES = 1024 * 1024;
/** Larger ones are not even read to their end. */
export const MAX_WEBHOOK_BYTES = 64 * 1024 * 1024;
/** Each read leaves some garbage: fewer of them leave less. */
const PIECE_BYTES = 256 * 1024;

export interface WebhookBody {
	/** Of the raw bytes, in lower-case hex. */
	readonly sha256: string;
	/** Null where the body is larger than `MAX_PAYLOAD_BYTES`. */
	readonly text: string | null;
}

/**
 * Reads a webhook's body through SHA-256, and keeps it only where it is small enough to parse. Null for a body that is out of all
 * bounds; rejects where it breaks off.
 */
export async function readWebhookBody(
	{ body }: Pick<Request, "body">,
	{ maxPayloadBytes = MAX_PAYLOAD_BYTES, maxBytes = MAX_WEBHOOK_BYTES } = {},
): Promise<WebhookBody | null> {
	const hash = new crypto.DigestStream("SHA-256");
	const writer = hash.getWriter();
	const decoder = new TextDecoder();
	let text: string | null = "";
	let bytes = 0;
	try {
		for await (const chunk of body === null ? [] : piecesOf(body, PIECE_BYTES)) {
			bytes += chunk.byteLength;
			if (bytes > maxBytes) return null;
			await writer.write(chunk);
			text = text === null || bytes > maxPayloadBytes ? null : text + decoder.decode(chunk, { stream: true });
		}
		await writer.close();
		return { sha256: new Uint8Array(await hash.digest).toHex(), text: text === null ? null : text + decoder.decode() };
	} finally {
		// After a close this does nothing.
		writer.abort().catch(() => {});
		hash.digest.catch(() => {});
	}
}

export interface WebhookTrust {
	readonly jwksUrl: string;
	readonly nowMs: number;
	readonly fetch?: typeof fetch;
}

/**
 * Whether fal signed these headers and this body within the last five minutes (docs.fal.ai, "Verifying your webhook"). That proves
 * the sender to be fal and no more: any customer of fal can have a body signed and sent here, so our own MAC is checked first.
 */
export async function verifyWebhook(headers: Headers, sha256: string, trust: WebhookTrust): Promise<boolean> {
	const signed = parseSigned(headers, sha256);
	if (signed === null || Math.abs(signed.timestampMs - trust.nowMs) > TIMESTAMP_TOLERANCE_MS) return false;
	const { keys, isFresh } = await keysOf(trust);
	if (await fitsAny(keys, signed)) return true;
	// fal may have a new key since.
	return !isFresh && fitsAny((await refreshedKeys(trust)).keys, signed);
}

interface Signed {
	readonly timestampMs: number;
	readonly signature: Uint8Array;
	readonly text: Uint8Array;
}

const REQUEST_ID_HEADER = "x-fal-webhook-request-id";
const USER_ID_HEADER = "x-fal-webhook-user-id";
const TIMESTAMP_HEADER = "x-fal-webhook-timestamp";
const SIGNATURE_HEADER = "x-fal-webhook-signature";

function parseSigned(headers: Headers, sha256: string): Signed | null {
	const [requestId, userId] = [headers.get(REQUEST_ID_HEADER), headers.get(USER_ID_HEADER)];
	const [timestamp, signature] = [headers.get(TIMESTAMP_HEADER) ?? "", headers.get(SIGNATURE_HEADER) ?? ""];
	if (requestId === null || userId === null) return null;
	if (!/^\d{1,12}$/.test(timestamp) || !/^[0-9a-f]{128}$/i.test(signature)) return null;
	return {
		timestampMs: Number(timestamp) * 1000,
		signature: Uint8Array.fromHex(signature),
		text: new TextEncoder().encode([requestId, userId, timestamp, sha256].join("\n")),
	};
}

async function fitsAny(keys: readonly CryptoKey[], { signature, text }: Signed): Promise<boolean> {
	const fits = await Promise.all(keys.map((key) => crypto.subtle.verify("Ed25519", key, signature, text)));
	return fits.includes(true);
}

interface KnownKeys {
	readonly keys: readonly CryptoKey[];
	readonly fetchedAtMs: number;
	/** Of the last try, which may have failed. */
	readonly askedAtMs: number;
}

/** fal's keys, for this isolate. Values and no promises: a request must not wait for a fetch of another, which may die with it. */
const known = new Map<string, KnownKeys>();

/** `isFresh`: asking again is not allowed yet. */
async function keysOf(trust: WebhookTrust): Promise<{ keys: readonly CryptoKey[]; isFresh: boolean }> {
	const kept = known.get(trust.jwksUrl);
	const isFresh = kept !== undefined && trust.nowMs - kept.askedAtMs < KEYS_ASKED_AT_MOST_EVERY_MS;
	const isUsable = kept !== undefined && trust.nowMs - kept.fetchedAtMs < KEYS_KEPT_MS;
	if (isUsable) return { keys: kept.keys, isFresh };
	return isFresh ? { keys: [], isFresh } : refreshedKeys(trust);
}

/** The minute is counted from the end of a try, so that webhooks that come at once to a new isolate all get their answer. */
async function refreshedKeys(trust: WebhookTrust): Promise<{ keys: readonly CryptoKey[]; isFresh: true }> {
	const kept = known.get(trust.jwksUrl) ?? { keys: [], fetchedAtMs: Number.NEGATIVE_INFINITY };
	const keys = await fetchKeys(trust);
	known.set(
		trust.jwksUrl,
		keys === null ? { ...kept, askedAtMs: trust.nowMs } : { keys, fetchedAtMs: trust.nowMs, askedAtMs: trust.nowMs },
	);
	return { keys: keys ?? [], isFresh: true };
}

const keySetSchema = z.object({ keys: z.array(z.unknown()).check(z.maxLength(MAX_KEYS)) });
const keySchema = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });

/** Null where they cannot be had. Keys of other kinds are passed over. */
async function fetchKeys({ jwksUrl, fetch: ask = fetch }: WebhookTrust): Promise<readonly CryptoKey[] | null> {
	try {
		const response = await ask(jwksUrl, { redirect: "manual", signal: AbortSignal.timeout(KEYS_TIMEOUT_MS) });
		if (response.status !== 200) {
			await response.body?.cancel();
			return null;
		}
		const text = await readText(response.body, MAX_KEYS_BYTES);
		const { keys } = keySetSchema.parse(JSON.parse(text ?? ""));
		const imported = await Promise.all(keys.map(importKey));
		return imported.filter((key) => key !== null);
	} catch {
		return null;
	}
}

async function importKey(jwk: unknown): Promise<CryptoKey | null> {
	const { success, data } = keySchema.safeParse(jwk);
	if (!success) return null;
	return crypto.subtle.importKey("jwk", data, "Ed25519", false, ["verify"]).catch(() => null);
}

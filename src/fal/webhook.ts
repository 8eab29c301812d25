/** Reads fal's webhooks, and checks that fal signed them (docs.fal.ai, "Verifying your webhook"). */
import * as z from "zod/mini";
import { JsonScan } from "../http/json-scan.ts";
import { piecesOf } from "../http/pieces.ts";
import { readJsonText } from "../http/read-json-text.ts";
import { validate } from "../validate.ts";

/** Allows fal's clock and ours to differ, both ways. So a copied webhook can be sent again for this long. */
const TIMESTAMP_TOLERANCE_MS = 300_000;
const KEYS_KEPT_MS = 24 * 3_600_000;
const KEYS_FETCH_EVERY_MS = 60_000;
const KEYS_TIMEOUT_MS = 5_000;
const MAX_KEYS_BYTES = 64 * 1024;
const MAX_KEYS = 16;
/** A larger payload is not parsed: fal has the same result at its address. */
export const MAX_PAYLOAD_BYTES = 1024 * 1024;
/** A larger body is not even read to its end. */
export const MAX_WEBHOOK_BYTES = 64 * 1024 * 1024;
/** Each read leaves some garbage: fewer of them leave less. */
const PIECE_BYTES = 256 * 1024;

export interface WebhookBody {
	/** Of the raw bytes, in lower-case hex. */
	readonly sha256: string;
	/** Null for a body that is larger than `MAX_PAYLOAD_BYTES`, or has too many values or levels to be parsed. */
	readonly text: string | null;
}

/**
 * Reads a webhook's body through SHA-256, and keeps its text only if it may be parsed. Returns null for a body larger than
 * `maxBytes`. Rejects if the body breaks off.
 */
export async function readWebhookBody(
	{ body }: Pick<Request, "body">,
	{ maxPayloadBytes = MAX_PAYLOAD_BYTES, maxBytes = MAX_WEBHOOK_BYTES } = {},
): Promise<WebhookBody | null> {
	const hash = new crypto.DigestStream("SHA-256");
	const writer = hash.getWriter();
	const decoder = new TextDecoder();
	const scan = new JsonScan({ keepsText: false });
	let text: string | null = "";
	let bytes = 0;
	try {
		for await (const chunk of body === null ? [] : piecesOf(body, PIECE_BYTES)) {
			bytes += chunk.byteLength;
			if (bytes > maxBytes) return null;
			await writer.write(chunk);
			if (bytes > maxPayloadBytes || scan.push(chunk) !== null) text = null;
			if (text !== null) text += decoder.decode(chunk, { stream: true });
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
 * Returns true if fal signed these headers and this body within the last five minutes. That proves that fal is the sender, and no
 * more: any customer of fal can have a body signed and sent here. So a caller checks its own MAC first.
 */
export async function verifyWebhook(headers: Headers, sha256: string, trust: WebhookTrust): Promise<boolean> {
	const signed = parseSigned(headers, sha256);
	if (signed === null || Math.abs(signed.timestampMs - trust.nowMs) > TIMESTAMP_TOLERANCE_MS) return false;
	const { keys, mayFetch } = await keysOf(trust);
	if (await fitsAny(keys, signed)) return true;
	// fal may have a new key since.
	return mayFetch && fitsAny(await fetchAndKeepKeys(trust), signed);
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

interface KeptKeys {
	readonly keys: readonly CryptoKey[];
	readonly fetchedAtMs: number;
	/** Of the last fetch, which may have failed. */
	readonly triedAtMs: number;
}

/**
 * fal's keys in this isolate, by their address. It holds values and no promises: a request must not wait for another one's fetch,
 * which may die with it.
 */
const keptKeys = new Map<string, KeptKeys>();

/** `mayFetch` is false within a minute after a fetch. */
async function keysOf(trust: WebhookTrust): Promise<{ keys: readonly CryptoKey[]; mayFetch: boolean }> {
	const kept = keptKeys.get(trust.jwksUrl);
	const mayFetch = kept === undefined || trust.nowMs - kept.triedAtMs >= KEYS_FETCH_EVERY_MS;
	if (kept !== undefined && trust.nowMs - kept.fetchedAtMs < KEYS_KEPT_MS) return { keys: kept.keys, mayFetch };
	return { keys: mayFetch ? await fetchAndKeepKeys(trust) : [], mayFetch: false };
}

/** Keeps the keys only when the fetch has ended, so that webhooks that come at once to a new isolate all get their answer. */
async function fetchAndKeepKeys(trust: WebhookTrust): Promise<readonly CryptoKey[]> {
	const kept = keptKeys.get(trust.jwksUrl) ?? { keys: [], fetchedAtMs: Number.NEGATIVE_INFINITY };
	const keys = await fetchKeys(trust);
	keptKeys.set(
		trust.jwksUrl,
		keys === null ? { ...kept, triedAtMs: trust.nowMs } : { keys, fetchedAtMs: trust.nowMs, triedAtMs: trust.nowMs },
	);
	return keys ?? [];
}

const KeySet = z.object({ keys: z.array(z.unknown()).check(z.maxLength(MAX_KEYS)) });
const Ed25519Key = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });

/** Returns null if the keys cannot be had. Passes over keys of other kinds. */
async function fetchKeys({ jwksUrl, fetch: fetchJwks = fetch }: WebhookTrust): Promise<readonly CryptoKey[] | null> {
	try {
		const response = await fetchJwks(jwksUrl, { redirect: "manual", signal: AbortSignal.timeout(KEYS_TIMEOUT_MS) });
		if (response.status !== 200) {
			await response.body?.cancel();
			return null;
		}
		const text = await readJsonText(response.body, MAX_KEYS_BYTES);
		const { success, data } = validate(KeySet, JSON.parse(text ?? ""));
		if (!success) return null;
		const imported = await Promise.all(data.keys.map(importKey));
		return imported.filter((key) => key !== null);
	} catch {
		return null;
	}
}

async function importKey(jwk: unknown): Promise<CryptoKey | null> {
	const { success, data } = validate(Ed25519Key, jwk);
	if (!success) return null;
	return crypto.subtle.importKey("jwk", data, "Ed25519", false, ["verify"]).catch(() => null);
}

import { describe, expect, it } from "vitest";
import { signWebhook } from "../../sim/keys.ts";
import { serving } from "../../test/support/workerd/serving.ts";
import { MAX_PAYLOAD_BYTES, readWebhookBody, verifyWebhook } from "./webhook.ts";

const NOW = 1_800_000_000_000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const BODY = '{"request_id":"r-1","status":"OK"}';
const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

async function sha256(text: string): Promise<string> {
	return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

async function generateKey() {
	const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
	if (!("privateKey" in pair)) throw new Error("no pair");
	const jwk = await crypto.subtle.exportKey("jwk", pair.publicKey);
	return { jwk, sign: pair.privateKey };
}

interface Message {
	readonly timestampMs?: number;
	readonly body?: string;
}

async function signedBy(key: CryptoKey, { timestampMs = NOW, body = BODY }: Message = {}): Promise<Headers> {
	const timestamp = String(Math.floor(timestampMs / 1000));
	const text = ["r-1", "user-1", timestamp, await sha256(body)].join("\n");
	const signature = await crypto.subtle.sign("Ed25519", key, new TextEncoder().encode(text));
	return new Headers({
		"X-Fal-Webhook-Request-Id": "r-1",
		"X-Fal-Webhook-User-Id": "user-1",
		"X-Fal-Webhook-Timestamp": timestamp,
		"X-Fal-Webhook-Signature": new Uint8Array(signature).toHex(),
	});
}

/** A JWKS of its own at an address of its own, so that tests share no cache. It counts its requests. */
function jwksOf(first: unknown, status = 200) {
	const state = { body: first, status, asked: 0 };
	const fetch = async (): Promise<Response> => {
		state.asked++;
		return Response.json(state.body, { status: state.status });
	};
	return { state, fetch, jwksUrl: `https://rest.fal.ai/${crypto.randomUUID()}/jwks.json` };
}

describe("a webhook's signature", () => {
	it("is valid by any of fal's keys", async () => {
		const [one, two] = await Promise.all([generateKey(), generateKey()]);
		const jwks = jwksOf({ keys: [{ kty: "RSA", n: "x" }, null, { ...one.jwk, x: "short" }, one.jwk, two.jwk] });
		for (const key of [one, two]) {
			expect(await verifyWebhook(await signedBy(key.sign), await sha256(BODY), { ...jwks, nowMs: NOW })).toBe(true);
		}
	});

	it("is valid from the simulator, and invalid on its forged webhook", async () => {
		const trust = { jwksUrl: "https://rest.fal.ai/.well-known/jwks.json", nowMs: NOW };
		for (const forged of [false, true]) {
			const message = { requestId: "r-1", userId: "simulator", timestamp: NOW / 1000, body: BODY, forged };
			const headers = new Headers(await signWebhook(message));
			expect(await verifyWebhook(headers, await sha256(BODY), trust)).toBe(!forged);
		}
	});

	it.each<[string, (headers: Headers) => void]>([
		["another request id", (headers) => headers.set("x-fal-webhook-request-id", "r-2")],
		["another user id", (headers) => headers.set("x-fal-webhook-user-id", "user-2")],
		["another time", (headers) => headers.set("x-fal-webhook-timestamp", String(NOW / 1000 + 1))],
		["a time that is no number", (headers) => headers.set("x-fal-webhook-timestamp", "now")],
		["a signature that is no hex", (headers) => headers.set("x-fal-webhook-signature", "z".repeat(128))],
		["half a signature", (headers) => headers.set("x-fal-webhook-signature", "0".repeat(64))],
		["no request id", (headers) => headers.delete("x-fal-webhook-request-id")],
		["no user id", (headers) => headers.delete("x-fal-webhook-user-id")],
		["no time", (headers) => headers.delete("x-fal-webhook-timestamp")],
		["no signature", (headers) => headers.delete("x-fal-webhook-signature")],
	])("is invalid with %s", async (_, alter) => {
		const key = await generateKey();
		const headers = await signedBy(key.sign);
		alter(headers);
		expect(await verifyWebhook(headers, await sha256(BODY), { ...jwksOf({ keys: [key.jwk] }), nowMs: NOW })).toBe(
			false,
		);
	});

	it("is invalid with another body", async () => {
		const key = await generateKey();
		const trust = { ...jwksOf({ keys: [key.jwk] }), nowMs: NOW };
		expect(await verifyWebhook(await signedBy(key.sign), await sha256(`${BODY} `), trust)).toBe(false);
	});

	it.each([
		[-301, false],
		[-300, true],
		[300, true],
		[301, false],
	])("made %d seconds from now is valid: %s", async (seconds, isValid) => {
		const key = await generateKey();
		const headers = await signedBy(key.sign, { timestampMs: NOW + seconds * SECOND });
		const trust = { ...jwksOf({ keys: [key.jwk] }), nowMs: NOW };
		expect(await verifyWebhook(headers, await sha256(BODY), trust)).toBe(isValid);
	});
});

describe("fal's keys", () => {
	const verifyAt = async (jwks: ReturnType<typeof jwksOf>, key: CryptoKey, nowMs: number): Promise<boolean> =>
		verifyWebhook(await signedBy(key, { timestampMs: nowMs }), await sha256(BODY), { ...jwks, nowMs });

	it("are fetched once a day", async () => {
		const key = await generateKey();
		const jwks = jwksOf({ keys: [key.jwk] });
		for (const at of [0, MINUTE, HOUR, 24 * HOUR - 1]) expect(await verifyAt(jwks, key.sign, NOW + at)).toBe(true);
		expect(jwks.state.asked).toBe(1);
		expect(await verifyAt(jwks, key.sign, NOW + 24 * HOUR)).toBe(true);
		expect(jwks.state.asked).toBe(2);
	});

	it("are fetched again if none fits, at most once a minute", async () => {
		const [old, fresh] = await Promise.all([generateKey(), generateKey()]);
		const jwks = jwksOf({ keys: [old.jwk] });
		expect(await verifyAt(jwks, old.sign, NOW)).toBe(true);
		expect(await verifyAt(jwks, fresh.sign, NOW + MINUTE - 1)).toBe(false);
		expect(jwks.state.asked).toBe(1);
		expect(await verifyAt(jwks, fresh.sign, NOW + MINUTE)).toBe(false);
		expect(await verifyAt(jwks, fresh.sign, NOW + MINUTE + 1)).toBe(false);
		expect(jwks.state.asked).toBe(2);
		jwks.state.body = { keys: [old.jwk, fresh.jwk] };
		expect(await verifyAt(jwks, fresh.sign, NOW + 2 * MINUTE)).toBe(true);
		expect(jwks.state.asked).toBe(3);
	});

	it("are kept if the next fetch fails, but not beyond a day", async () => {
		const [key, stranger] = await Promise.all([generateKey(), generateKey()]);
		const jwks = jwksOf({ keys: [key.jwk] });
		expect(await verifyAt(jwks, key.sign, NOW)).toBe(true);
		jwks.state.status = 500;
		expect(await verifyAt(jwks, stranger.sign, NOW + HOUR)).toBe(false);
		expect(await verifyAt(jwks, key.sign, NOW + HOUR)).toBe(true);
		expect(await verifyAt(jwks, key.sign, NOW + 24 * HOUR)).toBe(false);
		jwks.state.status = 200;
		expect(await verifyAt(jwks, key.sign, NOW + 24 * HOUR + MINUTE - 1)).toBe(false);
		expect(await verifyAt(jwks, key.sign, NOW + 24 * HOUR + MINUTE)).toBe(true);
	});

	it("are asked for without a key, and no redirect is followed", async () => {
		const key = await generateKey();
		const { fetch, requests } = serving(() => Response.json({ keys: [key.jwk] }));
		const jwksUrl = `https://rest.fal.ai/${crypto.randomUUID()}/jwks.json`;
		const trust = { jwksUrl, fetch, nowMs: NOW };
		expect(await verifyWebhook(await signedBy(key.sign), await sha256(BODY), trust)).toBe(true);
		expect(requests.map(({ url, redirect }) => [url, redirect])).toEqual([[jwksUrl, "manual"]]);
		expect(requests[0]?.headers.has("authorization")).toBe(false);
	});

	it("serve many webhooks that come at once to a new isolate", async () => {
		const key = await generateKey();
		const jwks = jwksOf({ keys: [key.jwk] });
		const all = await Promise.all(Array.from({ length: 10 }, () => verifyAt(jwks, key.sign, NOW)));
		expect(all).toEqual(Array.from({ length: 10 }, () => true));
	});

	it.each<[string, unknown, number]>([
		["a redirect", {}, 302],
		["an error", {}, 500],
		["no list", { keys: "none" }, 200],
		["too many keys", { keys: Array.from({ length: 17 }, () => ({})) }, 200],
		["more than 64 KiB", { keys: [], padding: "x".repeat(65_536) }, 200],
	])("are missing if fal answers with %s", async (_, body, status) => {
		const key = await generateKey();
		const jwks = jwksOf(body, status);
		expect(await verifyAt(jwks, key.sign, NOW)).toBe(false);
	});
});

describe("a webhook's body", () => {
	const read = (body: BodyInit | null, bounds = {}) =>
		readWebhookBody(new Request("https://gateway.example.com", { method: "POST", body }), bounds);

	it("is hashed as it came, and its text is kept", async () => {
		expect(await read(BODY)).toEqual({ sha256: await sha256(BODY), text: BODY });
		expect(await read("é".repeat(70_000))).toEqual({
			sha256: await sha256("é".repeat(70_000)),
			text: "é".repeat(70_000),
		});
		expect(await read(null)).toEqual({ sha256: EMPTY_SHA256, text: "" });
	});

	it("is hashed above the bound of what is parsed, and its text is dropped", async () => {
		const atBound = "x".repeat(MAX_PAYLOAD_BYTES);
		expect(await read(atBound)).toEqual({ sha256: await sha256(atBound), text: atBound });
		expect(await read(`${atBound}x`)).toEqual({ sha256: await sha256(`${atBound}x`), text: null });
	});

	it("is hashed with more values or levels than are parsed, and its text is dropped", async () => {
		for (const text of ["[".repeat(65), `[${"0,".repeat(100_000)}0]`])
			expect(await read(text)).toEqual({ sha256: await sha256(text), text: null });
	});

	it("is null above the bound of what is read", async () => {
		expect(await read("x".repeat(2000), { maxBytes: 2000 })).not.toBeNull();
		expect(await read("x".repeat(2001), { maxBytes: 2000 })).toBeNull();
	});

	it("rejects if it breaks off", async () => {
		const body = new ReadableStream({
			type: "bytes",
			pull(controller) {
				controller.error(new Error("reset"));
			},
		});
		await expect(readWebhookBody({ body })).rejects.toThrow("reset");
	});
});

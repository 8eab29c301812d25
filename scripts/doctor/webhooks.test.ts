import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MAX_WEBHOOK_BYTES, signatureOf, startWebhookReceiver, type WebhookReceiver } from "./webhooks.ts";

const signal = new AbortController().signal;

describe("the webhook receiver", () => {
	let receiver: WebhookReceiver;
	beforeEach(async () => {
		receiver = await startWebhookReceiver();
	});
	afterEach(() => receiver.close());

	const post = (url: string, body: string) => fetch(url, { method: "POST", body, headers: { "x-a": "b" } });

	it("keeps the first delivery for its own address only", async () => {
		const [mine, other] = [receiver.openMailbox(), receiver.openMailbox()];
		expect((await post(mine.url, "first")).status).toBe(200);
		await post(mine.url, "second");
		expect(await mine.next(signal)).toMatchObject({ ok: true, value: { body: "first", headers: { "x-a": "b" } } });
		expect(await other.next(signal, 50)).toEqual({ ok: false, error: "no webhook came within 0.05 s" });
	});

	it("waits for a delivery", async () => {
		const mailbox = receiver.openMailbox();
		const next = mailbox.next(signal);
		await post(mailbox.url, "late");
		expect(await next).toMatchObject({ ok: true, value: { body: "late" } });
	});

	it("answers 404 to whoever does not know the address, and 413 to a body that is too large", async () => {
		const { url } = receiver.openMailbox();
		expect((await post(new URL("/x", url).href, "")).status).toBe(404);
		expect((await fetch(url)).status).toBe(404);
		expect((await post(url, "x".repeat(MAX_WEBHOOK_BYTES))).status).toBe(200);
		expect((await post(url, "x".repeat(MAX_WEBHOOK_BYTES + 1))).status).toBe(413);
	});

	it("gives an address under a public one", () => {
		expect(receiver.openMailbox("https://tunnel.example").url).toMatch(/^https:\/\/tunnel\.example\/[0-9a-f]{32}$/);
	});
});

describe("signatureOf", () => {
	const { publicKey, privateKey } = generateKeyPairSync("ed25519");
	const jwks = JSON.stringify({ keys: [{ kty: "RSA" }, publicKey.export({ format: "jwk" })] });
	const body = '{"status":"OK"}';
	const digest = createHash("sha256").update(body).digest("hex");
	const signature = sign(null, Buffer.from(`id\nuser\n1700000000\n${digest}`), privateKey).toString("hex");
	const headers = {
		"x-fal-webhook-request-id": "id",
		"x-fal-webhook-user-id": "user",
		"x-fal-webhook-timestamp": "1700000000",
		"x-fal-webhook-signature": signature,
	};
	const at = new Date();

	it("holds for what a key of the set has signed", () => {
		expect(signatureOf({ headers, body, at }, jwks)).toBe("valid");
	});

	it("fails for another body, another user, another key, and no keys", () => {
		expect(signatureOf({ headers, body: `${body} `, at }, jwks)).toBe("invalid");
		expect(signatureOf({ headers: { ...headers, "x-fal-webhook-user-id": "other" }, body, at }, jwks)).toBe("invalid");
		const other = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
		expect(signatureOf({ headers, body, at }, JSON.stringify({ keys: [other] }))).toBe("invalid");
		expect(signatureOf({ headers, body, at }, "<html>")).toBe("invalid");
	});

	it("is missing without each of its headers", () => {
		const { "x-fal-webhook-signature": _, ...rest } = headers;
		expect(signatureOf({ headers: rest, body, at }, jwks)).toBe("missing");
	});
});

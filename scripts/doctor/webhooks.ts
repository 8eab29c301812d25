/** Receives webhooks on a port of this machine. With a public address, such as a tunnel's, fal reaches it. */
import { createHash, createPublicKey, type JsonWebKey, randomBytes, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { err, ok, type Result } from "../../src/result.ts";
import type { Facts } from "./question.ts";
import { isRecord, parseJson } from "./shape.ts";

/** fal may send a webhook some time after the request has ended. */
const WEBHOOK_WITHIN_MS = 60_000;
export const MAX_WEBHOOK_BYTES = 1024 * 1024;
/** Further deliveries are answered, and forgotten. */
const MAX_DELIVERIES = 10;

export interface Delivery {
	readonly headers: Facts;
	readonly body: string;
	readonly at: Date;
}

/** The address of one side. Nobody else can guess it. */
export interface Mailbox {
	readonly url: string;
	/** Waits for the first delivery. */
	readonly next: (signal: AbortSignal, withinMs?: number) => Promise<Result<Delivery, string>>;
}

export interface WebhookReceiver {
	readonly port: number;
	/** @param base The address by which this server is reached; its own on this machine if there is none. */
	readonly openMailbox: (base?: string) => Mailbox;
	readonly close: () => void;
}

/** Listens on loopback only: a tunnel runs on this machine. */
export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
	const mailboxes = new Map<string, { deliveries: Delivery[]; arrived: EventTarget }>();
	const server = createServer(async (request, response) => {
		const mailbox = mailboxes.get(request.url ?? "");
		if (request.method !== "POST" || mailbox === undefined) return response.writeHead(404).end();
		const body = await readBody(request);
		if (body === null) return response.writeHead(413).end();
		if (mailbox.deliveries.length < MAX_DELIVERIES) {
			mailbox.deliveries.push({ headers: headersOf(request), body, at: new Date() });
		}
		mailbox.arrived.dispatchEvent(new Event("webhook"));
		return response.writeHead(200).end();
	});
	server.listen(port, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	const taken = typeof address === "object" && address !== null ? address.port : port;
	return {
		port: taken,
		openMailbox: (base = `http://127.0.0.1:${taken}`) => {
			const path = `/${randomBytes(16).toString("hex")}`;
			const mailbox = { deliveries: [] as Delivery[], arrived: new EventTarget() };
			mailboxes.set(path, mailbox);
			return {
				url: `${base}${path}`,
				next: async (signal, withinMs = WEBHOOK_WITHIN_MS) => {
					const ends = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
					if (mailbox.deliveries.length === 0) await once(mailbox.arrived, "webhook", { signal: ends }).catch(() => {});
					const [delivery] = mailbox.deliveries;
					return delivery ? ok(delivery) : err(`no webhook came within ${withinMs / 1000} s`);
				},
			};
		},
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

function headersOf({ headers }: IncomingMessage): Facts {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** Returns null for a body that is too large, or that breaks off. */
async function readBody(request: IncomingMessage): Promise<string | null> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const chunk of request) {
			bytes += chunk.length;
			if (bytes > MAX_WEBHOOK_BYTES) return null;
			chunks.push(chunk);
		}
		return Buffer.concat(chunks).toString("utf8");
	} catch {
		return null;
	}
}

/** Verifies a signature as fal documents it, with Node's own crypto, so that it also checks Darkroom's own verifying. */
export function signatureOf({ headers, body }: Delivery, jwks: string): "valid" | "invalid" | "missing" {
	const [id, user, timestamp, signature] = ["request-id", "user-id", "timestamp", "signature"].map(
		(name) => headers[`x-fal-webhook-${name}`],
	);
	if (id === undefined || user === undefined || timestamp === undefined || signature === undefined) return "missing";
	const digest = createHash("sha256").update(body).digest("hex");
	const text = Buffer.from([id, user, timestamp, digest].join("\n"));
	const bytes = Buffer.from(signature, "hex");
	return keysOf(jwks).some((key) => isSignedBy(key, text, bytes)) ? "valid" : "invalid";
}

function keysOf(jwks: string): readonly JsonWebKey[] {
	const set = parseJson(jwks);
	return isRecord(set) && Array.isArray(set.keys) ? set.keys.filter(isRecord) : [];
}

/** A key of another kind signs nothing. */
function isSignedBy(key: JsonWebKey, text: Buffer, signature: Buffer): boolean {
	try {
		return verify(null, text, createPublicKey({ key, format: "jwk" }), signature);
	} catch {
		return false;
	}
}

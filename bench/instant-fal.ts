/**
 * A fal whose every request is done when it is submitted, and which stores nothing. It does as little as possible, so that a case does
 * not measure the simulator. `startInstantFal` runs it in a process of its own, and asks it for its counts.
 */
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { TINY_PNG } from "./tiny-png.ts";

export interface FalCounts {
	readonly submits: number;
	readonly streams: number;
	readonly results: number;
	readonly pictures: number;
	/** Webhooks that were answered with 200. */
	readonly webhooks: number;
	/** All other calls, and webhooks with another answer. */
	readonly others: number;
}

/** Time until a submit is answered. */
const ANSWER_AFTER_MS = Number(process.argv[2]);
const JSON_TYPE = { "content-type": "application/json" };
const PICTURE = Buffer.from(TINY_PNG);
const counts = { submits: 0, streams: 0, results: 0, pictures: 0, webhooks: 0, others: 0 };

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const JWKS = JSON.stringify({ keys: [publicKey.export({ format: "jwk" })] });
const agent = new Agent({ keepAlive: true });
let origin = "";

function outputOf(id: string) {
	return {
		images: [{ url: `${origin}/files/${id}.png`, content_type: "image/png", file_size: PICTURE.length }],
		seed: 1,
	};
}

function submit(message: IncomingMessage, response: ServerResponse, url: URL): void {
	counts.submits += 1;
	const id = randomUUID();
	const [owner, app] = url.pathname.slice(1).split("/");
	const base = `${origin}/${owner}/${app}/requests/${id}`;
	const addresses = { response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
	const webhook = url.searchParams.get("fal_webhook");
	message.resume().on("end", async () => {
		if (ANSWER_AFTER_MS > 0) await wait(ANSWER_AFTER_MS);
		response.writeHead(200, JSON_TYPE);
		response.end(
			JSON.stringify({ status: "IN_QUEUE", request_id: id, ...addresses, logs: null, metrics: {}, queue_position: 0 }),
			() => webhook === null || deliver(webhook, id),
		);
	});
}

function deliver(url: string, id: string): void {
	const body = JSON.stringify({ request_id: id, gateway_request_id: id, status: "OK", payload: outputOf(id) });
	const timestamp = Math.floor(Date.now() / 1000);
	const digest = createHash("sha256").update(body).digest("hex");
	const headers = {
		...JSON_TYPE,
		"content-length": Buffer.byteLength(body),
		"x-fal-webhook-request-id": id,
		"x-fal-webhook-user-id": "bench",
		"x-fal-webhook-timestamp": timestamp,
		"x-fal-webhook-signature": sign(null, Buffer.from(`${id}\nbench\n${timestamp}\n${digest}`), privateKey).toString(
			"hex",
		),
	};
	request(url, { method: "POST", agent, headers }, (answer) => {
		counts[answer.statusCode === 200 ? "webhooks" : "others"] += 1;
		answer.resume();
	})
		.on("error", () => {
			counts.others += 1;
		})
		.end(body);
}

const PART = /\/requests\/([^/]+)(\/status\/stream)?$/;

const server = createServer((message, response) => {
	const url = new URL(message.url ?? "/", origin);
	const { pathname } = url;
	if (message.method === "POST") return submit(message, response, url);
	if (pathname.startsWith("/files/")) {
		counts.pictures += 1;
		return void response.writeHead(200, { "content-type": "image/png", "content-length": PICTURE.length }).end(PICTURE);
	}
	if (pathname === "/.well-known/jwks.json") return void response.writeHead(200, JSON_TYPE).end(JWKS);
	const [, id, stream] = PART.exec(pathname) ?? [];
	if (id === undefined || message.method !== "GET") {
		counts.others += 1;
		response.writeHead(404, JSON_TYPE).end('{"status":"NOT_FOUND"}');
	} else if (stream === undefined) {
		counts.results += 1;
		response.writeHead(200, JSON_TYPE).end(JSON.stringify(outputOf(id)));
	} else {
		counts.streams += 1;
		const completed = { status: "COMPLETED", request_id: id, logs: null, metrics: { inference_time: 0 } };
		response.writeHead(200, { "content-type": "text/event-stream" }).end(`data: ${JSON.stringify(completed)}\n\n`);
	}
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	process.send?.(origin);
});
process.on("message", () => process.send?.(counts));
process.on("disconnect", () => process.exit(0));

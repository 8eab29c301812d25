/**
 * A fal that accepts every request and never begins one. Its status streams stay open, with fal's comment every fifteen seconds. It does
 * as little as possible, so that a case measures the gateway. It runs in a process of its own.
 */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const KEEP_ALIVE_MS = 15_000;
const JSON_TYPE = { "content-type": "application/json" };
let origin = "";

function queued(id: string) {
	return JSON.stringify({ status: "IN_QUEUE", request_id: id, queue_position: 0 });
}

const server = createServer((message, response) => {
	const { pathname } = new URL(message.url ?? "/", origin);
	const [, base, id = "", stream] = /^(.*\/requests\/([^/]+))\/status(\/stream)?$/.exec(pathname) ?? [];
	if (message.method === "POST") {
		const [owner, app] = pathname.slice(1).split("/");
		const newId = randomUUID();
		const url = `${origin}/${owner}/${app}/requests/${newId}`;
		message.resume().on("end", () => {
			const addresses = { response_url: url, status_url: `${url}/status`, cancel_url: `${url}/cancel` };
			response.writeHead(200, JSON_TYPE);
			response.end(JSON.stringify({ status: "IN_QUEUE", request_id: newId, ...addresses, queue_position: 0 }));
		});
	} else if (base === undefined) {
		response.writeHead(404, JSON_TYPE).end('{"status":"NOT_FOUND"}');
	} else if (stream === undefined) {
		response.writeHead(202, JSON_TYPE).end(queued(id));
	} else {
		response.writeHead(200, { "content-type": "text/event-stream" }).write(`data: ${queued(id)}\n\n`);
		const keepAlive = setInterval(() => response.write(": ping\n\n"), KEEP_ALIVE_MS);
		response.on("close", () => clearInterval(keepAlive));
	}
});
server.listen(0, "127.0.0.1", () => {
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	process.send?.(origin);
});
process.on("disconnect", () => process.exit(0));

/**
 * The smallest design that holds a stream open while its object hibernates: client ⟵SSE⟵ Worker ⟵hibernatable WebSocket⟵ object, with a
 * row for each event. It has no job, no replay and no fal. The gateway's streams are compared to it.
 */
import { DurableObject } from "cloudflare:workers";
import type { QueueUpdate } from "../queue-update.ts";

interface Env {
	readonly HELD: DurableObjectNamespace<HeldStream>;
}

export class HeldStream extends DurableObject<Env> {
	override fetch(): Response {
		this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, event TEXT NOT NULL)");
		const { 0: client, 1: server } = new WebSocketPair();
		this.ctx.acceptWebSocket(server);
		this.push(0);
		return new Response(null, { status: 101, webSocket: client });
	}

	push(position: number): void {
		const event = JSON.stringify({ text: `Queued, ${position} ahead` });
		this.ctx.storage.sql.exec("INSERT INTO log (event) VALUES (?)", event);
		for (const socket of this.ctx.getWebSockets()) socket.send(event);
	}
}

const encoder = new TextEncoder();

async function hold(env: Env): Promise<Response> {
	const id = env.HELD.newUniqueId();
	const { webSocket } = await env.HELD.get(id).fetch("https://held/", { headers: { upgrade: "websocket" } });
	if (webSocket === null) throw new Error("no socket");
	const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
	const writer = writable.getWriter();
	webSocket.addEventListener("message", ({ data }) => {
		writer.write(encoder.encode(`data: ${data}\n\n`)).catch(() => webSocket.close());
	});
	webSocket.accept();
	return new Response(readable, { headers: { "content-type": "text/event-stream", "x-job-id": id.toString() } });
}

export default {
	fetch: async (request, env) => {
		if (new URL(request.url).pathname !== "/bench/push") return hold(env);
		const updates = await request.json<readonly QueueUpdate[]>();
		await Promise.all(updates.map(({ id, position }) => env.HELD.get(env.HELD.idFromString(id)).push(position)));
		return new Response(null, { status: 204 });
	},
} satisfies ExportedHandler<Env>;

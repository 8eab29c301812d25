/** A new object as object.ts makes it, then a stream whose first frame comes when the object is durable. */
import type { Floor } from "./env.ts";

const FRAME = new TextEncoder().encode("data: {}\n\n");

export const stream: Floor = async (request, { KEEPER }, ctx) => {
	await KEEPER.get(KEEPER.newUniqueId()).keep(await request.text());
	const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
	const writer = writable.getWriter();
	ctx.waitUntil(writer.write(FRAME).then(() => writer.close()));
	return new Response(readable, { headers: { "content-type": "text/event-stream" } });
};

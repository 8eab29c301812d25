/**
 * Passes connections on to workerd. workerd sees it at once if a connection is reset, but a client that leaves closes its own, and of that
 * workerd hears only when it writes the next time: a whole answer is written at its end. So a close becomes a reset here.
 */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

interface Address {
	readonly host: string;
	readonly port: number;
}

/** Listens at an address. Resolves when clients may come. */
export async function listen({ host, port }: Address, upstream: Address): Promise<void> {
	const server = createServer({ allowHalfOpen: true }, (client) => join(client, connect(upstream)));
	server.listen(port, host);
	await once(server, "listening");
}

function join(client: Socket, upstream: Socket): void {
	client.setNoDelay(true);
	upstream.setNoDelay(true);
	client.pipe(upstream, { end: false });
	upstream.pipe(client);
	// No HTTP client closes its half and goes on to read.
	client.on("end", () => upstream.resetAndDestroy());
	client.on("close", () => upstream.resetAndDestroy());
	upstream.on("close", () => client.destroySoon());
	// "close" follows.
	for (const socket of [client, upstream]) socket.on("error", () => {});
}

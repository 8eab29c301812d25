/** Stands between a client and a gateway as a network does, and breaks off its connections. */
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Starts a proxy whose `cut` resets all connections through it, on both sides, as a network may. While it is down it takes no new ones. */
export async function startCuttingProxy(target: string) {
	const { hostname, port } = new URL(target);
	let count = 0;
	let cut = () => {};
	let isDown = false;
	const server = createServer((client) => {
		count += 1;
		if (isDown) {
			client.on("error", () => {}).resetAndDestroy();
			return;
		}
		const upstream = connect(Number(port), hostname);
		for (const socket of [client, upstream]) socket.on("error", () => {});
		client.pipe(upstream).pipe(client);
		const cutOthers = cut;
		cut = () => {
			cutOthers();
			client.resetAndDestroy();
			upstream.resetAndDestroy();
		};
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	return {
		url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
		connections: () => count,
		cut: () => cut(),
		takeDown: () => {
			isDown = true;
			cut();
		},
		bringUp: () => {
			isDown = false;
		},
		stop: () => {
			cut();
			server.close();
		},
	};
}

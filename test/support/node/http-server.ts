/** Starts an HTTP server on loopback, for tests that answer by a function. */
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

export async function startServer(listener: RequestListener) {
	const server = createServer(listener).listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	const port = typeof address === "object" ? address?.port : undefined;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

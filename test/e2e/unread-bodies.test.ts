/** Sends large bodies that are refused unread to the Worker in its real runtime, with a client that reads nothing before it has sent all. */

import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRuntimes } from "../support/node/runtime.ts";

const MIB = 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, "x ");

let gateway: Awaited<ReturnType<typeof startRuntimes>>;

beforeAll(async () => {
	gateway = await startRuntimes();
}, 60_000);
afterAll(() => gateway.stop());

interface Sending {
	readonly path: string;
	readonly bytes: number;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Returns the answer's status and the code of its error. Rejects if the connection breaks before. */
async function send({ path, bytes, headers = {} }: Sending) {
	const { hostname, port, host } = new URL(gateway.url);
	const socket = connect(Number(port), hostname);
	const failed = once(socket, "error").then(([error]) => Promise.reject(error));
	const sending = async () => {
		const head = {
			host,
			authorization: `Bearer ${gateway.accessKey}`,
			"content-length": `${bytes}`,
			connection: "close",
			...headers,
		};
		const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
		socket.write(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
		for (let left = bytes; left > 0; left -= PIECE.length)
			if (!socket.write(PIECE.subarray(0, left))) await once(socket, "drain");
		let answer = "";
		for await (const chunk of socket) answer += chunk;
		return { status: Number(/^HTTP\/1.1 (\d{3})/.exec(answer)?.[1]), code: /"code":"(\w+)"/.exec(answer)?.[1] };
	};
	return Promise.race([sending(), failed]).finally(() => socket.destroy());
}

const IMAGES = "/v1/images/generations";

describe.each([1, 8, 40, 63])("a body of %i MiB", (mib) => {
	it.each<readonly [code: string, status: number, sending: Omit<Sending, "bytes">]>([
		["invalid_api_key", 401, { path: IMAGES, headers: { authorization: "Bearer wrong" } }],
		["route_not_found", 404, { path: "/v1/nothing" }],
		["method_not_allowed", 405, { path: "/v1/models" }],
		["unsupported_encoding", 415, { path: IMAGES, headers: { "content-encoding": "br" } }],
		["unauthorized", 401, { path: "/webhooks/fal/job/mac" }],
	])("that is refused as %s gets its answer", async (code, status, sending) => {
		expect(await send({ ...sending, bytes: mib * MIB })).toEqual({ status, code });
	});
});

it.each([33, 63])("a body of %i MiB, which is too large, gets its answer", async (mib) => {
	expect(await send({ path: IMAGES, bytes: mib * MIB })).toEqual({ status: 413, code: "request_too_large" });
});

it("a body of 2 GiB is not read", async () => {
	const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
	const head = ["host: x", `authorization: Bearer ${gateway.accessKey}`, `content-length: ${2048 * MIB}`];
	socket.write(`POST ${IMAGES} HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n{`);
	const [answer] = await once(socket, "data");
	expect(String(answer)).toMatch(/^HTTP\/1.1 413 /);
	socket.destroy();
});

it("a client that waits for leave to send gets its answer instead", async () => {
	const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
	const head = ["host: x", "authorization: Bearer wrong", `content-length: ${8 * MIB}`, "expect: 100-continue"];
	socket.write(`POST ${IMAGES} HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n`);
	const [answer] = await once(socket, "data");
	expect(String(answer)).toMatch(/^HTTP\/1.1 401 /);
	socket.destroy();
});

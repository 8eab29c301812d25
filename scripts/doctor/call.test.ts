import { afterEach, describe, expect, it } from "vitest";
import { startServer } from "../../test/support/node/http-server.ts";
import { call } from "./call.ts";

const KEY = "id:secret-of-the-key";
const servers: Awaited<ReturnType<typeof startServer>>[] = [];
async function serve(...args: Parameters<typeof startServer>) {
	const server = await startServer(...args);
	servers.push(server);
	return server.url;
}
afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

describe("call", () => {
	it("sends the key and the input, and returns status, headers and body", async () => {
		const url = await serve(async (request, response) => {
			const body = (await request.toArray()).join("");
			response.writeHead(418, { "x-fal-request-id": "a" });
			response.end(`${request.method} ${request.headers.authorization} ${request.headers["content-type"]} ${body}`);
		});
		expect(await call(url, { method: "POST", key: "a:b", input: { x: 1 } })).toMatchObject({
			ok: true,
			value: { status: 418, headers: { "x-fal-request-id": "a" }, body: 'POST Key a:b application/json {"x":1}' },
		});
		expect(await call(url)).toMatchObject({ value: { body: "GET undefined undefined " } });
	});

	it("follows no redirect", async () => {
		const url = await serve((_, response) => response.writeHead(302, { location: "/elsewhere" }).end());
		expect(await call(url, { key: KEY })).toMatchObject({ ok: true, value: { status: 302 } });
	});

	it("reads so many bytes and no more, and gives no text for bytes that are none", async () => {
		const url = await serve((_, response) => response.end(Buffer.alloc(10, 0xff)));
		expect(await call(url, { maxBytes: 10 })).toMatchObject({ ok: true, value: { body: "", bytes: { length: 10 } } });
		expect(await call(url, { maxBytes: 9 })).toEqual({ ok: false, error: "the answer has more than 9 bytes" });
	});

	it("ends after its time, also in the middle of a body", async () => {
		const hangs = await serve((request, response) => {
			if (request.url === "/body") response.write("begun");
		});
		const error = "no answer within 0.1 s";
		expect(await call(`${hangs}/`, { timeoutMs: 100 })).toEqual({ ok: false, error });
		expect(await call(`${hangs}/body`, { timeoutMs: 100 })).toEqual({ ok: false, error });
	});

	it("ends when it is interrupted", async () => {
		const url = await serve(() => {});
		const stop = new AbortController();
		const called = call(url, { signal: stop.signal });
		stop.abort();
		expect(await called).toEqual({ ok: false, error: "interrupted" });
	});

	it("gives a reason that holds neither the address nor the key", async () => {
		const url = await serve((_, response) => response.destroy());
		const answers = [
			await call(url, { key: KEY }),
			await call("http://127.0.0.1:1/private", { key: KEY }),
			await call("not an address", { key: KEY }),
			await call(url, { key: `${KEY}\n\u0000` }),
		];
		for (const answer of answers) {
			expect(answer.ok ? "" : answer.error).toMatch(/^the connection failed( \([A-Z_]+\))?$/);
		}
	});
});

import { afterEach, describe, expect, it } from "vitest";
import { startServer } from "../../test/support/node/http-server.ts";
import { readStream } from "./stream.ts";

const signal = new AbortController().signal;
let close = () => {};
afterEach(() => close());

async function read(text: string, end: "closes" | "breaks" | "stays" = "closes", status = 200) {
	const server = await startServer((_, response) => {
		response.writeHead(status, { "content-type": "text/event-stream" }).write(text, () => {
			if (end === "closes") response.end();
			if (end === "breaks") response.destroy();
		});
	});
	close = server.close;
	return readStream(server.url, { key: "a:b", signal, closesWithinMs: 100 });
}

describe("readStream", () => {
	it("records the events, the comments, and that the stream closed", async () => {
		const text = ': ping\n\ndata: {"status":"IN_QUEUE"}\n\nid: 1\nevent: x\ndata: {"status":"COMPLETED"}\n\n';
		expect(await read(text)).toMatchObject({
			ok: true,
			value: {
				status: 200,
				events: ['{"status":"IN_QUEUE"}', '{"status":"COMPLETED"}'],
				fields: ["event", "id"],
				comments: 1,
				end: "closed",
			},
		});
	});

	it("tells a stream that breaks off, and one that stays open after COMPLETED", async () => {
		expect(await read('data: {"status":"IN_QUEUE"}\n\n', "breaks")).toMatchObject({ value: { end: "cut" } });
		expect(await read('data: {"status":"COMPLETED"}\n\n', "stays")).toMatchObject({ value: { end: "still open" } });
	});

	it("keeps 500 events", async () => {
		const value = { events: { length: 500 }, end: "closed" };
		expect(await read("data: {}\n\n".repeat(501))).toMatchObject({ ok: true, value });
	});

	it("returns the status of a stream that is refused, and the reason if nothing answers", async () => {
		expect(await read("{}", "closes", 404)).toMatchObject({ ok: true, value: { status: 404, events: [] } });
		const answer = await readStream("http://127.0.0.1:1/", { key: "a:b", signal });
		expect(answer).toMatchObject({ ok: false, error: expect.stringMatching(/^the connection failed/) });
	});
});

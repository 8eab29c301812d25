import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { serving } from "../../test/support/workerd/serving.ts";
import { sendNotice } from "./send.ts";
import { webhookSecretOf } from "./signature.ts";

const CONFIG = { signingSecrets: ["one secret"], falQueueUrl: "https://queue.fal.run" } as const;
const NOTICE = {
	address: "https://client.example.com/hook",
	account: "owner",
	id: "msg_1",
	body: '{"type":"job.failed"}',
};
const { signal } = new AbortController();

describe("sendNotice", () => {
	it("posts the body, signed, and does not follow redirects", async () => {
		const { fetch, requests } = serving(() => new Response(null, { status: 204 }));
		expect(await sendNotice(CONFIG, NOTICE, { signal, fetch })).toEqual({ kind: "taken", status: 204 });
		const [request] = requests;
		if (request === undefined) throw new Error("nothing was sent");
		expect([request.method, request.url, request.redirect]).toEqual(["POST", NOTICE.address, "manual"]);
		const headers = Object.fromEntries(request.headers);
		expect(headers).toMatchObject({
			"content-type": "application/json",
			"user-agent": "darkroom",
			"webhook-id": "msg_1",
		});
		expect(Object.keys(headers)).not.toContain("authorization");
		const verifier = new Webhook(await webhookSecretOf(CONFIG, "owner"));
		expect(verifier.verify(await request.text(), headers)).toEqual({ type: "job.failed" });
	});

	it.each([
		[200, "taken"],
		[201, "taken"],
		[299, "taken"],
		[301, "failed"],
		[302, "failed"],
		[307, "failed"],
		[308, "failed"],
		[400, "failed"],
		[401, "failed"],
		[404, "failed"],
		[410, "refused"],
		[429, "failed"],
		[500, "failed"],
		[503, "failed"],
	])("reads a %i as %s, and asks nobody else", async (status, kind) => {
		const location = { location: "https://elsewhere.example.com/" };
		const { fetch, requests } = serving(() => new Response("x", { status, headers: location }));
		expect(await sendNotice(CONFIG, NOTICE, { signal, fetch })).toEqual({ kind, status });
		expect(requests).toHaveLength(1);
	});

	it("does not read the answer's body", async () => {
		let read = 0;
		let cancelled = false;
		const body = new ReadableStream<Uint8Array>(
			{
				pull: (controller) => {
					read += 1;
					controller.enqueue(new Uint8Array(65_536));
				},
				cancel: () => {
					cancelled = true;
				},
			},
			{ highWaterMark: 0 },
		);
		const { fetch } = serving(() => new Response(body));
		expect(await sendNotice(CONFIG, NOTICE, { signal, fetch })).toEqual({ kind: "taken", status: 200 });
		expect([read, cancelled]).toEqual([0, true]);
	});

	it("is over after its time, and when it is stopped", async () => {
		const hanging: typeof fetch = (_, init) =>
			new Promise((_resolve, reject) => {
				const abort = () => reject(new Error("aborted"));
				if (init?.signal?.aborted) abort();
				init?.signal?.addEventListener("abort", abort);
			});
		const failed = { kind: "failed", status: null };
		expect(await sendNotice(CONFIG, NOTICE, { signal, fetch: hanging, timeoutMs: 20 })).toEqual(failed);
		const stop = new AbortController();
		const stopped = sendNotice(CONFIG, NOTICE, { signal: stop.signal, fetch: hanging });
		stop.abort();
		expect(await stopped).toEqual(failed);
	});

	it("does not throw if the connection breaks", async () => {
		const { fetch } = serving(() => {
			throw new Error(`no connection to ${NOTICE.address}`);
		});
		expect(await sendNotice(CONFIG, NOTICE, { signal, fetch })).toEqual({ kind: "failed", status: null });
	});

	it("calls no address that may not be called any more", async () => {
		const { fetch, requests } = serving(() => new Response());
		for (const address of ["http://127.0.0.1:9000/hook", "https://10.0.0.1/", "no address"])
			expect(await sendNotice(CONFIG, { ...NOTICE, address }, { signal, fetch })).toEqual({
				kind: "refused",
				status: null,
			});
		expect(requests).toEqual([]);
	});
});

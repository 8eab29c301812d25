/** Webhooks to a client, over real HTTP, checked by Standard Webhooks' own library. */
import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type Address, type Gateway, startGateway } from "../support/node/gateway.ts";
import { startServer } from "../support/node/http-server.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const shared = inject("gateway");
const QUICK = "sim:quick";

interface Received {
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** Receives webhooks, and answers each as `answer` does. */
async function startReceiver(answer: (times: number) => RequestListener) {
	const received: Received[] = [];
	const server = await startServer(async (request, response) => {
		received.push({ headers: request.headers, body: Buffer.concat(await request.toArray()).toString() });
		answer(received.length)(request, response);
	});
	return { ...server, received };
}

const taking: RequestListener = (_, response) => response.writeHead(204).end();

function post({ url, accessKey }: Address, path: string, json: object): Promise<Response> {
	return fetch(`${url}${path}`, {
		method: "POST",
		headers: { authorization: `Bearer ${accessKey}`, prefer: "respond-async" },
		body: JSON.stringify(json),
	});
}

async function get<T>({ url, accessKey }: Address, path: string): Promise<T> {
	return (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${accessKey}` } })).json() as Promise<T>;
}

async function verifierOf(gateway: Address): Promise<Webhook> {
	return new Webhook((await get<{ webhook_secret: string }>(gateway, "/v1/key")).webhook_secret);
}

function stringsOf(headers: IncomingHttpHeaders): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

describe.concurrent("a client's webhook", () => {
	it.each<readonly [api: string, path: string, body: (prompt: string) => object]>([
		["images", "/v1/images/generations", (prompt) => ({ prompt })],
		["chat", "/v1/chat/completions", (prompt) => ({ messages: [{ role: "user", content: prompt }] })],
		["responses", "/v1/responses", (prompt) => ({ input: prompt })],
	])("gets the job of a request of %s, signed", async (api, path, body) => {
		const receiver = await startReceiver(() => taking);
		// Characters that JSON escapes, or that take several bytes: the signature is over the bytes as sent.
		const prompt = `${aPrompt(QUICK)} “狐狸” \u2028 "\\`;
		const made = await post(shared, path, { ...body(prompt), webhook_url: `${receiver.url}/hook?token=1` });
		const job = made.headers.get("x-job-id");
		const [notice] = await eventually(
			() => Promise.resolve(receiver.received),
			({ length }) => length > 0,
		);
		if (notice === undefined) throw new Error("nothing came");
		const verified = (await verifierOf(shared)).verify(notice.body, stringsOf(notice.headers));
		expect(verified).toMatchObject({
			type: "job.succeeded",
			data: { id: `job_${job}`, object: "job", api, status: "succeeded", images: [{ content_type: "image/png" }] },
		});
		const { data } = JSON.parse(notice.body);
		expect((await fetch(data.images[0].url)).status).toBe(200);
		await eventually(
			() => get<{ webhook: { status: string } }>(shared, `/v1/jobs/${job}`),
			({ webhook }) => webhook.status === "delivered",
		);
		receiver.close();
		expect(receiver.received).toHaveLength(1);
	});

	it("is not followed where it redirects to, and called once more a little later", async () => {
		const elsewhere = await startReceiver(() => taking);
		const receiver = await startReceiver((times) =>
			times > 1 ? taking : (_, response) => response.writeHead(302, { location: elsewhere.url }).end(),
		);
		await post(shared, "/v1/images/generations", { prompt: aPrompt(QUICK), webhook_url: receiver.url });
		const notices = await eventually(
			() => Promise.resolve(receiver.received),
			({ length }) => length > 1,
		);
		expect(new Set(notices.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
		expect(elsewhere.received).toEqual([]);
		receiver.close();
		elsewhere.close();
	});

	it("may answer without an end: its body is not read", async () => {
		let sent = 0;
		const receiver = await startReceiver(() => (_, response) => {
			const push = () => {
				sent += 1;
				if (!response.destroyed && response.write(Buffer.alloc(65_536))) setImmediate(push);
			};
			response.writeHead(200).on("drain", push);
			push();
		});
		const made = await post(shared, "/v1/images/generations", { prompt: aPrompt(QUICK), webhook_url: receiver.url });
		const job = made.headers.get("x-job-id");
		await eventually(
			() => get<{ webhook: { status: string } }>(shared, `/v1/jobs/${job}`),
			({ webhook }) => webhook.status === "delivered",
		);
		receiver.close();
		// The sockets' buffers hold some.
		expect(sent * 65_536).toBeLessThan(64_000_000);
	});

	it("is refused by its field if it is no address of the outside, and nothing is paid", async () => {
		for (const webhook_url of ["http://10.0.0.1/", "https://192.168.1.1/", "http://client.example.com/"]) {
			const prompt = aPrompt(QUICK);
			const refused = await post(shared, "/v1/images/generations", { prompt, webhook_url });
			expect([refused.status, await refused.json()]).toMatchObject([400, { error: { param: "webhook_url" } }]);
			expect(await submitsOf(shared, prompt)).toEqual([]);
		}
	});
});

describe("a gateway that is killed while it tells a webhook", () => {
	let gateway: Gateway;
	beforeAll(async () => {
		gateway = await startGateway(shared.simUrl);
	});
	afterAll(() => gateway.stop());

	it("tells it again, without a reader, with the same id", { timeout: 120_000 }, async () => {
		// The first call gets no answer.
		const receiver = await startReceiver((times) => (times > 1 ? taking : () => {}));
		const made = await post(gateway, "/v1/images/generations", { prompt: aPrompt(QUICK), webhook_url: receiver.url });
		const job = made.headers.get("x-job-id");
		const arrived = (count: number) =>
			eventually(
				() => Promise.resolve(receiver.received),
				({ length }) => length >= count,
			);
		await arrived(1);
		await gateway.kill();
		await gateway.restart();
		// The alarm behind a call rings 20 seconds after it began: longer than one wait.
		const notices = await arrived(2).catch(() => arrived(2));
		expect(notices.map(({ headers }) => headers["webhook-id"])).toEqual([`msg_${job}`, `msg_${job}`]);
		const verifier = await verifierOf(gateway);
		for (const { headers, body } of notices)
			expect(verifier.verify(body, stringsOf(headers))).toMatchObject({ type: "job.succeeded" });
		await eventually(
			() => get<{ webhook: { status: string } }>(gateway, `/v1/jobs/${job}`),
			({ webhook }) => webhook.status === "delivered",
		);
		receiver.close();
	});
});

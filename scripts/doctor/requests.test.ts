import { afterEach, describe, expect, it } from "vitest";
import { startServer } from "../../test/support/node/http-server.ts";
import { createRequests } from "./requests.ts";
import { addressesOn } from "./settings.ts";

let close = () => {};
afterEach(() => close());

type Answer = { readonly status: number; readonly body: object };

/** A queue that answers each call by its method and the end of its path, and records the calls. */
async function startQueue(answers: Readonly<Record<string, (url: string) => Answer | Promise<Answer>>>) {
	const calls: string[] = [];
	const server = await startServer(async (request, response) => {
		const path = request.url ?? "";
		calls.push(`${request.method} ${path}`);
		const part = /\/requests\/[^/]+(\/status|\/cancel)?/.exec(path)
			? (/\/(status|cancel)/.exec(path)?.[1] ?? "result")
			: "submit";
		const answer = await answers[part]?.(server.url);
		response.writeHead(answer?.status ?? 404, { "content-type": "application/json" });
		response.end(JSON.stringify(answer?.body ?? {}));
	});
	close = server.close;
	return { url: server.url, calls };
}

function requestsAt(url: string, signal = new AbortController().signal) {
	return createRequests({ ...addressesOn(url), key: "a:b", adminKey: null }, signal);
}

const named = (url: string, id = "r1") => ({
	status: 200,
	body: { request_id: id, status_url: `${url}/x/requests/${id}/status`, cancel_url: `${url}/x/requests/${id}/cancel` },
});

describe("requests", () => {
	it("follows the addresses that fal names, and builds those that it does not name", async () => {
		const queue = await startQueue({ submit: named });
		const requests = requestsAt(queue.url);
		expect(requests.accepted(await requests.submit("fal-ai/flux/schnell", {}, "https://a/b?c"))).toEqual({
			ok: true,
			value: {
				id: "r1",
				statusUrl: `${queue.url}/x/requests/r1/status`,
				cancelUrl: `${queue.url}/x/requests/r1/cancel`,
				resultUrl: `${queue.url}/fal-ai/flux/requests/r1`,
			},
		});
		expect(queue.calls).toEqual(["POST /fal-ai/flux/schnell?fal_webhook=https%3A%2F%2Fa%2Fb%3Fc"]);
	});

	it("takes no address on another origin, where the key must not go", async () => {
		const queue = await startQueue({ submit: () => named("https://elsewhere.example") });
		const requests = requestsAt(queue.url);
		expect(requests.accepted(await requests.submit("fal-ai/flux/schnell", {}))).toMatchObject({
			value: { statusUrl: `${queue.url}/fal-ai/flux/requests/r1/status` },
		});
	});

	it("polls until the request is completed", async () => {
		const states = ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"];
		const queue = await startQueue({
			submit: named,
			status: () => ({ status: 202, body: { status: states.shift() } }),
		});
		const requests = requestsAt(queue.url);
		const accepted = requests.accepted(await requests.submit("fal-ai/flux/schnell", {}));
		if (!accepted.ok) throw new Error(accepted.error);
		expect(await requests.follow(accepted.value)).toHaveLength(3);
		expect(await requests.cancelOpen()).toBe(0);
	});

	it("gives up polling after its time, or if fal refuses", async () => {
		const answers = { submit: named, status: () => ({ status: 202, body: { status: "IN_QUEUE" } }) };
		const queue = await startQueue(answers);
		const requests = requestsAt(queue.url);
		const accepted = requests.accepted(await requests.submit("fal-ai/flux/schnell", {}));
		if (!accepted.ok) throw new Error(accepted.error);
		expect((await requests.follow(accepted.value, 1)).length).toBeLessThan(3);
		answers.status = () => ({ status: 500, body: { status: "" } });
		expect(await requests.follow(accepted.value)).toHaveLength(1);
	});

	it("cancels what runs when it stops, also a request whose submit is not answered yet", async () => {
		const late = Promise.withResolvers<Answer>();
		const ids = ["r1", "r2"];
		const queue = await startQueue({
			submit: (url) => (ids.length === 2 ? named(url, ids.shift()) : late.promise),
			cancel: () => ({ status: 202, body: {} }),
		});
		const stop = new AbortController();
		const requests = requestsAt(queue.url, stop.signal);
		await requests.submit("fal-ai/flux/schnell", {});
		const pending = requests.submit("fal-ai/flux/schnell", {});
		await expect.poll(() => queue.calls.length).toBe(2);
		stop.abort();
		const cancelled = requests.cancelOpen();
		late.resolve(named(queue.url, "r2"));
		expect([await cancelled, (await pending).ok]).toEqual([2, true]);
		expect(queue.calls.slice(2).toSorted()).toEqual(["PUT /x/requests/r1/cancel", "PUT /x/requests/r2/cancel"]);
		expect(await requests.submit("fal-ai/flux/schnell", {})).toEqual({ ok: false, error: "interrupted" });
	});
});

/** The simulator's queue: status, stream, result and cancel. */
import { describe, expect, inject, it } from "vitest";
import {
	createSimClient,
	eventsOf,
	get,
	getJson,
	IMAGEN,
	json,
	KEY,
	type Status,
	type Submitted,
} from "../support/node/sim-client.ts";

const { simUrl: origin } = inject("gateway");
const { submit, submitted, control } = createSimClient(origin);

/** Less than the interval of the keepalives, by which a stream would learn of a change otherwise. */
const AT_ONCE_MS = 2_000;

describe("the simulator's queue", () => {
	it("names addresses without the endpoint's path, and answers with and without it", async () => {
		const answer = await submit("addresses sim:instant");
		const { request_id: id, ...urls } = await json<Submitted>(answer);
		expect(answer.headers.get("x-fal-request-id")).toBe(id);
		expect(urls).toMatchObject({
			response_url: `${origin}/fal-ai/imagen4/requests/${id}`,
			status_url: `${origin}/fal-ai/imagen4/requests/${id}/status`,
			cancel_url: `${origin}/fal-ai/imagen4/requests/${id}/cancel`,
			logs: null,
			metrics: {},
		});
		for (const url of [urls.response_url, `${origin}/${IMAGEN}/requests/${id}`, `${urls.response_url}/response`]) {
			expect((await get(url)).status).toBe(200);
		}
		expect((await get(`${origin}/fal-ai/flux/requests/${id}/status`)).status).toBe(404);
		expect((await get(`${origin}/fal-ai/imagen4/requests/unknown/status`)).status).toBe(404);
		expect((await fetch(urls.status_url)).status).toBe(401);
	});

	it("answers a status with 202 until the request is completed", async () => {
		const { request_id, status_url, response_url } = await submitted("codes sim:hold");
		const statuses = async () => [(await get(status_url)).status, (await get(response_url)).status];
		expect(await statuses()).toEqual([202, 400]);
		await control(request_id, "advance", { to: "IN_PROGRESS" });
		expect(await statuses()).toEqual([202, 400]);
		await control(request_id, "advance", { to: "COMPLETED" });
		expect(await statuses()).toEqual([200, 200]);
	});

	it("sends each change to an open stream at once", async () => {
		const { request_id, status_url } = await submitted("prompt changes sim:hold sim:queue=7");
		const events = eventsOf(status_url);
		const next = async () => (await events.next()).value;
		expect(await next()).toMatchObject({ status: "IN_QUEUE", queue_position: 7 });
		for (const [order, event] of [
			[{ position: 3 }, { status: "IN_QUEUE", queue_position: 3 }],
			[{ to: "IN_PROGRESS" }, { status: "IN_PROGRESS" }],
			[{ to: "COMPLETED" }, { status: "COMPLETED" }],
		]) {
			await control(request_id, "advance", order);
			const advancedAt = performance.now();
			expect(await next()).toMatchObject(event as object);
			expect(performance.now() - advancedAt).toBeLessThan(AT_ONCE_MS);
		}
		expect((await events.next()).done).toBe(true);
	});

	it("shows the last 20 lines of the log if logs=1 is asked for", async () => {
		const { status_url } = await submitted(
			"logs sim:big-logs sim:queue=0 sim:queue-ms=0 sim:run-ms=200 sim:log-chars=30",
		);
		let last: Status | undefined;
		for await (const event of eventsOf(status_url, "?logs=1")) last = event;
		expect(last?.logs).toHaveLength(20);
		expect(last?.logs?.at(-1)).toMatchObject({ level: "INFO", message: expect.stringContaining("200/200") });
		expect((await getJson<Status>(status_url)).logs).toBeNull();
	});

	it("fails a request that has not started in time", async () => {
		const { status_url, response_url } = await submitted("late sim:start-timeout sim:start-timeout-ms=60");
		let last: Status | undefined;
		for await (const event of eventsOf(status_url)) last = event;
		expect(last).toMatchObject({ status: "COMPLETED", error_type: "request_timeout" });
		const answer = await get(response_url);
		expect([answer.status, answer.headers.get("x-fal-request-timeout-type")]).toEqual([504, "user"]);
	});

	it.each([
		["webhook-only", 500, 500, 500],
		["poll-only", 200, 404, 200],
		["stream-only", 500, 200, 200],
		["redirected", 307, 200, 200],
	])("answers sim:%s with status %i, stream %i, result %i", async (name, status, stream, result) => {
		const { request_id, status_url, response_url } = await submitted(`answers sim:${name}`);
		await control(request_id, "finish");
		const statuses: number[] = [];
		for (const url of [status_url, `${status_url}/stream`, response_url]) statuses.push((await get(url)).status);
		expect(statuses).toEqual([status, stream, result]);
	});

	it("breaks a stream off in the run with sim:stream-cut", async () => {
		const { request_id, status_url } = await submitted("cut sim:stream-cut sim:hold");
		const statuses: string[] = [];
		const reading = (async () => {
			for await (const { status } of eventsOf(status_url)) {
				if (statuses.length === 0) await control(request_id, "advance", { to: "IN_PROGRESS" });
				statuses.push(status);
				if (status === "IN_PROGRESS") await control(request_id, "advance", { to: "COMPLETED" });
			}
		})();
		await expect(reading).rejects.toThrow();
		expect(statuses.at(-1)).toBe("IN_PROGRESS");
	});

	it("names addresses on another origin with sim:foreign-urls", async () => {
		const foreign = await submitted("sim:foreign-urls sim:instant");
		expect(new URL(foreign.status_url).origin).not.toBe(origin);
	});

	it("answers a cancel as its scenario says", async () => {
		const cancel = async (name: string): Promise<[number, string]> => {
			const { cancel_url, status_url } = await submitted(`cancel sim:${name} sim:hold=run sim:queue-ms=0`);
			const { status } = await fetch(cancel_url, { method: "PUT", headers: KEY });
			return [status, (await getJson<Status>(status_url)).status];
		};
		expect(await cancel("happy")).toEqual([202, "COMPLETED"]);
		expect(await cancel("cancel-late")).toEqual([400, "IN_PROGRESS"]);
		expect(await cancel("cancel-ignored")).toEqual([202, "IN_PROGRESS"]);
		const { cancel_url } = await submitted("cancel sim:cancel-hangs");
		const hanging = fetch(cancel_url, { method: "PUT", headers: KEY, signal: AbortSignal.timeout(150) });
		await expect(hanging).rejects.toThrow();
	});
});

/** Webhooks of the simulator. */
import { describe, expect, inject, it } from "vitest";
import { createSimClient, getJson, isSigned, startWebhookReceiver } from "../support/node/sim-client.ts";

const { simUrl: origin } = inject("gateway");
const { submitted, control, viewRequest } = createSimClient(origin);

describe("a webhook of the simulator", () => {
	it("is signed, carries the output, and is sent again until it is taken", async () => {
		const hook = await startWebhookReceiver(500, 503);
		const { request_id, response_url } = await submitted("a webhook sim:instant", { webhook: hook.url });
		const tries = [await hook.next(), await hook.next(), await hook.next()];
		for (const delivery of tries) expect(await isSigned(origin, delivery)).toBe(true);
		const { payload, ...body } = JSON.parse(tries[2]?.body ?? "");
		expect(body).toEqual({ request_id, gateway_request_id: expect.any(String), status: "OK" });
		expect(payload).toEqual(await getJson(response_url));
		expect(tries[2]?.headers["x-fal-webhook-request-id"]).toBe(request_id);
		const { deliveries, webhookDue } = await viewRequest(request_id);
		expect(deliveries.map(({ status }) => status)).toEqual([500, 503, 200]);
		expect(webhookDue).toBeNull();
		hook.close();
	});

	it("carries the error of the result", async () => {
		const hook = await startWebhookReceiver();
		await submitted("a webhook sim:content-policy", { webhook: hook.url });
		expect(JSON.parse((await hook.next()).body)).toMatchObject({
			status: "ERROR",
			error: "Invalid status code: 422",
			payload: { detail: [{ type: "content_policy_violation" }] },
		});
		hook.close();
	});

	it("says of a request that did not start in time what its result says", async () => {
		const hook = await startWebhookReceiver();
		await submitted("a webhook sim:start-timeout sim:start-timeout-ms=60", { webhook: hook.url });
		expect(JSON.parse((await hook.next()).body)).toMatchObject({
			status: "ERROR",
			error: "Invalid status code: 504",
			payload: { error_type: "request_timeout" },
		});
		hook.close();
	});

	it("comes twice, forged, empty, early, or not at all, as its scenario says", async () => {
		const hook = await startWebhookReceiver();
		const webhook = hook.url;
		await submitted("sim:webhook-twice sim:instant", { webhook });
		expect((await hook.next()).body).toBe((await hook.next()).body);
		await submitted("sim:webhook-forged sim:instant", { webhook });
		expect(await isSigned(origin, await hook.next())).toBe(false);
		await submitted("sim:webhook-null-payload sim:instant", { webhook });
		expect(JSON.parse((await hook.next()).body)).toMatchObject({ payload: null, payload_error: expect.any(String) });
		await submitted("sim:webhook-early", { webhook });
		expect(hook.waiting).toHaveLength(1);
		await hook.next();
		const { request_id } = await submitted("sim:webhook-lost sim:instant", { webhook });
		expect(await viewRequest(request_id)).toMatchObject({ webhookDue: null, deliveries: [] });
		hook.close();
	});

	it("is sent once to a redirect", async () => {
		const hook = await startWebhookReceiver(302);
		const { request_id } = await submitted("sim:hold", { webhook: hook.url });
		await control(request_id, "finish");
		await hook.next();
		await expect.poll(() => viewRequest(request_id)).toMatchObject({ deliveries: [{ status: 302 }], webhookDue: null });
		hook.close();
	});

	it("is sent on demand with the given fields", async () => {
		const hook = await startWebhookReceiver();
		const { request_id } = await submitted("sim:hold", { webhook: hook.url });
		await control(request_id, "webhook", { forged: true, body: { status: "OK" } });
		const forged = await hook.next();
		expect([await isSigned(origin, forged), forged.body]).toEqual([false, '{"status":"OK"}']);
		await control(request_id, "webhook", { requestId: "another" });
		const other = await hook.next();
		expect([await isSigned(origin, other), other.headers["x-fal-webhook-request-id"]]).toEqual([true, "another"]);
		await control(request_id, "webhook", { timestamp: 1 });
		expect((await hook.next()).headers["x-fal-webhook-timestamp"]).toBe("1");
		hook.close();
	});
});

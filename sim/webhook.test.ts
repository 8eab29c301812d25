import { describe, expect, it } from "vitest";
import { makePlan } from "../test/support/make-simulated.ts";
import { type Delivery, nextDelivery, webhookBody } from "./webhook.ts";

const END = 1_000_000;

function delivery(status: number | null, overrides: Partial<Delivery> = {}): Delivery {
	return { at: END + 50, ms: 5, status, forged: false, ...overrides };
}

describe("nextDelivery", () => {
	it("is due at the end, or after the plan's delay", () => {
		expect(nextDelivery(makePlan(), END, [])).toBe(END);
		expect(nextDelivery(makePlan({ webhookDelayMs: 400 }), END, [])).toBe(END + 400);
	});

	it.each([
		["an accepted one", "once", [delivery(200)]],
		["two accepted ones", "twice", [delivery(204), delivery(200)]],
		["a redirect", "once", [delivery(302)]],
		["a forged one", "forged", [delivery(401, { forged: true })]],
		["the tenth failure", "once", Array.from({ length: 10 }, () => delivery(500))],
	] as const)("is the last one after %s", (_, webhook, deliveries) => {
		expect(nextDelivery(makePlan({ webhook }), END, deliveries)).toBeNull();
	});

	it("never comes if the plan says so", () => {
		expect(nextDelivery(makePlan({ webhook: "never" }), END, [])).toBeNull();
	});

	it.each([
		["a failure", "once", [delivery(500)], 200],
		["no answer", "once", [delivery(null)], 200],
		["a second failure", "once", [delivery(500), delivery(503)], 500],
		["the first accepted one", "twice", [delivery(200)], 100],
		["a failure behind the first accepted one", "twice", [delivery(200), delivery(500)], 200],
	] as const)("is repeated after %s", (_, webhook, deliveries, waitMs) => {
		expect(nextDelivery(makePlan({ webhook }), END, deliveries)).toBe(END + 55 + waitMs);
	});

	it("ignores deliveries that the control route sent", () => {
		expect(nextDelivery(makePlan(), END, [delivery(200, { ordered: true })])).toBe(END);
	});
});

describe("webhookBody", () => {
	const ids = { request_id: "r-1", gateway_request_id: "g-1" };

	it("carries the output", () => {
		const result = { status: 200, headers: {}, body: { images: [] } };
		expect(webhookBody("r-1", "g-1", result, makePlan())).toEqual({ ...ids, status: "OK", payload: { images: [] } });
	});

	it("carries the error", () => {
		const result = { status: 422, headers: {}, body: { detail: "no" } };
		expect(webhookBody("r-1", "g-1", result, makePlan())).toEqual({
			...ids,
			status: "ERROR",
			error: "Invalid status code: 422",
			payload: { detail: "no" },
		});
	});

	it("carries null and a reason if the plan says so", () => {
		const result = { status: 200, headers: {}, body: { images: [] } };
		expect(webhookBody("r-1", "g-1", result, makePlan({ webhook: "null-payload" }))).toEqual({
			...ids,
			status: "OK",
			payload: null,
			payload_error: expect.stringContaining("not JSON serializable"),
		});
	});
});

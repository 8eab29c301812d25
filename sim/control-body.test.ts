import { describe, expect, it } from "vitest";
import { readAdvance, readWebhookOrder } from "./control-body.ts";

describe("readAdvance", () => {
	it.each([{}, { to: "COMPLETED" }, { position: 0 }, { to: "IN_PROGRESS", position: 2 }])("takes %j", (body) => {
		expect(readAdvance(body)).toEqual(body);
	});

	it.each([undefined, "text", { to: "DONE" }, { position: -1 }, { position: 0.5 }])("does not take %j", (body) => {
		expect(readAdvance(body)).toBeUndefined();
	});
});

describe("readWebhookOrder", () => {
	it("takes no body for an order without options", () => {
		expect(readWebhookOrder(undefined)).toEqual({ forged: false });
		expect(readWebhookOrder({})).toEqual({ forged: false });
	});

	it("takes any body to send", () => {
		for (const body of ["text", { status: "OK" }, null])
			expect(readWebhookOrder({ body })).toEqual({ forged: false, body });
	});

	it.each(["text", { forged: "yes" }, { url: "nowhere" }, { timestamp: "now" }])("does not take %j", (body) => {
		expect(readWebhookOrder(body)).toBeUndefined();
	});
});

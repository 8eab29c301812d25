import { describe, expect, it } from "vitest";
import { readBalance, readBilled } from "./billing-answers.ts";

describe("readBalance", () => {
	it("reads what is left, also below nothing", () => {
		const credits = { current_balance: -0.5, currency: "USD", more: 1 };
		expect(readBalance(JSON.stringify({ username: "my-team", credits, more: {} }))).toEqual({
			username: "my-team",
			amount: -0.5,
			currency: "USD",
		});
	});

	it.each([[null], [""], [7], [undefined]])("does without a name: %j", (username) => {
		const credits = { current_balance: 1, currency: "USD" };
		expect(readBalance(JSON.stringify({ username, credits }))).toMatchObject({ username: null, amount: 1 });
	});

	it("cuts names that have no end", () => {
		const credits = { current_balance: 1, currency: "x".repeat(500) };
		const read = readBalance(JSON.stringify({ username: "y".repeat(500), credits }));
		expect([read?.username?.length, read?.currency.length]).toEqual([100, 100]);
	});

	it.each([
		"",
		"<html>",
		"{}",
		'{"username":"a"}',
		'{"credits":null}',
		'{"credits":{"current_balance":"1","currency":"USD"}}',
		'{"credits":{"current_balance":1}}',
	])("finds none in %s", (text) => {
		expect(readBalance(text)).toBeNull();
	});
});

describe("readBilled", () => {
	const EVENT = { request_id: "r-1", endpoint_id: "a/b", output_units: 2, unit_price: 0.025, percent_discount: 10 };
	const read = (...events: unknown[]) => readBilled(JSON.stringify({ billing_events: events, has_more: false }));

	it("reads what was charged after the discount", () => {
		const cost = { cost_subtotal: 0.05, cost_discount: 0.005, cost_total: 0.045, cost_estimate_nano_usd: 45_000_000 };
		expect(read({ ...EVENT, ...cost })).toEqual([{ requestId: "r-1", cost: 45_000 }]);
	});

	it.each([
		[{ cost_total: 0 }, 0],
		[{ cost_total: 0.0000001 }, 1],
		[{ cost_total: 10_000 }, 10_000_000_000],
		[{ cost_estimate_nano_usd: 45_000_001 }, 45_001],
		[{ cost_total: null, cost_estimate_nano_usd: 1_000 }, 1],
	])("reads %j as %i millionths of a dollar", (cost, micro) => {
		expect(read({ ...EVENT, ...cost })).toEqual([{ requestId: "r-1", cost: micro }]);
	});

	it("sums up the events of a request", () => {
		expect(
			read(
				{ ...EVENT, cost_total: 0.01 },
				{ ...EVENT, request_id: "r-2", cost_total: 1 },
				{ ...EVENT, cost_total: 0.02 },
			),
		).toEqual([
			{ requestId: "r-1", cost: 30_000 },
			{ requestId: "r-2", cost: 1_000_000 },
		]);
	});

	it.each([
		[{}],
		[{ cost_total: -0.01 }],
		[{ cost_total: "0.01" }],
		[{ cost_total: 10_001 }],
		[{ cost_estimate_nano_usd: -1 }],
	])("leaves out a request with an event that costs %j", (cost) => {
		const other = { ...EVENT, request_id: "r-2", cost_total: 1 };
		expect(read({ ...EVENT, cost_total: 0.01 }, { ...EVENT, ...cost }, other, null, { request_id: 7 })).toEqual([
			{ requestId: "r-2", cost: 1_000_000 },
		]);
	});

	it("knows that there are none", () => {
		expect(read()).toEqual([]);
	});

	it.each(["", "<html>", "{}", '{"billing_events":null}', '{"billing_events":[],"has_more":true}'])(
		"cannot go by %s",
		(text) => {
			expect(readBilled(text)).toBeNull();
		},
	);
});

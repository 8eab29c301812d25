import { describe, expect, it } from "vitest";
import { readBalance } from "./billing-answers.ts";

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

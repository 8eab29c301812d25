import { describe, expect, it } from "vitest";
import { changesOf, emptyForm, type KeyForm, type KeySettings, mayMend, readForm, toForm } from "./form.ts";

const toSeconds = (local: string) => Date.parse(`${local}Z`) / 1000;
const toLocal = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16);

const NO_LIMITS: KeySettings = {
	name: "",
	models: null,
	max_budget: null,
	budget_duration: null,
	budget_limits: [],
	rpm_limit: null,
	max_parallel_requests: null,
	images_per_day: null,
	expires_at: null,
	webhook_url: null,
};

const FORM: KeyForm = {
	account: "bob",
	name: " Bob, phone ",
	models: ["flux-schnell"],
	budget: { usd: "12.50", duration: "7d" },
	furtherBudgets: [{ usd: "1", duration: "1d" }],
	rpm: "6",
	parallel: "2",
	imagesPerDay: "40",
	expiresAt: "2027-01-01T12:30",
	webhookUrl: " https://hooks.example.org/ ",
};

const SETTINGS: KeySettings = {
	name: "Bob, phone",
	models: ["flux-schnell"],
	max_budget: 12.5,
	budget_duration: "7d",
	budget_limits: [{ max_budget: 1, budget_duration: "1d" }],
	rpm_limit: 6,
	max_parallel_requests: 2,
	images_per_day: 40,
	expires_at: 1_798_806_600,
	webhook_url: "https://hooks.example.org/",
};

describe("the form of a key", () => {
	it("without a word has no limit", () => {
		expect(readForm(emptyForm("bob"), toSeconds)).toEqual({ ok: true, value: NO_LIMITS });
	});

	it("says all that is typed", () => {
		expect(readForm(FORM, toSeconds)).toEqual({ ok: true, value: SETTINGS });
	});

	it("has a budget of the key's whole life, too", () => {
		const form = { ...emptyForm("bob"), budget: { usd: "5", duration: null } };
		expect(readForm(form, toSeconds)).toEqual({
			ok: true,
			value: { ...NO_LIMITS, max_budget: 5, budget_duration: null },
		});
	});

	it.each<readonly [changed: Partial<KeyForm>, mistake: object]>([
		[{ budget: { usd: "five", duration: "1d" } }, { field: "max_budget", row: null, is: "no_number" }],
		[{ rpm: "1.5" }, { field: "rpm_limit", row: null, is: "no_whole_number" }],
		[{ parallel: "two" }, { field: "max_parallel_requests", row: null, is: "no_whole_number" }],
		[{ imagesPerDay: "-3" }, { field: "images_per_day", row: null, is: "no_whole_number" }],
		[{ expiresAt: "soon" }, { field: "expires_at", row: null, is: "no_time" }],
		[
			{
				furtherBudgets: [
					{ usd: "1", duration: "1d" },
					{ usd: "", duration: "7d" },
				],
			},
			{ field: "budget_limits", row: 1, is: "budget_missing" },
		],
		[{ furtherBudgets: [{ usd: "x", duration: "1d" }] }, { field: "budget_limits", row: 0, is: "no_number" }],
	])("with %j names the mistake", (changed, mistake) => {
		expect(readForm({ ...FORM, ...changed }, toSeconds)).toEqual({ ok: false, error: mistake });
	});

	it("shows a key as it would be typed", () => {
		expect(toForm({ account: "bob", ...SETTINGS }, toLocal)).toEqual({
			...FORM,
			name: "Bob, phone",
			budget: { usd: "12.5", duration: "7d" },
			webhookUrl: "https://hooks.example.org/",
		});
		expect(toForm({ account: "bob", ...NO_LIMITS }, toLocal)).toEqual(emptyForm("bob"));
	});
});

describe("a change", () => {
	it("names what was changed, and nothing else", () => {
		expect(changesOf(SETTINGS, SETTINGS)).toEqual({});
		expect(changesOf(SETTINGS, { ...SETTINGS, name: "Bob", models: null, rpm_limit: null })).toEqual({
			name: "Bob",
			models: null,
			rpm_limit: null,
		});
	});

	it("names a budget with its duration", () => {
		expect(changesOf(SETTINGS, { ...SETTINGS, max_budget: 20 })).toEqual({ max_budget: 20, budget_duration: "7d" });
		expect(changesOf(SETTINGS, { ...SETTINGS, budget_duration: null })).toEqual({
			max_budget: 12.5,
			budget_duration: null,
		});
	});
});

describe("mayMend", () => {
	it.each([
		[{ rpm: "5" }, "rpm_limit", true],
		[{ rpm: "5" }, "max_parallel_requests", false],
		[{ budget: { usd: "1", duration: "1d" } }, "budget_duration", true],
		[{ furtherBudgets: [] }, "budget_limits", true],
		[{ furtherBudgets: [] }, "max_budget", false],
		[{ name: "" }, null, true],
	] as const)("of %j and a fault of %s is %s", (changed, wrong, mends) => {
		expect(mayMend(changed, wrong)).toBe(mends);
	});
});

import { describe, expect, it } from "vitest";
import { blamed } from "../../../test/support/blamed.ts";
import { NO_LIMITS } from "../../../test/support/keys.ts";
import type { Fault } from "../../faults.ts";
import { parseBody } from "../request/fields.ts";
import { ChangeBody, findUnknownField, IssueBody, RotateBody, toChanges, toSettings } from "./body.ts";

const NOW = 1_800_000_000_000;
const ALL = { offered: { kind: "all" }, falQueueUrl: "https://queue.fal.run" } as const;

function changesOf(body: object) {
	const parsed = parseBody(ChangeBody, body);
	return parsed.ok ? toChanges(parsed.value, ALL) : parsed;
}

function settingsOf(body: object) {
	const parsed = parseBody(IssueBody, body);
	return parsed.ok ? toSettings(parsed.value, ALL, NOW) : parsed;
}

const LIMITED = {
	name: "Bob's phone",
	models: ["flux-schnell"],
	max_budget: 12.5,
	budget_duration: "monthly",
	budget_limits: [{ max_budget: 0.25, budget_duration: "1d" }],
	rpm_limit: 6,
	max_parallel_requests: 2,
	images_per_day: 40,
	expires_at: NOW / 1000 + 1,
	blocked: true,
	webhook_url: "https://hooks.example.org/darkroom#x",
	metadata: { team: "red" },
};

describe("a new key", () => {
	it("has no limits but those that are named", () => {
		expect(settingsOf({})).toEqual({ ok: true, value: NO_LIMITS });
		expect(settingsOf(LIMITED)).toEqual({
			ok: true,
			value: {
				name: "Bob's phone",
				models: ["flux-schnell"],
				maxBudget: 12_500_000,
				budgetDuration: "1mo",
				budgetLimits: [{ maxBudget: 250_000, budgetDuration: "1d" }],
				rpmLimit: 6,
				maxParallelRequests: 2,
				imagesPerDay: 40,
				expiresAt: NOW + 1_000,
				blocked: true,
				webhookUrl: "https://hooks.example.org/darkroom",
				metadata: { team: "red" },
			},
		});
	});

	it.each([
		[{ budget_duration: "1d" }, "max_budget"],
		[{ budget_duration: "1d", max_budget: null }, "max_budget"],
		[{ budget_limits: [{ budget_duration: "1d" }] }, "budget_limits[0].max_budget"],
	])("of %j says that %s is missing", (body, param) => {
		expect(settingsOf(body)).toEqual({ ok: false, error: { kind: "invalid_value", param, fault: { is: "missing" } } });
	});

	it("may have an account of its own", () => {
		expect(parseBody(IssueBody, { account: "bob" })).toEqual({ ok: true, value: { account: "bob" } });
		expect(blamed(parseBody(IssueBody, { account: "Bob Smith" }))).toBe("account");
	});

	it("ends after now, or never", () => {
		expect(settingsOf({ expires_at: NOW / 1000 })).toEqual({
			ok: false,
			error: {
				kind: "invalid_value",
				param: "expires_at",
				fault: { is: "too_small", min: NOW / 1000 + 1, got: NOW / 1000 },
			},
		});
		expect(settingsOf({ expires_at: null })).toEqual({ ok: true, value: NO_LIMITS });
	});

	it("is none of a model that there is not", () => {
		expect(settingsOf({ models: ["flux-schnell", "no-such-model"] })).toMatchObject({
			error: { kind: "model_not_found", model: "no-such-model", param: "models[1]" },
		});
	});
});

describe("a change", () => {
	it.each<readonly [body: object, changes: object]>([
		[{}, {}],
		[{ name: null }, { name: "" }],
		[{ name: " Bob's\n\u2028phone " }, { name: "Bob's  phone" }],
		[{ models: null }, { models: null }],
		// Each by its own name, once.
		[
			{ models: ["imagen4-preview", "fal-ai/imagen4/preview", "flux-schnell"] },
			{ models: ["imagen4-preview", "flux-schnell"] },
		],
		[{ max_budget: null }, { maxBudget: null }],
		[{ max_budget: 0 }, { maxBudget: 0 }],
		[{ budget_duration: null }, { budgetDuration: null }],
		[{ budget_limits: null }, { budgetLimits: [] }],
		[{ rpm_limit: null }, { rpmLimit: null }],
		[{ max_parallel_requests: null }, { maxParallelRequests: null }],
		[{ images_per_day: null }, { imagesPerDay: null }],
		[{ expires_at: null }, { expiresAt: null }],
		[{ expires_at: 0 }, { expiresAt: 0 }],
		[{ expires_at: 7 }, { expiresAt: 7_000 }],
		[{ blocked: null }, { blocked: false }],
		[{ blocked: true }, { blocked: true }],
		[{ webhook_url: null }, { webhookUrl: null }],
		[{ webhook_url: "https://hooks.example.org/" }, { webhookUrl: "https://hooks.example.org/" }],
		[{ metadata: null }, { metadata: {} }],
	])("%j changes %j alone", (body, changes) => {
		expect(changesOf(body)).toStrictEqual({ ok: true, value: changes });
	});

	it.each<readonly [field: string, value: unknown, fault: Fault]>([
		["name", "x".repeat(101), { is: "too_long", max: 100, of: "characters" }],
		["models", [], { is: "too_short", min: 1, of: "items" }],
		["models", Array(101).fill("flux-schnell"), { is: "too_long", max: 100, of: "items" }],
		["max_budget", "5", { is: "type", expected: ["decimal"], got: "string" }],
		["max_budget", -0.5, { is: "too_small", min: 0, got: -0.5 }],
		["max_budget", 1_000_001, { is: "too_large", max: 1_000_000, got: 1_000_001 }],
		["rpm_limit", 0, { is: "too_small", min: 1, got: 0 }],
		["rpm_limit", 1_000_001, { is: "too_large", max: 1_000_000, got: 1_000_001 }],
		["max_parallel_requests", 1.5, { is: "type", expected: ["integer"], got: "decimal" }],
		["images_per_day", "9", { is: "type", expected: ["integer"], got: "string" }],
		["expires_at", -1, { is: "too_small", min: 0, got: -1 }],
		["webhook_url", "http://hooks.example.org/", { is: "webhook_address" }],
		["webhook_url", "https://10.0.0.1/", { is: "webhook_address" }],
		["webhook_url", `https://hooks.example.org/${"x".repeat(2_048)}`, { is: "too_long", max: 2_048, of: "characters" }],
		["blocked", "yes", { is: "type", expected: ["boolean"], got: "string" }],
		["budget_limits", Array(9).fill({ max_budget: 1, budget_duration: "1d" }), { is: "too_long", max: 8, of: "items" }],
	])("of %s is refused at its bound (%#)", (param, value, fault) => {
		expect(changesOf({ [param]: value })).toEqual({ ok: false, error: { kind: "invalid_value", param, fault } });
	});

	it("takes money up to a million", () => {
		expect(changesOf({ max_budget: 1_000_000 })).toEqual({ ok: true, value: { maxBudget: 1_000_000_000_000 } });
	});

	it("names a span that no budget has, with those that it may have", () => {
		expect(changesOf({ budget_duration: "1y" })).toMatchObject({
			error: { param: "budget_duration", fault: { is: "not_one_of", got: "1y" } },
		});
		expect(blamed(changesOf({ budget_limits: [{ max_budget: 1, budget_duration: "1y" }] }))).toBe(
			"budget_limits[0].budget_duration",
		);
	});
});

describe("a rotation", () => {
	it.each([
		["90s", 90_000],
		["5m", 300_000],
		["2h", 7_200_000],
		[" 30d ", 2_592_000_000],
		["720h", 2_592_000_000],
		["0s", 0],
	])("leaves the old key good for %j: %i ms", (grace_period, ms) => {
		expect(parseBody(RotateBody, { grace_period })).toEqual({ ok: true, value: { grace_period: ms } });
	});

	it.each(["31d", "721h", "5", "s", "5 m", "5w", "-5m", "5mm", "x5m", "123456789s", ""])(
		"has no grace of %j",
		(word) => {
			expect(parseBody(RotateBody, { grace_period: word })).toEqual({
				ok: false,
				error: { kind: "invalid_value", param: "grace_period", fault: { is: "duration", maxDays: 30 } },
			});
		},
	);
});

describe("findUnknownField", () => {
	it("finds a field that nobody reads by its name", () => {
		expect(findUnknownField({ name: "a", max_budgets: 5 }, ChangeBody)).toEqual({
			kind: "invalid_value",
			param: "max_budgets",
			fault: { is: "unusable" },
		});
		expect(findUnknownField({ name: "a", blocked: true }, ChangeBody)).toBeNull();
		expect(findUnknownField({ account: "bob" }, ChangeBody)).not.toBeNull();
	});

	it.each(["constructor", "toString", "hasOwnProperty", "__proto__"])("finds '%s', which every object has", (name) => {
		expect(findUnknownField(JSON.parse(`{"${name}":{}}`), IssueBody)).toMatchObject({ param: name });
		const body = JSON.parse(`{"budget_limits":[{"${name}":{}}]}`);
		expect(findUnknownField(body, IssueBody)).toMatchObject({ param: `budget_limits[0].${name}` });
	});

	it("finds it in a budget of the list", () => {
		const budget = { max_budget: 1, budget_duration: "1d" };
		const body = { budget_limits: [budget, { ...budget, rpm_limit: 1 }, { ...budget, models: [] }] };
		expect(findUnknownField(body, ChangeBody)).toEqual({
			kind: "invalid_value",
			param: "budget_limits[1].rpm_limit",
			fault: { is: "unusable" },
		});
		expect(findUnknownField({ budget_limits: [budget, budget] }, ChangeBody)).toBeNull();
	});

	it.each([
		[{ budget_limits: { models: [] } }, "budget_limits"],
		[{ budget_limits: [["models"]] }, "budget_limits[0]"],
		[{ budget_limits: [null] }, "budget_limits[0]"],
		[{ budget_limits: null }, "ok"],
	])("leaves %j to the schema", (body, param) => {
		expect(findUnknownField(body, ChangeBody)).toBeNull();
		expect(blamed(parseBody(ChangeBody, body))).toBe(param);
	});
});

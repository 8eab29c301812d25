import { expect, it } from "vitest";
import { NO_LIMITS } from "../../../test/support/keys.ts";
import type { ShownKey } from "../../account/key-record.ts";
import { toKey, toLeft } from "./render.ts";

const UNLIMITED: ShownKey = {
	id: "0123456789AB",
	createdAt: 1_800_000_000_999,
	redacted: "sk-dr-bob-0123…cdef",
	graceUntil: null,
	settings: NO_LIMITS,
};

it("a key without limits is shown with all of its fields", () => {
	expect(toKey("bob", UNLIMITED)).toEqual({
		id: "key_bob-0123456789AB",
		object: "access_key",
		account: "bob",
		name: "",
		models: null,
		max_budget: null,
		budget_duration: null,
		budget_limits: [],
		rpm_limit: null,
		max_parallel_requests: null,
		images_per_day: null,
		expires_at: null,
		blocked: false,
		webhook_url: null,
		metadata: {},
		redacted_value: "sk-dr-bob-0123…cdef",
		created_at: 1_800_000_000,
		grace_until: null,
	});
});

it("a key's limits are shown in dollars and in seconds", () => {
	const limited: ShownKey = {
		...UNLIMITED,
		graceUntil: 1_800_000_060_500,
		settings: {
			name: "Bob's phone",
			models: ["flux-schnell"],
			maxBudget: 12_500_000,
			budgetDuration: "1mo",
			budgetLimits: [{ maxBudget: 250_000, budgetDuration: "1d" }],
			rpmLimit: 6,
			maxParallelRequests: 2,
			imagesPerDay: 40,
			expiresAt: 1_900_000_000_000,
			blocked: true,
			webhookUrl: "https://hooks.example.org/",
			metadata: { team: "red" },
		},
	};
	expect(toKey("bob", limited)).toMatchObject({
		name: "Bob's phone",
		models: ["flux-schnell"],
		max_budget: 12.5,
		budget_duration: "1mo",
		budget_limits: [{ max_budget: 0.25, budget_duration: "1d" }],
		rpm_limit: 6,
		max_parallel_requests: 2,
		images_per_day: 40,
		expires_at: 1_900_000_000,
		blocked: true,
		webhook_url: "https://hooks.example.org/",
		metadata: { team: "red" },
		grace_until: 1_800_000_060,
	});
});

it("what is left of budgets is shown in dollars, and of other limits in their own unit", () => {
	const asNumbers = { of: "key", value: 2_000_000, used: 500_000, resetsAt: 1_800_000_000_001 } as const;
	const asDollars = { of: "key", value: 2, used: 0.5, remaining: 1.5, resets_at: 1_800_000_001 };
	const asShown = { ...asDollars, value: 2_000_000, used: 500_000, remaining: 1_500_000 };
	expect(
		toLeft([
			{ ...asNumbers, limit: "max_budget", window: "1mo" },
			{ ...asNumbers, limit: "budget_limits", window: "1d" },
			{ ...asNumbers, limit: "images_per_day" },
			{ of: "account", limit: "max_open_jobs", value: 10, used: 12, resetsAt: null },
		]),
	).toEqual([
		{ ...asDollars, limit: "max_budget", window: "1mo" },
		{ ...asDollars, limit: "budget_limits", window: "1d" },
		{ ...asShown, limit: "images_per_day", window: null },
		{ of: "account", limit: "max_open_jobs", window: null, value: 10, used: 12, remaining: 0, resets_at: null },
	]);
});

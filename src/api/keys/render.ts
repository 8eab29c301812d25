/** Renders issued keys as the API shows them. */

import type { KeySettings, ShownKey } from "../../account/key-record.ts";
import type { LimitLeft } from "../../account/left.ts";
import { toPublicKeyId } from "../../key-id.ts";
import { toUsd } from "../../money.ts";

/** Renders a key for the owner. */
export function toKey(account: string, { id, createdAt, redacted, settings, graceUntil }: ShownKey) {
	return {
		id: toPublicKeyId({ account, id }),
		object: "access_key",
		account,
		...toLimits(settings),
		webhook_url: settings.webhookUrl,
		metadata: settings.metadata,
		redacted_value: redacted,
		created_at: toSeconds(createdAt),
		grace_until: graceUntil === null ? null : toSeconds(graceUntil),
	};
}

/** Renders what a key may know of itself. */
export function toLimits(settings: KeySettings) {
	return {
		name: settings.name,
		models: settings.models,
		max_budget: settings.maxBudget === null ? null : toUsd(settings.maxBudget),
		budget_duration: settings.budgetDuration,
		budget_limits: settings.budgetLimits.map(({ maxBudget, budgetDuration }) => ({
			max_budget: toUsd(maxBudget),
			budget_duration: budgetDuration,
		})),
		rpm_limit: settings.rpmLimit,
		max_parallel_requests: settings.maxParallelRequests,
		images_per_day: settings.imagesPerDay,
		expires_at: settings.expiresAt === null ? null : toSeconds(settings.expiresAt),
		blocked: settings.blocked,
	};
}

/** Renders what is left of limits. */
export function toLeft(limits: readonly LimitLeft[]) {
	return limits.map(({ limit, of, value, window = null, used, resetsAt }) => {
		const isMoney = limit === "max_budget" || limit === "budget_limits";
		const shown = (amount: number) => (isMoney ? toUsd(amount) : amount);
		return {
			limit,
			of,
			window,
			value: shown(value),
			used: shown(used),
			remaining: shown(Math.max(0, value - used)),
			resets_at: resetsAt === null ? null : Math.ceil(resetsAt / 1000),
		};
	});
}

function toSeconds(ms: number): number {
	return Math.floor(ms / 1000);
}

/** What the form of a key holds, and the body that it makes of that. */

import { err, ok, type Result } from "../../result.ts";
import { parseNumber, parseWhole } from "./numbers.ts";

export const DURATIONS = ["1d", "7d", "1mo"] as const;
export type Duration = (typeof DURATIONS)[number];

/** The most budgets of a key beside its first one, as the API takes them. */
export const MAX_FURTHER_BUDGETS = 8;

/** A budget as it is typed. */
export interface BudgetDraft {
	readonly usd: string;
	/** Null: of the key's whole life. */
	readonly duration: Duration | null;
}

/** All fields as they are typed. Empty means no such limit. */
export interface KeyForm {
	/** Of a new key. It cannot be changed later. */
	readonly account: string;
	readonly name: string;
	/** None: all models. */
	readonly models: readonly string[];
	readonly budget: BudgetDraft;
	readonly furtherBudgets: readonly BudgetDraft[];
	readonly rpm: string;
	readonly parallel: string;
	readonly imagesPerDay: string;
	/** As a `datetime-local` field has it, in the person's own time. */
	readonly expiresAt: string;
	readonly webhookUrl: string;
}

/** The fields of a key that the form shows. */
export interface KeySettings {
	readonly name: string;
	readonly models: readonly string[] | null;
	readonly max_budget: number | null;
	readonly budget_duration: Duration | null;
	readonly budget_limits: readonly { readonly max_budget: number; readonly budget_duration: Duration }[];
	readonly rpm_limit: number | null;
	readonly max_parallel_requests: number | null;
	readonly images_per_day: number | null;
	readonly expires_at: number | null;
	readonly webhook_url: string | null;
}

export type KeyField = keyof KeySettings | "account";

/** A field that cannot be sent as it is typed. */
export interface Mistake {
	readonly field: KeyField;
	/** Of the further budgets. */
	readonly row: number | null;
	readonly is: "no_number" | "no_whole_number" | "no_time" | "budget_missing";
}

/** The fields of a key that each part of the form makes. */
const MADE_BY: Readonly<Record<keyof KeyForm, readonly KeyField[]>> = {
	account: ["account"],
	name: ["name"],
	models: ["models"],
	budget: ["max_budget", "budget_duration"],
	furtherBudgets: ["budget_limits"],
	rpm: ["rpm_limit"],
	parallel: ["max_parallel_requests"],
	imagesPerDay: ["images_per_day"],
	expiresAt: ["expires_at"],
	webhookUrl: ["webhook_url"],
};

/** True if a change of the form may have mended what was wrong with a field; null stands for what belongs to none. */
export function mayMend(changed: Partial<KeyForm>, wrong: KeyField | null): boolean {
	if (wrong === null) return true;
	return Object.entries(MADE_BY).some(([part, fields]) => part in changed && fields.includes(wrong));
}

export function emptyForm(account: string): KeyForm {
	return {
		account,
		name: "",
		models: [],
		budget: { usd: "", duration: "1mo" },
		furtherBudgets: [],
		rpm: "",
		parallel: "",
		imagesPerDay: "",
		expiresAt: "",
		webhookUrl: "",
	};
}

/** Shows a key in the form. @param toLocal writes Unix seconds as a `datetime-local` field has them */
export function toForm(key: KeySettings & { readonly account: string }, toLocal: (seconds: number) => string): KeyForm {
	const typed = (value: number | null) => (value === null ? "" : String(value));
	return {
		account: key.account,
		name: key.name,
		models: key.models ?? [],
		// A form without a budget offers a month, which suits most.
		budget: { usd: typed(key.max_budget), duration: key.max_budget === null ? "1mo" : key.budget_duration },
		furtherBudgets: key.budget_limits.map(({ max_budget, budget_duration }) => ({
			usd: String(max_budget),
			duration: budget_duration,
		})),
		rpm: typed(key.rpm_limit),
		parallel: typed(key.max_parallel_requests),
		imagesPerDay: typed(key.images_per_day),
		expiresAt: key.expires_at === null ? "" : toLocal(key.expires_at),
		webhookUrl: key.webhook_url ?? "",
	};
}

/** Reads the form. @param toSeconds reads a `datetime-local` field as Unix seconds; NaN for what is none */
export function readForm(form: KeyForm, toSeconds: (local: string) => number): Result<KeySettings, Mistake> {
	const { budget, furtherBudgets, expiresAt } = form;
	const expires = expiresAt === "" ? null : toSeconds(expiresAt);
	if (Number.isNaN(expires)) return err({ field: "expires_at", row: null, is: "no_time" });
	const max = readLimit(budget.usd, "max_budget", parseNumber);
	if (!max.ok) return max;
	const limits = readBudgets(furtherBudgets);
	if (!limits.ok) return limits;
	const rpm = readLimit(form.rpm, "rpm_limit", parseWhole);
	if (!rpm.ok) return rpm;
	const parallel = readLimit(form.parallel, "max_parallel_requests", parseWhole);
	if (!parallel.ok) return parallel;
	const pictures = readLimit(form.imagesPerDay, "images_per_day", parseWhole);
	if (!pictures.ok) return pictures;
	return ok({
		name: form.name.trim(),
		models: form.models.length === 0 ? null : form.models,
		max_budget: max.value,
		budget_duration: max.value === null ? null : budget.duration,
		budget_limits: limits.value,
		rpm_limit: rpm.value,
		max_parallel_requests: parallel.value,
		images_per_day: pictures.value,
		expires_at: expires,
		webhook_url: form.webhookUrl.trim() === "" ? null : form.webhookUrl.trim(),
	});
}

function readLimit(
	typed: string,
	field: KeyField,
	parse: (text: string) => number | null,
): Result<number | null, Mistake> {
	if (typed.trim() === "") return ok(null);
	const value = parse(typed);
	if (value !== null) return ok(value);
	return err({ field, row: null, is: parse === parseWhole ? "no_whole_number" : "no_number" });
}

/** A row without a sum is a mistake: it looks like a limit, and would be none. */
function readBudgets(rows: readonly BudgetDraft[]): Result<KeySettings["budget_limits"], Mistake> {
	const limits = [];
	for (const [row, { usd, duration }] of rows.entries()) {
		if (usd.trim() === "") return err({ field: "budget_limits", row, is: "budget_missing" });
		const value = parseNumber(usd);
		if (value === null) return err({ field: "budget_limits", row, is: "no_number" });
		limits.push({ max_budget: value, budget_duration: duration ?? "1mo" });
	}
	return ok(limits);
}

/** Names only what was changed, so that what somebody else has changed meanwhile stays. */
export function changesOf(before: KeySettings, after: KeySettings): Partial<KeySettings> {
	const names = Object.keys(after).filter((name): name is keyof KeySettings => name in before);
	const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
	// A duration means nothing without its sum, and a sum is of a duration.
	const budget = ["max_budget", "budget_duration"] as const;
	const named = new Set(budget.some((name) => changed.includes(name)) ? [...changed, ...budget] : changed);
	return Object.fromEntries(names.filter((name) => named.has(name)).map((name) => [name, after[name]]));
}

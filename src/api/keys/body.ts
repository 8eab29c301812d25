/** Reads the bodies by which keys are issued, changed and rotated. */

import * as z from "zod/mini";
import type { KeySettings } from "../../account/key-record.ts";
import { DURATION_WORDS, readDuration } from "../../account/windows.ts";
import type { RequestError } from "../../errors.ts";
import { type Fault, typeOf } from "../../faults.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { findModel, type OfferedModels } from "../../models/names.ts";
import { toMicroUsd } from "../../money.ts";
import { err, ok, type Result } from "../../result.ts";
import { readWebhookUrl } from "../../webhooks/target.ts";
import { accountName } from "../request/account-name.ts";
import { isList } from "../request/body-fields.ts";
import { faulty, integer, text } from "../request/fields.ts";
import { Metadata } from "../request/metadata.ts";
import { MAX_ADDRESS_CHARS } from "../request/picture-fields.ts";

const MAX_NAME_CHARS = 100;
const MAX_MODELS = 100;
const MAX_MODEL_CHARS = 200;
const MAX_USD = 1_000_000;
const MAX_BUDGETS = 8;
const MAX_COUNT = 1_000_000;
/** The last second of the year 9999. */
const MAX_TIME = 253_402_300_799;
const MAX_GRACE_DAYS = 30;

/** A sum of money. */
function usd() {
	const faultOf = (value: unknown): Fault | null => {
		if (value === undefined) return { is: "missing" };
		if (typeof value !== "number") return { is: "type", expected: ["decimal"], got: typeOf(value) };
		if (value > MAX_USD) return { is: "too_large", max: MAX_USD, got: value };
		return value < 0 ? { is: "too_small", min: 0, got: value } : null;
	};
	const schema = z.custom<number>().check(faulty(faultOf));
	z.globalRegistry.add(schema, { override: { type: "number", minimum: 0, maximum: MAX_USD } });
	return schema;
}

/** Reads a text by a function that returns null for what it cannot read. */
function readBy<T>(read: (value: string) => T | null, faultOf: (value: string) => Fault) {
	return z.pipe(
		z.string(),
		z.transform<string, T>((value, context) => {
			const found = read(value);
			if (found !== null) return found;
			context.issues.push({ code: "custom", input: value, params: { fault: faultOf(value) } });
			return z.NEVER;
		}),
	);
}

/** The time after which a budget begins anew. */
function budgetDuration() {
	return readBy(readDuration, (got) => ({ is: "not_one_of", allowed: DURATION_WORDS, got }));
}

/** A name is shown in lists and in lines of text, so what breaks those becomes a space. */
const BREAKING = /[\p{Cc}\u2028\u2029]/gu;

/** Null means: no such limit. */
function limit<T extends z.ZodMiniType>(schema: T) {
	return z.optional(z.nullable(schema));
}

const BudgetLimit = z.object({ max_budget: usd(), budget_duration: budgetDuration() });

const settings = {
	name: limit(
		z.pipe(
			text(MAX_NAME_CHARS),
			z.transform((name) => name.replace(BREAKING, " ").trim()),
		),
	),
	models: limit(z.array(text(MAX_MODEL_CHARS)).check(z.minLength(1), z.maxLength(MAX_MODELS))),
	max_budget: limit(usd()),
	budget_duration: limit(budgetDuration()),
	budget_limits: limit(z.array(BudgetLimit).check(z.maxLength(MAX_BUDGETS))),
	rpm_limit: limit(integer(1, MAX_COUNT)),
	max_parallel_requests: limit(integer(1, MAX_COUNT)),
	images_per_day: limit(integer(1, MAX_COUNT)),
	expires_at: limit(integer(0, MAX_TIME)),
	blocked: limit(z.boolean()),
	webhook_url: limit(text(MAX_ADDRESS_CHARS)),
	metadata: limit(Metadata),
};

export const IssueBody = z.object({ account: limit(accountName()), ...settings });
export const ChangeBody = z.object(settings);
export const RotateBody = z.object({
	/** Milliseconds. */
	grace_period: limit(readBy(readGrace, () => ({ is: "duration", maxDays: MAX_GRACE_DAYS }))),
});

const GRACE = /^(\d{1,8})(s|m|h|d)$/;
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Returns milliseconds; null for what is no duration, or too long a one. */
function readGrace(value: string): number | null {
	const [, count, unit = ""] = GRACE.exec(value.trim()) ?? [];
	const ms = Number(count) * (UNIT_MS[unit] ?? Number.NaN);
	return ms <= MAX_GRACE_DAYS * 86_400_000 ? ms : null;
}

/** Refuses a field that nobody reads, of the body or of a budget in it: a limit with a mistake in its name would be none. */
export function findUnknownField(body: JsonObject, schema: z.ZodMiniObject): RequestError | null {
	const param = unknownIn(body, schema) ?? unknownInBudgets(body.budget_limits);
	return param === null ? null : { kind: "invalid_value", param, fault: { is: "unusable" } };
}

function unknownIn(value: JsonObject, { shape }: z.ZodMiniObject): string | null {
	return Object.keys(value).find((name) => !Object.hasOwn(shape, name)) ?? null;
}

/** Leaves to the schema whatever is no list of objects. */
function unknownInBudgets(budgets: Json | undefined): string | null {
	if (!isList(budgets)) return null;
	const found = budgets.map((budget) => (isJsonObject(budget) ? unknownIn(budget, BudgetLimit) : null));
	const index = found.findIndex((name) => name !== null);
	return index === -1 ? null : `budget_limits[${index}].${found[index]}`;
}

const NO_LIMITS: KeySettings = {
	name: "",
	models: null,
	maxBudget: null,
	budgetDuration: null,
	budgetLimits: [],
	rpmLimit: null,
	maxParallelRequests: null,
	imagesPerDay: null,
	expiresAt: null,
	blocked: false,
	webhookUrl: null,
	metadata: {},
};

interface KeyConfig {
	readonly offered: OfferedModels;
	readonly falQueueUrl: string;
}

/** Returns the settings of a new key. @param now Milliseconds since 1970 */
export function toSettings(
	body: z.output<typeof IssueBody>,
	config: KeyConfig,
	now: number,
): Result<KeySettings, RequestError> {
	const seconds = Math.floor(now / 1000);
	const { expires_at: expiresAt } = body;
	if (typeof expiresAt === "number" && expiresAt <= seconds) {
		const fault = { is: "too_small" as const, min: seconds + 1, got: expiresAt };
		return err({ kind: "invalid_value", param: "expires_at", fault });
	}
	const changes = toChanges(body, config);
	return changes.ok ? withBudget({ ...NO_LIMITS, ...changes.value }) : changes;
}

/** Refuses a duration without a sum: it looks like a limit, and would be none. */
export function withBudget(settings: KeySettings): Result<KeySettings, RequestError> {
	if (settings.budgetDuration === null || settings.maxBudget !== null) return ok(settings);
	return err({ kind: "invalid_value", param: "max_budget", fault: { is: "missing" } });
}

/** Returns the settings that a body names. */
export function toChanges(
	body: z.output<typeof ChangeBody>,
	config: KeyConfig,
): Result<Partial<KeySettings>, RequestError> {
	const models =
		body.models === undefined || body.models === null ? ok(body.models) : toModelIds(body.models, config.offered);
	if (!models.ok) return models;
	const webhookUrl = readWebhookUrl(body.webhook_url ?? undefined, config);
	if (!webhookUrl.ok) return webhookUrl;
	const { name, max_budget, budget_duration, budget_limits, rpm_limit, max_parallel_requests, images_per_day } = body;
	return ok({
		...(name === undefined ? {} : { name: name ?? "" }),
		...(models.value === undefined ? {} : { models: models.value }),
		...(max_budget === undefined ? {} : { maxBudget: max_budget === null ? null : toMicroUsd(max_budget) }),
		...(budget_duration === undefined ? {} : { budgetDuration: budget_duration }),
		...(budget_limits === undefined ? {} : { budgetLimits: (budget_limits ?? []).map(toBudgetLimit) }),
		...(rpm_limit === undefined ? {} : { rpmLimit: rpm_limit }),
		...(max_parallel_requests === undefined ? {} : { maxParallelRequests: max_parallel_requests }),
		...(images_per_day === undefined ? {} : { imagesPerDay: images_per_day }),
		...(body.expires_at === undefined ? {} : { expiresAt: body.expires_at === null ? null : body.expires_at * 1000 }),
		...(body.blocked === undefined ? {} : { blocked: body.blocked ?? false }),
		...(body.webhook_url === undefined ? {} : { webhookUrl: webhookUrl.value }),
		...(body.metadata === undefined ? {} : { metadata: body.metadata ?? {} }),
	});
}

type BudgetLimitBody = NonNullable<z.output<typeof ChangeBody>["budget_limits"]>[number];

function toBudgetLimit({ max_budget, budget_duration }: BudgetLimitBody): KeySettings["budgetLimits"][number] {
	return { maxBudget: toMicroUsd(max_budget), budgetDuration: budget_duration };
}

/** Returns the models' own ids, each once: a key is held to a model, whatever name it is asked by. */
function toModelIds(names: readonly string[], offered: OfferedModels): Result<readonly string[], RequestError> {
	const ids = new Set<string>();
	for (const [index, name] of names.entries()) {
		const found = findModel(name, offered);
		if (!found.ok) return err({ ...found.error, param: `models[${index}]` });
		ids.add(found.value.id);
	}
	return ok([...ids]);
}

/** An issued key as its account keeps it, and what follows from that. */

import * as z from "zod/mini";
import type { KeyRefusedWhy } from "../errors.ts";
import { validate } from "../validate.ts";
import type { KeyLimits } from "./limits.ts";
import type { BudgetDuration } from "./windows.ts";

/** A UTC day, a week from Monday, a month from the first. */
export const BUDGET_DURATIONS = ["1d", "7d", "1mo"] as const satisfies readonly BudgetDuration[];

/** The operator sets these. */
export interface KeySettings extends Omit<KeyLimits, "id"> {
	/** For people; may be empty. */
	readonly name: string;
	/** Is told of the end of each job that names no webhook of its own; null for none. */
	readonly webhookUrl: string | null;
	/** The operator's own words, which mean nothing here. */
	readonly metadata: Readonly<Record<string, string>>;
}

/** All of a key that may be shown. */
export interface KeyRecord {
	readonly id: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	/** Its beginning and its last characters. */
	readonly redacted: string;
	readonly settings: KeySettings;
}

/** Changes these settings, and leaves the others. A budget that is taken away takes its duration along, which limits nothing by itself. */
export function withChanges(settings: KeySettings, changes: Partial<KeySettings>): KeySettings {
	const changed = { ...settings, ...changes };
	return changed.maxBudget === null ? { ...changed, budgetDuration: null } : changed;
}

export interface StoredKey extends KeyRecord {
	/** Of the whole key, in hex. */
	readonly secretSha256: string;
	/** Keys from before a rotation that are good for a while. */
	readonly earlier: readonly EarlierSecret[];
}

/** A key as it leaves its account: no part of a secret does, not even its digest. */
export interface ShownKey extends KeyRecord {
	/** Keys from before a rotation are good until then. Milliseconds since 1970; null if there are none. */
	readonly graceUntil: number | null;
}

export function toShown({ id, createdAt, redacted, settings, earlier }: StoredKey, now: number): ShownKey {
	const ends = earlier.map(({ until }) => until).filter((until) => now < until);
	return { id, createdAt, redacted, settings, graceUntil: ends.length === 0 ? null : Math.max(...ends) };
}

export interface EarlierSecret {
	readonly sha256: string;
	/** Milliseconds since 1970. */
	readonly until: number;
}

/** Of an account. They are listed and counted, and each is a row. */
export const MAX_KEYS = 1_000;

/** Each is good until its own time. More of them than this come from a program that runs wild. */
export const MAX_EARLIER_SECRETS = 8;

/** Refuses a key, or says which models it may use. */
export type KeyVerdict = { readonly refused: KeyRefusedWhy } | GoodKey;

export interface GoodKey extends Pick<KeySettings, "models"> {
	/** It is refused from then on, if nothing changes it. Milliseconds since 1970. Absent: it has no end, or its account runs an earlier deploy. */
	readonly goodUntil?: number;
}

/** Judges a key that was made here. @param key Null if the account has none of its id */
export function judgeKey(key: StoredKey | null, secretSha256: string, now: number): KeyVerdict {
	const refused = refusalOfKey(key, secretSha256, now);
	if (refused !== null || key === null) return { refused: refused ?? "revoked" };
	const { models, expiresAt } = key.settings;
	const ends = [expiresAt, graceOf(key, secretSha256)].filter((end) => end !== null);
	return ends.length === 0 ? { models } : { models, goodUntil: Math.min(...ends) };
}

/** Returns the end of an earlier secret; null for the secret of now. */
function graceOf(key: StoredKey, secretSha256: string): number | null {
	return key.earlier.find(({ sha256 }) => isEqual(sha256, secretSha256))?.until ?? null;
}

/** Says why a key that was made here is not good now; null if it is. @param key Null if the account has none of its id */
export function refusalOfKey(key: StoredKey | null, secretSha256: string, now: number): KeyRefusedWhy | null {
	if (key === null) return "revoked";
	const good = [key.secretSha256, ...key.earlier.filter(({ until }) => now < until).map(({ sha256 }) => sha256)];
	// All are compared, and each as a whole, so that the time tells nothing.
	const equal = good.map((sha256) => isEqual(sha256, secretSha256));
	if (!equal.includes(true)) return "revoked";
	const { blocked, expiresAt } = key.settings;
	if (blocked) return "blocked";
	return expiresAt !== null && now >= expiresAt ? "expired" : null;
}

function isEqual(a: string, b: string): boolean {
	let difference = a.length ^ b.length;
	for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
	return difference === 0;
}

/** A new secret for a key. */
export interface Rotation {
	readonly secretSha256: string;
	readonly redacted: string;
	/** Until then the secret of now is good as well. Milliseconds since 1970; null: it ends at once, and with it all earlier ones. */
	readonly graceUntil: number | null;
}

/** Gives a key its new secret. Idempotent: a rotation that came before changes nothing. */
export function rotated(key: StoredKey, { secretSha256, redacted, graceUntil }: Rotation, now: number): StoredKey {
	if (key.secretSha256 === secretSha256) return key;
	const earlier =
		graceUntil === null
			? []
			: [{ sha256: key.secretSha256, until: graceUntil }, ...key.earlier]
					.filter(({ until }) => now < until)
					.slice(0, MAX_EARLIER_SECRETS);
	return { ...key, secretSha256, redacted, earlier };
}

const Settings = z.object({
	name: z.string(),
	models: z.nullable(z.array(z.string())),
	maxBudget: z.nullable(z.number()),
	budgetDuration: z.nullable(z.enum(BUDGET_DURATIONS)),
	budgetLimits: z.array(z.object({ maxBudget: z.number(), budgetDuration: z.enum(BUDGET_DURATIONS) })),
	rpmLimit: z.nullable(z.number()),
	maxParallelRequests: z.nullable(z.number()),
	imagesPerDay: z.nullable(z.number()),
	expiresAt: z.nullable(z.number()),
	blocked: z.boolean(),
	// Rows from before there were webhooks of keys have none.
	webhookUrl: z._default(z.nullable(z.string()), null),
	metadata: z.record(z.string(), z.string()),
});
const Earlier = z.array(z.object({ sha256: z.string(), until: z.number() }));

/** A row of the table of keys. */
export type KeyRow = {
	id: string;
	created_at: number;
	redacted: string;
	secret_sha256: string;
	earlier: string;
	settings: string;
};

/** Throws if the row is none that `toRow` made. */
export function fromRow({ id, created_at, redacted, secret_sha256, earlier, settings }: KeyRow): StoredKey {
	return {
		id,
		createdAt: created_at,
		redacted,
		secretSha256: secret_sha256,
		earlier: parseKept(Earlier, earlier),
		settings: parseKept(Settings, settings),
	};
}

function parseKept<T extends z.ZodMiniType>(schema: T, json: string): z.output<T> {
	const kept = validate(schema, JSON.parse(json));
	if (!kept.success) throw kept.error;
	return kept.data;
}

export function toRow({ id, createdAt, redacted, secretSha256, earlier, settings }: StoredKey): KeyRow {
	return {
		id,
		created_at: createdAt,
		redacted,
		secret_sha256: secretSha256,
		earlier: JSON.stringify(earlier),
		settings: JSON.stringify(settings),
	};
}

/** Reads and checks the settings of the Worker: every value of a `Config` can be used as it is. */

import { type AccessKey, OWNER, parseAccessKeys } from "./access-keys.ts";
import type { Env } from "./env.ts";
import { type FalAccount, type FalAccounts, parseFalAccounts } from "./fal-accounts.ts";
import { type Pricing, parsePrice, parsePrices } from "./models/estimate.ts";
import { findModel, type OfferedModels, parseOffered } from "./models/names.ts";
import { err, ok, type Result } from "./result.ts";
import { logWarning } from "./telemetry/log.ts";

export interface Config {
	/** The first is asked first. */
	readonly falAccounts: FalAccounts;
	/** Of accounts whose bills may be read. They submit nothing. */
	readonly falAdmins: readonly FalAccount[];
	/** A balance below it is low. USD; 0 for none. */
	readonly lowBalance: number;
	/** At least one. An account may have two during a rotation. */
	readonly accessKeys: readonly AccessKey[];
	/** The account that administers. */
	readonly owner: string;
	/** Secrets for image links and webhook addresses: the first signs, all verify. The keys of `FAL_API_KEY` if none is set. */
	readonly signingSecrets: readonly [string, ...string[]];
	/** Has no slash at its end, like all addresses here. */
	readonly falQueueUrl: string;
	/** fal's platform API: its list of requests. */
	readonly falApiUrl: string;
	readonly falJwksUrl: string;
	/** The address at which fal publishes the schemas of its endpoints. */
	readonly falSchemaUrl: string;
	/** fal's storage, for pictures to draw from that fal cannot fetch here. */
	readonly falStorageUrl: string;
	/** If null, links have the origin of each request that reads them. */
	readonly publicUrl: string | null;
	/** A name of an offered model. */
	readonly defaultModel: string;
	readonly offered: OfferedModels;
	readonly progress: Progress;
	readonly pricing: Pricing;
	/** Of one account. */
	readonly maxOpenJobs: number;
	readonly deadlineMs: number;
	readonly retentionMs: number;
}

export type Progress = "reasoning" | "content" | "off";

/** The error is a list of sentences that anybody may read. Each names its variable and the rule, and never holds a part of a value. */
export type ConfigResult = Result<Config, readonly string[]>;

const MAX_DEADLINE_SECONDS = 86_400;
const MAX_OPEN_JOBS = 100_000;
const MAX_LOW_BALANCE = 1_000_000;
/** About a minute and a half, so that a person can watch an expiry. */
const MIN_RETENTION_DAYS = 0.001;
const MAX_RETENTION_DAYS = 3650;
const DAY_MS = 86_400_000;

/** An `env` lives as long as its isolate and does not change, so it is read once. */
const resultByEnv = new WeakMap<Env, ConfigResult>();

/** The Worker and its objects each have an `env` of their own: what one warned of is not said again in this isolate. */
let hasWarned = false;

/** Reads the settings of an `env`, and reports all problems together. Warns in the log of what works but is weak, once. */
export function readConfig(env: Env): ConfigResult {
	const earlier = resultByEnv.get(env);
	if (earlier !== undefined) return earlier;
	const warnings: string[] = [];
	const result = parseConfig(env, (warning) => warnings.push(warning));
	if (!hasWarned) for (const warning of warnings) logWarning(warning);
	hasWarned ||= warnings.length > 0;
	resultByEnv.set(env, result);
	return result;
}

function parseConfig(env: Env, warn: (warning: string) => void): ConfigResult {
	const problems: string[] = [];
	const report: Report = (problem) => {
		problems.push(problem);
		return null;
	};

	// A key that is piped into `wrangler secret put` ends with a newline. fal refuses such a key, so it is trimmed.
	const falText = settingOf(env.FAL_API_KEY) ?? report(missingSecret("FAL_API_KEY"));
	const fal = falText === null ? null : parseFalAccounts(falText);
	if (fal?.ok === false) fal.error.forEach(report);
	const falAccounts = fal?.ok ? fal.value : null;
	const adminText = settingOf(env.FAL_ADMIN_KEY);
	const admins = adminText === null ? null : parseFalAccounts(adminText, "FAL_ADMIN_KEY");
	if (admins?.ok === false) admins.error.forEach(report);
	const falAdmins = admins?.ok ? admins.value : [];

	const accessText = settingOf(env.WORKER_ACCESS_KEY);
	if (accessText === null) report(missingSecret("WORKER_ACCESS_KEY"));
	const access = accessText === null ? null : parseAccessKeys(accessText);
	if (access?.ok === false) access.error.forEach(report);
	if (access?.ok) access.value.warnings.forEach(warn);
	const accessKeys = access?.ok ? access.value.keys : [];

	const owner = settingOf(env.OWNER) ?? OWNER;
	if (accessKeys.length > 0 && !accessKeys.some(({ account }) => account === owner)) {
		if (settingOf(env.OWNER) === null) warn(NOBODY_ADMINISTERS);
		else report("OWNER must be the name of an account of WORKER_ACCESS_KEY.");
	}

	const signingText = settingOf(env.SIGNING_KEY);
	const signingSecrets = signingText === null ? [] : toList(signingText);
	if (signingSecrets.includes("")) report("SIGNING_KEY has an empty key in its list.");

	const falQueueUrl = parseUrl("FAL_QUEUE_URL", env.FAL_QUEUE_URL, report) ?? "https://queue.fal.run";
	const falApiUrl = parseUrl("FAL_API_URL", env.FAL_API_URL, report) ?? "https://api.fal.ai";
	const falJwksUrl = parseUrl("FAL_JWKS_URL", env.FAL_JWKS_URL, report) ?? "https://rest.fal.ai/.well-known/jwks.json";
	const falStorageUrl = parseUrl("FAL_STORAGE_URL", env.FAL_STORAGE_URL, report) ?? "https://rest.fal.ai";
	const falSchemaUrl =
		parseUrl("FAL_SCHEMA_URL", env.FAL_SCHEMA_URL, report) ?? "https://fal.ai/api/openapi/queue/openapi.json";
	const publicUrl = parseUrl("PUBLIC_URL", env.PUBLIC_URL, report);

	const offered =
		parseOffered(settingOf(env.MODELS) ?? "*") ??
		report("MODELS must be `*`, or names of models or fal ids such as `imagen4-preview,fal-ai/flux/dev`.");
	const defaultModel = offered === null ? null : parseDefaultModel(settingOf(env.DEFAULT_MODEL), offered, report);

	const progress = parseProgress(settingOf(env.PROGRESS) ?? "reasoning", report);

	const deadlineSeconds = parseNumber(env.JOB_DEADLINE_SECONDS, 900);
	if (!within(deadlineSeconds, 1, MAX_DEADLINE_SECONDS))
		report(`JOB_DEADLINE_SECONDS must be a number from 1 to ${MAX_DEADLINE_SECONDS}.`);
	const retentionDays = parseNumber(env.RETENTION_DAYS, 30);
	if (!within(retentionDays, MIN_RETENTION_DAYS, MAX_RETENTION_DAYS))
		report(`RETENTION_DAYS must be a number from ${MIN_RETENTION_DAYS} to ${MAX_RETENTION_DAYS}.`);

	const pricing = parsePricing(env, report);
	const maxOpenJobs = parseNumber(env.MAX_OPEN_JOBS, 100);
	if (!within(maxOpenJobs, 1, MAX_OPEN_JOBS) || !Number.isInteger(maxOpenJobs))
		report(`MAX_OPEN_JOBS must be a whole number from 1 to ${MAX_OPEN_JOBS}.`);

	const lowBalance = parseNumber(env.LOW_BALANCE, 5);
	if (!within(lowBalance, 0, MAX_LOW_BALANCE))
		report(`LOW_BALANCE must be a number of USD from 0 to ${MAX_LOW_BALANCE}.`);

	if (problems.length > 0 || falAccounts === null || offered === null || defaultModel === null || progress === null)
		return err(problems);
	const [firstSecret = falAccounts[0].key, ...olderSecrets] =
		signingText === null ? falAccounts.map(({ key }) => key) : signingSecrets;
	return ok({
		falAccounts,
		falAdmins,
		lowBalance,
		accessKeys,
		owner,
		signingSecrets: [firstSecret, ...olderSecrets],
		falQueueUrl,
		falApiUrl,
		falJwksUrl,
		falSchemaUrl,
		falStorageUrl,
		publicUrl,
		defaultModel,
		offered,
		progress,
		pricing,
		maxOpenJobs,
		deadlineMs: Math.round(deadlineSeconds * 1000),
		retentionMs: Math.round(retentionDays * DAY_MS),
	});
}

/** Pictures can be made without an owner, so such a gateway works. */
const NOBODY_ADMINISTERS = `No account administers: WORKER_ACCESS_KEY has no key of \`${OWNER}\`, and OWNER names no other account.`;

/** Takes a problem, and returns the value of a setting that has one. */
type Report = (problem: string) => null;

function missingSecret(name: string): string {
	return `${name} is not set: add it as a secret of the Worker in Cloudflare's dashboard, or run \`wrangler secret put ${name}\`.`;
}

type Setting = string | number | undefined;

/** Returns the trimmed text of a setting; null if it is empty or missing. */
function settingOf(setting: Setting): string | null {
	const value = String(setting ?? "").trim();
	return value === "" ? null : value;
}

function toList(text: string): string[] {
	return text.split(",").map((entry) => entry.trim());
}

/** Falls back to the first model of MODELS if DEFAULT_MODEL is not set and MODELS leaves out the usual default. */
function parseDefaultModel(name: string | null, offered: OfferedModels, report: Report): string | null {
	if (findModel(name ?? DEFAULT_MODEL, offered).ok) return name ?? DEFAULT_MODEL;
	if (name !== null) return report("DEFAULT_MODEL must name a model that MODELS offers.");
	return offered.kind === "list" ? (offered.names[0] ?? null) : DEFAULT_MODEL;
}

const DEFAULT_MODEL = "imagen4-preview";

function parseUrl(name: string, setting: Setting, report: Report): string | null {
	const value = settingOf(setting);
	if (value === null) return null;
	const url = URL.parse(value);
	const isPlain = url !== null && `${url.username}${url.password}${url.search}${url.hash}` === "";
	if (!isPlain || (url.protocol !== "https:" && url.protocol !== "http:"))
		return report(`${name} must be an http or https address without a query.`);
	return withoutSlashes(url.href);
}

function withoutSlashes(text: string): string {
	let end = text.length;
	while (text[end - 1] === "/") end -= 1;
	return text.slice(0, end);
}

function parseNumber(setting: Setting, fallback: number): number {
	const value = settingOf(setting);
	if (value === null) return fallback;
	return /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

function within(value: number, min: number, max: number): boolean {
	return value >= min && value <= max;
}

function parsePricing({ PRICES, DEFAULT_PRICE }: Env, report: Report): Pricing {
	const own = parsePrices(settingOf(PRICES) ?? "");
	if (own === null)
		report(
			"PRICES must be a list of `name=price`, such as `flux-dev=0.025`: the price of a picture in USD, up to 1000.",
		);
	const fallback = parsePrice(settingOf(DEFAULT_PRICE) ?? "0.10") ?? 0;
	if (fallback === 0) report("DEFAULT_PRICE must be a price in USD above 0 and up to 1000.");
	return { own: own ?? new Map(), fallback };
}

function parseProgress(text: string, report: Report): Progress | null {
	if (text === "reasoning" || text === "content" || text === "off") return text;
	return report("PROGRESS must be `reasoning`, `content` or `off`.");
}

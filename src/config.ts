import type { Env } from "./env.ts";
import { findModel, type OfferedModels, parseOffered } from "./models/names.ts";

/** The configuration, checked: every value is usable as it is. */
export interface Config {
	readonly falApiKey: string;
	/** At least one. Two keys of one account are a rotation. */
	readonly accessKeys: readonly AccessKey[];
	/** What image links and webhook addresses are signed from: the first signs, all verify. `FAL_API_KEY` where none is set. */
	readonly signingSecrets: readonly [string, ...string[]];
	/** Without a slash at the end, as all addresses here. */
	readonly falQueueUrl: string;
	readonly falJwksUrl: string;
	/** Null: the origin of each request. */
	readonly publicUrl: string | null;
	/** A name of an offered model. */
	readonly defaultModel: string;
	readonly offered: OfferedModels;
	readonly progress: Progress;
	readonly deadlineMs: number;
	readonly retentionMs: number;
}

export interface AccessKey {
	readonly account: string;
	readonly key: string;
}

export type Progress = "reasoning" | "content" | "off";

export type ConfigResult =
	| { readonly ok: true; readonly config: Config }
	/** Each is a sentence for the operator that names the variable and never holds a secret. */
	| { readonly ok: false; readonly problems: readonly string[] };

/** The account of a bare `WORKER_ACCESS_KEY`. */
export const OWNER = "owner";

/** How strong a key is, is the operator's choice; one character is a slip, such as the end of a base64 key (see `NAMED_KEY`). */
const MIN_ACCESS_KEY_CHARS = 2;
const MAX_ACCESS_KEY_CHARS = 512;
const MAX_DEADLINE_SECONDS = 86_400;
/** About a minute and a half: short enough to watch an expiry happen. */
const MIN_RETENTION_DAYS = 0.001;
const MAX_RETENTION_DAYS = 3650;
const DAY_MS = 86_400_000;

/** An `env` lives as long as its isolate and does not change, so it is read once. */
const known = new WeakMap<Env, ConfigResult>();

/** Checks everything once; all problems are told together. */
export function readConfig(env: Env): ConfigResult {
	const earlier = known.get(env);
	if (earlier !== undefined) return earlier;
	const result = parseConfig(env);
	known.set(env, result);
	return result;
}

function parseConfig(env: Env): ConfigResult {
	const problems: string[] = [];
	const problem = (text: string): null => {
		problems.push(text);
		return null;
	};

	// A key piped into `wrangler secret put` ends with a newline, and fal refuses it then.
	const falApiKey = settingOf(env.FAL_API_KEY) ?? problem(missingSecret("FAL_API_KEY"));
	if (falApiKey !== null && !VISIBLE.test(falApiKey)) problem("FAL_API_KEY holds a character that no key has.");

	const accessText = settingOf(env.WORKER_ACCESS_KEY);
	const accessKeys = accessText === null ? [] : parseAccessKeys(accessText, problem);
	if (accessText === null) problem(missingSecret("WORKER_ACCESS_KEY"));

	const signingText = settingOf(env.SIGNING_KEY);
	const signingSecrets = signingText === null ? [] : toList(signingText);
	if (signingSecrets.includes("")) problem("SIGNING_KEY has an empty key in its list.");

	const falQueueUrl = parseUrl("FAL_QUEUE_URL", env.FAL_QUEUE_URL, problem) ?? "https://queue.fal.run";
	const falJwksUrl = parseUrl("FAL_JWKS_URL", env.FAL_JWKS_URL, problem) ?? "https://rest.fal.ai/.well-known/jwks.json";
	const publicUrl = parseUrl("PUBLIC_URL", env.PUBLIC_URL, problem);

	const offered =
		parseOffered(settingOf(env.MODELS) ?? "*") ??
		problem("MODELS must be `*`, or names of models or fal ids such as `imagen4-preview,fal-ai/flux/dev`.");
	const defaultModel = offered === null ? null : parseDefaultModel(settingOf(env.DEFAULT_MODEL), offered, problem);

	const progress = settingOf(env.PROGRESS) ?? "reasoning";
	const isKnown = isProgress(progress);
	if (!isKnown) problem("PROGRESS must be `reasoning`, `content` or `off`.");

	const deadlineSeconds = parseNumber(env.JOB_DEADLINE_SECONDS, 900);
	if (!within(deadlineSeconds, 1, MAX_DEADLINE_SECONDS))
		problem(`JOB_DEADLINE_SECONDS must be a number from 1 to ${MAX_DEADLINE_SECONDS}.`);
	const retentionDays = parseNumber(env.RETENTION_DAYS, 30);
	if (!within(retentionDays, MIN_RETENTION_DAYS, MAX_RETENTION_DAYS))
		problem(`RETENTION_DAYS must be a number from ${MIN_RETENTION_DAYS} to ${MAX_RETENTION_DAYS}.`);

	if (problems.length > 0 || falApiKey === null || offered === null || defaultModel === null || !isKnown)
		return { ok: false, problems };
	const [firstSecret = falApiKey, ...olderSecrets] = signingSecrets;
	return {
		ok: true,
		config: {
			falApiKey,
			accessKeys,
			signingSecrets: [firstSecret, ...olderSecrets],
			falQueueUrl,
			falJwksUrl,
			publicUrl,
			defaultModel,
			offered,
			progress,
			deadlineMs: Math.round(deadlineSeconds * 1000),
			retentionMs: Math.round(retentionDays * DAY_MS),
		},
	};
}

type Report = (text: string) => null;

function missingSecret(name: string): string {
	return `${name} is not set: run \`wrangler secret put ${name}\`.`;
}

type Setting = string | number | undefined;

/** Trimmed; an empty setting is as good as none. */
function settingOf(setting: Setting): string | null {
	const value = String(setting ?? "").trim();
	return value === "" ? null : value;
}

function toList(text: string): string[] {
	return text.split(",").map((entry) => entry.trim());
}

/** What an HTTP header can carry as one word. */
const VISIBLE = /^[\x21-\x7e]+$/;

/**
 * A bare key may hold `=` (base64 ends with it), so only this start makes a list. A bare key that happens to look like it
 * is told as too short, not taken wrongly.
 */
const NAMED_KEY = /^([a-z0-9_-]{1,32})=(.*)$/s;

function parseAccessKeys(text: string, problem: Report): AccessKey[] {
	const keys: AccessKey[] = [];
	for (const entry of NAMED_KEY.test(text) ? toList(text) : [`${OWNER}=${text}`]) {
		const [, account, key] = NAMED_KEY.exec(entry) ?? [];
		if (account === undefined || key === undefined) {
			problem("WORKER_ACCESS_KEY must be one key, or a list `name=key,name=key` with names of a-z, 0-9, `_` and `-`.");
		} else if (!VISIBLE.test(key) || key.includes(",")) {
			problem(`WORKER_ACCESS_KEY must not hold spaces or commas inside the key of '${account}'.`);
		} else if (key.length < MIN_ACCESS_KEY_CHARS || key.length > MAX_ACCESS_KEY_CHARS) {
			problem(
				`WORKER_ACCESS_KEY needs ${MIN_ACCESS_KEY_CHARS} to ${MAX_ACCESS_KEY_CHARS} characters in the key of '${account}'.`,
			);
		} else {
			const twin = keys.find((other) => other.key === key);
			if (twin === undefined) keys.push({ account, key });
			else if (twin.account !== account)
				problem(`WORKER_ACCESS_KEY gives '${twin.account}' and '${account}' the same key.`);
		}
	}
	return keys;
}

/** Where only MODELS is set and leaves out the usual default, its first model is the default. */
function parseDefaultModel(name: string | null, offered: OfferedModels, problem: Report): string | null {
	if (findModel(name ?? DEFAULT_MODEL, offered).ok) return name ?? DEFAULT_MODEL;
	if (name !== null) return problem("DEFAULT_MODEL must name a model that MODELS offers.");
	return offered.kind === "list" ? (offered.names[0] ?? null) : DEFAULT_MODEL;
}

const DEFAULT_MODEL = "imagen4-preview";

function parseUrl(name: string, setting: Setting, problem: Report): string | null {
	const value = settingOf(setting);
	if (value === null) return null;
	const url = URL.parse(value);
	const plain = url !== null && `${url.username}${url.password}${url.search}${url.hash}` === "";
	if (!plain || (url.protocol !== "https:" && url.protocol !== "http:"))
		return problem(`${name} must be an http or https address without a query.`);
	return url.href.replace(/\/+$/, "");
}

function parseNumber(setting: Setting, otherwise: number): number {
	const value = settingOf(setting);
	if (value === null) return otherwise;
	return /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

function within(value: number, min: number, max: number): boolean {
	return value >= min && value <= max;
}

function isProgress(text: string): text is Progress {
	return text === "reasoning" || text === "content" || text === "off";
}

/** The base of image links, without a slash at the end. */
export function publicOrigin(config: Config, request: Request): string {
	return config.publicUrl ?? new URL(request.url).origin;
}

/**
 * The base of webhook addresses; null where fal could not reach it (facts: fal drops loopback and private targets), unless
 * `PUBLIC_URL` says otherwise, as with a simulator or a tunnel.
 */
export function webhookOrigin(config: Config, request: Request): string | null {
	if (config.publicUrl !== null) return config.publicUrl;
	const { hostname, origin } = new URL(request.url);
	return UNREACHABLE_HOST.test(hostname) ? null : origin;
}

const UNREACHABLE_HOST =
	/^(localhost|.+\.localhost|127\.[\d.]+|0\.0\.0\.0|10\.[\d.]+|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|\[::1?\])$/;

/** Tries what a job needs, a check each: pictures in R2, objects, fal's key, its schemas, and the clock. None costs a picture. */

import type { Config } from "../../config.ts";
import type { Env } from "../../env.ts";
import { authorizationOf } from "../../fal/keys.ts";
import { readClockOffset } from "../../fal/request-list.ts";
import type { FalAccount } from "../../fal-accounts.ts";
import { withTimeout } from "../../http/timeout.ts";
import { callRegistry } from "../../stub.ts";

export interface Check {
	readonly name: string;
	readonly ok: boolean;
	readonly ms: number;
	/** A sentence that says what is wrong, or what was seen. */
	readonly detail: string;
}

/** What a check found. It throws if nothing answers. */
type Finding = Pick<Check, "ok" | "detail">;

const CHECK_TIMEOUT_MS = 5_000;
/** Links and webhooks hold for minutes and more. A clock that is wrong by less does no harm. */
const MAX_CLOCK_OFFSET_MS = 30_000;
/** No request at fal has this id. */
const NO_REQUEST = "00000000-0000-4000-8000-000000000000";
const ANY_APP = "fal-ai/flux";
const ANY_ENDPOINT = "fal-ai/flux/schnell";

/** Runs all checks at once. Each takes five seconds at most. */
export async function runChecks(env: Env, config: Config): Promise<readonly Check[]> {
	let date: Dated | null = null;
	const keys = config.falAccounts.map((account) =>
		run(`fal_key ${account.fingerprint}`, async (signal) => {
			const { finding, dated } = await checkKey(config, account, signal);
			date ??= dated;
			return finding;
		}),
	);
	const others = [
		run("r2", () => checkBucket(env)),
		run("objects", () => checkObjects(env)),
		run("fal_schemas", (signal) => checkSchemas(config, signal)),
	];
	const checks = await Promise.all([...keys, ...others]);
	return [...checks, await run("clock", async () => checkClock(date))];
}

async function run(name: string, check: (signal: AbortSignal) => Promise<Finding>): Promise<Check> {
	const begun = Date.now();
	const finding = await withTimeout(CHECK_TIMEOUT_MS, (signal) => Promise.race([check(signal), aborted(signal)])).catch(
		() => ({ ok: false, detail: `It failed, or gave no answer in ${CHECK_TIMEOUT_MS / 1000} seconds.` }),
	);
	return { name, ok: finding.ok, ms: Date.now() - begun, detail: finding.detail };
}

/** R2 and objects take no signal. */
function aborted(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

async function checkBucket({ IMAGES: bucket }: Env): Promise<Finding> {
	const key = `health/${crypto.randomUUID()}`;
	await bucket.put(key, key);
	const read = await (await bucket.get(key))?.text();
	await bucket.delete(key);
	return read === key
		? { ok: true, detail: "An object was written, read and deleted." }
		: { ok: false, detail: "What was written could not be read." };
}

async function checkObjects(env: Env): Promise<Finding> {
	await callRegistry(env, async (registry) => registry.macSecret());
	return { ok: true, detail: "A Durable Object answered." };
}

/** When fal answered, by both clocks. */
interface Dated {
	readonly date: string | null;
	readonly askedAt: number;
	readonly answeredAt: number;
}

/** Asks for a request that is not there: a good key gets a 404. */
async function checkKey(
	{ falQueueUrl }: Config,
	{ key }: FalAccount,
	signal: AbortSignal,
): Promise<{ readonly finding: Finding; readonly dated: Dated }> {
	const askedAt = Date.now();
	const { status, headers } = await head(`${falQueueUrl}/${ANY_APP}/requests/${NO_REQUEST}/status`, signal, {
		headers: authorizationOf(key),
	});
	return { finding: toKeyFinding(status), dated: { date: headers.get("date"), askedAt, answeredAt: Date.now() } };
}

function toKeyFinding(status: number): Finding {
	if (status === 401) return { ok: false, detail: "fal does not know this key of FAL_API_KEY." };
	if (status === 403)
		return {
			ok: false,
			detail: "fal refuses this key of FAL_API_KEY: its account is locked, or it lacks a permission.",
		};
	if (status >= 500 || status === 429) return { ok: false, detail: `fal answered ${status}.` };
	return { ok: true, detail: "fal takes the key." };
}

async function checkSchemas({ falSchemaUrl }: Config, signal: AbortSignal): Promise<Finding> {
	const { status } = await head(`${falSchemaUrl}?endpoint_id=${encodeURIComponent(ANY_ENDPOINT)}`, signal);
	return { ok: status === 200, detail: `The address of fal's schemas answered ${status}.` };
}

function checkClock(dated: Dated | null): Finding {
	const offset = dated === null ? null : readClockOffset(dated.date, dated.askedAt, dated.answeredAt);
	if (offset === null) return { ok: true, detail: "fal told no time to compare with." };
	const seconds = Math.round((offset.min + offset.max) / 2000);
	const ok = Math.max(Math.abs(offset.min), Math.abs(offset.max)) <= MAX_CLOCK_OFFSET_MS;
	return { ok, detail: `fal's clock is ${seconds} seconds ahead of this one.` };
}

/** Asks, and drops the body. */
async function head(url: string, signal: AbortSignal, init: RequestInit = {}): Promise<Response> {
	// A redirect would carry the key away.
	const response = await fetch(url, { ...init, redirect: "manual", signal });
	await response.body?.cancel();
	return response;
}

/** Answers `GET /metrics` for Prometheus: what the accounts that were active lately did since UTC midnight. */

import type { Counters, EndedJobs } from "../../account/usage-record.ts";
import type { Config } from "../../config.ts";
import type { Context } from "../../context.ts";
import { readBalances } from "../../fal/balances.ts";
import { toUsd } from "../../money.ts";
import { callAccount, callRegistry } from "../../stub.ts";
import { VERSION } from "../version/version.ts";
import { METRICS_TYPE, type Metric, renderMetrics, type Sample } from "./render.ts";

/** Each is a call of its object. */
export const MAX_ASKED = 200;
const HOUR_MS = 3_600_000;
/** An account is asked in the hour of its last job and in the next, so that a scrape sees that job. */
const ACTIVE_HOURS = 1;

interface Counted extends Counters {
	readonly account: string;
}

export async function getMetrics(_request: Request, { env, config }: Context): Promise<Response> {
	const since = Math.floor(Date.now() / HOUR_MS) - ACTIVE_HOURS;
	const active = await callRegistry<readonly string[]>(env, async (registry) =>
		registry.activeSince(since, MAX_ASKED + 1),
	);
	const accounts = active.slice(0, MAX_ASKED);
	const [counted, balances] = await Promise.all([
		Promise.all(accounts.map((account) => count(env, account))),
		toBalances(config),
	]);
	const known = counted.filter((one) => one !== null);
	const text = renderMetrics([
		{
			name: "build_info",
			type: "gauge",
			help: "The version of the gateway.",
			samples: [{ labels: { version: VERSION }, value: 1 }],
		},
		...ENDED.map(([name, help, read]) => toEnded(name, help, read, known)),
		{
			name: "open_jobs",
			type: "gauge",
			help: "Jobs that have not ended.",
			samples: known.map(({ account, open }) => ({ labels: { account }, value: open })),
		},
		{
			name: "accounts_unread",
			type: "gauge",
			help: "Active accounts that are missing here, because they did not answer or are too many.",
			samples: [{ labels: {}, value: active.length - known.length }],
		},
		balances,
	]);
	return new Response(text, { headers: { "content-type": METRICS_TYPE, "cache-control": "no-store" } });
}

/** An account that does not answer is left out. */
async function count(env: Context["env"], account: string): Promise<Counted | null> {
	try {
		return { account, ...(await callAccount<Counters>(env, account, async (stub) => stub.counters())) };
	} catch {
		return null;
	}
}

type EndedMetric = readonly [name: string, help: string, read: (ended: EndedJobs) => number];

const ENDED: readonly EndedMetric[] = [
	["jobs_total", "Jobs that ended since UTC midnight.", ({ jobs }) => jobs],
	["pictures_total", "Pictures that were stored for them.", ({ pictures }) => pictures],
	["cost_usd_total", "What they came to.", ({ cost }) => toUsd(cost)],
	["job_seconds_total", "Seconds from their admissions to their ends.", ({ ms }) => ms / 1000],
];

function toEnded(name: string, help: string, read: EndedMetric[2], counted: readonly Counted[]): Metric {
	const samples = counted.flatMap(({ account, ended }) =>
		ended.map((one) => ({ labels: { account, model: one.model, outcome: one.status }, value: read(one) })),
	);
	return { name, type: "counter", help, samples };
}

async function toBalances(config: Config): Promise<Metric> {
	const balances = await readBalances(config);
	const samples: readonly Sample[] = balances.flatMap(({ fingerprint, balance }) =>
		balance.ok && balance.value.currency === "USD"
			? [{ labels: { fal_account: fingerprint }, value: balance.value.amount }]
			: [],
	);
	return { name: "fal_balance_usd", type: "gauge", help: "What is left at fal.", samples };
}

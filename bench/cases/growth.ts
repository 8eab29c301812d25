/** Time to admit and to list a job in accounts that have up to 100,000 jobs, with limits and without, and the admissions that one Account carries. */
import { median } from "simple-statistics";
import { startGatewayRuntime } from "../../test/support/node/runtime.ts";
import { atMost, type Case, type Size } from "../figure.ts";
import { interleaved } from "../interleaved.ts";
import { saturate } from "../saturate.ts";
import { startInstantFal } from "../start-instant-fal.ts";

/** Jobs of each account. */
const JOBS_HELD = { small: 1_000, medium: 10_000, large: 100_000 };
const ACCOUNTS = Object.keys(JOBS_HELD);
const PAGE = 20;

const ROUNDS: Readonly<Record<Size, { readonly admissions: number; readonly pages: number }>> = {
	guard: { admissions: 5, pages: 2 },
	quick: { admissions: 100, pages: 30 },
	full: { admissions: 500, pages: 150 },
};
const WAKINGS: Readonly<Record<Size, number>> = { guard: 1, quick: 5, full: 20 };
/** Admissions in each request of the load, so that HTTP costs little of it. */
const AT_ONCE = 20;
const LOADS: Readonly<Record<Size, number>> = { guard: 16, quick: 80, full: 300 };
const MANY = Array.from({ length: 32 }, (_, index) => `many-${index}`);

function keyOf(account: string): string {
	return `sk-key-of-${account}`;
}
/** Returns the milliseconds of an answer. Throws unless it succeeds. */
async function timed(ask: () => Promise<Response>): Promise<number> {
	const begun = performance.now();
	const response = await ask();
	await response.arrayBuffer();
	if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
	return performance.now() - begun;
}

export const growth: Case = async (size) => {
	const fal = await startInstantFal();
	const keys = ACCOUNTS.map((account) => `${account}=${keyOf(account)}`).join(",");
	const gateway = await startGatewayRuntime(fal.url, { WORKER_ACCESS_KEY: keys }, "bench/workers/filled/wrangler.toml");
	try {
		const bench = (action: string, accounts: readonly string[], count: number) =>
			`${gateway.url}/bench/${action}?${accounts.map((account) => `account=${account}&`).join("")}count=${count}`;
		const post = (url: string) => timed(() => fetch(url, { method: "POST" }));
		const authorization = (account: string) => ({ authorization: `Bearer ${keyOf(account)}` });

		for (const [account, held] of Object.entries(JOBS_HELD)) {
			await post(bench("fill", [account], held - PAGE));
			const body = { prompt: "A red fox in the snow [<id>]", response_format: "url" };
			const url = `${gateway.url}/v1/images/generations`;
			await saturate({ url, body, key: keyOf(account), connections: 4, amount: PAGE });
		}

		const { admissions, pages } = ROUNDS[size];
		// The list is measured before the admissions, because their jobs are never started.
		const list = (account: string) => () =>
			timed(() => fetch(`${gateway.url}/v1/jobs`, { headers: authorization(account) }));
		const query = () => post(bench("query", ["large"], PAGE));
		const search = () =>
			timed(() => fetch(`${gateway.url}/v1/jobs?q=no-such-words`, { headers: authorization("large") }));
		const queried = await interleaved(pages, { page: list("large"), query, search });
		const listed = await interleaved(pages, { small: list("small"), medium: list("medium"), large: list("large") });

		const admit = (account: string) => () => post(bench("admit", [account], 1));
		const admitted = await interleaved(admissions, {
			small: admit("small"),
			medium: admit("medium"),
			large: admit("large"),
		});

		// A key's first request after its account slept reads what the key spent. The first of all also leaves sums for the later ones.
		const limited = () => post(bench("admit-limited", ["large"], 1));
		const plain = admit("large");
		// The code of plain admissions has run as often by now.
		await interleaved(3 * admissions, { limited });
		await post(bench("end-jobs", ["large"], 1));
		const afterSleep = async (request: () => Promise<number>) => {
			await post(bench("end", ["large"], 1));
			return request();
		};
		const byKey = await interleaved(admissions, { plain, limited });
		const woken = await interleaved(WAKINGS[size], {
			plain: () => afterSleep(plain),
			limited: () => afterSleep(limited),
		});

		const load = { connections: 16, amount: LOADS[size], body: {} };
		const carried = await interleaved(size === "guard" ? 1 : 3, {
			one: async () => AT_ONCE * (await saturate({ ...load, url: bench("admit", ["one"], AT_ONCE) })),
			many: async () => AT_ONCE * (await saturate({ ...load, url: bench("admit", MANY, AT_ONCE) })),
		});

		const ms = (values: readonly number[]) => `${median([...values]).toFixed(2)} ms`;
		const grown = (large: readonly number[], small: readonly number[]) => median([...large]) / median([...small]);
		const sizes = Object.values(JOBS_HELD)
			.map((held) => held.toLocaleString("en"))
			.join(", ");
		const flat = (subject: string, measured: Readonly<Record<keyof typeof JOBS_HELD, readonly number[]>>) => ({
			name: `${subject}, with 100 × the jobs held`,
			value: grown(measured.large, measured.small),
			unit: "×" as const,
			goal: atMost(1.25),
			detail: `${ms(measured.small)}, ${ms(measured.medium)} and ${ms(measured.large)} in an account of ${sizes} jobs (medians of ${measured.small.length})`,
		});
		return {
			figures: [
				flat("admitting a job", admitted),
				{
					name: "admitting a job under a key with limits of each kind, beside a key without",
					value: median([...byKey.limited]) / median([...byKey.plain]),
					unit: "×" as const,
					goal: atMost(1.25),
					detail: `${ms(byKey.limited)} and ${ms(byKey.plain)} in an account of ${JOBS_HELD.large.toLocaleString("en")} jobs, with four budgets (medians of ${byKey.limited.length}). The first request after the account slept: ${ms(woken.limited)} and ${ms(woken.plain)}`,
				},
				flat(`the first page of GET /v1/jobs (${PAGE})`, listed),
				{
					name: `the first page of GET /v1/jobs (${PAGE}), beside one request to the account's object`,
					value: median([...queried.page]) / median([...queried.query]),
					unit: "×" as const,
					goal: atMost(1.5),
					detail: `${ms(queried.page)} and ${ms(queried.query)} in an account of ${JOBS_HELD.large.toLocaleString("en")} jobs (medians of ${queried.page.length}). A page of words that no prompt has, which looks at 5,000 jobs: ${ms(queried.search)}`,
				},
				{
					name: "admissions a second that one Account carries alone",
					value: median([...carried.one]),
					unit: "requests",
					goal: null,
					detail: `${AT_ONCE} in each of the requests over ${load.connections} connections. Over ${MANY.length} accounts: ${median([...carried.many]).toFixed(0)}, in one process, whose thread they share`,
				},
			],
			series: { held: JOBS_HELD, admitted, byKey, woken, listed, queried, carried },
		};
	} finally {
		await Promise.all([gateway.stop(), fal.stop()]);
	}
};

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { ask, askWith, type Call, sim } from "../../../test/support/workerd/gateway.ts";
import { makeConfig } from "../../../test/support/workerd/make-config.ts";
import { serving } from "../../../test/support/workerd/serving.ts";
import { askBy, issueKey } from "../../../test/support/workerd/usage.ts";
import { readBalances } from "../../fal/balances.ts";
import { toFalAccount } from "../../fal-accounts.ts";
import { watchBalance } from "../../job/balance-watch.ts";

let count = 0;
/** An address of fal's that no other test has: what is in memory goes by it. */
function anApi(): string {
	count += 1;
	return `https://balance-${count}-${crypto.randomUUID().slice(0, 8)}.test`;
}

const balanceWith = (FAL_ADMIN_KEY: string, LOW_BALANCE = "5") =>
	askWith({ FAL_ADMIN_KEY, LOW_BALANCE, FAL_API_URL: anApi() })("/v1/fal/balance");

const NOTHING = { username: null, balance: null, currency: null, is_low: null };

describe("GET /v1/fal/balance", () => {
	it("lists what is left, an account for each admin key", async () => {
		const answer = await balanceWith("admin:secret, admin-poor:secret");
		expect(answer.status).toBe(200);
		expect(answer.headers.get("cache-control")).toBe("no-store");
		const body = await answer.json<{ accounts: { read_at: number }[] }>();
		const about = { currency: "USD", error: null, read_at: expect.any(Number) };
		expect(body).toEqual({
			object: "fal.balance",
			low_balance: 5,
			accounts: [
				{ fingerprint: "34c83614", username: "simulator", balance: 24.5, is_low: false, ...about },
				{ fingerprint: "ab5c3227", username: "admin-poor", balance: 1.25, is_low: true, ...about },
			],
		});
		expect(Math.abs((body.accounts[0]?.read_at ?? 0) - Date.now() / 1000)).toBeLessThan(60);
	});

	it.each<readonly [key: string, low: string, account: object]>([
		["admin-empty:secret", "5", { balance: -0.5, is_low: true }],
		["admin-empty:secret", "0", { balance: -0.5, is_low: true }],
		["admin-poor:secret", "1.25", { balance: 1.25, is_low: false }],
		["admin-poor:secret", "1.26", { balance: 1.25, is_low: true }],
		[
			"admin-refused:secret",
			"5",
			{ ...NOTHING, error: { code: "fal_key_refused", message: expect.stringContaining("FAL_ADMIN_KEY") } },
		],
		["test:secret", "5", { ...NOTHING, error: { code: "fal_key_refused", message: expect.stringContaining("ADMIN") } }],
		["admin-busy:secret", "5", { ...NOTHING, error: { code: "fal_unavailable", message: expect.any(String) } }],
	])("says of %s with a bound of %s what it is", async (key, low, account) => {
		const answer = await balanceWith(key, low);
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({ accounts: [account] });
	});

	it("says which setting is missing", async () => {
		const answer = await ask("/v1/fal/balance");
		expect(answer.status).toBe(404);
		expect(await answer.json()).toMatchObject({
			error: { code: "fal_admin_key_missing", message: expect.stringContaining("FAL_ADMIN_KEY") },
		});
	});

	it("is for the owner alone", async () => {
		const { key } = await issueKey();
		expect((await askBy(key, "/v1/fal/balance")).status).toBe(403);
	});
});

describe("a balance", () => {
	const left =
		(current_balance: number, currency = "USD") =>
		() =>
			Response.json({ username: "u", credits: { current_balance, currency } });
	const settings = () => ({ falApiUrl: anApi(), falAdmins: [toFalAccount("admin:secret")], lowBalance: 5 });
	const laterBy = (ms: number) => () => Date.now() + ms;

	it("is asked with the admin key, and follows no redirect", async () => {
		const { fetch, requests } = serving(() => Response.redirect("https://elsewhere.test/", 302));
		const of = settings();
		expect(await readBalances(of, { fetch })).toMatchObject([{ balance: { error: "unavailable" } }]);
		expect(requests.map(({ url }) => url)).toEqual([`${of.falApiUrl}/v1/account/billing?expand=credits`]);
		expect(requests[0]?.headers.get("authorization")).toBe("Key admin:secret");
		expect(requests[0]?.redirect).toBe("manual");
	});

	it("is remembered for a minute", async () => {
		const { fetch, requests } = serving(left(1), left(2));
		const of = settings();
		const amounts = [];
		for (const ms of [0, 59_000, 61_000]) {
			const [read] = await readBalances(of, { fetch, now: laterBy(ms) });
			amounts.push(read?.balance.ok && read.balance.value.amount);
		}
		expect(amounts).toEqual([1, 1, 2]);
		expect(requests).toHaveLength(2);
	});

	it("that could not be read is asked for again after ten seconds", async () => {
		const { fetch, requests } = serving(() => new Response(null, { status: 503 }), left(2));
		const of = settings();
		for (const ms of [0, 9_000])
			expect(await readBalances(of, { fetch, now: laterBy(ms) })).toMatchObject([{ isLow: null }]);
		expect(await readBalances(of, { fetch, now: laterBy(11_000) })).toMatchObject([{ isLow: true }]);
		expect(requests).toHaveLength(2);
	});

	it("is neither low nor not in another currency", async () => {
		expect(await readBalances(settings(), { fetch: serving(left(1, "EUR")).fetch })).toMatchObject([{ isLow: null }]);
	});

	it.each([
		["no JSON", () => new Response("<html>")],
		["too long", () => new Response(" ".repeat(256 * 1024 + 1))],
		["no balance", () => Response.json({ username: "u" })],
	])("is unavailable if the answer is %s", async (_, answer) => {
		const { fetch } = serving(answer);
		expect(await readBalances(settings(), { fetch })).toMatchObject([{ balance: { error: "unavailable" } }]);
	});

	it("that does not come in time is unavailable", async () => {
		const fetch = (_input: RequestInfo | URL, init?: RequestInit) =>
			new Promise<Response>((_resolve, reject) => {
				init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
			});
		expect(await readBalances(settings(), { fetch, timeoutMs: 20 })).toMatchObject([
			{ balance: { error: "unavailable" } },
		]);
	});
});

describe("the warning of a low balance", () => {
	const HOUR_MS = 3_600_000;

	/** Looks as a job's start does, so much later. Returns what was warned of. */
	async function look(api: string, later = 0, settings: object = {}): Promise<readonly string[]> {
		const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
		const ctx = createExecutionContext();
		const config = makeConfig({ FAL_ADMIN_KEY: "admin:s,admin-poor:s,admin-refused:s", FAL_API_URL: api, ...settings });
		watchBalance({ env, config, ctx }, Date.now() + later);
		await waitOnExecutionContext(ctx);
		const lines = warn.mock.calls.map(([line]) => JSON.parse(String(line)).message);
		warn.mockRestore();
		return lines;
	}

	const WARNING = "$1.25 are left at fal, in the account of the admin key ab5c3227. LOW_BALANCE is $5.";
	async function callsTo(): Promise<number> {
		return (await (await sim("/calls?path=/v1/account/billing")).json<Call[]>()).length;
	}

	it("comes once an hour, names the account, and shows no key", async () => {
		const api = anApi();
		expect(await look(api)).toEqual([WARNING]);
		const before = await callsTo();
		expect(await look(api, HOUR_MS - 60_000)).toEqual([]);
		expect(await callsTo()).toBe(before);
		expect(await look(api, HOUR_MS + 60_000)).toEqual([WARNING]);
	});

	it("comes from one of many isolates", async () => {
		const api = anApi();
		await env.IMAGES.put(`balances/${new URL(api).host}`, "");
		expect(await look(api)).toEqual([]);
	});

	it.each([{ LOW_BALANCE: "0" }, { LOW_BALANCE: "1" }, { FAL_ADMIN_KEY: "" }])(
		"does not come with %j",
		async (settings) => {
			expect(await look(anApi(), 0, settings)).toEqual([]);
		},
	);
});

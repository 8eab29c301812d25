import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { aPrompt, ask, askWith } from "../../../test/support/workerd/gateway.ts";

interface Issued {
	readonly id: string;
	readonly key: string;
	readonly redacted_value: string;
}
interface Refused {
	readonly error: { readonly code: string; readonly param: string | null; readonly message: string };
}

/** As the tests' Worker is set. */
const MAX_OPEN = 100_000;
const NOW = Math.floor(Date.now() / 1000);

let account: string;
beforeEach(() => {
	account = `test-${crypto.randomUUID().slice(0, 8)}`;
});

function send(method: string, path: string, body?: unknown): Promise<Response> {
	return ask(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

async function issue(fields: object = {}): Promise<Issued> {
	const response = await send("POST", "/v1/keys", { account, ...fields });
	expect(response.status).toBe(200);
	return response.json();
}

function askBy(key: string, path: string): Promise<Response> {
	return ask(path, { headers: { authorization: `Bearer ${key}` } });
}

async function refusalOf(method: string, path: string, body?: unknown) {
	const response = await send(method, path, body);
	const { error } = await response.json<Refused>();
	return [response.status, error.code, error.param];
}

describe("POST /v1/keys", () => {
	it("issues a key with all that it was given, and shows it this once", async () => {
		const response = await send("POST", "/v1/keys", {
			account,
			name: '  Bob\'s \u0000laptop\n{"a":1} ',
			models: ["darkroom", "fal-ai/flux/dev", "imagen4-preview"],
			max_budget: 12.345678,
			budget_duration: "monthly",
			budget_limits: [{ max_budget: 1, budget_duration: "1d" }],
			rpm_limit: 10,
			max_parallel_requests: 3,
			images_per_day: 50,
			expires_at: NOW + 3600,
			metadata: { team: "7" },
		});
		expect(response.headers.get("cache-control")).toBe("no-store");
		const { key, ...shown } = await response.json<Issued & Record<string, unknown>>();
		expect(key).toMatch(new RegExp(`^sk-dr-${account}-[0-9A-Za-z]{12}-[0-9A-Za-z]{48}$`));
		expect(shown).toEqual({
			id: `key_${account}-${key.split("-").at(-2)}`,
			object: "access_key",
			account,
			name: 'Bob\'s  laptop {"a":1}',
			models: ["imagen4-preview", "flux-dev"],
			max_budget: 12.345678,
			budget_duration: "1mo",
			budget_limits: [{ max_budget: 1, budget_duration: "1d" }],
			rpm_limit: 10,
			max_parallel_requests: 3,
			images_per_day: 50,
			expires_at: NOW + 3600,
			blocked: false,
			webhook_url: null,
			metadata: { team: "7" },
			redacted_value: `sk-dr-…${key.slice(-4)}`,
			created_at: expect.any(Number),
			grace_until: null,
		});
		const again = await send("GET", `/v1/keys/${shown.id}`);
		expect(await again.json()).toEqual({ ...shown, left: expect.any(Array) });
	});

	it("issues one without a limit of the owner's account from an empty body", async () => {
		const response = await send("POST", "/v1/keys", {});
		expect(await response.json()).toMatchObject({
			account: "owner",
			name: "",
			models: null,
			max_budget: null,
			budget_duration: null,
			budget_limits: [],
			rpm_limit: null,
			max_parallel_requests: null,
			images_per_day: null,
			expires_at: null,
			metadata: {},
		});
	});

	it.each<readonly [body: unknown, param: string | null]>([
		[{ account: "Bob" }, "account"],
		[{ account: "@registry" }, "account"],
		[{ account: "" }, "account"],
		[{ account: "a".repeat(33) }, "account"],
		[{ name: "n".repeat(101) }, "name"],
		[{ name: 7 }, "name"],
		[{ models: [] }, "models"],
		[{ models: "darkroom" }, "models"],
		[{ models: Array.from({ length: 101 }, () => "darkroom") }, "models"],
		[{ models: ["darkroom", "m".repeat(201)] }, "models[1]"],
		[{ max_budget: "10" }, "max_budget"],
		[{ max_budget: -0.01 }, "max_budget"],
		[{ max_budget: 1_000_001 }, "max_budget"],
		[{ budget_duration: "2d" }, "budget_duration"],
		[{ budget_duration: "1d" }, "max_budget"],
		[{ budget_duration: "1d", max_budget: null }, "max_budget"],
		[{ budget_duration: 30 }, "budget_duration"],
		[{ budget_limits: [{ max_budget: 1 }] }, "budget_limits[0].budget_duration"],
		[{ budget_limits: [{ budget_duration: "1d" }] }, "budget_limits[0].max_budget"],
		[{ budget_limits: Array.from({ length: 9 }, () => ({ max_budget: 1, budget_duration: "1d" })) }, "budget_limits"],
		[{ rpm_limit: 0 }, "rpm_limit"],
		[{ rpm_limit: 1.5 }, "rpm_limit"],
		[{ max_parallel_requests: 1_000_001 }, "max_parallel_requests"],
		[{ images_per_day: "many" }, "images_per_day"],
		[{ expires_at: NOW - 1 }, "expires_at"],
		[{ expires_at: 253_402_300_800 }, "expires_at"],
		[{ expires_at: "tomorrow" }, "expires_at"],
		[{ blocked: "no" }, "blocked"],
		[{ metadata: { a: 1 } }, "metadata.a"],
		[{ metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, ""])) }, "metadata"],
		[{ max_budgt: 1 }, "max_budgt"],
		[{ id: "key_a-000000000000" }, "id"],
	])("refuses %j, and names the field", async (body, param) => {
		expect(await refusalOf("POST", "/v1/keys", body)).toEqual([400, "invalid_value", param]);
	});

	it("refuses a model that is not offered, by its place", async () => {
		expect(await refusalOf("POST", "/v1/keys", { models: ["darkroom", "no such model"] })).toEqual([
			404,
			"model_not_found",
			"models[1]",
		]);
	});

	it("refuses what is no object", async () => {
		expect(await refusalOf("POST", "/v1/keys", [])).toEqual([400, "invalid_json", null]);
	});

	it("makes keys that work at once, each for its own account", async () => {
		const [one, two] = [await issue(), await issue()];
		expect(one.key).not.toBe(two.key);
		for (const { key, id } of [one, two]) {
			const own = await askBy(key, "/v1/key");
			expect(own.headers.get("cache-control")).toBe("no-store");
			expect(await own.json()).toMatchObject({ object: "key", id, account, scopes: ["make", "read"] });
			expect((await askBy(key, "/v1/models")).status).toBe(200);
		}
	});

	it("lets no issued key issue another", async () => {
		const { key } = await issue();
		const answer = await ask("/v1/keys", { json: {}, headers: { authorization: `Bearer ${key}` } });
		expect(answer.status).toBe(403);
		expect(await answer.json()).toMatchObject({ error: { code: "insufficient_permissions" } });
	});
});

describe("an issued key", () => {
	it("sees the jobs of its account and of no other", async () => {
		const { key } = await issue();
		const mine = { authorization: `Bearer ${key}` };
		const json = { model: "imagen4-preview", prompt: aPrompt("sim:quick") };
		const made = await ask("/v1/images/generations", { json, headers: mine });
		expect(made.status).toBe(200);
		await made.body?.cancel();
		const job = made.headers.get("x-job-id");
		const list = await (await askBy(key, "/v1/jobs")).json<{ data: { id: string }[] }>();
		expect(list.data.map(({ id }) => id)).toEqual([`job_${job}`]);
		expect((await ask(`/v1/jobs/${job}`)).status).toBe(404);
		expect((await ask(`/v1/jobs/${job}?account=${account}`)).status).toBe(200);
		expect((await askBy(key, `/v1/jobs/${job}`)).status).toBe(200);
	});

	it("is named by its one id in the list of jobs, and finds there what it made", async () => {
		const [{ id, key }, other] = [await issue(), await issue()];
		const json = { model: "imagen4-preview", prompt: aPrompt("sim:quick") };
		const made = await ask("/v1/images/generations", { json, headers: { authorization: `Bearer ${key}` } });
		await made.body?.cancel();
		const named = async (name: string) => {
			const list = await ask(`/v1/jobs?account=${account}&key=${name}`);
			return (await list.json<{ data: { id: string; key: string }[] }>()).data.map((job) => [job.id, job.key]);
		};
		const bare = id.slice(-12);
		const jobs = [[`job_${made.headers.get("x-job-id")}`, id]];
		for (const name of [id, id.slice("key_".length), bare]) expect(await named(name)).toEqual(jobs);
		expect(await named(other.id)).toEqual([]);
		expect(await named(`key_another-${bare}`)).toEqual([]);
	});

	it("is known to a Worker with other secrets and another owner", async () => {
		const { key } = await issue();
		const changed = askWith({ FAL_API_KEY: "another:key", WORKER_ACCESS_KEY: "ann=a-key-of-ann-1234", OWNER: "ann" });
		expect((await changed("/v1/models", { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
	});

	it("is shown the models that it may use, and no other", async () => {
		const { key } = await issue({ models: ["darkroom", "fal-ai/some/model"] });
		const list = await (await askBy(key, "/v1/models")).json<{ data: { id: string }[] }>();
		expect(list.data.map(({ id }) => id)).toEqual(["imagen4-preview", "darkroom", "fal-ai/some/model"]);
		expect((await askBy(key, "/v1/models/imagen4-preview")).status).toBe(200);
		expect((await askBy(key, "/v1/models/flux-schnell")).status).toBe(404);
	});

	it("is told its limits", async () => {
		const { key } = await issue({ max_budget: 5, budget_duration: "7d", metadata: { note: "late payer" } });
		const own = await (await askBy(key, "/v1/key")).json<{ limits: object }>();
		expect(own.limits).toMatchObject({ max_budget: 5, budget_duration: "7d", models: null });
		expect(own.limits).not.toHaveProperty("metadata");
	});
});

describe("PATCH /v1/keys/{id}", () => {
	it("changes what it names, clears what is null, and leaves the rest", async () => {
		const { id } = await issue({ name: "Bob", max_budget: 5, rpm_limit: 9, models: ["darkroom"] });
		const changed = await send("PATCH", `/v1/keys/${id}`, { max_budget: null, rpm_limit: 2, models: null });
		expect(await changed.json()).toMatchObject({ id, name: "Bob", max_budget: null, rpm_limit: 2, models: null });
		const all = {
			name: null,
			budget_limits: null,
			max_parallel_requests: 1,
			images_per_day: 1,
			expires_at: null,
			metadata: null,
		};
		expect(await (await send("PATCH", `/v1/keys/${id}`, all)).json()).toMatchObject({ name: "", rpm_limit: 2 });
	});

	it("sets no duration without a budget, and takes both away together", async () => {
		const { id } = await issue();
		const path = `/v1/keys/${id}`;
		expect(await refusalOf("PATCH", path, { budget_duration: "1d" })).toEqual([400, "invalid_value", "max_budget"]);
		const budget = { max_budget: 5, budget_duration: "1d" };
		expect(await (await send("PATCH", path, budget)).json()).toMatchObject(budget);
		const monthly = { ...budget, budget_duration: "1mo" };
		expect(await (await send("PATCH", path, { budget_duration: "1mo" })).json()).toMatchObject(monthly);
		const both = { max_budget: null, budget_duration: "1mo" };
		expect(await refusalOf("PATCH", path, both)).toEqual([400, "invalid_value", "max_budget"]);
		const none = { max_budget: null, budget_duration: null };
		expect(await (await send("PATCH", path, { max_budget: null })).json()).toMatchObject(none);
	});

	it("blocks a key, and lets it go on", async () => {
		const { id, key } = await issue();
		expect((await askBy(key, "/v1/models")).status).toBe(200);
		await send("PATCH", `/v1/keys/${id}`, { blocked: true });
		expect((await askBy(key, "/v1/models")).status).toBe(401);
		await send("PATCH", `/v1/keys/${id}`, { blocked: false });
		expect((await askBy(key, "/v1/models")).status).toBe(200);
	});

	it("ends a key by a time that has passed", async () => {
		const { id, key } = await issue();
		await send("PATCH", `/v1/keys/${id}`, { expires_at: NOW - 60 });
		const answer = await askBy(key, "/v1/models");
		expect(await answer.json()).toMatchObject({ error: { message: expect.stringContaining("has expired") } });
	});

	it("moves no key to another account", async () => {
		const { id } = await issue();
		expect(await refusalOf("PATCH", `/v1/keys/${id}`, { account: "other" })).toEqual([400, "invalid_value", "account"]);
	});
});

describe("POST /v1/keys/{id}/rotate", () => {
	it("ends the secret of before at once", async () => {
		const { id, key } = await issue({ name: "Bob" });
		const rotated = await (await send("POST", `/v1/keys/${id}/rotate`)).json<Issued>();
		expect(rotated).toMatchObject({ id, name: "Bob", grace_until: null });
		expect(rotated.key).not.toBe(key);
		expect(rotated.redacted_value).toBe(`sk-dr-…${rotated.key.slice(-4)}`);
		expect((await askBy(key, "/v1/models")).status).toBe(401);
		expect((await askBy(rotated.key, "/v1/models")).status).toBe(200);
	});

	it("keeps it for a time of grace, also if the rotation is asked for again", async () => {
		const { id, key } = await issue();
		const body = { grace_period: "48h" };
		const first = await (await send("POST", `/v1/keys/${id}/rotate`, body)).json<Issued & { grace_until: number }>();
		const second = await (await send("POST", `/v1/keys/${id}/rotate`, body)).json<Issued>();
		expect(first.grace_until).toBeGreaterThan(NOW + 47 * 3600);
		for (const good of [key, first.key, second.key]) expect((await askBy(good, "/v1/models")).status).toBe(200);
		await send("POST", `/v1/keys/${id}/rotate`, { grace_period: null });
		for (const ended of [key, first.key, second.key]) expect((await askBy(ended, "/v1/models")).status).toBe(401);
	});

	it.each(["31d", "2 days", "", "-1h", 48, "99999999d"])("refuses a grace of %j", async (grace_period) => {
		const { id } = await issue();
		expect(await refusalOf("POST", `/v1/keys/${id}/rotate`, { grace_period })).toEqual([
			400,
			"invalid_value",
			"grace_period",
		]);
	});
});

describe("DELETE /v1/keys/{id}", () => {
	it("revokes a key, once", async () => {
		const { id, key } = await issue();
		expect(await (await send("DELETE", `/v1/keys/${id}`)).json()).toEqual({ id, object: "access_key", deleted: true });
		expect((await askBy(key, "/v1/models")).status).toBe(401);
		expect(await refusalOf("DELETE", `/v1/keys/${id}`)).toEqual([404, "not_found", null]);
		expect(await refusalOf("GET", `/v1/keys/${id}`)).toEqual([404, "not_found", null]);
		expect(await refusalOf("PATCH", `/v1/keys/${id}`, {})).toEqual([404, "not_found", null]);
		expect(await refusalOf("POST", `/v1/keys/${id}/rotate`)).toEqual([404, "not_found", null]);
	});

	it.each(["x", "key_", "key_owner-", `key_Bob-${"0".repeat(12)}`])("knows no '%s'", async (id) => {
		expect(await refusalOf("DELETE", `/v1/keys/${id}`)).toEqual([404, "not_found", null]);
	});
});

describe("what is left", () => {
	it("is told to the key itself and to the owner, with what a running job reserves", async () => {
		const { id, key } = await issue({
			max_budget: 5,
			budget_limits: [{ max_budget: 1.5, budget_duration: "1mo" }],
			images_per_day: 9,
			rpm_limit: 6,
		});
		await ask("/v1/images/generations", {
			json: { model: "imagen4-preview", prompt: aPrompt("sim:hold"), n: 2 },
			headers: { authorization: `Bearer ${key}`, prefer: "respond-async" },
		});
		const now = new Date();
		const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
		const left = [
			{ limit: "max_budget", of: "key", window: null, value: 5, used: 0.2, remaining: 4.8, resets_at: null },
			{
				limit: "budget_limits",
				of: "key",
				window: "1mo",
				value: 1.5,
				used: 0.2,
				remaining: 1.3,
				resets_at: Date.UTC(year, month + 1, 1) / 1000,
			},
			{
				limit: "images_per_day",
				of: "key",
				window: null,
				value: 9,
				used: 2,
				remaining: 7,
				resets_at: Date.UTC(year, month, day + 1) / 1000,
			},
			{ limit: "rpm_limit", of: "key", window: null, value: 6, used: 1, remaining: 5, resets_at: expect.any(Number) },
			{
				limit: "max_open_jobs",
				of: "account",
				window: null,
				value: MAX_OPEN,
				used: 1,
				remaining: MAX_OPEN - 1,
				resets_at: null,
			},
		];
		expect(await (await askBy(key, "/v1/key")).json()).toMatchObject({ left });
		expect(await (await ask(`/v1/keys/${id}`)).json()).toMatchObject({ id, left });
	});

	it("is never less than nothing", async () => {
		const { id, key } = await issue();
		await ask("/v1/images/generations", {
			json: { model: "imagen4-preview", prompt: aPrompt("sim:hold") },
			headers: { authorization: `Bearer ${key}`, prefer: "respond-async" },
		});
		await send("PATCH", `/v1/keys/${id}`, { max_budget: 0.01 });
		expect(await (await askBy(key, "/v1/key")).json()).toMatchObject({ left: [{ used: 0.1, remaining: 0 }, {}] });
	});

	it("of a key of the configuration are its account's open jobs", async () => {
		const left = [{ limit: "max_open_jobs", of: "account", value: 7, resets_at: null }];
		expect(await (await askWith({ MAX_OPEN_JOBS: "7" })("/v1/key")).json()).toMatchObject({ id: null, left });
	});
});

describe("GET /v1/keys", () => {
	it("lists the keys of one account in pages, and never a key itself", async () => {
		const issued = [await issue(), await issue(), await issue()];
		const page = async (query: string) => {
			const text = await (await ask(`/v1/keys?account=${account}${query}`)).text();
			for (const { key } of issued) expect(text).not.toContain(key.slice(-40));
			const read: { data: { id: string }[]; has_more: boolean } = JSON.parse(text);
			return { ids: read.data.map(({ id }) => id), more: read.has_more };
		};
		const all = await page("");
		expect(all.more).toBe(false);
		expect(all.ids.toSorted()).toEqual(issued.map(({ id }) => id).toSorted());
		const first = await page("&limit=2");
		expect(first).toEqual({ ids: all.ids.slice(0, 2), more: true });
		expect(await page(`&limit=2&after=${first.ids[1]}`)).toEqual({ ids: all.ids.slice(2), more: false });
		expect(await refusalOf("GET", `/v1/keys?account=${account}&after=nothing`)).toEqual([404, "not_found", "after"]);
		await ask(`/v1/keys/${first.ids[1]}`, { method: "DELETE" });
		const after = `/v1/keys?account=${account}&after=${first.ids[1]}`;
		expect(await refusalOf("GET", after)).toEqual([404, "not_found", "after"]);
	});

	it("refuses more than a hundred, and what is no account", async () => {
		expect(await refusalOf("GET", "/v1/keys?limit=101")).toEqual([400, "invalid_value", "limit"]);
		expect(await refusalOf("GET", "/v1/keys?account=A")).toEqual([400, "invalid_value", "account"]);
	});
});

it("stores no part of a key but its last four characters", async () => {
	const { key } = await issue({ name: "Bob" });
	const stored = await runInDurableObject(env.ACCOUNT.getByName(account), (_, { storage }) =>
		JSON.stringify(storage.sql.exec("SELECT * FROM keys").toArray()),
	);
	const secret = key.slice(-48);
	expect(stored).toContain(`…${secret.slice(-4)}`);
	for (let at = 0; at + 8 <= secret.length; at += 1) expect(stored).not.toContain(secret.slice(at, at + 8));
});

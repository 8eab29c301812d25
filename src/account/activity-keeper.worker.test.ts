import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aPrompt, ask, eventually } from "../../test/support/workerd/gateway.ts";

const HOUR_MS = 3_600_000;

function registry() {
	return env.ACCOUNT.getByName("@registry");
}

async function active(): Promise<readonly string[]> {
	return registry().activeSince(Math.floor(Date.now() / HOUR_MS) - 1, 10);
}

async function draw(): Promise<void> {
	const prompt = aPrompt("sim:instant");
	expect((await ask("/v1/images/generations", { json: { prompt, response_format: "url" } })).status).toBe(200);
}

it("an account whose first job does not end is known to the registry", async () => {
	const headers = { authorization: "Bearer test-key-of-other", prefer: "respond-async" };
	const made = await ask("/v1/images/generations", { json: { prompt: aPrompt("sim:hold") }, headers });
	expect(made.status).toBe(202);
	await eventually(active, (accounts) => accounts.includes("other"));
	expect(await env.ACCOUNT.getByName("other").counters()).toMatchObject({ open: 1, ended: [] });
});

describe("an account that ended a job", () => {
	it("is known to the registry, and tells it once an hour, evictions or not", async () => {
		await draw();
		await eventually(active, (accounts) => accounts.includes("owner"));

		// If it told again, it would be there again.
		await registry().unlistAccount("owner");
		await evictDurableObject(env.ACCOUNT.getByName("owner"));
		await draw();
		const counted = await env.ACCOUNT.getByName("owner").counters();
		expect(counted.ended.reduce((sum, { jobs }) => sum + jobs, 0)).toBeGreaterThanOrEqual(2);
		expect(await active()).not.toContain("owner");
	});

	it("tells again in the next hour", async () => {
		await draw();
		await runInDurableObject(env.ACCOUNT.getByName("owner"), (_, { storage }) =>
			storage.sql.exec("UPDATE marks SET value = '0' WHERE name = 'told_hour'"),
		);
		await evictDurableObject(env.ACCOUNT.getByName("owner"));
		await registry().unlistAccount("owner");
		await draw();
		await eventually(active, (accounts) => accounts.includes("owner"));
	});
});

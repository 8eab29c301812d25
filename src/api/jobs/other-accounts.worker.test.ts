import { describe, expect, it } from "vitest";
import { aPrompt, ask, eventually } from "../../../test/support/workerd/gateway.ts";
import { requestIdOf } from "../../../test/support/workerd/job-of.ts";

const OTHER = { authorization: "Bearer test-key-of-other" };

/** Makes a job of the account `other`, which waits at fal. */
async function theirJob(): Promise<string> {
	const prompt = aPrompt("sim:hold");
	const made = await ask("/v1/images/generations", {
		json: { model: "imagen4-preview", prompt },
		headers: { ...OTHER, prefer: "respond-async" },
	});
	await requestIdOf(prompt);
	return made.headers.get("x-job-id") ?? "";
}

describe("the owner, for another account", () => {
	it("lists its jobs, and reads, cancels and deletes one", async () => {
		const id = await theirJob();
		const list = await (await ask("/v1/jobs?account=other")).json<{ data: { id: string }[] }>();
		expect(list.data.map((job) => job.id)).toContain(`job_${id}`);
		expect((await ask(`/v1/jobs/${id}`)).status).toBe(404);
		expect((await ask(`/v1/jobs/${id}?account=nobody`)).status).toBe(404);
		const read = await ask(`/v1/jobs/${id}?account=other`);
		expect(await read.json()).toMatchObject({ id: `job_${id}`, status: "queued" });
		const cancelled = await ask(`/v1/jobs/${id}/cancel?account=other`, { method: "POST" });
		expect(await cancelled.json()).toMatchObject({ id: `job_${id}`, status: "cancelling" });
		const removed = await ask(`/v1/jobs/${id}?account=other`, { method: "DELETE" });
		expect(await removed.json()).toMatchObject({ id: `job_${id}`, deleted: true });
		await eventually(
			async () => (await ask(`/v1/jobs/${id}`, { headers: OTHER })).status,
			(status) => status === 404,
		);
	});
});

describe("anybody else", () => {
	it.each([
		["GET", ""],
		["GET", "/ID"],
		["POST", "/ID/cancel"],
		["DELETE", "/ID"],
	])("may not %s /v1/jobs%s of another account, and may name its own", async (method, rest) => {
		const id = await theirJob();
		const path = `/v1/jobs${rest.replace("ID", id)}`;
		const refused = await ask(`${path}?account=owner`, { method, headers: OTHER });
		expect(refused.status).toBe(403);
		expect(await refused.json()).toMatchObject({ error: { code: "insufficient_permissions" } });
		expect((await ask(`${path}?account=other`, { method, headers: OTHER })).status).toBe(200);
	});
});

it("refuses what cannot be an account", async () => {
	const answer = await ask("/v1/jobs?account=@registry");
	expect(answer.status).toBe(400);
	expect(await answer.json()).toMatchObject({ error: { param: "account", code: "invalid_value" } });
});

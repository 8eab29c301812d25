/** Kills a gateway while it erases an account, and expects that it goes on by itself. */
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { readBucket } from "../support/node/box-state.ts";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import { aPrompt } from "../support/node/simulator.ts";

const JOBS = 30;
const ACCOUNT = "doomed";

let gateway: Gateway;
beforeAll(async () => {
	gateway = await startGateway(inject("gateway").simUrl);
}, 60_000);
afterAll(() => gateway.stop());

async function ask(path: string, method = "GET", body?: object, key = gateway.accessKey): Promise<Response> {
	return fetch(`${gateway.url}${path}`, {
		method,
		headers: { authorization: `Bearer ${key}` },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

it("an account is erased to its end after a kill, and keys of others stay good", async () => {
	const issue = async (account: string) => {
		const { key } = (await (await ask("/v1/keys", "POST", { account })).json()) as { key: string };
		return key;
	};
	const [doomed, other] = [await issue(ACCOUNT), await issue("other")];
	const draw = (key: string) =>
		ask("/v1/images/generations", "POST", { model: "imagen4-preview", prompt: aPrompt("sim:quick") }, key);
	for (const answer of await Promise.all(Array.from({ length: JOBS }, () => draw(doomed)))) {
		expect(answer.status).toBe(200);
		await answer.body?.cancel();
	}
	const kept = await draw(other);
	expect(kept.status).toBe(200);
	await kept.body?.cancel();

	// A batch is told to go at once, and the others are left.
	const begun = await ask(`/v1/accounts/${ACCOUNT}`, "DELETE");
	expect(begun.status).toBe(202);
	await gateway.kill();
	await gateway.restart();

	await expect
		.poll(() => readBucket(gateway.state).keys, { timeout: 60_000, interval: 1_000 })
		.toEqual([`images/${kept.headers.get("x-job-id")}/0.png`]);
	const done = await ask(`/v1/accounts/${ACCOUNT}`, "DELETE");
	expect(await done.json()).toMatchObject({ deleted: true, jobs_left: 0 });
	expect((await ask("/v1/models", "GET", undefined, doomed)).status).toBe(401);
	expect((await ask("/v1/models", "GET", undefined, other)).status).toBe(200);
	const listed = (await (await ask("/v1/accounts")).json()) as { data: { name: string }[] };
	expect(listed.data.map(({ name }) => name)).toEqual(["other", "owner"]);
}, 90_000);

/** Kills a gateway whose first account at fal is refused, right behind the submit of the second one, and starts it again. */
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { contentOf } from "../support/chunks.ts";
import { eventually } from "../support/eventually.ts";
import { viewJob } from "../support/node/chat-client.ts";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import {
	beginWatched,
	expectWholeStream,
	PICTURE_LINK,
	type Reached,
	reachAll,
	reachQueue,
	type WatchedCase,
	type WatchedState,
	waitUntilStored,
} from "../support/node/kill-cases.ts";
import { callsOf, submitsOf } from "../support/node/simulator.ts";

/** Nobody but fal's list of requests, or its status, can tell the gateway what became of a submit. */
const WITHOUT_WEBHOOK = { PUBLIC_URL: "", FAL_API_KEY: "empty:key,test:key" };
const EMPTY = "sim:hold sim:submit=403 sim:account=empty";

const STATES: Readonly<Record<string, WatchedState>> = {
	submitting: { words: `${EMPTY} sim:elsewhere=hangs`, reach: requestOf, whileDown: finish },
	queued: { words: EMPTY, reach: reachQueue, whileDown: finish },
};

let gateway: Gateway;
let reached: Reached<WatchedCase>;

beforeAll(async () => {
	gateway = await startGateway(inject("gateway").simUrl, WITHOUT_WEBHOOK);
	reached = await reachAll(STATES, (state: WatchedState) => beginWatched(gateway, state));
	await gateway.kill();
	await reached.whileDown();
	await gateway.restart();
});
afterAll(() => gateway.stop());

/** Waits until the second account has the request. */
async function requestOf({ prompt }: WatchedCase): Promise<string> {
	const submits = await eventually(
		() => submitsOf(gateway, prompt),
		(all) => all.some(({ requestId }) => requestId !== null),
	);
	return submits.find(({ requestId }) => requestId !== null)?.requestId ?? "";
}

async function finish(one: WatchedCase): Promise<void> {
	const url = `${gateway.simUrl}/sim/requests/${await requestOf(one)}/finish`;
	await (await fetch(url, { method: "POST" })).text();
}

describe("after its gateway was killed, a request of the second account", () => {
	it.concurrent.each([
		["submitting", [403, 0]],
		["queued", [403, 200]],
	])("that was %s gets its picture, and is submitted no more", async (state, statuses) => {
		const one = reached.of(state);
		const lines = await expectWholeStream(one);
		expect(contentOf(lines).match(PICTURE_LINK)).toHaveLength(1);
		await waitUntilStored(one);
		expect((await viewJob(gateway, one.job)).status).toBe("succeeded");
		expect((await submitsOf(gateway, one.prompt)).map(({ status }) => status)).toEqual(statuses);
		// The other account was asked for nothing but that.
		const calls = (await callsOf(gateway, one.prompt)).filter(({ account }) => account === "empty");
		expect(calls.map(({ method, status }) => [method, status])).toEqual([["POST", 403]]);
	});
});

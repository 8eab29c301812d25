/** Kills a gateway that fal cannot reach by webhook, with requests in several states, and starts it again. */
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { viewJob } from "../support/node/chat-client.ts";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import {
	beginUnwatched,
	beginWatched,
	type Case,
	expectPicture,
	expectPictureWithoutReader,
	expectWholeStream,
	finish,
	type Reached,
	reachAll,
	reachQueue,
	reachUnwatchedRun,
	type State,
	type WatchedCase,
	type WatchedState,
} from "../support/node/kill-cases.ts";
import { requestIdOf, submitsOf } from "../support/node/simulator.ts";

const WATCHED: Readonly<Record<string, WatchedState>> = {
	submitting: { words: "sim:hold sim:answer-hangs", reach: requestIdOf },
	queued: { words: "sim:hold", reach: reachQueue, whileDown: finish },
};
const UNWATCHED: Readonly<Record<string, State<Case>>> = {
	running: { words: "sim:hold", reach: reachUnwatchedRun, whileDown: finish },
};

let gateway: Gateway;
let watched: Reached<WatchedCase>;
let unwatched: Reached<Case>;

beforeAll(async () => {
	// The gateway asks for no webhook if its origin is a loopback address.
	gateway = await startGateway(inject("gateway").simUrl, { PUBLIC_URL: "" });
	[watched, unwatched] = await Promise.all([
		reachAll(WATCHED, (state: WatchedState) => beginWatched(gateway, state)),
		reachAll(UNWATCHED, (state: State<Case>) => beginUnwatched(gateway, state)),
	]);
	await gateway.kill();
	await Promise.all([watched.whileDown(), unwatched.whileDown()]);
	await gateway.restart();
});
afterAll(() => gateway.stop());

describe("after its gateway was killed, a request without a webhook", () => {
	it.concurrent("that was being submitted fails as one of unknown outcome, and is not submitted again", async () => {
		const one = watched.of("submitting");
		const lines = await expectWholeStream(one);
		expect(lines.flatMap(({ error }) => error?.code ?? [])).toEqual(["upstream_outcome_unknown"]);
		const { status, error, images } = await viewJob(one.gateway, one.job);
		expect([status, error?.code, images]).toEqual(["failed", "upstream_outcome_unknown", []]);
		expect(await submitsOf(one.gateway, one.prompt)).toHaveLength(1);
	});

	it.concurrent("that waited in the queue gets its picture when its client resumes", async () => {
		const one = watched.of("queued");
		await expectWholeStream(one);
		await expectPicture(one);
	});

	it.concurrent("that was running gets its picture without a reader", () =>
		expectPictureWithoutReader(unwatched.of("running")));
});

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
	submitting: { words: "sim:hold sim:answer-hangs", reach: requestIdOf, whileDown: finish },
	queued: { words: "sim:hold", reach: reachQueue, whileDown: finish },
};
const UNWATCHED: Readonly<Record<string, State<Case>>> = {
	running: { words: "sim:hold", reach: reachUnwatchedRun, whileDown: finish },
	submitting: { words: "sim:hold sim:answer-hangs", reach: requestIdOf, whileDown: finish },
};
const FORBIDDEN: Readonly<Record<string, WatchedState>> = {
	submitting: { words: "sim:hold sim:answer-hangs", reach: requestIdOf, whileDown: finish },
};

let gateway: Gateway;
/** Its key may not read fal's list of requests. */
let withoutList: Gateway;
let watched: Reached<WatchedCase>;
let unwatched: Reached<Case>;
let forbidden: Reached<WatchedCase>;

beforeAll(async () => {
	const { simUrl } = inject("gateway");
	// A gateway asks for no webhook if its origin is a loopback address.
	[gateway, withoutList] = await Promise.all([
		startGateway(simUrl, { PUBLIC_URL: "" }),
		startGateway(simUrl, { PUBLIC_URL: "", FAL_API_KEY: "no-list-key:secret" }),
	]);
	[watched, unwatched, forbidden] = await Promise.all([
		reachAll(WATCHED, (state: WatchedState) => beginWatched(gateway, state)),
		reachAll(UNWATCHED, (state: State<Case>) => beginUnwatched(gateway, state)),
		reachAll(FORBIDDEN, (state: WatchedState) => beginWatched(withoutList, state)),
	]);
	await Promise.all([gateway.kill(), withoutList.kill()]);
	await Promise.all([watched.whileDown(), unwatched.whileDown(), forbidden.whileDown()]);
	await Promise.all([gateway.restart(), withoutList.restart()]);
});
afterAll(() => Promise.all([gateway.stop(), withoutList.stop()]));

describe("after its gateway was killed, a request without a webhook", () => {
	it.concurrent("that was being submitted is found in fal's list, and gets its picture when its client resumes", async () => {
		const one = watched.of("submitting");
		const lines = await expectWholeStream(one);
		expect(lines.flatMap(({ error }) => error?.code ?? [])).toEqual([]);
		await expectPicture(one);
	});

	it.concurrent("that was being submitted is found in fal's list without a reader", async () => {
		const one = unwatched.of("submitting");
		// Its alarm fires only after the time that fal has for an answer, but a look at the job wakes it.
		await viewJob(one.gateway, one.job);
		await expectPictureWithoutReader(one);
	});

	it.concurrent("that was being submitted fails as one of unknown outcome if the list is forbidden, and is not submitted again", async () => {
		const one = forbidden.of("submitting");
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

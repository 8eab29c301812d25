/**
 * Kills a gateway as an operating system does, with one request in each state, and starts it again with the state that it left. Each
 * test then looks at one of the requests.
 */
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { contentOf, reasoningOf } from "../support/chunks.ts";
import { readBucket } from "../support/node/box-state.ts";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import {
	beginUnwatched,
	beginWatched,
	type Case,
	expectPicture,
	expectPictureWithoutReader,
	expectWholeStream,
	FILE,
	finish,
	PICTURE_LINK,
	QUEUED,
	RESULT,
	type Reached,
	RUNNING,
	reachAll,
	reachQueue,
	reachRun,
	reachUnwatchedRun,
	type State,
	startRun,
	type WatchedCase,
	type WatchedState,
	waitForCall,
	waitUntilStored,
} from "../support/node/kill-cases.ts";
import { requestIdOf, steer } from "../support/node/simulator.ts";

const STORING = "Fetching the picture";
const CONNECTION_LOST = "The connection to fal broke";

const WATCHED: Readonly<
	Record<
		string,
		WatchedState & { /** Progress lines that the whole stream has once. */ readonly shows: readonly string[] }
	>
> = {
	"was being submitted: fal had it, but no answer had come": {
		words: "sim:hold sim:answer-hangs",
		reach: requestIdOf,
		afterResume: async (one, resumed) => {
			await resumed.waitFor(CONNECTION_LOST);
			await finish(one);
		},
		shows: [CONNECTION_LOST, STORING],
	},
	"was being submitted, and fal is done before the gateway is back": {
		words: "sim:hold sim:answer-hangs",
		reach: requestIdOf,
		whileDown: finish,
		shows: [CONNECTION_LOST, STORING],
	},
	"was being submitted: fal had it, but no answer and no webhook comes": {
		words: "sim:hold sim:answer-hangs sim:webhook=never",
		reach: requestIdOf,
		afterResume: async (one, resumed) => {
			await resumed.waitFor(QUEUED);
			await finish(one);
		},
		shows: [CONNECTION_LOST, STORING],
	},
	"was being submitted, and fal is done before the gateway is back, but no webhook comes": {
		words: "sim:hold sim:answer-hangs sim:webhook=never",
		reach: requestIdOf,
		whileDown: finish,
		shows: [CONNECTION_LOST, STORING],
	},
	"waited in the queue": {
		words: "sim:hold",
		reach: reachQueue,
		afterResume: async (one, resumed) => {
			await startRun(one);
			await resumed.waitFor(RUNNING);
			await finish(one);
		},
		shows: [QUEUED, RUNNING, STORING],
	},
	"was running": { words: "sim:hold", reach: reachRun, afterResume: finish, shows: [QUEUED, RUNNING, STORING] },
	"was running, and fal is done before the gateway is back": {
		words: "sim:hold",
		reach: reachRun,
		whileDown: finish,
		shows: [QUEUED, RUNNING, STORING],
	},
	"was running, and fal is done before the gateway is back, but no webhook comes": {
		words: "sim:hold sim:webhook=never",
		reach: reachRun,
		whileDown: finish,
		shows: [QUEUED, RUNNING, STORING],
	},
	"was done at fal, but its result could not be fetched": {
		words: "sim:hold sim:webhook=never sim:result=500",
		reach: async (one) => {
			await reachQueue(one);
			await finish(one);
			await waitForCall(one, RESULT, 500);
		},
		afterResume: (one) => steer(one, "webhook"),
		shows: [QUEUED, STORING],
	},
	"was being stored from a CDN that fails": {
		words: "sim:quick sim:file=500",
		reach: (one) => waitForCall(one, FILE, 500),
		shows: [STORING],
	},
	"was being stored, half of it, from a CDN that hangs": {
		words: "sim:quick sim:file=hangs sim:file-faults=1",
		reach: (one) => waitForCall(one, FILE),
		shows: [STORING],
	},
	"was being stored from a CDN that breaks off": {
		words: "sim:quick sim:file=truncated",
		reach: (one) => waitForCall(one, FILE),
		shows: [STORING],
	},
	"had succeeded": { words: "sim:quick", reach: ({ reading }) => reading.ended, shows: [STORING] },
};

/** Requests that nobody waits for: only the object's log and its alarm are left to continue them. */
const UNWATCHED: Readonly<Record<string, State<Case>>> = {
	"was being submitted": { words: "sim:hold sim:answer-hangs", reach: requestIdOf, whileDown: finish },
	"was running": { words: "sim:hold sim:webhook=never", reach: reachUnwatchedRun, whileDown: finish },
};

/** The alarm of this one comes only after the time that a picture may take. A reader wakes it before. */
const STORED_ON_DEMAND: Readonly<Record<string, State<Case>>> = {
	storing: { words: "sim:quick sim:file=hangs sim:file-faults=1", reach: (one) => waitForCall(one, FILE) },
};

let gateway: Gateway;
let watched: Reached<WatchedCase>;
let unwatched: Reached<Case>;
/** Jobs that have their picture. */
const drawn = new Set<string>();

beforeAll(async () => {
	gateway = await startGateway(inject("gateway").simUrl);
	[watched, unwatched] = await Promise.all([
		reachAll(WATCHED, (state: WatchedState) => beginWatched(gateway, state)),
		reachAll({ ...UNWATCHED, ...STORED_ON_DEMAND }, (state: State<Case>) => beginUnwatched(gateway, state)),
	]);
	await gateway.kill();
	await Promise.all([watched.whileDown(), unwatched.whileDown()]);
	await gateway.restart();
});
afterAll(() => gateway.stop());

describe("after its gateway was killed, a request that", () => {
	it.concurrent.each(Object.entries(WATCHED))("%s streams every line once to its client", async (name, state) => {
		const one = watched.of(name);
		const lines = await expectWholeStream(one, state.afterResume);
		const progress = reasoningOf(lines);
		const counts = state.shows.map((words) => progress.split(words).length - 1);
		expect(counts).toEqual(state.shows.map(() => 1));
		const url = await expectPicture(one);
		drawn.add(one.job);
		expect([...contentOf(lines).matchAll(PICTURE_LINK)].map(([, link]) => link)).toEqual([url]);
	});

	it.concurrent.each(Object.keys(UNWATCHED))("%s gets its picture without a reader", async (name) => {
		const one = unwatched.of(name);
		await expectPictureWithoutReader(one);
		drawn.add(one.job);
	});

	it.concurrent("was being stored continues when its job is read", async () => {
		const one = unwatched.of("storing");
		await waitUntilStored(one);
		await expectPicture(one);
		drawn.add(one.job);
	});

	it("was stored has one object in the bucket, and there is no other object but fal's prices", async () => {
		await gateway.kill();
		const expected = [...drawn].map((job) => `images/${job}/0.png`);
		expect(readBucket(gateway.state).keys).toEqual(expected.toSorted());
	});
});

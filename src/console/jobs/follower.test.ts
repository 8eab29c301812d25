import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeJob } from "../../../test/support/console-jobs.ts";
import { err, ok } from "../../result.ts";
import type { Api } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import { Entries } from "./entries.ts";

const LONG_MS = 120_000;
const ID = makeJob().id;

beforeEach(() => {
	vi.useFakeTimers();
	// Those of a browser.
	vi.stubGlobal("navigator", { onLine: true });
	vi.stubGlobal("addEventListener", () => {});
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** Follows jobs with a gateway that is out of reach until `heal` is called. */
async function makeFollower() {
	const [{ Follower }, { connection }] = await Promise.all([import("./follower.ts"), import("./network.ts")]);
	let isReached = false;
	const ask = async () => (isReached ? ok(makeJob() as never) : err<Failure>({ kind: "unreachable" }));
	const api: Api = { ask, open: () => Promise.reject(new Error("no stream is opened")) };
	const entries = new Entries(() => {});
	entries.take([makeJob()]);
	const heal = () => {
		isReached = true;
	};
	return { follower: new Follower(api, entries, () => {}), connection, heal };
}

describe("a job that cannot be reached", () => {
	it("is not said to be tried again if it was asked for once", async () => {
		const { follower, connection } = await makeFollower();
		expect(await follower.load(ID)).toBe(false);
		await vi.advanceTimersByTimeAsync(LONG_MS);
		expect(connection.value).toBe("online");
		// Nothing is looked for any more.
		expect(vi.getTimerCount()).toBe(0);
	});

	it("is said to be tried again while it is followed", async () => {
		const { follower, connection, heal } = await makeFollower();
		follower.apply(new Map([[ID, { by: "poll", everyMs: 4_000 }]]));
		await vi.advanceTimersByTimeAsync(LONG_MS);
		expect(connection.value).toBe("reconnecting");
		heal();
		await vi.advanceTimersByTimeAsync(LONG_MS);
		expect(connection.value).toBe("online");
		follower.stop();
	});
});

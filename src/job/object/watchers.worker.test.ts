import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { play, start } from "../../../test/support/logs.ts";
import { eventually } from "../../../test/support/workerd/gateway.ts";
import { CLOSE } from "../watch/protocol.ts";
import { createWatchers, type Watchers } from "./watchers.ts";

const BACKLOG = play([start()]);
const STREAM = "https://queue.test/status/stream";

/** A watcher as a test plays it. */
interface PlayedWatcher {
	/** The object's end. */
	readonly socket: WebSocket;
	/** The watcher's end. */
	readonly far: WebSocket;
	readonly messages: unknown[];
	readonly closed: Promise<number>;
}

/** Works in the object of a job that does not exist, so that only the test sends and asks. */
function withWatchers(
	work: (
		watchers: Watchers,
		join: (knowsSlots?: boolean) => PlayedWatcher,
		reopen: () => Watchers,
	) => void | Promise<void>,
): Promise<void> {
	return runInDurableObject(env.JOB.get(env.JOB.newUniqueId()), async (_, ctx) => {
		const watchers = createWatchers(ctx);
		const join = (knowsSlots = true): PlayedWatcher => {
			const { 0: far, 1: socket } = new WebSocketPair();
			const messages: unknown[] = [];
			const { promise: closed, resolve } = Promise.withResolvers<number>();
			far.addEventListener("message", ({ data }) => {
				messages.push(JSON.parse(String(data)));
			});
			far.addEventListener("close", ({ code }) => resolve(code));
			watchers.add(socket, BACKLOG, { knowsSlots });
			far.accept();
			return { socket, far, messages, closed };
		};
		await work(watchers, join, () => createWatchers(ctx));
	});
}

function gets({ messages }: PlayedWatcher, ...expected: readonly unknown[]) {
	return eventually(
		async () => messages,
		(seen) => JSON.stringify(seen) === JSON.stringify(expected),
	);
}

const backlog = { type: "events", events: BACKLOG };
const follow = { type: "follow", streamUrl: STREAM };
const unfollowed = JSON.stringify({ type: "unfollowed" });

describe("watchers", () => {
	it("get the backlog, and then what all get", () =>
		withWatchers(async (watchers, join) => {
			const one = join();
			watchers.send([{ type: "completed", seq: 3, at: 1 }]);
			const two = join();
			watchers.send([{ type: "cancelled", seq: 4, at: 2 }]);
			const third = { type: "events", events: [{ type: "completed", seq: 3, at: 1 }] };
			const fourth = { type: "events", events: [{ type: "cancelled", seq: 4, at: 2 }] };
			await gets(one, backlog, third, fourth);
			await gets(two, backlog, fourth);
		}));

	it("count as long as their socket is open", () =>
		withWatchers(async (watchers, join) => {
			expect(watchers.watched()).toBe(false);
			const { socket } = join();
			expect(watchers.watched()).toBe(true);
			socket.close(1000);
			expect(watchers.watched()).toBe(false);
		}));

	it("do not miss what is sent while one of them is gone", () =>
		withWatchers(async (watchers, join) => {
			const [gone, stays] = [join(), join()];
			gone.socket.close(1000);
			watchers.send([{ type: "completed", seq: 3, at: 1 }]);
			await gets(stays, backlog, { type: "events", events: [{ type: "completed", seq: 3, at: 1 }] });
		}));

	it("are all told when the job is deleted", () =>
		withWatchers(async (watchers, join) => {
			const both = [join(), join()];
			watchers.closeAll();
			expect(watchers.watched()).toBe(false);
			for (const { far, closed } of both) {
				expect(await closed).toBe(CLOSE.other);
				far.close();
			}
		}));
});

describe("the follower", () => {
	it("is one watcher, asked once", () =>
		withWatchers(async (watchers, join) => {
			watchers.askToFollow([{ slot: 0, streamUrl: STREAM }]);
			expect(watchers.followed()).toEqual([]);
			const [one, two] = [join(), join()];
			watchers.askToFollow([{ slot: 0, streamUrl: STREAM }]);
			watchers.askToFollow([{ slot: 0, streamUrl: STREAM }]);
			expect(watchers.followed()).toEqual([0]);
			const asked = await eventually(
				async () => [one, two].map(({ messages }) => messages.length).toSorted(),
				([, most]) => (most ?? 0) > 1,
			);
			expect(asked).toEqual([1, 2]);
			expect([...one.messages, ...two.messages]).toContainEqual(follow);
		}));

	it("is another watcher when the first one could not follow, and nobody when none can", () =>
		withWatchers(async (watchers, join) => {
			const one = join();
			watchers.askToFollow([{ slot: 0, streamUrl: STREAM }]);
			await gets(one, backlog, follow);
			expect(watchers.receive(one.socket, unfollowed)).toEqual({ type: "unfollowed" });
			expect(watchers.followed()).toEqual([]);
			watchers.askToFollow([{ slot: 0, streamUrl: STREAM }]);
			expect(watchers.followed()).toEqual([]);
			const two = join();
			watchers.askToFollow([{ slot: 0, streamUrl: STREAM }]);
			await gets(two, backlog, follow);
			await gets(one, backlog, follow);
		}));

	it("is another watcher when the first one has left", () =>
		withWatchers(async (watchers, join) => {
			const one = join();
			watchers.askToFollow([{ slot: 0, streamUrl: STREAM }]);
			one.socket.close(1000);
			expect(watchers.followed()).toEqual([]);
			const two = join();
			watchers.askToFollow([{ slot: 0, streamUrl: STREAM }]);
			await gets(two, backlog, follow);
		}));

	it("is still known to the next instance", () =>
		withWatchers((watchers, join, reopen) => {
			join();
			watchers.askToFollow([{ slot: 0, streamUrl: STREAM }]);
			expect([reopen().watched(), reopen().followed()]).toEqual([true, [0]]);
		}));

	const streams = Array.from({ length: 10 }, (_, slot) => ({ slot, streamUrl: `${STREAM}?${slot}` }));
	const followOf = (slot: number) => ({
		type: "follow",
		streamUrl: `${STREAM}?${slot}`,
		...(slot === 0 ? {} : { slot }),
	});

	it("follows four slots at most, and another one for each that has ended", () =>
		withWatchers(async (watchers, join) => {
			const one = join();
			watchers.askToFollow(streams);
			await gets(one, backlog, ...[0, 1, 2, 3].map(followOf));
			watchers.askToFollow(streams.filter(({ slot }) => slot !== 2 && slot !== 0));
			await gets(one, backlog, ...[0, 1, 2, 3, 4, 5].map(followOf));
			expect(watchers.followed()).toEqual([0, 1, 2, 3, 4, 5]);
		}));

	it("shares the slots with another watcher", () =>
		withWatchers(async (watchers, join) => {
			const both = [join(), join()];
			watchers.askToFollow(streams);
			const asked = await eventually(
				async () => both.flatMap(({ messages }) => messages.slice(1)),
				(seen) => seen.length === 8,
			);
			expect(asked).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 5, 6, 7].map(followOf)));
			expect(watchers.followed()).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 5, 6, 7]));
		}));

	it("gives up one slot, keeps the others, and is asked no more", () =>
		withWatchers(async (watchers, join) => {
			const one = join();
			watchers.askToFollow(streams.slice(0, 3));
			const message = JSON.stringify({ type: "unfollowed", slot: 1 });
			expect(watchers.receive(one.socket, message)).toEqual({ type: "unfollowed", slot: 1 });
			expect(watchers.followed()).toEqual([0, 2]);
			watchers.askToFollow(streams.slice(0, 3));
			await gets(one, backlog, ...[0, 1, 2].map(followOf));
		}));

	it("of a deploy from before there were slots follows slot 0 only", () =>
		withWatchers(async (watchers, join) => {
			const one = join(false);
			watchers.askToFollow(streams);
			watchers.askToFollow(streams.slice(1));
			await gets(one, backlog, followOf(0));
			expect(watchers.followed()).toEqual([0]);
		}));
});

describe("a message", () => {
	it("is read, or null if it cannot be", () =>
		withWatchers((watchers, join) => {
			const { socket } = join();
			const status = { type: "status", status: { kind: "queued", position: 1 } };
			expect(watchers.receive(socket, JSON.stringify(status))).toEqual(status);
			for (const junk of ["", "{}", "ping", new ArrayBuffer(3)]) expect(watchers.receive(socket, junk)).toBeNull();
		}));
});

import { describe, expect, it } from "vitest";
import { type Connection, nextConnection } from "./connection-state.ts";

describe("the connection", () => {
	it.each<readonly [name: string, before: Connection, isOnline: boolean, failingMs: number | null, after: Connection]>([
		["all is well", "online", true, null, "online"],
		["a short break", "online", true, 900, "online"],
		["a longer break", "online", true, 1_000, "reconnecting"],
		["no network", "online", false, null, "offline"],
		["no network in a break", "reconnecting", false, 5_000, "offline"],
		["a network again, and nothing gets through yet", "offline", true, 0, "reconnecting"],
		["a network again", "offline", true, null, "reconnected"],
		["all gets through again", "reconnecting", true, null, "reconnected"],
		["still said", "reconnected", true, null, "reconnected"],
		["a break after it", "reconnected", true, 1_500, "reconnecting"],
	])("%s", (_, before, isOnline, failingMs, after) => {
		const failingSince = failingMs === null ? null : 10_000 - failingMs;
		const state = nextConnection({ connection: before, since: 9_000 }, { isOnline, failingSince }, 10_000);
		expect(state).toEqual({ connection: after, since: before === after ? 9_000 : 10_000 });
	});

	it("is quiet again four seconds after it came back", () => {
		const back = { connection: "reconnected", since: 9_000 } as const;
		const signs = { isOnline: true, failingSince: null };
		expect(nextConnection(back, signs, 12_999)).toBe(back);
		expect(nextConnection(back, signs, 13_000)).toEqual({ connection: "online", since: 13_000 });
	});
});

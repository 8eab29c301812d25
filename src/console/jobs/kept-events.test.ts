import { describe, expect, it } from "vitest";
import { ACCEPTED, makeEntry, makeEvents } from "../../../test/support/console-jobs.ts";
import { readKept, toKept } from "./kept-events.ts";

const RUNNING = makeEntry({ id: "job_a", events: makeEvents(ACCEPTED, { type: "running", logs: ["1%"] }) });
const ENDED = makeEntry({ id: "job_b", events: makeEvents(ACCEPTED, { type: "cancelled" }) });

describe("events that are kept over a reload", () => {
	it("are those of jobs that go on", () => {
		expect(readKept(toKept("me", [RUNNING, ENDED]), "me")).toEqual(new Map([["job_a", RUNNING.events]]));
		expect(toKept("me", [ENDED])).toBeNull();
	});

	it("are nobody else's", () => {
		expect(readKept(toKept("me", [RUNNING]), "you").size).toBe(0);
	});

	it("have no gap, or are left out", () => {
		const events = RUNNING.events.slice(1);
		expect(readKept(toKept("me", [{ ...RUNNING, events }]), "me").size).toBe(0);
	});

	it.each([null, "{", "[]", '{"account":"me"}', '{"account":"me","jobs":{"a":5}}'])("are no loss: %s", (text) => {
		expect(readKept(text, "me").size).toBe(0);
	});

	it("take a bounded place", () => {
		const logs = Array<string>(20).fill("x".repeat(500));
		const long = Array.from({ length: 60 }, (_, at) =>
			makeEntry({ id: `job_${at}`, events: makeEvents(ACCEPTED, { type: "running", logs }) }),
		);
		const kept = readKept(toKept("me", long), "me");
		expect([...kept.keys()].slice(0, 2)).toEqual(["job_0", "job_1"]);
		expect(kept.size).toBeLessThan(60);
	});
});

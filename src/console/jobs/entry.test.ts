import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	ACCEPTED,
	ACCEPTED_AT,
	makeDraft,
	makeEntry,
	makeEvents,
	makeJob,
	makeListedJob,
} from "../../../test/support/console-jobs.ts";
import { hasEnded, isGoingOn, lastOf, withEvents, withJob } from "./entry.ts";

const EVENTS = makeEvents(ACCEPTED, { type: "submitting" }, { type: "running", logs: ["1%"] }, { type: "succeeded" });

describe("events", () => {
	it("are kept in their order", () => {
		expect(withEvents(makeEntry(), EVENTS).events).toEqual(EVENTS);
	});

	it("that come twice are dropped, and counted", () => {
		const entry = withEvents(withEvents(makeEntry(), EVENTS.slice(0, 3)), EVENTS);
		expect(entry.events).toEqual(EVENTS);
		expect(entry.repeated).toBe(3);
	});

	it("come to the same in any order, and any number of times", () => {
		const pieces = fc.array(fc.subarray([...EVENTS], { minLength: 1 }), { maxLength: 6 });
		fc.assert(
			fc.property(pieces, (parts) => {
				const entry = parts.reduce(withEvents, makeEntry());
				const seen = new Set(parts.flat());
				expect(entry.events).toEqual(EVENTS.filter((event) => seen.has(event)));
				expect(entry.repeated).toBe(parts.flat().length - seen.size);
			}),
		);
	});

	it("leave the entry as it is if none is new", () => {
		const entry = makeEntry({ events: EVENTS });
		expect(withEvents(entry, [])).toBe(entry);
	});

	it("go on behind the last one without a gap", () => {
		expect(lastOf({ events: [] })).toBe(0);
		expect(lastOf({ events: EVENTS })).toBe(4);
		expect(lastOf({ events: [...EVENTS.slice(0, 2), ...EVENTS.slice(3)] })).toBe(2);
	});
});

describe("answers", () => {
	it("replace the one before", () => {
		const entry = withJob(makeEntry({ job: makeJob() }), makeJob({ status: "in_progress" }));
		expect(entry.job?.status).toBe("in_progress");
	});

	it("of the list leave what only the whole one has", () => {
		const before = makeJob({ progress: { queue_position: 2, logs: ["1%"] } });
		const request = { ...before.request, prompt: "a long prompt, whole" };
		const row = makeListedJob({
			status: "succeeded",
			ended_at: ACCEPTED_AT + 9,
			request: { ...request, size: "9:16", prompt: "a long" },
		});
		expect(withJob(makeEntry({ job: { ...before, request } }), row).job).toEqual({
			...before,
			status: "succeeded",
			ended_at: ACCEPTED_AT + 9,
			request: { ...request, size: "9:16" },
		});
	});

	it("that overtake each other do not take an end back", () => {
		const ended = makeEntry({ job: makeJob({ status: "failed", ended_at: ACCEPTED_AT + 1 }) });
		expect(withJob(ended, makeJob({ status: "in_progress" }))).toBe(ended);
	});
});

describe("an end", () => {
	it("is told by an answer or by an event", () => {
		expect(hasEnded(makeEntry())).toBe(false);
		expect(hasEnded(makeEntry({ job: makeJob(), events: EVENTS.slice(0, 3) }))).toBe(false);
		expect(hasEnded(makeEntry({ events: EVENTS }))).toBe(true);
		expect(hasEnded(makeEntry({ job: makeJob({ ended_at: ACCEPTED_AT }) }))).toBe(true);
	});
});

describe("an entry", () => {
	const sending = { draft: makeDraft(), idempotencyKey: "k", since: 1, failure: null, isAnswered: false };

	it("goes on before there is a job, and until its end", () => {
		expect(isGoingOn(makeEntry({ sending }))).toBe(true);
		expect(isGoingOn(makeEntry({ sending: { ...sending, failure: { kind: "unreachable" } } }))).toBe(false);
		expect(isGoingOn(makeEntry({ job: makeJob() }))).toBe(true);
		expect(isGoingOn(makeEntry({ job: makeJob({ ended_at: ACCEPTED_AT }) }))).toBe(false);
	});
});

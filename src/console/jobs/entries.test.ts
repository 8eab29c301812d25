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
import { Entries } from "./entries.ts";

const SENDING = { draft: makeDraft(), idempotencyKey: "k", since: 1, failure: null, isAnswered: false };
const LOCAL = makeEntry({ id: "local-1", key: "local-1", sending: SENDING });

function open(entries: Entries): readonly string[] {
	return entries.candidates().map(({ id }) => id);
}

describe("a request of this page", () => {
	it("comes first, and is not followed before there is a job", () => {
		const entries = new Entries(() => {});
		entries.addFresh(LOCAL);
		entries.addFresh({ ...LOCAL, id: "local-2" });
		expect(entries.fresh.value).toEqual(["local-2", "local-1"]);
		expect(open(entries)).toEqual([]);
	});

	it("goes on as its job: a card of the first id too", () => {
		const entries = new Entries(() => {});
		entries.addFresh(LOCAL);
		const card = entries.signalOf("local-1");
		entries.see("local-1");
		entries.adopt("local-1", "job_aa");
		expect(entries.fresh.value).toEqual(["job_aa"]);
		expect(card.value).toMatchObject({ id: "job_aa", key: "local-1", sending: { isAnswered: true } });
		expect(entries.candidates()).toMatchObject([{ id: "job_aa", isSeen: true, isLate: false }]);
		entries.take([makeJob({ status: "in_progress" })]);
		expect(card.value?.job?.status).toBe("in_progress");
	});

	it("takes what the list has told of its job before its answer came", () => {
		const entries = new Entries(() => {});
		entries.addFresh(LOCAL);
		entries.take([makeListedJob({ status: "in_progress" })]);
		entries.update("job_aa", (entry) => ({ ...entry, events: makeEvents(ACCEPTED) }));
		entries.adopt("local-1", "job_aa");
		expect(entries.get("job_aa")).toMatchObject({ key: "local-1", job: { status: "in_progress" }, events: [{}] });
		expect(open(entries)).toEqual(["job_aa"]);
	});
});

describe("jobs of the list", () => {
	it("are followed until they end, and while a picture may still come", () => {
		let changes = 0;
		const entries = new Entries(() => {
			changes += 1;
		});
		entries.take([makeListedJob()]);
		expect(entries.candidates()).toEqual([{ id: "job_aa", createdAt: ACCEPTED_AT, isSeen: false, isLate: false }]);
		const ended = { status: "succeeded", ended_at: ACCEPTED_AT + 1 } as const;
		entries.take([makeListedJob({ ...ended, images_pending: 1 })]);
		expect(entries.candidates()).toMatchObject([{ isLate: true }]);
		entries.take([makeListedJob(ended)]);
		expect(open(entries)).toEqual([]);
		expect(changes).toBe(2);
	});

	it("have the events that the page knew before it was loaded again", () => {
		const entries = new Entries(() => {});
		const events = makeEvents(ACCEPTED, { type: "running", logs: [] });
		entries.restore(new Map([["job_aa", events]]));
		entries.take([makeListedJob(), makeListedJob({ id: "job_bb" })]);
		expect(entries.get("job_aa")?.events).toEqual(events);
		expect(entries.get("job_bb")?.events).toEqual([]);
	});

	it("do not come back once they were deleted, whatever the list still says", () => {
		const entries = new Entries(() => {});
		entries.take([makeListedJob()]);
		const card = entries.signalOf("job_aa");
		entries.remove("job_aa");
		entries.take([makeListedJob()]);
		expect(card.value).toBeUndefined();
		expect(entries.get("job_aa")).toBeUndefined();
		expect(entries.removed.value).toEqual(new Set(["job_aa"]));
	});

	it("are forgotten for somebody else", () => {
		const entries = new Entries(() => {});
		entries.take([makeListedJob()]);
		const card = entries.signalOf("job_aa");
		entries.clear();
		expect([card.value, open(entries), entries.fresh.value]).toEqual([undefined, [], []]);
	});
});

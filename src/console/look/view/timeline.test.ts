import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LoggedEvent, toTimeline, totalOf } from "./timeline.ts";

function log(...events: readonly (readonly [at: number, type: string, slot?: number])[]): readonly LoggedEvent[] {
	return events.map(([at, type, slot]) => ({ at: 1000 + at, type, ...(slot === undefined ? {} : { slot }) }));
}

describe("toTimeline", () => {
	it("tells waiting, drawing and storing apart", () => {
		const events = log(
			[0, "accepted"],
			[0, "submitting"],
			[0.5, "submitted"],
			[1, "queued"],
			[2, "running"],
			[3, "running"],
			[5, "generated"],
			[5.5, "output"],
			[6, "succeeded"],
		);
		expect(toTimeline(events, 9999)).toEqual({
			start: 1000,
			length: 6,
			isEnded: true,
			lanes: [
				[
					{ phase: "queue", from: 0, to: 2 },
					{ phase: "run", from: 2, to: 5 },
					{ phase: "store", from: 5, to: 6 },
				],
			],
		});
	});

	it("goes on until now if the job has not ended", () => {
		expect(toTimeline(log([0, "accepted"], [4, "running"]), 1010)).toEqual({
			start: 1000,
			length: 10,
			isEnded: false,
			lanes: [
				[
					{ phase: "queue", from: 0, to: 4 },
					{ phase: "run", from: 4, to: 10 },
				],
			],
		});
	});

	it("shows that a job was submitted again", () => {
		const events = log([0, "accepted"], [1, "running"], [2, "account_refused"], [4, "running"], [5, "failed"]);
		expect(toTimeline(events, 0)?.lanes[0]?.map(({ phase, from, to }) => [phase, from, to])).toEqual([
			["queue", 0, 1],
			["run", 1, 2],
			["queue", 2, 4],
			["run", 4, 5],
		]);
	});

	it("joins spans of one phase", () => {
		const events = log([0, "accepted"], [1, "running"], [1, "refused"], [3, "running"], [4, "failed"]);
		expect(toTimeline(events, 0)?.lanes[0]).toEqual([
			{ phase: "queue", from: 0, to: 3 },
			{ phase: "run", from: 3, to: 4 },
		]);
	});

	it("gives each request its lane", () => {
		const events = log(
			[0, "accepted"],
			[0, "submitting"],
			[0, "submitting", 1],
			[1, "running"],
			[2, "generated"],
			[3, "running", 1],
			[3, "request_ended", 0],
			[5, "generated", 1],
			[6, "succeeded"],
		);
		expect(toTimeline(events, 0)?.lanes).toEqual([
			[
				{ phase: "queue", from: 0, to: 1 },
				{ phase: "run", from: 1, to: 2 },
				{ phase: "store", from: 2, to: 3 },
			],
			[
				{ phase: "queue", from: 0, to: 3 },
				{ phase: "run", from: 3, to: 5 },
				{ phase: "store", from: 5, to: 6 },
			],
		]);
	});

	it("ends with the job, whatever comes later", () => {
		const events = log([0, "accepted"], [2, "cancelled"], [3, "generated"], [9, "output"]);
		expect(toTimeline(events, 0)).toMatchObject({ length: 2, lanes: [[{ phase: "queue", from: 0, to: 2 }]] });
	});

	it("has nothing to show of an empty log, and no span of a job that was just accepted", () => {
		expect(toTimeline([], 1000)).toBeNull();
		expect(toTimeline(log([0, "accepted"]), 1000)).toMatchObject({ length: 0, lanes: [[]] });
	});

	it("covers each lane without a gap, whatever the events and their clocks", () => {
		const type = fc.constantFrom(
			"submitting",
			"submitted",
			"queued",
			"running",
			"generated",
			"output",
			"refused",
			"failed",
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.integer({ min: -2, max: 50 }), type)), (rest) => {
				const timeline = toTimeline(log([0, "accepted"], ...rest), 1060);
				let at = 0;
				for (const { from, to } of timeline?.lanes[0] ?? []) {
					expect(from).toBe(at);
					expect(to).toBeGreaterThan(from);
					at = to;
				}
				expect(at).toBe(timeline?.length);
			}),
		);
	});
});

describe("totalOf", () => {
	it("adds up the spans of a phase", () => {
		const [lane = []] = toTimeline(log([0, "accepted"], [1, "running"], [2, "refused"], [4, "failed"]), 0)?.lanes ?? [];
		expect([totalOf(lane, "queue"), totalOf(lane, "run"), totalOf(lane, "store")]).toEqual([3, 1, 0]);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW } from "../test/support/make.ts";
import { makePlan, makeRow } from "../test/support/make-simulated.ts";
import { endOf, LOG_WINDOW_LINES, logWindow, type Marks, momentOf } from "./timeline.ts";

const PLAN = { queue: 2, queueMs: 100, runMs: 400 } as const;

describe("momentOf", () => {
	it("counts the positions down to 0, runs, and completes", () => {
		const row = makeRow({ plan: PLAN });
		const at = (ms: number) => momentOf(row, NOW + ms);
		expect(at(0)).toEqual({ status: "IN_QUEUE", position: 2, nextAt: NOW + 100 });
		expect(at(100)).toEqual({ status: "IN_QUEUE", position: 1, nextAt: NOW + 200 });
		expect(at(299)).toEqual({ status: "IN_QUEUE", position: 0, nextAt: NOW + 300 });
		expect(at(300)).toEqual({ status: "IN_PROGRESS", startedAt: NOW + 300, logLines: 0, nextAt: NOW + 700 });
		const completed = {
			status: "COMPLETED",
			completedAt: NOW + 700,
			ranMs: 400,
			logLines: 0,
			ending: "ran",
			nextAt: null,
		};
		expect(at(700)).toEqual(completed);
		expect(at(9_999_999)).toEqual(completed);
	});

	it("is completed at once if nothing takes time", () => {
		expect(momentOf(makeRow({ plan: { queue: 0, queueMs: 0, runMs: 0, logs: 3 } }), NOW)).toMatchObject({
			status: "COMPLETED",
			ranMs: 0,
			logLines: 3,
		});
	});

	it.each([
		["queue", {}, { status: "IN_QUEUE", position: 1, nextAt: null }],
		["queue", { startedAt: NOW + 5 }, { status: "COMPLETED" }],
		["run", {}, { status: "IN_PROGRESS", nextAt: null }],
		["all", {}, { status: "IN_QUEUE", nextAt: null }],
		["all", { position: 0 }, { status: "IN_QUEUE", position: 0 }],
		["all", { startedAt: NOW + 5 }, { status: "IN_PROGRESS", startedAt: NOW + 5, nextAt: null }],
		["all", { startedAt: NOW + 5, completedAt: NOW + 9 }, { status: "COMPLETED", ranMs: 4, ending: "ran" }],
	] as const)("with hold=%s and the marks %j is %j", (hold, marks, moment) => {
		expect(momentOf(makeRow({ plan: { hold }, marks }), NOW + 60_000)).toMatchObject(moment);
	});

	it("ends by a cancel, without a run and without logs", () => {
		const row = makeRow({ plan: { ...PLAN, logs: 4 }, marks: { cancelledAt: NOW + 450 } });
		expect(momentOf(row, NOW + 449)).toMatchObject({ status: "IN_PROGRESS" });
		expect(momentOf(row, NOW + 450)).toMatchObject({ status: "COMPLETED", ending: "cancelled", ranMs: 0, logLines: 0 });
	});

	it.each([
		[{ startTimeoutMs: 299 }, null],
		[{ startTimeoutMs: 0 }, 299],
		[{ startTimeoutMs: 299 }, 5_000],
		[{ startTimeoutMs: 5_000 }, 299],
	])("ends if the run has not started by the earlier limit of %j and %j", (plan, startTimeoutMs) => {
		const row = makeRow({ plan: { ...PLAN, ...plan }, startTimeoutMs });
		expect(momentOf(row, NOW + 298)).toMatchObject({ status: "IN_QUEUE", nextAt: NOW + 299 });
		expect(momentOf(row, NOW + 299)).toMatchObject({ status: "COMPLETED", ending: "start-timeout" });
	});

	it("runs if it starts at its limit", () => {
		expect(endOf(makeRow({ plan: PLAN, startTimeoutMs: 300 }))).toEqual({ at: NOW + 700, ending: "ran" });
	});

	it("shows the log lines evenly over the run, the first one at once", () => {
		const row = makeRow({ plan: { queue: 0, queueMs: 0, runMs: 400, logs: 4 } });
		const lines = [0, 99, 100, 399]
			.map((ms) => momentOf(row, NOW + ms))
			.map((moment) => "logLines" in moment && moment.logLines);
		expect(lines).toEqual([1, 1, 2, 4]);
	});

	it("changes at nextAt and not before, and never goes back", () => {
		const anyMarks: fc.Arbitrary<Marks> = fc
			.record({ startedAt: fc.nat(500), completedAt: fc.nat(900), cancelledAt: fc.nat(900) }, { requiredKeys: [] })
			.map((marks) => Object.fromEntries(Object.entries(marks).map(([name, ms]) => [name, NOW + ms])));
		const anyPlan = fc.record({
			queue: fc.nat(3),
			queueMs: fc.nat(100),
			runMs: fc.nat(300),
			logs: fc.nat(5),
			hold: fc.constantFrom("nothing" as const, "queue" as const, "run" as const, "all" as const),
		});
		const order = ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"];
		fc.assert(
			fc.property(anyPlan, anyMarks, fc.option(fc.integer({ min: 1, max: 900 })), (plan, marks, startTimeoutMs) => {
				const row = makeRow({ plan, marks, startTimeoutMs });
				// Marks lie in the past: each is the time of a call.
				let now = Math.max(NOW, ...Object.values(marks));
				for (let steps = 0; steps < 50; steps += 1) {
					const moment = momentOf(row, now);
					const next = moment.nextAt;
					if (next === null) return;
					expect(next).toBeGreaterThan(now);
					expect({ ...momentOf(row, next - 1), nextAt: next }).toEqual(moment);
					const after = momentOf(row, next);
					expect(order.indexOf(after.status)).toBeGreaterThanOrEqual(order.indexOf(moment.status));
					now = next;
				}
				throw new Error("the request has no end");
			}),
		);
	});
});

describe("logWindow", () => {
	it("has the last lines, each with its time and its length", () => {
		const plan = makePlan({ runMs: 1_000, logs: 50, logChars: 30 });
		const lines = logWindow(plan, NOW, 50);
		expect(lines).toHaveLength(LOG_WINDOW_LINES);
		expect(lines.at(-1)).toEqual({
			message: `100%| step 50/50 ${"█".repeat(13)}`,
			level: "INFO",
			source: "USER",
			timestamp: new Date(NOW + 980).toISOString(),
		});
		expect(lines[0]?.message).toContain("step 31/50");
		expect(logWindow(plan, NOW, 3).map(({ message }) => message.slice(0, 15))).toEqual([
			"  0%| step 1/50",
			"  2%| step 2/50",
			"  4%| step 3/50",
		]);
	});
});

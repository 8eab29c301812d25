/** Computes the state of a request at any time, from its plan and the marks that calls have left. Pure. */
import type { Plan } from "./plan.ts";

/** Changes by the control route or a cancel. Each overrides the clock. Times in epoch milliseconds. */
export type Marks = { position?: number; startedAt?: number; completedAt?: number; cancelledAt?: number };

/** Everything that decides a request's state. Times in epoch milliseconds, the time-out in milliseconds. */
export type Timeline = { plan: Plan; submittedAt: number; startTimeoutMs: number | null; marks: Marks };

/** The state at one time. `nextAt` is the time of the next change by the clock, or null if there is none. */
export type Moment =
	| { status: "IN_QUEUE"; position: number; nextAt: number | null }
	| { status: "IN_PROGRESS"; startedAt: number; logLines: number; nextAt: number | null }
	| { status: "COMPLETED"; completedAt: number; ranMs: number; logLines: number; ending: Ending; nextAt: null };

/** Cause of the end: the request ran, was cancelled, or did not start in time. */
export type Ending = "ran" | "cancelled" | "start-timeout";

/** Number of the last log lines that one answer shows. */
export const LOG_WINDOW_LINES = 20;

/** Returns the time of all positions, from `queue` down to 0. */
function queueLength({ queue, queueMs }: Plan): number {
	return (queue + 1) * queueMs;
}

/** Returns the time of the start; null if the queue is held. */
function startOf({ plan, submittedAt, marks }: Timeline): number | null {
	if (marks.startedAt !== undefined) return marks.startedAt;
	return plan.hold === "queue" || plan.hold === "all" ? null : submittedAt + queueLength(plan);
}

/** Returns the time by which the request must start; null if there is none. */
function deadlineOf({ plan, submittedAt, startTimeoutMs }: Timeline): number | null {
	const limits = [plan.startTimeoutMs || null, startTimeoutMs].filter((limit) => limit !== null);
	return limits.length > 0 ? submittedAt + Math.min(...limits) : null;
}

/** Returns the time and cause of the end if no call changes the request; null if it is held. */
export function endOf(timeline: Timeline): { at: number; ending: Ending } | null {
	const { plan, marks } = timeline;
	if (marks.cancelledAt !== undefined) return { at: marks.cancelledAt, ending: "cancelled" };
	if (marks.completedAt !== undefined) return { at: marks.completedAt, ending: "ran" };
	const start = startOf(timeline);
	const deadline = deadlineOf(timeline);
	if (deadline !== null && (start === null || start > deadline)) return { at: deadline, ending: "start-timeout" };
	if (start === null || plan.hold === "run" || plan.hold === "all") return null;
	return { at: start + plan.runMs, ending: "ran" };
}

/** Computes the state at `now`. An object that was evicted computes the same. */
export function momentOf(timeline: Timeline, now: number): Moment {
	const { plan, submittedAt, marks } = timeline;
	const start = startOf(timeline);
	const end = endOf(timeline);
	if (end && now >= end.at) {
		const ranMs = end.ending === "ran" ? end.at - Math.min(start ?? end.at, end.at) : 0;
		const logLines = end.ending === "ran" ? plan.logs : 0;
		return { status: "COMPLETED", completedAt: end.at, ranMs, logLines, ending: end.ending, nextAt: null };
	}
	if (start !== null && now >= start) {
		const lines = linesAt(plan, now - start);
		const nextLine = lines < plan.logs ? start + lineTime(plan, lines) : null;
		return { status: "IN_PROGRESS", startedAt: start, logLines: lines, nextAt: earliest(nextLine, end?.at ?? null) };
	}
	const held = plan.hold === "queue" || plan.hold === "all";
	const passed = held || plan.queueMs === 0 ? 0 : Math.floor((now - submittedAt) / plan.queueMs);
	const nextStep = held || plan.queueMs === 0 ? null : submittedAt + (passed + 1) * plan.queueMs;
	const position = marks.position ?? Math.max(0, plan.queue - passed);
	return { status: "IN_QUEUE", position, nextAt: earliest(nextStep, start, end?.at ?? null) };
}

/** Returns the time from the start to a line. The lines are spread evenly, and the first one comes at once. */
function lineTime({ runMs, logs }: Plan, line: number): number {
	return Math.ceil((line * runMs) / Math.max(1, logs));
}

function linesAt(plan: Plan, ranMs: number): number {
	return plan.runMs === 0 ? plan.logs : Math.min(plan.logs, Math.floor((ranMs * plan.logs) / plan.runMs) + 1);
}

function earliest(...times: (number | null)[]): number | null {
	const given = times.filter((time) => time !== null);
	return given.length > 0 ? Math.min(...given) : null;
}

const ODD_LOG = "  0%|\r\u001b[32mgreen\u001b[0m\u0000 ![x](http://evil.example/x.png) <img src=//evil.example/y> ";

export type LogLine = { message: string; level: "INFO"; source: "USER"; timestamp: string };

/** Returns the last lines of the log, as fal does. */
export function logWindow(plan: Plan, startedAt: number, lines: number): LogLine[] {
	const first = Math.max(0, lines - LOG_WINDOW_LINES);
	return Array.from({ length: lines - first }, (_, offset) => {
		const line = first + offset;
		const percent = plan.logs > 1 ? Math.round((line * 100) / (plan.logs - 1)) : 100;
		return {
			message:
				`${plan.logText === "odd" ? ODD_LOG : ""}${String(percent).padStart(3)}%| step ${line + 1}/${plan.logs} `.padEnd(
					plan.logChars,
					"█",
				),
			level: "INFO",
			source: "USER",
			timestamp: new Date(startedAt + lineTime(plan, line)).toISOString(),
		};
	});
}

import type { Plan } from "./plan.ts";

/** What the control route or a cancel has done to a request; each overrides the clock. Times in epoch milliseconds. */
export type Marks = { position?: number; startedAt?: number; completedAt?: number; cancelledAt?: number };

export type Life = { plan: Plan; submittedAt: number; startTimeoutMs: number | null; marks: Marks };

/** `ending` says why it is COMPLETED: it ran, was cancelled, or had not started in time. */
export type Moment =
	| { status: "IN_QUEUE"; position: number; nextAt: number | null }
	| { status: "IN_PROGRESS"; startedAt: number; logLines: number; nextAt: number | null }
	| { status: "COMPLETED"; completedAt: number; ranMs: number; logLines: number; ending: Ending; nextAt: null };

export type Ending = "ran" | "cancelled" | "start-timeout";

/** How many lines of a growing log one answer shows. */
export const LOG_WINDOW_LINES = 20;

/** Positions from `queue` down to 0. */
function queueLength({ queue, queueMs }: Plan): number {
	return (queue + 1) * queueMs;
}

/** When it starts: `null` while it is held. */
function startOf({ plan, submittedAt, marks }: Life): number | null {
	if (marks.startedAt !== undefined) return marks.startedAt;
	return plan.hold === "queue" || plan.hold === "all" ? null : submittedAt + queueLength(plan);
}

function deadlineOf({ plan, submittedAt, startTimeoutMs }: Life): number | null {
	const limits = [plan.startTimeoutMs || null, startTimeoutMs].filter((limit) => limit !== null);
	return limits.length > 0 ? submittedAt + Math.min(...limits) : null;
}

/** When it ends if nobody interferes, and why; `null` while it is held. */
export function endOf(life: Life): { at: number; ending: Ending } | null {
	const { plan, marks } = life;
	if (marks.cancelledAt !== undefined) return { at: marks.cancelledAt, ending: "cancelled" };
	if (marks.completedAt !== undefined) return { at: marks.completedAt, ending: "ran" };
	const start = startOf(life);
	const deadline = deadlineOf(life);
	if (deadline !== null && (start === null || start > deadline)) return { at: deadline, ending: "start-timeout" };
	if (start === null || plan.hold === "run" || plan.hold === "all") return null;
	return { at: start + plan.runMs, ending: "ran" };
}

/** One request at one time. A pure function, so an evicted object goes on where it would have been. */
export function momentOf(life: Life, now: number): Moment {
	const { plan, submittedAt, marks } = life;
	const start = startOf(life);
	const end = endOf(life);
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

/** Line i appears this long after the start: evenly spread, the first one at once. */
function lineTime({ runMs, logs }: Plan, line: number): number {
	return Math.floor((line * runMs) / Math.max(1, logs));
}

function linesAt(plan: Plan, ranMs: number): number {
	return plan.runMs === 0 ? plan.logs : Math.min(plan.logs, Math.floor((ranMs * plan.logs) / plan.runMs) + 1);
}

function earliest(...times: (number | null)[]): number | null {
	const known = times.filter((time) => time !== null);
	return known.length > 0 ? Math.min(...known) : null;
}

export type LogLine = { message: string; level: "INFO"; source: "USER"; timestamp: string };

/** The last lines of the log: a window that moves, as fal's does. */
export function logWindow(plan: Plan, startedAt: number, lines: number): LogLine[] {
	const first = Math.max(0, lines - LOG_WINDOW_LINES);
	return Array.from({ length: lines - first }, (_, offset) => {
		const line = first + offset;
		const percent = plan.logs > 1 ? Math.round((line * 100) / (plan.logs - 1)) : 100;
		return {
			message: `${String(percent).padStart(3)}%| step ${line + 1}/${plan.logs} `.padEnd(plan.logChars, "█"),
			level: "INFO",
			source: "USER",
			timestamp: new Date(startedAt + lineTime(plan, line)).toISOString(),
		};
	});
}

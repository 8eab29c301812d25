/** Checks that nothing happened to a job for which nobody had a reason, and that its settings were kept: by the schedule and the log alone. */
import type { JobEvent } from "../../../src/core/events.ts";
import type { FlatEvent } from "../../../src/core/linked.ts";
import { logsOf } from "./fault-log.ts";
import type { Action, Batch, Schedule } from "./fault-schedules.ts";

/** The defaults of JOB_DEADLINE_SECONDS and RETENTION_DAYS. */
const USUAL_DEADLINE_SECONDS = 900;
const USUAL_RETENTION_DAYS = 30;
const DAY_MS = 86_400_000;
/** Jobs of a day do not all expire in one minute. */
const EXPIRY_SPREAD_MS = 6 * 3_600_000;
/** Between the Worker that sets a time and the object that writes it down. The clock may jump there. */
const TRANSIT_MAX_MS = 2_000;
/** A job ends all the same if fal does not answer its cancellation for this long. */
const CANCEL_SILENCE_MS = 30_000;
/** Of answers that are no result, if they say nothing. */
const RESULT_PATIENCE_MS = 300_000;

/** Events behind which a picture may be paid: no client that leaves cancels it. */
const DONE_AT_FAL = new Set(["completed", "generated", "succeeded", "failed", "cancelled"]);

export function checkReasons(schedule: Schedule, { jumps, schedules }: Batch, log: readonly JobEvent[]): void {
	const [accepted] = log;
	if (accepted?.type !== "accepted") throw new Error("the log does not begin");
	const { deadlineSeconds, retentionDays, progress } = schedule.settings;
	const transitMs = TRANSIT_MAX_MS + jumps.reduce((sum, { ms }) => sum + ms, 0);
	const expect = (name: string, value: number, wanted: number, spread: number) => {
		if (value < wanted - spread - transitMs || value > wanted + spread + TRANSIT_MAX_MS)
			throw new Error(`${name} is ${value} ms away, and not ${wanted}`);
	};
	expect("the deadline", accepted.deadlineAt - accepted.at, (deadlineSeconds ?? USUAL_DEADLINE_SECONDS) * 1_000, 0);
	const days = retentionDays ?? USUAL_RETENTION_DAYS;
	expect("the expiry", accepted.expiresAt - accepted.at, days * DAY_MS, days > 1 ? EXPIRY_SPREAD_MS : 0);
	if (accepted.rendering.progress !== (progress ?? "reasoning")) throw new Error("the setting PROGRESS is not kept");

	const reasons = reasonsOf(schedule, schedules);
	for (const own of logsOf(log)) {
		for (const [index, event] of own.entries()) {
			const around = { before: own.slice(0, index), after: own.slice(index + 1) };
			const objection = objectionTo(event, around, accepted.deadlineAt, reasons);
			if (objection !== null) throw new Error(`event ${event.seq}, ${event.type}, ${objection}`);
		}
	}
}

interface Reasons {
	readonly mayCancel: boolean;
	readonly mayLeave: boolean;
	/** Another watcher leaves. Its close may overtake that of the client which has its answer, and which says so at once. */
	readonly mayBeOvertaken: boolean;
	/** A reader of the whole chat leaves. Of a job that has ended it has no socket: its return may read the log before its leaving is written. */
	readonly readersLeave: boolean;
	readonly cancelsWhenLeft: boolean;
	readonly mayDelete: boolean;
	/** fal refuses an account. */
	readonly mayRefuse: boolean;
	/** fal leaves a cancellation without an answer, and has a result. */
	readonly cancelHangs: boolean;
}

/** A client that reads to the end is never away, unless its object is lost with its sockets. */
function reasonsOf({ actions, client, watchers, onDisconnect, fal }: Schedule, all: readonly Schedule[]): Reasons {
	const did = (type: Action["type"]) => actions.some(({ action }) => action.type === type);
	const aborted = all.some((other) => other.actions.some(({ action }) => action.type === "abort"));
	const closed = actions.some(({ action }) => action.type === "evict" && action.webSockets === "close");
	const firstLeaves = client.cuts.length > 0;
	const othersLeave = watchers.some(({ leaves, cuts }) => leaves || cuts.length > 0);
	const mayBeAlone = firstLeaves || ((aborted || closed) && othersLeave);
	return {
		mayCancel: did("cancel") || did("delete") || (onDisconnect === "cancel" && mayBeAlone),
		mayLeave: mayBeAlone,
		mayBeOvertaken: othersLeave,
		readersLeave: watchers.some(({ kind, leaves, cuts }) => kind === "chat" && (leaves || cuts.length > 0)),
		cancelsWhenLeft: onDisconnect === "cancel",
		mayDelete: did("delete"),
		mayRefuse: fal.refuses !== "none",
		cancelHangs: fal.cancel === "hangs" && (fal.outcome === "ok" || fal.outcome === "nsfw"),
	};
}

/** Says why nobody had a reason for an event; null if somebody had. */
function objectionTo(
	event: FlatEvent,
	{ before, after }: { readonly before: readonly FlatEvent[]; readonly after: readonly FlatEvent[] },
	deadlineAt: number,
	{ mayCancel, mayLeave, mayBeOvertaken, readersLeave, cancelsWhenLeft, mayDelete, mayRefuse, cancelHangs }: Reasons,
): string | null {
	const isLate = event.at >= deadlineAt;
	const since = (type: FlatEvent["type"]) => {
		const earlier = before.find((other) => other.type === type);
		return earlier === undefined ? null : event.at - earlier.at;
	};
	switch (event.type) {
		case "submitting":
			return isLate ? "comes after the deadline" : null;
		case "cancelling":
			if (event.why === "deadline") return isLate ? null : "comes before the deadline";
			return mayCancel ? null : "was wanted by nobody";
		case "cancelled": {
			const silentMs = since("cancelling");
			const answered = !cancelHangs || since("submitted") === null || before.some(({ type }) => type === "deleting");
			if (silentMs !== null && !answered && silentMs < CANCEL_SILENCE_MS) return `comes ${silentMs} ms after its begin`;
			return mayCancel ? null : "was wanted by nobody";
		}
		case "failed": {
			if (event.error.code === "deadline_exceeded") return isLate ? null : "comes before the deadline";
			const patience = since("completed");
			const isLost = event.error.message.startsWith("fal finished, but its result could not be fetched.");
			return isLost && (patience ?? 0) < RESULT_PATIENCE_MS ? "gives a result up too soon" : null;
		}
		case "client_left":
			if (
				!mayLeave &&
				!(mayBeOvertaken && after[0]?.type === "delivered") &&
				!(readersLeave && before.some(({ type }) => type === "succeeded" || type === "failed" || type === "cancelled"))
			)
				return "but no client left";
			return cancelsWhenLeft &&
				!before.some(({ type }) => DONE_AT_FAL.has(type) || type === "cancelling") &&
				after[0]?.type !== "cancelling" &&
				after[0]?.type !== "cancelled"
				? "cancels nothing"
				: null;
		case "account_refused":
			return mayRefuse ? null : "has no reason at fal";
		case "deleting":
			return mayDelete ? null : "was wanted by nobody";
		default:
			return null;
	}
}

/** Reads from a job's events when it waited, was drawn and was stored: one lane for each of its requests to fal. */

/** What is read of an event. */
export interface LoggedEvent {
	readonly type: string;
	/** In seconds since 1970, with fractions. */
	readonly at: number;
	readonly slot?: number | undefined;
}

export type Phase = "queue" | "run" | "store";

export interface PhaseSpan {
	readonly phase: Phase;
	/** In seconds since the job was accepted. */
	readonly from: number;
	readonly to: number;
}

export interface Timeline {
	/** When the job was accepted. In seconds since 1970. */
	readonly start: number;
	/** In seconds, from acceptance to the end, or until now. */
	readonly length: number;
	readonly isEnded: boolean;
	/** Spans of no length are left out, and those of one phase that follow each other are one. */
	readonly lanes: readonly (readonly PhaseSpan[])[];
}

/** The phase that an event begins in its lane. Others change nothing. */
const BEGINS: ReadonlyMap<string, Phase> = new Map<string, Phase>([
	["accepted", "queue"],
	["submitting", "queue"],
	["refused", "queue"],
	["account_refused", "queue"],
	["rerouted", "queue"],
	["submitted", "queue"],
	["queued", "queue"],
	["running", "run"],
	["completed", "store"],
	["generated", "store"],
]);

const ENDS: ReadonlySet<string> = new Set(["succeeded", "failed", "cancelled"]);

interface Lane {
	readonly spans: readonly PhaseSpan[];
	/** Null once the request has ended. */
	readonly open: { readonly phase: Phase; readonly from: number } | null;
}

/** Returns null for a log without a beginning. @param now In seconds since 1970, for a job that has not ended */
export function toTimeline(events: readonly LoggedEvent[], now: number): Timeline | null {
	const [accepted] = events;
	if (accepted?.type !== "accepted") return null;
	const start = accepted.at;
	const end = events.find(({ type }) => ENDS.has(type));
	const length = Math.max(0, (end?.at ?? now) - start);
	const lanes = new Map<number, Lane>();
	for (const event of end === undefined ? events : events.slice(0, events.indexOf(end))) {
		const slot = event.slot ?? 0;
		const phase = BEGINS.get(event.type);
		const lane = lanes.get(slot) ?? { spans: [], open: { phase: "queue", from: 0 } };
		// A clock may be set back between two events.
		const at = Math.min(length, Math.max(lane.open?.from ?? 0, event.at - start));
		if (event.type === "request_ended") lanes.set(slot, { spans: close(lane, at), open: null });
		else if (phase !== undefined) lanes.set(slot, begin(lane, phase, at));
	}
	return {
		start,
		length,
		isEnded: end !== undefined,
		lanes: [...lanes].toSorted(([a], [b]) => a - b).map(([, lane]) => close(lane, length)),
	};
}

function begin(lane: Lane, phase: Phase, at: number): Lane {
	if (lane.open?.phase === phase) return lane;
	return { spans: close(lane, at), open: { phase, from: at } };
}

function close({ spans, open }: Lane, at: number): readonly PhaseSpan[] {
	if (open === null || at <= open.from) return spans;
	const last = spans.at(-1);
	if (last?.phase !== open.phase || last.to !== open.from) return [...spans, { ...open, to: at }];
	return [...spans.slice(0, -1), { ...last, to: at }];
}

/** Adds up the time of each phase over a lane. Seconds. */
export function totalOf(lane: readonly PhaseSpan[], phase: Phase): number {
	return lane.reduce((sum, span) => (span.phase === phase ? sum + span.to - span.from : sum), 0);
}

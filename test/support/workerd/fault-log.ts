/** Checks what holds for every log, whatever happened to its job. It reads the log alone, and shares no code with the job. */
import type { JobEvent } from "../../../src/core/events.ts";
import { type FlatEvent, flatten } from "../../../src/core/linked.ts";

type Phase = "none" | "accepted" | "submitting" | "unknown" | "queued" | "running" | "fetching" | "storing" | "ended";

/** The phase that an event leads to. The others change none. */
const LEADS_TO: Partial<Record<FlatEvent["type"], Phase>> = {
	accepted: "accepted",
	submitting: "submitting",
	refused: "accepted",
	account_refused: "accepted",
	rerouted: "accepted",
	answer_lost: "unknown",
	submitted: "queued",
	queued: "queued",
	running: "running",
	completed: "fetching",
	succeeded: "ended",
	failed: "ended",
	cancelled: "ended",
};

/** After fal's result, and after the newest picture: a job goes on without the others no sooner (decision 0017). */
const PICTURES_FOR_MS = 70_000;
const PICTURES_QUIET_MS = 10_000;
/** So long a picture is tried at the least, if its server does not say that it is gone. */
const DAY_MS = 86_400_000;

/** The state of a slot as its log says so far. */
interface Told {
	readonly phase: Phase;
	readonly generatedAt: number | null;
	readonly storedAt: number | null;
	readonly pending: ReadonlySet<number>;
	/** The index of the first picture that is asked for. */
	readonly first: number;
	/** The types of the events so far. */
	readonly types: ReadonlySet<FlatEvent["type"]>;
}

/** Says why an event may not follow; null if it may. */
function objectionTo(event: FlatEvent, { phase, generatedAt, storedAt, pending, types }: Told): string | null {
	const is = (...phases: readonly Phase[]) => (phases.includes(phase) ? null : `comes in ${phase}`);
	const once = types.has(event.type) ? "is written again" : null;
	switch (event.type) {
		case "accepted":
			return is("none");
		case "submitting":
			return is("accepted");
		case "refused":
		case "account_refused":
		case "rerouted":
		case "answer_lost":
			return is("submitting");
		case "looked_up":
			return is("unknown");
		case "submitted":
			return once ?? is("submitting", "unknown");
		case "queued":
		case "running":
			return is("queued", "running");
		case "completed":
			return is("queued", "running", "fetching");
		case "result_unavailable":
			return is("fetching");
		case "generated":
			return once ?? is("submitting", "unknown", "queued", "running", "fetching", "ended");
		case "image":
		case "late_image":
		case "image_lost": {
			if (generatedAt === null || !pending.has(event.index)) return "is of a picture that is not awaited";
			if (event.type === "image_lost") return event.at - generatedAt < DAY_MS ? "comes too soon" : null;
			return event.type === "image" ? is("storing") : is("ended");
		}
		case "late_failure":
			return once ?? is("ended");
		case "cancelling":
			return once ?? is("submitting", "unknown", "queued", "running");
		case "succeeded": {
			if (storedAt === null || generatedAt === null) return "comes without a picture";
			const patient = event.at >= generatedAt + PICTURES_FOR_MS && event.at >= storedAt + PICTURES_QUIET_MS;
			return pending.size > 0 && !patient ? "leaves pictures behind" : is("storing");
		}
		case "failed":
		case "cancelled":
			return phase === "ended" || phase === "none" ? `comes in ${phase}` : null;
		case "addresses_kept":
		case "deleting":
			return once ?? (phase === "none" ? "comes before all" : null);
		case "thumbnail":
			return phase === "ended" ? null : `comes in ${phase}`;
		case "notified":
		case "notice_failed":
			return types.has("notified") ? "comes after it was taken" : is("ended");
		case "billed":
			return is("ended");
		case "client_left":
		case "delivered":
			return phase === "none" ? "comes before all" : null;
		case "slot_ended":
			return "comes in a job of one request";
	}
}

function after(event: FlatEvent, told: Told): Told {
	const types = new Set([...told.types, event.type]);
	if (event.type === "generated") {
		const pending = new Set(event.outputs.map((_, place) => told.first + place));
		const phase = told.phase === "ended" ? "ended" : "storing";
		return { ...told, types, phase, generatedAt: event.at, pending };
	}
	if (event.type === "image" || event.type === "late_image" || event.type === "image_lost") {
		const pending = new Set([...told.pending].filter((index) => index !== event.index));
		return { ...told, types, pending, storedAt: event.type === "image_lost" ? told.storedAt : event.at };
	}
	const first = event.type === "submitting" ? (event.first ?? 0) : told.first;
	return { ...told, types, first, phase: LEADS_TO[event.type] ?? told.phase };
}

const NEW: Told = { phase: "none", generatedAt: null, storedAt: null, pending: new Set(), first: 0, types: new Set() };

/** @throws if the log has a gap, or an event that may not be there */
export function checkLegal(log: readonly JobEvent[]): void {
	for (const [index, event] of log.entries())
		if (event.seq !== index + 1) throw new Error(`event ${event.seq}, ${event.type}, has a wrong number`);
	for (const own of logsOf(log)) {
		let told = NEW;
		for (const event of own) {
			const objection = objectionTo(event, told);
			if (objection !== null) throw new Error(`event ${event.seq}, ${event.type}, ${objection}`);
			told = after(event, told);
		}
	}
}

/** Events of the client and of its notice: each slot's log has them. */
const OF_ALL: ReadonlySet<FlatEvent["type"]> = new Set([
	...([
		"accepted",
		"deleting",
		"client_left",
		"delivered",
		"thumbnail",
		"notified",
		"notice_failed",
		"billed",
	] as const),
]);

/** The logs of the slots. Each is that of a job with one slot: its own end stands for the job's. */
export function logsOf(log: readonly JobEvent[]): readonly (readonly FlatEvent[])[] {
	const flat = log.map(flatten);
	const count = 1 + Math.max(0, ...flat.map(({ slot = 0 }) => slot));
	if (count === 1) return [flat];
	const isOf = ({ type, slot = 0 }: FlatEvent, index: number) =>
		OF_ALL.has(type) || (slot === index && !isEnd({ type }));
	return Array.from({ length: count }, (_, index) =>
		flat.filter((event) => isOf(event, index)).map((event) => withOwnEnd(event, flat)),
	);
}

function withOwnEnd(event: FlatEvent, log: readonly FlatEvent[]): FlatEvent {
	const { seq, at } = event;
	if (event.type === "image") {
		// A picture that comes after its slot's end is late for that, and not for the job.
		const end = log.find((other) => other.type === "slot_ended" && (event.slot ?? 0) === other.slot);
		return end !== undefined && end.seq < seq ? { ...event, type: "late_image" } : event;
	}
	if (event.type !== "slot_ended") return event;
	const error = event.error ?? { code: "upstream_failed", message: "" };
	if (event.outcome === "succeeded") return { type: "succeeded", seconds: 0, seq, at };
	return event.outcome === "failed" ? { type: "failed", error, seq, at } : { type: "cancelled", seq, at };
}

function isEnd({ type }: Pick<FlatEvent, "type">): boolean {
	return type === "succeeded" || type === "failed" || type === "cancelled";
}

/** The job's end; undefined while it goes on. */
export function endOf(log: readonly JobEvent[]) {
	return log.find((event) => event.type === "succeeded" || event.type === "failed" || event.type === "cancelled");
}

/** The number of pictures that fal made and that are neither stored nor given up. */
export function pendingIn(log: readonly JobEvent[]): number {
	const flat = log.map(flatten);
	const settled = flat.filter(({ type }) => type === "image" || type === "late_image" || type === "image_lost");
	return madeIn(log) - settled.length;
}

/** The number of pictures that fal made, and that the job kept. */
export function madeIn(log: readonly JobEvent[]): number {
	return log.map(flatten).reduce((sum, event) => sum + (event.type === "generated" ? event.outputs.length : 0), 0);
}

/**
 * Says whether an equal request has to join the job of this log, by the promise of docs/protocol.md alone: whoever may have paid does not pay
 * again, and whoever surely paid nothing, cancelled or deleted may ask anew.
 */
export function hasToBeJoined(log: readonly JobEvent[]): boolean {
	const flat = log.map(flatten);
	const has = (...types: readonly FlatEvent["type"][]) => flat.some(({ type }) => types.includes(type));
	if (log.length === 0 || has("cancelled", "deleting")) return false;
	if (!has("failed")) return true;
	const errors = flat.flatMap((event) => ("error" in event && event.error !== undefined ? [event.error.code] : []));
	return has("submitted", "generated") || errors.includes("upstream_outcome_unknown");
}

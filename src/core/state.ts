/** A job's state over its slots: the fold of its log, with no second truth beside it. */
import type { JobError } from "../errors.ts";
import { isTerminal, type JobEvent } from "./events.ts";
import { type FlatEvent, flatten } from "./linked.ts";
import { nextBill } from "./schedule.ts";
import {
	type Ended,
	endSlot,
	evolveSlot,
	type JobDetails,
	mayStillCost,
	requestToBill,
	type Slot,
	transferOf,
} from "./slot.ts";

export interface State {
	/** Of the last event; 0 for a job that does not exist. */
	readonly seq: number;
	/** Those that have begun, in their order. Empty for a job that does not exist. */
	readonly slots: readonly Slot[];
	/** No further slot begins: one has not succeeded, or the job is given up. */
	readonly stopped: boolean;
	/** Null until the job has ended. */
	readonly end: End | null;
	/** The indices of the pictures that have a thumbnail. */
	readonly thumbnails: readonly number[];
}

/** A job's own end: its slots have ended before, but for those that an older version of this code did not know. */
export interface End {
	readonly outcome: Ended["outcome"];
	readonly error: JobError | null;
	/** Null if the client has no webhook, if that has the notice, or if it is given up. */
	readonly notice: Notice | null;
	/** Null if nobody may ask fal what it charges, if fal has told, or if that is given up. */
	readonly bill: Bill | null;
}

/** A notice that the client's webhook still has to get. */
export interface Notice {
	/** The job's end. */
	readonly since: number;
	/** When it is tried next. */
	readonly dueAt: number;
}

/** fal still has to tell what it charges. */
export interface Bill {
	/** The job's end, or a result that came after it. */
	readonly since: number;
	/** When it is asked next. */
	readonly dueAt: number;
}

export const EMPTY: State = { seq: 0, slots: [], stopped: false, end: null, thumbnails: [] };

/** Folds one event in. Total: an event that means nothing to a state only advances its number. */
export function evolve(state: State, event: JobEvent | FlatEvent): State {
	return { ...next(state, flatten(event)), seq: event.seq };
}

export function fold(events: Iterable<JobEvent>): State {
	let state: State = EMPTY;
	for (const event of events) state = evolve(state, event);
	return state;
}

function next(state: State, event: FlatEvent): State {
	const job = detailsOf(state);
	if (job === null) return event.type === "accepted" ? { ...state, slots: [firstSlot(event)] } : state;
	switch (event.type) {
		case "slot_ended": {
			const end = (slot: Slot) => (slot.phase === "ended" ? slot : endSlot(slot, event.outcome, event.error ?? null));
			return inSlot(state, event.slot, end, event.at);
		}
		// A deleted job tells nothing.
		case "deleting": {
			const { end, slots } = state;
			const deleted = slots.map((slot) => evolveSlot(slot, event));
			return { ...state, slots: deleted, end: end === null ? null : { ...end, notice: null } };
		}
		case "client_left":
		case "delivered":
			return { ...state, slots: state.slots.map((slot) => evolveSlot(slot, event)) };
		case "thumbnail":
			return { ...state, thumbnails: [...state.thumbnails, event.index] };
		case "notified":
			return withNotice(state, () => null);
		case "notice_failed":
			return withNotice(state, (notice) => (event.retryAt === null ? null : { ...notice, dueAt: event.retryAt }));
		case "billed": {
			const { end } = state;
			if (end === null || end.bill === null) return state;
			const bill = event.retryAt === null ? null : { ...end.bill, dueAt: event.retryAt };
			return { ...state, end: { ...end, bill } };
		}
		default: {
			const after = inSlot(state, event.slot ?? 0, (slot) => evolveSlot(slot, event), event.at);
			if (state.end !== null && event.type === "generated") return withBill(after, event.at);
			if (!isTerminal(event) || state.end !== null) return after;
			const isTold = job.clientWebhook !== undefined && !job.deleting;
			const notice = isTold ? { since: event.at, dueAt: event.at } : null;
			const error = event.type === "failed" ? event.error : null;
			return withBill({ ...after, end: { outcome: event.type, error, notice, bill: null } }, event.at);
		}
	}
}

function firstSlot({ type: _, seq: __, at, slot: ___, ...accepted }: FlatEvent & { type: "accepted" }): Slot {
	const { model, n } = accepted.request;
	const unchanged = { deleting: false, clientLeft: false, addressesKept: false };
	const job = { ...accepted, acceptedAt: at, model, endpoint: model, first: 0, count: n, ...unchanged };
	return { phase: "accepted", job, retryAt: at };
}

/** Returns the slot that would begin next, with all pictures that no slot has been asked for yet; null if there are none. */
export function nextSlot({ slots }: State, at: number): (Slot & { phase: "accepted" }) | null {
	const last = slots.at(-1)?.job;
	if (last === undefined) return null;
	const first = last.first + last.count;
	const count = last.request.n - first;
	if (count <= 0) return null;
	return { phase: "accepted", job: { ...last, endpoint: last.model, first, count, addressesKept: false }, retryAt: at };
}

/** Changes one slot, which may be the one that begins. */
function inSlot(state: State, index: number, change: (slot: Slot) => Slot, at: number): State {
	const slot = state.slots[index] ?? (index === state.slots.length ? nextSlot(state, at) : null);
	if (slot === null) return state;
	const changed = change(slot);
	const slots = index < state.slots.length ? state.slots.with(index, changed) : [...state.slots, changed];
	return { ...state, slots, stopped: state.stopped || isGivenUp(changed) };
}

/** True for a slot that is being cancelled, or has ended in another way than by success. */
function isGivenUp(slot: Slot): boolean {
	return slot.phase === "ended" ? slot.outcome !== "succeeded" : "cancelling" in slot && slot.cancelling !== null;
}

/** Asks for the bill of what fal may have charged for. */
function withBill(state: State, since: number): State {
	const { end, slots } = state;
	const isAsked = detailsOf(state)?.bill === true && slots.some((slot) => requestToBill(slot) !== null);
	const dueAt = nextBill(since, since);
	return end === null || !isAsked || dueAt === null ? state : { ...state, end: { ...end, bill: { since, dueAt } } };
}

function withNotice(state: State, change: (notice: Notice) => Notice | null): State {
	const { end } = state;
	return end === null || end.notice === null ? state : { ...state, end: { ...end, notice: change(end.notice) } };
}

export function exists({ slots }: State): boolean {
	return slots.length > 0;
}

/** Returns what is the same for all slots of a job: what its request said, and what its clients did. Null for a job that does not exist. */
export function detailsOf({ slots }: State): Omit<JobDetails, "first" | "count" | "endpoint" | "addressesKept"> | null {
	return slots[0]?.job ?? null;
}

/** True if a picture of the job is in R2. */
export function hasPicture({ slots }: State): boolean {
	return slots.some((slot) => (transferOf(slot)?.stored ?? 0) > 0);
}

/** True for a job that is over, and expired or deleted. */
export function isErasable(state: State, now: number): boolean {
	return state.end !== null && now >= erasableAt(state);
}

/**
 * Returns when a job that is over is erased, in milliseconds since 1970. A deleted one goes at once, but for one that fal may still draw:
 * its cost would be counted nowhere.
 */
export function erasableAt(state: State): number {
	const job = detailsOf(state);
	if (job === null) return Number.POSITIVE_INFINITY;
	if (!job.deleting || !areSlotsOver(state)) return job.expiresAt;
	return state.slots.some(mayStillCost) ? Math.min(job.deadlineAt, job.expiresAt) : 0;
}

/** True if nothing of the job is under way at fal any more. */
export function areSlotsOver({ slots }: State): boolean {
	return slots.every(({ phase }) => phase === "ended");
}

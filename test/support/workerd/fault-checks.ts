/** Checks what holds for every log, whatever happened to its job. */
import type { JobEvent } from "../../../src/core/events.ts";
import { EMPTY, evolve, type State, transferOf } from "../../../src/core/state.ts";

/** Says why an event may not follow this state; null if it may. */
function objectionTo(state: State, event: JobEvent): string | null {
	const is = (...phases: readonly State["phase"][]) =>
		phases.includes(state.phase) ? null : `comes in ${state.phase}`;
	const pending = transferOf(state)?.pending ?? [];
	switch (event.type) {
		case "accepted":
			return is("empty");
		case "submitting":
			return is("accepted");
		case "refused":
		case "rerouted":
		case "answer_lost":
			return is("submitting");
		case "looked_up":
			return is("unknown");
		case "submitted":
			return is("submitting", "unknown");
		case "queued":
		case "running":
			return is("queued", "running");
		case "completed":
			return is("queued", "running", "fetching");
		case "result_unavailable":
			return is("fetching");
		case "addresses_kept":
			return state.phase !== "empty" && state.job.addressesKept ? "is told again" : null;
		case "generated":
			return state.phase === "ended" && state.transfer !== null
				? "is written again"
				: is("submitting", "unknown", "queued", "running", "fetching", "ended");
		case "image":
		case "late_image":
		case "image_lost": {
			if (!pending.includes(event.index)) return "is of a picture that is not awaited";
			return event.type === "image" ? is("storing") : event.type === "late_image" ? is("ended") : null;
		}
		case "cancelling":
			return "cancelling" in state && state.cancelling !== null
				? "is written again"
				: is("submitting", "unknown", "queued", "running");
		case "succeeded":
			// No schedule lasts the minute after which a job may end without all of its pictures.
			return pending.length > 0 ? "leaves pictures behind" : is("storing");
		case "failed":
		case "cancelled":
			return state.phase === "ended" || state.phase === "empty" ? `comes in ${state.phase}` : null;
		case "client_left":
		case "delivered":
		case "deleting":
			return state.phase === "empty" ? "comes before all" : null;
	}
}

/** Folds a log. @throws if it has a gap, or an event that may not be there */
export function foldLegal(log: readonly JobEvent[]): State {
	let state: State = EMPTY;
	// Read from the log itself: a state that forgot a cancellation would allow another.
	let cancelling = false;
	for (const [index, event] of log.entries()) {
		const objection = event.seq === index + 1 ? objectionTo(state, event) : "has a wrong number";
		if (objection !== null) throw new Error(`event ${event.seq}, ${event.type}, ${objection}`);
		if (cancelling && event.type === "cancelling") throw new Error(`event ${event.seq} cancels again`);
		cancelling ||= event.type === "cancelling";
		state = evolve(state, event);
	}
	return state;
}

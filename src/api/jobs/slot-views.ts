/** Shows how far a job's requests to fal are. Most jobs have one. */

import type { LinkedEvent } from "../../core/linked.ts";

type SlotStatus = "queued" | "in_progress" | "storing" | "cancelling" | "over";

interface SlotView {
	readonly status: SlotStatus;
	readonly position: number | null;
}

/** By slot. */
export type SlotViews = ReadonlyMap<number, SlotView>;

/** Folds one event in. */
export function addToViews(views: SlotViews, event: LinkedEvent): SlotViews {
	const { slot = 0 } = event;
	const before = views.get(slot) ?? { status: "queued", position: null };
	const after = next(before, event);
	return after === before ? views : new Map(views).set(slot, after);
}

function next(view: SlotView, event: LinkedEvent): SlotView {
	if (view.status === "over") return view;
	const goesOn = view.status === "cancelling";
	switch (event.type) {
		case "submitted":
			return { ...view, position: event.position };
		case "queued":
			return { status: goesOn ? view.status : "queued", position: event.position };
		case "running":
			return { status: goesOn ? view.status : "in_progress", position: null };
		// fal is done: what is left is to get the result, and to keep the pictures.
		case "completed":
		case "generated":
			return { status: "storing", position: null };
		case "cancelling":
			return { ...view, status: "cancelling" };
		case "slot_ended":
			return { status: "over", position: null };
		case "submitting":
			return { ...view };
		default:
			return view;
	}
}

/** Returns the status of a job that has not ended: that of its requests, or between those if they differ. */
export function statusOf(views: SlotViews): Exclude<SlotStatus, "over"> {
	const all = new Set([...views.values()].map(({ status }) => status).filter((status) => status !== "over"));
	if (all.has("cancelling")) return "cancelling";
	const [first = "queued", ...more] = all;
	return more.length > 0 ? "in_progress" : first;
}

/** Returns the best place in the queue; null if a request runs or is done, or if fal does not say. */
export function positionOf(views: SlotViews): number | null {
	if (statusOf(views) === "in_progress") return null;
	const positions = [...views.values()].flatMap(({ position }) => (position === null ? [] : [position]));
	return positions.length === 0 ? null : Math.min(...positions);
}

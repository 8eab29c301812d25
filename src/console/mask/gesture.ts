/** Reads pointers as gestures: one paints, two fingers zoom and move, and a mouse moves the picture with its middle button or the space bar. */

import type { Point } from "./steps.ts";

export interface Pointer {
	readonly id: number;
	readonly kind: "mouse" | "pen" | "touch";
	/** In pixels of the stage. */
	readonly at: Point;
}

export type GestureEvent =
	/** `moves`: it is to move the picture. */
	| { readonly is: "down"; readonly pointer: Pointer; readonly moves: boolean; readonly ms: number }
	/** All places since the last event, the newest last. */
	| { readonly is: "move"; readonly id: number; readonly places: readonly Point[] }
	| { readonly is: "up"; readonly id: number }
	/** The browser took the pointer, as for a call or a gesture of its own. */
	| { readonly is: "cancel"; readonly id: number };

export type Gesture =
	| { readonly is: "none" }
	| { readonly is: "paint"; readonly pointer: Pointer; readonly ms: number }
	| { readonly is: "pan"; readonly pointer: Pointer }
	| { readonly is: "pinch"; readonly first: Pointer; readonly second: Pointer };

/** What the editor is to do. */
export type Deed =
	| { readonly do: "begin"; readonly at: Point }
	| { readonly do: "extend"; readonly places: readonly Point[] }
	| { readonly do: "end" }
	/** Forgets the stroke. */
	| { readonly do: "abandon" }
	| { readonly do: "pan"; readonly by: Point }
	| { readonly do: "pinch"; readonly from: readonly [Point, Point]; readonly to: readonly [Point, Point] };

export interface Turn {
	readonly gesture: Gesture;
	readonly deeds: readonly Deed[];
}

/** A second finger that comes as soon was meant to pinch: what the first one painted is forgotten. */
const PINCH_MS = 250;

export const NO_GESTURE: Gesture = { is: "none" };

export function turn(gesture: Gesture, event: GestureEvent): Turn {
	switch (event.is) {
		case "down":
			return down(gesture, event);
		case "move":
			return move(gesture, event.id, event.places);
		case "up":
			return lift(gesture, event.id, "end");
		case "cancel":
			return lift(gesture, event.id, "abandon");
	}
}

function down(gesture: Gesture, { pointer, moves, ms }: GestureEvent & { readonly is: "down" }): Turn {
	if (gesture.is === "none")
		return moves
			? { gesture: { is: "pan", pointer }, deeds: [] }
			: { gesture: { is: "paint", pointer, ms }, deeds: [{ do: "begin", at: pointer.at }] };
	// A hand that rests beside a pen is no second finger.
	if (gesture.is === "pinch" || gesture.pointer.kind !== "touch" || pointer.kind !== "touch")
		return { gesture, deeds: [] };
	const pinch: Gesture = { is: "pinch", first: gesture.pointer, second: pointer };
	if (gesture.is === "pan") return { gesture: pinch, deeds: [] };
	return { gesture: pinch, deeds: [{ do: ms - gesture.ms <= PINCH_MS ? "abandon" : "end" }] };
}

function move(gesture: Gesture, id: number, places: readonly Point[]): Turn {
	const at = places.at(-1);
	if (gesture.is === "none" || at === undefined) return { gesture, deeds: [] };
	if (gesture.is === "pinch") {
		const { first, second } = gesture;
		const next = {
			is: "pinch",
			first: first.id === id ? { ...first, at } : first,
			second: second.id === id ? { ...second, at } : second,
		} as const;
		return {
			gesture: next,
			deeds: [{ do: "pinch", from: [first.at, second.at], to: [next.first.at, next.second.at] }],
		};
	}
	if (gesture.pointer.id !== id) return { gesture, deeds: [] };
	const { at: before } = gesture.pointer;
	const deed: Deed =
		gesture.is === "paint" ? { do: "extend", places } : { do: "pan", by: { x: at.x - before.x, y: at.y - before.y } };
	return { gesture: { ...gesture, pointer: { ...gesture.pointer, at } }, deeds: [deed] };
}

function lift(gesture: Gesture, id: number, stroke: "end" | "abandon"): Turn {
	if (gesture.is === "none") return { gesture, deeds: [] };
	if (gesture.is === "pinch") {
		// The finger that stays moves the picture: it must not paint by accident.
		if (gesture.first.id === id) return { gesture: { is: "pan", pointer: gesture.second }, deeds: [] };
		if (gesture.second.id === id) return { gesture: { is: "pan", pointer: gesture.first }, deeds: [] };
		return { gesture, deeds: [] };
	}
	if (gesture.pointer.id !== id) return { gesture, deeds: [] };
	return { gesture: NO_GESTURE, deeds: gesture.is === "paint" ? [{ do: stroke }] : [] };
}

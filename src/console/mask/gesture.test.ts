import { expect, it } from "vitest";
import { type Deed, type Gesture, type GestureEvent, NO_GESTURE, type Pointer, turn } from "./gesture.ts";

function pointer(id: number, kind: Pointer["kind"], x: number, y: number): Pointer {
	return { id, kind, at: { x, y } };
}

function down(one: Pointer, ms = 0, moves = false): GestureEvent {
	return { is: "down", pointer: one, moves, ms };
}

function move(id: number, ...places: readonly (readonly [x: number, y: number])[]): GestureEvent {
	return { is: "move", id, places: places.map(([x, y]) => ({ x, y })) };
}

function up(id: number): GestureEvent {
	return { is: "up", id };
}

function deedsOf(...events: readonly GestureEvent[]): readonly Deed[] {
	let gesture: Gesture = NO_GESTURE;
	return events.flatMap((event) => {
		const after = turn(gesture, event);
		gesture = after.gesture;
		return after.deeds;
	});
}

it("paints with a pointer, through every place that it was at", () => {
	expect(deedsOf(down(pointer(1, "mouse", 5, 5)), move(1, [6, 5], [8, 6]), up(1), move(1, [9, 9]))).toEqual([
		{ do: "begin", at: { x: 5, y: 5 } },
		{
			do: "extend",
			places: [
				{ x: 6, y: 5 },
				{ x: 8, y: 6 },
			],
		},
		{ do: "end" },
	]);
});

it("moves the picture with the pointer that is to", () => {
	expect(deedsOf(down(pointer(1, "mouse", 5, 5), 0, true), move(1, [6, 8]), move(1, [7, 8]), up(1))).toEqual([
		{ do: "pan", by: { x: 1, y: 3 } },
		{ do: "pan", by: { x: 1, y: 0 } },
	]);
});

it("pinches with two fingers, and forgets the dot of the first", () => {
	expect(deedsOf(down(pointer(1, "touch", 0, 0), 0), down(pointer(2, "touch", 10, 0), 100), move(2, [20, 0]))).toEqual([
		{ do: "begin", at: { x: 0, y: 0 } },
		{ do: "abandon" },
		{
			do: "pinch",
			from: [
				{ x: 0, y: 0 },
				{ x: 10, y: 0 },
			],
			to: [
				{ x: 0, y: 0 },
				{ x: 20, y: 0 },
			],
		},
	]);
});

it("keeps a stroke that a second finger ends", () => {
	expect(
		deedsOf(down(pointer(1, "touch", 0, 0), 0), move(1, [50, 0]), down(pointer(2, "touch", 10, 0), 900)).at(-1),
	).toEqual({
		do: "end",
	});
});

it("does not paint with the finger that stays after a pinch", () => {
	const pinch = [down(pointer(1, "touch", 0, 0), 0), down(pointer(2, "touch", 10, 0), 100)];
	expect(deedsOf(...pinch, up(1), move(2, [11, 4]), up(2), down(pointer(3, "touch", 1, 1), 500)).slice(2)).toEqual([
		{ do: "pan", by: { x: 1, y: 4 } },
		{ do: "begin", at: { x: 1, y: 1 } },
	]);
});

it("takes no notice of a hand beside a pen, nor of a third finger", () => {
	expect(
		deedsOf(down(pointer(1, "pen", 0, 0)), down(pointer(2, "touch", 9, 9)), move(2, [8, 8]), up(2), up(1)),
	).toEqual([{ do: "begin", at: { x: 0, y: 0 } }, { do: "end" }]);
	const pinch = [down(pointer(1, "touch", 0, 0), 0), down(pointer(2, "touch", 10, 0), 100)];
	expect(deedsOf(...pinch, down(pointer(3, "touch", 5, 5)), up(3)).slice(2)).toEqual([]);
});

it("forgets the stroke of a pointer that the browser takes", () => {
	expect(deedsOf(down(pointer(1, "touch", 0, 0)), { is: "cancel", id: 1 }, up(1)).slice(1)).toEqual([
		{ do: "abandon" },
	]);
});

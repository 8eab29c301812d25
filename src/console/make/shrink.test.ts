import { expect, it } from "vitest";
import { afterScroll, type Shrunk } from "./shrink.ts";

/** What the composer is after each place that the page is scrolled to. */
function after(...places: readonly number[]): readonly boolean[] {
	let state: Shrunk = { isSmall: false, at: 0 };
	return places.map((y) => {
		state = afterScroll(state, y);
		return state.isSmall;
	});
}

it.each([
	["stays whole near the top", [20, 60, 79], [false, false, false]],
	["shrinks on the way down", [60, 120, 400], [false, true, true]],
	["is whole again on the way up", [400, 800, 770], [true, true, false]],
	["keeps its size under a finger that rests", [400, 390, 395, 385], [true, true, true, true]],
	["counts a slow way up from where it turned", [400, 800, 790, 780, 770], [true, true, true, true, false]],
	["counts a slow way down from where it turned", [400, 300, 280, 290, 310], [true, false, false, false, true]],
	["is whole at the top, and while the page springs back", [400, 0, -30], [true, false, false]],
])("%s", (_, places, sizes) => {
	expect(after(...places)).toEqual(sizes);
});

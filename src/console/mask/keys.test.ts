import { expect, it } from "vitest";
import { commandOf } from "./keys.ts";

it.each([
	["z", true, false, "undo"],
	["Z", true, true, "redo"],
	["y", true, false, "redo"],
	["z", false, false, null],
	["b", false, false, "brush"],
	["E", false, true, "eraser"],
	["[", false, false, "smaller"],
	["]", false, false, "larger"],
	["+", false, true, "zoomIn"],
	["-", false, false, "zoomOut"],
	["0", false, false, "fit"],
	// The browser's own zoom.
	["0", true, false, null],
	["b", true, false, null],
	["constructor", false, false, null],
])("reads %s (held %s, shift %s) as %s", (key, isHeld, shiftKey, command) => {
	expect(commandOf({ key, isHeld, shiftKey })).toBe(command);
});

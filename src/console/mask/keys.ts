/** The keys of the mask editor, beside those that move the cursor. */

export type Command = "undo" | "redo" | "brush" | "eraser" | "larger" | "smaller" | "zoomIn" | "zoomOut" | "fit";

export interface Press {
	readonly key: string;
	/** Control, or Command on a Mac. */
	readonly isHeld: boolean;
	readonly shiftKey: boolean;
}

const HELD: ReadonlyMap<string, Command> = new Map([
	["z", "undo"],
	["y", "redo"],
]);
const ALONE: ReadonlyMap<string, Command> = new Map([
	["b", "brush"],
	["e", "eraser"],
	["]", "larger"],
	["[", "smaller"],
	["+", "zoomIn"],
	["=", "zoomIn"],
	["-", "zoomOut"],
	["0", "fit"],
]);

/** Returns null for a key that means nothing here. */
export function commandOf({ key, isHeld, shiftKey }: Press): Command | null {
	const lower = key.toLowerCase();
	if (!isHeld) return ALONE.get(lower) ?? null;
	return lower === "z" && shiftKey ? "redo" : (HELD.get(lower) ?? null);
}

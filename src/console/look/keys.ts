/** The gallery by keyboard: arrows move between cards, Space selects, Ctrl+A selects all, Delete deletes, Escape clears. */

import { layout } from "./arranged.ts";
import { askToDelete } from "./deleting.ts";
import { shown } from "./list.ts";
import { isMove, moveBy } from "./moves.ts";
import { clearSelection, isSelecting, selection, setSelection } from "./selected.ts";
import { extend, selectAll, toggle } from "./selection.ts";

/** Handles a key. Returns true if it was one of the gallery's. @param card the one that has the focus @param onFocus gives another one the focus */
export function handleKey(event: KeyboardEvent, card: string | null, onFocus: (id: string) => void): boolean {
	const { key, shiftKey } = event;
	if (event.altKey) return false;
	if (event.ctrlKey || event.metaKey) {
		if (key !== "a" || shown.peek().length === 0) return false;
		setSelection(selectAll(shown.peek()));
		return true;
	}
	if (isMove(key)) return move(key, card, shiftKey, onFocus);
	if (key === " " && card !== null) {
		setSelection(toggle(selection.peek(), card));
		return true;
	}
	if (!isSelecting.peek()) return false;
	if (key === "Escape") clearSelection();
	else if (key === "Delete" || key === "Backspace") askToDelete([...selection.peek().ids]);
	else return false;
	return true;
}

/** With Shift, the selection goes along. */
function move(key: string, card: string | null, isExtending: boolean, onFocus: (id: string) => void): boolean {
	const now = layout.peek();
	// Without a card, the keys scroll the page.
	if (now === null || card === null) return false;
	const to = moveBy(key, card, now, innerHeight);
	if (to === null) return false;
	if (isExtending) {
		const from = selection.peek().anchor === null ? toggle(selection.peek(), card) : selection.peek();
		setSelection(extend(from, to, shown.peek()));
	}
	onFocus(to);
	return true;
}

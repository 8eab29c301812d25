/** The check mark of a card, and presses that select instead of opening. */

import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { jobs } from "../jobs/store.ts";
import { shown } from "./list.ts";
import { isSelecting, selection, setSelection } from "./selected.ts";
import { extend, toggle } from "./selection.ts";
import { words } from "./words.ts";

export function CardCheck({ id }: { readonly id: string }) {
	const isSelected = useMemo(() => computed(() => selection.value.ids.has(id)), [id]);
	const prompt = useMemo(() => computed(() => promptOf(id)), [id]);
	return (
		<label class="look-check">
			<input
				type="checkbox"
				checked={isSelected.value}
				aria-label={words().select(prompt.value)}
				onChange={() => setSelection(toggle(selection.peek(), id))}
			/>
		</label>
	);
}

function promptOf(id: string): string {
	const entry = jobs.entry(id).value;
	return entry?.job?.request.prompt ?? entry?.sending?.draft.prompt ?? "";
}

/** Takes a press on a card for the selection: with Ctrl, ⌘ or Shift, and any press on its picture while cards are selected. Returns false for a press that is none. */
export function checkCard(id: string, { target, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
	if (!(target instanceof Element)) return false;
	const isOnCheck = target.closest(".look-check") !== null;
	const isOnControl = target.closest("button, input, select, textarea, summary, [popover]") !== null;
	if (shiftKey && (isOnCheck || !isOnControl)) setSelection(extend(selection.peek(), id, shown.peek()));
	else if (isOnCheck || isOnControl) return false;
	else if (ctrlKey || metaKey || isSelecting.peek()) setSelection(toggle(selection.peek(), id));
	else return false;
	return true;
}

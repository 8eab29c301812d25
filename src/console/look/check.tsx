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
		<>
			{isSelected.value && <div class="look-mark" />}
			<label class="look-check">
				<input
					type="checkbox"
					checked={isSelected.value}
					aria-label={words().select(prompt.value)}
					onChange={() => setSelection(toggle(selection.peek(), id))}
				/>
			</label>
		</>
	);
}

function promptOf(id: string): string {
	const entry = jobs.entry(id).value;
	return entry?.job?.request.prompt ?? entry?.sending?.draft.prompt ?? "";
}

/** Takes a press on a card for the selection: with Ctrl, ⌘ or Shift, and any press while cards are selected, so that no button is pressed by mistake. Returns false for another one, and for a key. */
export function checkCard(id: string, { target, detail, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
	if (!(target instanceof Element) || target.closest("[popover]") !== null || detail === 0) return false;
	if (shiftKey) setSelection(extend(selection.peek(), id, shown.peek()));
	else if (target.closest(".look-check") !== null) return false;
	else if (ctrlKey || metaKey || isSelecting.peek()) setSelection(toggle(selection.peek(), id));
	else return false;
	return true;
}

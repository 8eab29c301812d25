/** Asks once before jobs are deleted, and says what goes. */

import { useEffect, useRef } from "preact/hooks";
import { isGoingOn } from "../jobs/entry.ts";
import { jobs } from "../jobs/store.ts";
import { focusPrompt } from "../make/draft-state.ts";
import { Confirm } from "../parts/dialog.tsx";
import { askNoMore, type Deletion } from "./deleting.ts";
import { shown } from "./list.ts";
import { returnTo } from "./over.ts";
import { removeAll } from "./removing.ts";
import { nextOf } from "./selection.ts";
import { words } from "./selection-words.ts";

export function DeleteQuestion({ ids, onDeleted }: Deletion) {
	const w = words();
	const isFocusMoved = useRef(false);
	useEffect(
		() => () => {
			if (isFocusMoved.current) focusNext(ids);
		},
		[],
	);
	const entries = ids.flatMap((id) => jobs.entry(id).peek() ?? []);
	const pictures = entries.reduce((sum, { job }) => sum + (job?.images.length ?? 0), 0);
	const running = entries.filter(isGoingOn).length;
	return (
		<Confirm
			title={w.deleteTitle(ids.length)}
			action={w.delete}
			onClose={askNoMore}
			onConfirm={() => {
				// A mouse leaves the page where it is.
				isFocusMoved.current = document.activeElement?.matches(":focus-visible") ?? false;
				onDeleted?.();
				void removeAll(ids);
			}}
		>
			<p>{w.deleteText(ids.length, pictures)}</p>
			{running > 0 && <p>{ids.length === 1 ? w.deleteOneRunning : w.deleteRunning(running)}</p>}
		</Confirm>
	);
}

/** Moves the focus on: the card that had it goes. */
function focusNext(ids: readonly string[]): void {
	const next = nextOf(new Set(ids), shown.peek());
	if (next === null) focusPrompt();
	else returnTo.value = next;
}

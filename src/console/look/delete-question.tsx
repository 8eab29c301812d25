/** Asks once before jobs are deleted, and says what goes. */

import { isGoingOn } from "../jobs/entry.ts";
import { jobs } from "../jobs/store.ts";
import { Confirm } from "../parts/dialog.tsx";
import { askNoMore, type Deletion } from "./deleting.ts";
import { removeAll } from "./removing.ts";
import { words } from "./selection-words.ts";

export function DeleteQuestion({ ids, onDeleted }: Deletion) {
	const w = words();
	const entries = ids.flatMap((id) => jobs.entry(id).peek() ?? []);
	const pictures = entries.reduce((sum, { job }) => sum + (job?.images.length ?? 0), 0);
	const running = entries.filter(isGoingOn).length;
	return (
		<Confirm
			title={w.deleteTitle(ids.length)}
			action={w.delete}
			onClose={askNoMore}
			onConfirm={() => {
				onDeleted?.();
				void removeAll(ids);
			}}
		>
			<p>{w.deleteText(ids.length, pictures)}</p>
			{running > 0 && <p>{ids.length === 1 ? w.deleteOneRunning : w.deleteRunning(running)}</p>}
		</Confirm>
	);
}

/** Deletes jobs: asks once, and says what goes. */

import { signal } from "@preact/signals";
import { hasEnded } from "../jobs/entry.ts";
import { jobs } from "../jobs/store.ts";
import { Confirm } from "../parts/dialog.tsx";
import { toast } from "../parts/toast.tsx";
import { runAhead } from "./ahead.ts";
import { words } from "./words.ts";

const asked = signal<readonly string[]>([]);
/** The gateway has others to answer, too. */
const AT_ONCE = 4;

let afterwards: (() => void) | null = null;

/** Asks whether jobs shall go. @param onDeleted called once the person has said yes */
export function askToDelete(ids: readonly string[], onDeleted?: () => void): void {
	asked.value = ids;
	afterwards = onDeleted ?? null;
}

/** The question. There is one place for it. */
export function DeleteQuestion() {
	const w = words();
	const ids = asked.value;
	if (ids.length === 0) return null;
	const entries = ids.flatMap((id) => jobs.entry(id).peek() ?? []);
	const pictures = entries.reduce((sum, { job }) => sum + (job?.images.length ?? 0), 0);
	const running = entries.filter((entry) => entry.job !== null && !hasEnded(entry)).length;
	return (
		<Confirm
			title={w.deleteTitle(ids.length)}
			action={w.delete}
			onClose={() => {
				asked.value = [];
			}}
			onConfirm={() => {
				afterwards?.();
				void removeAll(ids);
			}}
		>
			<p>{w.deleteText(ids.length, pictures)}</p>
			{running > 0 && <p>{ids.length === 1 ? w.deleteOneRunning : w.deleteRunning(running)}</p>}
		</Confirm>
	);
}

async function removeAll(ids: readonly string[]): Promise<void> {
	const w = words();
	let failed = 0;
	for await (const removed of runAhead(
		ids.map((id) => () => jobs.remove(id)),
		AT_ONCE,
	)) {
		if (!removed.ok) failed += 1;
	}
	toast(failed === 0 ? w.deleted(ids.length) : w.notDeleted(failed));
}
